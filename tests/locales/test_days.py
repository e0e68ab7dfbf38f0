"""Days to come as people write them, in three languages."""

from datetime import date

import pytest

from locales import days

TODAY = date(2026, 11, 25)  # a Wednesday


@pytest.mark.parametrize(
    "text, expected",
    [
        ("24/12", "24/12"), ("24 Des", "24/12"), ("24 desember 2026", "24/12"), ("Dec 24, 2026", "24/12"),
        ("24th of March", "24/3/2027"), ("24 March", "24/3/2027"), ("2026-12-24", "24/12"), ("3 Jan", "3/1/2027"),
        ("2026/12/24", "24/12"), ("2026-12-24 - 2026-12-31", "24/12 31/12"), ("24/12/2026-31/12", "24/12 31/12"),
        ("hari ini", "25/11"), ("besok", "26/11"), ("sesuk", "26/11"), ("tomorrow", "26/11"), ("lusa", "27/11"),
        ("the day after tomorrow", "27/11"), ("Rabu", "25/11"), ("Senin", "30/11"), ("sesuk Kemis", "26/11"),
        ("Kamis 24 Des", "24/12"), ("Thursday, 24 Dec", "24/12"), ("Jumat 24 Des", "?"), ("jum'at", "27/11"),
        ("Jum’at", "27/11"), ("jmt", "27/11"), ("3 Pebruari", "3/2/2027"), ("1 Nopember", "1/11"),
        ("24-31 Des", "24/12 31/12"), ("24 s/d 31 Desember", "24/12 31/12"), ("24 Des-2 Jan", "24/12 2/1/2027"),
        ("24 Des 31 Des", "24/12 31/12"), ("besok sampai Senin", "26/11 30/11"), ("24/12 - 31 Des", "24/12 31/12"),
        ("24 Des 2026-2 Jan 2027", "24/12 2/1/2027"), ("besok karena jalan longsor", "26/11"),
        ("31/2", "?"), ("24/12 sampai 31", "?"), ("24/12/26", "?"), ("Senin depan", "?"), ("minggu depan", "?"),
        ("sesuk Senen", "?"), ("besok Rabu", "?"), ("besok, hari Kamis", "26/11"), ("lusa Jumat", "27/11"),
        ("besok lusa", "27/11"), ("hari ini Rabu", "25/11"), ("hari ini sampai besok", "25/11 26/11"),
        ("minggu ini", "?"), ("minggu menika", "?"), ("this Sunday", "?"), ("Rabu ini", "?"),
        ("lusa Rabu", "?"), ("dinten menika", "25/11"), ("malem Jemuah", "?"), ("malam Jumat", "?"),
        ("Rabu dan Jumat", "?"), ("24/12, 31/12", "?"), ("Wed & Fri", "?"), ("Rebo lan Jemuwah", "?"),
        ("Rabu dan Kamis", "25/11 26/11"), ("24 Des lan 25 Des", "24/12 25/12"), ("Kamis, 24/12 31/12", "24/12 31/12"),
        ("24 Des, sampai 31 Des", "24/12 31/12"), ("Rabu, hari Jumat", "?"),
        ("24/12 -> 31/12", "24/12 31/12"), ("24-12 s.d 31-12", "24/12 31/12"),
        ("Rabu sampai dengan tgl 27/11", "25/11 27/11"), ("mulai Rabu hingga hari Jumat", "25/11 27/11"),
        ("sampai Jumat", "?"), ("sampai dengan tanggal 27/11", "?"), ("mulai Rabu", "?"), ("wiwit Rebo", "?"),
        ("until Friday", "?"), ("Rabu dan seterusnya", "?"), ("Rabu dst.", "?"), ("setiap Rabu", "?"),
        ("besok - jalan longsor", "26/11"), ("besok, kata surat dari kabupaten", "26/11"), ("Rabu Jumat", "?"),
        ("dua minggu", "?"), ("24", "?"), ("besok jam 9", "?"), ("besok pagi", "?"),
        ("besok jam 10-12", "?"), ("", ""), ("libur", ""),
    ],
)  # fmt: skip
def test_days_to_come_are_read_as_they_are_written(text: str, expected: str):
    found = days.named(text, TODAY)
    told = [f"{one.day}/{one.month}" + (f"/{one.year}" if one.year != 2026 else "") for one in found or ()]
    assert ("?" if found is None else " ".join(told)) == expected


SPELLED = (("Rabu", "Jumat"), ("Rebo", "Jemuwah"), ("Wed", "Friday"), ("24 Des", "31 Des"), ("24/12", "31/12"))
FROM_TO = (
    "{}-{}", "{} – {}", "{} s/d {}", "{} s.d. {}", "{} sd {}", "{} sampai {}", "{} sampe {}", "{} hingga hari {}",
    "dari {} ke {}", "{} sampai dengan {}", "{} dumugi {}", "{} ngantos dinten {}", "{} nganti {}", "{} tekan {}",
    "from {} to {}", "{} until {}", "{} till {}", "{} through {}", "{}, sampai {}", "{} sampai\n{}",
)  # fmt: skip
TWO = (
    "{}, dan {}", "{}/{}", "{} / {}", "{} dan tgl {}", "{} atau {}", "{}\n{}", "{}\n\n{}", "{} & {}", "{} + {}",
    "{} serta {}", "{} maupun {}", "{} sama {}", "{}, {}", "{}; {}", "{} | {}", "{} · {}", "{} plus {}",
    "{} lan {}", "{} saha {}", "{} kaliyan {}", "{} utawi {}", "{}, ugi {}", "{} and {}", "{} or {}",
    "{} as well as {}", "1) {} 2) {}", "{} libur, {} cuti", "{} juga {}", "{} dan juga {}", "baik {} dan {}", "{} ({})",
)  # fmt: skip


@pytest.mark.parametrize("joined", FROM_TO)
@pytest.mark.parametrize("pair", SPELLED)
def test_what_says_from_and_to_names_all_between(pair: tuple[str, str], joined: str):
    found = days.named(joined.format(*pair), TODAY)
    assert found is not None
    assert (found[-1] - found[0]).days in (2, 7)


@pytest.mark.parametrize("joined", TWO)
@pytest.mark.parametrize("pair", SPELLED)
def test_whatever_else_joins_two_days_is_no_from_and_to(pair: tuple[str, str], joined: str):
    assert days.named(joined.format(*pair), TODAY) is None
