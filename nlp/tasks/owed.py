"""Units that owe something by a day to come, whatever the words they open with."""

from __future__ import annotations

import re

from nlp.deadlines import find_deadlines
from nlp.directives import folded
from nlp.references import find_references, mask
from nlp.tasks.setting import Setting

OWED = "owed-by-a-day"


_SENDS = re.compile(
    r"(?<![a-z])(?:bao cao|gui|nop|dang ky|phan hoi|cung cap|hoan thanh|hoan tat|tong hop)(?![a-z])"
)


_DONE = re.compile(
    r"(?<![a-z])(?:da|duoc|bi)\s+(?:bao cao|gui|nop|dang ky|phan hoi|cung cap|hoan thanh|hoan tat|tong hop)(?![a-z])"
)


def owes(text: str, setting: Setting) -> bool:
    """Whether something is to be sent or finished by a day to come: a duty whatever the words it opens with."""
    words = folded(text)
    if not _SENDS.search(words) or _DONE.search(words):
        return False
    masked = mask(text, find_references(text))
    return any(
        deadline.kind == "recurring"
        or (
            (deadline.strict or deadline.evidence.rule in ("deadline.latest", "deadline.deadline-noun"))
            and deadline.date is not None
            and (setting.issued_on is None or deadline.date >= setting.issued_on)
        )
        for deadline in find_deadlines(text, issued_on=setting.issued_on, masked=masked)
    )
