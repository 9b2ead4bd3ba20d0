"""What is shown of a task points at the words it was read from, in every letter of the corpus."""

from __future__ import annotations

import pytest

from corpus.specimen import Specimen, letters
from nlp.dispatch import understand
from nlp.normalise import fold
from nlp.reading import page_of_string
from nlp.types import Named


def words(text: str) -> list[str]:
    return [word for part in fold(text).split() if (word := part.strip(" .,;:()\"“”-–/*"))]


@pytest.mark.parametrize("specimen", letters(), ids=lambda each: each.name)
def test_values_of_tasks_stand_where_they_say(specimen: Specimen) -> None:
    for dispatch in understand((page_of_string(specimen.text),)):
        for task in dispatch.tasks:
            found: list[Named] = [*task.responsible, *task.coordinating, *task.conditions, *task.exceptions, *task.products]
            found += [each for each in (task.channel, task.report_to) if each]
            for each in found:
                place = words(dispatch.text[each.evidence.start : each.evidence.end])
                inside = set(words(each.text))
                assert place, f"{each} has no place"
                # A head or tail shared by several bodies is not repeated in print; a misread word is mended.
                assert sum(word in inside for word in place) >= 0.6 * len(place), f"{each.text!r} is not in {place}"
