"""What is printed from the chat: slips, manifests, booklets of numbers, boards and posters."""
