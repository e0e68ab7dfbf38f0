"""The feeds: where documents are, told to other systems in the words of Open311 and of SPDCI. Never who they are of."""
