"""All that knows the Bot API: its HTTP, its calls, its limits, its refusals, its command menu."""
