"""What is never said in a language, and why: a pattern for each rule of the glossary and of docs/javanese.md."""

NEVER: dict[str, dict[str, str]] = {
    "id": {
        "a district may ask for the pickup code": r"tidak pernah meminta[^.]*\bkode\b(?! lewat)",
        "Bapak/Ibu, never kamu nor Anda": r"(?i)\bkamu\b|\banda\b|\b(?:hai|hei)\b",
        "staff say link": r"(?i)\btautan",
        "tanya kantor desa": (
            r"(?i)\btanya(?:kan)? (?:di|ke|kepada) (?:kantor(?! desa \{village\} \(buka)|loket|perangkat|\{)"
        ),
        "what will be is akan": r"(?:^|[.;:] )(Bapak/Ibu|Yang meminta) (dikabari|diingatkan) (?!mulai)",
        "again is said once": r"\blagi [^.,;]*\blagi\b",
        "a file is no berkas, and to ask is no attempt": r"(?i)sebagai berkas|percobaan\b",
        "one presses, and what stood still goes on": r"(?i)\bketuk|\bjalan lagi",
        "at a birth gugur is a miscarriage": r"(?i)\bgugur",
        "what a chat has saved is deleted, not somebody's data": r"\b[Hh]apus data\b",
        "nobody is dismissed": r"\bBerhenti kabar|memberhentikan|\bcamat\b|[Pp]elapor\b",
    },
    "jv": {
        "a district may ask for the pickup code": r"mboten nate nyuwun[^.]*\bkode\b(?! lumantar)",
        "the reader has a capital": r"\bpanjenengan\b",
        "nobody lowers the reader": r"[Ss]umangga (nyuwun pirsa|nyuwun priksa|matur)\b",
        "nor says of them what is said of us": r"Panjenengan (sampun )?(nyuwun|matur|ngatur)|Nyuwun ngatur",
        "no ngoko root in a krama affix": r"(?i)wurung|\bs[ae]pisan",
        "a newborn has nami, not asma": r"\bbayi( \w+){0,3} asma",
        "again is said once": r"\bmalih [^.,;]*\bmalih\b",
        "staff say link": r"(?i)\btautan",
        "krama, not ngoko": r"\b[Bb]oten\b|\b[Oo]ra\b|\blan\b",
        "dh in dhaftar": r"\b[Dd]aftar(aken)?\b|dipundaftar|dipundhaftar\b",
        "a village is a desa, a dhusun is a hamlet": r"\b[Dd]husun\b",
        "whoever heads the district is its pangarsa": r"\b[Cc]amat\b",
        "do not is sampun ngantos": r"\bSampun (mbayar|maringi|paring|dipunpitados|dipunwangsuli\b)",
        "readers ask in krama inggil; a code is a kode": r"(?i)\bsumangga tanglet|\bkodhe\b",
        "one presses: pencet": r"(?i)thuthuk|\bketuk",
        "at a birth gugur is a miscarriage": r"(?i)\bgugur",
        "what a chat has saved is deleted, not somebody's data": r"\b[Bb]usak data\b",
        "plain letters, as on phones": r"(?i)[éèê]",
        "one word for one thing": (
            r"\b[Pp]unika\b|\bkadangon\b|dipunkabari|[Pp]awartos|kawartos|\b[Tt]elat\b|\b[Kk]atunda\b|\bkendel rumiyin"
            r"|\bpaling (?:lambat|kasep)|[Ll]umampah malih"
        ),
    },
    "en": {
        "a district may ask for the pickup code": r"never asks? [^.]*\bcode\b(?! by)",
        "a notice is a warning: say updates or messages": r"\b[Nn]otices?\b",
        "an application is registered": r"\b[Ff]il(?:ed|ing)\b(?!\})|\b(?:[Pp]lease|can|and) file\b|^File\b",
        "no Oxford comma, nobody dismissed": r", and \{last\}|\bdismiss|\breporter\b",
        "whole sentences": r"\bOr wait: next\b|files; we did not keep it",
        "who asks does not try": r"(?i)too many tries",
    },
}
