"""What a family hears: every stage, or what concerns it, while one card in its chat shows the rest as it is now."""
