"""What other offices do is not promised here, and each district names it."""

from dataclasses import replace
from pathlib import Path

import pytest

from storage.workflow import Workflow
from tests.town import WORKFLOW, Town

NOT_HERE = "Itu tidak diurus di layanan ini. Silakan tanya kantor desa."


@pytest.mark.parametrize(
    "said",
    "buku nikah hilang|bikin SIM dimana|paspor|STNK saya hilang|sertifikat tanah|syarat skck|kartu BPJS|urus akta nikah"
    "|berapa biaya bikin sim|paspornya sudah jadi?|buku nikah salah nama|bpjsku belum jadi|tolong SIM"
    "|bansos kok tidak dapat|surat ahli waris|surat keterangan usaha|surat domisili berapa hari|ijazah hilang|cek DPT"
    "|akta cerai|daftar pemilih tetap".split("|"),
)
async def test_what_other_offices_do_is_not_promised_here(town: Town, said: str):
    assert await town.sari.says(said) == NOT_HERE


async def test_whoever_names_what_is_done_here_beside_it_is_told_of_that(town: Town):
    for said in (
        "KK hilang, buku nikah juga",
        "bikin ktp untuk bpjs",
        "baru nikah, buku nikah ada",
        "anak lahir, bpjs",
        "akta cerai sudah ada, mau pecah kk",
        "surat pindah domisili",
    ):
        assert "Syarat" in await town.sari.says(said), said
    assert "dokumen dan bukti" in await town.sari.says("nama di akta beda dengan buku nikah")
    assert NOT_HERE not in await town.sari.says("simego")


@pytest.mark.parametrize("said", ["sudah dpt diambil belum pak", "kapan saya dpt kabar"])
async def test_a_short_form_of_a_little_word_is_no_paper_of_another_office(town: Town, said: str):
    assert NOT_HERE not in await town.sari.says(said)


async def test_who_follows_a_number_has_it_below_that_answer(town: Town):
    (card,) = await town.files("KK")
    await town.follows(town.sari, card.number)
    assert (await town.sari.says("buku nikah hilang")).startswith(f"{NOT_HERE}\n\nNomor yang Bapak/Ibu ikuti")
    assert NOT_HERE not in await town.sari.says("matur nuwun, bpjs lancar")


async def test_another_district_names_other_words(tmp_path: Path):
    about = replace(WORKFLOW.district.district, elsewhere=("ijazah",))
    async with Town.open(tmp_path, Workflow(replace(WORKFLOW.district, district=about))) as town:
        assert await town.sari.says("ijazah hilang") == NOT_HERE
        assert "Syarat KK" in await town.sari.says("buku nikah hilang")
