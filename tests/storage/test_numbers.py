"""Receipt numbers: drawn, found in what people write, and never mistaken for a NIK."""

import re
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.numbers import EXAMPLE, MASK, STRUCK, Found, doubtful, draw, find, grouped, is_number, mask

OTHER = "234567890123"
TYPO = "563185915429"
NIK = "3326041507850001"
FOUR = (EXAMPLE + OTHER) * 2
IN_SIXTEENS = f"{FOUR[:16]} {FOUR[16:32]} {FOUR[32:]}"  # sound as four receipt numbers, and yet it looks like three NIK
# Sound as a receipt number in its first three groups, and yet it reads as a NIK.
BOTH = "3326 0157 0895 0002"
drawn = st.builds(lambda _: draw(), st.integers())
DIGITS = [sign for sign in map(chr, range(sys.maxunicode + 1)) if unicodedata.category(sign) == "Nd"]
between = st.text(st.characters(exclude_categories=("L", "N", "Cs")), max_size=3)
beside = st.sampled_from(["24-11-2026", "08.10 WIB", "KK 2026", "0812-3456-7890", "(24/11/26)", "RT 02/03", "\n2026\n"])


@st.composite
def spelled(draw, digits):
    """The digits in any scripts, with anything between them."""
    written = [draw(st.sampled_from([s for s in DIGITS if unicodedata.digit(s) == int(one)])) for one in draw(digits)]
    return written[0] + "".join(draw(between) + one for one in written[1:])


@st.composite
def niks(draw):
    region, day = draw(st.sampled_from(["330519", "332601", "117101", "947302"])), draw(st.integers(1, 31))
    woman, month = draw(st.sampled_from([0, 40])), draw(st.integers(1, 12))
    return f"{region}{day + woman:02}{month:02}{draw(st.integers(0, 99)):02}{draw(st.integers(1, 999)):04}"


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
        "5️⃣6️⃣3️⃣1️⃣8️⃣5️⃣9️⃣1️⃣5️⃣4️⃣9️⃣2️⃣",
        "𝟝𝟞𝟛𝟙 𝟠𝟝𝟡𝟙 𝟝𝟜𝟡𝟚",
        "①. 5631 8591 5492",
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
    "text, good, typos",
    [
        (f"{EXAMPLE} {OTHER}", (EXAMPLE, OTHER), ()),
        (f"{EXAMPLE},{OTHER};{EXAMPLE}", (EXAMPLE, OTHER), ()),
        (f"{OTHER}\n{EXAMPLE}", (OTHER, EXAMPLE), ()),
        (f"{EXAMPLE}{OTHER}", (EXAMPLE, OTHER), ()),
        (f"{grouped(EXAMPLE)} {grouped(OTHER)}", (EXAMPLE, OTHER), ()),
        (f"1) {grouped(EXAMPLE)}\n2) {grouped(TYPO)}", (EXAMPLE,), (TYPO,)),
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
        ("5631859154921", True), ("0812 345 678", True), ("24/11/2026", True),
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
        "3326/0157/0895/0002",
        "3326,0157,0895,0002",
        "３３２６－０１５７－０８９５－０００２",
        "3326\n0157\n0895\n0002",
        "3326🙂0157🙂0895🙂0002",
        "3326x0157x0895x0002",
        "3326 titik 0157 titik 0895 titik 0002",
        "³³²⁶ ⁰¹⁵⁷ ⁰⁸⁹⁵ ⁰⁰⁰²",
        f"{grouped(EXAMPLE)} {BOTH}",
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
    assert find(text.format(secret)).good == ()
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


@pytest.mark.parametrize(
    "text", ["33. 26. 2415 0785 0002", f"332601570895,0002 {EXAMPLE[:8]}", f"{grouped(EXAMPLE)}, 0812 3456 7890"]
)
def test_what_is_no_list_of_receipt_numbers_is_struck_out(text):
    assert mask(text).strip("#") == ""


@given(spelled(st.from_regex(r"[0-9]{16}", fullmatch=True)))
def test_nothing_between_them_hides_sixteen_digits(text):
    assert mask(text) in (MASK, STRUCK)


@given(spelled(drawn))
def test_whatever_stands_between_its_digits_a_number_is_found(text):
    assert len(find(text).good) == 1


@given(niks(), st.lists(st.text(st.characters(exclude_categories=("N", "Cs")), max_size=9), min_size=3, max_size=3))
def test_words_do_not_hide_a_nik(nik, words):
    groups = re.findall("....", nik)
    assert mask(groups[0] + "".join(word + group for word, group in zip(words, groups[1:], strict=True))) == MASK


@given(drawn, beside, beside, st.booleans())
def test_a_filed_number_is_told_whatever_stands_beside_it(number, before, behind, in_groups):
    text = f"{before} {grouped(number) if in_groups else number} {behind}"
    found = find(mask(text, {number}))
    assert (found.good, found.typos, found.nik) == ((number,), (), False)


@given(niks(), st.booleans())
def test_beside_a_filed_number_a_nik_is_struck_out_and_called_one(nik, in_groups):
    text = mask(f"{grouped(EXAMPLE)} {grouped(nik) if in_groups else nik}", {EXAMPLE})
    assert (find(text).good, find(text).nik) == ((EXAMPLE,), True)
    assert text == f"{EXAMPLE} {MASK}"


def test_what_is_a_number_or_a_nik_is_for_the_register_to_tell():
    assert doubtful(f"NIK {BOTH}") == ("332601570895",)
    assert mask(f"NIK {BOTH}") == f"NIK {MASK}"
    assert mask(f"NIK {BOTH}", {"332601570895"}) == f"NIK 332601570895 {STRUCK}"
    assert doubtful(f"resi {grouped(EXAMPLE)}") == ()


def test_digits_that_were_struck_out_are_no_nik():
    assert find(mask(f"{grouped(EXAMPLE)} 24-11-2026")) == Found(struck=True)


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
