"""Legs that are told afterwards, by message or by photograph: what they mean for what may have gone on since.

`way` knows how stages and times fit together, in whatever order they are told; `legs` writes it down.
"""
