"""What keys and first screens say: what a number is about, where to begin, where to telephone."""

from dataclasses import replace

import pytest

from handlers import COMMANDS
from handlers.bags.buttons import ShowTasks
from handlers.staff.screens import joined_screen, posts_screen
from handlers.start.screens import help_screen
from handlers.wording.layout import button
from handlers.wording.names import leg_name, number_label
from locales import LANGUAGES, dates, words
from storage.records import ROLES, Post
from storage.workflow import Workflow
from tests.gallery import CITIZEN, DISTRICT, NOW, WORKFLOW, document
from tests.handlers.test_screens import labels, read
from tests.town import Town

ID, NUMBER = words("id"), "563185915492"


@pytest.mark.parametrize(
    "types, own_name, said",
    [
        (["KK"], "", "KK · 5631 8591 5492"),
        (["AKL", "KK", "KK"], "", "Akta lahir, KK · 5631 8591 5492"),
        (["AKL", "KK", "KIA", "KTP"], "", "Akta lahir +3 · 5631 8591 5492"),
        (["KK"], "KIA adik", "KIA adik · …5492"),
        ([], "", "5631 8591 5492"),
    ],
)
def test_a_number_on_a_key_says_what_it_is_about(types, own_name, said):
    assert number_label(WORKFLOW, NUMBER, [document(type) for type in types], ID, own_name) == said


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("type", WORKFLOW.types)
def test_no_two_tasks_on_keys_differ_only_in_what_is_cut_off(lang, type):
    short, stages = WORKFLOW.types[type].short, WORKFLOW.route(type)[1:]
    whole = {f"✅ {short} · {leg_name(WORKFLOW, to, lang, type, roles=[role])}" for to in stages for role in ROLES}
    assert len({button(one, ShowTasks()).label for one in whole}) == len(whole)


def test_a_head_begins_with_those_who_are_to_be_invited():
    assert labels(joined_screen(WORKFLOW, "head", "", ID)) == ["Undang petugas"]
    assert labels(joined_screen(WORKFLOW, "courier", "", ID)) == ["Lihat tugas"]


def test_help_tells_the_telephone_of_the_office_if_it_is_known_and_what_the_pictures_mean():
    known = Workflow(replace(DISTRICT, district=replace(DISTRICT.district, phone="(0285) 123456")))
    assert "Telepon kecamatan: (0285) 123456." in read(help_screen(COMMANDS, known, CITIZEN, ID))
    said = read(help_screen(COMMANDS, WORKFLOW, CITIZEN, ID))
    assert "Telepon" not in said
    assert said.endswith("🏠 desa · 🏢 kecamatan · 🏛 Disdukcapil · 🛵 di jalan · ● di sini · ✓ sudah lewat")


def test_posts_are_named_by_role_and_ordinal():
    held = [Post(i, "courier", "", i, NOW - 21 * dates.DAY, NOW - dates.DAY) for i in range(1, 11)]
    shown = posts_screen(WORKFLOW, held, 1, ID, NOW)
    assert read(shown).splitlines()[1] == "Petugas Jek-Duk 9 · sejak 3 Nov · terakhir 23 Nov"
    assert labels(shown)[:2] == ["✕ Petugas Jek-Duk 9", "✕ Petugas Jek-Duk 10"]


def test_a_narrow_phone_shows_which_post_would_end():
    held = [Post(1, "village_officer", "curugmuncar", 12, NOW)]
    assert labels(posts_screen(WORKFLOW, held, 0, ID, NOW))[0].startswith("✕ Perangkat desa · Curugmuncar 12")


@pytest.mark.parametrize(
    "said", ["nomor hilang", "salah nama", "bpjs", "bayar berapa", "boleh diwakilkan?", "syarat kk", "akta hilang"]
)
@pytest.mark.parametrize("lang, office", [("id", "antor desa"), ("jv", "antor desa"), ("en", "illage office")])
async def test_who_is_the_village_office_is_not_sent_to_it(town: Town, said: str, lang: str, office: str):
    async with town.storage.transaction() as tx:
        await tx.script(f"update person set lang = '{lang}' where chat = {town.warni.chat}")
    assert office not in await town.warni.says(said)
    assert "/" in town.warni.screen or said == "bpjs"
