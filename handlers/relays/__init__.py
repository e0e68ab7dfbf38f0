"""News for families whom no message reaches: their village's officers tell them, and say so."""
