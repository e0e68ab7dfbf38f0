"""One document at a time: move it, take that back."""
