"""The identity of a document: number, symbol, year, and for local issuers the place.

A number begins anew each year (Nghị định 30/2020/NĐ-CP, Điều 15), a party's with
each type and term (Hướng dẫn 36-HD/VPTW), and the symbols of a province are
those of every other: so number and symbol alone are no identity.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from nlp.agencies.keys import written_out
from nlp.normalise import plain_tone
from nlp.numbers import DocumentNumber, symbol_key, type_of_symbol
from nlp.references.law_numbers import law_code, law_name
from nlp.references.lexicon import issuer_hint, laws, symbols
from nlp.references.resolve import law_key
from register.text import INDEXED, code, fold, squeeze

Series = Literal["national", "party", "local", "other"]
"""Who numbers: one body of the whole country, the party, a body that every territory has, or an unknown body."""

_PLACE = re.compile(
    r"\b(?:tỉnh|thành phố|tp|huyện|quận|thị xã|xã|phường|thị trấn) "
    r"(?P<name>(?!(?:trực thuộc|liên quan|này|đoàn thể|thuộc|hội)\b)[^\W\d]\w*(?: (?!về\b|ban\b|phê\b|ngày\b)\w+){0,3})$"
)
"""With diacritics: "địa phương", "quân sự" and "xã hội" hold no place; "Bảo hiểm xã hội tỉnh Long An" does."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What is known of a document from one citation, or from its own head."""

    type: str | None
    code: str | None
    number: str | None
    number_key: str | None
    year: int | None
    year_in_code: bool
    symbol: str | None
    symbol_key: str | None
    dated_on: date | None
    issuer: str | None
    place: str | None
    scope: str | None
    title: str | None
    title_key: str | None

    @property
    def unread(self) -> bool:
        """It is a letter of ours whose number, or whose day, was not read."""
        return (self.title_key or "").startswith("letter:")

    @property
    def numbering(self) -> Series:
        """Who numbers documents with this symbol."""
        return numbering(self.symbol)

    @property
    def series(self) -> str:
        """The identity without its day: the same however the day was read."""
        where = self.place or (f"~{self.scope}" if self.scope else "")
        kind = "" if self.symbol_key else fold(self.type or "")
        marks = "code" if self.year_in_code and self.numbering == "national" else ""
        parts = (self.number_key, self.symbol_key, self.year, kind, where, self.title_key, marks)
        return "|".join("" if part is None else str(part) for part in parts)

    @property
    def key(self) -> str:
        """The whole identity."""
        return f"{self.series}|{self.dated_on.isoformat() if self.dated_on else ''}"

    @property
    def words(self) -> str:
        """What the citation box searches: type with its short form, code, title, issuer; folded."""
        return fold(" ".join(filter(None, (self.type, self.code, self.issuer, self.title))), 1000)


def numbering(symbol: str | None) -> Series:
    """Who numbers documents with this symbol; "other" where nobody can tell."""
    if not symbol:
        return "other"
    if issuer_hint(symbol) is not None and "/" not in symbol:
        return "national"
    groups = [each for each in re.split(r"[-/]", symbol) if each]
    if "/" in symbol and type_of_symbol(symbol, party=True):
        return "party"
    known = symbols()
    local = known.organs - set(known.issuers)
    body = [each for each in groups if each not in known.types] or groups
    return "local" if body[0] in local else "other"


def of_citation(
    *,
    type: str | None,
    number: str | None,
    year: int | None,
    symbol: str | None,
    dated_on: date | None,
    issuer: str | None,
    title: str | None,
    code_printed: str | None,
    scope: str | None,
) -> Identity | None:
    """The identity that a citation gives; None where it names neither a number nor a law.

    `scope` is the place of the letter that cites: a local body is that of the
    same place unless another is told. A law named with its year is the law of its number, where that is known.
    """
    if not number and (known := DocumentNumber.parse(law_code(type, title, year) or "")):
        number, symbol, code_printed = known.number, known.symbol, str(known)
    if not number:
        key = law_key(title) if title and type else ""
        if not key or not _is_law(type):
            return None
        name = _whole(title)
        return Identity(
            type=type, code=None, number=None, number_key=None, year=year, year_in_code=False, symbol=None,
            symbol_key=None, dated_on=dated_on, issuer=None, place=None, scope=None, title=name,
            title_key=f"{fold(type or '')}:{key}"[:INDEXED],
        )  # fmt: skip
    return _numbered(
        type=type, number=number, year=year, symbol=symbol, dated_on=dated_on, issuer=issuer, title=title,
        code_printed=code_printed, scope=scope, places=place_of(issuer),
    )  # fmt: skip


def of_letter(
    *,
    kind: str | None,
    number: str | None,
    symbol: str | None,
    issuer: str | None,
    parent_body: str | None,
    issued_on: date | None,
    subject: str | None,
    letter_id: int,
) -> Identity | None:
    """The identity of a letter of the register; one whose number is not known is known by its own id.

    None for what is no administrative document.
    """
    if kind == "khác" and not number:
        return None
    place = place_of(issuer) or place_of(parent_body)
    if number:
        known = _numbered(
            type=kind, number=number, year=issued_on.year if issued_on else None, symbol=symbol,
            dated_on=issued_on, issuer=issuer, title=subject, code_printed=code(number, symbol), scope=place,
            places=place,
        )  # fmt: skip
        # Of which year it is nobody can tell: it stays apart until a person says so.
        return known if known.year else replace(known, title_key=f"letter:{letter_id}")
    if not symbol and not subject:
        return None
    return Identity(
        type=kind, code=None, number=None, number_key=None, year=issued_on.year if issued_on else None,
        year_in_code=False, symbol=symbol, symbol_key=symbol_key(symbol)[:INDEXED] if symbol else None,
        dated_on=issued_on, issuer=issuer, place=place, scope=place, title=subject, title_key=f"letter:{letter_id}",
    )  # fmt: skip


def _numbered(
    *,
    type: str | None,
    number: str,
    year: int | None,
    symbol: str | None,
    dated_on: date | None,
    issuer: str | None,
    title: str | None,
    code_printed: str | None,
    scope: str | None,
    places: str | None,
) -> Identity:
    parsed = DocumentNumber.parse(code_printed) if code_printed else None
    in_code = parsed.year if parsed else None
    own = parsed.symbol if parsed else symbol
    who = numbering(own)
    in_place = who == "local" or (who == "party" and own is not None and issuer_hint(own) is None)
    return Identity(
        type=type or (type_of_symbol(own, party=who == "party") if own else None),
        code=code_printed,
        number=number,
        number_key=DocumentNumber(number, "X").key().split("/")[0][:INDEXED],
        year=in_code or year or (dated_on.year if dated_on else None),
        year_in_code=in_code is not None,
        symbol=own,
        symbol_key=symbol_key(own)[:INDEXED] if own else None,
        dated_on=dated_on,
        issuer=(issuer_hint(own) if own and who == "national" else None) or issuer,
        place=places if in_place else None,
        scope=scope if in_place else None,
        title=_whole(title) or law_name(code_printed),
        title_key=None,
    )


def place_of(body: str | None) -> str | None:
    """The territory that a body's name tells, folded: "UBND tỉnh Long An" gives "long an", "UBND tỉnh" none."""
    if not body:
        return None
    found = _PLACE.search(" ".join(re.findall(r"\w+", plain_tone(written_out(body)).lower())))
    return fold(found["name"]) if found else None


def _whole(title: str | None) -> str | None:
    """A title without the bracket that a citation opens behind it ("… đến năm 2020 (Chương trình")."""
    return re.sub(r"\s*\([^)]*$", "", squeeze(title)) or None if title else None


def _is_law(kind: str | None) -> bool:
    return fold(kind or "") in {"luat", "bo luat", "phap lenh", "hien phap"} or kind in {
        each for each, _ in laws().letters.values()
    }
