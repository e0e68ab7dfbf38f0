"""A wrong district file is refused with the line, the key and what to write instead."""

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import district
from storage.district import WrongFile, load, parse
from storage.district.consistency import loose_ends
from storage.district.toml_lines import lines, shown

SHIPPED = district.SHIPPED.read_text("utf-8")


def edited(old: str, new: str) -> tuple[str, int]:
    """The shipped file with one edit, and the line in which the edit begins."""
    assert old in SHIPPED
    before, _, after = SHIPPED.partition(old)
    return before + new + after, before.count("\n") + 1


def faults(text: str) -> list[str]:
    with pytest.raises(WrongFile) as caught:
        parse(text)
    return str(caught.value).splitlines()


def test_the_shipped_file_is_right():
    assert parse(SHIPPED) == load()
    assert list(loose_ends(load())) == []


def test_an_original_that_nothing_asks_for_is_no_original():
    text, _ = edited('originals = ["kk", "ktp"]', 'originals = ["kk"]')
    [fault] = faults(text)
    assert "originals[2].key: 'ktp' is asked for by no kind of document" in fault


TABLE = tomllib.loads((Path(__file__).parent / "mistakes.toml").read_text("utf-8"))


@pytest.mark.parametrize("row", TABLE["wrong"], ids=lambda row: row["new"][:30])
def test_one_wrong_word_is_shown_where_it_stands(row):
    text, line = edited(row["old"], row["new"])
    [fault] = faults(text)
    assert fault.startswith(f"line {line}: {row['path']}: {row['message']}")


@pytest.mark.parametrize("row", TABLE["missing"], ids=lambda row: row["path"])
def test_what_is_missing_is_named_where_it_belongs(row):
    text, line = edited(row["old"] + "\n", "")
    [fault] = faults(text)
    at, path, message = fault.split(": ", 2)
    assert path == row["path"]
    assert message.startswith(f"is missing; {row['message']}")
    assert 0 < line - int(at.removeprefix("line ")) < 12


@pytest.mark.parametrize(
    "text", ["TOKEN=710000000:AAsecret\n", "710000000:AAsecret\n", "\nURL=postgresql://u:AAsecret@h/d"]
)
def test_of_what_is_no_district_file_at_all_nothing_is_quoted(text):
    [fault] = faults(text)
    assert fault.endswith("this is no district file; name yours, or leave DISTRICT_FILE out")
    assert "secret" not in fault


def test_a_road_leads_from_somewhere_to_somewhere():
    text, line = edited("[starts]", 'tiny = ["filed"]\n[starts]')
    [short, *_] = faults(text)
    assert short == f"line {line}: routes.tiny: is too short; write at least two stages, the first and the last"


def test_a_stage_lies_on_a_road():
    text = SHIPPED.replace('"issued", "from_registry", ', '"issued", ', 1)
    [fault] = faults(text)
    assert fault.endswith(
        "stages[6].key: 'from_registry' is on no road; write it into a list under [routes], or remove it"
    )


@pytest.mark.parametrize("table", ["district", "hours", "villages", "routes", "starts", "stages", "types"])
def test_a_file_without_a_table_is_told_which(table):
    assert any(f": {table}: is missing; write" in fault for fault in faults("[nothing]\n"))


@pytest.mark.parametrize("row", TABLE["unreadable"], ids=lambda row: row["new"][:30])
def test_what_is_no_toml_is_shown_with_its_line_and_advice(row):
    text, line = edited(row["old"], row["new"])
    [fault] = faults(text)
    assert fault.startswith(f"line {line}: {row['message']}")
    assert fault.endswith(f"({row['new']})")


@pytest.mark.parametrize(
    "written",
    [
        "1" + "0" * 400, "9" * 5000, f"0x{'f' * 5000}", "nan", "inf", "[" * 5000, f"[{'[' * 300}{']' * 300}]",
        f"1\n{'a.' * 5000}a = 1",
    ],
    ids=["400 digits", "5000 digits", "as many in hex", "nan", "inf", "deep", "less deep", "dots"],
)  # fmt: skip
@pytest.mark.parametrize("key", ["notice_grace", "followers", "name"])
def test_whatever_stands_there_is_answered_with_a_sentence(key, written):
    text = re.sub(rf"(?m)^{key} = .*$", lambda _: f"{key} = {written}", SHIPPED, count=1)
    assert all(len(fault) < 600 for fault in faults(text))


def test_every_fault_is_named_at_once_in_the_order_of_the_file():
    text = SHIPPED.replace('place = "village"', 'place = "desa"').replace('zone = "Asia/Jakarta"', 'zone = "x"')
    numbers = [int(fault.split(":")[0].removeprefix("line ")) for fault in faults(text)]
    assert len(numbers) == 3
    assert numbers == sorted(numbers)


def test_days_off_can_be_written_with_quotes_or_without():
    days = [
        parse(SHIPPED.replace("extra_days_off = []", f"extra_days_off = [{day}]")).district.extra_days_off
        for day in ('"2026-12-31"', "2026-12-31")
    ]
    assert days[0] == days[1]


def test_the_names_of_district_and_registry_are_put_into_the_words():
    district = parse(SHIPPED.replace('name = "Petungkriyono"', 'name = "Lebakbarang"'))
    ready = next(stage for stage in district.stages if stage.key == "ready_at_district")
    assert ready.en.now == "Ready at the Lebakbarang kecamatan office"
    assert "Petungkriyono" not in repr(district.stages)
    assert "{registry}" not in repr(load())


def test_a_file_from_notepad_is_read(tmp_path: Path):
    (tmp_path / "own.toml").write_text(SHIPPED.replace("\n", "\r\n"), "utf-8-sig")
    assert load(tmp_path / "own.toml") == load()


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"], ids=["not there", "not text"])
def test_a_file_that_cannot_be_read_is_a_wrong_file(tmp_path: Path, content):
    if content:
        (tmp_path / "own.toml").write_bytes(content)
    with pytest.raises(WrongFile, match=r"cannot be read \(.*\); name a district file"):
        load(tmp_path / "own.toml")


def test_a_file_that_is_none_or_has_no_end_is_not_read_to_it(tmp_path: Path):
    with pytest.raises(WrongFile, match="is no file"):
        load(Path("/dev/zero"))
    with (tmp_path / "own.toml").open("wb") as opened:
        opened.truncate(2**34)  # nothing is written, nor is there room for it
    with pytest.raises(WrongFile, match="is larger than 1024 KiB"):
        load(tmp_path / "own.toml")


LINES = SHIPPED.splitlines()
edits = st.tuples(
    st.integers(0, len(LINES) - 1), st.sampled_from(["", "x = 1", "[[stages]]", "key = 5", '"', "by = [{}]"])
)


@given(st.lists(edits, min_size=1, max_size=3))
def test_whatever_is_done_to_it_the_answer_is_a_sentence_with_a_line(changes):
    broken = list(LINES)
    for place, line in changes:
        broken[place] = line
    try:
        parse("\n".join(broken))
    except WrongFile as error:
        for fault in str(error).splitlines():
            assert re.match(r"line \d+: ", fault)
            assert (
                "write" in fault
                or "remove" in fault
                or "closed" in fault
                or "only one" in fault
                or "after" in fault
                or "begins" in fault
                or "stands" in fault
            )
            assert not re.search("Field required|Extra inputs|Input should|String should|pydantic", fault)


def test_where_things_stand():
    text = 'a = 1\n[b]\nc = [\n  "x", # ,\n  ["y", "z"],\n]\n[[d]]\ne = { f = "g, [", h = 2 }\n'
    text += '[[d]]\n"i j" = """\n[k]\n"""\nl.m = 3'
    found = {shown(path): line for path, line in lines(text).items()}
    assert found == {
        "a": 1, "b": 2, "b.c": 3, "b.c[0]": 4, "b.c[1]": 5, "b.c[1][0]": 5, "b.c[1][1]": 5, "d": 7, "d[0]": 7,
        "d[0].e": 8, "d[0].e.f": 8, "d[0].e.h": 8, "d[1]": 9, "d[1].i j": 10, "d[1].l.m": 13,
    }  # fmt: skip
