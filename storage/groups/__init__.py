"""Village groups: which group chat is which village's, and what may be counted there."""
