"""The buttons of families as they are spelled. Add rows; never change one."""

from handlers.callbacks import Callback
from handlers.follow.buttons import Decide, FollowNumber, UnfollowNumber
from handlers.lookup.buttons import ShowFollows, ShowHistory, ShowStatus

NUMBER = "563185915492"

OF_FAMILIES: list[tuple[Callback, str]] = [
    (ShowStatus(NUMBER), "s:563185915492"),
    (ShowStatus(NUMBER, 2), "s:563185915492:2"),
    (ShowFollows(), "sf"),
    (ShowHistory(NUMBER), "h:563185915492"),
    (FollowNumber(NUMBER), "f:563185915492"),
    (Decide(7, 1), "fa:7:1"),
    (UnfollowNumber(NUMBER), "u:563185915492"),
    (UnfollowNumber(), "u:"),
    (UnfollowNumber(NUMBER, 1), "u:563185915492:1"),
]
