"""What is read aloud is Indonesian as people say it."""

import pytest

from locales import dates, ear
from tests.gallery import NOW

NUMBER = "lima enam tiga satu, delapan lima sembilan satu, lima empat sembilan dua"


@pytest.mark.parametrize(
    "written, heard",
    [
        ("Kartu Keluarga · 5631\u00a08591\u00a05492", f"Kartu Keluarga, nomor {NUMBER}."),
        ("Diterima, Selasa 24 Nov, 08.10 WIB.", "Diterima, Selasa 24 November, pukul 8 lewat 10 menit."),
        ("Dicek lagi Minggu 3 Mei 2027", "Dicek lagi Minggu 3 Mei 2027."),
        ("Buka Senin–Jumat 08.00–14.30.", "Buka Senin sampai Jumat pukul 8 sampai pukul 14 lewat 30 menit."),
        ("Atau telepon (0285) 123456.", "Atau telepon nol dua delapan lima, satu dua tiga empat, lima enam."),
        ("🏠 ✓  🛵  🏢 ·  🏛 ●", ""),
        ("Kosong (blangko); 🔔 “Kabari saya”: 2×3?", "Kosong, blangko. Kabari saya, 2 kali 3?"),
        ("Bapak/Ibu membawa KTP-el (asli). Gratis.", "Bapak Ibu membawa KTP-el, asli. Gratis."),
        ("Belum menerimanya?", "Belum menerimanya?"),
        ("Kurang: akta, atau ijazah; fotokopi KK. Gratis.", "Kurang, akta, atau ijazah. Fotokopi KK. Gratis."),
        ("KK: Bawa resi. Gratis. KIA: Bawa KK. Gratis.", "KK, Bawa resi. KIA, Bawa KK. Gratis."),
    ],
)  # fmt: skip
def test_what_is_written_short_is_said_in_full(written, heard):
    assert ear.said([written]) == heard


@pytest.mark.parametrize("days", range(0, 371, 11))
def test_no_day_is_said_short(days):
    zone, at = "Asia/Jakarta", NOW + days * dates.DAY
    moment = dates.local(at, zone)
    month = dates.month(moment.year, moment.month, ear.LANGUAGE).split()[0]
    expected = f"{dates.weekday(at, zone, ear.LANGUAGE)} {moment.day} {month}"
    assert ear.said([dates.day(at, at, zone, ear.LANGUAGE)]) == f"{expected}."
