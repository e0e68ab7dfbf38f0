"""What a district says in words of its own is checked like everything else in its file."""

import pytest

from storage.district import WrongFile, parse
from tests.storage.test_district import SHIPPED, faults


def with_own(text: str) -> str:
    """The shipped file with something of its own before the villages, and what is said about it."""
    return SHIPPED.replace("[[villages]]", f"{text}\n[[villages]]", 1)


def test_what_is_shipped_as_an_example_can_be_used():
    text = SHIPPED
    for line in ("[sentences]", "opening =", "closing =", "[announcements.fasting]", 'id = "Selama', 'en = "During'):
        assert f"# {line}" in text
        text = text.replace(f"# {line}", line)
    found = parse(text)
    assert found.sentences.opening
    assert found.sentences.opening.said("jv") == "Loket buka {hours}, istirahat pukul 12.00."
    assert list(found.sentences.opening.texts) == ["id", "en"]
    assert "Petungkriyono" in found.announcements["fasting"].texts["id"]


@pytest.mark.parametrize(
    ("own", "path", "said"),
    [
        ('[sentences]\nopening = { en = "Open {hours}." }', "sentences.opening.id", "is missing; write the text"),
        ('[sentences]\nopening = { id = "Buka pagi." }', "sentences.opening.id", "names no hours"),
        ('[sentences]\nopening = { id = "Buka {jam}." }', "sentences.opening.id", "{jam} cannot be filled in here"),
        ('[sentences]\nopening = { id = "{hours:>99999999}" }', "sentences.opening.id", "cannot be filled in here"),
        ('[sentences]\nopening = { id = "{hours.x}" }', "sentences.opening.id", "cannot be filled in here"),
        ('[sentences]\nclosing = { id = "Desa {village}" }', "sentences.closing.id", "{village} cannot be filled"),
        ('[sentences]\nclosing = { id = "Gratis {" }', "sentences.closing.id", "a curly bracket without its partner"),
        ('[sentences]\nclosing = { id = "Lihat bit.ly/xyz" }', "sentences.closing.id", "would be a link to tap"),
        ('[sentences]\nclosing = { id = "Tulis ke @penipu" }', "sentences.closing.id", "would be a link to tap"),
        ('[sentences]\nclosing = { id = "Gratis", en = "Please pay 5" }', "sentences.closing.en", "'pay' speaks of"),
        ('[sentences]\nclosing = { id = "Kirim kode OTP" }', "sentences.closing.id", "'kode OTP' speaks of"),
        ('[sentences]\nclosing = { id = "<b>Gratis</b>" }', "sentences.closing.id", "is shown as it stands"),
        ('[sentences]\nclosing = { id = "3326 0157 0895 0002" }', "sentences.closing.id", "perhaps a NIK"),
        ('[sentences]\nclosing = { id = "3326/0157/0895/0002" }', "sentences.closing.id", "perhaps a NIK"),
        ('[sentences]\nclosing = { id = "３３２６０１５７０８９５０００２" }', "sentences.closing.id", "perhaps a NIK"),
        ('[sentences]\nclosing = { id = "3326 0157 nomor 0895 0002" }', "sentences.closing.id", "perhaps a NIK"),
        ('[sentences]\nclosing = { id = "a\\nb" }', "sentences.closing.id", "a sign that nobody sees"),
        (f'[sentences]\nclosing = {{ id = "{"x" * 121}" }}', "sentences.closing.id", "write 120 at most"),
        ('[sentences]\nclosing = { id = "a", su = "b" }', "sentences.closing.su", "is not a key of this place"),
        (
            '[sentences]\ngreeting = { id = "a" }',
            "sentences.greeting",
            "is not a key of this place; write one of opening",
        ),
        (f'[announcements.x]\nid = "{"x" * 301}"', "announcements.x.id", "write 300 at most"),
        ('[announcements.x]\nid = "Transfer ke kami"', "announcements.x.id", "'Transfer' speaks of"),
        ('[announcements.x]\nid = "{village}"', "announcements.x.id", "cannot be filled in here"),
        ('[announcements.x]\nen = "a"', "announcements.x.id", "is missing"),
        ('[announcements."x y"]\nid = "a"', "announcements.x y", "write a short name of letters"),
    ],
)
def test_each_fault_is_told_where_it_stands(own: str, path: str, said: str):
    [fault] = faults(with_own(own))
    assert f": {path}: " in fault
    assert said in fault


@pytest.mark.parametrize(
    "text",
    [
        "Aduan: (0285) 123456, pukul 08.00–14.00.",
        "Gratis. Tanya dulu, lalu datang!",
        "Bawa KTP & KK, no. 3",
        "Loket 08.00–12.00, 13.00–14.30.",
        "(0285) 123456, 0812 3456 7890",
    ],
)
def test_ordinary_sentences_are_taken(text: str):
    assert parse(with_own(f'[sentences]\nclosing = {{ id = "{text}" }}')).sentences.closing


def test_no_more_texts_are_ready_than_a_screen_has_room_for():
    many = "\n".join(f'[announcements.t{i}]\nid = "Teks {i}"' for i in range(9))
    with pytest.raises(WrongFile, match="announcements: has 9 entries"):
        parse(with_own(many))
