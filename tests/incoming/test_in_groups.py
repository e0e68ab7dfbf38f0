"""What of a group chat is kept: next to nothing."""

import pytest

from bot.incoming import redact
from tests.incoming.test_redact import COMMAND, kept, membership, message

GROUP = {"id": -5, "type": "group", "title": "RT 03"}


@pytest.mark.parametrize(
    "text, length, left",
    [
        ("/status@jekduk_bot 5631 8591 5492", 18, "/status@jekduk_bot"),
        ("/desa Tlogopakis", 5, "/desa Tlogopakis"),
        ("/desa 3326015708950002", 5, "/desa"),
        ("/start Sari minta kabar", 6, "/start"),
        ("/desa tigatigaduaenamnolsatulimatujuhnoldelapansembilanlimanolnolnoldua", 5, "/desa"),
    ],
)
def test_of_a_command_in_a_group_no_more_is_kept_than_which_it_is_and_a_village(text, length, left):
    found = kept(message(text=text, chat=GROUP, entities=[{**COMMAND, "length": length}]))
    assert (found.kind, found.chat, found.group, found.text) == ("group", 71, -5, left)


UNSIGNED = {"id": 1087968824, "is_bot": True, "first_name": "Group"}


def test_who_writes_in_the_name_of_a_chat_is_unknown_and_another_bot_nobody():
    found = kept(message(text="/desa", chat=GROUP, sender_chat=GROUP, **{"from": UNSIGNED}))
    assert (found.kind, found.chat, found.group, found.is_unsigned) == ("group", -5, -5, True)
    assert not kept(message(text="/desa", chat=GROUP)).is_unsigned
    assert redact.arrival(message(text="/desa", chat=GROUP, **{"from": UNSIGNED})) is None


@pytest.mark.parametrize(
    "text",
    [
        "/3326015708950002",
        "/status563185915492",
        "/s@a563185915492",
        "/٣٣٢٦٠١٥٧٠٨٩٥٠٠٠٢ x",
        "/cek_3326_0157_0895_0002",
        "/33z6ols7o895ooo2",
    ],
)
def test_digits_behind_a_slash_are_no_command(text):
    assert redact.arrival(message(text=text, chat=GROUP, entities=[{**COMMAND, "length": len(text)}])) is None


@pytest.mark.parametrize(
    "before, after, kind",
    [
        ("left", "member", "group_joined"),
        ("kicked", "administrator", "group_joined"),
        ("member", "administrator", "group_changed"),
        ("administrator", "restricted", "group_changed"),
        ("restricted", "member", "group_changed"),
        ("member", "left", "group_left"),
        ("administrator", "kicked", "group_left"),
    ],
)
def test_to_be_taken_into_a_group_and_out_of_it_is_told_from_other_changes(before, after, kind):
    change = membership(after, chat=GROUP, old_chat_member={"status": before})
    assert (kept(change).kind, kept(change).group) == (kind, -5)


def test_who_is_restricted_may_be_out_of_a_group():
    out = {"status": "restricted", "is_member": False}
    assert kept(membership("member", chat=GROUP, old_chat_member=out)).kind == "group_joined"
    assert kept(membership("member", chat=GROUP, new_chat_member=out)).kind == "group_left"


def test_a_group_that_moves_says_where():
    found = kept(message(chat=GROUP, migrate_to_chat_id=-1005))
    assert (found.kind, found.group, found.text) == ("group_moved", -5, "-1005")
