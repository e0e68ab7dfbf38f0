"""How a family hears of its documents: by one card in its chat, by SMS, or from an officer of its village."""
