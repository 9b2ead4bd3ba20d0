"""Rows of tables in text files: cells parted by tabs, by bars, or by room of two spaces and more."""

from __future__ import annotations

import re
from collections.abc import Sequence

_FEWEST = 3
"""Cells of a row of a table; two columns are also a letter's head and foot."""
_PARTINGS = (re.compile(r"\t"), re.compile(r"\|"), re.compile(r"\s{2,}"))
_RULE = re.compile(r"[\s|:+=-]*")


def typed_rows(printed: Sequence[str]) -> dict[int, tuple[str, ...]]:
    """The cells of the lines that are rows of a table: three and more, in a line beside another such line.

    Empty cells between tabs or bars are "".

    >>> typed_rows(["TT\\tViệc\\tAi làm", "1\\t\\tSở Y tế", "Hết."])
    {0: ('TT', 'Việc', 'Ai làm'), 1: ('1', '', 'Sở Y tế')}
    """
    found: dict[int, tuple[str, ...]] = {}
    for parting in _PARTINGS:
        rows: list[tuple[int, tuple[str, ...]]] = []
        lines = [index for index, line in enumerate(printed) if line.strip() and not _RULE.fullmatch(line)]
        for place, index in enumerate(lines):
            cells = _cells(printed[index], parting)
            rows.append((place, cells))
        many = {place for place, cells in rows if _is_row(cells)}
        for place, cells in rows:
            if place in many and ({place - 1, place - 2, place + 1, place + 2} & many):
                found.setdefault(lines[place], cells)
    return found


def _cells(line: str, parting: re.Pattern[str]) -> tuple[str, ...]:
    if not parting.search(line.strip()):
        return ()
    if parting.pattern == r"\|":
        line = line.strip()
        line = line[line.startswith("|") : len(line) - line.endswith("|")]
    elif parting.pattern != r"\t":
        line = line.strip()
    return tuple(cell.strip() for cell in parting.split(line))


def _is_row(cells: Sequence[str]) -> bool:
    return len(cells) >= _FEWEST and sum(bool(cell) for cell in cells) >= 2
