"""Figures as hands write them, for learning and for tests: digits of idx files bent and thickened, and what is no figure."""

from __future__ import annotations

import gzip
import random
import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

CANVAS = 96
"""Pixels of the square a figure is drawn in; a figure of the idx files is 60 high there."""
TEST = 1500
"""Figures kept apart: never learnt from."""
OTHER = 10


def read_idx(path: Path) -> Any:
    """The array of an idx file (gzip or plain)."""
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    dimensions = data[3]
    shape = struct.unpack(f">{dimensions}I", data[4 : 4 + 4 * dimensions])
    return np.frombuffer(data, dtype=np.uint8, offset=4 + 4 * dimensions).reshape(shape)


def digits(folder: Path) -> tuple[tuple[Any, Any], tuple[Any, Any]]:
    """Images and labels to learn from, and those kept apart (the same ones each time)."""
    images = np.concatenate([read_idx(path) for path in sorted(folder.glob("*images-idx3-ubyte*"))])
    labels = np.concatenate([read_idx(path) for path in sorted(folder.glob("*labels-idx1-ubyte*"))])
    order = np.random.default_rng(1).permutation(len(labels))
    apart, learnt = order[:TEST], order[TEST:]
    return (images[learnt], labels[learnt]), (images[apart], labels[apart])


def fonts(folder: Path | None) -> list[Path]:
    """Font files under a folder."""
    return (
        sorted(path for path in folder.rglob("*") if path.suffix.lower() in (".ttf", ".otf"))
        if folder
        else []
    )


def enlarged(image: Any) -> Image.Image:
    """A figure of 28 × 28 on the larger canvas, smooth."""
    big = Image.fromarray(image).resize((84, 84), Image.Resampling.BICUBIC)
    canvas = Image.new("L", (CANVAS, CANVAS), 0)
    canvas.paste(big, (6, 6))
    return canvas


def printed(character: str, font: Path, chance: random.Random) -> Image.Image:
    """Characters of a font, about 60 pixels high."""
    face = ImageFont.truetype(str(font), chance.randint(56, 80))
    canvas = Image.new("L", (CANVAS, CANVAS), 0)
    draw = ImageDraw.Draw(canvas)
    x0, y0, x1, y1 = draw.textbbox((0, 0), character, font=face)
    if x1 - x0 > 90 or y1 - y0 > 90:
        face = face.font_variant(size=max(12, int(face.size * 88 / max(x1 - x0, y1 - y0))))
        x0, y0, x1, y1 = draw.textbbox((0, 0), character, font=face)
    draw.text((48 - (x0 + x1) / 2, 48 - (y0 + y1) / 2), character, fill=255, font=face)
    return canvas


def stroked(lines: Sequence[Sequence[tuple[float, float]]], width: float) -> Image.Image:
    """Strokes through points (0–1, y downwards) as a pen draws them."""
    scale = 3
    canvas = Image.new("L", (CANVAS * scale, CANVAS * scale), 0)
    draw = ImageDraw.Draw(canvas)
    pen = width * scale
    for line in lines:
        points = [((18 + 60 * x) * scale, (18 + 60 * y) * scale) for x, y in _curve(line)]
        draw.line(points, fill=255, width=max(1, round(pen)), joint="curve")
        for x, y in points:
            draw.ellipse((x - pen / 2, y - pen / 2, x + pen / 2, y + pen / 2), fill=255)
    return canvas.resize((CANVAS, CANVAS), Image.Resampling.BOX)


def _curve(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """A smooth line through the points (Catmull-Rom), straight where there are two."""
    if len(points) < 3:
        return list(points)
    ends = [points[0], *points, points[-1]]
    found = []
    for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        for step in range(8):
            t = step / 8
            found.append(tuple(
                0.5 * (2 * b[i] + (c[i] - a[i]) * t + (2 * a[i] - 5 * b[i] + 4 * c[i] - d[i]) * t**2 + (3 * b[i] - a[i] - 3 * c[i] + d[i]) * t**3)
                for i in (0, 1)
            ))  # fmt: skip
    found.append(points[-1])
    return found  # type: ignore[return-value]


def flagged_one(chance: random.Random, pen: float | None = None) -> Image.Image:
    """1 with its flag, as it is written here: from a short tick to an upstroke longer than the stem, "ʌ"; some with a foot."""
    lean = chance.uniform(-0.3, 0.3)
    top = (0.5 + lean / 2, chance.uniform(0, 0.06))
    bottom = (0.5 - lean / 2 + chance.uniform(-0.04, 0.04), chance.uniform(0.85, 1.0))
    reach = chance.choice((chance.uniform(0.2, 0.5), chance.uniform(0.5, 0.9), chance.uniform(0.8, 1.3)))
    flag = (min(top[0], bottom[0]) - chance.uniform(0.12, 0.5) * (0.4 + 0.6 * reach), min(1.1, top[1] + reach * chance.uniform(0.7, 1.0)))
    middle = ((top[0] + flag[0]) / 2 + chance.uniform(-0.06, 0.05), (top[1] + flag[1]) / 2 + chance.uniform(-0.06, 0.06))
    stem = [top, ((top[0] + bottom[0]) / 2 + chance.uniform(-0.05, 0.05), 0.5), bottom]
    foot = chance.random()
    if foot < 0.2:  # the pen goes on to the next figure
        stem.append((bottom[0] + chance.uniform(0.08, 0.25), bottom[1] - chance.uniform(0.0, 0.15)))
    lines: list[list[tuple[float, float]]] = [[flag, middle, top], stem]
    if foot > 0.88:
        base = chance.uniform(0.1, 0.25)
        lines.append([(bottom[0] - base, bottom[1]), (bottom[0] + base, bottom[1])])
    return stroked(lines, pen or chance.uniform(4, 13))


def barred_seven(chance: random.Random, pen: float | None = None) -> Image.Image:
    """7 with a bar through its stem."""
    lean = chance.uniform(0.05, 0.4)
    right = 0.5 + chance.uniform(0.15, 0.35)
    foot = (right - lean - chance.uniform(0, 0.15), 1.0)
    left = right - chance.uniform(0.4, 0.7)
    head = [
        (left, chance.uniform(0.0, 0.14)),
        ((left + right) / 2, chance.uniform(-0.03, 0.08)),
        (right, chance.uniform(0.0, 0.06)),
    ]
    if chance.random() < 0.3:
        head.insert(0, (left - 0.02, chance.uniform(0.1, 0.25)))
    stem = [(right, head[-1][1]), ((right + foot[0]) / 2 + chance.uniform(-0.04, 0.1), 0.5), foot]
    lines = [head, stem]
    if chance.random() < 0.85:
        y = chance.uniform(0.4, 0.62)
        x = right + (foot[0] - right) * y
        lines.append(
            [
                (x - chance.uniform(0.12, 0.35), y + chance.uniform(-0.05, 0.1)),
                (x + chance.uniform(0.1, 0.35), y + chance.uniform(-0.1, 0.05)),
            ]
        )
    return stroked(lines, pen or chance.uniform(4, 13))


def open_four(chance: random.Random, pen: float | None = None) -> Image.Image:
    """4 open above, its stem crossing the bar, as a pen in haste draws it."""
    right = chance.uniform(0.6, 0.75)
    y = chance.uniform(0.5, 0.68)
    left = chance.uniform(0.1, 0.25)
    start = (left + chance.uniform(0.0, 0.25), chance.uniform(0.0, 0.15))
    bar = (right + chance.uniform(0.05, 0.25), y + chance.uniform(-0.08, 0.06))
    first = (
        [start, (left, y - chance.uniform(0.0, 0.06)), (left + 0.08, y + 0.02), bar]
        if chance.random() < 0.6
        else [start, (left, y), bar]
    )
    if len(first) == 3:
        lines: list[list[tuple[float, float]]] = [first[:2], first[1:]]
    else:
        lines = [first]
    lines.append(
        [
            (right + chance.uniform(0, 0.12), chance.uniform(0.0, 0.35)),
            (right - chance.uniform(0.0, 0.12), 1.0),
        ]
    )
    return stroked(lines, pen or chance.uniform(4, 13))


def bent(
    figure: Image.Image,
    chance: random.Random,
    *,
    strong: float = 1.0,
    slant: float | None = None,
    pen: float | None = None,
) -> Any:
    """A figure slanted, turned, stretched, bowed and with another pen: a mask.

    `slant` and `pen` (thickness of its strokes) are one writer's, where given.
    """
    slant = chance.gauss(0.05, 0.22) * strong if slant is None else slant
    turn = chance.gauss(0, 0.1) * strong
    wide, high = chance.uniform(0.58, 1.3) ** strong, chance.uniform(0.85, 1.15) ** strong
    cos, sin = np.cos(turn), np.sin(turn)
    matrix = np.array([[cos, -sin], [sin, cos]]) @ np.array([[1 / wide, slant], [0, 1 / high]])
    shift = np.array([CANVAS / 2, CANVAS / 2]) - matrix @ np.array([CANVAS / 2, CANVAS / 2])
    figure = figure.transform(
        (CANVAS, CANVAS), Image.Transform.AFFINE, (matrix[0, 0], matrix[0, 1], shift[0], matrix[1, 0], matrix[1, 1], shift[1]),
        resample=Image.Resampling.BILINEAR,
    )  # fmt: skip
    if chance.random() < 0.5:
        figure = _bowed(figure, chance)
    change = chance.random()
    if pen is not None:
        figure = _penned(figure, pen)
    elif change < 0.3:
        figure = figure.filter(ImageFilter.MinFilter(3))
    elif change > 0.55:
        figure = figure.filter(ImageFilter.MaxFilter(chance.choice((3, 3, 5, 5, 7))))
    if chance.random() < 0.5:
        figure = figure.filter(ImageFilter.GaussianBlur(chance.uniform(0.5, 2.2)))
    mask = np.asarray(figure) > chance.uniform(70, 150)
    if not mask.any():
        return np.asarray(figure) > 30
    return mask


def _penned(figure: Image.Image, pen: float) -> Image.Image:
    """A figure with strokes about as thick as `pen`, as far as that leaves it whole."""
    mask = np.asarray(figure) > 110
    rim = mask & ~(np.roll(mask, 1, 0) & np.roll(mask, -1, 0) & np.roll(mask, 1, 1) & np.roll(mask, -1, 1))
    thick = 2 * mask.sum() / max(1, rim.sum())
    if pen > thick + 1.5:
        return figure.filter(ImageFilter.MaxFilter(3 if pen < thick + 3.5 else 5))
    return figure.filter(ImageFilter.MinFilter(3)) if thick > pen + 3 and thick > 6 else figure


def _bowed(figure: Image.Image, chance: random.Random) -> Image.Image:
    """Rows pushed aside in a wave, as a quick hand does."""
    array = np.asarray(figure)
    rows = np.arange(CANVAS)
    push = np.round(
        chance.uniform(-4, 4)
        * np.sin(rows / CANVAS * np.pi * chance.uniform(0.8, 2.2) + chance.uniform(0, 6))
    ).astype(int)
    columns = (np.arange(CANVAS)[None, :] + push[:, None]) % CANVAS
    return Image.fromarray(array[rows[:, None], columns])


def beside(left: Any, right: Any, gap: int) -> Any:
    """Two masks side by side, `gap` pixels between their ink (less than 0: they overlap)."""
    a, b = trimmed(left, rows=False), trimmed(right, rows=False)
    width = max(1, a.shape[1] + b.shape[1] + gap)
    both = np.zeros((a.shape[0], max(width, a.shape[1], b.shape[1])), dtype=bool)
    both[:, : a.shape[1]] |= a
    both[:, both.shape[1] - b.shape[1] :] |= b
    return both


def trimmed(mask: Any, *, rows: bool = True) -> Any:
    """A mask without its empty margins."""
    xs = np.nonzero(mask.any(axis=0))[0]
    ys = np.nonzero(mask.any(axis=1))[0]
    if not len(xs):
        return mask
    mask = mask[:, xs[0] : xs[-1] + 1]
    return mask[ys[0] : ys[-1] + 1] if rows else mask


def scribble(chance: random.Random) -> Any:
    """A few strokes that are no figure: loops, hooks, dashes."""
    lines = []
    for _ in range(chance.randint(1, 3)):
        x, y = chance.random(), chance.random()
        line = [(x, y)]
        for _ in range(chance.randint(1, 7)):
            x, y = (
                min(1.2, max(-0.2, x + chance.gauss(0, 0.4))),
                min(1.1, max(-0.1, y + chance.gauss(0, 0.4))),
            )
            line.append((x, y))
        lines.append(line)
    return np.asarray(stroked(lines, chance.uniform(3, 10))) > 128


def slash(chance: random.Random) -> Any:
    """The slash, bracket or line that stands beside a number, leaning more than a 1 does."""
    lean = chance.uniform(0.3, 0.7)
    return np.asarray(stroked([[(0.5 + lean / 2, 0), (0.5 - lean / 2, 1)]], chance.uniform(3, 7))) > 128


def dots(chance: random.Random) -> Any:
    """A stretch of a dotted line, or a colon."""
    mask = np.zeros((CANVAS, CANVAS), dtype=bool)
    size = chance.randint(4, 10)
    if chance.random() < 0.4:
        for y in (30, 62):
            mask[y : y + size, 44 : 44 + size] = True
        return mask
    for x in range(8, 84, chance.randint(size + 4, 26)):
        mask[60 : 60 + size, x : x + size] = True
    return mask
