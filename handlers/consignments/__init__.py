"""Bags that were brought to a counter: whoever receives one counts it, and says what did not come or came damaged."""
