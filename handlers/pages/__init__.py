"""The head's page in a browser: a link that opens it once, which pages are open, and what stands on one."""
