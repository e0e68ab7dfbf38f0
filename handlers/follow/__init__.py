"""Notices of a number: consent to them, and an end of them."""
