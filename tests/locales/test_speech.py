"""Lists, opening hours and greetings in three languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locales import dates, speech

LONG, SHORT = ("08:00", "14:00"), ("08:00", "10:30")
PEKALONGAN = {"mon": LONG, "tue": LONG, "wed": LONG, "thu": LONG, "fri": SHORT}


@pytest.mark.parametrize(
    ("items", "lang", "expected"),
    [
        pytest.param([], "id", "", id="nothing"),
        pytest.param(["KK"], "jv", "KK", id="one"),
        pytest.param(["KK", "KIA"], "id", "KK dan KIA", id="two-id"),
        pytest.param(["KK", "KIA"], "jv", "KK saha KIA", id="two-jv"),
        pytest.param(["KK", "KIA"], "en", "KK and KIA", id="two-en"),
        pytest.param(["KK", "KTP-el", "Akta"], "id", "KK, KTP-el, dan Akta", id="three-id"),
        pytest.param(["KK", "KTP-el", "Akta"], "jv", "KK, KTP-el, saha Akta", id="three-jv-never-lan"),
        pytest.param(("KK", "KTP-el", "Akta"), "en", "KK, KTP-el and Akta", id="three-en"),
        pytest.param(["A", "B", "C", "D"], "id", "A, B, C, dan D", id="four"),
    ],
)
def test_a_list_ends_with_its_and(items, lang, expected):
    assert speech.join(items, lang) == expected


@pytest.mark.parametrize(
    ("week", "lang", "expected"),
    [
        pytest.param(PEKALONGAN, "id", "Senin sampai Kamis 08.00–14.00, Jumat 08.00–10.30", id="id"),
        pytest.param(PEKALONGAN, "jv", "Senen dumugi Kemis 08.00–14.00, Jemuwah 08.00–10.30", id="jv"),
        pytest.param(PEKALONGAN, "en", "Monday to Thursday 08:00–14:00, Friday 08:00–10:30", id="en"),
        pytest.param({"mon": LONG, "tue": LONG}, "id", "Senin sampai Selasa 08.00–14.00", id="two-days"),
        pytest.param(
            {"mon": LONG, "wed": LONG}, "id", "Senin 08.00–14.00, Rabu 08.00–14.00", id="a-closed-day-between"
        ),
        pytest.param({"sun": SHORT, "sat": SHORT}, "jv", "Setu dumugi Ahad 08.00–10.30", id="in-any-order"),
        pytest.param({}, "id", "tutup", id="never-open"),
    ],
)
def test_equal_days_are_said_together(week, lang, expected):
    assert speech.hours(week, lang) == expected


@given(week=st.dictionaries(st.sampled_from(speech.WEEK), st.sampled_from([LONG, SHORT]), min_size=1))
def test_hours_name_every_open_day_once(week):
    names = dates.weekday_names("en")
    told: dict[speech.Weekday, speech.Open] = {}
    for stretch in speech.hours(week, "en").split(", "):
        days, _, span = stretch.rpartition(" ")
        first, last = names.index(days.split(" to ")[0]), names.index(days.split(" to ")[-1])
        told |= dict.fromkeys(speech.WEEK[first : last + 1], LONG if span == "08:00–14:00" else SHORT)
    assert told == week
