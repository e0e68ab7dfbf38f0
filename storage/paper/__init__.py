"""What stands on paper: the slip of a request, what lies at a stage, a village's board."""
