"""Open documents found by what staff know of them, as far as their posts let them see."""
