"""Families whom no message of ours reaches: their village's officers tell them."""
