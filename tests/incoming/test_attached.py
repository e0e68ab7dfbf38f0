"""A receipt number that is quoted, shared as a contact or asked in a poll is read, and nothing else of it is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.incoming.redact import OTHER_THAN_TEXT, arrival
from handlers.update import Update
from handlers.wording.layout import grouped
from storage.numbers import EXAMPLE, STRUCK, Found, find
from tests.incoming.test_redact import COMMAND, NIK, body, kept, message
from tests.telegram.shapes import TYPES, Field

FILED = "595811425041"
SAID = {
    "answered": {"text": "kapan jadi?", "reply_to_message": {"text": f"Sari: {grouped(FILED)}", "from": {"id": 5}}},
    "answered picture": {"text": "kapan?", "reply_to_message": {"photo": [], "caption": f"Sari: {FILED}"}},
    "quote": {"text": "ini bagaimana?", "quote": {"text": f"resi an. Sari: {grouped(FILED)}", "position": 3}},
    "quote-of-a-line-without-it": {
        "text": "ini apa?",
        "quote": {"text": "Berkas di desa", "position": 20},
        "reply_to_message": {"text": f"Sari: {FILED}\nBerkas di desa"},
    },
    "quote-under-a-picture": {"photo": [], "caption": "?", "quote": {"text": FILED}},
    "quote-of-a-picture-alone": {"photo": [], "quote": {"text": FILED}},
    "quoted-from-another-chat": {"text": "ini?", "external_reply": {}, "quote": {"text": FILED}},
    "file-of-another-chat": {"text": "ini?", "external_reply": {"document": {"file_name": f"slip-{FILED}.pdf"}}},
    "contact-of-another-chat": {
        "text": "ini?",
        "external_reply": {"contact": {"phone_number": FILED, "first_name": "Sari"}},
    },
    "answered-file": {"text": "ini?", "reply_to_message": {"document": {"file_name": f"slip-{FILED}.pdf"}}},
    "answered-poll": {"text": "ini?", "reply_to_message": {"poll": {"question": f"Sari {FILED}?", "options": []}}},
    "contact": {"contact": {"phone_number": FILED, "first_name": "Sari"}},
    "poll": {"poll": {"question": f"Sari, {grouped(FILED)}?", "options": [{"text": "Sari"}]}},
    "contact-by-name": {"contact": {"phone_number": "+62812", "first_name": f"Sari {FILED}", "vcard": "FN:Sari"}},
    "poll-option": {"poll": {"question": "Sari?", "options": [{"text": FILED, "persistent_id": "1"}]}},
    "venue": {"venue": {"title": f"Sari {FILED}", "address": "x", "location": {"latitude": 1}}, "location": {}},
    "checklist": {"checklist": {"title": "Sari", "tasks": [{"id": 1, "text": grouped(FILED)}]}},
    "rich-message": {
        "rich_message": {
            "blocks": [{"type": "paragraph", "text": ["Sari ", {"type": "bold", "text": FILED[:4]}, FILED[4:]]}]
        }
    },
    "file": {"document": {"file_id": "Sari", "file_name": f"slip-resi-{FILED} (1).pdf"}},
    "file-in-fours": {"document": {"file_name": f"Resi Sari {FILED[:4]}-{FILED[4:8]}-{FILED[8:]}.pdf"}},
    "file-with-blanks": {"document": {"file_name": f"{FILED[:4]} {FILED[4:8]} {FILED[8:]} (2).pdf"}},
    "file-with-words": {"document": {"file_name": f"resi Sari {FILED}.pdf"}, "caption": "kapan?"},
    "forwarded": {"text": grouped(FILED), "forward_origin": {"type": "hidden_user", "sender_user_name": "Sari"}},
    "by-way-of-a-bot": {"text": f"no. {FILED}.", "via_bot": {"id": 5, "is_bot": True, "first_name": "Sari"}},
    "spoiler": {"text": FILED, "entities": [{"type": "spoiler", "offset": 0, "length": 12}]},
    "behind-a-word": {
        "text": "lihat di sini",
        "entities": [{"type": "text_link", "offset": 6, "length": 7, "url": f"https://t.me/b?start={FILED}"}],
    },
    "behind-a-word-of-a-caption": {
        "photo": [],
        "caption": "sini",
        "caption_entities": [{"type": "text_link", "offset": 0, "length": 4, "url": f"http://x/{FILED}"}],
    },
    "album": {"photo": [], "caption": FILED, "media_group_id": "77"},
    "voice": {"voice": {"file_id": "Sari"}, "caption": f"{FILED}…"},
    "video-note": {"video_note": {"file_id": "Sari"}, "quote": {"text": FILED}},
    "edited-caption": {"video": {}, "caption": f"({FILED})", "edit_date": 1},
}


def card(*data: str) -> dict[str, object]:
    """A message of ours with a button of each data, as an answer to it shows it."""
    return {"reply_markup": {"inline_keyboard": [[{"text": "Sari", "callback_data": one} for one in data]]}}


@pytest.mark.parametrize(
    "answered, is_kept",
    [
        (card("https://example.org", "k:1:0:1:0"), "k:1:0:1:0"),
        (card("menu_7"), ""),
        ({"reply_markup": {"inline_keyboard": [["k:1:0:1:0"]]}}, ""),
        ({"reply_markup": 7}, ""),
        (card(f"s:{NIK}"), f"s:{STRUCK * 4}"),
    ],
    ids="ours another-bots odd odder NIK".split(),
)
def test_of_a_card_that_is_answered_its_button_is_kept(answered, is_kept):
    assert kept(message(text="5492", reply_to_message=answered)).card == is_kept
    assert NIK not in body(message(text="5492", reply_to_message=answered))
    assert kept(message(text="thank you", reply_to_message=answered)).card == is_kept


@pytest.mark.parametrize("said", SAID.values(), ids=SAID)
def test_the_number_is_read_and_nobodys_name_is_kept(said):
    assert find(kept(message(**said)).sought).good == (FILED,)
    assert "Sari" not in body(message(**said))


@pytest.mark.parametrize(
    "sent",
    [
        {"contact": {"phone_number": NIK, "first_name": "Sari"}},
        {"contact": {"phone_number": "+62812", "first_name": f"Sari {NIK}"}},
        {"venue": {"title": grouped(NIK), "address": "x"}},
        {"poll": {"question": "?", "options": [{"text": f"{FILED} {grouped(NIK)}"}]}},
        {"rich_message": {"blocks": [{"text": ["nik ", {"type": "bold", "text": NIK[:8]}, NIK[8:]]}]}},
    ],
    ids="contact contact-by-name venue poll-option rich-message".split(),
)
def test_whoever_sends_a_nik_in_it_is_warned(sent):
    assert find(kept(message(**sent)).text) == Found(nik=True)


def test_what_nobody_wrote_is_not_read():
    made = {
        "phone_number": "+62812",
        "first_name": "Sari",
        "vcard": f"TEL:{NIK}",
        "user_id": int(NIK),
        "file_id": FILED,
    }
    assert kept(message(contact=made)).text == ""
    assert kept(message(text="?", quote={"text": NIK})).text == "?"


def test_a_command_takes_the_number_that_is_quoted():
    asked = {"text": "/daftar", "entities": [{**COMMAND, "length": 7}], "quote": {"text": FILED}}
    found: Update = kept(message(**asked))
    assert (found.kind, found.command, found.arguments, found.sought) == ("command", "daftar", "", FILED)


def test_what_was_written_counts_before_what_is_quoted():
    found = kept(message(text=grouped(EXAMPLE), quote={"text": FILED}))
    assert find(found.text).good == (EXAMPLE,)


@pytest.mark.parametrize(
    "said", ["tahun 2026", "1234", "RT 02 RW 0003", "5492 = KIA adik", "jam 9.15 ya, 2026", "daftar 24-11-2026"]
)
def test_digits_of_ones_own_do_not_run_into_the_number_that_is_answered(said):
    found = kept(message(text=said, reply_to_message={"text": f"Siap: {grouped(FILED)}"}))
    assert (found.text, find(found.sought)) == (said, Found((FILED,)))


def test_the_example_of_our_own_words_is_nobodys_number():
    assert (
        kept(message(text="terima kasih", reply_to_message={"text": f"contoh {grouped(EXAMPLE)}"})).text
        == "terima kasih"
    )


gaps = st.text(st.characters(categories=("P", "Z", "M", "Cf")), max_size=2)


@pytest.mark.parametrize(
    "name",
    [
        "IMG-20261127-WA0012.jpg",
        "20261127_134512.pdf",
        f"KTP {NIK}.pdf",
        f"2026_{FILED[:4]}_{FILED[4:8]}_{FILED[8:]}",
        "2026-11-27 1345",
        "3326-0415-0785-0001.pdf",
        "KTP 3326 0141 0154 (0002).pdf",
        "3326-0141-0154 - 0002.pdf",
        "KTP_3326_0141_0154__0002.pdf",
        "332601410154 0002.jpg",
        "332601410154_(0002).jpg",
        "(1234) 3326 0141 0154.jpg",
        "1234 332601410154.jpg",
    ],
)
def test_of_the_name_of_any_other_file_nothing_is_read(name):
    assert kept(message(document={"file_name": name})).text == ""


@given(gaps, st.sampled_from(["{}", "an. {} ya", "\n{}"]), st.sampled_from(["quote", "contact", "poll"]))
def test_no_nik_comes_in_beside_a_message(gap, form, part):
    said = form.format(gap.join(NIK))
    inside = {"text": said, "phone_number": said, "first_name": said, "question": said}
    digits = "".join(filter(str.isdigit, body(message(photo=[], **{part: inside}))))
    assert NIK[:8] not in digits


def test_what_a_person_sends_is_kept_whatever_it_is_and_what_only_tells_of_something_is_not():
    spoken = {"text", "caption", *OTHER_THAN_TEXT}
    fields = {"hologram": Field("Hologram", required=False), **TYPES["Message"]}
    content = {kind: "x" if kind in ("text", "caption") else {} for kind in fields if kind not in message()["message"]}
    heard = {kind for kind, fact in content.items() if arrival(message(**{kind: fact}))}
    assert heard == spoken | {"hologram"}
    assert kept(message(hologram={})).attached == "other"
