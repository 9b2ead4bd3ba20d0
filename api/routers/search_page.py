"""Tìm kiếm and Trích dẫn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from markupsafe import Markup, escape
from starlette.responses import Response

from api.deps import CurrentUser, Here
from api.paging import address
from api.render import language_of, problem_of, render
from ingest.errors import BadRequest, Unavailable
from register import references
from search.query import loose_number
from search.types import KINDS, Facet, Hit, Marked
from search.types import Query as Question

router = APIRouter(include_in_schema=False)

Text = Annotated[str, Query(max_length=1000)]

FACETS: Final[Mapping[str, str]] = {
    "agency": "co_quan",
    "status": "trang_thai",
    "doc_type": "loai_van_ban",
    "direction": "chieu",
    "year": "nam",
}
"""Facet of the engine → its name in the address."""


def marked(text: Marked) -> Markup:
    """A text with its hits marked; everything else is escaped."""
    parts: list[str] = []
    at = 0
    for span in text.spans:
        parts += [
            str(escape(text.text[at : span.start])),
            f"<mark>{escape(text.text[span.start : span.end])}</mark>",
        ]
        at = span.end
    parts.append(str(escape(text.text[at:])))
    return Markup("".join(parts))  # every part was escaped above


def question(
    q: str, kind: str, *, today: date, soon_days: int, chosen: Mapping[str, str], cursor: str | None = None
) -> Question:
    """The engine's question for what stands in the address."""
    year = chosen.get("nam", "")
    years = int(year) if year.isdigit() and 1 <= int(year) <= 9999 else None

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
    values = {"trang": hit.page, "tim": q}
    query = urlencode({name: value for name, value in values.items() if value})
    task = hit.fields.get("task_id")
    return f"/van-ban/{hit.letter_id}" + (f"?{query}" if query else "") + (f"#t-{task}" if task else "")


@router.get("/tim-kiem")
def search_page(
    request: Request,
    services: Here,
    user: CurrentUser,
    q: Text = "",
    loai: Text = "letters",
    co_quan: Text = "",
    trang_thai: Text = "",
    loai_van_ban: Text = "",
    chieu: Text = "",
    nam: Text = "",
    tiep: Text = "",
) -> Response:
    """One box for everything; an engine that is away is said, not shown as an error page."""
    chosen = {
        "co_quan": co_quan,
        "trang_thai": trang_thai,
        "loai_van_ban": loai_van_ban,
        "chieu": chieu,
        "nam": nam,
    }
    results, problem = None, None
    asked = question(
        q.strip(),
        loai,
        today=services.today(),
        soon_days=services.soon_days,
        chosen=chosen,
        cursor=tiep or None,
    )
    if q.strip() or any(chosen.values()):
        try:
            results = services.engine.search(asked)
        except Unavailable as error:
            problem = problem_of(error, language_of(request))
    return render(
        request,
        "search.html",
        status=503 if problem else 200,
        section="search",
        q=q.strip(),
        kind=asked.kind,
        kinds=[(kind, address(request, loai=kind, tiep=None, **dict.fromkeys(chosen))) for kind in KINDS],
        results=results,
        problem=problem,
        facets=_facets(request, results.facets if results else (), chosen),
        marked=marked,
        target=lambda hit: target(hit, q.strip()),
        number_of_q=loose_number(q.strip()) if q.strip() else None,
        more=address(request, tiep=results.cursor) if results and results.cursor else None,
    )


def _facets(
    request: Request, facets: Sequence[Facet], chosen: Mapping[str, str]
) -> list[tuple[str, list[tuple[str, int, bool, str]]]]:
    """Facets for the page: name and, per value, text, count, chosen or not, address."""
    shown = []
    for facet in facets:
        name = FACETS.get(facet.name)
        if name is None:
            continue
        values = [
            (
                value.value,
                value.count,
                chosen.get(name) == value.value,
                address(
                    request, tiep=None, **{name: None if chosen.get(name) == value.value else value.value}
                ),
            )
            for value in facet.values[:12]
        ]
        if values:
            shown.append((facet.name, values))
    return shown


@router.get("/trich-dan")
def citations_page(request: Request, services: Here, user: CurrentUser, q: Text = "") -> Response:
    """Which letters cite a document, at which provision and page."""
    q = q.strip()
    citing, problem = None, None
    if q:
        try:
            with services.database.reading() as s:
                citing = references.citing(s, q)
        except BadRequest as error:
            problem = problem_of(error, language_of(request))
    return render(
        request,
        "citations.html",
        status=400 if problem else 200,
        section="search",
        q=q,
        citing=citing,
        problem=problem,
    )
