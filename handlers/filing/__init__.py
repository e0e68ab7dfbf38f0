"""New requests: a draft, a number, a picture to scan."""
