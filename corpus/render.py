"""A specimen as A4 pages, laid out as Nghị định 30/2020/NĐ-CP, Phụ lục I wants them.

Margins, sizes and places of the boxes are the annex's: issuer and number on the
left, the country's name and motto with their rule on the right, body of 14
points justified with an indented first line, Nơi nhận small on the left,
authority, signature under the seal and name on the right, page numbers at the
top from the second page on.
"""

from __future__ import annotations

import html
import io
import random
import re
import zlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from corpus.flatten import heading_lines, number_line, recipient_lines, subject_lines
from corpus.marks import MM, draw_incoming, draw_mark, draw_seal, draw_signature, write_by_hand
from ingest.fonts import register_fonts

if TYPE_CHECKING:
    from corpus.source import Paragraph, Source
    from corpus.specimen import Specimen

A4 = (210 * MM, 297 * MM)
LEFT, RIGHT, TOP, BOTTOM = 30 * MM, 17 * MM, 20 * MM, 20 * MM
FRAME = 6
"""Points of padding that reportlab's frame adds inside each margin."""
WIDTH = A4[0] - LEFT - RIGHT
NARROW = WIDTH * 0.41
"""Width of the left column of the head and the foot."""


def render_pdf(specimen: Specimen) -> bytes:
    """The letter as a born-digital PDF; the same bytes for the same specimen.

    Raises `Unavailable` when no typeface with Vietnamese letters is installed.
    """
    from reportlab.platypus import SimpleDocTemplate

    register_fonts()
    source = specimen.source
    stream = io.BytesIO()
    document = SimpleDocTemplate(
        stream,
        pagesize=A4,
        leftMargin=LEFT - FRAME,
        rightMargin=RIGHT - FRAME,
        topMargin=TOP - FRAME,
        bottomMargin=BOTTOM - FRAME,
        title="",
        author="",
        invariant=1,
    )
    document.build(_story(source), onFirstPage=lambda *_: None, onLaterPages=_page_number)
    return stream.getvalue()


def bundle_pdf(specimens: Sequence[Specimen]) -> bytes:
    """Several letters one after another in one file, as when a whole folder went through the scanner."""
    from pikepdf import Pdf

    whole = Pdf.new()
    for specimen in specimens:
        with Pdf.open(io.BytesIO(render_pdf(specimen))) as part:
            whole.pages.extend(part.pages)
    stream = io.BytesIO()
    whole.save(stream, deterministic_id=True)
    return stream.getvalue()


def seed_of(name: str) -> int:
    """A number that is always the same for the same name."""
    return zlib.crc32(name.encode())


def _page_number(canvas: Any, document: Any) -> None:
    canvas.saveState()
    canvas.setFont("Serif-Regular", 13)
    canvas.drawCentredString(A4[0] / 2, A4[1] - 13 * MM, str(document.page))
    canvas.restoreState()


def _story(source: Source) -> list[Any]:
    from reportlab.platypus import KeepTogether, Spacer

    if source.layout == "web":
        return [_paragraph(f"<b>{html.escape(source.title or '')}</b>", "heading"), *_body(source.body)]
    story: list[Any] = [_head(source), Spacer(1, 10)]
    if source.title:
        subject = html.escape(f"{source.subject_lead}{source.subject or ''}")
        story += [_paragraph(f"<b>{source.title}</b>", "title"), _paragraph(f"<b>{subject}</b>", "title"), _rule(90)]
    story += _addressees(source)
    body = _body(source.body)
    return [*story, *body[:-1], KeepTogether([*body[-1:], Spacer(1, 6), _closing(source)])]


def _style(kind: str) -> Any:
    from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
    from reportlab.lib.styles import ParagraphStyle

    base: dict[str, Any] = {"fontName": "Serif-Regular", "fontSize": 14, "leading": 18.2, "spaceAfter": 6}
    if kind in ("title", "centre"):
        return ParagraphStyle(kind, **base | {"alignment": TA_CENTER, "spaceAfter": 1, "leftIndent": 18, "rightIndent": 18})
    if kind == "addressee":
        return ParagraphStyle(kind, **base | {"leftIndent": WIDTH * 0.22, "spaceAfter": 2})
    return ParagraphStyle(kind, **base | {"alignment": TA_JUSTIFY, "firstLineIndent": 10 * MM})


def _paragraph(markup: str, kind: str = "body") -> Any:
    from reportlab.platypus import Paragraph as Flowing

    return Flowing(markup, _style(kind))


def _body(paragraphs: tuple[Paragraph, ...]) -> list[Any]:
    return [_paragraph(_markup(p), "centre" if p.style == "centre" else "body") for p in paragraphs]


def _markup(paragraph: Paragraph) -> str:
    text = html.escape(paragraph.text.replace("¶ ", ""), quote=False)
    words = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", text)
    mark = {"heading": "b", "centre": "b", "italic": "i"}.get(paragraph.style)
    return f"<{mark}>{words}</{mark}>" if mark else words


def _addressees(source: Source) -> list[Any]:
    from reportlab.platypus import Spacer

    if not source.addressees:
        return [Spacer(1, 8)]
    if source.addressees_inline:
        words = html.escape("; ".join(source.addressees), quote=False)
        return [_paragraph(f"Kính gửi: {words}.", "centre"), Spacer(1, 8)]
    last = len(source.addressees) - 1
    lines = [f"- {html.escape(a, quote=False)}{'.' if i == last else ';'}" for i, a in enumerate(source.addressees)]
    return [_paragraph("Kính gửi:", "addressee"), *(_paragraph(line, "addressee") for line in lines), Spacer(1, 8)]


def _rule(width: float) -> Any:
    from reportlab.platypus.flowables import HRFlowable

    return HRFlowable(width=width, thickness=0.7, color="black", spaceBefore=2, spaceAfter=6)


def _flowable(height: float, paint: Any) -> Any:
    """A block of the full width that paints itself; `paint` gets the canvas, y from its top downwards."""
    from reportlab.platypus import Flowable

    class Block(Flowable):  # type: ignore[misc]
        def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
            return available_width, height

        def draw(self) -> None:
            self.canv.saveState()
            self.canv.translate(0, height)
            paint(self.canv)
            self.canv.restoreState()

    return Block()


def _head(source: Source) -> Any:
    """Boxes 1 to 5b, 10a, 10b and the ĐẾN stamp."""
    left = [(line, "Serif-Regular") for line in source.parent_print]
    left += [(line, "Serif-Bold") for line in source.issuer_print]
    subject = subject_lines(source)
    number_at = max(len(left), 2) * 15 + (36 if source.layout == "party" else 22)
    left_end = number_at + 15.0 * len(subject) + 8
    boxes = [mark.upper() for mark in (source.secrecy, source.urgency) if mark]
    boxes_at = left_end
    left_end += len(boxes) * (8 * MM + 4)
    right_end = number_at + (12.0 + 30 * MM + 4 if source.incoming else 0.0)
    seed = seed_of(source.name)
    middle, far = NARROW / 2, NARROW + (WIDTH - NARROW) / 2

    def paint(canvas: Any) -> None:
        for row, (line, font) in enumerate(left):
            _centred(canvas, line, middle, -12 - 15 * row, font, 12.5, NARROW)
        under = -12 - 15 * (len(left) - 1) - 6
        canvas.setLineWidth(0.7)
        if source.layout == "party":
            _centred(canvas, "*", middle, under - 10, "Serif-Bold", 13.5, NARROW)
        else:
            canvas.line(middle - 28, under, middle + 28, under)
        _country(canvas, heading_lines(source), far)
        _with_gap(canvas, number_line(source), middle, -number_at, "Serif-Regular",
                  (source.number or "") if "number" in source.hand else "", seed)
        if source.place and source.date:
            day = source.date[-2:] if "day" in source.hand else ""
            _with_gap(canvas, f"{source.place}, {source.date_words}", far, -number_at, "Serif-Italic", day, seed + 1)
        for row, line in enumerate(subject):
            _centred(canvas, line, middle, -number_at - 17 - 14 * row, "Serif-Regular", 12, NARROW + 8)
        for row, words in enumerate(boxes):
            draw_mark(canvas, words, middle, -boxes_at - row * (8 * MM + 4), seed=seed + row)
        if source.incoming:
            draw_incoming(canvas, source.incoming, WIDTH - 54 * MM, -number_at - 12, colour=source.stamp_colour,
                          by_hand="incoming" in source.hand, seed=seed)

    return _flowable(max(left_end, right_end) + 4, paint)


def _country(canvas: Any, lines: list[str], x: float) -> None:
    """Box 1, with a rule as long as its last line."""
    for row, line in enumerate(lines):
        size = 12.5 if row == 0 and len(lines) > 1 else 13.5
        _centred(canvas, line, x, -12 - 15 * row, "Serif-Bold", size, WIDTH - NARROW)
    half = canvas.stringWidth(lines[-1], "Serif-Bold", 13.5) / 2
    under = -17 - 15 * (len(lines) - 1)
    canvas.line(x - half, under, x + half, under)


def _centred(canvas: Any, words: str, x: float, y: float, font: str, size: float, width: float) -> None:
    while canvas.stringWidth(words, font, size) > width and size > 8:
        size -= 0.25
    canvas.setFont(font, size)
    canvas.drawCentredString(x, y, words)


def _with_gap(canvas: Any, words: str, x: float, y: float, font: str, figures: str, seed: int) -> None:
    """A typed line around `x`; where it leaves a gap of spaces the figures are written by hand."""
    size = 13.0
    gap = re.search(r"\s{3,}", words)
    if gap is None:
        _centred(canvas, words, x, y, font, size, WIDTH)
        return
    before, after = words[: gap.start()] + " ", " " + words[gap.end() :].lstrip()
    wide = max(len(figures), 2) * 8.5 + 2
    total = canvas.stringWidth(before, font, size) + wide + canvas.stringWidth(after, font, size)
    at = x - total / 2
    canvas.setFont(font, size)
    canvas.drawString(at, y, before)
    at += canvas.stringWidth(before, font, size)
    if figures:
        write_by_hand(canvas, figures, at + 1, y - 0.5, size=13, seed=seed)
    canvas.drawString(at + wide, y, after)


def _closing(source: Source) -> Any:
    """Boxes 7a to 9b: Nơi nhận, authority, seal, signature, name."""
    right = [*source.authority, *filter(None, [source.position])]
    lines = _recipient_rows(source)
    name_at = 16 * len(right) + 78
    height = max(14 + 13 * len(lines) + 6, name_at + 10)
    middle = NARROW + (WIDTH - NARROW) / 2 + 8
    seed = seed_of(source.name)

    def paint(canvas: Any) -> None:
        if lines:
            canvas.setFont("Serif-BoldItalic", 12)
            canvas.drawString(0, -13, "Nơi nhận:")
            canvas.setFont("Serif-Regular", 11)
            for row, line in enumerate(lines):
                canvas.drawString(0, -27 - 13 * row, line)
        for row, line in enumerate(right):
            _centred(canvas, line, middle, -13 - 16 * row, "Serif-Bold", 13.5, WIDTH - NARROW + 14)
        if not right and not source.signer:
            return
        ink_at = -16 * len(right) - 36
        if source.signer and source.signer_printed:
            _centred(canvas, source.signer, middle, -name_at, "Serif-Bold", 14, WIDTH - NARROW)
        draw_signature(canvas, source.signer or "?", middle - 34, ink_at)
        drift = random.Random(seed)  # no two seals are pressed in the same place
        draw_seal(canvas, middle - drift.uniform(50, 72), ink_at + drift.uniform(-12, 3), seed=seed)

    return _flowable(height, paint)


def _recipient_rows(source: Source) -> list[str]:
    """Nơi nhận as printed rows; an item too long for the column continues on the next row."""
    from reportlab.lib.utils import simpleSplit

    return [row for line in recipient_lines(source) for row in simpleSplit(line, "Serif-Regular", 11, NARROW + 6)]
