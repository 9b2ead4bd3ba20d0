"""The second reader: single words by the recognition model of asterocr, offline, on one thread.

Another kind of network than Tesseract's, trained on other pages, so that its
mistakes are others. It gives, for a word's picture, the probability of each
letter at each step from left to right, from which the probability of any
spelling follows (connectionist temporal classification). Only the model and
its list of letters are used of the package; none of its code is run.
"""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Steps = NDArray[np.float32]
    """Natural logarithms of probabilities, step by step (rows), letter by letter (columns)."""

_HEIGHT = 32
_WIDEST = 960
"""Pixels; the model knows places up to 1,024."""
_GRID = 8
"""Pictures are stretched to a multiple of this many pixels, so that several go through the model at once."""
_AT_ONCE = 8
_BLANK = 0
_UNWRITABLE = -9.0
"""What a character costs that the model has no letter for."""
_AS_PRINTED = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "..."})


class Unusable(Exception):
    """The second reader's model is damaged or does not run on this machine."""


@cache
def _model() -> tuple[Any, dict[str, int], tuple[str, ...]] | None:
    """The model, its letters' numbers and its letters; None where it is missing, damaged or does not fit its letters."""
    folder = _folder()
    if folder is None:
        return None
    try:
        import onnxruntime

        letters = tuple(json.loads((folder / "vocab.json").read_text(encoding="utf-8"))["chars"])
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        # The arena keeps the memory of the widest picture for good.
        options.enable_cpu_mem_arena = options.enable_mem_pattern = False
        session = onnxruntime.InferenceSession(
            str(folder / "asternet.onnx"), options, providers=["CPUExecutionProvider"]
        )
        fits = session.get_outputs()[0].shape[-1] == len(letters)
    except Exception:  # onnxruntime's errors have no base class of their own; absence is told of on every page
        return None
    return (session, {letter: number for number, letter in enumerate(letters)}, letters) if fits else None


def _folder() -> Path | None:
    """Where the package keeps its model, None where it is not installed."""
    found = importlib.util.find_spec("asterocr")
    return Path(found.origin).parent / "assets" if found is not None and found.origin is not None else None


def written(text: str) -> str:
    """A text in the letters the model has: straight quotes, hyphens for dashes."""
    return text.translate(_AS_PRINTED)


def look(pictures: Sequence[Any]) -> list[Steps]:
    """What the model sees in each grey picture of a word. Raises `Unusable` where there is no model or it fails."""
    known = _model()
    if known is None:
        raise Unusable("no model")
    session = known[0]
    by_width: dict[int, list[tuple[int, Any]]] = {}
    for index, picture in enumerate(pictures):
        ready = _fitted(picture)
        by_width.setdefault(ready.shape[1], []).append((index, ready))
    seen: list[Any] = [None] * len(pictures)
    for same in by_width.values():
        for start in range(0, len(same), _AT_ONCE):
            batch = same[start : start + _AT_ONCE]
            stack = np.stack([ready for _, ready in batch])[:, None]
            steps = _run(session, np.repeat(stack, 3, axis=1))
            for place, (index, _) in enumerate(batch):
                seen[index] = steps[:, place]
    return seen


def _run(session: Any, pictures: Any) -> Any:
    try:
        return session.run(None, {session.get_inputs()[0].name: pictures})[0]
    except Exception as error:  # as above: no base class; no memory for a node is one of them
        raise Unusable(str(error)) from error


def _fitted(picture: Any) -> Any:
    from PIL import Image

    height, width = picture.shape
    wide = round(width * _HEIGHT / max(1, height) / _GRID) * _GRID
    wide = min(_WIDEST, max(_HEIGHT, wide))
    small = Image.fromarray(picture).resize((wide, _HEIGHT), Image.Resampling.BILINEAR)
    return np.asarray(small, dtype=np.float32) / 127.5 - 1.0


def likeliest(steps: Steps) -> str:
    """The text of the best letter at each step."""
    known = _model()
    if known is None:
        return ""
    letters: list[str] = []
    before = -1
    for number in steps.argmax(axis=1):
        if number not in (before, _BLANK):
            letters.append(known[2][number])
        before = number
    return "".join(letters).strip()


def bits(steps: Steps, texts: Sequence[str]) -> list[float]:
    """Minus log2 of the probability of each text, summed over all ways to spread it over the steps."""
    known = _model()
    if known is None or not texts:
        return [0.0] * len(texts)
    numbers = known[1]
    spelt = [[numbers.get(char, -1) for char in written(text)] for text in texts]
    states = 2 * max(map(len, spelt)) + 1
    label = np.zeros((len(texts), states), dtype=np.int64)
    unknown = np.zeros((len(texts), states), dtype=np.bool_)
    leap = np.zeros((len(texts), states), dtype=np.bool_)
    for row, text in enumerate(spelt):
        for place, number in enumerate(text):
            label[row, 2 * place + 1] = max(number, 0)
            unknown[row, 2 * place + 1] = number < 0
            # A letter may follow another without a blank only where they differ.
            leap[row, 2 * place + 1] = place > 0 and number != text[place - 1]
    shown = steps[:, label].astype(np.float64)
    shown[:, unknown] = _UNWRITABLE
    nothing = -1e30
    now = np.full((len(texts), states), nothing)
    now[:, :2] = shown[0, :, :2]
    for step in shown[1:]:
        new = now.copy()
        new[:, 1:] = np.logaddexp(new[:, 1:], now[:, :-1])
        new[:, 2:] = np.logaddexp(new[:, 2:], np.where(leap[:, 2:], now[:, :-2], nothing))
        now = new + step
    ends = [2 * len(text) for text in spelt]
    total = [
        now[row, end] if end == 0 else np.logaddexp(now[row, end], now[row, end - 1])
        for row, end in enumerate(ends)
    ]
    return [float(-value / np.log(2)) for value in total]
