"""A village's group chat: counts and nothing else; whatever is asked there is answered in private."""
