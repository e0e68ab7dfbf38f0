"""Processes that start at once after the words were edited."""

import shutil
from typing import Any

from babel.messages import mofile

from locales import CATALOGS, compile


def test_two_that_compile_the_words_at_once_both_end_well(tmp_path, monkeypatch):
    for source in CATALOGS.glob("*/LC_MESSAGES/*.po"):
        copy = tmp_path / source.relative_to(CATALOGS)
        copy.parent.mkdir(parents=True)
        shutil.copy(source, copy)
    write = mofile.write_mo

    def overtaken(file: Any, catalog: Any) -> None:
        monkeypatch.setattr(compile, "write_mo", write)
        compile.compile_all(tmp_path)
        write(file, catalog)

    monkeypatch.setattr(compile, "write_mo", overtaken)
    assert compile.compile_all(tmp_path) == 3
    written = [compiled.read_bytes()[:4] for compiled in tmp_path.rglob("jekduk.mo")]
    assert written == [b"\xde\x12\x04\x95"] * 3
    assert list(tmp_path.rglob("*.tmp")) == []
