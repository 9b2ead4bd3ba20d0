"""A small picture of a document among those that cite it and those it cites: places of boxes and lines, no script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from register.graph.changes import RESTS
from register.graph.web import DocumentView

WIDTH: Final = 760
NARROW: Final = 330
"""Widths of the picture on a screen or paper, and on a phone."""
MARGIN: Final = 34
"""Of the boxes on a phone; the lines run beside them."""
BOX: Final = (212, 38)
"""Width and height of a box, in units of the picture."""
GAP: Final = 12
MOST: Final = 6
"""Boxes on either side; how many more there are is said."""
ROLES: Final = (*RESTS, "trả lời")
"""Roles written into the box of a citing letter: who changes what is shown by `changed_by`."""
LETTERS: Final = 27
"""Characters of a name that fit into a box."""


@dataclass(frozen=True, slots=True)
class Box:
    """A document: where its box stands, what is written in it, where it leads; `kind` own, in, out, change or more."""

    x: float
    y: float
    name: str
    note: str
    href: str | None
    kind: str


@dataclass(frozen=True, slots=True)
class Line:
    """An arrow from the citing to the cited document, as an SVG path; `kind` as of the outer box."""

    path: str
    head: str
    kind: str


@dataclass(frozen=True, slots=True)
class Picture:
    """All boxes and lines, and the size of the picture; `shape` wide or tall (for a phone)."""

    shape: str
    width: float
    height: float
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class _Item:
    name: str
    note: str
    href: str | None
    kind: str


def pictures_of(view: DocumentView, *, more: str) -> tuple[Picture, ...]:
    """The picture, wide and tall; none where nothing stands round the document. `more` is "và {n} văn bản khác"."""
    left: list[_Item] = [
        _Item(each.actor_name, each.effect, f"/trich-dan/{each.actor}", "change") for each in view.changed_by
    ]
    seen = {each.actor_letter_id for each in view.changed_by if each.actor_letter_id}
    for row in view.incoming:
        if row.letter_id not in seen:
            seen.add(row.letter_id)
            place = f"?trang={row.page}" if row.page else ""
            link = f"/van-ban/{row.letter_id}{place}#r-{row.reference_id}"
            role = row.relation if row.relation in ROLES else None
            left.append(_Item(row.code or row.subject or row.file, role or "", link, "in"))
    right = [
        _Item(each.document.name, each.relation or "", f"/trich-dan/{each.document.id}", "out")
        for each in view.outgoing
    ]
    if not left and not right:
        return ()
    name = view.row.code or view.row.name
    left, right = _cut(left, more), _cut(right, more)
    return _wide(left, right, name), _tall(left, right, name)


def _cut(items: list[_Item], more: str) -> list[_Item]:
    if len(items) <= MOST:
        return items
    return [*items[: MOST - 1], _Item(more.format(n=len(items) - MOST + 1), "", None, "more")]


def _wide(left: Sequence[_Item], right: Sequence[_Item], own: str) -> Picture:
    width, height = BOX
    rows = max(len(left), len(right), 1)
    whole = rows * height + (rows - 1) * GAP + 8
    middle = whole / 2
    centre = ((WIDTH - width) / 2, middle - height / 2)
    boxes = [Box(centre[0], centre[1], shortened(own), "", None, "own")]
    lines = []
    for side, items in (("in", left), ("out", right)):
        x = 4.0 if side == "in" else WIDTH - width - 4.0
        top = middle - (len(items) * height + (len(items) - 1) * GAP) / 2
        for index, item in enumerate(items):
            y = top + index * (height + GAP)
            boxes.append(Box(x, y, shortened(item.name), item.note, item.href, item.kind))
            if item.kind != "more":
                start = (x + width, y + height / 2) if side == "in" else (centre[0] + width, middle)
                end = (centre[0], middle) if side == "in" else (x, y + height / 2)
                lines.append(_arrow(start, end, item.kind))
    return Picture("wide", WIDTH, whole, tuple(boxes), tuple(lines))


def _tall(left: Sequence[_Item], right: Sequence[_Item], own: str) -> Picture:
    """Citing documents above, cited ones below; the lines run along the left edge."""
    height = BOX[1]
    items = [*left, _Item(own, "", None, "own"), *right]
    at = {index: 4.0 + index * (height + GAP) for index in range(len(items))}
    middle = at[len(left)] + height / 2
    bus, edge = 12, MARGIN
    boxes, lines = [], []
    for index, item in enumerate(items):
        boxes.append(Box(edge, at[index], shortened(item.name), item.note, item.href, item.kind))
        y = at[index] + height / 2
        if item.kind in ("in", "change"):
            path = f"M{edge} {y:.1f}H{bus}V{middle:.1f}H{edge - 8}"
            lines.append(Line(path, f"M{edge - 1} {middle:.1f}l-8 -4v8z", item.kind))
        elif item.kind == "out":
            path = f"M{edge} {middle:.1f}H{bus}V{y:.1f}H{edge - 8}"
            lines.append(Line(path, f"M{edge - 1} {y:.1f}l-8 -4v8z", item.kind))
    return Picture("tall", NARROW, at[len(items) - 1] + height + 4, tuple(boxes), tuple(lines))


def _arrow(start: tuple[float, float], end: tuple[float, float], kind: str) -> Line:
    (x0, y0), (x1, y1) = start, end
    half = (x0 + x1) / 2
    tip = x1 - 7
    return Line(
        f"M{x0:.0f} {y0:.1f}C{half:.0f} {y0:.1f} {half:.0f} {y1:.1f} {tip:.0f} {y1:.1f}",
        f"M{x1 - 1:.0f} {y1:.1f}l-8 -4v8z",
        kind,
    )


def shortened(name: str) -> str:
    """A name that fits into a box."""
    return name if len(name) <= LETTERS else name[: LETTERS - 1].rstrip() + "…"
