"""A district that wants a second factor."""

from storage.workflow import Workflow
from tests.town import DISTRICT

ABOUT = DISTRICT.district.model_copy(update={"second_factor": True})
WANTS_CODES = Workflow(DISTRICT.model_copy(update={"district": ABOUT}))
