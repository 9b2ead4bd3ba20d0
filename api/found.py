"""Searching on behalf of a person: the question in the address, and only what the register may show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Annotated, Final, Literal
from urllib.parse import urlencode

from fastapi import Form, Query

from api.i18n import Words
from api.services import Services
from register import letters
from search.notes import Note
from search.paging import every
from search.query import MAX_CHARACTERS
from search.types import KINDS, Hit, Results
from search.types import Query as Question

MAX_TYPED = 20_000
"""Characters of a search text that an address may carry; the engine takes the first of them and says so."""

Typed = Annotated[str, Query(max_length=MAX_TYPED)]
Cursor = Annotated[str, Query(max_length=12_000)]
Text = Annotated[str, Query(max_length=1000)]
Field = Annotated[str, Form(max_length=1000)]

FACETS: Final[Mapping[str, str]] = {
    "agency": "co_quan",
    "status": "trang_thai",
    "doc_type": "loai_van_ban",
    "direction": "chieu",
    "year": "nam",
}
"""Facet of the engine → its name in the address."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What stands in the address of a search page, or in a form that keeps its question."""

    q: str = ""
    kind: str = "letters"
    chosen: Mapping[str, str] = field(default_factory=dict)

    def question(self, services: Services, cursor: str | None = None) -> Question:
        """The engine's question."""
        return question(
            self.q, self.kind, today=services.today(), soon_days=services.soon_days, chosen=self.chosen, cursor=cursor
        )


def of_page(
    q: Typed = "", loai: Text = "letters", co_quan: Text = "", trang_thai: Text = "", loai_van_ban: Text = "", chieu: Text = "",
    nam: Text = "",
) -> Asked:  # fmt: skip
    """The question of a page, of its file, of what is kept of it."""
    chosen = dict(zip(FACETS.values(), (co_quan, trang_thai, loai_van_ban, chieu, nam), strict=True))
    return Asked(q.strip(), loai, chosen)


def of_form(
    q: Annotated[str, Form(max_length=MAX_TYPED)] = "",
    loai: Field = "letters",
    co_quan: Field = "",
    trang_thai: Field = "",
    loai_van_ban: Field = "",
    chieu: Field = "",
    nam: Field = "",
) -> Asked:
    """The same from a form."""
    return of_page(q.strip()[:MAX_CHARACTERS], loai, co_quan, trang_thai, loai_van_ban, chieu, nam)


def of_program(
    q: Typed = "",
    kind: Literal["letters", "tasks", "references"] = "letters",
    agency: Text = "",
    status: Text = "",
    doc_type: Text = "",
    direction: Text = "",
    year: Annotated[int | None, Query(ge=1, le=9999)] = None,
) -> Asked:
    """The question of a program, by the English names."""
    return of_page(q, kind, agency, status, doc_type, direction, str(year or ""))


def question(
    q: str, kind: str, *, today: date, soon_days: int, chosen: Mapping[str, str], cursor: str | None = None
) -> Question:
    """The engine's question for what stands in the address."""
    year = chosen.get("nam", "")
    years = int(year) if year.isascii() and year.isdigit() and 1 <= int(year) <= 9999 else None

    def one(name: str) -> tuple[str, ...]:
        return (chosen[name],) if chosen.get(name) else ()

    return Question(
        text=q,
        kind=next((each for each in KINDS if each == kind), "letters"),
        agencies=one("co_quan"),
        statuses=one("trang_thai"),
        doc_types=one("loai_van_ban"),
        directions=one("chieu"),
        issued_from=date(years, 1, 1) if years else None,
        issued_to=date(years, 12, 31) if years else None,
        cursor=cursor,
        today=today,
        soon_days=soon_days,
    )


def target(hit: Hit, q: str) -> str:
    """Where a hit leads: the letter, at the page of the hit, with the words lit on its image."""
    values = {"trang": hit.page, "tim": q[:MAX_CHARACTERS]}
    query = urlencode({name: value for name, value in values.items() if value})
    task = hit.fields.get("task_id")
    return f"/van-ban/{hit.letter_id}" + (f"?{query}" if query else "") + (f"#t-{task}" if task else "")


def search(services: Services, asked: Question) -> Results:
    """The engine's answer, without what the register no longer shows.

    The index is a copy and may be behind: a letter found to be confined, or
    withdrawn, disappears from the register at once and so from all answers.
    """
    results = services.engine.search(asked)
    hits = shown(services, results.hits)
    return replace(results, hits=hits, total=max(0, results.total - len(results.hits) + len(hits)))


def search_all(services: Services, asked: Question, most: int) -> Iterator[Hit]:
    """The first `most` hits, from one moment in time, without what the register no longer shows."""
    batch: list[Hit] = []
    for hit in every(services.engine, asked, most=most):
        batch.append(hit)
        if len(batch) >= 200:
            yield from shown(services, tuple(batch))
            batch = []
    yield from shown(services, tuple(batch))


def shown(services: Services, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """Those hits whose letters the register still shows."""
    wanted = {int(hit.letter_id) for hit in hits if hit.letter_id.isdigit()}
    with services.database.reading() as s:
        known = letters.shown(s, wanted)
    return tuple(hit for hit in hits if hit.letter_id.isdigit() and int(hit.letter_id) in known)


def said(note: str, t: Words) -> str:
    """A note of the search in the language of the page."""
    return t(f"note.{note.code}", **note.values) if isinstance(note, Note) else note
