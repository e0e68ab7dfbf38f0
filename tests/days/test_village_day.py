"""A village officer's day: she files, takes down what was filed, fetches what is ready, lays it out and hands it over.

One filing was one too many, and one tap is taken back.
"""

from collections import Counter

from storage.records import Document
from tests.days.thumb import HOUR, Thumb, lie, morning_comes, places
from tests.town import Town


async def test_a_village_officers_day_takes_four_messages_and_26_taps(town: Town):
    warni = Thumb(town.warni)
    family = await lie(town, "ready_at_district", 1, "tlogopakis", types=("KK", "KIA"))
    ready = [*family, *await lie(town, "ready_at_district", 5, "tlogopakis", types=("KTP",))]
    await lie(town, "filed", 2, "tlogopakis", types=("AKL",))
    await town.follows(town.sari, family[0].number)
    await town.follows(town.paijo, ready[-1].number)
    await morning_comes(town)
    await files(warni)
    await down_and_back(warni, ready[-1])
    await hands_over(warni, family, ready[2])
    assert await places(town) == Counter(
        to_district=6, cancelled=1, ready_at_district=1, ready_at_village=3, handed_over=3
    )
    assert warni.cost == (4, 26)


async def files(warni: Thumb) -> None:
    """A birth's papers, a death's, and a family card once more by mistake, which is withdrawn."""
    await warni.says("/baru")
    await warni.does("☐ KK", "☐ KIA", "✅ Daftarkan", "Daftarkan lagi", "☐ Akta kematian", "☐ KK", "✅ Daftarkan")
    await warni.does("Daftarkan lagi", "☐ KIA", "✅ Daftarkan", "Sama: batalkan yang ini")


async def down_and_back(warni: Thumb, forgotten: Document) -> None:
    """Down with what was filed; back with what is ready, of which one was not to be found after all."""
    town = warni.who.town
    await warni.says("/tugas")
    await warni.does("Bawa ke kecamatan (6)", "✅ Bawa ke kecamatan (6)", "Tugas berikutnya")
    await town.passes(HOUR)
    await warni.does("Jemput di kecamatan (7)", "✅ Jemput di kecamatan (7)", "↩ Urungkan", "Buka lagi")
    await warni.unticks(forgotten)
    await warni.does("✅ Jemput di kecamatan (6)")
    await town.grace()
    await town.passes(HOUR)
    await warni.does("🛵 Siapkan di kantor desa (6)", "✅ Siapkan di kantor desa (6)")
    await town.grace()
    assert "Siap diambil di kantor desa Tlogopakis" in town.sari.screen
    assert town.paijo.heard == []  # whose card is still at the district office


async def hands_over(warni: Thumb, family: list[Document], other: Document) -> None:
    """A family comes for its two papers, a neighbour for a third."""
    town = warni.who.town
    await warni.says(family[0].number)
    await warni.does("Serahkan ke warga", "✅ Pemohon sendiri")
    await warni.says(other.number)
    await warni.does("Serahkan ke warga", "✅ Tetangga")
    await town.grace()
    assert "diserahkan" in town.sari.screen
    assert "Diambil pemohon sendiri. Belum menerima?" in town.sari.screen
    assert len(town.sari.heard) == 3
