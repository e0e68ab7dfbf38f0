"""Data of a tap that is no button of ours."""

from handlers.callbacks import LIMIT

ODD = {
    "nothing": "",
    "only colons": ":::",
    "of another bot": "menu_7",
    "a code we never had": "q:1",
    "a code in capitals": "T:1:1:issued",
    "too few values": "t:1:1",
    "too many values": "nx:1",
    "a page that is left out otherwise": "w:0",
    "a number that is none": "o:ä",
    "an empty number": "o:",
    "a fraction": "o:1.5",
    "a number with a zero before it": "o:01",
    "a number in capitals": "o:1Y2P",
    "a number with a line through it": "o:1_0",
    "a number with a space": "o: 1",
    "a number beyond 63 bits": "o:1y2p0ij32e8e8",
    "a number far below": "o:-1y2p0ij32e8e9",
    "too long": "s:" + "5" * LIMIT,
    "too long in bytes": "p:" + "ä" * 30 + ":" + "ä" * 10,
    "a JSON": '{"a":1}',
    "zero bytes": "t:\0:\0:\0",
    "a word that no database can hold": "s:\0",
    "half an emoji": "s:\ud83d",
}
