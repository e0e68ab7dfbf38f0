"""What families say: that they were asked for money."""
