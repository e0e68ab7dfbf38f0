"""A letter for a school, a bank or an insurance, while a document is waited for: signed, and checked by its QR."""
