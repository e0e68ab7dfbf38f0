"""The courier's day once more, without any signal from 08.00 to 14.00: a photograph of the slips at each stop, with the
time under it, waits on the phone. All of them arrive at once, and each card has one button.
"""

from collections.abc import Iterable

from storage.records import Document
from tests.days.test_courier_day import VILLAGES, issued, one_was_left_behind
from tests.days.thumb import HOUR, Thumb, lie, morning_comes, places
from tests.handlers.test_photographs import slips
from tests.town import Town


async def test_a_day_without_signal_takes_24_messages_and_taps(town: Town):
    joko, rina, budi = Thumb(town.joko), Thumb(town.rina), Thumb(town.budi)
    births = [one for v in VILLAGES for one in await lie(town, "filed", 2, v, types=("KK", "KTP", "AKL"))]
    cards = await lie(town, "filed", 4, *VILLAGES)
    incomplete, lost, left_behind = cards[0], cards[-1], births[-1]
    to_record = next(one for one in cards if one.village == "simego")
    await town.follows(town.sari, cards[1].number)
    await town.follows(town.paijo, left_behind.number)
    await morning_comes(town)
    await town.passes(6 * HOUR - 600)  # 14.00, and there is signal
    carried = [one for one in (*births, *cards) if one != to_record]
    await all_of_it_arrives(joko, carried, incomplete)
    await one_of_them_waits(joko, to_record)
    assert town.sari.screen.startswith("Diterima Disdukcapil: ")
    assert len(town.sari.heard) == 1  # what was overtaken is no news
    await the_desk_returns(rina, incomplete)
    await issued(budi)
    await and_back(joko, rina, lost)
    await one_was_left_behind(rina, left_behind)
    assert await places(town) == {"ready_at_district": 27, "issued": 1, "returned": 1, "filed+": 1}
    assert (await town.document(lost)).stage == "ready_at_district"
    assert joko.cost == (8, 16)
    said = [text.split(":")[0] for text in town.sari.heard]
    assert said[0] == "Diterima Disdukcapil"
    assert said[1] == "Terbit"
    assert said[-1].startswith("Siap diambil")


async def all_of_it_arrives(joko: Thumb, carried: list[Document], incomplete: Document) -> None:
    """Six photographs of six stops; each card says which leg it is, and when that was."""
    onward = [one for one in carried if one != incomplete]
    stops = [
        *(([one for one in carried if one.village == v], f"jam {8 + i}.30") for i, v in enumerate(VILLAGES)),
        (carried, "jam 11.00"), (onward, "jam 11.15"), (onward, "jam 13.00"),
    ]  # fmt: skip
    for papers, time in stops:
        joko.messages += 1
        joko.who.phone.photo(slips(once(papers)), time)
    await joko.who.town.settled()
    legs = ["Bawa ke kecamatan"] * 3 + ["Serahkan di kecamatan", "Bawa ke Disdukcapil", "Serahkan di Disdukcapil"]
    heard = [seen for seen in joko.who.phone.heard if seen.buttons][-6:]
    assert [seen.text.partition(" · ")[0] for seen in heard] == legs
    for seen in heard:
        joko.taps += 1
        joko.who.phone.tap(next(label for label in seen.buttons if "✅" in label), message=seen.id)
        await joko.who.town.settled()
    await joko.who.town.grace()


def once(papers: Iterable[Document]) -> list[Document]:
    """A paper of each slip."""
    return list({one.number: one for one in papers}.values())


async def one_of_them_waits(joko: Thumb, to_record: Document) -> None:
    await joko.says(to_record.number)
    await joko.does("⏸ Tunda", "Datang sendiri, rekam data", "✅ Tunda 1 berkas")
    await joko.who.town.grace()


async def the_desk_returns(rina: Thumb, incomplete: Document) -> None:
    await rina.says(incomplete.number)
    await rina.does("Belum lengkap …", "☐ KK lama bila ada", "✅ Kirim ke desa")
    await rina.who.town.grace()


async def and_back(joko: Thumb, rina: Thumb, lost: Document) -> None:
    """With signal again, by taps. The desk counts one too few; it is at the bottom of the bag."""
    town = joko.who.town
    await joko.says("/tugas")
    await joko.does("Jemput dari Disdukcapil (28)", "Semua desa (28)", "✅ 28 berkas")
    await town.passes(2 * HOUR)
    await joko.does("🛵 Pulang ke kecamatan (28)", "✅ 28 berkas")
    await town.grace()
    await rina.does("Ada yang kurang")
    await rina.unticks(lost)
    await rina.does("27 ada; 1 dicari yang membawa")
    await town.grace()
    assert (await town.document(lost)).hold == "tracing"
    await joko.does("🔎", "✅ Pulang ke kecamatan")
    assert (await town.document(lost)).hold is None
