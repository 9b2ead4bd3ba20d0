"""Document numbers (số, ký hiệu văn bản): parsing, printing and matching.

Forms by Nghị định 30/2020/NĐ-CP (Phụ lục I, mục II.3), Luật Ban hành văn bản
quy phạm pháp luật, Hướng dẫn 36-HD/VPTW for party documents, and the practice
before 1997 ("169-CP").
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Literal

UPPER = "A-ZÀ-ÖØ-ÞĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
"""Upper-case letters of Vietnamese, for use inside a character class."""

LOWER = "a-zà-öø-þăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"
"""Lower-case letters of Vietnamese, for use inside a character class."""

_ONE_KIND = {
    "-": "–—‐‑‒−―¬",
    "/": "⁄∕／",
    " ": "\u00a0\u2007\u202f\u2009\u2002\u2003\t",
    '"': "“”„«»",
    "'": "‘’´`",
}
"""Marks that print and reading use for one and the same; the quotation marks count for folding only."""

_DASHES_SPACES = [(mark, one) for one, marks in _ONE_KIND.items() if one in "-/ " for mark in marks]
_PLAIN = [*_DASHES_SPACES, ("Ð", "Đ"), ("ð", "đ")]
_FOLD = [(mark, one) for one, marks in _ONE_KIND.items() for mark in marks] + [(mark, "d") for mark in "đĐðÐ"]


def plain(text: str) -> str:
    """Text with one kind of hyphen, slash, space and Đ; as long as it was, letter by letter."""
    if text.isascii():
        return text.replace("\t", " ")
    for mark, one in _PLAIN:
        text = text.replace(mark, one)
    return text


def _stripped(text: str) -> str:
    return unicodedata.normalize("NFD", text).encode("ascii", "ignore").decode("ascii").lower()


def fold(text: str) -> str:
    """Text without diacritics, đ or upper case, other marks as "?"; as long as it was, letter by letter."""
    if text.isascii():
        return text.replace("\t", " ").lower()
    return _fold_short(text) if len(text) <= _SHORT else _fold(text)


_SHORT = 80
"""Symbols, type words and titles: asked for again and again."""


@lru_cache(maxsize=4096)
def _fold_short(text: str) -> str:
    return _fold(text)


def _fold(text: str) -> str:
    for mark, one in _FOLD:
        text = text.replace(mark, one)
    folded = _stripped(text)
    if len(folded) != len(text):
        for mark in set(text):
            if not mark.isascii() and len(_stripped(mark)) != 1:
                text = text.replace(mark, "?")
        folded = _stripped(text)
    return folded


_GROUP = rf"[{UPPER}0-9](?:[{UPPER}0-9&.]|[a-zđ](?![{LOWER}]))*"
_CODE = re.compile(
    r"(?P<number>\d{1,6}[a-zđA-ZĐ]{0,2})"
    r"(?P<sep>/|-)"
    r"(?:(?P<year>(?:19|20)\d\d)[/-])?"
    rf"(?P<symbol>[{UPPER}][{UPPER}{LOWER}0-9&.]*(?:[-/]?[{UPPER}0-9&.][{UPPER}{LOWER}0-9&.]*)*)"
)
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """Number, year inside the code, and symbol of a document.

    `separator` stands between number and symbol: "/" for documents of the
    state, "-" for the party ("02-NQ/TU": number "02", symbol "NQ/TU") and for
    the old form ("169-CP").
    """

    number: str
    symbol: str
    year: int | None = None
    separator: Literal["/", "-"] = "/"

    def __str__(self) -> str:
        if self.year is not None:
            return f"{self.number}/{self.year}/{self.symbol}"
        return f"{self.number}{self.separator}{self.symbol}"

    @classmethod
    def parse(cls, text: str) -> DocumentNumber | None:
        """The number that `text` is, in its printed or a slightly damaged spelling; None if it is none."""
        code = _CODE.fullmatch(_SPACE.sub("", plain(text)))
        if code is None:
            return None
        year = int(code["year"]) if code["year"] else None
        symbol = code["symbol"].strip(".")
        if not symbol:
            return None
        separator: Literal["/", "-"] = "-" if code["sep"] == "-" and year is None else "/"
        return cls(code["number"], symbol, year, separator)

    def key(self) -> str:
        """The same for every spelling of one number: case, diacritics, hyphens, zeros, UB for UBND."""
        return f"{_number_key(self.number)}/{self.year or ''}/{symbol_key(self.symbol)}"

    def matches(self, query: NumberQuery | str, *, type: str | None = None, year: int | None = None) -> bool:
        """Whether a user's shorthand means this number.

        `type` is the document's type in lower case where known (else the one
        its symbol names); `year` the year of its date, for codes without one.
        """
        wanted = parse_query(query) if isinstance(query, str) else query
        if wanted is None:
            return False
        own_type = type or type_of_symbol(self.symbol, party=self.separator == "-")
        own_year = self.year if self.year is not None else year
        return (
            (wanted.number is None or _number_key(wanted.number) == _number_key(self.number))
            and (wanted.year is None or wanted.year == own_year)
            and (wanted.symbol is None or symbol_key(self.symbol).startswith(symbol_key(wanted.symbol)))
            and (wanted.type is None or own_type is None or fold(wanted.type) == fold(own_type))
        )


@dataclass(frozen=True, slots=True)
class NumberQuery:
    """What a user's words say about a document's number; None where they say nothing."""

    type: str | None = None
    number: str | None = None
    year: int | None = None
    symbol: str | None = None


def _number_key(number: str) -> str:
    return fold(number).lstrip("0") or "0"


def symbol_key(symbol: str) -> str:
    """A symbol folded for matching: "QĐ-UB" and "qd - ubnd" give the same."""
    groups = re.split(r"[-/\s.]+", fold(plain(symbol)))
    return "".join("ubnd" if group == "ub" else group for group in groups)


@dataclass(frozen=True, slots=True)
class DocumentType:
    """A type of document as the data file describes it."""

    name: str
    abbreviations: tuple[str, ...]
    short: tuple[str, ...]
    words: tuple[str, ...]
    """Fuller names of the same type ("thông báo kết luận")."""
    yearly: bool
    bare: bool


@cache
def types_file() -> dict[str, object]:
    """The raw contents of the data file of types."""
    return tomllib.loads(
        (resources.files("nlp") / "data" / "reference_types.toml").read_text(encoding="utf-8")
    )


@cache
def document_types() -> tuple[DocumentType, ...]:
    """All types of documents that a letter may cite."""
    rows = types_file()["type"]
    assert isinstance(rows, list)
    return tuple(
        DocumentType(
            name=row["name"],
            abbreviations=tuple(row.get("abbr", ())),
            short=tuple(row.get("short", ())),
            words=tuple(row.get("words", ())),
            yearly=row.get("yearly", False),
            bare=row.get("bare", False),
        )
        for row in rows
    )


@cache
def _types_by_abbreviation() -> tuple[dict[str, str], dict[str, str]]:
    exact: dict[str, str] = {}
    folded: dict[str, str] = {}
    for kind in document_types():
        for abbreviation in kind.abbreviations:
            exact.setdefault(abbreviation, kind.name)
            folded.setdefault(fold(abbreviation), kind.name)
    return exact, folded


@lru_cache(maxsize=4096)
def type_of_symbol(symbol: str, *, party: bool = False) -> str | None:
    """The type a symbol names ("NĐ-CP" gives "nghị định"), or None.

    None does not mean công văn: only a symbol of organ and unit ("BCT-CNĐP")
    does, which `type_of_number` decides.
    """
    groups = re.split(r"[-/]", plain(symbol))
    if not groups or not groups[0]:
        return None
    if party and groups[0] == "QĐ" and groups[-1] == "TW":
        return (
            "quy định"  # 37-QĐ/TW: the party's central committee uses QĐ for both; with TW quy định is usual
        )
    exact, folded = _types_by_abbreviation()
    found = exact.get(groups[0])
    if found is None and fold(groups[0]) not in ("l", "pl"):
        found = folded.get(fold(groups[0]))
    if re.fullmatch(r"QH\d{1,2}", groups[0]):
        return None
    return found if len(groups) > 1 or (party and found) else None


_WORD_TYPES_SPACE = re.compile(r"[\s_]+")


@cache
def _query_words() -> list[tuple[str, str]]:
    words: list[tuple[str, str]] = []
    for kind in document_types():
        words.append((fold(kind.name), kind.name))
        words.extend((fold(abbreviation), kind.name) for abbreviation in (*kind.short, *kind.abbreviations))
    words.extend([("van ban", ""), ("vb", "")])
    return sorted(set(words), key=lambda pair: -len(pair[0]))


_QUERY = re.compile(
    r"(?:so\s*:?\s*)?(?P<number>\d{1,6}[a-z]{0,2}?)"
    r"(?:\s*[/-]\s*(?P<year>(?:19|20)\d\d))?"
    r"(?:\s*[/-]\s*(?P<symbol>[a-z&][a-z0-9&.]*(?:\s*[-/]\s*[a-z0-9&.]+)*)?)?"
)
_QUERY_YEAR = re.compile(r"\s+(?:nam\s+)?((?:19|20)\d\d)$")


def parse_query(text: str) -> NumberQuery | None:
    """What a user's words mean as a document number, or None if they are none.

    Understands "45/2012", "nđ 45/2012/nd-cp", "Nghị định 45/2012",
    "NĐ 134/2004", "1288/qđ-ttg", "1288/QĐ-TTg năm 2014", "02-NQ/TU",
    "Kế hoạch 437", "số 1617". A number alone or a date is none.
    """
    words = _WORD_TYPES_SPACE.sub(" ", fold(plain(text))).strip(" .,;:\"'“”")
    kind: str | None = None
    for folded, name in _query_words():
        rest = words.removeprefix(folded)
        if rest != words and re.match(r"\s*(?:so\b|:|\d)", rest):
            kind, words = name, rest.strip(" :")
            break
    year_after = _QUERY_YEAR.search(words)
    if year_after:
        words = words[: year_after.start()]
    match = _QUERY.fullmatch(words)
    if match is None:
        return None
    year = int(match["year"]) if match["year"] else int(year_after[1]) if year_after else None
    if kind is None and year is None and match["symbol"] is None and not words.startswith("so"):
        return None
    symbol = match["symbol"]
    return NumberQuery(kind or None, match["number"], year, _SPACE.sub("", symbol) if symbol else None)
