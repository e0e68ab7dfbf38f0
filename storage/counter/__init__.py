"""What happens at a counter, between an officer and a family: codes, proofs, and what a family objects to."""
