"""SMS as a second channel, against a gateway that answers as its documents say."""
