"""What people are owed: claimed from the outbox, sent in order for each chat, settled."""
