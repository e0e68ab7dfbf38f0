"""What the words of all features are made of: layout, names, roads, notices, refusals. Pure."""
