"""Measures of a page's image: contrast, specks, doubt (what they mean for people: `ingest.faults`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ingest import prepare
from ingest.types import Quality, Word

DOUBTFUL = 0.75
"""Below this confidence of the reader a word counts as doubtful."""

_FEW_WORDS = 20


def measure(grey: Any, words: Sequence[Word], *, angle: float, steps: tuple[str, ...]) -> Quality:
    """The quality of a prepared grey image that was turned by `angle` degrees to be straight, and of its reading."""
    return Quality(float(angle), contrast(grey), prepare.speckle(grey), doubtful(words), steps)


def contrast(grey: Any) -> float:
    """How far print stands from paper, 0 to 1: the usual darkness of ink against that of the page; 0 without ink."""
    dark = prepare.ink(grey)
    if not dark.any():
        return 0.0
    paper = float(np.median(grey[~dark])) if (~dark).any() else 255.0
    return max(0.0, (paper - float(np.median(grey[dark]))) / 255)


def doubtful(words: Sequence[Word]) -> float:
    """The share of words of two letters and more that were read with doubt; 0 where there are too few to tell."""
    counted = [word for word in words if sum(char.isalpha() for char in word.text) > 1]
    return sum(word.confidence < DOUBTFUL for word in counted) / len(counted) if len(counted) > _FEW_WORDS else 0.0
