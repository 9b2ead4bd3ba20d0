"""The invisible text over a page: a font without shapes, and each word stretched to its box.

Programs that copy text disagree on what they go by: PDFium and pdf.js by the
order in which the words are written, Poppler (pdftotext, Evince, Okular) by where they
stand and how large they are. So the words are written in reading order, and laid
so that the places tell the same order: lines of about one size get one size, and
between words stays a gap that no program overlooks.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from typing import Any

from ingest.types import Box, Page

Matrix = tuple[float, float, float, float, float, float]

NAME = "/DonDocText"
"""What the font is called among a page's resources."""
_UNITS = 500
"""Width of every character of the font, in thousandths of its size."""
_ALIKE = 1.6
"""Ratio up to which two lines count as of one size."""
_BLANK = "\u1680"
"""The Ogham space: white space to Unicode and whoever splits text, yet not among the spaces Poppler leaves out."""
_POST = 2.5
"""Height of a blank between columns, in sizes of letters: too unlike them to be taken for a part of a line."""
_NARROW = 3.0
_ABOVE = 60.0
"""Points above the top of the right column up to which lines to the left belong to the left one."""
_RISE = 0.4
"""How far a line may rise or fall from end to end, in sizes of its letters: to Poppler it is several lines beyond."""
_GAP = 0.2
"""Gap between two words at least, in sizes of their letters."""


def font(pdf: Any) -> Any:
    """A composite font without shapes whose character codes are Unicode (UTF-16)."""
    from pikepdf import Array, Dictionary, Name

    to_unicode = pdf.make_stream(
        b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        b"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        b"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        b"1 beginbfrange\n<0000> <FFFF> <0000>\nendbfrange\n"
        b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    )
    descriptor = pdf.make_indirect(
        Dictionary(
            Type=Name.FontDescriptor, FontName=Name("/GlyphLessFont"), Flags=5, FontBBox=Array([0, 0, _UNITS, 1000]),
            ItalicAngle=0, Ascent=1000, Descent=-1, CapHeight=1000, StemV=80,
            FontFile2=pdf.make_stream(_glyphless()),
        )
    )  # fmt: skip
    descendant = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name("/GlyphLessFont"),
        CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        FontDescriptor=descriptor, DW=_UNITS, CIDToGIDMap=pdf.make_stream(b"\x00\x01" * 65536),
    )  # fmt: skip
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/GlyphLessFont"), Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(descendant)]), ToUnicode=to_unicode,
        )
    )  # fmt: skip


def _glyphless() -> bytes:
    """A TrueType font of one glyph for everything, made from the tables a reader insists on.

    The glyph is a line there and back: it has a size, without which some readers
    lose turned text, and no area that could ever be painted.
    """
    import struct

    head = struct.pack(
        ">IIIIHHqqhhhhHHhhh", 0x00010000, 0x00010000, 0, 0x5F0F3CF5, 0x0409, 1000, 0, 0, 0, 0, _UNITS, 1000, 0, 8, 2, 0, 0
    )  # fmt: skip
    hhea = struct.pack(
        ">IhhhHhhhhhhhhhhhH", 0x00010000, 1000, -1, 0, _UNITS, 0, 0, _UNITS, 1, 0, 0, 0, 0, 0, 0, 0, 2
    )
    maxp = struct.pack(">IHHHHHHHHHHHHHH", 0x00010000, 2, 2, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)
    glyph = struct.pack(">hhhhhHHBBhhhh", 1, 0, 0, _UNITS, 800, 1, 0, 1, 1, 0, _UNITS, 0, 800)
    hmtx = struct.pack(">HhHh", _UNITS, 0, _UNITS, 0)
    subtable = struct.pack(">HHHHHHH", 4, 24, 0, 2, 2, 0, 0) + struct.pack(">HHHHH", 0xFFFF, 0, 0xFFFF, 1, 0)
    cmap = struct.pack(">HHHHI", 0, 1, 3, 1, 12) + subtable
    name = struct.pack(">HHH", 0, 0, 6)
    os2 = struct.pack(">HhHHHhhhhhhhhhhh", 3, _UNITS, 400, 5, 0, *([0] * 11)) + bytes(10) + bytes(16) + b"DDOC" + struct.pack(
        ">HHHhhhHHIIhhHHH", 64, 0, 0xFFFF, 1000, -1, 0, 1000, 1, 0, 0, 0, 0, 0, 32, 0
    )  # fmt: skip
    post = struct.pack(">IIhhIIIII", 0x00030000, 0, 0, 0, 1, 0, 0, 0, 0)
    tables = {
        b"OS/2": os2, b"cmap": cmap, b"glyf": glyph, b"head": head, b"hhea": hhea, b"hmtx": hmtx,
        b"loca": struct.pack(">HHH", 0, 0, len(glyph) // 2), b"maxp": maxp, b"name": name, b"post": post,
    }  # fmt: skip
    offset = 12 + 16 * len(tables)
    directory, body = b"", b""
    for tag, data in tables.items():
        padded = data + bytes(-len(data) % 4)
        total = sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF
        directory += tag + struct.pack(">III", total, offset + len(body), len(data))
        body += padded
    count = len(tables)
    return struct.pack(">IHHHH", 0x00010000, count, 128, 3, count * 16 - 128) + directory + body


def layer(read: Page, matrix: Matrix) -> bytes:
    """The content stream of a page's words as invisible text, lines in reading order.

    `matrix` leads from points off the top left corner of the page as shown to
    the page's own space. Each word is stretched to its box. On a page that lies
    on its side the text runs as it does.
    """
    turns = quarter_turns(read)
    matrix = _composed(matrix, _turned_back(turns, read.width, read.height))
    printed_rows = [
        (row, bool(line.cells))
        for line in read.lines
        for printed in line.printed
        if (row := [(word.text, _upright(word.box, turns, read)) for word in printed if word.box is not None])
    ]
    rows = [row for row, _ in printed_rows]
    boxes = [[box for _, box in row] for row in rows]
    own = sizes(boxes)
    out = ["BT 3 Tr"]
    for row, size in zip(rows, own, strict=True):
        slope, base = baseline(row, _RISE * size)
        for text, box in _parted(row, _GAP * size):
            out.append(_put(text, box.x0, base + slope * box.x0, box.x1 - box.x0, size, matrix))
        # A space far off the line: without it PDFium sorts the end of a slanting line into the next one.
        end = row[-1][1]
        out.append(_put("", end.x1, base + slope * end.x1 + size, 0, size, matrix))
    for fence in fences([_round(row) for row in boxes], [in_table for _, in_table in printed_rows]):
        size = _POST * statistics.median(own)
        count = max(1, math.ceil((fence.y1 - fence.y0) / size))
        for at in range(count):
            foot = fence.y0 + (fence.y1 - fence.y0) * (at + 1) / count
            out.append(_put(_BLANK, fence.x0, foot, fence.x1 - fence.x0, size, matrix))
    out.append("ET")
    return "\n".join(out).encode("ascii")


def quarter_turns(page: Page) -> int:
    """How many quarter turns counter-clockwise set the page upright, by its note."""
    return next((int(note.split()[1]) // 90 % 4 for note in page.notes if note.startswith("turned ")), 0)


def _upright(box: Box, turns: int, page: Page) -> Box:
    """A box of the page as it would lie after `turns` quarter turns counter-clockwise."""
    if turns == 1:
        return Box(box.y0, page.width - box.x1, box.y1, page.width - box.x0)
    if turns == 2:
        return Box(page.width - box.x1, page.height - box.y1, page.width - box.x0, page.height - box.y0)
    if turns == 3:
        return Box(page.height - box.y1, box.x0, page.height - box.y0, box.x1)
    return box


def _turned_back(turns: int, width: float, height: float) -> Matrix:
    """From the upright page back to the page as it lies, `width` × `height` points."""
    return (
        (1, 0, 0, 1, 0, 0), (0, 1, -1, 0, width, 0), (-1, 0, 0, -1, width, height), (0, -1, 1, 0, 0, height),
    )[turns]  # fmt: skip


def _composed(outer: Matrix, inner: Matrix) -> Matrix:
    """The matrix that does `inner`, then `outer`."""
    a, b, c, d, e, f = outer
    g, h, i, j, k, m = inner
    return (
        a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * m + e, b * k + d * m + f,
    )  # fmt: skip


def fences(rows: Sequence[Box], in_table: Sequence[bool] = ()) -> list[Box]:
    """Strips between two columns that are read one after the other (head, signature), lines given in reading order.

    Without something between them Poppler takes the columns for a table or for
    lines across the page; a strip of blanks that it counts as words keeps them apart.
    Rows that are `in_table` are none: there Poppler goes by cells as it finds them.
    """
    found = []
    for at in range(1, len(rows)):
        if any(in_table[at - 1 : at + 1]):
            continue
        if rows[at].y1 > rows[at - 1].y0 or rows[at].x0 < rows[at - 1].x1:
            continue
        first = at - 1
        while first and rows[first - 1].y0 < rows[first].y0 and rows[first - 1].x1 < rows[at].x0:
            first -= 1
        bottom = max(row.y1 for row in rows[first:at])
        last = at
        while last + 1 < len(rows) and rows[last].y0 < rows[last + 1].y0 < bottom:
            last += 1
        left, right = rows[first:at], rows[at : last + 1]
        left = [row for row in left if row.y1 > right[0].y0 - _ABOVE]
        x0, x1 = max(row.x1 for row in left), min(row.x0 for row in right)
        if x1 - x0 > _NARROW:
            middle = (x0 + x1) / 2
            top = min(left[0].y0, right[0].y0)
            found.append(Box(middle - 0.5, top, middle + 0.5, max(bottom, right[-1].y1)))
    return found


def _round(row: Sequence[Box]) -> Box:
    whole = row[0]
    for box in row[1:]:
        whole = whole.union(box)
    return whole


def sizes(rows: Sequence[Sequence[Box]]) -> list[float]:
    """A size of letters for each line, the same for lines that differ by less than a third.

    Boxes are as high as the letters in them happen to be; to Poppler every
    other size is another block of text.
    """
    own = [max(2.0, statistics.median(box.y1 - box.y0 for box in row)) for row in rows]
    result = [0.0] * len(own)
    left = list(range(len(own)))
    while left:
        usual = statistics.median_low([own[at] for at in left for _ in rows[at]])
        for at in left:
            if usual / _ALIKE <= own[at] <= usual * _ALIKE:
                result[at] = usual
        left = [at for at in left if not result[at]]
    return result


def baseline(row: Sequence[tuple[str, Box]], rise: float) -> tuple[float, float]:
    """Slope, and height at x = 0, of the line the words stand on; it rises or falls by `rise` at most.

    A dash or a full stop of its own has a box too small to say where the line is.
    """
    whole = [box for text, box in row if sum(char.isalnum() for char in text) > 1] or [box for _, box in row]
    length, slope = whole[-1].x0 - whole[0].x0, 0.0
    if len(whole) > 2 and length > 100:
        slope = statistics.linear_regression([box.x0 for box in whole], [box.y1 for box in whole]).slope
        slope = max(-rise / length, min(rise / length, slope))
    return slope, statistics.median(box.y1 - slope * box.x0 for box in whole)


def _parted(row: Sequence[tuple[str, Box]], gap: float) -> list[tuple[str, Box]]:
    """The words with at least `gap` before the next one, taken from their ends (at most half a word)."""
    result = []
    for at, (text, box) in enumerate(row):
        end = box.x1
        if at + 1 < len(row):
            end = max(min(end, row[at + 1][1].x0 - gap), (box.x0 + box.x1) / 2)
        result.append((text, Box(box.x0, box.y0, end, box.y1)))
    return result


def _put(text: str, x: float, y: float, width: float, size: float, matrix: Matrix) -> str:
    """A word and a space after it, from `x` on, `width` points wide, standing on `y`."""
    a, b, c, d, e, f = matrix
    known = "".join(char if ord(char) < 0x10000 else "\ufffd" for char in text)
    stretch = width / (len(known) * size * _UNITS / 1000) * 100 if known else 100.0
    codes = f"{known} ".encode("utf-16-be").hex().upper()
    # The text's own axes: right along the line, up against the page's y.
    return (
        f"{NAME} {size:.2f} Tf {max(1.0, stretch):.2f} Tz "
        f"{a:.4g} {b:.4g} {-c:.4g} {-d:.4g} {a * x + c * y + e:.2f} {b * x + d * y + f:.2f} Tm <{codes}> Tj"
    )
