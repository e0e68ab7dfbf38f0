"""Why documents stand still: one, the ticked ones of a bag, or a whole queue is put on hold and let go on again."""
