"""News by SMS: who wants it, and what is owed to them."""
