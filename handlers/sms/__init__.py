"""What is read and written by SMS: each answer is one SMS, and needs no Telegram."""
