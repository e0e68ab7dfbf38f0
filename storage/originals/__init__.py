"""The originals of a family as they are on record; `storage.counter.custody` writes them down."""
