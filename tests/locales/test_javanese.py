"""Javanese by a rule (docs/javanese.md): what the catalog and the district file say is held to it."""

import pytest

from tests.locales.said import breaking


@pytest.mark.parametrize(
    "never",
    [
        pytest.param(r"\bpanjenengan\b", id="the reader has a capital"),
        pytest.param(r"[Ss]umangga (nyuwun pirsa|nyuwun priksa|matur)\b", id="nobody lowers the reader"),
        pytest.param(
            r"Panjenengan (sampun )?(nyuwun|matur|ngatur)|Nyuwun ngatur", id="nor says of them what is said of us"
        ),
        pytest.param(r"(?i)wurung|\bs[ae]pisan", id="no ngoko root in a krama affix"),
        pytest.param(r"\bbayi( \w+){0,3} asma", id="a newborn has nami, not asma"),
        pytest.param(r"\bmalih [^.,;]*\bmalih\b", id="again is said once"),
        pytest.param(r"(?i)\btautan", id="staff say link"),
        pytest.param(r"\b[Bb]oten\b|\b[Oo]ra\b|\blan\b", id="krama, not ngoko"),
        pytest.param(r"\b[Dd]aftar(aken)?\b|dipundaftar|dipundhaftar\b", id="dh in dhaftar"),
        pytest.param(r"\b[Dd]husun\b", id="a village is a desa, a dhusun is a hamlet"),
        pytest.param(r"\b[Cc]amat\b", id="whoever heads the district is its pangarsa"),
        pytest.param(r"\bSampun (mbayar|maringi|paring|dipunpitados|dipunwangsuli\b)", id="do not is sampun ngantos"),
        pytest.param(r"(?i)\bsumangga tanglet|\bkodhe\b", id="readers ask in krama inggil; a code is a kode"),
        pytest.param(r"(?i)[éèê]", id="plain letters, as on phones"),
        pytest.param(
            r"\b[Pp]unika\b|\bkadangon\b|dipunkabari|[Pp]awartos|kawartos|\b[Tt]elat\b|\b[Kk]atunda\b|\bkendel rumiyin",
            id="one word for one thing",
        ),
    ],
)
def test_krama_keeps_its_rule(never):
    assert breaking(never, "jv") == []
