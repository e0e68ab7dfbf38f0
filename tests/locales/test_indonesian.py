"""Indonesian by the glossary: what the catalog and the district file say is held to it."""

import pytest

from tests.locales.said import breaking


@pytest.mark.parametrize(
    "never",
    [
        pytest.param(r"(?i)\bkamu\b|\b(?:hai|hei)\b", id="Bapak/Ibu, never kamu"),
        pytest.param(r"(?i)\btautan", id="staff say link"),
        pytest.param(
            r"(?i)\btanya(?:kan)? (?:di|ke|kepada) (?:kantor(?! desa \{village\} \(buka)|loket|perangkat|\{)",
            id="tanya kantor desa",
        ),
        pytest.param(
            r"(?:^|[.;:] )(Bapak/Ibu|Yang meminta) (dikabari|diingatkan) (?!mulai)", id="what will be is akan"
        ),
        pytest.param(r"\blagi [^.,;]*\blagi\b", id="again is said once"),
        pytest.param(r"(?i)sebagai berkas|percobaan\b", id="a file is no berkas, and to ask is no attempt"),
        pytest.param(r"\bBerhenti kabar|memberhentikan|\bcamat\b|[Pp]elapor\b", id="nobody is dismissed"),
    ],
)
def test_indonesian_keeps_to_the_glossary(never):
    assert breaking(never, "id") == []
