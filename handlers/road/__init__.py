"""Legs told afterwards: by a message with last digits and a time, or by a photograph of the papers."""
