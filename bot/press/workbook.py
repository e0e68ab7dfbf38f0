"""A workbook of tables, each on a sheet of its own."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook  # type: ignore[import-untyped]  # it tells no types

WIDEST = 40  # characters of a column


def draw(sheet: Mapping[str, Any]) -> bytes:
    """The XLSX. Texts stay texts: a name that begins as a formula does is none."""
    into = BytesIO()
    with Workbook(into, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold = book.add_format({"bold": True})
        for table in sheet["sheets"]:
            page = book.add_worksheet(table["name"][:31])
            page.freeze_panes(1, 1)
            page.write_row(0, 0, table["columns"], bold)
            for place, row in enumerate(table["rows"], 1):
                page.write_row(place, 0, row)
            for place, column in enumerate(zip(table["columns"], *table["rows"], strict=True)):
                page.set_column(place, place, min(WIDEST, 2 + max(len(str(cell)) for cell in column)))
    return into.getvalue()
