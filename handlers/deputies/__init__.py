"""A post in other hands: a stand-in until a day, laying it down, and the papers that pass with it."""
