"""A district whose names are long, and hold what HTML would take for its own."""

from dataclasses import replace
from typing import Any

from storage.workflow import Workflow
from tests.gallery import DISTRICT

_ODD: dict[str, Any] = {"en": "Card & <b>more</b>", "id": "Kartu & <i>", "jv": "Kartu < Kartu"}
ODD = Workflow(
    replace(
        DISTRICT,
        district=replace(DISTRICT.district, name="Petung & <Kriyono>"),
        villages=tuple(replace(one, name=f"{one.name} & <{one.name}>") for one in DISTRICT.villages),
        types=tuple(
            replace(one, **_ODD, short="K&K <i>", needs={"id": ("KK & <b>",) * 9, "en": ("a > b",)})
            for one in DISTRICT.types
        ),
        holds=tuple(replace(one, **_ODD) for one in DISTRICT.holds),
        exits=tuple(replace(one, **_ODD) for one in DISTRICT.exits),
    )
)
