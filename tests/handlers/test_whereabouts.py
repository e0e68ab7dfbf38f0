"""Documents of one receipt: told together where they lie together, in the words of their roads."""

import pytest

from handlers.documents.screens import corrected_screen, relocated_screen
from handlers.lookup.screens import status_screen
from handlers.lookup.sealed import sealed_screen
from handlers.relays.texts import family_text
from handlers.wording import names, whereabouts
from handlers.wording.names import leg_name, number_label
from locales import LANGUAGES, words
from storage.district import SHIPPED, parse
from storage.numbers import EXAMPLE
from storage.workflow import Workflow
from tests.gallery import CITIZEN, NOW, WORKFLOW, document, looked_up, person
from tests.handlers.families import statuses
from tests.handlers.test_screens import read

NOW_OF_THE_ROAD = [
    (f'{{ next = "{word}', f'{{ now = "Sudah dicetak", next = "{word}')
    for word in ("dicetak", "dipuncithak", "printed")
]
NEXT_OF_THE_ROAD = [
    ("""[[stages]]
key = "ready_at_village\"""", """[stages.on.print_here]
id = { next = "dikirim ke desa" }
jv = { next = "dikirim ke desa" }
en = { next = "dikirim ke desa" }
[[stages]]
key = "ready_at_village\""""),
]  # fmt: skip


@pytest.mark.parametrize(
    "types, leg",
    [
        ((), "Pulang ke kecamatan"),
        (("KK",), "Pulang ke kecamatan"),
        (("PINDAH",), "Cetak di kecamatan"),
        (("PINDAH", "PINDAH"), "Cetak di kecamatan"),
        (("PINDAH", "KK"), "Pulang ke kecamatan"),
        (("HEIRLOOM", "KK"), "Pulang ke kecamatan"),
    ],
)
def test_a_leg_is_named_in_the_words_of_the_road_that_all_of_them_take(types, leg):
    assert leg_name(WORKFLOW, "ready_at_district", "id", *types) == leg


LITTLE_WORDS = frozenset("di ke dari ing dhateng saking at to from in the".split())


@pytest.mark.parametrize("lang", ["id", "jv", "en"])
def test_no_two_legs_differ_in_a_little_word_alone_whoever_does_them(lang):
    found: dict[frozenset[str], set[str]] = {}
    for (origin, to), types in WORKFLOW.kinds.items():
        for role in {role for type in types for role in WORKFLOW.doers(type, origin, to)}:
            doing = [type for type in types if role in WORKFLOW.doers(type, origin, to)]
            leg = leg_name(WORKFLOW, to, lang, *doing, roles=[role])
            assert not leg.startswith(words(lang)("Back"))
            said = frozenset(leg.lower().split()) - LITTLE_WORDS
            found.setdefault(said, set()).add(to)
    assert [stages for stages in found.values() if len(stages) > 1] == []


def told(workflow: Workflow) -> str:
    found = document("KK", "ready_at_district"), document("PINDAH", "ready_at_district")
    return read(status_screen(workflow, CITIZEN, [looked_up(*found)], [], words("id"), NOW))


def test_documents_at_one_place_are_told_together():
    text = told(WORKFLOW)
    assert "KK, Pindah · 5631 8591 5492" in text


@pytest.mark.parametrize("edits, said", [(NOW_OF_THE_ROAD, "Sudah dicetak"), (NEXT_OF_THE_ROAD, "dikirim ke desa")])
def test_unless_their_roads_have_other_words_for_it(edits, said):
    text = SHIPPED.read_text("utf-8")
    for old, new in edits:
        text = text.replace(old, new)
    *_, printed = told(Workflow(parse(text))).split("Pindah: ")
    assert said.lower() in printed


def test_what_was_refused_says_why_and_then_what_to_do_and_that_it_is_free_once():
    assert read(dict(statuses("id", "KK"))["refused"]).splitlines()[1:] == [
        "Permohonan tidak dapat dipenuhi, Selasa 24 Nov.",
        "Harus diurus di daerah asal.",
        "Silakan tanya kantor desa. Gratis.",
    ]
    cancelled = status_screen(WORKFLOW, CITIZEN, [looked_up(document(stage="cancelled"))], [], words("id"), NOW)
    assert read(cancelled).lower().count("gratis") == 1


def test_a_kind_is_called_in_a_list_as_its_reader_knows_it():
    found = [document("AKL"), document("KK", "issued")]
    told = [whereabouts.places(WORKFLOW, found, words(lang)) for lang in ("id", "en")]
    assert told[0].startswith("Akta lahir: ")
    assert told[1].startswith("Birth certificate (Akta lahir): ")
    assert "; Family card (KK): " in told[1]
    assert [number_label(WORKFLOW, EXAMPLE, found[i:], words("en")) for i in (0, 1)] == [
        "Akta lahir, KK · 5631 8591 5492",
        "Family card (KK) · 5631 8591 5492",
    ]


def test_staff_is_not_told_to_wait():
    look = looked_up(document("KK", "at_district", since=NOW))
    told = [
        read(status_screen(WORKFLOW, who, [look], [], words("id"), NOW)) for who in (CITIZEN, person("registry_desk"))
    ]
    assert ["menunggu" in text for text in told] == [True, False]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_held_up_is_nowhere_said_to_be_ready(lang: str):
    """Not in a status, a line of a list, a text for WhatsApp, a letter or a correction, and not behind a seal."""
    t, ready = words(lang), [key for key, stage in WORKFLOW.stages.items() if stage.ready]
    for stage in ready:
        one = document("KK", stage, hold="road", hold_since=NOW)
        said = {
            names.stage_now(WORKFLOW, stage, one.village, lang, "KK"),
            names.stage_brief(WORKFLOW, stage, lang, "KK"),
        }
        other = document("KIA", "issued")
        told = [
            read(status_screen(WORKFLOW, CITIZEN, [looked_up(one)], [], t, NOW)),
            read(status_screen(WORKFLOW, CITIZEN, [looked_up(one, other)], [], t, NOW)),
            read(status_screen(WORKFLOW, CITIZEN, [looked_up(one), looked_up(one)], [], t, NOW)),
            read(sealed_screen(WORKFLOW, CITIZEN, [looked_up(one)], [], t, {})),
            family_text(WORKFLOW, [one], t),
            read(corrected_screen(WORKFLOW, [one], "slip", t)),
            read(relocated_screen(WORKFLOW, [one], "simego", CITIZEN, t)),
        ]
        assert [text for text in told for word in said if word.casefold() in text.casefold()] == []
