"""In whatever message a number is written it is read, and of what is quoted, shared or asked nothing is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.incoming.redact import read
from handlers.wording.layout import grouped
from storage.numbers import EXAMPLE, find
from tests.incoming.test_redact import NIK, body, kept, message

QUOTE = {"quote": {"text": "Sari"}, "reply_to_message": message(text="Sari")["message"]}
WRITTEN = {
    "forwarded": {"text": grouped(EXAMPLE), "forward_origin": {"type": "hidden_user", "sender_user_name": "Sari"}},
    "by-way-of-a-bot": {"text": f"no. {EXAMPLE}.", "via_bot": {"id": 5, "is_bot": True, "first_name": "Sari"}},
    "spoiler": {"text": EXAMPLE, "entities": [{"type": "spoiler", "offset": 0, "length": 12}]},
    "as-code": {"text": f"`{EXAMPLE}`", "entities": [{"type": "code", "offset": 0, "length": 14}]},
    "with-a-quote": {"text": "5631\n8591\n5492", **QUOTE},
    "album": {"photo": [], "caption": EXAMPLE, "media_group_id": "77"},
    "voice": {"voice": {"file_id": "Sari"}, "caption": f"{EXAMPLE}…"},
    "animation": {"animation": {}, "document": {"file_name": "Sari"}, "caption": f"#{EXAMPLE}"},
    "edited-caption": {"video": {}, "caption": f"({EXAMPLE})", "edit_date": 1},
}
KEYCAPS = "".join(f"{digit}\ufe0f\u20e3" for digit in EXAMPLE)


@pytest.mark.parametrize("written", WRITTEN.values(), ids=WRITTEN)
def test_the_number_is_read_and_nobodys_name_is_kept(written):
    assert find(kept(message(**written)).text).good == (EXAMPLE,)
    assert "Sari" not in body(message(**written))


@pytest.mark.parametrize(
    "spelled",
    [
        KEYCAPS, "⁵⁶³¹ ⁸⁵⁹¹ ⁵⁴⁹²", "⑤⑥③①⑧⑤⑨①⑤④⑨②", "꧕꧖꧓꧑꧘꧕꧙꧑꧕꧔꧙꧒", "५६३१८५९१५४९२", "٥٦٣١٨٥٩١٥٤٩٢", "𝟓𝟔𝟑𝟏𝟖𝟓𝟗𝟏𝟓𝟒𝟗𝟐",
        "\u200f5631\u200e8591\u202b5492\u202c", "5631\u200b8591\u20605492\ufeff", "5631\r\n\r\n8591\u20285492",
        "Ⅴ 563185915492", "no.563185915492...", "resi№ 563185915492;", "👍🏽563185915492👍🏽",
        "t.me/jekduk24_bot?start=563185915492", "[24/11/26 08.10.23] Warni: 5631 8591 5492", "563185915492 RT02/RW03",
        "563185915492, KTP 2 lembar",
    ],
)  # fmt: skip
def test_it_is_read_in_other_spellings_too(spelled):
    assert find(kept(message(text=spelled)).text).good == (EXAMPLE,)
    assert find(kept(message(photo=[], caption=spelled, edit_date=1)).text).good == (EXAMPLE,)


gaps = st.text(st.characters(categories=("P", "Z", "M", "Cf")), max_size=2)
PARTS = ["quote", "contact", "poll", "venue", "location", "reply_to_message", "forward_origin", "checklist", "story"]


@given(gaps, st.sampled_from(["{}", "an. {} ya", "\n{}"]), st.sampled_from(PARTS))
def test_no_nik_comes_in_beside_a_message(gap, form, part):
    said = form.format(gap.join(NIK))
    inside = dict.fromkeys(("text", "phone_number", "first_name", "question", "title", "sender_user_name"), said)
    digits = "".join(filter(str.isdigit, body(message(photo=[], **{part: inside}))))
    assert NIK[:8] not in digits


@pytest.mark.parametrize(
    "kind, is_one",
    [("image/jpeg", True), ("image/png", True), ("image/webp", True), ("image/svg+xml", False),
     ("application/pdf", False), ("", False), (None, False), (["image/png"], False)],
)  # fmt: skip
def test_of_a_file_it_is_known_where_it_is_only_if_it_is_a_picture_that_we_can_read(kind, is_one):
    update = message(document={"file_id": "f", "mime_type": kind, "file_size": 9})
    assert [one.picture["id"] for one in read([update], None).doubts.values()] == ["f"] * is_one


@pytest.mark.parametrize("kind", ["invoice", "giveaway", "giveaway_winners", "game", "story", "paid_media"])
def test_whatever_people_forward_is_answered(kind):
    assert (kept(message(**{kind: {}})).kind, kept(message(**{kind: {}})).attached) == ("other", kind)
