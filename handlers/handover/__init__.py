"""Documents are handed to a family: one request at a time, with a proof, and with who fetched them."""
