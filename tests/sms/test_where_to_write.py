"""Families without Telegram read where to send an SMS, in a district that reads them, and nowhere else."""

import json
from dataclasses import replace

import pytest

from handlers.filing.screens import filed_screen
from handlers.paper import sheets
from handlers.privacy.kinds import NOTICES
from handlers.privacy.screens import kept_screen
from handlers.wording.layout import grouped
from locales import LANGUAGES, words
from storage.paper.slips import Slip
from storage.workflow import Workflow
from tests.gallery import NOW, document, numbers
from tests.town import DISTRICT, WORKFLOW

PHONE = "0812 3456 7890"
ABOUT = replace(DISTRICT.district, sms=PHONE)
READS_SMS = Workflow(replace(DISTRICT, district=ABOUT))
NUMBER = numbers(1)[0]
SLIP = Slip(NUMBER, "tlogopakis", NOW, "4821")
WORDS = {"id": "IKUT", "jv": "TUMUT", "en": "FOLLOW"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_card_after_filing_and_its_text_for_whatsapp_say_where(lang):
    found, t = [document("KK", "filed", NUMBER)], words(lang)
    card = filed_screen(READS_SMS, found, [], "4821", "jekduk_bot", t, NOW)
    relayed = next(key.copy for row in card.rows for key in row if key.copy)
    for text in (card.text.replace("\xa0", " "), relayed):
        assert f"{PHONE}: {WORDS[lang]} {grouped(NUMBER)}" in text
    silent = filed_screen(WORKFLOW, found, [], "4821", "jekduk_bot", t, NOW)
    assert "SMS" not in silent.text + "".join(key.copy or "" for row in silent.rows for key in row)


def test_so_does_a_slip_in_each_language():
    told = json.dumps(sheets.slips(READS_SMS, "jekduk_bot", [SLIP]))
    assert [word for word in WORDS.values() if f"{PHONE}: {word} " in told] == [*WORDS.values()]
    silent = json.dumps(sheets.slips(WORKFLOW, "jekduk_bot", [SLIP]))
    assert [word for word in (PHONE, *(f": {word} " for word in WORDS.values())) if word in silent] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_notice_on_privacy_tells_of_telephones_where_there_may_be_some(lang):
    assert "SMS" in kept_screen(READS_SMS, NOTICES, words(lang)).text
    assert "SMS" not in kept_screen(WORKFLOW, NOTICES, words(lang)).text
