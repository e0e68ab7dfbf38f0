"""Letters which attest that documents are being made."""
