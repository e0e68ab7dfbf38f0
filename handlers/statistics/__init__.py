"""The head's figures: how many and how long by month, as words, a picture, a workbook, a page for the registry."""
