"""Which figure a hand wrote: small convolutional networks, learnt by tools/learn_digits.py, run with numpy alone.

Several networks vote, for one alone is sure of what it never saw. The eleventh
class is "no figure": two figures at once, half of one, a slash, letters, scribble.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Images = NDArray[np.float32]
    Mask = NDArray[np.bool_]

SIZE, INNER = 28, 20
"""Pixels of an image, and of the square within it that the figure fills (as in the idx files of MNIST)."""
CLASSES = 11
OTHER = 10
"""The class of what is no figure."""

MODEL = Path(__file__).parent / "data" / "figures.npz"


def normalised(mask: Mask) -> Images:
    """A drawing (true is ink) as an image of 28 × 28: scaled to fill 20 × 20, its centre of mass in the middle."""
    from PIL import Image

    image: Images = np.zeros((SIZE, SIZE), dtype=np.float32)
    rows, columns = np.nonzero(mask.any(axis=1))[0], np.nonzero(mask.any(axis=0))[0]
    if not len(rows):
        return image
    inked = mask[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    scale = INNER / max(inked.shape)
    size = (max(1, round(inked.shape[1] * scale)), max(1, round(inked.shape[0] * scale)))
    small = (
        np.asarray(
            Image.fromarray(inked.astype(np.uint8) * 255).resize(size, Image.Resampling.BOX), dtype=np.float32
        )
        / 255
    )
    total = max(float(small.sum()), 1e-6)
    middle_y = float((small.sum(axis=1) * np.arange(size[1])).sum()) / total
    middle_x = float((small.sum(axis=0) * np.arange(size[0])).sum()) / total
    top = int(np.clip(round((SIZE - 1) / 2 - middle_y), 0, SIZE - size[1]))
    left = int(np.clip(round((SIZE - 1) / 2 - middle_x), 0, SIZE - size[0]))
    image[top : top + size[1], left : left + size[0]] = small
    return image


def probabilities(images: Images) -> Images:
    """For each image (n, 28, 28) the probability of the ten figures and of none: the mean over the networks."""
    if not len(images):
        return np.zeros((0, CLASSES), dtype=np.float32)
    networks, heat = _model()
    return np.asarray(
        np.mean([softmax(forward(net, images) / heat) for net in networks], axis=0), dtype=np.float32
    )


def trusted(probability: float, kind: str) -> float:
    """How often readings of such a probability are right: counted by tools/hand_slots.py on figures never learnt from.

    `kind` is that of the blank: days and months have less to choose from than numbers.
    """
    held, steep = _trust()["number" if kind == "number" else "day"]
    odds = np.log(max(probability, 1e-6) / max(1 - probability, 1e-6))
    return float(1 / (1 + np.exp(-(held + steep * odds))))


@cache
def _trust() -> dict[str, tuple[float, float]]:
    with np.load(MODEL, allow_pickle=False) as data:
        rows = data["trust"].tolist() if "trust" in data.files else [(0.0, 1.0)] * 2
        return dict(zip(("number", "day"), rows, strict=True))


def forward(net: dict[str, Any], images: Images) -> Images:
    """The scores of one network: two convolutions of 5 × 5 with the maximum of 2 × 2 after each, two dense layers."""
    seen = images[..., None]
    for name in ("first", "second"):
        seen = pooled(np.maximum(patches(seen) @ net[name] + net[f"{name}_shift"], 0))
    flat = seen.reshape(len(seen), -1)
    hidden = np.maximum(flat @ net["third"] + net["third_shift"], 0)
    return np.asarray(hidden @ net["fourth"] + net["fourth_shift"], dtype=np.float32)


def patches(seen: Images, size: int = 5) -> Images:
    """Each neighbourhood of (n, y, x, channel) as one row: (n, y, x, size · size · channel)."""
    view = np.lib.stride_tricks.sliding_window_view(seen, (size, size), axis=(1, 2))
    count, high, wide = view.shape[:3]
    return np.ascontiguousarray(view.transpose(0, 1, 2, 4, 5, 3)).reshape(count, high, wide, -1)


def pooled(seen: Images) -> Images:
    """The maximum of each 2 × 2 cell."""
    count, high, wide, channels = seen.shape
    return np.asarray(seen.reshape(count, high // 2, 2, wide // 2, 2, channels).max(axis=(2, 4)))


def softmax(scores: Images) -> Images:
    """Scores as probabilities."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


@cache
def _model() -> tuple[tuple[dict[str, Any], ...], float]:
    with np.load(MODEL, allow_pickle=False) as data:
        names = sorted({key.partition("/")[0] for key in data.files if "/" in key})
        networks = tuple(
            {
                key.partition("/")[2]: data[key].astype(np.float32)
                for key in data.files
                if key.startswith(f"{name}/")
            }
            for name in names
        )
        return networks, float(data["heat"])
