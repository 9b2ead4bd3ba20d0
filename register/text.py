"""Text as it is matched: folded, squeezed, short enough for an index; and document codes put together."""

from __future__ import annotations

import re

from sqlalchemy import ColumnElement
from sqlalchemy.orm import InstrumentedAttribute

from nlp.folding import fold as fold_letters
from nlp.numbers import DocumentNumber

INDEXED = 300
"""Characters of a folded text kept in an indexed column: PostgreSQL refuses index rows beyond 2.7 kB."""

_SPACE = re.compile(r"\s+")
_YEAR_FIRST = re.compile(r"(?:19|20)\d\d[/-]")


def squeeze(text: str) -> str:
    """Whitespace collapsed."""
    return _SPACE.sub(" ", text).strip()


def fold(text: str, limit: int | None = INDEXED) -> str:
    """Lower case without diacritics, whitespace collapsed, cut to `limit` characters."""
    return squeeze(fold_letters(text.replace("\x00", "")))[:limit]


def code(number: str | None, symbol: str | None) -> str | None:
    """Number and symbol as one code: "1617/BCT-CNĐP", "02-NQ/TU" for the party's form; None without a number."""
    if not number:
        return None
    if not symbol:
        return number
    party = "/" in symbol and not _YEAR_FIRST.match(symbol)
    return f"{number}{'-' if party else '/'}{symbol}"


def number_key(number: str | None, symbol: str | None) -> str | None:
    """`DocumentNumber.key()` of a letter's own number, "1617//" where the symbol is unknown, None without a number."""
    whole = code(number, symbol)
    if whole is None:
        return None
    parsed = DocumentNumber.parse(whole)
    return (parsed.key() if parsed else f"{fold(whole).lstrip('0') or '0'}//")[:INDEXED]


def contains(
    column: InstrumentedAttribute[str] | InstrumentedAttribute[str | None], words: str
) -> ColumnElement[bool]:
    """The folded column holds these words, with or without diacritics."""
    return column.contains(fold(words), autoescape=True)
