"""What the heads of a district decide for all of it, and see of it: announcements, pauses, closed days, looks."""
