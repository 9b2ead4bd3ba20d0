"""Quản trị · Cơ quan: the registry of agencies looked through, and the names that the office adds to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Final

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from api.deps import CurrentUser, Here, Id
from api.paging import Paging, day_of
from api.problems import status_of
from api.render import language_of, problem_of, render
from api.rights import require
from api.services import Services
from ingest.errors import DondocError
from nlp.agencies import Agency, AgencyId, Home, agencies, identify
from nlp.agencies.keys import key, plain
from nlp.agencies.places import territories
from register import own_agencies, relink

router = APIRouter(include_in_schema=False, prefix="/quan-tri/co-quan")

PAGE: Final = 60
LEVELS: Final = ("central", "region", "province", "district", "commune")
Text = Annotated[str, Query(max_length=300)]
Typed = Annotated[str, Form(max_length=300)]


@dataclass(frozen=True, slots=True)
class Answer:
    """Whom a name means on a day, and who holds the duty now."""

    name: str
    day: date | None
    kind: str
    bodies: tuple[str, ...]
    holders: tuple[str, ...]
    note: str | None


@router.get("")
def agencies_page(
    request: Request,
    services: Here,
    user: CurrentUser,
    q: Text = "",
    cap: Text = "",
    ten: Text = "",
    ngay: Text = "",
    trang: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> Response:
    """The kinds of bodies with names, time and successors; `ten` asks whom a printed name means."""
    require(user, "administer")
    return _page(request, services, q=q, level=cap, name=ten, day=ngay, page=trang)


@router.post("")
def add_name(
    request: Request, services: Here, user: CurrentUser, ten: Typed = "", la: Typed = ""
) -> Response:
    """Add a name for a body of the registry, or a body of the office's own."""
    require(user, "administer")
    try:
        with services.database.transaction() as s:
            added = own_agencies.add(s, ten, la, at=services.now(), by=user.id)
            relink.relink(s, added.name, at=services.now())
    except DondocError as error:
        return _page(request, services, error=error, typed=(ten, la))
    services.wake()
    return RedirectResponse("/quan-tri/co-quan#own", 303)


@router.post("/{name_id}/bo")
def remove_name(services: Here, user: CurrentUser, name_id: Id) -> Response:
    """Take a name back."""
    with services.database.transaction() as s:
        own_agencies.get(s, name_id)
        require(user, "administer")
        gone = own_agencies.remove(s, name_id, at=services.now(), by=user.id)
        relink.relink(s, gone.name, at=services.now())
    services.wake()
    return RedirectResponse("/quan-tri/co-quan#own", 303)


def shown(text: str) -> str:
    """An identity in words: "Sở Công Thương · Long An"."""
    body = AgencyId.parse(text)
    kind, place = agencies().get(body.agency), territories().get(body.territory or "")
    name = kind.names[0] if kind else text
    return f"{name} · {place.name}" if place else name


def _page(
    request: Request,
    services: Services,
    *,
    q: str = "",
    level: str = "",
    name: str = "",
    day: str = "",
    page: int = 1,
    error: DondocError | None = None,
    typed: tuple[str, str] = ("", ""),
) -> Response:
    found = _found(q, level)
    asked: Answer | None = None
    try:
        asked = _asked(name, day_of(day) or services.today()) if name.strip() else None
    except DondocError as wrong:
        error = wrong
    offset = (page - 1) * PAGE
    rows = found[offset : offset + PAGE]
    with services.database.reading() as s:
        own = own_agencies.listing(s)
    values: dict[str, Any] = {"q": q, "cap": level, "ten": name, "ngay": day}
    return render(
        request,
        "admin_agencies.html",
        status=status_of(error) if error else 200,
        section="admin",
        part="agencies",
        rows=rows,
        known=agencies(),
        shown=shown,
        asked=asked,
        own=own,
        levels=LEVELS,
        chosen=values,
        filtered=bool(q or level),
        typed=typed,
        paging=Paging.of(request, offset, len(rows), len(found), page),
        problem=problem_of(error, language_of(request)) if error else None,
    )


def _found(q: str, level: str) -> list[Agency]:
    """Bodies one of whose names or abbreviations holds the words, those that begin with them first."""
    wanted, short = key(q), plain(q)
    listed = [each for each in agencies().values() if not level or each.level == level]
    if not wanted:
        return listed
    hits: list[tuple[int, Agency]] = []
    for each in listed:
        keys = [key(name) for name in each.names]
        shorts = [plain(name) for name in each.abbreviations]
        if wanted in keys or short in shorts:
            hits.append((0, each))
        elif any(name.startswith(wanted) for name in keys):
            hits.append((1, each))
        elif any(wanted in name for name in keys):
            hits.append((2, each))
    return [each for _, each in sorted(hits, key=lambda hit: hit[0])]


def _asked(name: str, day: date) -> Answer:
    found = identify(" ".join(name.split()), day, Home())
    return Answer(
        found.name,
        day,
        found.kind,
        tuple(map(shown, found.ids)),
        tuple(map(shown, found.holders)),
        found.note,
    )
