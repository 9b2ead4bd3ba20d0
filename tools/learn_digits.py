"""Learn to read hand-written figures: the networks of ingest/hands, from a folder of idx files, with numpy alone.

    python tools/learn_digits.py DIGITS [--fonts DIR] [--samples 120000] [--epochs 5] [--networks 2] [--keep]

DIGITS holds *images-idx3-ubyte(.gz) and *labels-idx1-ubyte(.gz) (MNIST's form). 1,500 of
the figures are kept apart: never learnt from, all scores are of them. The others are slanted, bent, thickened,
put beside each other and on dotted lines; 1 with its flag, barred 7 and open 4, as Vietnamese hands write them,
are drawn; --fonts adds figures of handwriting fonts. What is no figure (two at once, halves, slashes,
letters, scribble) is a class of its own. --keep writes ingest/hands/data/figures.npz. One core, some minutes.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from ingest.hands import figures
from tools import digit_samples as draw

FIRST, SECOND, HIDDEN = 12, 24, 96
"""Channels of the two convolutions, width of the dense layer."""
NEGATIVES = (
    "/",
    ":",
    "y",
    "ày",
    "t",
    "th",
    "h",
    "U",
    "T",
    "C",
    "K",
    "N",
    "H",
    "V",
    "Số",
    "ố",
    "ng",
    "á",
    "QĐ",
    "-",
    "TB",
)
"""Print beside a number that is no figure."""
PRINT = "/usr/share/fonts/truetype/liberation*/LiberationSerif-*.ttf"


def sample(
    images: Any, labels: Any, hands: Sequence[Path], prints: Sequence[Path], chance: random.Random
) -> tuple[Any, int]:
    """One image as the reader will see it, and its class."""

    def figure(*, drawn: float = 0.18) -> tuple[Any, int]:
        kind = chance.random()
        if kind < drawn:
            shape, label = chance.choice(
                ((draw.flagged_one, 1), (draw.flagged_one, 1), (draw.barred_seven, 7), (draw.open_four, 4))
            )
            return draw.bent(shape(chance), chance, strong=0.6), label
        if hands and kind < drawn + 0.15:
            label = chance.randrange(10)
            return draw.bent(
                draw.printed(str(label), chance.choice(hands), chance), chance, strong=0.8
            ), label
        at = chance.randrange(len(labels))
        return draw.bent(draw.enlarged(images[at]), chance), int(labels[at])

    if chance.random() < 0.8:
        mask, label = figure()
        if chance.random() < 0.08:  # what is left of a dotted or a ruled line under it
            mask = mask.copy()
            y = chance.randint(70, 86)
            for x in range(chance.randint(10, 30), chance.randint(50, 90), chance.choice((3, 9, 12))):
                mask[y : y + 4, x : x + 4] = True
        return figures.normalised(draw.trimmed(mask)), label
    return figures.normalised(draw.trimmed(_other(figure, prints, chance))), figures.OTHER


def _other(figure: Callable[[], tuple[Any, int]], prints: Sequence[Path], chance: random.Random) -> Any:
    kind = chance.random()
    if kind < 0.38:
        both = draw.beside(figure()[0], figure()[0], chance.randint(-10, 8))
        return draw.beside(both, figure()[0], chance.randint(-8, 6)) if chance.random() < 0.15 else both
    if kind < 0.5:  # a figure and a part of its neighbour
        other = draw.trimmed(figure()[0])
        part = (
            other[:, : max(6, int(other.shape[1] * chance.uniform(0.35, 0.6)))]
            if chance.random() < 0.5
            else other[:, -max(6, int(other.shape[1] * chance.uniform(0.35, 0.6))) :]
        )
        pad = np.zeros((draw.CANVAS, part.shape[1]), dtype=bool)
        pad[20 : 20 + part.shape[0]] = part[: draw.CANVAS - 20]
        whole = figure()[0]
        return (
            draw.beside(whole, pad, chance.randint(-6, 4))
            if chance.random() < 0.5
            else draw.beside(pad, whole, chance.randint(-6, 4))
        )
    if kind < 0.6:  # half a figure; halves of 1, 4 and 7 may be figures
        while True:
            mask, label = figure()
            if label not in (1, 4, 7):
                break
        mask = draw.trimmed(mask)
        cut = int(mask.shape[1] * chance.uniform(0.35, 0.6))
        half = mask[:, :cut] if chance.random() < 0.5 else mask[:, cut:]
        return half if half.any() else mask
    if kind < 0.72:
        return draw.bent(
            draw.printed(chance.choice(NEGATIVES), chance.choice(prints), chance), chance, strong=0.3
        )
    if kind < 0.8:
        return draw.slash(chance)
    if kind < 0.84:
        return draw.dots(chance)
    return draw.scribble(chance)


def made(
    count: int, images: Any, labels: Any, hands: Sequence[Path], prints: Sequence[Path], seed: int
) -> tuple[Any, Any]:
    """So many images (as bytes, to save memory) with their classes."""
    chance = random.Random(seed)
    seen = np.zeros((count, figures.SIZE, figures.SIZE), dtype=np.uint8)
    classes = np.zeros(count, dtype=np.int64)
    for at in range(count):
        image, classes[at] = sample(images, labels, hands, prints, chance)
        seen[at] = np.round(image * 255)
    return seen, classes


def started(seed: int) -> dict[str, Any]:
    """A network before learning."""
    chance = np.random.default_rng(seed)
    side = ((figures.SIZE - 4) // 2 - 4) // 2
    sizes = {
        "first": (25, FIRST),
        "second": (25 * FIRST, SECOND),
        "third": (side * side * SECOND, HIDDEN),
        "fourth": (HIDDEN, figures.CLASSES),
    }
    net: dict[str, Any] = {}
    for name, (rows, columns) in sizes.items():
        net[name] = (chance.standard_normal((rows, columns)) * np.sqrt(2 / rows)).astype(np.float32)
        net[f"{name}_shift"] = np.zeros(columns, dtype=np.float32)
    return net


def gradients(net: dict[str, Any], images: Any, classes: Any, chance: Any) -> tuple[dict[str, Any], float]:
    """How the loss (cross entropy, labels smoothed by 5%) changes with each weight, and the loss."""
    count = len(images)
    one_rows = figures.patches(images[..., None])
    one = np.maximum(one_rows @ net["first"] + net["first_shift"], 0)
    one_small = figures.pooled(one)
    two_rows = figures.patches(one_small)
    two = np.maximum(two_rows @ net["second"] + net["second_shift"], 0)
    two_small = figures.pooled(two)
    flat = two_small.reshape(count, -1)
    dropped = (chance.random(HIDDEN, dtype=np.float32) > 0.2) / np.float32(0.8)
    hidden = np.maximum(flat @ net["third"] + net["third_shift"], 0) * dropped
    guess = figures.softmax(hidden @ net["fourth"] + net["fourth_shift"])
    wanted = np.full_like(guess, 0.05 / figures.CLASSES)
    wanted[np.arange(count), classes] += 0.95
    loss = float(-(wanted * np.log(guess + 1e-9)).sum(axis=1).mean())
    back = (guess - wanted) / count
    found = {"fourth": hidden.T @ back, "fourth_shift": back.sum(axis=0)}
    back = (back @ net["fourth"].T) * dropped * (hidden > 0)
    found |= {"third": flat.T @ back, "third_shift": back.sum(axis=0)}
    back = _unpooled((back @ net["third"].T).reshape(two_small.shape), two, two_small) * (two > 0)
    found |= {
        "second": two_rows.reshape(-1, two_rows.shape[-1]).T @ back.reshape(-1, SECOND),
        "second_shift": back.sum(axis=(0, 1, 2)),
    }
    back = _unpooled(_gathered(back @ net["second"].T, one_small.shape), one, one_small) * (one > 0)
    found |= {
        "first": one_rows.reshape(-1, 25).T @ back.reshape(-1, FIRST),
        "first_shift": back.sum(axis=(0, 1, 2)),
    }
    return found, loss


def _unpooled(back: Any, whole: Any, small: Any) -> Any:
    return np.repeat(np.repeat(back, 2, axis=1), 2, axis=2) * (
        whole == np.repeat(np.repeat(small, 2, axis=1), 2, axis=2)
    )


def _gathered(rows: Any, shape: tuple[int, ...]) -> Any:
    """Neighbourhoods added up where they lie (the way back from `figures.patches`)."""
    total = np.zeros(shape, dtype=np.float32)
    count, high, wide = rows.shape[:3]
    parts = rows.reshape(count, high, wide, 5, 5, shape[3])
    for y in range(5):
        for x in range(5):
            total[:, y : y + high, x : x + wide] += parts[:, :, :, y, x]
    return total


def learnt(
    seen: Any, classes: Any, epochs: int, seed: int, tell: Callable[[dict[str, Any]], str]
) -> dict[str, Any]:
    """A network after so many rounds over the samples (Adam, the pace falling along half a cosine)."""
    net, chance = started(seed), np.random.default_rng(seed)
    first = {name: np.zeros_like(each) for name, each in net.items()}
    second = {name: np.zeros_like(each) for name, each in net.items()}
    size, step = 128, 0
    total = epochs * (len(seen) // size)
    for epoch in range(epochs):
        order, began, losses = chance.permutation(len(seen)), time.process_time(), []
        for at in range(0, len(seen) - size + 1, size):
            batch = order[at : at + size]
            found, loss = gradients(net, seen[batch].astype(np.float32) / 255, classes[batch], chance)
            losses.append(loss)
            step += 1
            pace = 2e-3 * (0.5 + 0.5 * np.cos(np.pi * step / total)) + 1e-5
            for name, slope in found.items():
                first[name] += 0.1 * (slope - first[name])
                second[name] += 0.001 * (slope**2 - second[name])
                net[name] -= (
                    pace
                    * (first[name] / (1 - 0.9**step))
                    / (np.sqrt(second[name] / (1 - 0.999**step)) + 1e-8)
                ).astype(np.float32)
        print(
            f"network {seed} round {epoch + 1}: loss {np.mean(losses):.4f}, {tell(net)}, {time.process_time() - began:.0f} s of processor",
            flush=True,
        )
    return net


def guesses(nets: Sequence[dict[str, Any]], seen: Any, heat: float = 1.0) -> Any:
    """What the networks together say of many images."""
    parts = [seen[at : at + 500].astype(np.float32) / 255 for at in range(0, len(seen), 500)]
    return np.concatenate(
        [
            np.mean([figures.softmax(figures.forward(net, part) / heat) for net in nets], axis=0)
            for part in parts
        ]
    )


def best_heat(nets: Sequence[dict[str, Any]], seen: Any, classes: Any) -> float:
    """By what the scores must be divided for the probabilities to say how often they are right."""

    def loss(heat: float) -> float:
        return float(-np.log(guesses(nets, seen, heat)[np.arange(len(classes)), classes] + 1e-9).mean())

    return min((0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.2), key=loss)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("digits", type=Path)
    parser.add_argument("--fonts", type=Path)
    parser.add_argument("--samples", type=int, default=120_000)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--networks", type=int, default=2)
    parser.add_argument("--keep", action="store_true")
    chosen = parser.parse_args()
    (images, labels), (test_images, test_labels) = draw.digits(chosen.digits)
    hands, prints = draw.fonts(chosen.fonts), sorted(Path("/").glob(PRINT.lstrip("/")))
    began = time.process_time()
    test_seen, test_classes = made(6000, test_images, test_labels, hands, prints, 99)
    plain = np.stack(
        [
            np.round(figures.normalised(draw.trimmed(np.asarray(draw.enlarged(each)) > 110)) * 255)
            for each in test_images
        ]
    ).astype(np.uint8)

    def tell(net: dict[str, Any]) -> str:
        return f"kept apart {(guesses([net], plain).argmax(axis=1) == test_labels).mean():.4f}, bent {(guesses([net], test_seen).argmax(axis=1) == test_classes).mean():.4f}"

    seen, classes = made(chosen.samples, images, labels, hands, prints, 1000)
    print(f"samples made, {time.process_time() - began:.0f} s of processor so far", flush=True)
    nets = [learnt(seen, classes, chosen.epochs, number, tell) for number in range(chosen.networks)]
    heat = best_heat(nets, *made(4000, test_images, test_labels, hands, prints, 98))
    for name, some, wanted in (
        ("figures kept apart", plain, test_labels),
        ("the same bent, with what is no figure", test_seen, test_classes),
    ):
        said = guesses(nets, some, heat)
        right = said.argmax(axis=1) == wanted
        sure = said.max(axis=1) >= 0.97
        print(
            f"{name}: {right.mean():.4f} right of {len(wanted)}; sure of {sure.mean():.3f}, of these {right[sure].mean():.4f} right"
        )
    if chosen.keep:
        arrays = {
            f"{number}/{name}": each.astype(np.float16)
            for number, net in enumerate(nets)
            for name, each in net.items()
        }
        np.savez_compressed(figures.MODEL, heat=np.float32(heat), **arrays)
        print(f"{figures.MODEL.name}: {figures.MODEL.stat().st_size / 1000:.0f} kB, heat {heat}")


if __name__ == "__main__":
    main()
