"""Facts in, words and buttons out. Pure."""
