"""Lost and swapped diacritics in short fields, mended by a list of fixed phrases.

Only phrases of at least two syllables (or one with a mark inside) are mended,
only where the letters without diacritics are the same, so lengths and offsets
stay. The printed reading is kept in the evidence's span.
"""

from __future__ import annotations

import re
from functools import cache

from ingest.language.spelling import in_case
from nlp.lexicon import lines
from nlp.normalise import fold, nfc, plain_tone


@cache
def _phrases() -> dict[str, str]:
    return {fold(phrase): phrase for phrase in lines("phrases.txt")}


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(_phrases(), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")


def mend(text: str) -> str:
    """The text with the diacritics of known phrases put right; its length is that of NFC(text).

    >>> mend("(đẻ b/c) Thú tướng Chính phủ, bảo đầm tiền độ")
    '(để b/c) Thủ tướng Chính phủ, bảo đảm tiến độ'
    """
    text = nfc(text)
    folded = fold(text)
    parts = []
    at = 0
    for match in _pattern().finditer(folded):
        printed = text[match.start() : match.end()]
        right = _phrases()[match.group()]
        if plain_tone(printed.lower()) == plain_tone(right) or len(right.split()) < 2:
            continue
        parts.append(text[at : match.start()] + in_case(right, printed))
        at = match.end()
    return "".join(parts) + text[at:]
