"""What families say: that they were asked for money, and how a request went for them."""
