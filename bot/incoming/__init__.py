"""What people send: polled, stored in the inbox, handled in order for each person, settled."""
