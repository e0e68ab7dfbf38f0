"""What the code on a letter leads to where there are pages: whoever holds the letter checks it, without Telegram."""

from handlers.attestations.buttons import SendLetter
from storage.attestations import letters
from tests.paper import scanner
from tests.paper.test_printed_in_chat import files
from tests.town import Town
from tests.web.test_pages import browsers


async def test_a_letter_is_checked_in_a_browser_without_a_session(town: Town):
    async with browsers(town) as [browser, _]:
        (card,) = await town.files("KK")
        await town.ningsih.forges(SendLetter(card.number))
        [code] = scanner.codes(files(town.ningsih)[-1])
        path = code.text.removeprefix(browser.url)
        status, said = await browser.sees(path)
        assert (status, "Surat ini dari kami" in said, "Tlogopakis" in said) == (200, True, True)
        assert "Content-Security-Policy" in browser.headers


async def test_a_letter_that_is_not_ours_is_told_so(town: Town):
    async with browsers(town) as [browser, _]:
        (card,) = await town.files("KK")
        async with town.storage.transaction() as tx:
            _, reference = await letters.issue(tx, [card], town.clock)
        status, said = await browser.sees(f"/verify/{reference[:-1]}{'a' if reference[-1] != 'a' else 'b'}")
        assert (status, "bukan dari kami" in said, "Tlogopakis" in said) == (404, True, False)
