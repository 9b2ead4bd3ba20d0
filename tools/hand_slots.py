"""Hand-filled number and date lines, made of figures never learnt from, and how well they are read.

    python tools/hand_slots.py DIGITS [--fonts DIR] [--count 600] [--seed 1] [--show OUT.png] [--keep]

Prints for numbers and days: how many blanks were found, how many readings were right, and at which probability how many
were kept and how many of these were wrong. Print is set in Liberation Serif, written over in blue or black ink of
several pens, with dots under it, noise, blur and JPEG; the words are given as the reader would, some of them glued to
what the hand wrote. Then the negatives: print, empty blanks, scribbles, a flourish across the blank. --keep counts how often readings of a
probability were right and writes that beside the networks (ingest/hands/data/figures.npz); measure with another seed.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from ingest.hands import filled_in
from ingest.hands.figures import MODEL
from ingest.prepare import Turn
from ingest.types import Box, Mark, Word
from tools import digit_samples as draw

WIDTH, HEIGHT = 595.0, 842.0
FACES = ("LiberationSerif-Regular.ttf", "LiberationSerif-Italic.ttf")
FOLDERS = ("/usr/share/fonts/truetype/liberation2", "/usr/share/fonts/truetype/liberation")
SYMBOLS = (
    "/UBND-KTTH",
    "/QĐ-UBND",
    "/STC-NS",
    "/TB-VP",
    "/BNV-TCBC",
    "/SLĐTBXH-VP",
    "/CT-UBND",
    "/KH-UBND",
    "/SYT-NVY",
)
PLACES = ("Hà Nội,", "Quảng Ngãi,", "Đắk Nông,", "Cần Thơ,", "Huế,")
INKS = ((35, 60, 160), (50, 95, 190), (25, 25, 30), (45, 45, 60), (70, 70, 75), (30, 40, 120))
MARGIN = {"number": 0.9, "day": 1.5}
"""By how much the log odds are lowered: real hands differ from these more than these from each other."""
FILLS = ("hand", "print", "empty", "scribble", "flourish")


@dataclass(frozen=True, slots=True)
class Scene:
    """The top of a page with one number line and one date line, the words read there, and what the hands wrote.

    `dpi` is its resolution; `truth` names each blank's figures ("number", "day"), empty where nothing is to be read.
    """

    image: Any
    dpi: int
    words: tuple[tuple[Word, ...], ...]
    truth: dict[str, str]


@dataclass(frozen=True, slots=True)
class Pens:
    """Figures of hands: from idx files, and from fonts."""

    images: Any
    labels: Any
    fonts: Sequence[Path]

    def figure(self, label: int, writer: Writer, chance: random.Random) -> Any:
        """A mask of one figure as a writer would make it."""
        if writer.font is not None:
            return draw.bent(
                draw.printed(str(label), writer.font, chance),
                chance,
                strong=0.3,
                slant=writer.slant,
                pen=writer.pen,
            )
        shapes = {1: draw.flagged_one, 7: draw.barred_seven, 4: draw.open_four}
        if label in writer.drawn:
            return draw.bent(
                shapes[label](chance, writer.pen), chance, strong=0.3, slant=writer.slant, pen=writer.pen
            )
        at = chance.choice(np.nonzero(self.labels == label)[0].tolist())
        return draw.bent(
            draw.enlarged(self.images[at]), chance, strong=0.4, slant=writer.slant, pen=writer.pen
        )

    def writer(self, chance: random.Random) -> Writer:
        """Somebody who writes."""
        return Writer(
            chance.uniform(5, 12), chance.gauss(0.0, 0.12), frozenset(each for each in (1, 4, 7) if chance.random() < 0.5),
            chance.choice(self.fonts) if self.fonts and chance.random() < 0.12 else None,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Writer:
    """What one hand's figures have in common: pen, slant, which figures it makes with flag or bar, a font that writes for it."""

    pen: float
    slant: float
    drawn: frozenset[int]
    font: Path | None


def _face(name: str, size: float) -> Any:
    path = next(path for folder in FOLDERS if (path := Path(folder, name)).exists())
    return ImageFont.truetype(str(path), size)


def written(pens: Pens, figures: str, size: float, chance: random.Random) -> Any:
    """The figures of one hand as a mask: one pen, one slant, figures that may touch. `size` is the print's, in pixels."""
    high = int(size * chance.uniform(0.68, 1.1))
    writer = pens.writer(chance)
    parts = []
    for figure in figures:
        mask = draw.trimmed(pens.figure(int(figure), writer, chance))
        tall = max(6, int(high * chance.uniform(0.88, 1.1)))
        wide = max(2, round(mask.shape[1] * tall / mask.shape[0]))
        image = Image.fromarray(mask.astype(np.uint8) * 255).resize(
            (min(wide, int(1.2 * tall)), tall), Image.Resampling.BOX
        )
        parts.append(np.asarray(image) > 90)
    full = max(part.shape[0] for part in parts) + int(0.2 * size)
    canvas = np.zeros((full, sum(part.shape[1] for part in parts) + int(len(parts) * 0.4 * size)), dtype=bool)
    x = 0
    apart = chance.uniform(-0.04, 0.22) * size
    for part in parts:
        y = full - part.shape[0] - int(chance.uniform(0, 0.16) * size)
        canvas[y : y + part.shape[0], x : x + part.shape[1]] |= part
        x += max(2, part.shape[1] + int(apart + chance.uniform(-0.06, 0.06) * size))
    return draw.trimmed(canvas)


def scene(pens: Pens, chance: random.Random, fill: str = "hand") -> Scene:
    """One head with its blanks filled as `fill` says."""
    dpi = chance.choice((150, 200, 200, 300, 300))
    unit = dpi / 72
    size = chance.choice((13, 13, 13.5, 14)) * unit
    number = str(
        chance.choice(
            (
                chance.randint(1, 99),
                chance.randint(100, 999),
                chance.randint(100, 999),
                chance.randint(1000, 9999),
            )
        )
    )
    number = number.zfill(2)
    day = f"{chance.randint(1, 31):02d}" if chance.random() < 0.9 else str(chance.randint(1, 9))
    canvas = Image.new(
        "RGB", (round(WIDTH * unit), round(0.18 * HEIGHT * unit)), (chance.randint(236, 255),) * 3
    )
    pencil = ImageDraw.Draw(canvas)
    ink = (chance.randint(10, 70),) * 3
    hand_ink = chance.choice(INKS)
    kept = fill == "hand"
    lines = []
    for kind, face, x, y, parts, figures in (
        ("number", _face(FACES[0], size), 90 * unit, 110 * unit, ("Số:", chance.choice(SYMBOLS)), number),
        ("day", _face(FACES[1], size), 300 * unit, 112 * unit, (*chance.choice(PLACES).split(), "ngày", "tháng", f"{chance.randint(1, 12):02d}", "năm", "2025"), day),
    ):  # fmt: skip
        blank = 0 if kind == "number" else parts.index("ngày")
        line = []
        dotted = chance.random() < 0.25
        for at, part in enumerate(parts):
            pencil.text((x, y), part, fill=ink, font=face, anchor="ls")
            x0, y0, x1, y1 = pencil.textbbox((x, y), part, font=face, anchor="ls")
            line.append((part, (x0, y0, x1, y1)))
            x += face.getlength(part)
            if at != blank:
                x += 0.25 * size
                continue
            if fill == "print":
                x += 0.05 * size
                pencil.text((x, y), figures, fill=ink, font=face, anchor="ls")
                line.append((figures, pencil.textbbox((x, y), figures, font=face, anchor="ls")))
                x += face.getlength(figures) + (0.02 if kind == "number" else 0.25) * size
                continue
            start = x
            if fill == "hand":
                mask = written(pens, figures, size, chance)
                x += chance.uniform(0.06, 0.5) * size
                _ink(canvas, mask, x, y + chance.uniform(-0.06, 0.16) * size, hand_ink)
                x += mask.shape[1] + chance.uniform(0.06, 0.5) * size
            else:
                x += chance.uniform(1.2, 2.6) * size
                if fill in ("scribble", "flourish"):
                    mask = draw.trimmed(draw.scribble(chance))
                    wide = (x - start) * (0.7 if fill == "scribble" else 2.2)
                    high = (0.8 if fill == "scribble" else 2.4) * size
                    image = Image.fromarray(mask.astype(np.uint8) * 255).resize(
                        (max(3, int(wide)), max(3, int(high)))
                    )
                    _ink(
                        canvas,
                        np.asarray(image) > 120,
                        start + (x - start - wide) / 2,
                        y + 0.1 * high,
                        hand_ink,
                    )
            if dotted:
                for dot in np.arange(start + 0.05 * size, x - 0.05 * size, 0.25 * size):
                    pencil.ellipse((dot, y - 0.07 * size, dot + 0.06 * size, y), fill=ink)
        lines.append(_as_read(line, blank, kept, kind, chance))
    pixels = _scanned(canvas, chance)
    words = tuple(
        tuple(Word(text, Box(*(value / unit for value in box)), sure) for text, box, sure in line)
        for line in lines
    )
    return Scene(pixels, dpi, words, {"number": number, "day": day} if kept else {})


def _ink(canvas: Image.Image, mask: Any, x: float, y: float, colour: tuple[int, int, int]) -> None:
    """A mask drawn in ink with its foot at `y`."""
    soft = Image.fromarray(mask.astype(np.uint8) * 235).filter(ImageFilter.GaussianBlur(0.6))
    canvas.paste(Image.new("RGB", soft.size, colour), (round(x), round(y - mask.shape[0])), soft)


def _as_read(
    line: list[tuple[str, Any]], blank: int, kept: bool, kind: str, chance: random.Random
) -> list[tuple[str, Any, float]]:
    """The words as a reader of print gives them: what the hand wrote is missing, misread, or glued to its neighbours."""
    words = [(text, box, 0.95) for text, box in line]
    if not kept:
        return words
    left, right = words[blank], words[blank + 1]
    way = chance.random()
    between = (left[1][2] + 1, left[1][1], right[1][0] - 1, left[1][3])
    if way < 0.35:
        words.insert(blank + 1, (chance.choice(("{2", "4", "S1", "#3", "ổ")), between, 0.4))
    elif way < 0.5:
        words[blank] = (
            left[0] + chance.choice(("Ø4", "/-", "9'")),
            (*left[1][:2], between[2], left[1][3]),
            0.5,
        )
    elif way < 0.65:
        words[blank + 1] = (chance.choice(("{", "†4", "04")) + right[0], (between[0], *right[1][1:]), 0.3)
    return words


def _scanned(canvas: Image.Image, chance: random.Random) -> Any:
    image = canvas
    if chance.random() < 0.6:
        image = image.filter(ImageFilter.GaussianBlur(chance.uniform(0.3, 1.1)))
    pixels = np.asarray(image).astype(np.float32)
    pixels += np.random.default_rng(chance.randrange(1 << 30)).normal(0, chance.uniform(0, 9), pixels.shape)
    image = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
    if chance.random() < 0.25:
        image = image.convert("L")
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=chance.randint(45, 92))
    return np.asarray(Image.open(buffer))


def marks_of(made: Scene) -> dict[str, Mark]:
    """The marks for hand-filled blanks of a scene."""
    _, marks = filled_in(
        [list(line) for line in made.words],
        made.image,
        Turn(0.0, made.image.shape[1], made.image.shape[0]),
        WIDTH,
        HEIGHT,
    )
    names = {"Số": "number", "ngày": "day", "tháng": "month"}
    return {names[mark.text.partition(":")[0]]: mark for mark in marks}


def figures_of(mark: Mark) -> str:
    """What a mark says was written."""
    return mark.text.partition(": ")[2]


def fitted(seen: Sequence[tuple[float, bool]]) -> tuple[float, float]:
    """By what the log odds of a probability are to be raised and stretched to say how often it was right (Newton, a ridge)."""
    odds = np.array([_odds(sure) for sure, _ in seen])
    inputs = np.stack([np.ones_like(odds), odds], axis=1)
    right = np.array([float(good) for _, good in seen])
    weights = np.array([0.0, 1.0])
    for _ in range(50):
        guess = 1 / (1 + np.exp(-inputs @ weights))
        slope = inputs.T @ (right - guess) - (weights - np.array([0.0, 1.0]))
        bend = (inputs * (guess * (1 - guess))[:, None]).T @ inputs + np.eye(2)
        weights = weights + np.linalg.solve(bend, slope)
    return float(weights[0]), float(weights[1])


def keep(read: Mapping[str, Sequence[tuple[float, bool]]]) -> None:
    """Write what `fitted` finds for numbers and days, less the margin for hands unlike ours."""
    with np.load(MODEL, allow_pickle=False) as data:
        arrays = {name: data[name] for name in data.files}
    old = arrays.get("trust", np.array([[0.0, 1.0]] * 2))
    rows = []
    for kind, (was_held, was_steep) in zip(("number", "day"), old, strict=True):
        # The probabilities seen are those of the trust kept before: undone first.
        raw = [(_logistic((_odds(sure) - was_held) / was_steep), good) for sure, good in read[kind] if sure > 0]
        held, steep = fitted(raw)
        rows.append((held - MARGIN[kind], steep))
    arrays["trust"] = np.array(rows, dtype=np.float32)
    np.savez_compressed(MODEL, **arrays)
    print(f"trust: {arrays['trust'].tolist()}")


def _odds(probability: float) -> float:
    return float(np.log(max(probability, 1e-6) / max(1 - probability, 1e-6)))


def _logistic(odds: float) -> float:
    return float(1 / (1 + np.exp(-odds)))


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("digits", type=Path)
    parser.add_argument("--fonts", type=Path)
    parser.add_argument("--count", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=Path)
    parser.add_argument("--keep", action="store_true")
    chosen = parser.parse_args()
    _, (images, labels) = draw.digits(chosen.digits)
    pens, chance = Pens(images, labels, draw.fonts(chosen.fonts)), random.Random(chosen.seed)
    read: dict[str, list[tuple[float, bool]]] = {"number": [], "day": []}
    found = 0
    shown = []
    for _ in range(chosen.count):
        made = scene(pens, chance)
        marks = marks_of(made)
        for kind, truth in made.truth.items():
            mark = marks.get(kind)
            found += mark is not None
            right = mark is not None and int(figures_of(mark) if figures_of(mark).isdecimal() else -1) == int(
                truth
            )
            read[kind].append((mark.confidence if mark else 0.0, right))
        if len(shown) < 16:
            shown.append(made.image if made.image.ndim == 3 else np.repeat(made.image[..., None], 3, axis=2))
    print(f"blanks found: {found} of {2 * chosen.count}")
    for kind, seen in read.items():
        print(f"{kind}: best reading right {sum(right for _, right in seen) / len(seen):.3f}")
        for least in (0.5, 0.7, 0.8, 0.9, 0.95, 0.98):
            kept = [right for sure, right in seen if sure >= least]
            print(
                f"  probability ≥ {least}: kept {len(kept) / len(seen):.3f}, wrong {len(kept) - sum(kept)} of {len(kept)}"
            )
    if chosen.keep:
        keep(read)
        return
    for fill in FILLS[1:]:
        marks = [
            mark for _ in range(chosen.count // 6) for mark in marks_of(scene(pens, chance, fill)).values()
        ]
        sure = sum(mark.confidence >= 0.9 for mark in marks)
        print(
            f"{fill}: {2 * (chosen.count // 6)} blanks, {len(marks)} called hand-written, {sure} of these read with ≥ 0.9"
        )
    if chosen.show:
        strips = [Image.fromarray(each).resize((1190, 303)).crop((150, 170, 1190, 260)) for each in shown]
        sheet = Image.new("RGB", (1040, 90 * len(strips)))
        for at, strip in enumerate(strips):
            sheet.paste(strip, (0, 90 * at))
        sheet.save(chosen.show)


if __name__ == "__main__":
    main()
