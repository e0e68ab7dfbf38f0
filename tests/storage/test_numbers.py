"""Receipt numbers: drawn, found in what people write, and never mistaken for a NIK."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.numbers import EXAMPLE, MASK, Found, draw, find, grouped, is_number, mask

OTHER = "234567890123"
TYPO = "563185915429"
NIK = "3326041507850001"
FOUR = (EXAMPLE + OTHER) * 2
IN_SIXTEENS = f"{FOUR[:16]} {FOUR[16:32]} {FOUR[32:]}"  # sound as four receipt numbers, and yet it looks like three NIK
drawn = st.builds(lambda _: draw(), st.integers())


def test_a_number_is_drawn_as_it_has_to_be():
    for number in {draw() for _ in range(300)}:
        assert re.fullmatch(r"[234579]\d{11}", number)
        assert is_number(number)
    assert is_number(OTHER)


def test_a_number_is_shown_in_groups_of_four():
    assert grouped(EXAMPLE) == "5631 8591 5492"


@pytest.mark.parametrize(
    "digits",
    [
        "",
        "5",
        "56318591549",
        "5631859154921",
        "563185915493",
        "163185915492",
        "5631 8591 5492",
        "56318591549X",
        "٥٦٣١٨٥٩١٥٤٩٢",
    ],
)
def test_what_is_no_number(digits):
    assert not is_number(digits)


@given(drawn, st.integers(0, 11), st.integers(1, 9))
def test_every_single_wrong_digit_is_caught(number, place, off):
    wrong = number[:place] + str((int(number[place]) + off) % 10) + number[place + 1 :]
    assert not is_number(wrong)
    assert find(wrong) == Found(typos=(wrong,))


@given(drawn, st.integers(0, 10))
def test_every_swap_of_neighbours_is_caught(number, place):
    wrong = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert wrong == number or not is_number(wrong)


@pytest.mark.parametrize(
    "text",
    [
        "563185915492",
        "5631 8591 5492",
        "5631-8591-5492",
        "5631.8591.5492",
        "5631 - 8591 - 5492",
        "5631–8591–5492",
        "5631\u00a08591\u202f5492",
        "5631\u20118591\u22125492",
        "5631_8591_5492",
        "5631·8591•5492",
        "*5631* *8591* *5492*",
        "5 6 3 1 8 5 9 1 5 4 9 2",
        "56 31 85 91 54 92",
        "\u200b5631\u200b8591\u200b5492",
        "５６３１８５９１５４９２",
        "٥٦٣١ ٨٥٩١ ٥٤٩٢",
        "Resi 5631 8591 5492, sampun dumugi pundi?",
        "resi:563185915492.",
        "resi563185915492",
        "(5631 8591 5492)",
        "https://t.me/jekduk_bot?start=563185915492",
        "1. 5631 8591 5492",
        "1.5631 8591 5492",
        "1) 5631 8591 5492",
        "2 5631 8591 5492",
        "tgl 24/11/26 5631 8591 5492",
        "5631 8591 5492 12",
        "RT 02/03: 5631 8591 5492",
        "5631 8591 5492\n5631 8591 5492",
    ],
)
def test_a_number_is_found_in_any_spelling(text):
    found = find(text)
    assert (found.good, found.typos, found.nik) == ((EXAMPLE,), (), False)


@pytest.mark.parametrize(
    "text, good, typos",
    [
        (f"{EXAMPLE} {OTHER}", (EXAMPLE, OTHER), ()),
        (f"{EXAMPLE},{OTHER};{EXAMPLE}", (EXAMPLE, OTHER), ()),
        (f"{OTHER}\n{EXAMPLE}", (OTHER, EXAMPLE), ()),
        (f"{EXAMPLE}{OTHER}", (EXAMPLE, OTHER), ()),
        (f"1. {grouped(EXAMPLE)}\n2. {grouped(OTHER)}", (EXAMPLE, OTHER), ()),
        (f"1. {grouped(EXAMPLE)} 2. {grouped(OTHER)}", (EXAMPLE, OTHER), ()),
        (f"{EXAMPLE} {TYPO}", (EXAMPLE,), (TYPO,)),
        (f"{grouped(EXAMPLE)}, {grouped(TYPO)}", (EXAMPLE,), (TYPO,)),
        (f"{grouped(TYPO)}\n{grouped(EXAMPLE)}", (EXAMPLE,), (TYPO,)),
        (f"1. {grouped(TYPO)}", (), (TYPO,)),
    ],
)
def test_several_in_one_message(text, good, typos):
    assert (find(text).good, find(text).typos) == (good, typos)


@pytest.mark.parametrize(
    "text, odd",
    [
        ("", False), ("halo", False), ("12", False), ("24.11.26", True), ("56318591549", True), ("5631 8591 549", True),
        ("5631859154921", True), ("0812 345 678", True), ("24/11/2026", False),
    ],
)  # fmt: skip
def test_what_is_almost_a_number_is_odd(text, odd):
    assert find(text) == Found(odd=odd)


@pytest.mark.parametrize(
    "secret",
    [
        NIK,
        "3326 0415 0785 0001",
        "3326-0415-0785-0001",
        "3326.0415.0785.0001",
        "332604 150785 0001",
        "33 26 04 15 07 85 00 01",
        "3 3 2 6 0 4 1 5 0 7 8 5 0 0 0 1",
        "33.26.04.150785.0001",
        "3326 - 0415 - 0785 - 0001",
        "3326\u00a00415\u202f0785\u20110001",
        "3326\u200b0415\u200b0785\u200b0001",
        "3326_0415_0785_0001",
        "*3326*0415*0785*0001*",
        "３３２６０４１５０７８５０００１",
        "٣٣٢٦٠٤١٥٠٧٨٥٠٠٠١",
        f"{NIK}{EXAMPLE}",
        f"{NIK} {EXAMPLE}",
        f"{EXAMPLE} {NIK}",
        f"{grouped(EXAMPLE)} {grouped(NIK)}",
        NIK * 3,
        f"{NIK} {NIK} {NIK}",
        f"{EXAMPLE[:4]} {EXAMPLE[4:8]} {EXAMPLE[8:]} 0001",
        "1. 3326 0415 0785 0001",
        "33. 26. 0415 0785 0001 99",
        IN_SIXTEENS,
        "9" * 17,
        "1" * 40,
    ],
)
@pytest.mark.parametrize("text", ["{}", "NIK {} milik saya", "NIK{}", "nik:{}\n", "\n{}!"])
def test_what_may_be_a_nik_is_struck_out(secret, text):
    masked = mask(text.format(secret))
    left = "".join(str(int(c)) for c in masked if c.isdecimal())
    assert MASK in masked
    assert len(left) < 3
    assert find(text.format(secret)).nik
    assert find(masked).nik


@pytest.mark.parametrize(
    "text",
    [
        "5631 8591 5492", f"{EXAMPLE} {OTHER}", f"{EXAMPLE}{OTHER}", f"{EXAMPLE} {TYPO}", f"{EXAMPLE}\n{TYPO}",
        f"1. {grouped(EXAMPLE)} 2. {grouped(OTHER)}", "081234567890", "+62 812 3456 7890", "24.11.2026 08.10",
        "123456789012345",
        f"{EXAMPLE}{OTHER}{EXAMPLE}{OTHER}",
    ],
)  # fmt: skip
def test_what_cannot_be_a_nik_stays(text):
    assert mask(text) == text


@given(
    st.integers(10**15, 10**16 - 1),
    st.lists(st.sampled_from(["", " ", "-", ".", " - ", "\u200b"]), min_size=15, max_size=15),
)
def test_no_grouping_hides_16_digits(nik, gaps):
    spelled = "".join(digit + gap for digit, gap in zip(str(nik), [*gaps, ""], strict=True))
    assert mask(spelled) == MASK


@given(st.lists(drawn, min_size=1, max_size=10), st.sampled_from([" ", ", ", "\n", " dan "]))
def test_ten_numbers_are_found_in_order(wanted, between):
    assert find(between.join(wanted)).good == tuple(dict.fromkeys(wanted))


@given(st.text())
def test_any_text_can_be_searched_and_masking_twice_changes_nothing(text):
    found = find(text)
    assert all(map(is_number, found.good))
    assert mask(mask(text)) == mask(text)


def test_of_what_follows_the_check_an_x_is_never_drawn(monkeypatch):
    checks = iter("X7")
    monkeypatch.setattr("stdnum.iso7064.mod_11_2.calc_check_digit", lambda _: next(checks))
    assert draw().endswith("7")
