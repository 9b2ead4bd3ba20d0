"""Tables of a born-digital page: the lines it draws, as a grid."""

from __future__ import annotations

from typing import Any

from ingest.grids import Grid, Rule, find

THIN = 3.0
"""Points; a filled box thinner than this is a line (word processors draw borders so)."""
_SHORT = 4.0
"""Points; shorter lines are parts of letters."""
_MOST = 4000
"""Lines; a page with more is a drawing."""


def tables(sheet: Any, shift_x: float, shift_y: float) -> tuple[Grid, ...]:
    """The grids of lines on a pdfplumber page, in points less the given shift."""
    level: list[Rule] = []
    upright: list[Rule] = []
    things = [*sheet.lines, *sheet.rects]
    if len(things) > _MOST:
        return ()
    for thing in things:
        x0, x1 = float(thing["x0"]) - shift_x, float(thing["x1"]) - shift_x
        y0, y1 = float(thing["top"]) - shift_y, float(thing["bottom"]) - shift_y
        wide, high = x1 - x0, y1 - y0
        if high < THIN and wide > _SHORT:
            level.append(Rule((y0 + y1) / 2, x0, x1))
        elif wide < THIN and high > _SHORT:
            upright.append(Rule((x0 + x1) / 2, y0, y1))
        elif thing.get("stroke") and wide > _SHORT and high > _SHORT:
            level += [Rule(y0, x0, x1), Rule(y1, x0, x1)]
            upright += [Rule(x0, y0, y1), Rule(x1, y0, y1)]
    return find(level, upright)
