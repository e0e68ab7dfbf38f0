"""A number at a birth before there are papers, and a birth that waits for a name: no names, and no day but the one."""
