"""Prints: what is to stand on paper comes as facts and sentences, and leaves as a PDF.

reportlab takes 20 MiB and a quarter of a second that the bot has no use for, and a long list would hold up everybody.
So `printer` has a process of its own draw each PDF: this package as a command (`python -m bot.press`), JSON on its
standard input, the PDF on its standard output. It knows no words and no register; a `sheet` is all that it is told::

    {"kind": "slips", "size": "a6" or "a4", "slips": [slip, …]}
    {"kind": "booklet", "cover": {…}, "slips": [slip, …]}
    {"kind": "list", "title": …, "facts": [[name, value], …], "tables": [table, …], "notes": […], "signatures": […]}
    {"kind": "poster", "title": …, "link": …, "shown": …, "lines": […], "foot": […]}
    {"kind": "letter", "head": …, "free": …, "titles": […], "number": …, "facts": […], "roads": [road, …], …}
    {"kind": "chart", "title": …, "note": …, "panels": [panel, …]}, a PNG
    {"kind": "workbook", "sheets": [table, …]}, an XLSX
    {"kind": "voice", "voice": "id", "words": …}, an OGG that programs of the machine speak

`handlers.paper.sheets` makes most of them.
"""
