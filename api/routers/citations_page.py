"""Trích dẫn: who cites a document, the page of one document, probable pairs, letters that answer tasks."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from api.deps import CurrentUser, Here, Id
from api.graph_picture import pictures_of
from api.i18n import Words
from api.render import language_of, problem_of, render, safe_next
from api.rights import require
from ingest.errors import BadRequest
from register import references
from register.graph import changes, decisions, documents, replies, web
from register.graph.documents import DocumentRow

router = APIRouter(include_in_schema=False)

Text = Annotated[str, Query(max_length=1000)]
Next = Annotated[str, Form(max_length=2000)]
SUGGESTED = 8
LISTED = 300
SHOWN = 100
"""Letters that cite a document, listed by its number, and shown on its page."""


@router.get("/trich-dan")
def citations_page(request: Request, services: Here, user: CurrentUser, q: Text = "") -> Response:
    """Which letters cite a document, at which provision and page; without a question what is relied on most."""
    q = q.strip()[:300]
    found, problem = None, None
    offered: tuple[DocumentRow, ...] = ()
    with services.database.reading() as s:
        if q:
            try:
                found = references.find(s, q, limit=LISTED)
            except BadRequest as error:
                offered = documents.suggest(s, q, limit=20)
                problem = None if offered else problem_of(error, language_of(request))
        changed = changes.of_documents(s, [each.id for each in found.documents]) if found else ()
        relied = () if q else documents.most_cited(s, relations=changes.RESTS, limit=15)
        pairs = () if q else decisions.pairs(s)
    return render(
        request,
        "citations.html",
        status=400 if problem else 200,
        section="search",
        q=q,
        found=found,
        offered=offered,
        changed=[each for each in changed if each.in_force(services.today())],
        relied=relied,
        pairs=pairs,
        problem=problem,
    )


@router.get("/trich-dan/goi-y")
def suggestions(request: Request, services: Here, user: CurrentUser, q: Text = "") -> Response:
    """What the words typed so far may mean, as a piece of a page."""
    q = q.strip()[:300]
    with services.database.reading() as s:
        rows = documents.suggest(s, q, limit=SUGGESTED) if q else ()
    return render(request, "citation_suggestions.html", q=q, rows=rows)


@router.get("/trich-dan/{document_id}")
def document_page(request: Request, services: Here, user: CurrentUser, document_id: Id) -> Response:
    """A document: who cites it, what it cites, what changed it, what rests on it, in time and as a picture."""
    today = services.today()
    with services.database.reading() as s:
        view = web.get(s, document_id, limit=SHOWN)
        resting = web.resting(s, document_id, today=today)
        chain = web.chain(s, view.row.letter_id) if view.row.letter_id else ()
    if view.row.id != document_id:
        return RedirectResponse(f"/trich-dan/{view.row.id}", 303)
    t = Words(language_of(request))
    roles: dict[str | None, int] = {}
    for each in view.incoming:
        roles[each.relation] = roles.get(each.relation, 0) + 1
    return render(
        request,
        "document.html",
        section="search",
        view=view,
        row=view.row,
        resting=resting,
        chain=chain,
        pictures=pictures_of(view, more=t("cite.more")),
        roles=sorted(roles.items(), key=lambda each: (-each[1], each[0] or "")),
        in_force=[each for each in view.changed_by if each.in_force(today)],
        to_come=[each for each in view.changed_by if not each.in_force(today)],
    )


@router.post("/trich-dan/cap/{pair_id}")
def decide(
    services: Here,
    user: CurrentUser,
    pair_id: Id,
    same: Annotated[str, Form(pattern="^[01]$")],
    next: Next = "/trich-dan",
) -> Response:
    """Say whether two documents are one."""
    with services.database.transaction() as s:
        decisions.get(s, pair_id)
        require(user, "correct")
        decisions.decide(s, pair_id, same=same == "1", at=services.now(), by=user.id)
    return RedirectResponse(safe_next(next), 303)


@router.get("/nhiem-vu/tra-loi")
def replies_page(request: Request, services: Here, user: CurrentUser) -> Response:
    """Outgoing letters that may be the evidence for open tasks."""
    with services.database.reading() as s:
        offers = replies.listing(s)
    return render(request, "replies.html", section="tasks", offers=offers)


@router.post("/nhiem-vu/tra-loi/{reply_id}/nhan")
def accept(services: Here, user: CurrentUser, reply_id: Id, next: Next = "/nhiem-vu/tra-loi") -> Response:
    """The letter fulfils the task."""
    with services.database.transaction() as s:
        replies.get(s, reply_id)
        require(user, "complete")
        replies.accept(s, reply_id, at=services.now(), by=user.id, today=services.today())
    services.wake()
    return RedirectResponse(safe_next(next), 303)


@router.post("/nhiem-vu/tra-loi/{reply_id}/khong")
def decline(services: Here, user: CurrentUser, reply_id: Id, next: Next = "/nhiem-vu/tra-loi") -> Response:
    """The letter does not fulfil the task."""
    with services.database.transaction() as s:
        replies.get(s, reply_id)
        require(user, "complete")
        replies.decline(s, reply_id, at=services.now(), by=user.id)
    return RedirectResponse(safe_next(next), 303)
