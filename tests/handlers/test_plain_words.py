"""People write as they would to a neighbour, and get the useful answer."""

from dataclasses import replace
from datetime import date

import pytest

from handlers.start import plain_words
from handlers.start.handlers import everyday
from handlers.start.plain_words import PARTS, RULES, Rule, meaning_of, named_in
from handlers.wording.layout import grouped
from locales.heard import Kind, vocabulary
from storage.workflow import Workflow
from tests.town import DISTRICT, WORKFLOW, Town

SAID = {
    "when": "kapan jadi?|sudah selesai?|sdh jadi blm?|kpn slsai ya|Assalamualaikum, KTP saya sudah jadi belum?|blm jg"
    "|sampai mana berkas saya|cek status|berapa lama lagi?|ktp|akta anak saya|udah jadi blom min|ktp sy dmn|JADI???"
    "|sampun dados dereng?|wis dadi durung|pun rampung dereng nggih|tekan ngendi|how long will it take?|is it ready yet"
    "|when|kapaaan jadinya|tolong dicek KK saya|info akta"
    "|sdh sampe mana kk ku|ktp yg kmrn sy urus sdh jadi blm|kok lama sekali|telat|pun dugi pundi KK kula|kpn bs diambil"
    "|tolong bacakan|gak iso moco|mboten saged maos|ktp yg diganti kemarin sdh jadi"
    "|apa yang kurang|kenapa dikembalikan|kok ditunda|why is it delayed"
    "|berapa lama|berapa hari|pinten dinten|suwene pira dina|dangunipun pinten dinten|posisi sekarang|wis iso dijupuk?"
    "|sampun saged dipundhut|akta bayi saya|ambil di mana|dijupuk nang endi|mundhut wonten pundi"
    "|gimana kabar kk saya|piye kabare ktp ku|KTP kulo sampun dados dereng nggih|ngurus kk wingi tekan ngendi"
    "|KK baru saya di mana?|berkas KK saya sudah masuk?|KK pindah saya mana|ktp baru saya kapan|KTP enggal kula kapan"
    "|where is my new family card|dokumen masuk dimana sekarang|surat pindah saya sampai mana|KK baru saya sudah ada?"
    # who fears for a file wants to know where it is; a card that is lost is made anew
    "|saya khawatir berkas saya hilang|jangan-jangan berkasnya hilang|permohonan saya hilang?|berkas KK saya hilang"
    "|takut KK saya hilang"
    "|kula kuwatir berkas kula ical|wedi ilang berkase|are my papers lost|I am worried, no news for weeks"
    "|kok ga ada kabar|belum ada kabarnya|durung ana kabar|dereng wonten pawartos|my application is lost"
    "|saya tidak bisa baca|I cannot read|aku wis kesuwen nunggu|kelamaan"
    # a courier delivers, too: only "to my home" asks for something else
    "|Sudah diantar belum?|KTP saya sudah diantar belum?|kapan diantar ke desa?|belum diantar juga|sudah diantar?"
    "|sampun dipunteraken dereng|wis diterke?|when will my KTP be delivered?|is it delivered yet"
    "|when will it be delivered"
    "|laporan saya bagaimana"
    "|bukannya sudah jadi?|sudah rekam ktp, kapan?|sudah foto ktp|blangko habis, KTP saya kapan"
    "|kapan ambil bisa|kapan ambil boleh pak"
    "|bisa ambil besok?|sampun saget dipun pendhet?|saget kulo pendet dinten menopo|isih ning kajen po|kapan tak jupuk",
    "complaint": "saya mau lapor|mau komplain, pelayanannya buruk|petugasnya galak|saya kecewa|bot goblok|mau mengadu"
    "|kula badhe wadul|kuciwa kula|petugase kasar|kantor desanya tidak becus|I want to complain|the officer is rude"
    "|the officer was not nice|not great service"
    "|saya dipersulit di kantor|petugas tidak ada di tempat",
    "unreceived": "belum terima|kami belum terima pak|KTP blm nerima|belum diterima keluarga|bukan saya yang ambil"
    "|durung tampa|dereng nampi"
    "|kok diambil orang lain|siapa yang sudah ambil|sudah diambil siapa?|wis dijupuk sapa"
    "|kok sudah diambil?|malah sudah diambil orang|sudah diambil orang lain?|keburu diambil|kok wis dijupuk wong"
    "|kok dipunpendhet tiyang sanes|who took it|wrong person picked it up"
    "|sinten ingkang sampun mundhut KK kula|kok yang ambil KK saya orang lain|I did not get it|not received",
    "needs": "saya mau bikin ktp|syarat kk apa saja|cara membuat akta lahir|mau ngurus KIA|sarat KTP punapa|bikin akte"
    "|Assalamualaikum, persyaratan pindah|what to bring for the family card"
    "|bikin ktp di mana|buat kk dimana ya pak|mau buat akta lahir anak kemana|ngurus pindah dmn|KTP saya hilang"
    "|kalo mau perpanjang ktp gmn|ktp rusak gimana|kk hilang hrs gmn|tambah anggota keluarga di kk|ganti alamat ktp"
    "|daftar ktp dimana|dimana urus akta kematian|gawe ktp neng ndi|ndamel KTP wonten pundi|yen arep gawe kk piye"
    "|badhe ndamel akta kados pundi|bikin ktp berapa lama|kapan bisa bikin ktp|blm punya ktp|durung duwe akta"
    "|bapak saya meninggal, ngurus apa saja|suami saya meninggal|bapak seda|anak baru lahir|mau pindah|cetak ulang kk"
    "|ktp patah|bikin kk bawa apa|kk ical|where do I get a ktp|how do I renew my ktp"
    "|mau nikah|badhe nikah|arep rabi|baru cerai|what do I need for a KTP?|kartu keluarga baru|pisah kk|pindah domisili"
    "|surat pindah|datang dari luar|simbah sedo kapundhut|bapak ninggal|ibu saya wafat kemarin|bayi lahir wingi"
    "|rekam data dimana|foto ktp|sidik jari|ktp habis masa berlaku|daftar online bisa|what documents for a kk"
    "|I need a new family card|getting married|fotokopi brp lembar|sudah nikah, pisah kk gimana"
    "|rekam ktp dimana|ktp sudah habis masa berlaku|sudah ada KK tapi rusak|masukkan anak ke kk"
    "|suami saya meninggal, kk gimana|KTP pertama|perekaman KTP lansia|gabung KK|keluar dari KK"
    "|KK terbakar|ktp dicuri|dokumen saya hanyut|kk kobong|my card was stolen|alm bapak saya|almarhumah ibu|bapak tiada"
    "|ibu telah berpulang|innalillahi wa inna ilaihi rojiun|simbah sampun katimbalan|bapak sampun mboten wonten"
    "|my mother is dead|suratnya apa saja|mau lapor kelahiran|lapor kematian bapak"
    # a card that is lost is made anew, whichever papers that takes
    "|KTP hilang, berkas apa saja yang dibawa?|KTP hilang, berkasnya apa|kartu hilang, permohonan baru bagaimana"
    "|I lost my KTP and want to request a new one|lost my card, new application|takut hilang KTP, bikin baru gimana"
    "|KTP ical, permohonanipun kados pundi"
    "|we had a baby|anak kula lair|gadhah putra|I moved"
    "|simbah wis ora ono wingi|bapak sampun mboten wonten, ngurus menapa|bapak wis ora ana piye carane"
    "|kk robek|ktp kelindes|ktp dimakan tikus|pengen nggawe akte|bapakku wis ora ono",
    "fetch": "siapa yang boleh ambil|boleh diambil orang lain?|bisa diwakilkan|boleh diwakilkan suami"
    "|titip tetangga bisa"
    "|harus datang sendiri?|pakai surat kuasa?|sapa sing oleh njupuk|sapa sing kena njupuk?|oleh diwakilke ora"
    "|saged dipunwakilaken?|sinten ingkang saged mundhut|menapa kedah rawuh piyambak|oleh dijupukke bojo"
    "|siapa yang ambil berkas ke kecamatan?|siapa yang ambil nanti?|yang ambil siapa|sinten ingkang mundhut KK kula"
    "|KTP bisa diantar?|tolong diantarkan ke rumah|saged dipunteraken dhateng griya|do you deliver to my home"
    "|bawa apa waktu ambil|kula mbekta menapa|nggawa apa|kode ambil apa|kode saya hilang|lupa kode|kodene apa"
    "|siapa saja boleh ambil|punapa saged dipunpendhet anak kula|suami bisa ambilkan|yang dibawa apa|who may fetch it"
    "|can my brother pick it up|bisa diantar ke rumah?|saged dipunteraken|can you deliver it"
    "|saya difabel, tidak bisa ke kantor|mboten saged dhateng kantor amargi sakit"
    "|I cannot come, I am bedridden|I can't come"
    "|nenek ga bisa jalan|boleh nitip tetangga|sapa sing iso njupuk|siapa yang bisa ambil"
    "|suami saya yg ambil bisa?|kulo saget nitip|ibu ga bisa jalan|hrs sendiri ya|can someone else collect it",
    "wrong": "salah nama di kk|nama saya salah tulis|data di ktp salah|jenengku klentu|asma kula lepat ing kk"
    "|nama di akta beda dengan ijazah|naminipun klentu|jeneng salah nang kk|salah tulis tanggal lahir|ejaan nama salah"
    "|my name is wrong on the family card"
    "|status masih belum kawin padahal sudah|di kk tertulis belum kawin"
    "|tanggal lahirku kliru|kok statusnya belum kawin",
    "stop": "berhenti|STOP|stop dong|brhenti|jgn kirim lagi|jgn kabari lagi|tdk usah dikirimi lagi|mandheg"
    "|unsubscribe|berhentiiii|ampun dipunkintuni malih"
    "|ampun dikabari malih|jangan spam|unsub|jgn ganggu saya",
    "help": "bantuan|bantuan dong|help|caranya gimana?|tlg pak|mau tanya|pripun carane|bgmn|apa ini"
    "|nyuwun pitulungan|ora mudeng blas|ini bot apa|siapa ini|sinten niki|jek duk itu apa|who are you|hp rusak"
    "|no hp petugas|mau ngomong sama orang|tlp kantor brp|nomor telepon kantor|nyuwun pirsa|call me"
    "|can I speak to a human|ini robot ya"
    "|cs|operator|bot",
    "thanks": "terima kasih|makasih bnyk|Terimakasih ya|trims|tks|thx|matur nuwun sanget|suwun|thank you|ok|siap|nggih"
    "|terima kasih sudah dibantu|matur sembah nuwun|mantap|Alhamdulillah|sami-sami"
    "|terima kasih, semoga almarhum tenang"
    "|great|hatur nuhun",
    "cost": "brp biayanya?|ongkosnya berapa|mbayar pira|ragadipun pinten|bayar berapa|gratis?"
    "|regine pinten|regane piro|rego|how much"
    "|wragadipun pinten|how much do i pay|diminta 50rb sama petugas|kok disuruh bayar|pinten artanipun"
    "|the officer wants 50.000|petugas minta 100k|dijaluki 50.000|katanya Rp 25.000"
    "|ongkir berapa|dijaluki 50ewu|dijaluk seket ewu|petugas minta rokok|perangkate njaluk amplop|lewat calo",
    "hours": "jam buka|kantor buka kapan?|besok buka?|sabtu buka ga|hari ini tutup?|tanggal 24 libur?"
    "|bikak tabuh pinten|jam brp pak|when is the office open"
    "|kantor buka jam berapa|hari ini buka?|bukak jam piro|dina iki bukak ora|dinten menika bikak?"
    "|kapan buka|kapan bukanya|bukanya jam brp"
    "|alamat|alamat kantor|address|dimana kantor kecamatan|alamat kantornya dmn",
    "lost": "nomor resi hilang|nomer kulo ical|lupa nomornya|resine ilang|lost my receipt|hilang"
    "|resi ketinggalan|resi ketlingsut|resi saya sobek|slip basah|nomor resi gak kebaca|kesupen nomeripun|lali nomere"
    "|nomor resinya berapa|tidak punya nomor resi|ora duwe nomer resi|ndak ada resinya",
    "greeting": "halo|haloooo|Assalamu'alaikum wr wb|asslm|selamat pagi|kulo nuwun|nuwun sewu|P|permisi|hi"
    "|good morning|kulonuwun|waalaikumsalam"
    "|start|mulai",
    "work": "tugas|tugas saya",
    "language": "ganti bahasa|bahasa jawa dong|Bahasa Inggris|ngagem basa krama|english please|change language"
    "|boso jowo",
    "cancel": "saya mau batal|batalkan permohonan saya|dibatalkan saja|urungkan|saya salah tekan|kepencet|wurung mawon"
    "|please cancel my request|undo",
    "privacy": "data saya aman?|data kula aman?|aman gak datanya"
    "|siapa yang lihat data saya|siapa yang bisa lihat data saya|takut data bocor"
    "|sinten ingkang saged mirsani|who can see my number",
    "genuine": "ini penipuan ya|apa ini resmi|hoax bukan|ini beneran dari kecamatan?|niki leres saking kecamatan?"
    "|aja diapusi|is this a scam"
    "|is this real?",
    "forget": "hapus data saya|tolong hapus nomor ini|delete my data|busak",
}


@pytest.mark.parametrize(
    "said, meant", [(said, meaning) for meaning, all_said in SAID.items() for said in all_said.split("|")]
)
def test_plain_words_are_understood_however_they_are_shortened(said: str, meant: str):
    assert meaning_of(said, names_a_need=bool(named_in(said, everyday(WORKFLOW)))) == meant


@pytest.mark.parametrize(
    "said",
    [
        "🙏",
        "asdf",
        "",
        "Tlogopakis",
        "a" * 4096,
        "…",
        "iya",
        "tidak",
        "wkwkwk",
        "bukan saya",
        "tidak punya HP android",
        "maaf",
        "ban bocor",
        "linknya ga bisa jalan",
        "sapa sing iso ndandani",
    ],
)
def test_what_nobody_understands_means_nothing(said: str):
    assert meaning_of(said) is None


@pytest.mark.parametrize(
    "said, meant",
    [
        ("nitip salam pak", "greeting"),
        ("would be nice if you hurry", None),
        ("siapa yang bisa bantu saya", "help"),
        ("who can help me", "help"),
        ("saya belum kawin, mau bikin kk syaratnya apa", "when"),
    ],
)
def test_what_is_said_of_something_else_is_no_fetching_no_thanks_and_no_mistake(said: str, meant: str | None):
    assert meaning_of(said) == meant


def phrases(kind: Kind) -> list[str]:
    return [phrase.rstrip("*") for one in (kind, *PARTS.get(kind, ())) for phrase in vocabulary()[one]]


@pytest.mark.parametrize("rule", RULES, ids=[rule.example for rule in RULES])
def test_each_rule_applies_to_its_example_before_any_other(rule: Rule):
    heard = plain_words._kinds(plain_words._plain(rule.example))
    assert next(one for one in RULES if one.applies(heard)) is rule


def test_every_word_that_means_something_is_understood_as_it_stands():
    for rule in RULES:
        for kind in rule.kinds if len(rule.kinds) == 1 else ():
            for phrase in phrases(kind):
                assert meaning_of(phrase) in (rule.said, "when", *([None] if rule.said == "yes" else [])), phrase


def test_whoever_says_what_is_to_be_done_to_a_document_reads_what_to_bring():
    for phrase in phrases("change") + phrases("new"):
        assert meaning_of(f"{phrase} kk") == "needs", phrase
    for phrase in phrases("office"):
        assert meaning_of(f"{phrase} dmn") == "hours", phrase


async def test_who_follows_hears_where_it_is_and_has_their_own_numbers_as_buttons(town: Town):
    (card,) = await town.files("KK")
    await town.follows(town.sari, card.number)
    assert "Berkas di kantor desa Tlogopakis" in await town.sari.says("sdh jadi blm?")
    (other,) = await town.files("KTP")
    await town.follows(town.sari, other.number)
    for said in ("kapan jadi?", "makasih", "nomer hilang", "asdf", "/start", "biaya?"):
        await town.sari.says(said)
        assert {f"KK · {grouped(card.number)}", f"KTP-el · {grouped(other.number)}"} <= set(town.sari.buttons), said
    await town.sari.taps(grouped(card.number))
    assert "Nomor yang Bapak/Ibu ikuti" in await town.sari.taps("Semua nomor saya")


async def test_who_did_not_get_one_of_several_is_asked_which(town: Town):
    (card,) = await town.files("KK")
    await town.follows(town.sari, card.number)
    assert "Berkas di kantor desa" in await town.sari.says("belum terima")  # there is but one
    (other,) = await town.files("KTP")
    await town.follows(town.sari, other.number)
    asked = await town.sari.says("belum terima")
    assert asked.startswith("Yang mana yang belum diterima?")
    assert "paling lambat" not in asked
    assert set(town.sari.buttons) == {f"KTP-el · {grouped(other.number)}", f"KK · {grouped(card.number)}"}


async def test_who_wants_a_paper_reads_what_to_bring_and_where_to(town: Town):
    wanted = await town.sari.says("saya mau bikin ktp")
    assert "Syarat KTP-el:\n• fotokopi KK" in wanted
    assert "kantor desa" in wanted
    assert await town.sari.says("bikin ktp di mana") == wanted
    assert "KIA" not in wanted
    assert "Syarat Akta lahir:\n• surat keterangan lahir" in await town.sari.says("syarat akte kelahiran apa saja")
    assert "Tulis misalnya: syarat KK" in await town.sari.says("syaratnya apa saja?")
    (card,) = await town.files("KK")
    await town.follows(town.sari, card.number)
    assert "Syarat KK:" in await town.sari.says("syarat kk apa saja")
    assert "Berkas di kantor desa" in await town.sari.taps("Semua nomor saya")


async def test_who_asks_when_it_is_open_reads_the_hours_and_the_next_days_off(town: Town):
    town.clock = WORKFLOW.calendar.opening(date(2026, 12, 22))
    said = await town.sari.says("besok buka?")
    assert "Loket kecamatan Petungkriyono:\nBuka Senin sampai Kamis 08.00–14.00, Jumat 08.00–10.30." in said
    assert "Buka terdekat: Selasa 22 Des 08.00–14.00." in said
    assert "Tutup: Kamis 24 Des" in said


async def test_who_may_fetch_and_with_what_is_told(town: Town):
    said = await town.sari.says("boleh diwakilkan suami?")
    assert "membawa resi dan menyebut kode ambil" in said
    assert "Boleh diambilkan keluarga atau tetangga. Hanya rekam data harus datang sendiri. Gratis." in said


async def test_a_stranger_who_asks_how_long_it_takes_reads_what_is_promised(town: Town):
    said = await town.sari.says("berapa lama?")
    assert said.startswith("Dijanjikan: 2–4 hari kerja dari didaftarkan sampai siap.")
    assert "12 angka di kertas resi" in said


@pytest.mark.parametrize(
    "said, first",
    [
        ("suami saya meninggal", ["Turut berduka cita.", "Syarat Akta kematian:"]),
        ("bapak seda", ["Turut berduka cita.", "Syarat Akta kematian:"]),
        ("anak baru lahir", ["Syarat Akta lahir:"]),
        ("mau pindah", ["Syarat Pindah:"]),
        ("mau nikah", ["Syarat KK:"]),
        ("rekam data dmn", ["Syarat KTP-el:"]),
        ("ktp anak syarate", ["Syarat KTP-el:"]),
    ],
)
async def test_who_says_what_happened_reads_what_to_bring_for_it(town: Town, said: str, first: list[str]):
    assert (await town.sari.says(said)).splitlines()[: len(first)] == first
    (card,) = await town.files("KK")
    await town.follows(town.sari, card.number)
    assert (await town.sari.says(said)).splitlines()[: len(first)] == first  # and it is no name for that number


@pytest.mark.parametrize(
    "said, first",
    [("suami saya meninggal", "Akta kematian"), ("bayi lahir wingi", "Akta lahir"), ("mau pindah", "Pindah")],
)
async def test_what_happened_is_understood_where_a_district_file_has_no_everyday_words(tmp_path, said, first):
    bare = replace(DISTRICT, types=tuple(replace(one, called=()) for one in DISTRICT.types))
    async with Town.open(tmp_path, Workflow(bare)) as town:
        heard = await town.sari.says(said)
    assert f"Syarat {first}:" in heard
    assert ("berduka cita" in heard) == ("meninggal" in said)


@pytest.mark.parametrize("said", ["nomornya salah", "salah nomor"])
async def test_of_a_number_that_is_wrong_the_right_kind_is_shown(town: Town, said: str):
    assert "12 angka di kertas resi" in await town.sari.says(said)
