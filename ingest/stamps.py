"""The ĐẾN stamp (dấu "Đến") and other red ink, set apart from the text.

Nghị định 30/2020/NĐ-CP, Phụ lục IV.V: 35 × 50 mm, with the organ's name, ĐẾN,
Số, Ngày, Chuyển, Số và ký hiệu HS (older form "Lưu hồ sơ số"). Red stamps vanish
from the brightest channel and are read from their own layer; black copies of a
stamp stand among the words and are taken out only where their labels prove them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ingest.fragments import Fragment, box_of, fold, letter_height, split
from ingest.types import Box, Mark, Word

_LABELS = {
    "so": re.compile(r"^(so|s[o0]\W*\d.*)\W*$"),
    "ngay": re.compile(r"^ng[aà]y\b"),
    "chuyen": re.compile(r"^chuy[eê]n\b"),
    "luu": re.compile(r"^luu\b"),
}
_CONGVAN = re.compile(r"cong van den")
_REACH_X, _REACH_UP, _REACH_DOWN = 160.0, 45.0, 75.0
"""Points round the word ĐẾN within which the rest of its stamp lies (the stamp is 142 × 99)."""


def _is_arrival(word: Word) -> bool:
    letters = re.sub(r"\W", "", word.text)
    return fold(letters) == "den" and letters.isupper()


def _labels(words: Sequence[Word]) -> set[str]:
    found = set()
    for word in words:
        folded = fold(word.text.strip("|[](){}.:_ "))
        found |= {name for name, pattern in _LABELS.items() if pattern.match(folded)}
    return found


def take_out(
    runs: list[list[Word]], width: float, height: float, frames: Sequence[Box] = ()
) -> tuple[list[list[Word]], Mark | None]:
    """The lines without the ĐẾN stamp printed in black, and the stamp; None where none is proven.

    Boxes in points. What stands in one of `frames` (black frames of a stamp's
    size) is a stamp where one of the labels (Đến, Số, Ngày, Chuyển, Lưu) is in
    it. Without a frame a stamp needs the capital word ĐẾN on the upper half of
    the page and two labels near it.
    """
    for frame in frames:
        held = _held(runs, frame)
        inside = [word for part in held for word in part.words]
        if _labels(inside) or any(_is_arrival(word) for word in inside):
            return _without(runs, held, frame)
    words = [word for run in runs for word in run]
    size = letter_height(words)
    pieces = [piece for run in runs for piece in split(run, size)]
    for piece in pieces:
        for word in piece.words:
            if not _is_arrival(word) or box_of(word).y0 > height * 0.5:
                continue
            # In a sentence of capitals ("NGHỊ QUYẾT … ĐẾN NĂM 2030") it is no stamp.
            if len(piece.words) > 1 and not _CONGVAN.search(piece.folded) and not _beside_label(piece, word):
                continue
            members = _members(pieces, word)
            inside = [member for part in members for member in part.words]
            if len(_labels(inside)) >= 2:
                return _without(runs, members)
    return runs, None


def _held(runs: Sequence[Sequence[Word]], frame: Box) -> list[Fragment]:
    """The words in a frame, by line; a line may go on beside it."""
    held = []
    for run in runs:
        inside = [
            word for word in run
            if frame.x0 - 2 <= (box_of(word).x0 + box_of(word).x1) / 2 <= frame.x1 + 2
            and frame.y0 - 3 <= (box_of(word).y0 + box_of(word).y1) / 2 <= frame.y1 + 3
        ]  # fmt: skip
        if not inside:
            continue
        part = Fragment.of(inside)
        rim = 0.14 * (frame.y1 - frame.y0)
        if len(inside) < len(run) - len(inside) and not frame.y0 + rim < part.middle < frame.y1 - rim:
            # A line of text that the frame's corner touches.
            continue
        held.append(part)
    return held


def _beside_label(piece: Fragment, word: Word) -> bool:
    others = [other for other in piece.words if other is not word]
    return bool(_labels(others)) and len(others) <= 4


def _members(pieces: Sequence[Fragment], anchor: Word) -> list[Fragment]:
    box = box_of(anchor)
    near = [
        piece
        for piece in pieces
        if piece.box.y0 > box.y0 - _REACH_UP and piece.box.y1 < box.y1 + _REACH_DOWN
        and piece.box.x0 > box.x0 - _REACH_X and piece.box.x1 < box.x1 + _REACH_X
        and piece.box.x1 - piece.box.x0 < 165
    ]  # fmt: skip
    core = [piece for piece in near if anchor in piece.words or _labels(piece.words[:2])]
    if not core:
        return []
    frame = core[0].box
    for piece in core[1:]:
        frame = frame.union(piece.box)
    margin = 0.9 * (box.y1 - box.y0)
    return [
        piece
        for piece in near
        if piece.box.x0 > frame.x0 - 1.5 * margin and piece.box.x1 < frame.x1 + 3 * margin
        and piece.middle > frame.y0 - 2.2 * margin and piece.middle < frame.y1 + margin
        and (piece in core or _is_stamp_text(piece))
    ]  # fmt: skip


def _is_stamp_text(piece: Fragment) -> bool:
    """Capitals (the organ's name), or the scraps OCR makes of dotted lines and handwriting."""
    letters = [char for char in piece.text if char.isalpha()]
    if not letters:
        return True
    upper = sum(char.isupper() for char in letters) / len(letters)
    unsure = sum(word.confidence < 0.6 for word in piece.words) / len(piece.words)
    return upper > 0.8 or unsure > 0.5


def _without(
    runs: Sequence[Sequence[Word]], members: Sequence[Fragment], frame: Box | None = None
) -> tuple[list[list[Word]], Mark]:
    taken = {id(word) for part in members for word in part.words}
    ordered = sorted(members, key=lambda part: (part.middle, part.box.x0))
    box = frame or ordered[0].box
    if frame is None:
        for part in ordered[1:]:
            box = box.union(part.box)
    confidence = sum(word.confidence for part in members for word in part.words) / max(1, len(taken))
    mark = Mark("stamp", box, "\n".join(part.text for part in ordered), round(confidence, 4))
    rest = [[word for word in run if id(word) not in taken] for run in runs]
    return [run for run in rest if run], mark


def red_regions(mask: Any, dpi: int) -> list[tuple[int, int, int, int]]:
    """Boxes in pixels round each patch of red ink larger than 15 × 6 mm, at most four, from the top.

    Works on cells of 3 mm; patches that touch are one.
    """
    cell = max(4, round(dpi * 3 / 25.4))
    rows, columns = mask.shape[0] // cell, mask.shape[1] // cell
    if not rows or not columns:
        return []
    share = mask[: rows * cell, : columns * cell].reshape(rows, cell, columns, cell).mean(axis=(1, 3))
    full = share > 0.02
    seen: set[tuple[int, int]] = set()
    boxes: list[tuple[int, int, int, int]] = []
    for row in range(rows):
        for column in range(columns):
            if not full[row, column] or (row, column) in seen:
                continue
            patch = _patch(full, row, column, seen)
            ys, xs = [y for y, _ in patch], [x for _, x in patch]
            if max(xs) - min(xs) >= 4 and max(ys) - min(ys) >= 1:
                boxes.append((
                    max(0, (min(xs) - 1) * cell), max(0, (min(ys) - 1) * cell),
                    min(mask.shape[1], (max(xs) + 2) * cell), min(mask.shape[0], (max(ys) + 2) * cell),
                ))  # fmt: skip
    return sorted(boxes, key=lambda box: box[1])[:4]


def _patch(full: Any, row: int, column: int, seen: set[tuple[int, int]]) -> list[tuple[int, int]]:
    stack, patch = [(row, column)], []
    seen.add((row, column))
    while stack:
        y, x = stack.pop()
        patch.append((y, x))
        for dy in (-2, -1, 0, 1, 2):
            for dx in (-2, -1, 0, 1, 2):
                near = (y + dy, x + dx)
                if near in seen or not (0 <= near[0] < full.shape[0] and 0 <= near[1] < full.shape[1]):
                    continue
                if full[near]:
                    seen.add(near)
                    stack.append(near)
    return patch


def mark_of_red(lines: Sequence[Sequence[Word]], box: Box) -> Mark:
    """A patch of red ink as a mark: a stamp where its labels say so, else a seal, with what was read."""
    words = [word for line in lines for word in line]
    text = "\n".join(" ".join(word.text for word in line) for line in lines)
    confidence = sum(word.confidence for word in words) / len(words) if words else 0.0
    labels = _labels(words)
    arrival = any(_is_arrival(word) for word in words)
    is_stamp = len(labels) >= 2 or (arrival and labels) or _stamped_word(text)
    return Mark("stamp" if is_stamp else "seal", box, text, round(confidence, 4))


def _stamped_word(text: str) -> bool:
    """Urgency and secrecy stamps: the whole patch is the one word."""
    bare = re.sub(r"[\W\d_]+", " ", fold(text)).strip()
    return bare in {"hoa toc", "thuong khan", "khan", "mat", "toi mat", "tuyet mat", "den"}
