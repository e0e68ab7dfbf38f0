"""`print`: the same sheets as from the chat, into a file."""

import pytest

from handlers.wording.links import number_link
from storage import open_storage
from tests.cli.shell import Shell
from tests.paper import scanner
from tests.town import WORKFLOW, Town, migrated


@pytest.fixture
async def filed(shell: Shell) -> list[str]:
    """The numbers of five requests in the register of this shell."""
    url = shell.env["DATABASE_URL"]
    await migrated(url)
    storage = await open_storage(url)
    town = Town(storage, WORKFLOW)
    numbers = [(await town.files("KK"))[0].number for _ in range(5)]
    await storage.close()
    return numbers


async def test_slips_are_printed_into_a_file(shell, reached, filed):
    code, said = await shell.run("print", "slip", *filed, "--four", "--out", "slips.pdf", **reached)
    assert (code, said.split(":")[0]) == (0, "slips.pdf")
    read = scanner.codes((shell.folder / "slips.pdf").read_bytes())
    assert [code.text for code in read] == [number_link("jekduk_bot", number) for number in filed]


async def test_booklet_board_manifest_and_poster_are_printed(shell, reached, filed):
    booklet = "booklet --village tlogopakis --count 5"
    for words in (booklet, "board --village Tlogopakis", "manifest --stage filed --village tlogopakis", "poster"):
        code, said = await shell.run("print", *words.split(), "--out", "out.pdf", **reached)
        assert code == 0, said
        assert (shell.folder / "out.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    "words, mend",
    [
        ("slip", "write the receipt numbers behind it"),
        ("slip 563185915492", "not filed: 5631 8591 5492"),
        ("slip 563185915493 123", "no receipt number: 563185915493, 123"),
        ("poster --out jekduk.db", "jekduk.db is the database itself"),
        ("manifest", "write --stage and one of filed,"),
        ("board", "write --village and its name"),
        ("booklet", "write --village and its name"),
        ("board --village Kajen", "one of Simego,"),
        ("poster 563185915492", "receipt numbers: no poster heeds that"),
        ("poster --village Simego", "--village: no poster heeds that"),
        ("booklet --village Simego --four", "--four: no booklet heeds that"),
        ("board --village Simego --stage filed", "--stage: no board heeds that"),
        ("manifest --stage filed --count 5", "--count: no manifest heeds that"),
        ("slip 563185915492 --village Simego", "--village: no slip heeds that"),
        ("poster --out /nowhere/poster.pdf", "write another file"),
    ],
)
async def test_what_cannot_be_printed_is_a_sentence_and_code_2(shell, reached, filed, words, mend):
    code, said = await shell.run("print", "--out", "out.pdf", *words.split(), **reached)
    assert (code, mend in said) == (2, True), said
    assert not (shell.folder / "out.pdf").exists()


async def test_a_village_with_many_slips_left_gets_no_more(shell, reached, filed):
    words = ("print", "booklet", "--village", "Simego", "--count", "200", "--out")
    assert (await shell.run(*words, "one.pdf", **reached))[0] == 0
    assert len(scanner.codes((shell.folder / "one.pdf").read_bytes(), dots=200)) == 200
    code, said = await shell.run(*words, "two.pdf", **reached)
    assert (code, "a village may have 200 slips" in said) == (2, True)
