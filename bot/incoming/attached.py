"""What stands in a message besides what was written: in what it quotes or answers, behind a word that is a link, in a
contact, a place, a poll or a list, in the name of a file. Of all that the receipt numbers are kept, and that there was
a NIK.
"""

import re
from collections.abc import Iterator
from typing import Any

from storage.numbers import EXAMPLE, MASK, find, mask

SENT = ("contact", "venue", "poll", "checklist", "rich_message")  # whoever sends one has written it, or means it
ENTITIES = ("entities", "caption_entities")
ANSWERED = ("reply_to_message", "external_reply")  # here, or in another chat
PARTS = frozenset({*SENT, *ANSWERED, "quote", "document"})
# What stands around the content of a message, or tells that something was done: Bot API 10.1.
_NO_CONTENT = frozenset(
    "message_id message_thread_id direct_messages_topic from sender_chat sender_boost_count sender_business_bot "
    "sender_tag date guest_query_id business_connection_id chat forward_origin is_topic_message is_automatic_forward "
    "reply_to_message external_reply quote reply_to_story reply_to_checklist_task_id reply_to_poll_option_id "
    "via_bot guest_bot_caller_user guest_bot_caller_chat edit_date has_protected_content is_from_offline is_paid_post "
    "media_group_id author_signature paid_star_count entities link_preview_options suggested_post_info effect_id "
    "caption_entities show_caption_above_media has_media_spoiler reply_markup "
    "new_chat_members left_chat_member chat_owner_left chat_owner_changed new_chat_title new_chat_photo "
    "delete_chat_photo group_chat_created supergroup_chat_created channel_chat_created "
    "message_auto_delete_timer_changed migrate_to_chat_id migrate_from_chat_id pinned_message successful_payment "
    "refunded_payment gift_upgrade_sent connected_website write_access_allowed passport_data "
    "proximity_alert_triggered boost_added chat_background_set checklist_tasks_done checklist_tasks_added "
    "direct_message_price_changed forum_topic_created forum_topic_edited forum_topic_closed forum_topic_reopened "
    "general_forum_topic_hidden general_forum_topic_unhidden giveaway_created giveaway_completed managed_bot_created "
    "paid_message_price_changed poll_option_added poll_option_deleted suggested_post_approved "
    "suggested_post_approval_failed suggested_post_declined suggested_post_paid suggested_post_refunded "
    "video_chat_scheduled video_chat_started video_chat_ended video_chat_participants_invited".split()
)
OF_A_MACHINE = ("id", "vcard")  # ends of the names of what nobody reads
# As a slip is named. What is named after the moment in which it was made has more digits, or something between them.
_IN_A_NAME = re.compile(r"(?<!\d)(?:\d{12}|(?<!\d[ _.-])\d{4}([ _.-])\d{4}\1\d{4})(?![ _.-]?\d)")


def is_unheard_of(message: dict[str, Any]) -> bool:
    """True for a message of a kind that came after this was written."""
    return not message.keys() <= _NO_CONTENT


def digits(message: dict[str, Any]) -> str:
    """The receipt numbers, a line each, and the mark of a NIK that was sent; nothing if there are none.

    Not the example: it stands in messages of ours, and is nobody's.
    """
    sent = [masked for part in SENT for text in _texts(message.get(part)) if (masked := mask(text))]
    found = [number for text in (*_referred(message), *sent) for number in find(text).good if number != EXAMPLE]
    return "\n".join([*found, *([MASK] if any(find(text).nik for text in sent) else [])])


def _referred(message: dict[str, Any]) -> Iterator[str]:
    quoted = mask((message.get("quote") or {}).get("text", ""))  # perhaps the line with one of the numbers in it
    others = () if find(quoted).good else [message.get(name) or {} for name in ANSWERED]
    yield quoted
    for answered in others:
        yield mask(answered.get("text") or answered.get("caption") or "")
        yield from (mask(text) for part in SENT for text in _texts(answered.get(part)))
    for one in (message, *others):
        name = mask(one.get("document", {}).get("file_name", ""))  # lest a part of a NIK pass for a number
        yield from (number[0] for number in _IN_A_NAME.finditer(name))
    for entity in (one for name in ENTITIES for one in message.get(name, ())):
        if entity["type"] == "text_link":  # a word with an address behind it, such as that of a slip
            yield mask(entity.get("url", ""))


def _texts(part: object) -> Iterator[str]:
    """What can be read in a part of a message. Pieces of one text, such as a word in bold, are put together."""
    match part:
        case str():
            yield part
        case list() if any(isinstance(one, str) for one in part):
            yield "".join(text for one in part for text in _texts(one))
        case list():
            for one in part:
                yield from _texts(one)
        case dict():
            for name, one in part.items():
                if not name.endswith(OF_A_MACHINE):
                    yield from _texts(one)
