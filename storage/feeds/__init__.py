"""What other systems may read: where documents are, without names and receipt numbers; and which systems those are."""
