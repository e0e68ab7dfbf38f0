"""The head reads who of the staff has looked at what."""
