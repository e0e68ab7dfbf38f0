"""Extra days on which the counters stay closed: a head says so, and takes it back."""
