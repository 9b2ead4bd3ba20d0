"""Tìm kiếm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from markupsafe import Markup, escape
from starlette.responses import Response

from api import exports
from api.deps import CurrentUser, Here
from api.found import FACETS, Asked, Cursor, of_page, said, search, target
from api.i18n import Words
from api.paging import address
from api.render import language_of, problem_of, render
from ingest.errors import Unavailable
from search.query import loose_number
from search.types import KINDS, Facet, Marked

router = APIRouter(include_in_schema=False)

HELP_ROWS = (
    ("khuyen cong", "words"),
    ("khuyến công", "exact"),
    ("“cụm công nghiệp”", "phrase"),
    ("khuyến công -“kinh phí”", "without"),
    ("1617/BCT, nđ 45/2012", "number"),
    ("số:1617/BCT-CNĐP", "own"),
    ("trích dẫn:Nghị định 45/2012", "cites"),
    ("cơ quan:Sở Công Thương", "agency"),
    ("hạn:<20/5/2020, hạn:5/2020", "due"),
    ("trạng thái:quá hạn", "status"),
)
"""What may be typed, with the key of what it does; the typing is Vietnamese in every language."""


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


@router.get("/tim-kiem")
def search_page(
    request: Request,
    services: Here,
    user: CurrentUser,
    typed: Annotated[Asked, Depends(of_page)],
    tiep: Cursor = "",
) -> Response:
    """One box for everything; an engine that is away is said, not shown as an error page."""
    q, chosen = typed.q, typed.chosen
    results, problem = None, None
    asked = typed.question(services, tiep or None)
    if q or any(chosen.values()):
        try:
            results = search(services, asked)
        except Unavailable as error:
            problem = problem_of(error, language_of(request))
    return render(
        request,
        "search.html",
        status=503 if problem else 200,
        section="search",
        q=q,
        kind=asked.kind,
        kinds=[(kind, address(request, loai=kind, tiep=None, **dict.fromkeys(chosen))) for kind in KINDS],
        chosen=chosen,
        results=results,
        problem=problem,
        facets=_facets(request, results.facets if results else (), chosen),
        marked=marked,
        said=lambda note: said(note, Words(language_of(request))),
        target=lambda hit: target(hit, q),
        number_of_q=loose_number(q[:200]) if q else None,
        help_rows=HELP_ROWS,
        waiting=request.app.state.lag.now(),
        exports=[(form, _export(request, form)) for form in exports.MEDIA]
        if results and results.hits
        else (),
        more=address(request, tiep=results.cursor) if results and results.cursor else None,
    )


def _export(request: Request, form: str) -> str:
    """Where these results are to be had as a file."""
    return address(request, tiep=None, dang=form).replace("/tim-kiem", "/tim-kiem/xuat", 1)


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

