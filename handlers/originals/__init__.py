"""The originals of a family: ticked when they are handed in and when they are given back, named until they are."""
