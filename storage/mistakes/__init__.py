"""What was done or recorded wrongly: acts that are taken back, and requests of the wrong village."""
