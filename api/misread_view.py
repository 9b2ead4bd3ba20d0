"""Words that were probably misread, as a letter's page shows them: what was read, what it should be, why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nlp.collapsed import Collapsed
from register.views import LetterView, TaskView


@dataclass(frozen=True, slots=True)
class Misread:
    """One word: `id` is its mark, `evidence` its place; `applied` is false where a person must choose."""

    id: str
    read: str
    proposed: str
    reason: str
    applied: bool
    evidence: Mapping[str, Any]

    @property
    def title(self) -> str:
        """What a pointer over the word tells."""
        return f"{self.read} → {self.proposed}: {self.reason}"

    @property
    def page(self) -> int | None:
        """The page it stands on."""
        return self.evidence.get("page")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a text: as it was read, or one misread word."""

    text: str
    misread: Misread | None = None


def misread_of(found: Iterable[Mapping[str, Any]]) -> tuple[Misread, ...]:
    """The misread words of a letter from `register.letters.misread`."""
    return tuple(
        Misread(f"m-{index}", each["read"], each["proposed"], each["reason"], each["applied"], each["evidence"])
        for index, each in enumerate(found)
    )


def stretches(task: TaskView, letter: LetterView, misread: Sequence[Misread]) -> tuple[Stretch, ...]:
    """A task's text cut at its misread words; whole where a person has changed it."""
    place = task.evidence or {}
    start, end = place.get("start", 0), place.get("end", 0)
    inside = [each for each in misread if start <= each.evidence["start"] and each.evidence["end"] <= end]
    if not inside:
        return (Stretch(task.text),)
    printed = Collapsed.of(letter.text, start, min(end, len(letter.text)))
    at = printed.text.find(task.text)
    if at < 0:
        return (Stretch(task.text),)
    places = {offset: index - at for index, offset in enumerate(printed.offsets)}
    result: list[Stretch] = []
    done = 0
    for each in inside:
        first = places.get(each.evidence["start"], -1)
        last = first + len(each.read)
        if first < done or task.text[first:last] != each.read:
            continue
        result += [Stretch(task.text[done:first]), Stretch(each.read, each)]
        done = last
    return tuple(part for part in (*result, Stretch(task.text[done:])) if part.text)
