"""Buttons and views are values: made of their own fields, and never changed."""

from dataclasses import FrozenInstanceError

import pytest

from handlers.documents.views import DocumentView


@pytest.mark.parametrize("values", [(), (5, 6)], ids=["too few", "too many"])
def test_a_view_is_made_of_its_own_fields(values: tuple[int, ...]):
    with pytest.raises(TypeError, match="DocumentView has these fields: document"):
        DocumentView(*values)
    with pytest.raises(TypeError, match="DocumentView has these fields: document"):
        DocumentView(document=5, home=6)  # type: ignore[call-arg]  # wrong on purpose


def test_a_view_never_changes():
    with pytest.raises(FrozenInstanceError):
        DocumentView(5).document = 6  # type: ignore[misc]  # wrong on purpose
