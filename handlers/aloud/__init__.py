"""A status read aloud: a voice note in Indonesian, for whoever would rather hear than read, or cannot read."""
