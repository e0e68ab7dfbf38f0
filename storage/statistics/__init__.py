"""What the record says of how long things take: journeys of documents, and figures made of them."""
