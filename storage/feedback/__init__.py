"""What families say: what they ask, that they were asked for money, and how a request went for them."""
