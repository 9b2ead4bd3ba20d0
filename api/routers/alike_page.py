"""Letters like a letter: similar ones, and those that may be the same."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.deps import CurrentUser, Here, Id
from api.found import shown
from api.render import language_of, problem_of, render
from api.routers.search_page import marked
from api.schemas import HitOut, TwinOut
from api.services import Services
from ingest.errors import Unavailable
from register import letters, twins
from search.documents import letter_documents
from search.types import Hit

router = APIRouter()
SHOWN = 6


def similar(services: Services, letter_id: int, size: int) -> tuple[Hit, ...]:
    """Letters of the register like this one, without those that may be the same: these are told of by themselves."""
    with services.database.reading() as s:
        letters.get(s, letter_id)  # 404 before anything else
        documents = letter_documents(s, [letter_id])[letter_id]
        same = {str(twin.row.id) for twin in twins.of_letters(s, [letter_id]).get(letter_id, ())}
    if documents is None:  # withdrawn
        return ()
    hits = services.engine.similar(documents.letter, size=size + len(same))
    return shown(services, tuple(hit for hit in hits if hit.id not in same))[:size]


@router.get("/van-ban/{letter_id}/tuong-tu", include_in_schema=False)
def similar_page(request: Request, services: Here, user: CurrentUser, letter_id: Id) -> Response:
    """The list for the letter's page, or a page of its own for browsers without script."""
    hits: tuple[Hit, ...] = ()
    problem = None
    with services.database.reading() as s:
        row = letters.get(s, letter_id).row
    try:
        hits = similar(services, letter_id, SHOWN)
    except Unavailable as error:
        problem = problem_of(error, language_of(request))
    part = bool(request.headers.get("hx-request"))
    return render(
        request,
        "similar_list.html" if part else "similar.html",
        section="letters",
        row=row,
        hits=hits,
        problem=problem,
        marked=marked,
    )


@router.get(
    "/api/v1/letters/{letter_id}/similar",
    tags=["letters"],
    summary="Văn bản tương tự · Letters like this one",
)
def similar_letters(
    services: Here, user: CurrentUser, letter_id: Id, limit: Annotated[int, Query(ge=1, le=50)] = 8
) -> list[HitOut]:
    """By the words and citations that mark this letter, the most alike first; the same on both engines."""
    return [HitOut.model_validate(hit) for hit in similar(services, letter_id, limit)]


@router.get(
    "/api/v1/letters/{letter_id}/twins",
    tags=["letters"],
    summary="Văn bản có thể trùng · Letters that may be the same",
)
def twin_letters(services: Here, user: CurrentUser, letter_id: Id) -> list[TwinOut]:
    """`reason`: same-day (number, symbol, issuer and day), same-year (another or unknown day), text (almost the same text)."""
    with services.database.reading() as s:
        letters.get(s, letter_id)
        found = twins.of_letters(s, [letter_id]).get(letter_id, ())
    return [TwinOut.model_validate(twin) for twin in found]
