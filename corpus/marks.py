"""What hands and stamps leave on a page: seal, signature, ĐẾN stamp, handwritten figures.

The seal bears the words of a specimen and a star, never a real office's legend
nor the national emblem. Lengths are in points unless a name says otherwise.
"""

from __future__ import annotations

import io
import math
import random
from functools import cache
from typing import TYPE_CHECKING

from ingest.fonts import font_file

if TYPE_CHECKING:
    import PIL.Image
    from reportlab.pdfgen.canvas import Canvas

    from corpus.source import Incoming

MM = 72 / 25.4
RED = (0.83, 0.10, 0.13)
BLUE = (0.10, 0.16, 0.55)
BLACK = (0.12, 0.12, 0.12)
SEAL_MM = 36

Point = tuple[float, float]

# Each figure as strokes over a box one wide and two high, y upwards.
_FIGURES: dict[str, tuple[tuple[Point, ...], ...]] = {
    "0": (((0.5, 2), (0.1, 1.5), (0.05, 0.8), (0.35, 0), (0.8, 0.3), (0.95, 1.2), (0.7, 1.9), (0.45, 2)),),
    "1": (((0.2, 1.5), (0.6, 2), (0.5, 1), (0.42, 0)),),
    "2": (((0.1, 1.6), (0.45, 2), (0.85, 1.7), (0.7, 1.1), (0.1, 0.05), (0.5, 0.12), (0.95, 0.05)),),
    "3": (((0.15, 1.8), (0.6, 2), (0.8, 1.6), (0.4, 1.1), (0.85, 0.7), (0.7, 0.15), (0.1, 0.1)),),
    "4": (((0.55, 2), (0.1, 0.8), (0.95, 0.85)), ((0.75, 1.4), (0.65, 0))),
    "5": (((0.9, 1.95), (0.3, 1.95), (0.2, 1.15), (0.65, 1.2), (0.9, 0.7), (0.6, 0.1), (0.1, 0.1)),),
    "6": (((0.8, 1.95), (0.3, 1.3), (0.1, 0.5), (0.45, 0), (0.85, 0.4), (0.6, 0.95), (0.15, 0.6)),),
    "7": (((0.1, 1.9), (0.95, 1.95), (0.6, 1.1), (0.35, 0)),),
    "8": (((0.8, 1.8), (0.35, 2), (0.2, 1.5), (0.7, 0.9), (0.8, 0.3), (0.4, 0), (0.1, 0.4), (0.5, 1), (0.8, 1.7)),),
    "9": (((0.8, 1.6), (0.45, 2), (0.1, 1.5), (0.4, 1.05), (0.8, 1.5), (0.75, 0.8), (0.5, 0)),),
    "/": (((0.85, 2.1), (0.15, -0.2)),),
}


# First strokes of a signature over a box one wide, from -1 to 1 high.
_INITIALS: tuple[tuple[Point, ...], ...] = (
    ((0, -0.5), (0.35, 1), (0.75, -0.8), (0.15, -0.2)),
    ((0.9, 0.8), (0.3, 1), (0, 0.2), (0.3, -0.7), (0.9, -0.4)),
    ((0.1, 0.9), (0.15, -0.8), (0.1, 0.7), (0.8, 0.9), (0.7, 0.1), (0.2, 0.1)),
    ((0, 0.9), (0.5, 0.8), (1, 0.9), (0.5, 0.8), (0.45, -0.8), (0, -0.5)),
    ((0, 0.2), (0.4, 1), (0.6, 0.2), (0.1, -0.6), (0.7, -0.9), (1, 0.6)),
    ((0.1, -0.9), (0.3, 0.9), (0.5, -0.5), (0.8, 0.8), (0.9, -0.8)),
)


def write_by_hand(canvas: Canvas, figures: str, x: float, y: float, *, size: float, seed: int) -> float:
    """Write figures in blue ink from the baseline point (x, y), `size` high; returns the width used."""
    chance = random.Random(f"hand-{figures}-{seed}")
    canvas.saveState()
    canvas.setStrokeColorRGB(*BLUE)
    canvas.setLineWidth(size * 0.085)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    at = x
    for figure in figures:
        lean = chance.uniform(0.08, 0.22)
        lift = chance.uniform(-0.08, 0.08) * size
        for stroke in _FIGURES.get(figure, ()):
            points = [
                (
                    at + (px + lean * py + chance.uniform(-0.03, 0.03)) * size / 2.2,
                    y + lift + py * size / 2 + chance.uniform(-0.02, 0.02) * size,
                )
                for px, py in stroke
            ]
            _smooth(canvas, points)
        at += size * 0.62
    canvas.restoreState()
    return at - x


def _smooth(canvas: Canvas, points: list[Point]) -> None:
    """A curve through the points (Catmull-Rom as cubic Béziers)."""
    path = canvas.beginPath()
    path.moveTo(*points[0])
    padded = [points[0], *points, points[-1]]
    for (ax, ay), (bx, by), (cx, cy), (dx, dy) in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        path.curveTo(bx + (cx - ax) / 6, by + (cy - ay) / 6, cx - (dx - bx) / 6, cy - (dy - by) / 6, cx, cy)
    canvas.drawPath(path, stroke=1, fill=0)


def draw_signature(canvas: Canvas, name: str, x: float, y: float, *, width: float = 95) -> None:
    """A signature in blue ink, always the same for the same name, its middle left at (x, y)."""
    chance = random.Random(f"signature-{name}")
    canvas.saveState()
    canvas.setStrokeColorRGB(*BLUE)
    canvas.setLineWidth(chance.uniform(0.9, 1.5))
    canvas.setLineCap(1)
    tall = chance.uniform(20, 30)
    first: tuple[Point, ...] = chance.choice(_INITIALS)
    points: list[Point] = [(x + 22 * px, y + tall * py) for px, py in first]
    at = x + 24
    while at < x + width * 0.8:  # small letters: up and down, ever flatter
        step = chance.uniform(5, 11)
        swing = chance.uniform(0.15, 0.55) * tall * (1 - (at - x) / width * 0.7)
        points += [(at, y + swing), (at + step * chance.uniform(0.1, 0.6), y - swing * chance.uniform(0.3, 1))]
        at += step
    points += [(at, y - 8), (x + width * 0.2, y - tall * 0.6), (x + width * 1.2, y + chance.uniform(2, 16))]
    _smooth(canvas, points)
    canvas.restoreState()


@cache
def seal_image(pixels: int = 425) -> PIL.Image.Image:
    """The red round seal of a specimen (RGBA, transparent ground): two rings, legend, star, uneven ink."""
    from PIL import Image, ImageDraw, ImageFilter, ImageFont

    big = pixels * 2
    ink = Image.new("L", (big, big), 0)
    draw = ImageDraw.Draw(ink)
    middle = big / 2
    for radius, weight in ((0.485, 0.016), (0.455, 0.006), (0.29, 0.006)):
        edge = big * radius
        box = (middle - edge, middle - edge, middle + edge, middle + edge)
        draw.ellipse(box, outline=255, width=max(2, int(big * weight)))
    _ring_text(ink, "VĂN BẢN MẪU ĐỂ KIỂM THỬ", big * 0.375, -205, 230)
    _ring_text(ink, "ĐÔN ĐỐC", big * 0.375, 62, 56, inward=True)
    star = [
        (middle + math.sin(k * math.pi / 5) * r, middle - math.cos(k * math.pi / 5) * r)
        for k in range(10)
        for r in (big * (0.2 if k % 2 == 0 else 0.08),)
    ]
    draw.polygon(star, fill=255)
    small = ImageFont.truetype(str(font_file("Bold")), int(big * 0.06))
    draw.text((middle, middle + big * 0.235), "MẪU", font=small, fill=255, anchor="mm")
    chance = random.Random("seal")
    dry = Image.new("L", (24, 24))
    dry.putdata([chance.randint(170, 255) for _ in range(24 * 24)])
    ink = Image.composite(ink, Image.new("L", ink.size, 0), dry.resize(ink.size, Image.Resampling.BICUBIC))
    ink = ink.filter(ImageFilter.GaussianBlur(big / 700)).resize((pixels, pixels), Image.Resampling.LANCZOS)
    seal = Image.new("RGBA", (pixels, pixels), (*(int(255 * part) for part in RED), 0))
    seal.putalpha(ink.point([int(level * 0.85) for level in range(256)]))
    return seal


def _ring_text(
    ink: PIL.Image.Image, words: str, radius: float, first: float, sweep: float, *, inward: bool = False
) -> None:
    """Set words along a circle from angle `first` over `sweep` degrees (0 is east, clockwise)."""
    from PIL import Image, ImageDraw, ImageFont

    size = ink.width
    font = ImageFont.truetype(str(font_file("Bold")), int(size * 0.078))
    for index, letter in enumerate(words):
        share = index / (len(words) - 1)
        angle = math.radians(first + sweep * (1 - share if inward else share))
        tile = Image.new("L", (int(size * 0.16),) * 2, 0)
        ImageDraw.Draw(tile).text((tile.width / 2, tile.height / 2), letter, font=font, fill=255, anchor="mm")
        turn = -math.degrees(angle) + (90 if inward else -90)
        tile = tile.rotate(turn, Image.Resampling.BICUBIC)
        at = (
            int(size / 2 + radius * math.cos(angle) - tile.width / 2),
            int(size / 2 + radius * math.sin(angle) - tile.height / 2),
        )
        ink.paste(255, at, tile)


def draw_seal(canvas: Canvas, x: float, y: float, *, seed: int, diameter_mm: float = SEAL_MM) -> None:
    """Stamp the seal with its middle at (x, y), turned by a few degrees as hands do."""
    from reportlab.lib.utils import ImageReader

    turn = random.Random(f"turn-{seed}").uniform(-9, 9)
    stream = io.BytesIO()
    seal_image().save(stream, "PNG")
    stream.seek(0)
    side = diameter_mm * MM
    canvas.saveState()
    canvas.translate(x, y)
    canvas.rotate(turn)
    canvas.drawImage(ImageReader(stream), -side / 2, -side / 2, side, side, mask="auto")
    canvas.restoreState()


def draw_incoming(
    canvas: Canvas, stamp: Incoming, x: float, y: float, *, colour: str, by_hand: bool, seed: int
) -> None:
    """The ĐẾN stamp (Phụ lục IV: 35 x 50 mm), its top left corner at (x, y)."""
    chance = random.Random(f"stamp-{seed}")
    ink = RED if colour == "red" else BLACK
    width, height = 50 * MM, 30 * MM
    year, month, day = stamp.date.split("-")
    canvas.saveState()
    canvas.translate(x, y)
    canvas.rotate(chance.uniform(-1.2, 1.6))
    canvas.setStrokeColorRGB(*ink)
    canvas.setFillColorRGB(*ink)
    canvas.setLineWidth(1.1)
    canvas.rect(0, -height, width, height)
    canvas.line(0, -19, width, -19)
    size = 8.5
    while canvas.stringWidth(stamp.body.upper(), "Serif-Bold", size) > width - 8:
        size -= 0.25
    canvas.setFont("Serif-Bold", size)
    canvas.drawCentredString(width / 2, -13, stamp.body.upper())
    canvas.setFont("Serif-Bold", 13)
    canvas.drawString(6, -42, "ĐẾN")
    canvas.setFont("Serif-Regular", 9.5)
    rows = ((44, -33, "Số:"), (44, -50, "Ngày:"), (6, -65, "Chuyển: ............"), (6, -80, "Số và ký hiệu HS: ........"))
    for left, base, words in rows:
        canvas.drawString(left, base, words)
    for left, base, words in ((68, -33, stamp.number), (70, -50, f"{day}/{month}/{year}")):
        if by_hand:
            write_by_hand(canvas, words, left, base, size=10.5, seed=seed)
        else:
            canvas.setFillColorRGB(*BLUE)
            canvas.setFont("Serif-BoldItalic", 10.5)
            canvas.drawString(left, base, words)
    canvas.restoreState()


def draw_mark(canvas: Canvas, words: str, x: float, y: float, *, seed: int) -> None:
    """The stamp of urgency or secrecy (20-40 x 8 mm, red, two frames), its top middle at (x, y)."""
    width = (22 if len(words) < 5 else 30 if len(words) < 9 else 40) * MM
    height = 8 * MM
    canvas.saveState()
    canvas.translate(x, y)
    canvas.rotate(random.Random(f"urgent-{seed}").uniform(-2, 2))
    canvas.setStrokeColorRGB(*RED)
    canvas.setFillColorRGB(*RED)
    canvas.setLineWidth(1.3)
    canvas.rect(-width / 2, -height, width, height)
    canvas.setLineWidth(0.5)
    canvas.rect(-width / 2 + 2, -height + 2, width - 4, height - 4)
    canvas.setFont("Serif-Bold", 13)
    canvas.drawCentredString(0, -height / 2 - 4.5, words)
    canvas.restoreState()
