"""What an operator can type behind `jekduk` (`main`), and what each command does."""
