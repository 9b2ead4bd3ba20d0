"""When two values count as the same: the definitions behind the evaluation.

Names, subjects and task texts are compared as bags of words (Dice coefficient)
after folding case, punctuation and the old placing of tone marks; lists are
paired off greedily, most alike first; references by number, year and symbol,
or, for laws, by name.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

Value = Mapping[str, Any]

Left = TypeVar("Left")
Right = TypeVar("Right")

_PUNCTUATION = re.compile(r"[\s.;:,\"“”()\-–]+")
_TONES = (("uỷ", "ủy"), ("hoà", "hòa"), ("hoá", "hóa"))


def folded(value: object) -> str:
    """The value as compared: NFC, case folded, punctuation and tone placing ignored; "" for nothing."""
    text = unicodedata.normalize("NFC", str(value or "")).casefold()
    for old, new in _TONES:
        text = text.replace(old, new)
    return _PUNCTUATION.sub(" ", text).strip()


def dice(left: object, right: object) -> float:
    """How alike two texts are as bags of words, 0 to 1; two empty texts are alike.

    >>> dice("UBND các huyện", "UBND huyện")
    0.8
    """
    one, other = Counter(folded(left).split()), Counter(folded(right).split())
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0


def paired(
    gold: Sequence[Left], found: Sequence[Right], alike: Callable[[Left, Right], float], least: float
) -> list[tuple[int, int]]:
    """One-to-one pairs of indices, most alike first, none less alike than `least`; earlier ones win ties."""
    scores = sorted((-alike(g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found))
    pairs: list[tuple[int, int]] = []
    taken_gold: set[int] = set()
    taken_found: set[int] = set()
    for score, i, j in scores:
        if -score >= least and i not in taken_gold and j not in taken_found:
            taken_gold.add(i)
            taken_found.add(j)
            pairs.append((i, j))
    return pairs


def same_task(gold: Value, found: Value) -> float:
    """How alike two tasks are: their texts."""
    return dice(gold.get("text"), found.get("text"))


def deadline_key(deadline: Value) -> tuple[object, ...]:
    """What must agree of a deadline: kind, day, and the parts of a recurrence in any order."""
    rule = sorted(str(deadline.get("rule") or "").upper().split(";"))
    return (
        deadline.get("kind"),
        deadline.get("date"),
        "".join(rule) if deadline.get("kind") == "recurring" else "",
    )


def reference_key(reference: Value) -> tuple[object, ...]:
    """What must agree of a reference: number, year and symbol; type and title where it has no number."""
    if not reference.get("number"):
        return (folded(reference.get("type")), folded(reference.get("title")))
    number = folded(reference.get("number")).lstrip("0")
    return (number, reference.get("year"), folded(reference.get("symbol")))


def scored_deadlines(task: Value) -> list[Value]:
    """Deadlines that set a day: not "immediate", not those to be seen only on the page."""
    deadlines: Sequence[Value] = task.get("deadlines") or []
    return [d for d in deadlines if d.get("kind") != "immediate" and not d.get("unrecoverable")]


def same_field(name: str, gold: Value, found: Value) -> bool:
    """Whether a header field is right.

    What cannot be read in the text (`unrecoverable_from_text`) is right when
    left out and wrong when wrong.
    """
    want, got = gold.get(name), found.get(name)
    hidden: Sequence[str] = gold.get("unrecoverable_from_text") or []
    if not got and any(entry.split(".")[0] == name for entry in hidden):
        return True
    if isinstance(want, Mapping) and isinstance(got, Mapping):
        shown = got
        want = {k: None if f"{name}.{k}" in hidden and not shown.get(k) else v for k, v in want.items()}
    if not want or not got:
        return not want and not got
    return _SAME.get(name, _alike)(want, got)


def _alike(want: Any, got: Any) -> bool:
    return folded(want) == folded(got)


def _same_incoming(want: Any, got: Any) -> bool:
    return _alike(want.get("number"), got.get("number")) and want.get("date") == got.get("date")


_SAME: Mapping[str, Callable[[Any, Any], bool]] = {
    "subject": lambda want, got: dice(want, got) >= 0.9,
    "issuer": lambda want, got: dice(want, got) >= 0.8,
    "signer": lambda want, got: _alike(want.get("name"), got.get("name")),
    "incoming": _same_incoming,
    "number": lambda want, got: folded(want).lstrip("0") == folded(got).lstrip("0"),
}
