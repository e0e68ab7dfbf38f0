"""What is kept about a chat: told, shown, deleted."""
