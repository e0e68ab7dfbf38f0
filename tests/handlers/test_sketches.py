"""Screens as they were drawn first, and what each promises to whoever reads it."""

import pytest

from handlers.documents.screens import acted_screen, moved_before
from handlers.filing.buttons import Draft
from handlers.filing.screens import draft_screen
from handlers.lookup.history import STEPS, Beside, history_screen
from handlers.lookup.screens import not_known_screen, status_screen
from handlers.reply import Screen
from handlers.wording.layout import fitting
from handlers.wording.whereabouts import road_pictures
from locales import dates, words
from storage.records import Document
from storage.road.way import still_counting
from tests.gallery import (
    CITIZEN,
    NOW,
    WORKFLOW,
    act,
    document,
    event,
    everything,
    looked_up,
    numbers,
    person,
)
from tests.handlers.test_screens import labels, read

ID, EN = words("id"), words("en")
NOT_KNOWN = (
    "5631 8591 0018 tidak ada di catatan kami: mungkin belum didaftarkan, atau sudah lama selesai."
    " Mohon cocokkan dengan resi."
)
DRAWN = {
    "welcome": """
        Selamat datang di Jek-Duk Petungkriyono.
        Kirim nomor resi: 12 angka di kertas dari kantor desa, contoh 5631 8591 5492.
        Layanan ini gratis. Jangan membayar kepada siapa pun.
        [Bahasa · Basa · Language]
        [Bantuan]""",
    "draft: 1": """
        Permohonan baru · desa Tlogopakis
        Syarat KK:
        • KK lama bila ada
        • buku nikah atau akta sebagai bukti perubahan
        • surat kehilangan dari polisi bila hilang
        Pilih dokumen (boleh lebih dari satu):
        [☑ KK] [☐ KTP-el]
        [☐ KIA] [☐ Akta lahir]
        [☐ Akta kematian] [☐ Pindah]
        [☐ Datang] [☐ Lainnya]
        [✅ Daftarkan] [Batal]""",
    "filed": """
        Terdaftar: 5631 8591 5492 · KK dan Akta lahir
        Kode ambil: 4821. Tulis juga di resi.
        Tulis nomor ini di resi. Warga bisa melihat perkembangannya di:
        t.me/jekduk_bot?start=563185915492
        [Salin teks untuk WA] [Cetak slip]
        [🔔 Kabari saya] [Daftarkan lagi]""",
    "reminder": """
        Selamat pagi. Desa Tlogopakis, Selasa 24 Nov
        Menunggu diambil warga di desa: 12 (terlama 7 hari kerja)
        Siap dijemput di kecamatan: 12 (terlama 5 hari kerja)
        Yang terlama sudah menunggu 7 hari kerja. Mohon diurus hari ini, atau pilih harinya.
        [Serahkan ke warga (12)]
        [Jemput di kecamatan (12)]
        [Rabu saya ambil]
        [Hari lain …]
        [Ingatkan lagi …]""",
    "reminder of what is late": """
        Selamat pagi. Desa Tlogopakis, Selasa 24 Nov
        Menunggu dibawa ke kecamatan: 12 (terlama 1 hari kerja)
        [Bawa ke kecamatan (12)]
        [Ingatkan lagi …]""",
    "no tasks for courier": """
        Tugas · Selasa 24 Nov pukul 08.10
        Tidak ada tugas sekarang. Semua beres.
        [Muat ulang] [Cari …]
        [Pengganti …]""",
    "a bag with nothing ticked": """
        Bawa ke Disdukcapil · 0 dari 2 dipilih
        Pilih yang ikut.
        [☐ 5631 8591 0018 · KK · Simego]
        [☐ 5631 8591 0026 · KTP-el · Gumelem]
        [Pilih semua] [Buka satu]
        [Muat ulang] [Cetak] [Kembali]""",
    "acted: to_registry": """
        12 berkas dibawa ke Disdukcapil, Selasa 24 Nov pukul 08.10.
        9 orang yang mengikuti bisa melihatnya; yang memilih setiap tahap akan dikabari.
        Bisa diurungkan sampai Selasa 24 Nov pukul 08.20.
        [↩ Urungkan] [Tugas berikutnya]""",
    "not known": f"""
        {NOT_KNOWN}
        [🔔 Kabari bila sudah ada]""",
    "two for courier": """
        KK, Akta lahir · 5631 8591 5492
        Siap diambil di kantor kecamatan Petungkriyono sejak Senin 23 Nov.
        Buka Senin sampai Kamis 08.00–14.00, Jumat 08.00–10.30.
        🏠✓ 🏢✓ 🏛✓ 🏢● 🏠
        [✅ Keduanya · Jemput di kecamatan]
        [✅ KK · Jemput di kecamatan]
        [✅ Akta lahir · Jemput di kecamatan]
        [⏸ KK · Tunda …]
        [⏸ Akta lahir · Tunda …]
        [🔔 Kabari saya] [Riwayat]""",
}


def drawn(screen: Screen) -> list[str]:
    return [*read(screen).splitlines(), *(" ".join(f"[{key.label}]" for key in row) for row in screen.rows)]


@pytest.mark.parametrize("name", DRAWN)
def test_a_screen_is_as_it_was_drawn(name):
    assert drawn(dict(everything(ID))[name]) == [line.strip() for line in DRAWN[name].strip().splitlines()]


def status(*documents: Document, followed: bool = False, who=CITIZEN, t=ID) -> Screen:
    return status_screen(WORKFLOW, who, [looked_up(*documents, followed=followed)], [], t, NOW)


def test_a_number_is_shown_in_four_lines_and_three_keys():
    assert drawn(status(document("KK", "to_registry", since=NOW))) == [
        "Kartu Keluarga · 5631 8591 5492",
        "Berkas sedang dibawa petugas Jek-Duk ke Disdukcapil sejak Selasa 24 Nov.",
        "Biasanya diterima Disdukcapil paling lambat Selasa 24 Nov.",
        "Bapak/Ibu cukup menunggu. Gratis.",
        "🏠✓ 🏢✓ 🛵 🏛 🏢 🏠",
        "[🔔 Kabari saya] [Riwayat]",
        "[Tanya / lapor …]",
    ]


@pytest.mark.parametrize(
    "type, stage, road",
    [
        ("KK", "filed", "🏠● 🏢 🏛 🏢 🏠"),
        ("KK", "to_district", "🏠✓ 🛵 🏢 🏛 🏢 🏠"),
        ("KK", "at_registry", "🏠✓ 🏢✓ 🏛● 🏢 🏠"),
        ("KK", "issued", "🏠✓ 🏢✓ 🏛● 🏢 🏠"),
        ("KK", "from_registry", "🏠✓ 🏢✓ 🏛✓ 🛵 🏢 🏠"),
        ("PINDAH", "issued", "🏠✓ 🏢✓ 🏛● 🏢 🏠"),
        ("KK", "to_village", "🏠✓ 🏢✓ 🏛✓ 🏢✓ 🛵 🏠"),
        ("KK", "handed_over", "🏠✓ 🏢✓ 🏛✓ 🏢✓ 🏠✓"),
        ("KK", "returned", ""),
        ("PINDAH", "from_registry", ""),
    ],
)
def test_the_road_says_what_the_words_say(type, stage, road):
    assert road_pictures(WORKFLOW, type, stage) == road


@pytest.mark.parametrize(
    "stage, line",
    [
        ("at_district", "Papers received at the district office, Tuesday 24 Nov."),
        ("issued", "Document issued at Disdukcapil, Tuesday 24 Nov."),
        ("to_village", "Document on the way to the village since Tuesday 24 Nov."),
        ("ready_at_village", "Ready at the Tlogopakis village office since Tuesday 24 Nov."),
    ],
)
def test_what_is_done_has_a_time_and_what_lasts_a_since(stage, line):
    assert line in read(status(document(stage=stage, since=NOW), t=EN)).splitlines()


def test_what_documents_share_is_said_once():
    two, one = [document(type, "issued") for type in ("KK", "AKL")], document("KIA", "at_registry")
    text = read(status(*two, one))
    assert [text.count(part) for part in ("5631 8591 5492", "🏠✓", "Tanyakan ke")] == [1, 0, 1]
    assert text.startswith("5631 8591 5492\nKK, Akta lahir: terbit, di Disdukcapil.")
    assert "\nKIA: di Disdukcapil." in text


def test_roads_that_part_are_told_apart():
    text = read(status(document("KK", "issued"), document("PINDAH", "issued")))
    assert "dijemput petugas Jek-Duk" in text
    assert "dicetak di kecamatan" in text


def test_a_document_on_hold_promises_no_day():
    text = read(status(document(stage="at_registry", hold="siak", hold_since=NOW)))
    assert text.partition("5492\n")[2].startswith(
        "Di Disdukcapil. Tertunda sejak 24 Nov: komputer Disdukcapil sedang terganggu.\n"
        "Maaf, tidak perlu datang. Gratis.\n🏠"
    )


@pytest.mark.parametrize(
    "hold, said", [("siak", ": the computers of Disdukcapil are down."), ("power", ": power cut.")]
)
def test_a_reason_stands_small_in_its_sentence_unless_it_is_an_abbreviation(hold, said):
    assert said in read(status(document(stage="at_registry", hold=hold), t=EN))


@pytest.mark.parametrize(
    "hold, part",
    [
        ("blank", "tidak perlu datang"),
        ("attend", "ke kantor kecamatan. Gratis. Buka Selasa 24 Nov 08.00–14.00."),
        ("mismatch", "ke kantor desa Tlogopakis"),
    ],
)
def test_a_hold_says_whose_turn_it_is(hold, part):
    assert part in read(status(document(stage="at_registry", hold=hold)))


def test_whoever_can_take_it_further_is_not_told_to_wait():
    shown = status(document(stage="at_district"), who=person("courier"))
    assert "menunggu" not in read(shown)
    assert "✅ Bawa ke Disdukcapil" in labels(shown)


@pytest.mark.parametrize("stage", ["handed_over", "cancelled", "refused"])
def test_the_end_offers_no_more_notices(stage):
    assert labels(status(document(stage=stage))) == ["Riwayat", "Tanya / lapor …"]
    assert labels(status(document(stage=stage), followed=True)) == ["🔕 Hentikan kabar", "Riwayat", "Tanya / lapor …"]


def test_a_refusal_of_the_registry_says_where_to_ask():
    lines = read(status(document(stage="refused"))).splitlines()
    assert lines[1:3] == [
        "Permohonan tidak dapat dipenuhi, Senin 23 Nov.",
        "Silakan tanya kantor desa. Gratis.",
    ]


def test_many_numbers_get_a_line_each():
    looks = [looked_up(document(number=number)) for number in numbers(5)]
    lines = read(status_screen(WORKFLOW, CITIZEN, looks, [], ID, NOW)).split("\n\n")
    assert lines[0] == "5631 8591 0018 · KK: Berkas di kantor desa Tlogopakis"
    assert len(lines) == 5


def test_what_does_not_fit_is_counted():
    assert read(dict(everything(ID))["30 follows"]).endswith("\n… dan 22 lagi")
    assert fitting([["x" * 999]] * 5, ID, gap="") == [*["x" * 999] * 3, "… dan 2 lagi"]


def test_a_number_that_is_waited_for_says_so():
    shown = not_known_screen(numbers(2), [], ID, frozenset(numbers(1)))
    assert "Bapak/Ibu akan dikabari bila sudah ada." in read(shown).splitlines()[0]
    assert labels(shown) == ["🔕 Hentikan kabar · …0018", "🔔 Kabari bila sudah ada · …0026"]


# History


def test_a_step_taken_back_leaves_the_history():
    steps = [event("filed", 1), event("to_district", 2), event("filed", 3, "undo"), event("to_district", 4)]
    assert [one.at for one in still_counting(steps)] == [1, 4]


def test_documents_that_went_together_have_one_history():
    both = [document("KK"), document("AKL")]
    steps = [[event("filed", NOW)], [event("filed", NOW + 999)]]
    text = read(history_screen(WORKFLOW, CITIZEN, looked_up(*both), steps, Beside(), ID, NOW))
    assert text.splitlines()[1:] == ["Selasa 24 Nov", "08.10 Berkas di kantor desa Tlogopakis"]


def test_a_long_history_keeps_the_latest_steps():
    steps = [
        event("filed", NOW - dates.DAY),
        *(event("at_registry", NOW + i * dates.HOUR) for i in range(STEPS)),
    ]
    lines = read(history_screen(WORKFLOW, CITIZEN, looked_up(document()), [steps], Beside(), ID, NOW)).splitlines()
    assert lines[1:4] == ["… 1 tahap sebelumnya", "Selasa 24 Nov", "08.10 Berkas diterima di Disdukcapil"]


# Staff


def test_the_way_back_is_shown_while_the_grace_runs():
    over = act()._replace(grace_until=NOW)
    assert labels(acted_screen(WORKFLOW, over, ("KK",), 1, [], "issued", ID, NOW)) == ["Tugas berikutnya"]


@pytest.mark.parametrize(
    "reader, words_of_it", [("courier", "petugas Jek-Duk lain"), ("district_desk", "petugas Jek-Duk")]
)
def test_somebody_faster_is_named_by_role_and_time(reader, words_of_it):
    faster = ("courier", NOW, ("563185915492", "563185911187"))
    line = moved_before(WORKFLOW, person(reader), faster, ID, NOW)
    assert line == f"2 berkas sudah dicatat {words_of_it} Selasa 24 Nov pukul 08.10: …5492, …1187."


def test_a_draft_without_documents_cannot_be_filed():
    nothing = Draft(1, 1, "tlogopakis", 0)
    assert labels(draft_screen(WORKFLOW, nothing, ID))[-2:] == ["Batal", "Kelahiran: pesan nomor"]
    assert not any("✅" in label for label in labels(draft_screen(WORKFLOW, nothing, ID)))
