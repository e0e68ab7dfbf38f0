"""The frozen nouns of the register. Times are epoch milliseconds, UTC; rows come back in the order of these fields.

They are tuples with names: a frozen dataclass of so many fields takes ten times as long to make.
"""

from dataclasses import dataclass
from typing import NamedTuple

from storage.originals.steps import NO_PAPERS, Papers

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000  # milliseconds, the unit of every time in the register
ROLES = ("village_officer", "reporter", "courier", "district_desk", "registry_desk", "head")
VILLAGE_ROLES = frozenset({"village_officer", "reporter"})


class Post(NamedTuple):
    """A role somebody holds, for one village if it has one (else ``''``). `label`: what they are called among staff;
    `deputy`: the post by which somebody else stands in with it (else 0); `covered` while somebody does.
    """

    id: int
    role: str
    village: str
    ordinal: int
    since: int
    last_act_at: int | None = None
    chat: int = 0
    label: str = ""
    deputy: int = 0
    covered: int = 0


class Person(NamedTuple):
    """Whoever asks: a private chat, the language they chose, the posts they hold now and, behind them, those for which
    they stand in; `away` if out of reach. `news`: what they chose to hear, if they did.
    """

    chat: int
    lang: str | None = None
    code: str | None = None
    posts: tuple[Post, ...] = ()
    away: bool = False
    news: str = ""

    @property
    def roles(self) -> tuple[str, ...]:
        """What they are."""
        return tuple(post.role for post in self.posts)

    @property
    def own(self) -> tuple[Post, ...]:
        """The posts that are theirs."""
        return tuple(post for post in self.posts if not post.deputy)

    def holds(self, *roles: str) -> bool:
        """True if one of the posts has one of these roles."""
        return any(post.role in roles for post in self.posts)


class Actor(NamedTuple):
    """Who acts, and when. What is told afterwards was `at` some time before (0: `now`), and says `how` it is told."""

    person: Person
    now: int
    at: int = 0
    how: str = "button"


class Document(NamedTuple):
    """One document of a request, and where it is; `stopped`: how long (ms) it stood there on the family's turn."""

    id: int
    request: int
    number: str
    village: str
    type: str
    stage: str
    since: int
    version: int
    hold: str | None = None
    hold_since: int | None = None
    hold_review: int | None = None
    holder: int | None = None
    closed_at: int | None = None
    stopped: int = 0


class Seen(NamedTuple):
    """A document as an officer saw it: the version guards the move."""

    document: int
    version: int


class Remark(NamedTuple):
    """Of a document that has left its road: at which stage, and what is said of it (JSON: texts by language)."""

    document: int
    left_at: str
    words: str


class LookUp(NamedTuple):
    """A number looked up by a chat: its documents, whether the chat follows it, and its pickup code. One that is given
    to a birth before there are documents is `reserved_until` a time. By document, `turns`: of those on hold, its place
    among all that stand still for the same cause; `paces`: how long such ones took lately (`statistics.forecast`).
    `own_name` is what the chat calls it; `follows_several` is one that follows others, too.
    """

    number: str
    documents: tuple[Document, ...] = ()
    followed: bool = False
    pickup: str = ""
    turns: tuple[tuple[int, int], ...] = ()
    remarks: tuple[Remark, ...] = ()
    papers: Papers = NO_PAPERS
    reserved_until: int | None = None
    own_name: str = ""
    paces: tuple[tuple[int, str], ...] = ()
    follows_several: bool = False


class Event(NamedTuple):
    """One step in a document's history, by whom in general (role, village), never by name. If a colleague took it in
    the place of that post's holder, they are the deputy, and the chat is theirs. `hold`: why the document has stood
    still since; `reason`: why its record was put right.
    """

    document: int
    kind: str
    from_stage: str | None
    to_stage: str
    version: int
    at: int
    act: int
    role: str
    village: str
    chat: int | None = None
    deputy_role: str = ""
    deputy_village: str = ""
    how: str = "button"
    recorded_at: int = 0
    hold: str | None = None
    reason: str = ""


class Overtaken(NamedTuple):
    """A document that was already moved: by which role, when, and from which chat if that is known."""

    document: Document
    role: str
    at: int
    chat: int | None = None


class MoveResult(NamedTuple):
    """What came of one tap. If anything moved: the id of the act, its record, and how many chats are told of it. If
    nothing did, for a tap of the same person had done it `before`: that act, while it is the last of all of them.
    """

    act: int | None
    moved: tuple[Document, ...] = ()
    repeated: tuple[Document, ...] = ()
    overtaken: tuple[Overtaken, ...] = ()
    not_permitted: tuple[Document, ...] = ()
    record: "Act | None" = None
    told: int = 0
    before: int | None = None


class Act(NamedTuple):
    """One deed on record."""

    id: int
    kind: str
    role: str
    village: str
    happened_at: int
    grace_until: int
    undone_by: int | None
    chat: int | None
    reason: str = ""
    how: str = "button"


@dataclass(frozen=True, slots=True)
class Leg:
    """What waits to be taken from one stage to another, in one village; `mine` if whoever asks carries it, `lent` if it
    waits for them only as they stand in for somebody.
    """

    origin: str
    to: str
    village: str
    count: int
    oldest: int
    mine: bool = False
    lent: bool = False


class BagItem(NamedTuple):
    """A line of a bag."""

    place: int
    document: int
    seen: int
    ticked: int
    number: str
    type: str
    village: str
    stage: str
    version: int
    hold: str | None = None


class Bag(NamedTuple):
    """A stored snapshot of what waited for one leg when the officer looked; in one village if `village` says so, and of
    what the officer carries if it is `mine`. What is told afterwards says `how` and when (`at`, 0: not yet said).
    """

    id: int
    chat: int
    from_stage: str
    to_stage: str
    act: int | None
    village: str = ""
    mine: int = 0
    at: int = 0
    how: str = "button"
    album: str = ""
    items: tuple[BagItem, ...] = ()


class StoredUpdate(NamedTuple):
    """An update in the inbox: who sent it, its JSON without what is not needed; `again`: it may have been answered."""

    update_id: int
    person: int
    body: str
    again: bool = False


class Reached(NamedTuple):
    """One document's step as a notice tells it, with what is said of it besides (JSON)."""

    type: str
    stage: str
    at: int
    hold: str | None = None
    kind: str = "move"
    review: int | None = None
    said: str = ""


class Owed(NamedTuple):
    """One message owed to one chat: the outbox rows it settles (`ids`) and the steps it tells, oldest first. What
    is `untold` (row, document) stood still by a step and is not said to, for that is over.

    `mourned`: somebody died, so a notice of any document of this request has no pictures. `repeated`: it may have
    reached them before. `claim` marks in whose hands its rows are. `own_name`: what they call the number. `news` is
    what they chose to hear, `card` the message that shows the request as it is, if there is one; `also` what they are
    told of other requests with it. `family` is whom it is owed to, unless they hold a post: what these may do is
    looked up.
    """

    ids: tuple[int, ...]
    chat: int
    priority: int
    kind: str
    request: int | None
    number: str
    village: str
    facts: str
    owed_at: int
    tries: int
    lang: str | None
    code: str | None
    stops: tuple[Reached, ...] = ()
    mourned: bool = False
    repeated: bool = False
    claim: int = 0
    own_name: str = ""
    news: str = ""
    card: int = 0
    also: "tuple[Owed, ...]" = ()
    family: Person | None = None
    untold: tuple[tuple[int, int], ...] = ()
