"""A small stage for each test of the pretend Telegram."""

import pytest

from tests.sandbox.stage import Stage


@pytest.fixture
def stage() -> Stage:
    return Stage()
