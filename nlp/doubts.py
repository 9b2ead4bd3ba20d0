"""The calibrated confidence of every value, and what "cần kiểm tra" says where it is low."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from nlp.calibration import DOUBT, Calibration, Sureness, calibration, marks_of
from nlp.explain import meaning
from nlp.lexicon import toml
from nlp.types import Dispatch, Evidence
from nlp.values import Value, values, with_evidence

Trust = Callable[[int, int], float]
"""The reader's trust in the words of a span, 0 to 1."""

KINDS = {"unknown": "unlisted", "open": "open"}
"""Marks of bodies by what the registry of agencies says of them."""
PARTS = {"signer": "nameless", "incoming": "numberless"}
"""Marks of values of several parts, the chief one of which was not read."""
WARNED = "warned"
_BODIES = frozenset({"addressee", "responsible", "coordinating", "report_to"})


@dataclass(frozen=True, slots=True)
class Case:
    """A value as it is counted: the reader's trust in its words, and its marks."""

    value: Value
    read: float
    marks: tuple[str, ...]

    @property
    def score(self) -> float:
        """The lesser of the rule's own score and the reader's trust."""
        return min(self.value.evidence.confidence, self.read)


def cases(dispatch: Dispatch, trust: Trust) -> tuple[Case, ...]:
    """The values of a dispatch as its finders gave them, ready to be counted or weighed."""
    bodies = _marks_of_bodies(dispatch)
    return tuple(_case(value, trust, bodies) for value in values(dispatch))


def calibrated(
    dispatch: Dispatch, trust: Trust, by: Calibration | None = None, *, below: float = DOUBT
) -> Dispatch:
    """The dispatch with every confidence a probability, and a reason on each value that is less sure than `below`.

    A deadline that is odd in itself (a day already past) has a reason at any probability.

    `trust` is asked for offsets of the dispatch's own text. Values of fields that
    no gold tells of (channel, conditions, products …) keep their rule's score.
    """
    known = by or calibration()
    bodies = _marks_of_bodies(dispatch)

    def weigh(value: Value) -> Evidence:
        if value.field not in known:
            return value.evidence
        case = _case(value, trust, bodies)
        sure = known.sureness(value.field, value.evidence.rule, case.score, case.marks)
        doubt = _reason(case, sure) if sure.probability < below or value.warnings else None
        return replace(value.evidence, confidence=sure.probability, doubt=doubt)

    return with_evidence(dispatch, weigh)


def _case(value: Value, trust: Trust, bodies: Mapping[str, str]) -> Case:
    evidence = value.evidence
    read = trust(evidence.start, evidence.end) if evidence.end > evidence.start else 1.0
    marks = marks_of(evidence.rule)
    if value.warnings:
        marks += (WARNED,)
    if value.field in PARTS and not value.text:
        marks += (PARTS[value.field],)
    if value.field in _BODIES and value.text in bodies:
        marks += (bodies[value.text],)
    return Case(value, read, marks)


def _marks_of_bodies(dispatch: Dispatch) -> dict[str, str]:
    """Names that the registry of agencies does not know, or of whose members it has no list, with their marks."""
    return {each.name: KINDS[each.kind] for each in dispatch.agencies if each.kind in KINDS}


def _reason(case: Case, sure: Sureness) -> str:
    value = case.value
    if value.warnings:
        return value.warnings[0]
    if sure.weakest == "band" and case.read <= value.evidence.confidence:
        return _words("read").get(value.field) or _words("read")[""]
    if sure.weakest in case.marks:
        return _words("marks")[str(sure.weakest)]
    return _rule_reason(value.field, value.evidence.rule)


def _rule_reason(field: str, rule: str) -> str:
    name = rule
    while name:
        for key in (f"{field}:{name}", name):
            if key in _words("rules"):
                return _words("rules")[key]
        name = re.sub(r"[.-]?[^.-]*$", "", name)
    named = meaning(rule)
    return _words("other")["rule"].format(rule=named) if named else _words("other")["field"]


def _words(part: str) -> dict[str, str]:
    words: dict[str, str] = toml("doubts.toml")[part]
    return words
