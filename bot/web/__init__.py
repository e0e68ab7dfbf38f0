"""What the process tells about itself: over HTTP, and to its supervisor."""
