"""The first words, help, the language to speak, and whatever is said that means nothing to us."""
