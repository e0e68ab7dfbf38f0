"""One document at a time: find it, move it, take that back."""
