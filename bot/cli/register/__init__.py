"""Commands that work on the register as a whole."""
