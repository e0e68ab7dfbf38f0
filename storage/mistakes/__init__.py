"""What was recorded wrongly of a whole request."""
