"""Where the documents of a receipt number are."""
