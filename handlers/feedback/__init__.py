"""What a family can say of a number besides following it, and that it was asked for money."""
