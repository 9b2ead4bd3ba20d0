"""Positions of signers (chức vụ) as phrases to look for; the list is nlp/data/positions.toml."""

from __future__ import annotations

import re
from functools import cache

from nlp.lexicon import toml
from nlp.normalise import fold


@cache
def positions() -> dict[str, str]:
    """Positions by their folded form, heads and deputies."""
    data = toml("positions.toml")
    names = [*data["heads"], *data["deputies"].values()]
    names += [f"PHÓ {name}" for name in data["heads"] if name.startswith(("TRƯỞNG", "CHÁNH", "GIÁM", "CHỦ"))]
    return {fold(name): name for name in names}


@cache
def position_at() -> re.Pattern[str]:
    """A pattern for any position in folded text, the longest first."""
    """A pattern for any position in folded text, the longest first."""
    names = sorted(positions(), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, names)) + r")(?!\w)")
