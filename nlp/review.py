"""What a person must look at in a letter, the least certain first."""

from __future__ import annotations

from dataclasses import dataclass

from nlp.lexicon import toml
from nlp.types import Dispatch, Evidence
from nlp.values import values

EXPECTED = ("number", "symbol", "issuer", "issued_on", "subject")
"""Header fields that an administrative letter always has."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """One value to look at: its path in the JSON form, why, and how probably it is right (None: not read at all)."""

    field: str
    reason: str
    confidence: float | None


def review(dispatch: Dispatch) -> tuple[Doubt, ...]:
    """What a person must look at, the least certain first: what is missing, then what is doubtful.

    A reference is doubtful where each of its mentions is.
    """
    found = [*_missing(dispatch), *_doubtful(dispatch)]
    return tuple(sorted(found, key=lambda each: each.confidence or 0.0))


def missing(name: str) -> str:
    """What is said where a field that belongs into every letter, or every task, was not read."""
    return str(toml("doubts.toml")["missing"][name])


def _missing(dispatch: Dispatch) -> list[Doubt]:
    kind = dispatch.header.kind
    absent = () if kind is None or kind.value == "khác" else EXPECTED
    by_hand = {each.field: each.reason for each in dispatch.handwritten}
    found = [
        Doubt(name, by_hand.get(name) or missing(name), None) for name in absent if getattr(dispatch.header, name) is None
    ]
    found += [
        Doubt(f"tasks[{i}].responsible", missing("responsible"), None)
        for i, task in enumerate(dispatch.tasks)
        if not task.responsible and not task.optional
    ]
    return found


def _doubtful(dispatch: Dispatch) -> list[Doubt]:
    best: dict[str, Evidence] = {}
    for value in values(dispatch):
        path = value.path.partition(".mentions")[0]
        if path not in best or value.evidence.confidence > best[path].confidence:
            best[path] = value.evidence
    return [Doubt(path, each.doubt, each.confidence) for path, each in best.items() if each.doubt]
