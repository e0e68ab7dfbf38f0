"""How digits stand in what people write: `storage/numbers.py` finds receipt numbers in it, and what may be a NIK."""
