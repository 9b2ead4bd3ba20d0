"""Laws by name and year, and the numbers under which the National Assembly passed them."""

from __future__ import annotations

import re
from functools import cache

from nlp.lexicon import toml
from nlp.numbers import fold
from nlp.references.resolve import law_key

_KINDS = {"laws": "luat", "codes": "bo luat"}


@cache
def _tables() -> tuple[dict[tuple[str, str, int], str], dict[str, str]]:
    """Code by kind, name and year; name by code."""
    data: dict[str, dict[str, str]] = toml("law_numbers.toml")
    rows = [(kind, code, name) for table, kind in _KINDS.items() for code, name in data[table].items()]
    return (
        {(kind, law_key(name), int(code.split("/")[1])): code for kind, code, name in rows},
        {code: name for _, code, name in rows},
    )


def law_code(type: str | None, name: str | None, year: int | None) -> str | None:
    """The code of a law cited by its name and year, without a number; None where it is not known.

    >>> law_code("luật", "Đất đai", 2013)
    '45/2013/QH13'
    """
    if not type or not name or year is None:
        return None
    return _tables()[0].get((fold(type), law_key(name), year))


def law_name(code: str | None) -> str | None:
    """The name of a law by its code; None where it is not known."""
    return _tables()[1].get((code or "").upper())


_ASKED = re.compile(r"(?P<kind>(?:bo )?luat)\s+(?P<name>.{3,120}?),?\s+(?:(?:so\s+)?(?P<code>\d+/\d{4}/qh\d+)|(?:nam\s+)?(?P<year>\d{4}))")


def law_asked(text: str) -> str | None:
    """The code of the law that a person means by its name with year or number; None where they name none or do not fit.

    >>> law_asked("luật đất đai năm 2013"), law_asked("Luật Đất đai số 45/2013/QH13"), law_asked("Luật Nhà ở số 45/2013/QH13")
    ('45/2013/QH13', '45/2013/QH13', None)
    """
    asked = _ASKED.fullmatch(fold(text).strip())
    if asked is None:
        return None
    if asked["year"]:
        return law_code(asked["kind"], asked["name"], int(asked["year"]))
    code = asked["code"].upper()
    return code if law_key(law_name(code)) == law_key(asked["name"]) else None
