"""Messages are paused: a head says which and why, and lets them out again."""
