"""Receipt numbers: drawn, and found in what people write."""

import re
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_11_2

from handlers.wording.layout import grouped
from storage.numbers import EXAMPLE, Found, draw, find, is_number, mask

OTHER = "234567890123"
TYPO = "563185915429"
drawn = st.builds(lambda _: draw(), st.integers())
DIGITS = [sign for sign in map(chr, range(sys.maxunicode + 1)) if unicodedata.category(sign) == "Nd"]
no_digits = st.characters(exclude_categories=("L", "N", "Cs"))
between = st.text(no_digits.filter(lambda sign: " DIGIT " not in unicodedata.name(sign, "")), max_size=3)


@st.composite
def spelled(draw, digits):
    """The digits in any scripts, with anything between them."""
    written = [draw(st.sampled_from([s for s in DIGITS if unicodedata.digit(s) == int(one)])) for one in draw(digits)]
    return written[0] + "".join(draw(between) + one for one in written[1:])


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
        "5631 8591 5492 12",
        "563,185,915,492",
        "5631/8591/5492",
        "5631 | 8591 | 5492",
        "５６３１－８５９１－５４９２",
        "５６３１ー８５９１ー５４９２",
        "\u20685631\u2069 \u20688591\u2069 \u20685492\u2069",
        "5631\u31648591\u31645492",
        "5️⃣6️⃣3️⃣1️⃣8️⃣5️⃣9️⃣1️⃣5️⃣4️⃣9️⃣2️⃣",
        "𝟝𝟞𝟛𝟙 𝟠𝟝𝟡𝟙 𝟝𝟜𝟡𝟚",
        "①. 5631 8591 5492",
        "五六三一 八五九一 五四九二",
        "𝍤𝍥𝍢𝍠 𝍧𝍤𝍨𝍠 𝍤𝍣𝍨𝍡",
        "5631 8591\n5492",
        "5631\r\n8591\r\n5492",
        "5631 8591 5492 HP 081234567890",
        "5631 8591 5492\n5631 8591 5492",
    ],
)
def test_a_number_is_found_in_any_spelling(text):
    found = find(text)
    assert (found.good, found.typos, found.nik) == ((EXAMPLE,), (), False)


@pytest.mark.parametrize(
    "text",
    [
        "lima enam tiga satu delapan lima sembilan satu lima empat sembilan dua",
        "nomer kula: gangsal nem telu siji wolu lima sanga siji lima papat sanga loro",
        "five six three one, eight five nine one, five four nine two",
        "limaenamtigasatu delapanlimasembilansatu limaempatsembilandua",
        "dua berkas, 5631 lapan lima sembilan satu 5492",
        "5631 strip 8591 strip 5492",
        "5631 titik 8591 Titik 5492, pak",
        "lima enam tiga satu spasi 8591 spasi 5492",
        "563I 859l 5492",
        "S631 8S91 5492",
        "5631 8591 5492 strip",
    ],
)
def test_a_number_that_is_read_out_or_has_letters_like_digits_is_found(text):
    assert find(text).good == (EXAMPLE,)


def test_two_numbers_that_are_read_out_are_found():
    assert find(f"{grouped(OTHER)} dan 5631 strip 8591 strip 5492").good == (OTHER, EXAMPLE)
    said = "5631 strip 8591 strip 5492, 2345 strip 6789 strip 0123"
    assert find(said).good == (EXAMPLE, OTHER)
    assert mask(said) == said


@pytest.mark.parametrize(
    "text", ["lima enam tiga satu", "satu dua tiga, coba dua tiga", "56318591549l0", "SOS SOS SOS"]
)
def test_a_few_words_for_digits_are_no_number(text):
    assert find(text).good == ()


@pytest.mark.parametrize(
    "text, good, typos",
    [
        (f"{EXAMPLE} {OTHER}", (EXAMPLE, OTHER), ()),
        (f"{EXAMPLE},{OTHER};{EXAMPLE}", (EXAMPLE, OTHER), ()),
        (f"{OTHER}\n{EXAMPLE}", (OTHER, EXAMPLE), ()),
        (f"{EXAMPLE}{OTHER}", (EXAMPLE, OTHER), ()),
        (f"{grouped(EXAMPLE)} {grouped(OTHER)}", (EXAMPLE, OTHER), ()),
        (f"1) {grouped(EXAMPLE)}\n2) {grouped(TYPO)}", (EXAMPLE,), (TYPO,)),
        (f"1. {grouped(EXAMPLE)}\n2. {grouped(OTHER)}", (EXAMPLE, OTHER), ()),
        (f"1: {grouped(EXAMPLE)}\n2: {grouped(TYPO)}", (EXAMPLE,), (TYPO,)),
        (f"1️⃣ {grouped(EXAMPLE)}\n2️⃣ {grouped(TYPO)}", (EXAMPLE,), (TYPO,)),
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
        ("5631859154921", True), ("0812 345 678", True), ("24/11/2026", True),
    ],
)  # fmt: skip
def test_what_is_almost_a_number_is_odd(text, odd):
    assert find(text) == Found(odd=odd)


@given(spelled(drawn))
def test_whatever_stands_between_its_digits_a_number_is_found(text):
    assert len(find(text).good) == 1


@given(st.lists(drawn, min_size=1, max_size=10), st.sampled_from([" ", ", ", "\n", " dan "]))
def test_ten_numbers_are_found_in_order(wanted, between):
    assert find(between.join(wanted)).good == tuple(dict.fromkeys(wanted))


@given(st.text())
def test_any_text_can_be_searched_and_masking_twice_changes_nothing(text):
    found = find(text)
    assert all(map(is_number, found.good))
    assert mask(mask(text)) == mask(text)


@given(st.from_regex(r"[234579][0-9]{10}", fullmatch=True))
def test_the_check_digit_is_that_of_the_standard(body):
    checked = mod_11_2.calc_check_digit(body)
    assert [digit for digit in "0123456789" if is_number(body + digit)] == [checked] * (checked != "X")
