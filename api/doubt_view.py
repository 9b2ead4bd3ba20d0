"""What a person must look at in a letter, as its page and the interface show it: the least certain first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.hand_view import reasons_of
from nlp.review import EXPECTED, missing
from register.views import LetterView, TaskView

_HEADER = ("parent_body", "issuer", "number", "symbol", "place", "issued_on", "kind", "subject", "urgency")
_ROLES = {"lead": "responsible", "cooperating": "coordinating"}


@dataclass(frozen=True, slots=True)
class Doubtful:
    """One value "cần kiểm tra": `id` is its mark, `label` the key of its name on the page.

    `field` is its name in the JSON form; `value` None where nothing was read,
    and then `confidence` is None too.
    """

    id: str
    field: str
    label: str
    value: str | None
    reason: str
    confidence: float | None
    task_id: int | None = None


def doubts_of(letter: LetterView) -> tuple[Doubtful, ...]:
    """The doubtful values of a letter that nobody has put right; none once the letter is reviewed."""
    if letter.row.state == "reviewed":
        return ()
    found = (*_header(letter), *_tasks(letter), *_references(letter))
    return tuple(sorted(found, key=lambda each: each.confidence or 0.0))


def _header(letter: LetterView) -> Iterator[Doubtful]:
    fixed, evidence, by_hand = letter.corrected, letter.evidence, reasons_of(letter)
    for name in _HEADER:
        value = getattr(letter.row, name)
        if name in fixed:
            continue
        if value is None and name in EXPECTED and letter.row.kind not in (None, "khác"):
            yield Doubtful(f"v-{name}", name, name, None, by_hand.get(name) or missing(name), None)
        elif value is not None:
            yield from _one(f"v-{name}", name, name, str(value), evidence.get(name))
    for name in ("addressees", "recipients"):
        texts: Sequence[str] = getattr(letter, name)
        for index, place in enumerate(() if name in fixed else evidence.get(name) or ()):
            if index < len(texts):
                yield from _one(f"v-{name}-{index}", name, name, texts[index], place)
    if "signer_name" not in fixed:
        yield from _one("v-signer", "signer", "signer", letter.signer_name, evidence.get("signer"))
    if "incoming_number" not in fixed:
        yield from _one("v-incoming", "incoming", "incoming", letter.row.incoming_number, evidence.get("incoming"))


def _tasks(letter: LetterView) -> Iterator[Doubtful]:
    for task in letter.tasks:
        if task.state == "active" and not task.optional:
            yield from _task(task)


def _task(task: TaskView) -> Iterator[Doubtful]:
    mark = f"t-{task.id}"
    if "text" not in task.corrected:
        yield from _one(mark, "task", "text", task.text, task.evidence, task.id)
    if not task.responsible:
        yield Doubtful(mark, "responsible", "lead", None, missing("responsible"), None, task.id)
    for each in task.obligations:
        field = _ROLES[each.role]
        if field not in task.corrected:
            label = "lead" if each.role == "lead" else "cooperating"
            yield from _one(f"o-{each.id}", field, label, each.body, each.evidence, task.id)
    for deadline in () if "deadlines" in task.corrected else task.deadlines:
        yield from _one(f"d-{deadline.id}", "deadline", "deadline", deadline.raw, deadline.evidence, task.id)
    if task.report_to and "report_to" not in task.corrected:
        yield from _one(f"n-{task.id}-report_to-0", "report_to", "report_to", task.report_to, task.report_evidence, task.id)


def _references(letter: LetterView) -> Iterator[Doubtful]:
    places: Sequence[Mapping[str, Any] | None] = letter.evidence.get("references") or ()
    for reference, place in zip(letter.references, places, strict=False):
        yield from _one(f"r-{reference.id}", "reference", "reference", reference.code or reference.title or reference.raw, place)


def _one(
    id: str, field: str, label: str, value: str | None, evidence: Mapping[str, Any] | None, task_id: int | None = None
) -> Iterator[Doubtful]:
    if evidence and evidence.get("doubt"):
        yield Doubtful(id, field, label, value, evidence["doubt"], evidence.get("confidence"), task_id)
