"""Searching on behalf of a person: the question in the address, and only what the register may show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import Query

from api.services import Services
from register import letters
from search.paging import every
from search.query import MAX_CHARACTERS
from search.types import KINDS, Hit, Results
from search.types import Query as Question

MAX_TYPED = 20_000
"""Characters of a search text that an address may carry; the engine takes the first of them and says so."""

Typed = Annotated[str, Query(max_length=MAX_TYPED)]
Cursor = Annotated[str, Query(max_length=12_000)]
Text = Annotated[str, Query(max_length=1000)]

FACETS: Final[Mapping[str, str]] = {
    "agency": "co_quan",
    "status": "trang_thai",
    "doc_type": "loai_van_ban",
    "direction": "chieu",
    "year": "nam",
}
"""Facet of the engine → its name in the address."""


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
