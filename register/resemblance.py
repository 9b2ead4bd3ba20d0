"""How alike two texts are, and which letters are almost the same text.

Texts are compared by their shingles (runs of three folded words, so that
diacritics misread on one scan do not matter). MinHash over the shingles, cut
into bands, finds candidates by an index; the likeness is then counted exactly:
the share of shingles that both have (Broder 1997, "On the resemblance and
containment of documents").
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session, undefer

from nlp.folding import fold
from register.models import Letter, LetterBand, Twin

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ALIKE = 0.5
"""Likeness from which two texts are told of. Different letters of the specimen corpus stay below 0.15; two scans of
one letter with 5% of the words misread on each, independently, are at about 0.6."""

SHINGLE, LEAST_WORDS, MOST_WORDS = 3, 40, 20_000
"""Words of a shingle; words below which a text is not compared; words beyond which it is not looked at."""

BANDS, ROWS = 20, 3
"""20 bands of 3 hashes: a pair of likeness 0.6 shares a band with a probability of 0.99, one of 0.5 with 0.93, one of 0.15 with 0.07."""

CANDIDATES, MOST = 20, 5
NO_BAND = -1
_WORD = re.compile(r"[^\W_]+")


def shingles(text: str) -> frozenset[int]:
    """Hashes of all runs of three words; none for a text that is too short to compare."""
    words = _WORD.findall(fold(text))[:MOST_WORDS]
    if len(words) < LEAST_WORDS:
        return frozenset()
    runs = {" ".join(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)}
    return frozenset(int.from_bytes(hashlib.blake2b(run.encode(), digest_size=8).digest()) for run in runs)


def likeness(one: frozenset[int], other: frozenset[int]) -> float:
    """The share of shingles that both have of those that any has, 0 where a text was too short."""
    return len(one & other) / len(one | other) if one and other else 0.0


def bands(found: frozenset[int]) -> tuple[int, ...]:
    """The bands of a text's MinHash signature, each as a signed 64-bit number."""
    import numpy as np

    if not found:
        return ()
    values = np.fromiter(found, dtype=np.uint64, count=len(found))
    factors, shifts = _hashes()
    least = ((values[None, :] * factors[:, None] + shifts[:, None]) >> np.uint64(32)).min(axis=1)
    parts = least.astype(np.uint32).reshape(BANDS, ROWS)
    return tuple(
        int.from_bytes(
            hashlib.blake2b(bytes([band]) + part.tobytes(), digest_size=8).digest(), signed=True
        )
        for band, part in enumerate(parts)
    )


@cache
def _hashes() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Odd factors and shifts of the hash functions; always the same, as signatures are kept."""
    import numpy as np

    drawn = [
        int.from_bytes(hashlib.blake2b(f"{part}{number}".encode(), digest_size=8).digest())
        for part in ("factor", "shift")
        for number in range(BANDS * ROWS)
    ]
    half = BANDS * ROWS
    factors = np.array([value | 1 for value in drawn[:half]], dtype=np.uint64)
    return factors, np.array(drawn[half:], dtype=np.uint64)


def remember(s: Session, letter: Letter) -> None:
    """Keep the signature of a letter's text and which letters are almost the same; replaces what was kept."""
    mine = shingles(letter.text)
    s.execute(delete(LetterBand).where(LetterBand.letter_id == letter.id))
    s.execute(delete(Twin).where(or_(Twin.letter_id == letter.id, Twin.twin_id == letter.id)))
    found = bands(mine)
    s.add_all(LetterBand(letter_id=letter.id, band=band, value=value) for band, value in enumerate(found))
    if not found:
        s.add(LetterBand(letter_id=letter.id, band=NO_BAND, value=0))
        s.flush()
        return
    s.flush()
    near = (
        select(LetterBand.letter_id)
        .where(LetterBand.value.in_(found), LetterBand.band != NO_BAND, LetterBand.letter_id != letter.id)
        .group_by(LetterBand.letter_id)
        .order_by(func.count().desc(), LetterBand.letter_id.desc())
        .limit(CANDIDATES)
    )
    texts = s.execute(select(Letter.id, Letter.text).where(Letter.id.in_(near.scalar_subquery())))
    alike = sorted(((likeness(mine, shingles(text)), id_) for id_, text in texts), reverse=True)
    s.add_all(
        Twin(letter_id=letter.id, twin_id=id_, likeness=round(share, 3))
        for share, id_ in alike[:MOST]
        if share >= ALIKE
    )
    s.flush()


def catch_up(s: Session, *, limit: int = 100) -> int:
    """Compare letters that were recorded before there were signatures; gives how many."""
    missing = ~select(LetterBand.letter_id).where(LetterBand.letter_id == Letter.id).exists()
    found = s.scalars(
        select(Letter).where(missing).order_by(Letter.id).limit(limit).options(undefer(Letter.text))
    ).all()
    for letter in found:
        remember(s, letter)
    return len(found)
