"""Days and times as people write them, in three languages."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from locales import moments

ZONE = "Asia/Jakarta"
NOW = 1_795_590_600_000  # Wed 25 Nov 2026, 14.10 WIB


def said(text: str) -> str:
    found = moments.find(text, NOW, ZONE)
    if found.unclear:
        return "?"
    if found.day is not None:
        return f"{face(found.day)[:6]} ?"
    return " / ".join(map(face, found.choice)) or (face(found.at) if found.at else "")


def face(at: int) -> str:
    return datetime.fromtimestamp(at / 1000, ZoneInfo(ZONE)).strftime("%d %b %H.%M")


@pytest.mark.parametrize(
    "text, expected",
    [
        ("1234 5678 kemarin 16:00", "24 Nov 16.00"),
        ("1234 jam 14.30", "25 Nov 14.30"),
        ("1234 jam 8-9", "25 Nov 08.00"),
        ("1234 tadi pagi jam 9", "25 Nov 09.00"),
        ("1234 pukul 10", "25 Nov 10.00"),
        ("1234 jam 1430", "25 Nov 14.30"),
        ("1234 kemarin sore jam 4", "24 Nov 16.00"),
        ("1234 kemarin jam 4 sore", "24 Nov 16.00"),
        ("1234 jam 1 siang", "25 Nov 13.00"),
        ("1234 jam 11 siang", "25 Nov 11.00"),
        ("1234 jam 8 malam kemarin", "24 Nov 20.00"),
        ("1234 setengah 3 sore", "25 Nov 14.30"),
        ("1234 jam setengah 9", "25 Nov 08.30"),
        ("1234 kemarin lusa jam 9", "23 Nov 09.00"),
        ("1234 hari senin 08.15", "23 Nov 08.15"),
        ("1234 Minggu jam 9", "22 Nov 09.00"),
        ("1234 24/11 09:30", "24 Nov 09.30"),
        ("1234 24.11.2026 jam 9", "24 Nov 09.00"),
        ("1234 24.11.26 09.30", "24 Nov 09.30"),
        ("1234 24 11 2026 jam 9", "24 Nov 09.00"),
        ("2026-11-24 09:30 1234", "24 Nov 09.30"),
        ("1234 24 Nopember pukul 9", "24 Nov 09.00"),
        ("1234 3 Pebruari 2026 jam 9", "03 Feb 09.00"),
        ("1234 Nov 24 9:00", "24 Nov 09.00"),
        ("1234 November 24th, 2026 at 9", "24 Nov 09.00"),
        ("1234 24th of November at 9", "24 Nov 09.00"),
        ("1234 24-Nov-2026 9.00", "24 Nov 09.00"),
        ("1234 24 Nov 9.00", "24 Nov 09.00"),
        ("1234 desa 2 jam 9", "25 Nov 09.00"),
        ("1234 kmarin jam 9", "24 Nov 09.00"),
        ("1234 kemarennya jam 9", "24 Nov 09.00"),
        ("1234 semalem jam 8", "24 Nov 20.00"),
        ("1234 Jum’at jam 9", "20 Nov 09.00"),
        ("1234 jmt jam 9", "20 Nov 09.00"),
        ("1234 Snin jam 9", "23 Nov 09.00"),
        ("1234 jam 9 kurang 10", "?"),
        ("1234 jam 8 lewat seperempat", "?"),
        ("1234 tabuh 9 kirang seprapat", "?"),
        ("1234 jam 09.00.15", "25 Nov 09.00"),
        ("1234 tgl 24 jam 9", "24 Nov 09.00"),
        ("1234 20 Nov 2026 pukul 09.30 WIB", "20 Nov 09.30"),
        ("1234 besok jam 9", "26 Nov 09.00"),
        ("1234 wingi jam 9", "24 Nov 09.00"),
        ("1234 kala wingi sonten tabuh 4", "24 Nov 16.00"),
        ("1234 wau enjing tabuh 9", "25 Nov 09.00"),
        ("1234 mau esuk jam 9", "25 Nov 09.00"),
        ("1234 wau siyang tabuh 1", "25 Nov 13.00"),
        ("1234 dinten Senèn tabuh 8.15", "23 Nov 08.15"),
        ("1234 Rebo jam 10", "25 Nov 10.00"),
        ("1234 benjing tabuh 9", "26 Nov 09.00"),
        ("1234 yesterday at 4 pm", "24 Nov 16.00"),
        ("1234 yesterday 4pm", "24 Nov 16.00"),
        ("1234 this morning at 9", "25 Nov 09.00"),
        ("1234 at half past 9", "25 Nov 09.30"),
        ("1234 on Monday at 10:15", "23 Nov 10.15"),
        ("1234 today 9 am", "25 Nov 09.00"),
        ("1234 tomorrow 9 am", "26 Nov 09.00"),
        ("1234 12 am", "25 Nov 00.00"),
        ("1. Desa Yosorejo 5492 jam 9", "25 Nov 09.00"),
        ("1. Mei 5492\n2. Marni 1124 jam 9", "25 Nov 09.00"),
        ("3 desa 5492 jam 9", "25 Nov 09.00"),
        ("1234 20 Sept 2026 jam 9", "20 Sep 09.00"),
        ("1234 24 Novmber jam 9", "24 Nov 09.00"),
        ("1234 3 Pebuari 2026 jam 9", "03 Feb 09.00"),
        ("1234 tadi malam jam 2", "25 Nov 02.00"),
        ("1234 last night at 8", "24 Nov 20.00"),
        ("tgl 24/10/2026 jam 9 1124", "24 Oct 09.00"),
        ("tgl.24/10 jam 9 1124", "24 Oct 09.00"),
        ("tgl 20.11.26 jam 9 1124", "20 Nov 09.00"),
        ("tanggal 30 oktober jam 9 1124", "30 Oct 09.00"),
        ("tgl 24 - 5492 jam 9", "24 Nov 09.00"),
        ("24th of november 3 files 0139 jam 9", "24 Nov 09.00"),
        ("24. november 3 files 0139 jam 9", "24 Nov 09.00"),
        ("5  nov 3 berkas 0139 jam 9", "05 Nov 09.00"),
        ("0139 mei 5 berkas jam 9", "25 Nov 09.00"),
        ("0139 mei 5 jam 9", "05 May 09.00"),
        ("1234 jam 9 nov 24", "24 Nov 09.00"),
        ("1234 kms jam 9", "25 Nov 09.00"),
        # what is left open
        ("1234 semalam jam 2", "?"),
        ("1234 semalam jam 12", "?"),
        ("1234 wingi bengi tabuh 1", "?"),
        ("1234 kemarin", "24 Nov ?"),
        ("1234 tadi pagi", "25 Nov ?"),
        ("1234 wingi", "24 Nov ?"),
        ("1234 yesterday", "24 Nov ?"),
        ("1234 jam 4", "25 Nov 04.00 / 25 Nov 16.00"),
        ("1234 wingi tabuh 3", "24 Nov 03.00 / 24 Nov 15.00"),
        ("1234 at 5", "25 Nov 05.00 / 25 Nov 17.00"),
        ("1234 minggu lalu", "?"),
        ("1234 minggu ini jam 9", "?"),
        ("1234 last week at 9", "?"),
        ("1234 minggu kepengker", "?"),
        ("1234 jam 25", "?"),
        ("1234 2 hari yang lalu jam 9", "?"),
        ("1234 tigang dinten kepengker", "?"),
        ("1234 two days ago at 9", "?"),
        ("1234 32/11 jam 9", "?"),
        ("1234 jam 9 atau jam 10", "?"),
        # no time at all
        ("1234 5678", ""),
        ("1234 mau diambil anaknya", ""),  # wants to be; in Javanese "a while ago", where a part of the day follows
        ("1234 is this ready", ""),
        ("5631 8591 5492", ""),
        ("563185915492, 5678", ""),
        ("1234-5678-9012", ""),
        ("1234.5678", ""),
        ("sudah saya serahkan 1234", ""),
        ("2. Marni 5492", ""),
        ("1. Mei 5492", ""),
        ("2 janda 5492", ""),
    ],
)
def test_a_time_is_read_as_it_was_meant(text: str, expected: str):
    assert said(text) == expected


def test_what_is_no_time_is_left():
    assert moments.find("1234 5678 kemarin 16:00", NOW, ZONE).rest.split() == ["1234", "5678"]
    assert moments.find("563185915492 jam 14.30 WIB", NOW, ZONE).rest.split() == ["563185915492"]
    assert moments.find("1234 20 Nov pukul 9", NOW, ZONE).rest.split() == ["1234"]


@pytest.mark.parametrize("day", ["31/12", "tgl 31/12", "tanggal 31 desember"])
def test_a_day_of_last_month_is_no_day_of_this_one(day: str):
    january = NOW + 45 * 86_400_000
    found = moments.find(f"1234 {day} jam 9", january, ZONE)
    assert found.at
    assert face(found.at) == "31 Dec 09.00"


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Oktober", "2026-10"), ("okt.", "2026-10"), ("agt", "2026-08"), ("October 2025", "2025-10"), ("11", "2026-11"),
        ("1/2026", "2026-01"), ("2025-12", "2025-12"), ("desember", "2025-12"), ("12/2026", ""), ("13", ""), ("0", ""),
        ("desa", ""), ("foo", ""), ("", ""), ("10/0000", ""),
    ],
)  # fmt: skip
def test_a_month_is_read_as_the_latest_one_that_may_be_meant(text: str, expected: str):
    found = moments.month(text, date(2026, 11, 24))
    assert (f"{found:%Y-%m}" if found else "") == expected
