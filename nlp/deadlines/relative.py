"""Relative deadlines as values: a length, whether working days count, and from when."""

from __future__ import annotations

import re
from dataclasses import dataclass

_FORM = re.compile(
    r"P(?P<time>T)?(?P<n>\d+)(?P<unit>[HDWMY])(?P<working> working)?(?: (?P<side>after|before) (?P<anchor>.+))?",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Relative:
    """A period: `count` of `unit` (MIN, H, D, W, M or Y), working days or not, after `anchor` (before it with `before`).

    `anchor` is "receipt", "issue", "effect", an ISO day, printed words, or None where unknown.
    """

    count: int
    unit: str
    working: bool = False
    anchor: str | None = None
    before: bool = False

    def __str__(self) -> str:
        return (
            f"P{'T' if self.unit in {'MIN', 'H'} else ''}{self.count}{self.unit.removesuffix('IN')}"
            + (" working" if self.working else "")
            + (f" {'before' if self.before else 'after'} {self.anchor}" if self.anchor else "")
        )


def parse_relative(rule: str) -> Relative | None:
    """Read "P5D working after receipt"; None where the text is no such rule."""
    match = _FORM.fullmatch(rule)
    if not match or match["unit"] not in ("HM" if match["time"] else "DWMY"):
        return None
    unit = "MIN" if match["time"] and match["unit"] == "M" else match["unit"]
    return Relative(
        int(match["n"]), unit, bool(match["working"]), match["anchor"], match["side"] == "before"
    )
