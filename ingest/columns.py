"""The two places where a Vietnamese letter has two columns, found and put in order.

By the decree (Nghị định 30/2020/NĐ-CP, Phụ lục I, ô số 1–4 và 7, 9b; the older
forms are alike) the head has the issuer, number and "V/v" on the left and the
motto, place and date on the right; the foot has "Nơi nhận" on the left and the
signature on the right. Everything else runs over the full width. Only these two
are taken apart: a table's columns stay rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.fragments import Fragment, box_of, fold, overlap

_MOTTO = re.compile(
    r"\bcong h[oa]*a xa hoi|xa hoi chu nghia viet nam|dang cong san viet|doan tncs|doc lap.{0,4}tu do"
)
_DATE = re.compile(r"\bngay\b.{0,12}\bthang\b.{0,10}\b(nam|[12]\d{3})")
_RECIPIENTS = re.compile(r"^n[oa]i\s*nhan\b")
_SIGNER = re.compile(
    r"^(t\s?\.?m|k\s?\.?t|t\s?\.?l|tuq|q)\s?[./]\s*\w|^(pho )?(bo|thu|cuc|vu|tong cuc) truong|^(pho )?giam doc|"
    r"^(pho )?(chu tich|chanh van phong|chu nhiem|bi thu|tong giam doc|truong ban|truong phong)\b|thu tuong"
)
_NUMBER = re.compile(r"^so\s?[:.;,]|^so \S*\d\S*/")
_ADDRESS = re.compile(r"^(kinh|ginh|kinb)\s*g\w{1,3}\b")


@dataclass(frozen=True, slots=True)
class Zone:
    """A two-column part of a page: the fragments of each column from top to bottom."""

    kind: str
    left: tuple[Fragment, ...]
    right: tuple[Fragment, ...]

    @property
    def members(self) -> frozenset[int]:
        """The identity of each fragment in the zone."""
        return frozenset(id(fragment) for fragment in (*self.left, *self.right))


def cut_at_motto(items: Sequence[Fragment]) -> list[Fragment]:
    """Fragments cut before the motto where a long issuer name runs almost into it."""
    result: list[Fragment] = []
    for item in items:
        cut = 0
        for at in range(1, len(item.words)):
            if not fold(item.words[at].text).startswith(("cong", "dang", "doc")):
                continue
            rest = Fragment.of(item.words[at:]).folded
            if re.match(r"(cong h[oa]+ xa hoi|dang cong san viet|doc lap\W{1,4}tu do)", rest):
                cut = at
                break
        if cut:
            result += [Fragment.of(item.words[:cut]), Fragment.of(item.words[cut:])]
        else:
            result.append(item)
    return result


def head(items: Sequence[Fragment], width: float, height: float) -> Zone | None:
    """The head's two columns, or None where the page has no such head."""
    top = [item for item in items if item.box.y0 < height * 0.5]
    anchors = [item for item in top if _MOTTO.search(item.folded) and item.box.x0 > width * 0.25]
    if not anchors:
        return None
    anchor = anchors[0]
    right_edge = min(item.box.x0 for item in anchors)
    centre = sum(item.centre for item in anchors) / len(anchors)
    right = [item for item in top if _in_right_head(item, anchor, right_edge, centre, width)]
    if not right:
        return None
    last_right = max(item.middle for item in right)
    first = min(item.box.y0 for item in right)
    left = _left_head(top, right, first, last_right, width, centre)
    if not left:
        return None
    return Zone("head", tuple(left), tuple(right))


def _in_right_head(item: Fragment, anchor: Fragment, edge: float, centre: float, width: float) -> bool:
    line = anchor.height
    if item.middle < anchor.middle - 1.2 * line:
        return False
    if item.middle > anchor.middle + 9 * line:
        return False
    if _MOTTO.search(item.folded):
        return True
    if _DATE.search(item.folded):
        return item.box.x0 > edge - 0.06 * width
    # Handwriting and rubbish beside the date line, or the date in pieces.
    aligned = abs(item.centre - centre) < 0.22 * width
    return aligned and item.box.x0 > edge - 2 * line and item.middle < anchor.middle + 6 * line


def _left_head(
    top: Sequence[Fragment], right: Sequence[Fragment], first: float, last: float, width: float, centre: float
) -> list[Fragment]:
    """The left column: all beside the right one, and below that what goes on without a break ("V/v …")."""
    taken = {id(item) for item in right}
    edge = min(item.box.x0 for item in right)
    left: list[Fragment] = []
    for row in _rows_of(item for item in top if id(item) not in taken):
        line = Fragment.of([word for item in row for word in item.words])
        if line.box.y1 < first - 2 * line.height:
            continue
        if line.middle <= last + 0.6 * line.height:
            beside = any(overlap(line.box, other.box) > 0.3 for other in right)
            left += [item for item in row if _fits_left(item, width, centre, edge if beside else centre)]
            continue
        if not left:
            break
        bottom = max(other.box.y1 for other in left)
        column = sorted(other.centre for other in left)[len(left) // 2]
        # Under a long issuer the number comes only behind a gap (ô số 3 under ô số 2).
        room = 3.0 if _NUMBER.search(line.folded) else 0.9
        near = line.box.y0 - bottom < room * line.height
        below = _fits_left(line, width, centre, centre) and abs(line.centre - column) < 0.09 * width
        if near and below and not _ADDRESS.search(line.folded):
            left += row
        elif line.middle > bottom + 2 * line.height:
            break
    return left


def _rows_of(items: Iterable[Fragment]) -> list[list[Fragment]]:
    """Fragments side by side, row by row, from the top."""
    rows: list[list[Fragment]] = []
    for item in sorted(items, key=lambda fragment: fragment.middle):
        if rows and overlap(rows[-1][-1].box, item.box) > 0.5:
            rows[-1].append(item)
        else:
            rows.append([item])
    return rows


def _fits_left(item: Fragment, width: float, centre: float, edge: float) -> bool:
    return item.box.x1 < min(centre, edge + 1) and item.centre < width * 0.45


def foot(items: Sequence[Fragment], width: float, height: float) -> Zone | None:
    """The foot's two columns: "Nơi nhận" and what stands under it, and the signature beside it."""
    anchors = [
        item for item in items if _RECIPIENTS.search(item.folded) and item.box.x0 < width * 0.45
        and len(item.folded) < 40
    ]  # fmt: skip
    anchors = anchors or _continued(items, width)
    if not anchors:
        return None
    anchor = anchors[-1]
    line = max(anchor.height, 8.0)
    signers = [
        item for item in items
        if item.box.x0 > anchor.box.x1 + line and item.box.x0 > width * 0.3
        and item.middle > anchor.middle - 6 * line and _SIGNER.search(item.folded)
    ]  # fmt: skip
    if signers:
        column_centre = sum(item.centre for item in signers[:3]) / len(signers[:3])
    else:
        beside = [item for item in items if item.box.x0 > width * 0.45 and item.middle > anchor.middle - line]
        if not beside:
            return None
        column_centre = beside[0].centre
    left: list[Fragment] = [anchor]
    right: list[Fragment] = []
    edge = min((item.box.x0 for item in signers), default=width * 0.45)
    for item in items:
        if item is anchor:
            continue
        if item.middle < anchor.middle - 0.7 * line:
            above = item.middle > anchor.middle - 6 * line and item in signers
            if above:
                right.append(item)
            continue
        if item in signers or _is_right(item, edge, column_centre, width):
            right.append(item)
        elif item.box.x0 < column_centre and item.box.x0 < width * 0.5:
            left.append(item)
        else:
            right.append(item)
    if not right:
        return None
    # Text over the full width below the block (an annex, another letter) ends it.
    end = _end_of_foot([*left, *right], anchor, edge, width, line)
    left = [item for item in left if item.middle < end]
    right = [item for item in right if item.middle < end]
    return Zone("foot", tuple(left), tuple(right)) if right else None


def _continued(items: Sequence[Fragment], width: float) -> list[Fragment]:
    """The first recipient of a list that goes on from the page before, beside the signature; [] where there is none."""
    left = [item for item in items if item.box.x0 < width * 0.4]
    right = [item for item in items if item.box.x0 > width * 0.5]
    listed = [item for item in left if item.text.startswith(("-", "–")) and item.text.endswith((";", "."))]
    narrow = all(item.box.x1 < width * 0.62 for item in left)
    begins = left and left[0] in listed and items[0].middle > left[0].middle - left[0].height
    return left[:1] if begins and right and narrow and len(listed) >= max(3, 0.6 * len(left)) else []


def _is_right(item: Fragment, edge: float, centre: float, width: float) -> bool:
    return item.box.x0 >= min(edge, centre) - 0.02 * width or (
        item.centre > width * 0.5 and abs(item.centre - centre) < 0.12 * width
    )


def _end_of_foot(
    items: Sequence[Fragment], anchor: Fragment, edge: float, width: float, line: float
) -> float:
    end = float("inf")
    for item in sorted(items, key=lambda fragment: fragment.middle):
        wide = item.box.x0 < width * 0.35 and item.box.x1 > max(edge + 0.2 * width, width * 0.75)
        if item.middle > anchor.middle + 2 * line and wide and len(item.words) >= 6:
            end = min(end, item.box.y0)
    return end


def cut_at_gutter(items: Sequence[Fragment], width: float) -> list[Fragment]:
    """Fragments beside the signature cut where a recipient runs almost into it."""
    anchors = [item for item in items if _RECIPIENTS.search(item.folded)]
    if not anchors:
        return list(items)
    anchor = anchors[-1]
    result: list[Fragment] = []
    for item in items:
        cut = 0
        if item.middle > anchor.middle - 3 * anchor.height and item.box.x0 < width * 0.4:
            for at in range(1, len(item.words)):
                rest = Fragment.of(item.words[at:])
                space = rest.box.x0 - box_of(item.words[at - 1]).x1
                if space > 0.5 * item.height and rest.box.x0 > width * 0.4 and _SIGNER.search(rest.folded):
                    cut = at
                    break
        if cut:
            result += [Fragment.of(item.words[:cut]), Fragment.of(item.words[cut:])]
        else:
            result.append(item)
    return result
