"""How fast, how steady, how lean: every row of the design's table, with rivals measured beside ours in the same run."""
