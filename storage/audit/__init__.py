"""Who of the staff has looked at what, by post: for the head, for 90 days."""
