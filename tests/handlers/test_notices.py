"""What people hear: exact words in three languages, and the rules behind them."""

import random
from dataclasses import replace

import pytest

from handlers.wording.layout import NO_BREAK
from handlers.wording.notices import journeys, notice
from locales import LANGUAGES
from storage.news.cards import EVERY_STAGE
from storage.records import Owed, Reached
from storage.workflow import Workflow
from tests.town import DISTRICT, TUESDAY, WORKFLOW

DAY, MINUTE = 86_400_000, 60_000
MONDAY = TUESDAY - DAY
ASK_THERE = "Tanyakan ke kantor desa Tlogopakis (buka Selasa 24 Nov). Gratis."


def owed(*stops: Reached, lang: str = "id", **more: object) -> Owed:
    empty = Owed((1,), 5, 1, "act", 7, "563185915492", "tlogopakis", "{}", TUESDAY, 0, lang, None, stops)
    return empty._replace(**{"news": EVERY_STAGE, **more})  # type: ignore[arg-type]  # the fields of Owed


def stop(stage: str, type: str = "KK", at: int = TUESDAY, hold: str | None = None) -> Reached:
    return Reached(type, stage, at, hold)


def said(*stops: Reached, lang: str = "id", workflow: Workflow = WORKFLOW, **more: object) -> str:
    message = notice(owed(*stops, lang=lang, **more), workflow, TUESDAY)
    assert message is not None
    return message[0].text.replace(NO_BREAK, " ")


def is_silent(*stops: Reached) -> bool:
    message = notice(owed(*stops), WORKFLOW, TUESDAY)
    return message is not None and message[1]


# One step


STEP = {
    "id": """
Diterima Disdukcapil: Kartu Keluarga 5631 8591 5492.
Biasanya terbit paling lambat Rabu 25 Nov. 🏛""",
    "jv": """
Katampi Disdukcapil: Kartu Keluarga 5631 8591 5492.
Biasanipun dokumenipun dados paling dangu Rebo 25 Nov. 🏛""",
    "en": """
Received at Disdukcapil: Family card (KK) 5631 8591 5492.
Next: issued, usually by Wednesday 25 Nov. 🏛""",
}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_step_is_told_with_what_comes_next(lang):
    assert said(stop("at_registry"), lang=lang) == STEP[lang].strip()


def test_the_day_is_told_of_what_is_told_on_another_one():
    """Of what is told on its own, the message shows when it came."""
    assert said(stop("issued", at=MONDAY)).startswith("Terbit: KK 5631 8591 5492, 23 Nov.\n")
    assert said(stop("issued", "KTP", MONDAY)).startswith("Terbit: KTP-el 5631 8591 5492, 23 Nov.\n")
    assert said(stop("issued", at=TUESDAY - 365 * DAY)).startswith("Terbit: KK 5631 8591 5492, 24 Nov 2025.\n")


def test_of_several_in_several_places_each_begins_with_a_line_of_its_own():
    lines = said(stop("issued", at=MONDAY), stop("to_registry", "KTP", MONDAY)).splitlines()
    assert [line for line in lines if line.endswith(", 23 Nov.")] == [
        "Terbit: KK 5631 8591 5492, 23 Nov.",
        "Dibawa Jek-Duk ke Disdukcapil: KTP-el, 23 Nov.",
    ]


def test_days_that_a_head_closes_are_not_named_from_then_on():
    workflow = Workflow(DISTRICT)
    assert "Rabu 25 Nov" in said(stop("at_registry"), workflow=workflow)
    workflow.calendar.close([workflow.calendar.day(TUESDAY + DAY)])
    assert "Kamis 26 Nov" in said(stop("at_registry"), workflow=workflow)


def test_what_is_ready_says_where_when_with_what_and_that_it_is_free():
    assert said(stop("ready_at_village")) == (
        "Siap diambil di kantor desa Tlogopakis: Kartu Keluarga 5631 8591 5492.\nBawa resi. Gratis. 🏠"
    )


def test_what_is_ready_far_from_home_may_be_waited_for():
    assert said(stop("ready_at_district")) == (
        "Siap diambil di kecamatan: Kartu Keluarga 5631 8591 5492.\n"
        "Buka Senin sampai Kamis 08.00–14.00, Jumat 08.00–10.30. "
        "Bawa resi. Atau tunggu dibawa ke desa. Gratis. 🏢"
    )


@pytest.mark.parametrize("stage", ["ready_at_district", "ready_at_village"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_goes_on_where_it_can_be_fetched_is_told_as_ready_and_where(lang: str, stage: str):
    going_on = Reached("KK", stage, TUESDAY, None, "release")
    assert said(going_on, lang=lang) == said(stop(stage), lang=lang)
    assert not is_silent(going_on)


def test_what_comes_to_where_it_would_be_ready_and_is_held_up_is_only_there():
    assert said(stop("ready_at_district", hold="road")).startswith(
        "Di kecamatan: Kartu Keluarga 5631 8591 5492.\nTertunda: "
    )
    assert said(stop("ready_at_village", hold="tracing")).startswith("Di kantor desa: Kartu Keluarga")
    assert is_silent(stop("ready_at_village", hold="tracing"))


def test_documents_that_moved_together_are_named_together():
    words = said(stop("issued", "AKL"), stop("issued", "KK"), stop("issued", "KIA"))
    assert words.startswith("Terbit: Akta lahir, KK, KIA 5631 8591 5492.")
    assert words.endswith("Biasanya dijemput petugas Jek-Duk paling lambat Selasa 24 Nov. 🏛")


def test_roads_that_part_are_told_apart():
    assert said(stop("issued", "KK"), stop("issued", "PINDAH")).splitlines()[1:] == [
        "Berikutnya untuk Kartu Keluarga: dijemput petugas Jek-Duk, biasanya paling lambat Selasa 24 Nov.",
        "Berikutnya untuk Surat Keterangan Pindah: dicetak di kecamatan, biasanya paling lambat Selasa 24 Nov. 🏛",
    ]


def test_a_road_has_its_own_words_where_all_of_them_take_it():
    together = [stop("issued", type, MONDAY) for type in ("PINDAH", "KK")]
    together += [stop("ready_at_district", type) for type in ("PINDAH", "KK")]
    together += [stop("to_village", type) for type in ("PINDAH", "KK")]
    assert "terbit, dicetak di kecamatan." in said(*(one for one in together if one.type == "PINDAH"))
    assert "terbit, tiba di kecamatan." in said(*together)


def test_the_end_has_nothing_next():
    assert said(stop("handed_over")) == "Sudah diserahkan kepada keluarga: Kartu Keluarga 5631 8591 5492."


@pytest.mark.parametrize(
    "stage, rest",
    [
        (
            "returned",
            f"Belum lengkap, dikembalikan ke desa|{ASK_THERE}",
        ),
        ("refused", "Permohonan tidak dapat dipenuhi|Silakan tanya kantor desa. Gratis."),
        ("cancelled", "Permohonan dibatalkan|Bila masih perlu, silakan ke kantor desa. Gratis."),
    ],
)
def test_what_left_its_road_says_so_first_and_then_what_to_do(stage, rest):
    news, what_now = rest.split("|")
    assert said(stop(stage)) == f"{news}: Kartu Keluarga 5631 8591 5492.\n{what_now}"


def test_what_is_held_up_says_why_instead_of_what_comes_next():
    assert said(stop("at_registry", hold="blank")).splitlines()[1:] == [
        "Tertunda: blangko habis.",
        "Mohon maaf. Bapak/Ibu cukup menunggu; kami kabari lagi. 🏛",
    ]
    assert said(stop("at_registry", hold="babyname")).splitlines()[1:] == [
        "Tertunda: nama bayi belum ada.",
        "Mohon ke kantor desa Tlogopakis; petugas akan menjelaskan. Gratis. 🏛",
    ]


def test_there_is_nothing_to_say_about_nothing():
    assert notice(owed(), WORKFLOW, TUESDAY) is None


@pytest.mark.parametrize("lang, news", [("id", "Sedang diproses"), ("jv", "Saweg dipunproses"), ("en", "In progress")])
def test_of_a_stage_that_the_district_file_no_longer_knows_it_is_said_that_it_goes_on(lang, news):
    assert said(stop("lost", "OLD"), village="gone", lang=lang).startswith(f"{news}: OLD 5631 8591 5492.")


@pytest.mark.parametrize("lang, why", [("id", "alasan lain"), ("jv", "sabab sanes"), ("en", "another reason")])
def test_of_a_reason_that_the_district_file_no_longer_knows_no_key_is_shown(lang, why):
    assert f": {why}. " in said(stop("at_registry", hold="lost")._replace(kind="hold"), lang=lang)


# Late: every step in one message


def test_a_catch_up_says_where_it_is_now_and_then_every_step_before():
    road = [stop("at_district", at=MONDAY), stop("to_registry", at=MONDAY + MINUTE), stop("issued")]
    assert said(*road) == (
        "Terbit: Kartu Keluarga 5631 8591 5492.\n"
        "Maaf, kabar susulan: diterima kecamatan, dibawa ke Disdukcapil.\n"
        "Biasanya dijemput petugas Jek-Duk paling lambat Selasa 24 Nov. 🏛"
    )


def test_a_catch_up_on_what_is_ready_ends_with_where_to_fetch_it():
    assert said(stop("to_village", at=MONDAY), stop("ready_at_village"), lang="en").splitlines()[1:] == [
        "Sorry, late news: taken to the village.",
        "Bring the receipt. Free. 🏠",
    ]


def test_documents_on_different_roads_have_a_block_each_under_one_number():
    assert said(stop("at_district", "AKL", MONDAY), stop("at_district", at=MONDAY), stop("to_registry")) == (
        "Diterima kecamatan: Akta lahir 5631 8591 5492, 23 Nov.\n"
        "Maaf, seharusnya sudah dibawa ke Disdukcapil Senin 23 Nov. 🏢\n"
        "\n"
        "Dibawa Jek-Duk ke Disdukcapil: Kartu Keluarga.\n"
        "Maaf, kabar susulan: diterima kecamatan.\n"
        "Biasanya diterima Disdukcapil paling lambat Selasa 24 Nov. 🛵"
    )


@pytest.mark.parametrize("ago, is_late", [(30 * MINUTE, False), (DAY, True), (365 * DAY, True)])
def test_a_catch_up_asks_pardon_for_news_of_another_day(ago, is_late):
    assert ("Maaf, kabar" in said(stop("at_district", at=TUESDAY - ago), stop("to_registry"))) is is_late


def test_a_road_that_ended_early_says_what_to_do_once():
    words = said(stop("at_district", at=MONDAY), stop("refused"))
    assert words.splitlines()[1:] == [
        "Maaf, kabar susulan: diterima kecamatan.",
        "Silakan tanya kantor desa. Gratis.",
    ]


def test_documents_with_the_same_steps_go_together():
    both = [stop("filed", "KK"), stop("filed", "KTP"), stop("to_district", "KK"), stop("to_district", "KTP")]
    assert [way.types for way in journeys((*both, stop("filed", "KIA")))] == [("KK", "KTP"), ("KIA",)]


# Sound, sorrow, room


@pytest.mark.parametrize("stage", [*WORKFLOW.stages, *WORKFLOW.exits])
def test_the_phone_rings_for_what_concerns_the_family(stage):
    heard = {"ready_at_district", "ready_at_village", "returned", "refused"}
    assert is_silent(stop(stage)) is (stage not in heard)


def test_it_rings_for_what_came_back_however_a_district_calls_that():
    exits = tuple(replace(one, key="sent_back") if not one.ends else one for one in DISTRICT.exits)
    message = notice(owed(stop("sent_back")), Workflow(replace(DISTRICT, exits=exits)), TUESDAY)
    assert message is not None
    assert not message[1]


@pytest.mark.parametrize(
    "kind, stages",
    [
        ("move", {"ready_at_district", "ready_at_village", "handed_over"}),
        ("file", set(WORKFLOW.stages)),
        ("hold", set(WORKFLOW.stages)),
        ("release", set(WORKFLOW.stages)),
    ],
)
def test_a_family_is_told_unasked_what_it_can_fetch_or_has_to_do_what_stands_still_and_the_end(kind, stages):
    def is_told(stage: str) -> bool:
        step = Reached("KK", stage, TUESDAY, "blank" if kind == "hold" else None, kind)
        return notice(owed(step, news=""), WORKFLOW, TUESDAY) is not None

    assert {stage for stage in WORKFLOW.stages if is_told(stage)} == stages
    assert all(is_told(exit) for exit in WORKFLOW.exits)


def test_a_catch_up_rings_if_one_of_its_steps_would_have():
    assert not is_silent(stop("ready_at_district", at=MONDAY), stop("to_village"))
    assert is_silent(stop("at_district", at=MONDAY), stop("to_registry"))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("stage", [*WORKFLOW.stages, *WORKFLOW.exits])
def test_where_somebody_died_there_are_no_pictures_and_no_bells(stage, lang):
    words = said(stop(stage, "AKM"), stop(stage), lang=lang, mourned=True)
    assert not any(sign in words for sign in "🏠🛵🏢🏛🔔🔕✅⚠")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("seed", range(20))
def test_any_catch_up_fits_a_message(seed, lang):
    chance = random.Random(seed)
    stops = [stop(stage, type) for type in WORKFLOW.types for stage in WORKFLOW.route(type)[chance.randrange(11) :]]
    message = notice(owed(*stops, lang=lang), WORKFLOW, TUESDAY)
    assert message is not None
    assert 0 < len(message[0].text) <= 4096


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("stage", [*WORKFLOW.stages, *WORKFLOW.exits])
def test_every_step_can_be_told_in_every_language(stage, lang):
    assert (words := said(stop(stage), lang=lang))
    assert not set("{}<>") & set(words)


def test_names_cannot_break_the_message():
    villages = list(DISTRICT.villages)
    villages[6] = replace(villages[6], name="Tlogo <3 & co")
    workflow = Workflow(replace(DISTRICT, villages=tuple(villages)))
    assert "kantor desa Tlogo &lt;3 &amp; co: " in said(stop("ready_at_village"), workflow=workflow)


def test_what_was_said_once_is_not_made_again():
    one, other = (notice(owed(stop("issued"), chat=chat, ids=(chat,)), WORKFLOW, TUESDAY) for chat in (1, 2))
    assert one is other
