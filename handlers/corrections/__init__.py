"""What was recorded wrongly is put right, and what was filed by mistake is withdrawn."""
