"""The commands that an operator runs, beside `run` and `demo`."""
