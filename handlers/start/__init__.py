"""The first words, help, and whatever is said that means nothing to us."""
