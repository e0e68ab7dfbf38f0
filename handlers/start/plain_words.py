"""What people mean who write in words, as to a neighbour: a table of words in the district's languages. Pure.

It need not understand much. Who follows numbers is shown them whatever they write; a word that is known makes the
answer better. What is not here means nothing, and nothing is done that could not be taken back.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Literal

Meaning = Literal[
    "lost", "stop", "cost", "hours", "unreceived", "when", "needs", "thanks", "language", "forget", "help", "work",
    "greeting",
]  # fmt: skip

# In the order in which a message with several is read: "thank you, is it ready?" asks. Indonesian, Javanese, English,
# and how they are shortened in chats. What ends in * is the head of longer words.
WORDS: dict[Meaning, str] = {
    "lost": "hilang* ilang* ical* kecer* lupa* lali* kesupen* lost forgot* forgotten",
    "stop": "stop* setop* stp berhenti* brhenti* brenti* henti* jangan_kirim* jgn_kirim* mandheg* mandeg* kendel"
    " sampun_dipunkintuni* unsubscribe unfollow quit",
    "cost": "biaya* bayar* dibayar* membayar* mbayar* byr ongkos* tarif* harga* uang* duit* dhuwit* arta ragad* wragad*"
    " gratis* pungli* cost* fee fees pay* price* money free",
    "hours": "buka* bukak* bikak* tutup* libur* prei jam_berapa jam_brp jam_pinten jam_piro jam_kerja jam_kantor open"
    " opening* close* closed holiday*",
    "unreceived": "belum_terima* blm_terima* blum_terima* blom_terima* belum_saya_terima* belum_kami_terima*"
    " belum_diterima* blm_diterima* belum_di_terima* belum_menerima* blm_menerima* belum_nerima* blm_nerima*"
    " tidak_menerima* durung_tampa* durung_nampa* drg_tampa* dereng_nampi* dereng_tampi* dereng_katampi* drg_nampi*"
    " not_receive* not_yet_receive* not_get never_got",
    "when": "kapan* kpn* kapn jadi* jdi jd selesai* slsai slesai* selese* beres* sampai* smp sampe* nyampe* belum* blm*"
    " blum blom belom lama* brp_lm berapa_lama brp_lama proses* progres* status* cek dicek ngecek mana dimana* dmn"
    " terbit* sudah_siap sdh_siap udah_siap diambil dados* dadi* rampung* dereng drg durung drng suwe* dangu* pundi"
    " ngendi* tekan when ready done finish* long where yet arrived",
    "needs": "syarat* sarat* persyaratan* prasyarat* bikin* mbikin* membikin* membuat* mau_buat* cara_buat* ngurus*"
    " mengurus* urus_k* urus_a* mengajukan* ndamel* badhe_damel* gawe_k* gawe_a* requirement* need_to_bring"
    " what_to_bring apply* make_a get_a",
    "thanks": "terima_kasih* terimakasih* trima_kasih* trimakasih* trmksh* trmkasih* makasi* mksh* mkasih* trims tks"
    " thx tq ty thank* tengkyu* matur_nuwun* maturnuwun* matur_suwun* matursuwun* suwun* swn syukron ok oke* okay baik"
    " siap sip nggih inggih injih",
    "language": "bahasa* basa* language* inggris* english krama",
    "forget": "hapus* delete* erase* busak* dipunbusak*",
    "help": "bantu* bntu* tolong* tlg* tlong* tulung* help* menu cara* gimana* gmn* bagaimana* bgmn* pripun*"
    " piye* kepiye* petunjuk* panduan* pambiyantu* tanya* nanya* tny bingung* info* how",
    "work": "tugas* pakaryan* work tasks",
    "greeting": "halo* helo* hai hi hay hey hei pagi siang sore malam mlm selamat_* asalam* aslam* aslm* asslm*"
    " samlekum* salam* permisi* punten* kula_nuwun kulo_nuwun nuwun_sewu sugeng* monggo sumangga apa_kabar p ping"
    " tes test good_* morning min admin pak bapak bu ibu mas mbak kak",
}
DOCUMENTS = "ktp* kk akta* akte* kia dokumen* berkas* surat* kartu*"
SLIP = "nomor* nomer* nmr no resi* struk* slip* kertas* kode* number* receipt*"


def _plain(text: str) -> str:
    """Small letters of the alphabet with a blank between words, each letter once where it is doubled: `haloooo`."""
    bare = "".join(one for one in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(one))
    return re.sub(r"([a-z])\1+", r"\1", re.sub(r"[^a-z]+", " ", bare.replace("'", ""))).strip()


def _pattern(words: str) -> re.Pattern[str]:
    stems = [_plain(word.replace("_", " ").rstrip("*")) + r"\w*" * word.endswith("*") for word in words.split()]
    return re.compile(rf"\b(?:{'|'.join(stems)})\b")


_PATTERNS: dict[Meaning, re.Pattern[str]] = {meaning: _pattern(words) for meaning, words in WORDS.items()}
_DOCUMENTS, _SLIP = _pattern(DOCUMENTS), _pattern(SLIP)


def named_in(text: str, kinds: Mapping[str, Iterable[str]]) -> list[str]:
    """Which kinds of documents a message names, by the names that each has."""
    said = f" {_plain(text)} ".replace(" akte ", " akta ")
    return [kind for kind, called in kinds.items() if any(f" {_plain(name)} " in said for name in called)]


def meaning_of(text: str) -> Meaning | None:
    """What a message means; None if nobody can tell."""
    said = _plain(text)
    found = next((meaning for meaning, pattern in _PATTERNS.items() if pattern.search(said)), None)
    if _DOCUMENTS.search(said) and (
        found in (None, "greeting", "help") or (found == "lost" and not _SLIP.search(said))
    ):
        return "when"  # "my identity card, please": whoever names a document asks where it is
    return found
