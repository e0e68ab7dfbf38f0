"""Where somebody died: plain words, one line of condolence, no picture, no bell, no cheer, on the whole way."""

import re
import unicodedata

import pytest

from handlers.feedback.question_screens import WithIt, answer_screen, asked_screen, office_name
from handlers.feedback.screens import feedback_screen
from handlers.handover.screens import Proofs, handover_screen, keypad_screen, receiver_screen, right_code_screen
from handlers.relays.texts import LONGEST, family_text
from locales import LANGUAGES, words
from storage.feedback.questions import ANSWERS
from storage.numbers import EXAMPLE
from tests.gallery import WORKFLOW, document
from tests.handlers.families import VILLAGE, Told, besides, news, of, statuses
from tests.handlers.test_screens import spoken

CHEER = re.compile(
    r"kabar baik|selamat|hore|beres|senang|gembira|bagaimana pelayanan|kabar sae|sugeng|bingah|kados pundi"
    r"|good news|congratulat|great|happy|welcome|well done|glad|how did it go|!",
    re.IGNORECASE,
)
WORKING = set("✅☐☑↩")  # on the keys of an officer: what is done, and what is ticked
DEATHS = [("AKM",), ("AKM", "KK"), ("KK", "AKM")]

each_language = pytest.mark.parametrize("lang", LANGUAGES)
each_death = pytest.mark.parametrize("types", DEATHS, ids="+".join)


def asking(lang: str) -> Told:
    """A family asks, and is answered."""
    t = words(lang)
    office = office_name(WORKFLOW, "village_officer", VILLAGE, t)
    yield "ask or report", feedback_screen(EXAMPLE, tuple(ANSWERS), t)
    yield "asked", asked_screen(EXAMPLE, office, WithIt(1), t, again=False)
    for what, answers in ANSWERS.items():
        for said in answers:
            yield f"answered {what} {said}", answer_screen(EXAMPLE, what, said, office, "…", "", t)


def at_the_counter(lang: str, *types: str) -> Told:
    """An officer hands it over, and whoever fetches it is asked."""
    t, ready = words(lang), [document(type, "ready_at_village", village=VILLAGE) for type in types]
    yield "hand over", handover_screen(WORKFLOW, ready, 0, Proofs(may_vouch=True, has_code=True), t)
    yield "the code", keypad_screen(WORKFLOW, ready, 0, "48", 4, t)
    yield "the code is right", right_code_screen(WORKFLOW, ready, 0, "4821", t)
    yield "for the receiver", receiver_screen(WORKFLOW, ready, t)


def signs(text: str) -> set[str]:
    return {sign for sign in text if unicodedata.category(sign) in ("So", "Sk", "Cs")}


def condolences(text: str) -> int:
    return sum(text.lower().count(words(lang)("We are sorry for your loss.").rstrip(".").lower()) for lang in LANGUAGES)


@each_language
@each_death
def test_nothing_that_a_family_reads_has_pictures_bells_or_cheer(lang, types):
    told = [*news(lang, *types), *statuses(lang, *types), *besides(lang, *types), *asking(lang)]
    assert len(told) > 100
    assert {name: signs(spoken(screen)) for name, screen in told if signs(spoken(screen))} == {}
    assert {name: CHEER.findall(spoken(screen)) for name, screen in told if CHEER.search(spoken(screen))} == {}


@each_language
@each_death
def test_no_officer_who_hands_it_over_reads_any_either(lang, types):
    told = dict(at_the_counter(lang, *types))
    assert {name for name, screen in told.items() if signs(spoken(screen)) - WORKING} == set()
    assert {name for name, screen in told.items() if CHEER.search(spoken(screen))} == set()


@each_language
@each_death
def test_the_news_that_a_request_begins_has_one_line_of_condolence_and_no_other_news_has(lang, types):
    told = {name: condolences(spoken(screen)) for name, screen in news(lang, *types)}
    assert {name for name, count in told.items() if count} == {"filed"}
    assert told["filed"] == 1


@each_language
@each_death
def test_a_status_has_one_line_of_condolence_as_long_as_it_is_where_it_began(lang, types):
    told = {name: condolences(spoken(screen)) for name, screen in statuses(lang, *types)}
    assert {name: count for name, count in told.items() if count != name.startswith("filed")} == {}


@each_language
@each_death
def test_what_is_sent_by_sms_or_copied_for_whatsapp_says_so_once_and_fits(lang, types):
    text = family_text(WORKFLOW, of(*types), words(lang))
    assert (condolences(text), len(text) <= LONGEST, signs(text)) == (1, True, set())
    moved = [document(type, "at_registry", village=VILLAGE) for type in types]
    assert condolences(family_text(WORKFLOW, moved, words(lang))) == 0
    copied = next(key.copy for row in dict(besides(lang, *types))["filed"].rows for key in row if key.copy)
    assert condolences(copied) == 1
    assert len(copied) <= 256


def test_where_somebody_lives_there_are_pictures_and_no_condolence():
    told = [*news("id", "KK"), *statuses("id", "KK")]
    assert all(condolences(spoken(screen)) == 0 for _, screen in told)
    assert signs(spoken(dict(told)["to_registry"])) >= set("🛵")
