"""All files of one village: where they are, and what was handed over lately."""
