"""Which of the values found in a letter are right: the evaluation's definitions, value by value.

Judged is what was found; what was missed has no confidence. Values of a task
that gold does not hold are not judged: the task itself is what is wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from corpus.compare import Value, deadline_key, dice, paired, reference_key, same_field, same_task

HEADER = ("kind", "number", "symbol", "issuer", "place", "issued_on", "subject", "urgency", "signer", "incoming")
BODIES = (("responsible", 0.75), ("coordinating", 0.75))


def judged(gold: Value, found: Value) -> dict[str, bool]:
    """Whether each value is right, by its path as in `nlp.values` ("tasks[0].deadlines[1]", "references[2]").

    Left out is what gold says nothing of: conditions and products, deadlines
    without a day, and those that the reading displaced.
    """
    return dict(_judged(gold, found))


def _judged(gold: Value, found: Value) -> Iterator[tuple[str, bool]]:
    for name in HEADER:
        if found.get(name):
            yield name, same_field(name, gold, found)
    if found.get("parent_body"):
        yield "parent_body", dice(gold.get("parent_body"), found["parent_body"]) >= 0.8
    for name in ("addressees", "recipients"):
        if name not in (gold.get("unrecoverable_from_text") or []):
            yield from _names(name, gold.get(name) or [], found.get(name) or [], 0.8)
    yield from _tasks(gold, found)
    yield from _references(gold, found)


def _names(path: str, want: Sequence[str], got: Sequence[str], least: float) -> Iterator[tuple[str, bool]]:
    hits = {j for _, j in paired(want, got, dice, least)}
    yield from ((f"{path}[{j}]", j in hits) for j in range(len(got)))


def _tasks(gold: Value, found: Value) -> Iterator[tuple[str, bool]]:
    want: Sequence[Value] = gold.get("tasks") or []
    got: Sequence[Value] = found.get("tasks") or []
    partner = {j: i for i, j in paired(want, got, same_task, 0.6)}
    for j, task in enumerate(got):
        path = f"tasks[{j}]"
        if j not in partner:
            if not task.get("optional"):
                yield path, False
            continue
        true = want[partner[j]]
        yield path, True
        for name, least in BODIES:
            yield from _names(f"{path}.{name}", true.get(name) or [], task.get(name) or [], least)
        yield from _deadlines(path, true.get("deadlines") or [], task.get("deadlines") or [])
        if task.get("report_to"):
            yield f"{path}.report_to", bool(true.get("report_to")) and dice(true["report_to"], task["report_to"]) >= 0.75


def _deadlines(path: str, want: Sequence[Value], got: Sequence[Value]) -> Iterator[tuple[str, bool]]:
    if any(each.get("unrecoverable") for each in want):
        return
    left = Counter(map(deadline_key, want))
    for index, deadline in enumerate(got):
        if deadline.get("kind") == "immediate":
            continue
        key = deadline_key(deadline)
        yield f"{path}.deadlines[{index}]", left[key] > 0
        left[key] -= 1


def _references(gold: Value, found: Value) -> Iterator[tuple[str, bool]]:
    want = {reference_key(each) for each in gold.get("references") or []}
    got = [reference_key(each) for each in found.get("references") or []]
    named = [key for key in want if len(key) == 2 and key not in got]
    other = [j for j, key in enumerate(got) if len(key) == 2 and key not in want]
    alike = {other[j] for _, j in paired(named, other, lambda key, j: dice(key[1], got[j][1]), 0.6)}
    yield from ((f"references[{j}]", key in want or j in alike) for j, key in enumerate(got))
