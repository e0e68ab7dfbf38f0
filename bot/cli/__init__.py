"""What the commands of an operator do, beside `run` and `demo`."""
