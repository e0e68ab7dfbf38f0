"""What people mean who write in words, as to a neighbour: rules over the words by which they are heard
(`locales/*/heard.toml`). Pure.

They need not understand much. Who follows numbers is shown them whatever they write; a word that is known makes the
answer better. What is not here means nothing, and nothing is done that could not be taken back.

A message is read in two steps: `RULES` say what is said in it. Where that says little, such as "where?", `meaning_of`
asks what it is said of.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from functools import cache
from typing import Literal, NamedTuple

from locales.heard import KINDS, Kind, vocabulary

Meaning = Literal[
    "lost", "stop", "cost", "fetch", "wrong", "hours", "unreceived", "when", "needs", "thanks", "language", "forget",
    "help", "work", "greeting", "elsewhere", "cancel", "privacy", "genuine", "complaint",
]  # fmt: skip
Said = Meaning | Literal["past", "where", "wrong number", "yes"] | None

# Kinds that have the words of others, too.
PARTS: Mapping[Kind, tuple[Kind, ...]] = {
    "needs": ("died", "born", "moved"),
    "paper": ("ours", "file"),
    "change": ("damaged",),
}
EVENTS: Mapping[str, tuple[Kind, ...]] = {  # as `lampid.event_of` names them
    "death": ("died", "death"),
    "birth": ("born", "birth"),
    "out": ("moved", "move"),
}


class Rule(NamedTuple):
    """What is said in a message that has words of all these `kinds`, and of none of those that it is `not_of`."""

    example: str
    said: Said
    kinds: AbstractSet[Kind]
    not_of: AbstractSet[Kind] = frozenset()

    def applies(self, heard: AbstractSet[Kind]) -> bool:
        """Whether it is said by words of these kinds."""
        return self.kinds <= heard and self.not_of.isdisjoint(heard)


_NEW: AbstractSet[Kind] = {"slip", "needs", "change", "new"}  # who speaks of these looks for no file
_LOST_FILES: tuple[tuple[Kind, ...], ...] = (("file", "ours", "lost"), ("file", "ours", "own", "lost"))
# The first that applies: "thank you, is it ready?" asks. Whether something is ready is asked of what was begun; when
# and where may be asked of what is to begin, too, so what one wants to do is read before them.
RULES = (
    Rule("kode saya hilang", "fetch", {"lost", "code"}, not_of={"slip"}),
    Rule("berkas saya hilang", "when", {"lost", "file"}, not_of=_NEW | {"ours"}),
    Rule("takut KK saya hilang", "when", {"lost", "worry"}, not_of=_NEW | {"privacy"}),
    Rule("KTP saya hilang", "needs", {"lost", "paper"}, not_of={"slip"}),
    Rule("belum punya KTP", "needs", {"lacking", "paper"}, not_of={"slip"}),
    Rule("tidak punya nomor resi", "lost", {"lacking", "slip"}),
    Rule("nomor resi hilang", "lost", {"lost"}),
    Rule("jangan kirim lagi", "stop", {"stop"}),
    Rule("saya mau batal", "cancel", {"cancel"}),
    Rule("data saya aman?", "privacy", {"privacy"}),
    Rule("ongkosnya berapa", "cost", {"cost"}),
    Rule("kok diambil orang lain", "unreceived", {"taken"}),
    Rule("bikin kk bawa apa", "needs", {"fetch", "needs"}, not_of={"slip"}),
    Rule("siapa yang boleh ambil", "fetch", {"fetch"}),
    Rule("nomornya salah", "wrong number", {"wrong", "slip"}),
    Rule("nama saya salah tulis", "wrong", {"wrong"}),
    Rule("ini penipuan?", "genuine", {"genuine"}),
    Rule("besok buka?", "hours", {"hours"}),
    Rule("belum terima", "unreceived", {"unreceived"}),
    Rule("sdh jadi blm?", "when", {"when"}),
    Rule("saya khawatir", "when", {"worry"}),
    Rule("ngurus kk kemarin", "when", {"past", "paper"}),
    Rule("wingi", "past", {"past"}),
    Rule("saya mau bikin ktp", "needs", {"needs"}),
    Rule("pundi", "where", {"where"}),
    Rule("petugasnya galak", "complaint", {"complaint"}),
    Rule("matur nuwun", "thanks", {"thanks"}),
    Rule("english please", "language", {"language"}),
    Rule("hapus data saya", "forget", {"forget"}),
    Rule("tolong pak", "help", {"help"}),
    Rule("tugas saya", "work", {"work"}),
    Rule("resi saya sobek", "lost", {"slip", "damaged"}),
    Rule("selamat pagi", "greeting", {"greeting"}),
    Rule("wkwk", "yes", {"yes"}),
)
VAGUE = (None, "where", "wrong number", "complaint", "help", "greeting", "yes")  # what else is named says what is meant
_AMOUNT = re.compile(
    r"(?<![\d.,])\d{1,3}(?:[.,]000)+(?:,(?:00|-))?(?![\d.,])|\b(?:rp|idr)\.? ?\d|\b\d+ ?(?:k|rb|ribu|jt|juta)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[^\w\s'-]+\s|\n")
BRIEF = 2  # words that are no sentence, and mean the same wherever they are said: matur nuwun


def meaning_of(text: str, *, names_a_need: bool = False) -> Meaning | None:
    """What a message means; None if nobody can tell. `names_a_need`: a word stands in it by which people ask for a
    document that they have not yet.
    """
    said = _clear(text)
    heard = _kinds(said)
    if _AMOUNT.search(text):
        heard.add("cost")
    found = _said(heard - _of_the_file(said))
    if found in VAGUE and "paper" in heard:  # "akta anak saya": whoever names a document only asks where it is …
        return "needs" if _is_to_begin(said, heard, found) else "when"  # … but for "buat kk dimana"
    if found in (*VAGUE, "past") and names_a_need:  # "mau nikah", "ibu saya wafat kemarin"
        return "needs"
    if found in (None, "where", "wrong number") and "office" in heard:  # "alamat kantornya dmn"
        return "hours"
    match found:
        case "where" | "past":  # "pundi", "wingi"
            return "when"
        case "yes":  # to what nobody asked
            return None
        case "wrong number":  # "nomornya salah": the sender reads what a right one is
            return None
    return found


def tells_of_a_death(text: str) -> bool:
    """True if a message says that somebody died, whatever it asks."""
    return not _kinds(_clear(text)).isdisjoint({"died", "death"})


def _is_to_begin(said: str, heard: AbstractSet[Kind], found: Said) -> bool:
    """True if something is to be done about the document that is named: "ktp rusak", "kartu keluarga baru"; but
    "KK baru saya di mana?" and "sudah foto ktp" tell of what was begun.
    """
    left = _pattern("already", "done").sub(" ", said)
    is_new = "new" in heard and found != "where" and left == said
    return is_new or bool(_pattern("change").search(left))


def happened(event: str) -> tuple[str, ...]:
    """How people tell of an event (`EVENTS`)."""
    return tuple(phrase.rstrip("*") for kind in EVENTS.get(event, ()) for phrase in vocabulary()[kind])


def named_in(text: str, kinds: Mapping[str, Iterable[str]]) -> list[str]:
    """Which kinds of documents a message names, by the names that each has."""
    said = f" {_clear(text)} ".replace(" akte ", " akta ")
    return [kind for kind, called in kinds.items() if any(f" {_plain(name)} " in said for name in called)]


def is_elsewhere(text: str, theirs: Iterable[str], ours: Mapping[str, Iterable[str]]) -> bool:
    """True if a message names what other offices do, by `theirs`, and nothing that is done here."""
    said = _plain(text)
    names = "|".join(_plain(one) for one in theirs)
    rest = re.sub(rf"\b(?:{names})(?:nya|ku|mu|ne|ipun)?\b", " ", said) if names else said
    return rest != said and not _pattern("ours").search(rest) and not named_in(rest, ours)


def may_be_a_name(text: str) -> bool:
    """True for what one may call a thing, and asks nothing by: whose a document is ("KK Ibu"), or two words at most
    that mean nothing here ("rumah").
    """
    said = _plain(text)
    heard = _kinds(said)
    names_a_document = "paper" in heard
    silent = (None, "greeting") if names_a_document else (None,)
    asks = "?" in text or not heard.isdisjoint({"change", "new"}) or _said(heard) not in silent
    words = len(_pattern("paper").sub(" ", said).split())
    return not asks and 1 <= words <= BRIEF + names_a_document


def _plain(text: str) -> str:
    """Small letters of the alphabet with a blank between words, each letter once where it is doubled: `haloooo`."""
    bare = "".join(one for one in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(one))
    return re.sub(r"([a-z])\1+", r"\1", re.sub(r"[^a-z]+", " ", bare.replace("'", ""))).strip()


def _clear(text: str) -> str:
    """The same plainly, in which whoever is gone has died: "bapak tiada", but neither "bapak tiada di kantor" nor
    "bapak ninggal resi".
    """
    died = _plain(vocabulary()["died"][0])
    parts = (_departed().sub(rf"\1 {died}", _plain(part)) for part in _CLAUSE.split(text))
    return " ".join(filter(None, parts))


def _kinds(said: str) -> set[Kind]:
    """Of which kinds there are words in a message."""
    return {kind for kind in KINDS if _pattern(kind).search(said)}


def _of_the_file(said: str) -> set[Kind]:
    """What names a file that is lost, and no document: "berkas KK saya hilang"."""
    is_lost = any(_pattern(*kinds).search(said) for kinds in _LOST_FILES)
    return {"ours"} if is_lost else set()


def _said(heard: AbstractSet[Kind]) -> Said:
    return next((rule.said for rule in RULES if rule.applies(heard)), None)


@cache
def _pattern(*kinds: Kind) -> re.Pattern[str]:
    """What finds a word of a kind; of several kinds, a word of each, one behind the other."""
    return re.compile(rf"\b{' '.join(map(_any, kinds))}\b")


@cache
def _departed() -> re.Pattern[str]:
    """What finds that somebody is gone, with who it is."""
    kin, gone = f"{_any('kin')}(?: {_any('own')})?", f"(?:{_any('already')} )?{_any('gone')}"
    of_what = f"{_any('place')}|{_any('paper')}|{_any('slip')}|{_any('office')}"
    goes_on = f"{_any('past')}|{_any('needs')}|{_any('where')}|{_any('help')}"
    return re.compile(rf"\b({kin}) (?:{gone}\b(?! (?:{of_what})\b)|{_any('absent')}\b(?=$| (?:{goes_on})\b))")


def _any(kind: Kind) -> str:
    phrases = (phrase for part in (kind, *PARTS.get(kind, ())) for phrase in vocabulary()[part])
    stems = [_plain(phrase) + r"\w*" * phrase.endswith("*") for phrase in phrases]
    return f"(?:{'|'.join(stems) or '(?!)'})"
