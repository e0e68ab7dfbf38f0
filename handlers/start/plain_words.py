"""What people mean who write in words, as to a neighbour: a table of words in the district's languages. Pure.

It need not understand much. Who follows numbers is shown them whatever they write; a word that is known makes the
answer better. What is not here means nothing, and nothing is done that could not be taken back.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Literal

Meaning = Literal[
    "lost", "stop", "cost", "fetch", "wrong", "hours", "unreceived", "when", "needs", "thanks", "language", "forget",
    "help", "work", "greeting", "elsewhere",
]  # fmt: skip
Heard = Meaning | Literal["where"] | None

# What happens in a family, and no name of a document holds: whoever tells of it wants what it calls for.
DIED = "died meninggal* seda sedo tilar* wafat*"
BORN = "lahiran* melahirkan* baru_lahir* anak_lahir* bayi_baru* mbabar*"
MOVED = "mau_pindah pindah_rumah* pindah_alamat* arep_pindah* badhe_pindhah* ajeng_pindhah*"
EVENTS = {  # as `lampid.event_of` names them; here with words, too, that names of documents hold ("akta lahir")
    "death": f"{DIED} ninggal kapundhut passed_away death",
    "birth": f"{BORN} lahir babaran born birth",
    "out": f"{MOVED} pindah pindahan pindhah moving move",
}
# In the order in which a message with several is read: "thank you, is it ready?" asks. Indonesian, Javanese, English,
# and how they are shortened in chats. What ends in * is the head of longer words. Whether something is ready is asked
# of what was begun; when and where may be asked of what is to begin, too, so what one wants to do is read before them.
WORDS: dict[Meaning | Literal["where"], str] = {
    "lost": "hilang* ilang* ical* kecer* tercecer* ketlingsut* ketinggalan* ketriwal* kesingsal* lupa* lali* kesupen*"
    " lost forgot* tidak_punya* tdk_punya* tak_punya* gak_punya* ga_punya* nggak_punya* ngga_punya* ndak_punya*"
    " belum_punya* blm_punya* blum_punya* ora_duwe* durung_duwe* gak_duwe* mboten_gadhah* mboten_kagungan*"
    " dereng_gadhah* dereng_kagungan* tidak_ada_resi* tdk_ada_resi* ga_ada_resi* gak_ada_resi* ndak_ada_resi*"
    " tanpa_resi* tidak_terbaca* tdk_terbaca* ga_terbaca* gak_terbaca* tidak_kebaca* gak_kebaca* ga_kebaca*"
    " ora_kewaca* mboten_kewaos* gak_kelihatan* ga_kelihatan* tidak_kelihatan* ora_ketok* resi_berapa resinya_berapa"
    " resinya_brp resi_brp have_no",
    "stop": "stop* setop* stp berhenti* brhenti* brenti* henti* jangan_kirim* jgn_kirim* jangan_kabari* jgn_kabari*"
    " tidak_usah_di* tdk_usah_di* ga_usah_di* gak_usah_di* gausah_di* ojo_dikabari* ojo_dikirimi* mandheg* mandeg*"
    " kendel sampun_dipunkintuni* unsubscribe unfollow quit",
    "cost": "rega* regi regine reginipun rego* how_much"
    " biaya* bayar* dibayar* membayar* mbayar* byr ongkos* tarif* harga* uang* duit* dhuwit* arta ragad*"
    " wragad* gratis* pungli* rb ribu rupiah rp sogok* suap* dimintai cost* fee fees pay* price* money free",
    "fetch": "siapa_yang_boleh siapa_yg_boleh siapa_boleh siapa_saja_yang siapa_yang_bisa siapa_yg_bisa"
    " sapa_sing_oleh sopo_sing_oleh sapa_sing_kena sing_oleh_njupuk sing_kena_njupuk sinten_ingkang_saged"
    " sinten_ingkang_pareng orang_lain wong_liya tiyang_sanes diwakil* mewakil* wakil* dipunwakil* dititip* titip*"
    " surat_kuasa kuasa dikuasakan datang_sendiri dtg_sendiri saya_sendiri rawuh_piyambak dhateng_piyambak teka_dewe"
    " teko_dewe boleh_suami boleh_istri boleh_anak boleh_orang bisa_suami bisa_istri bisa_anak dijupuk_bojo"
    " dijupukke* dijupukake* dijupukne* dipunpundhutaken* dipundhutaken* bawa_apa apa_yang_dibawa apa_yg_dibawa"
    " apa_yang_perlu_di mbekta_menapa ngasta_menapa nggawa_apa gawa_apa nggowo_opo gowo_opo kode* ambil_pakai"
    " siapa_saja_boleh ambilkan* diambilkan* suami_bisa istri_bisa anak_bisa yang_dibawa_apa yg_dibawa_apa who_may"
    " who_can somebody_else on_my_behalf in_person pickup_code",
    "wrong": "salah* klentu* kleru* keliru* lepat* luput* ejaan* tidak_cocok tdk_cocok tidak_sama beda* bedo*"
    " mistake* misspel* wrong",
    "hours": "buka* bukak* bikak* tutup* libur* prei jam_berapa jam_brp jam_pinten jam_piro jam_kerja jam_kantor open"
    " opening* close* closed holiday*",
    "unreceived": "belum_terima* blm_terima* blum_terima* blom_terima* belum_saya_terima* belum_kami_terima*"
    " belum_diterima* blm_diterima* belum_di_terima* belum_menerima* blm_menerima* belum_nerima* blm_nerima*"
    " tidak_menerima* durung_tampa* durung_nampa* drg_tampa* dereng_nampi* dereng_tampi* dereng_katampi* drg_nampi*"
    " not_receive* not_yet_receive* not_get never_got",
    "when": "jadi* jdi jd selesai* slsai slesai* selese* beres* sampai* smp sampe* nyampe* belum* blm* blum blom"
    " belom telat* terlambat* proses* progres* status* cek dicek ngecek terbit* sudah_siap sdh_siap udah_siap diambil"
    " dados* iso_dijupuk* wis_dijupuk* saged_dipundhut* saged_dipunpundhut* posisi* dadi* rampung* dereng drg durung"
    " drng tekan bacakan* bacain* dibacakan* suara* swanten* diwaca* wacak* dipunwaos* moco maca buta_huruf aloud"
    " ready done finish* yet arrived kemarin* kmrn* kmarin* kemaren* wingi*",
    "needs": f"{DIED} {BORN} {MOVED} syarat* sarat* persyaratan*"
    " prasyarat* bikin* mbikin* membikin* membuat* mau_buat* cara_buat* ngurus* mengurus* urus_k* urus_a* mengajukan*"
    " ndamel* badhe_damel* gawe_k* gawe_a* requirement* need_to_bring what_to_bring"
    " what_documents do_i_need i_need need_a apply* make_a get_a online ke_kajen lewat_wa fotokopi* fotocopi*"
    " tidak_mampu ijazah* ikd",
    "where": "berapa_hari brp_hari pinten_dinten pirang_dina pira_dina piro_dino kapan* kpn* kapn lama* brp_lm"
    " berapa_lama brp_lama mana dimana* kemana* dmn kmn suwe* dangu* pundi ngendi* endi ndi when long where",
    "thanks": "terima_kasih* terimakasih* trima_kasih* trimakasih* trmksh* trmkasih* makasi* mksh* mkasih* trims tks"
    " thx tq ty thank* tengkyu* matur_nuwun* maturnuwun* matur_suwun* matursuwun* suwun* swn syukron ok oke* okay"
    " baik siap sip nggih inggih injih",
    "language": "bahasa* basa basane basanipun language* inggris* english krama",
    "forget": "hapus* delete* erase* busak* dipunbusak*",
    "help": "bantu* bntu* tolong* tlg* tlong* tulung* help* menu cara* gimana* gmn* bagaimana* bgmn* pripun* piye*"
    " kepiye* petunjuk* panduan* pambiyantu* tanya* nanya* tny bingung* info* ini_apa apa_ini telepon* telpon* telp*"
    " tlp* telfon* no_hp* nomor_hp* nomer_hp* no_wa* nomor_wa* hubungi* ngomong* bicara* how jek_duk jekduk"
    " siapa_ini ini_siapa siapa_kamu ini_bot bot_apa niki_nopo niki_napa nopo_niki menika_menapa sinten_niki"
    " niki_sinten who_are what_is_this gak_bisa_wa hp_rusak ganti_hp",
    "work": "tugas* pakaryan* work tasks",
    "greeting": "halo* helo* hai hi hay hey hei pagi siang sore malam mlm selamat_* asalam* aslam* aslm* asslm*"
    " samlekum* salam* permisi* punten* kula_nuwun kulo_nuwun nuwun_sewu sugeng* monggo sumangga apa_kabar p ping tes"
    " test good_* morning min admin pak bapak bu ibu mas mbak kak",
}
BRIEF = 2  # words that are no sentence, and mean the same wherever they are said: matur nuwun
DOCUMENTS = "ktp* kk akta* akte* kia dokumen* berkas* surat* kartu* card certificate buku_nikah"
PAST = "kemarin* kmrn* kmarin* kemaren* wingi*"  # said of what happened, as of what one asked for
OURS = "ktp* kk akta* akte* kia"
DAMAGED = "rusak* risak* sobek* suwek* basah* teles* patah* pecah* luntur* damaged* torn wet"
CHANGES = (  # what is done about a document that one has, or has not yet; lost ones are among "lost"
    f"{DAMAGED} buat* mbuat ganti* ubah* merubah* rubah* tambah* nambah* perpanjang* daftar* ndaftar*"
    " dhaftar* urus* gawe* damel* gantos* cetak* nyetak* cithak* rekam* kadaluarsa* kedaluarsa* habis_masa*"
    " renew* replac* chang* register* reprint*"
)
# So may one call what was asked for, too: no change to whoever asks where it is, or says that this is done.
NEW = "baru anyar enggal new masuk* pisah* pindah* pindhah* habis* foto"
DONE = " ".join(
    f"{already}_{done}"
    for already in ("sudah", "sdh", "udah", "sampun", "wis", "wes")
    for done in ("masuk*", "mlebet*", "mlebu*", "ada", "wonten", "ana", "ono", "rekam*", "foto")
)
OFFICE = "kantor* loket* balai* alamat* lokasi* office* counter* address"
VAGUE = (None, "where", "greeting", "help")  # what else is named says what is meant
SLIP = "nomor* nomer* nmr no resi* struk* slip* kertas* number* receipt*"
CODE = "kode* code*"


def _plain(text: str) -> str:
    """Small letters of the alphabet with a blank between words, each letter once where it is doubled: `haloooo`."""
    bare = "".join(one for one in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(one))
    return re.sub(r"([a-z])\1+", r"\1", re.sub(r"[^a-z]+", " ", bare.replace("'", ""))).strip()


def _pattern(words: str) -> re.Pattern[str]:
    stems = [_plain(word.replace("_", " ").rstrip("*")) + r"\w*" * word.endswith("*") for word in words.split()]
    return re.compile(rf"\b(?:{'|'.join(stems)})\b")


_PATTERNS = {meaning: _pattern(words) for meaning, words in WORDS.items()}
_DOCUMENTS, _CHANGES, _OURS, _NEW, _DONE, _DAMAGED, _OFFICE, _SLIP, _CODE, _PAST = (
    _pattern(words) for words in (DOCUMENTS, CHANGES, OURS, NEW, DONE, DAMAGED, OFFICE, SLIP, CODE, PAST)
)


def happened(event: str) -> tuple[str, ...]:
    """How people tell of an event (`EVENTS`)."""
    return tuple(word.replace("_", " ").rstrip("*") for word in EVENTS.get(event, "").split())


def named_in(text: str, kinds: Mapping[str, Iterable[str]]) -> list[str]:
    """Which kinds of documents a message names, by the names that each has."""
    said = f" {_plain(text)} ".replace(" akte ", " akta ")
    return [kind for kind, called in kinds.items() if any(f" {_plain(name)} " in said for name in called)]


def is_elsewhere(text: str, theirs: Iterable[str], ours: Mapping[str, Iterable[str]]) -> bool:
    """True if a message names what other offices do, by `theirs`, and nothing that is done here."""
    said = _plain(text)
    names = "|".join(_plain(one) for one in theirs)
    rest = re.sub(rf"\b(?:{names})(?:nya|ku|mu|ne|ipun)?\b", " ", said) if names else said
    return rest != said and not _OURS.search(rest) and not named_in(rest, ours)


def may_be_a_name(text: str) -> bool:
    """True for what one may call a thing, and asks nothing by: whose a document is ("KK Ibu"), or two words at most
    that mean nothing here ("rumah").
    """
    said = _plain(text)
    rest = _DOCUMENTS.sub(" ", said).split()
    names_a_document = len(rest) < len(said.split())
    heard = [meaning for meaning, pattern in _PATTERNS.items() if pattern.search(said)]
    is_silent = (
        not (_CHANGES.search(said) or _NEW.search(said))
        and "?" not in text
        and heard in ([], *([["greeting"]] * names_a_document))
    )
    return is_silent and 1 <= len(rest) <= BRIEF + names_a_document


def _of_slip(said: str, found: Heard) -> Heard:
    """The same, where it is said of the slip, of the code on it, or of what is to be made."""
    if _SLIP.search(said):
        if found in (None, "greeting") and _DAMAGED.search(said):
            return "lost"  # "the slip is torn"
        return None if found == "wrong" else found  # of a wrong number: the sender reads what a right one is
    if found == "lost" and _CODE.search(said):
        return "fetch"
    return "needs" if found == "fetch" and _PATTERNS["needs"].search(said) else found  # "what to bring for a new card"


def _is_to_begin(said: str, found: Heard) -> bool:
    """True if something is to be done about the document that is named."""
    is_new = _NEW.search(said) and found != "where" and not _DONE.search(said)
    return bool(is_new or _CHANGES.search(_DONE.sub(" ", said)))


def meaning_of(text: str, *, names_a_need: bool = False) -> Meaning | None:
    """What a message means; None if nobody can tell. `names_a_need`: a word stands in it by which people ask for a
    document that they have not yet.
    """
    said = _plain(text)
    found = next((meaning for meaning, pattern in _PATTERNS.items() if pattern.search(said)), None)
    found = _of_slip(said, found)
    if _DOCUMENTS.search(said):
        if found == "lost" and not _SLIP.search(said):
            return "needs"  # "my identity card is lost", "I have none yet"
        if found in VAGUE:
            return "needs" if _is_to_begin(said, found) else "when"  # whoever names a document only asks where it is
    elif names_a_need and (found in VAGUE or (found == "when" and not _PATTERNS["when"].search(_PAST.sub(" ", said)))):
        return "needs"
    if found in (None, "where") and _OFFICE.search(said):
        return "hours"
    return "when" if found == "where" else found
