"""Find open documents: by the last digits of their number, village, kind, place, hold, age, or who filed them."""
