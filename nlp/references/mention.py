"""The value that the finders give: one place where a document is cited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nlp.numbers import DocumentNumber
from nlp.types import Evidence


@dataclass(frozen=True, slots=True)
class Mention:
    """A document cited at one place.

    Fields as in `nlp.types.Reference`; what this place does not say is None.
    `year` is the year in the code or printed beside it; `day_month` holds a
    date printed without its year; `masked` are the spans (character offsets)
    that belong to the citation, its provisions and dates included, so that no
    other finder reads a date there. `named` tells a law cited by name from one
    cited by number; `repeat` marks words that say the document was named
    before ("nêu trên").
    """

    type: str | None
    number: str | None
    symbol: str | None
    raw: str
    evidence: Evidence
    year: int | None = None
    separator: str = "/"
    date: date | None = None
    day_month: tuple[int, int] | None = None
    provisions: tuple[str, ...] = ()
    title: str | None = None
    issuer: str | None = None
    relation: str | None = None
    masked: tuple[tuple[int, int], ...] = ()
    year_in_code: bool = False
    repeat: bool = False

    @property
    def code(self) -> str | None:
        """Number and symbol in the canonical form, as complete as this place gives them."""
        if self.number is None:
            return None
        year = self.year if self.year_in_code else None
        if self.symbol is None:
            return self.number if year is None else f"{self.number}/{year}"
        return str(DocumentNumber(self.number, self.symbol, year, "-" if self.separator == "-" else "/"))
