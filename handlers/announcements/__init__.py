"""A head tells people something: a village, a role, or those whose documents are at a stage."""
