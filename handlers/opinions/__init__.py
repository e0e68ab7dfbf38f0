"""How it went: a family says so once, and the head reads how many said what."""
