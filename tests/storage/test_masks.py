"""What may be a NIK is struck out, and no receipt number is mistaken for one."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.wording.layout import grouped
from storage.numbers import EXAMPLE, MASK, STRUCK, Found, doubtful, find, mask
from tests.storage.test_numbers import OTHER, TYPO, drawn, spelled

NIK = "3326041507850001"
FOUR = (EXAMPLE + OTHER) * 2
IN_SIXTEENS = f"{FOUR[:16]} {FOUR[16:32]} {FOUR[32:]}"  # sound as four receipt numbers, and yet it looks like three NIK
# Sound as a receipt number in its first three groups, and yet it reads as a NIK.
BOTH = "3326 0157 0895 0002"
beside = st.sampled_from(
    [
        "24-11-2026",
        "08.10 WIB",
        "KK 2026",
        "0812-3456-7890",
        "(12/11/2026-13/11/2026)",
        "\n2026\n",
        "tgl 24-11-2026 08.10",
    ]
)


@st.composite
def niks(draw):
    region, day = draw(st.sampled_from(["330519", "332601", "117101", "947302"])), draw(st.integers(1, 31))
    woman, month = draw(st.sampled_from([0, 40])), draw(st.integers(1, 12))
    return f"{region}{day + woman:02}{month:02}{draw(st.integers(0, 99)):02}{draw(st.integers(1, 999)):04}"


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
        "3326 strip 0415 strip 9985 strip 0001",
        "³³²⁶ ⁰¹⁵⁷ ⁰⁸⁹⁵ ⁰⁰⁰²",
        "三三二六〇一五七〇八九五〇〇〇二",
        "〣〣〢〦〇〡〥〧〇〨〩〥〇〇〇〢",
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


WHEN = [
    "24-12-2026 26-12-2026", "24/12/2026 - 26/12/2026", "24/12/26 08.00-12.00, 13:00-14:00", "2026-12-24, 2026-12-26",
    "(08.00-10.00) (10.00-12.00)", "12/11/2026 08.00 – 12/11/2026 14.30",
]  # fmt: skip


@pytest.mark.parametrize("text", WHEN)
def test_days_and_hours_alone_are_no_nik_and_no_number(text):
    assert mask(text) == text
    assert find(text) == Found(odd=True)
    assert STRUCK in mask(f"{text} 4")  # a figure more, and they are no days and hours alone


@pytest.mark.parametrize(
    "nik",
    [
        "33-26-01 57.08 95.00 02",
        "12-03-05 17-08-95 00.01",  # reads as days, and as a NIK
        "11.02 20.41 07.25 00.01",
        "3326.0157.0895.0002",
        "31/12/0157 08.95 00.02",
        "24/12/2026 26/13/2026",
    ],
)
def test_a_nik_does_not_pass_for_days_and_hours(nik):
    assert mask(nik).strip("#") == ""


@given(niks(), st.data())
def test_no_nik_passes_for_days_and_hours(nik, data):
    signs = st.sampled_from(["-", "/", ".", ":", " ", ", ", " - "])
    pairs = re.findall("..", nik)
    assert mask(pairs[0] + "".join(data.draw(signs) + pair for pair in pairs[1:])).strip("#") == ""


@pytest.mark.parametrize(
    "text",
    [
        "33. 26. 2415 0785 0002",
        "33: 26: 2415 0785 0002",
        f"33. 26. {grouped(EXAMPLE)}\n{grouped(EXAMPLE)}",
        f"332601570895,0002 {EXAMPLE[:8]}",
        "33 2601570895, 4002 24112026",
        f"{grouped(EXAMPLE)}, 0812 3456 7890",
    ],
)
def test_what_is_no_list_of_receipt_numbers_is_struck_out(text):
    assert mask(text).strip("#") == ""


@pytest.mark.parametrize(
    "zero",
    [
        0x10D40, 0x116D0, 0x116DA, 0x11BF0, 0x11DE0, 0x11F50, 0x16130, 0x16D70, 0x1CCF0, 0x1D2C0, 0x1E4F0, 0x1E5F1,
    ],
    ids="garay pao pwo sunuwar tolong kawi gurung kirat outlined kaktovik mundari onal".split(),
)  # fmt: skip
def test_digits_that_are_newer_than_this_python_are_digits(zero):
    newer = {ord(digit): zero + int(digit) for digit in "0123456789"}
    assert mask(f"NIK {NIK.translate(newer)}") == f"NIK {MASK}"
    assert find(EXAMPLE.translate(newer)).good == (EXAMPLE,)
    assert all(unicodedata.numeric(chr(zero + value), value) == value for value in range(10))


def test_newer_digits_of_han_are_digits():
    assert find("五六三一八五九一五四九两").good == (EXAMPLE,)
    assert mask("三三2604150拐850洞洞一") == MASK


@pytest.mark.parametrize(
    "digits",
    [
        pytest.param([chr(0xE0030 + value) for value in range(10)], id="tags"),
        pytest.param([chr(0xA8E0 + value) for value in range(10)], id="combining"),
        pytest.param(
            ["\u3007", *(chr((0x1D360, 0x1D369)[value % 2] + value - 1) for value in range(1, 10))], id="rods"
        ),
    ],
)
def test_what_unicode_calls_a_digit_is_one(digits):
    assert mask(f"NIK {NIK.translate(str.maketrans('0123456789', ''.join(digits)))}!") == f"NIK {MASK}!"
    assert find(EXAMPLE.translate(str.maketrans("0123456789", "".join(digits)))).good == (EXAMPLE,)


@given(spelled(st.from_regex(r"[0-9]{16}", fullmatch=True)))
def test_nothing_between_them_hides_sixteen_digits(text):
    assert mask(text) in (MASK, STRUCK)


no_digit = st.characters(exclude_categories=("N", "Cs")).filter(
    lambda sign: unicodedata.numeric(sign, None) is None and " DIGIT " not in unicodedata.name(sign, "")
)


@given(niks(), st.lists(st.text(no_digit, max_size=9), min_size=3, max_size=3))
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


@pytest.mark.parametrize("text", ["5631 8591 5492 24-11-2026", "3326 0157 1302 2026", "2026 0812 3456 7890"])
def test_digits_that_were_struck_out_need_not_be_a_nik(text):
    assert find(text) == find(mask(text)) == Found(struck=True)


def test_a_filed_number_is_told_from_what_reads_as_a_nik_with_the_digits_behind_the_next_words():
    text = "5958 1142 5041 RT 02/03 08.10 WIB"
    assert find(mask(text)) == Found(nik=True)
    assert find(mask(text, doubtful(text))) == Found(("595811425041",), struck=True)


# Spelled


IN_WORDS = {
    "0": "nol kosong zero",
    "1": "satu Siji setunggal one",
    "2": "dua loro kalih two",
    "3": "tiga TELU three",
    "4": "empat papat sekawan four",
    "5": "lima gangsal five",
    "6": "enam nem six",
    "7": "tujuh pitu seven",
    "8": "delapan wolu eight",
    "9": "sembilan sanga nine",
}
ALIKE = {"0": "OoОΟＯ", "1": "lI|ІΙ｜", "2": "ZzΖ", "5": "SsЅ", "8": "BВΒ"}  # also of Cyrillic and Greek
apart = st.sampled_from([" ", ", ", "-", "\n", " . ", "  "])


@st.composite
def said(draw):
    """A NIK with some of its digits as words, all words together or each by itself."""
    gap = draw(st.one_of(apart, st.just("")))
    words = [draw(st.sampled_from([*IN_WORDS[one].split(), *[one] * bool(gap)])) for one in draw(niks())]
    return gap.join(words)


@given(said(), st.sampled_from(["{}", "NIK saya {} ya pak", "ini: {}.", "{}\n"]))
def test_words_for_digits_are_digits_where_a_nik_may_be(nik, text):
    masked = mask(text.format(nik))
    assert re.sub("#+", "{}", masked) == text
    assert find(masked).is_meant


@given(niks(), st.data(), st.booleans())
def test_letters_like_digits_are_digits_where_a_nik_may_be(nik, data, in_groups):
    text = "".join(data.draw(st.sampled_from([one, *ALIKE.get(one, "")])) for one in nik)
    groups = [text[:4], text[4:10], text[10:]] if in_groups else [text]
    if all(any(map(str.isdigit, group)) for group in groups):
        assert mask(" ".join(groups)).strip("#") == ""


@given(said(), drawn, apart, st.booleans())
def test_beside_a_nik_in_words_a_filed_number_is_told(nik, number, gap, is_first):
    text = gap.join([grouped(number), nik] if is_first else [nik, grouped(number)])
    assert find(mask(text, {number})).good == (number,)
    assert not re.search("|".join(" ".join(IN_WORDS.values()).split()), mask(text, {number}), re.IGNORECASE)


@given(
    st.lists(drawn, min_size=1, max_size=4), st.lists(st.sampled_from(" ".join(IN_WORDS.values()).split()), max_size=3)
)
def test_a_few_words_for_digits_beside_numbers_say_nothing(numbers, words):
    text = "\n".join([*map(grouped, numbers), " ".join(words)])
    assert mask(text) == text
    assert find(text).good == tuple(dict.fromkeys(numbers))


@pytest.mark.parametrize("text", ["satuſatuduatigalima", "limalİmalimalima"])
def test_letters_of_other_alphabets_are_no_part_of_a_word(text):
    assert mask(text) == text
