"""How much of a known text was read: word recall, and character errors of the body."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from corpus.misreading import best_place, plain

_WORD = re.compile(r"[^\W_]+")


def word_recall(known: str, read: str) -> tuple[int, int]:
    """How many of the known words were read, and how many there are; order and punctuation do not count."""
    want, got = Counter(_WORD.findall(plain(known))), Counter(_WORD.findall(plain(read)))
    return (want & got).total(), want.total()


def character_errors(paragraphs: Sequence[str], read: str) -> tuple[int, int]:
    """Edits that turn the best place of the read text into each paragraph, and the characters there are.

    Each paragraph is sought by itself, so the order of columns and blocks is
    not judged, only what was read.
    """
    text = plain(read)
    wanted = [plain(paragraph) for paragraph in paragraphs]
    return sum(best_place(want, text) for want in wanted), sum(map(len, wanted))
