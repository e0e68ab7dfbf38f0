"""A document leaves its road: returned with what is missing, or refused with a reason; and goes on where it left."""
