"""A pickup code is read however it is written; what is none uses up no try."""

import pytest

from storage.counter import pickup


@pytest.mark.parametrize(
    "said",
    [
        "1234", "1 2 3 4", "kode 1234", "Kode ambil: 1234.", "１２３４", "꧑꧒꧓꧔", "\u200e1234\u200e", "(1234)",
        "«1234»!", "1\ufe0f\u20e32\ufe0f\u20e33\ufe0f\u20e34\ufe0f\u20e3", "kode “1234” 🙏",
    ],
)  # fmt: skip
def test_a_code_is_read_in_any_spelling(said: str):
    assert pickup.written(said) == "1234"


@pytest.mark.parametrize("said", ["14.30", "24-11", "12/34", "12,34", "12345", "123", "jam 1234", "1234 ya"])
def test_what_is_no_code_uses_up_no_try(said: str):
    assert pickup.written(said) == ""
