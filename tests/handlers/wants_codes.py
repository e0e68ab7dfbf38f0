"""A district that wants a second factor."""

from dataclasses import replace

from storage.workflow import Workflow
from tests.town import DISTRICT

ABOUT = replace(DISTRICT.district, second_factor=True)
WANTS_CODES = Workflow(replace(DISTRICT, district=ABOUT))
