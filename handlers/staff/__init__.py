"""Invitations and posts: what the head of a district decides."""
