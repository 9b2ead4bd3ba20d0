"""Notes of the search say the same on the pages of every language."""

from __future__ import annotations

import pytest

from api.i18n import Words, catalogue
from search.notes import WORDS, Note


def test_the_pages_know_every_note() -> None:
    vietnamese = {key.removeprefix("note."): text for key, text in catalogue("vi").items() if key.startswith("note.")}
    assert vietnamese == dict(WORDS)


@pytest.mark.parametrize("code", WORDS)
def test_a_note_is_its_vietnamese_text_and_knows_more(code: str) -> None:
    note = Note(code, most=7, text="<b>{x}")
    assert note == WORDS[code].format(most=7, text="<b>{x}")
    assert Words("en")(f"note.{note.code}", **note.values) != note
