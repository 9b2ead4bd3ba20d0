"""Positions of signers (chức vụ) as phrases to look for; the list is nlp/data/positions.toml."""

from __future__ import annotations

import re
from functools import cache

from nlp.lexicon import toml
from nlp.normalise import fold, plain_tone, squeeze


@cache
def positions() -> dict[str, str]:
    """Positions by their folded form, heads and deputies; of two that differ in marks only, the deputy ("THỨ TRƯỞNG")."""
    data = toml("positions.toml")
    names = [*data["heads"], *data["deputies"].values()]
    names += [f"PHÓ {name}" for name in data["heads"] if name.startswith(("TRƯỞNG", "CHÁNH", "GIÁM", "CHỦ"))]
    return {fold(name): name for name in names}


@cache
def _spellings() -> frozenset[str]:
    data = toml("positions.toml")
    return frozenset(plain_tone(name) for name in (*data["heads"], *data["deputies"].values()))


def spelled(printed: str) -> str:
    """A position in its spelling: as printed where that is one, else the known one that differs in marks only.

    >>> spelled("THỦ TRƯỞNG"), spelled("THÚ TRƯỞNG")
    ('THỦ TRƯỞNG', 'THỨ TRƯỞNG')
    """
    words = squeeze(printed)
    return words if plain_tone(words) in _spellings() else positions()[fold(printed)]


@cache
def position_at() -> re.Pattern[str]:
    """A pattern for any position in folded text, the longest first."""
    names = sorted(positions(), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, names)) + r")(?!\w)")
