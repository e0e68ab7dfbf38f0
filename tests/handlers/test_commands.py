"""One table of commands: what can be typed, what the help says of it to whom, and what Telegram's menu says."""

from dataclasses import replace

import pytest

from handlers import COMMANDS, menu
from handlers.feature import anyone
from handlers.start.screens import help_screen
from handlers.wording.layout import grouped
from locales import LANGUAGES, words
from storage.records import ROLES
from storage.workflow import Workflow
from tests.gallery import DISTRICT, WORKFLOW, person
from tests.town import Town

FOR_ALL = ["/status", "/berhenti", "/kabar", "/bahasa", "/privasi", "/asli", "/hapus"]
HELP = {
    "village_officer": ["/tugas: tugas yang menunggu", "/baru", "/cari", "/cetak", "/label", "/pengganti"],
    "reporter": ["/tugas: yang sudah Bapak/Ibu daftarkan", "/baru", "/cari", "/cetak", "/label", "/pengganti"],
    "courier": ["/tugas: tugas yang menunggu", "/cari", "/cetak", "/label", "/pengganti"],
    "district_desk": ["/tugas: tugas yang menunggu", "/baru", "/cari", "/cetak", "/label", "/pengganti"],
    "registry_desk": ["/tugas: tugas yang menunggu", "/cari", "/cetak", "/label", "/pengganti"],
    "head": [
        "/tugas: yang",
        *"/cari /cetak /statistik /halaman /undang /label /tutup /umumkan /jeda /audit /pengganti".split(),
    ],
}


def helped(*roles: str, workflow: Workflow = WORKFLOW, lang: str = "id") -> list[str]:
    """The lines on commands in somebody's help."""
    text = help_screen(COMMANDS, workflow, person(*roles), words(lang)).text
    return [line for line in text.splitlines() if line.startswith("/")]


def test_everybody_reads_of_what_everybody_can_do():
    assert [line.partition(":")[0] for line in helped()] == FOR_ALL


@pytest.mark.parametrize("role", ROLES)
def test_each_role_reads_of_what_it_can_do(role):
    more = helped(role)[len(FOR_ALL) :]
    assert [line[: len(start)] for line, start in zip(more, HELP[role], strict=True)] == HELP[role]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_whoever_files_and_carries_is_told_of_tasks_once(lang):
    assert sum(line.startswith("/tugas") for line in helped("reporter", "courier", lang=lang)) == 1


def test_a_reporter_to_whom_the_district_file_gives_a_leg_reads_of_tasks():
    stages = [
        replace(stage, by=(*stage.by, "reporter")) if stage.key == "to_district" else stage for stage in DISTRICT.stages
    ]
    workflow = Workflow(replace(DISTRICT, stages=tuple(stages)))
    assert "/tugas: tugas yang menunggu" in helped("reporter", workflow=workflow)


def test_who_may_file_stands_in_the_district_file():
    workflow = Workflow(replace(DISTRICT, starts={"courier": "at_district"}))
    assert any(line.startswith("/baru") for line in helped("courier", workflow=workflow))
    assert not any(line.startswith("/baru") for line in helped("reporter", workflow=workflow))


@pytest.mark.parametrize("who", ["sari", "warni", "ningsih", "joko", "rina", "budi", "hadi"])
async def test_nobody_reads_of_a_command_that_is_refused_to_them(town: Town, who: str):
    somebody = town.people[who]
    lines = (await somebody.says("/bantuan")).splitlines()
    for line in (line for line in lines if line.startswith("/")):
        assert "untuk petugas" not in await somebody.says(line.partition(":")[0])


@pytest.mark.parametrize("name", sorted({one.names[0] for one in COMMANDS if not one.may(WORKFLOW, person())}))
async def test_a_command_for_officers_is_refused_to_others(town: Town, name: str):
    assert "untuk petugas" in await town.sari.says(f"/{name} 5492")


ALL = ["status", "berhenti", "kabar", "bahasa", "bantuan", "privasi", "asli", "hapus"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "role, first",
    [
        ("", []),
        ("village_officer", ["tugas", "baru", "cari", "cetak", "label", "pengganti"]),
        ("reporter", ["tugas", "baru", "cari", "cetak", "label", "pengganti"]),
        ("courier", ["tugas", "cari", "cetak", "label", "pengganti"]),
        ("head", "tugas cari cetak statistik halaman undang label tutup umumkan jeda pengganti".split()),
    ],
)
def test_the_menu_of_a_role_begins_with_its_work_and_nobody_elses(role, first, lang):
    who = person(role) if role else person()
    assert [name for name, _ in menu(WORKFLOW, who, lang)] == [*first, *ALL]


def test_the_menu_says_what_the_help_says():
    assert dict(menu(WORKFLOW, person(), "id"))["hapus"] == "Hapus catatan chat ini"
    assert dict(menu(WORKFLOW, person("courier"), "en"))["tugas"] == "What waits for you"
    assert {dict(menu(WORKFLOW, person(), lang))["bahasa"] for lang in LANGUAGES} == {"Bahasa · Basa · Language"}


async def test_who_holds_a_post_is_not_told_to_ask_for_one(town: Town):
    for who, command in ((town.joko, "/baru"), (town.hadi, "/baru"), (town.warni, "/undang")):
        assert await who.says(command) == "Ini tugas petugas lain. Tugas Bapak/Ibu: /tugas."
    assert "minta link" in await town.sari.says("/baru")


async def test_english_help_names_what_an_english_reader_types_and_it_works(town: Town):
    assert [line.partition(":")[0] for line in helped(lang="en")][1] == "/berhenti · /stop"
    (card,) = await town.files("KK")
    await town.follows(town.emma, card.number)
    await town.emma.says("/stop")
    assert card.number[-4:] in town.emma.buttons[0]


# What stands behind a command


async def test_a_village_behind_the_tasks_is_shown_whole_to_whoever_sees_it(town: Town):
    (card,) = await town.files("KK", village="simego", by="simego")
    for said in ("/tugas Simego", "/tugas desa simego", "/work SIMEGO"):
        shown = await town.joko.says(said)
        assert (shown.startswith("Desa Simego"), grouped(card.number) in " ".join(town.joko.buttons)) == (True, True)
    assert await town.warni.says("/tugas Simego") == "Ini tugas petugas lain. Tugas Bapak/Ibu: /tugas."


async def test_a_month_behind_the_figures_is_shown(town: Town):
    for said in ("Oktober", "okt 2026", "10/2026", "2026-10", "October"):
        assert (await town.hadi.says(f"/statistik {said}")).startswith("Angka · Oktober 2026")
    assert (await town.hadi.says("/statistik des")).startswith("Angka · Desember 2025")


@pytest.mark.parametrize(
    "who, said, example",
    [
        ("joko", "/tugas Simegoo", "/tugas Simego"),
        ("warni", "/tugas besok", "/tugas Tlogopakis"),
        ("hadi", "/statistik foo", "/statistik 11/2026"),
        ("hadi", "/statistik 13/2026", "/statistik 11/2026"),
        ("hadi", "/statistik 12/2026", "/statistik 11/2026"),
        ("hadi", "/audit Joko", "/audit 5631 8591 5492"),
    ],
)
async def test_what_is_not_understood_behind_a_command_is_answered_with_what_can_stand_there(
    town: Town, who: str, said: str, example: str
):
    answer = f"Kata di belakangnya tidak kami kenal. Silakan kirim, contoh: {example}."
    assert await town.people[who].says(said) == answer


@pytest.mark.parametrize(
    "name", sorted({one.names[0] for one in COMMANDS if one.may is not anyone and not one.is_read})
)
async def test_a_command_that_reads_nothing_says_so_and_does_nothing(town: Town, name: str):
    who = town.warni if name == "baru" else town.hadi
    before = await who.says(f"/{name}")
    said = await who.says(f"/{name} semua")
    assert said == f"Kata di belakang /{name} tidak dibaca. Silakan kirim /{name} saja, lalu pilih dengan tombolnya."
    assert before != said


async def test_families_are_answered_whatever_stands_behind_a_command(town: Town):
    for said in ("/bantuan saya bingung", "/privasi apa ini", "/bahasa jawa", "/kabar penting"):
        assert "Kata di belakang" not in await town.sari.says(said)
