"""What waits for an officer, and bags that one tap completes."""
