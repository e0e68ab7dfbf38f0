"""What nobody finds is never said to be somewhere: families, staff and others read where it was seen last, as that."""

import pytest

from bot.feeds.open311 import notes
from handlers.documents.screens import corrected_screen, relocated_screen
from handlers.lookup.screens import status_screen
from handlers.lookup.sealed import sealed_screen
from handlers.relays.texts import family_text
from handlers.wording import whereabouts
from locales import LANGUAGES, words
from storage.road.consignments import TRACING
from tests.gallery import CITIZEN, NOW, WORKFLOW, document, looked_up
from tests.handlers.families import news, statuses
from tests.handlers.test_screens import read

each_language = pytest.mark.parametrize("lang", LANGUAGES)
LAST = {"id": "terakhir ", "jv": "pungkas ", "en": "last seen "}
STAGES = [key for key in WORKFLOW.stages if not WORKFLOW.ends(key)]
PICTURES = "🏠🏢🏛🛵"


@each_language
@pytest.mark.parametrize("stage", STAGES)
def test_wherever_it_is_told_it_is_told_as_the_last_place(lang: str, stage: str):
    """In a status, alone and beside others, a list, a text for WhatsApp, a correction, behind a seal, and outside."""
    t, lost, other = words(lang), document("KK", stage, hold=TRACING, hold_since=NOW), document("KIA", "issued")
    told = [
        read(status_screen(WORKFLOW, CITIZEN, [looked_up(lost)], [], t, NOW)),
        read(status_screen(WORKFLOW, CITIZEN, [looked_up(lost, other)], [], t, NOW)),
        whereabouts.places(WORKFLOW, [lost], t),
        family_text(WORKFLOW, [lost], t),
        read(corrected_screen(WORKFLOW, [lost], "slip", t)),
        read(relocated_screen(WORKFLOW, [lost], "simego", CITIZEN, t)),
        read(sealed_screen(WORKFLOW, CITIZEN, [looked_up(lost)], [], t, {})),
        *([notes(WORKFLOW, lost, "")] if lang == "id" else []),
    ]
    assert [text for text in told if LAST[lang] not in text.casefold()] == []


@pytest.mark.parametrize(
    ("stage", "said"),
    [
        ("filed", "Terakhir di kantor desa."),
        ("to_registry", "Terakhir dibawa Jek-Duk ke Disdukcapil."),
        ("issued", "Terakhir di Disdukcapil."),
        ("ready_at_district", "Terakhir di kecamatan."),
    ],
)
def test_it_is_a_place_in_a_few_words(stage: str, said: str):
    lost = document("KK", stage, since=NOW, hold=TRACING, hold_since=NOW)
    line = read(status_screen(WORKFLOW, CITIZEN, [looked_up(lost)], [], words("id"), NOW)).splitlines()[1]
    assert line.startswith(f"{said} Tertunda sejak 24 Nov: belum ditemukan, sedang dicari petugas.")


@each_language
def test_no_picture_shows_a_place(lang: str):
    """Neither the road of pictures nor the one behind a notice: whoever does not read would go by it."""
    shown = [(name, read(screen)) for told in (news, statuses) for name, screen in told(lang, "KK") if TRACING in name]
    assert len(shown) > 2 * len(STAGES)
    assert [name for name, text in shown if any(one in text for one in PICTURES)] == []
