"""The database: what it promises, its two engines, its migrations, and which failures are its own."""
