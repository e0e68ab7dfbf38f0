"""A district whose names are long, and hold what HTML would take for its own."""

from storage.workflow import Workflow
from tests.gallery import DISTRICT

_ODD = {"en": "Card & <b>more</b>", "id": "Kartu & <i>", "jv": "Kartu < Kartu"}
ODD = Workflow(
    DISTRICT.model_copy(
        update={
            "district": DISTRICT.district.model_copy(update={"name": "Petung & <Kriyono>"}),
            "villages": tuple(
                one.model_copy(update={"name": f"{one.name} & <{one.name}>"}) for one in DISTRICT.villages
            ),
            "types": tuple(
                one.model_copy(
                    update={**_ODD, "short": "K&K <i>", "needs": {"id": ("KK & <b>",) * 9, "en": ("a > b",)}}
                )
                for one in DISTRICT.types
            ),
            "holds": tuple(one.model_copy(update=_ODD) for one in DISTRICT.holds),
            "exits": tuple(one.model_copy(update=_ODD) for one in DISTRICT.exits),
        }
    )
)
