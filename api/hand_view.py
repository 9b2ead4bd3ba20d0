"""What a hand wrote in a letter's head, shown beside its field: the picture of the blank, cut from the page image."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ingest.types import Page
from register.views import LetterView

_ROOM_X, _ROOM_Y = 34.0, 2.0
"""Points shown round the blank, so that the print beside it tells which it is."""
_HIGH = 44
"""Pixels of the picture's height."""


@dataclass(frozen=True, slots=True)
class Hand:
    """A field filled in by hand: the part of the page to show, in points, and the page's size.

    `believed` says whether what was read is the field's value.
    """

    field: str
    believed: bool
    page: int
    x: float
    y: float
    width: float
    height: float
    page_width: float
    page_height: float

    @property
    def shown(self) -> tuple[int, int]:
        """Width and height of the picture in pixels."""
        return round(_HIGH * self.width / self.height), _HIGH


def hands_of(letter: LetterView, pages: Iterable[Page]) -> Mapping[str, Hand]:
    """The handwritten fields by name, as far as their page has an image."""
    sheets = {page.number: page for page in pages if page.width and page.height and page.source != "text"}
    found: dict[str, Hand] = {}
    for each in letter.evidence.get("handwritten") or ():
        boxes = [place["box"] for place in each["boxes"]]
        sheet = sheets.get(each["boxes"][0]["page"]) if boxes else None
        if sheet is None:
            continue
        x0, y0 = (max(0.0, min(box[at] for box in boxes) - room) for at, room in ((0, _ROOM_X), (1, _ROOM_Y)))
        x1 = min(sheet.width, max(box[2] for box in boxes) + _ROOM_X)
        y1 = min(sheet.height, max(box[3] for box in boxes) + _ROOM_Y)
        if x1 - x0 < 1 or y1 - y0 < 1:
            continue
        found[each["field"]] = Hand(
            each["field"], each["believed"], sheet.number, round(x0, 1), round(y0, 1), round(x1 - x0, 1),
            round(y1 - y0, 1), round(sheet.width, 1), round(sheet.height, 1),
        )  # fmt: skip
    return found


def reasons_of(letter: LetterView) -> Mapping[str, str]:
    """Why a handwritten field has no value, by its name."""
    return {
        each["field"]: each["reason"] for each in letter.evidence.get("handwritten") or () if each["reason"]
    }
