"""Corrections made elsewhere, offered to a letter in review; the letters in which a corrected reading stands, too."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from api.deps import CurrentUser, Here, Id
from api.render import render
from api.rights import require
from api.routers.rest import PROBLEMS
from api.schemas import LetterRowOut, OfferAnswer, OfferOut
from api.services import Services
from register import letters, offers, respellings

router = APIRouter(responses=PROBLEMS)


@router.get("/van-ban/cung-chu/{respelling_id}", include_in_schema=False)
def same_reading(request: Request, services: Here, user: CurrentUser, respelling_id: Id) -> Response:
    """The letters not reviewed yet in which the reading stands; in each of them the correction is offered."""
    with services.database.reading() as s:
        spelt = respellings.get(s, respelling_id)
        rows = respellings.elsewhere(s, spelt)
    return render(request, "same_reading.html", section="letters", spelt=spelt, rows=rows)


@router.post("/van-ban/{letter_id}/sua-theo/{respelling_id}", include_in_schema=False)
def accept(
    services: Here, user: CurrentUser, letter_id: Id, respelling_id: Id, version: Annotated[int, Form()]
) -> Response:
    """Put the reading right wherever it stands in the letter."""
    told = _accept(services, letter_id, respelling_id, version, user)
    return RedirectResponse(f"/van-ban/{letter_id}{told}", 303)


@router.post("/van-ban/{letter_id}/giu-nguyen/{respelling_id}", include_in_schema=False)
def refuse(services: Here, user: CurrentUser, letter_id: Id, respelling_id: Id) -> Response:
    """Keep the reading, and the offer away from the letter."""
    _refuse(services, letter_id, respelling_id, user)
    return RedirectResponse(f"/van-ban/{letter_id}", 303)


@router.get(
    "/api/v1/letters/{letter_id}/offers",
    tags=["letters"],
    summary="Chỗ đã sửa ở văn bản khác · Corrections made elsewhere",
)
def offer_list(services: Here, user: CurrentUser, letter_id: Id) -> list[OfferOut]:
    """Readings of this letter that people corrected elsewhere; none once it is reviewed. Nothing is changed by itself."""
    with services.database.reading() as s:
        found = offers.of_letter(s, letters.get(s, letter_id))
    return [OfferOut.model_validate(each) for each in found]


@router.post(
    "/api/v1/letters/{letter_id}/offers/{respelling_id}/acceptance",
    tags=["letters"],
    status_code=204,
    summary="Sửa như ở văn bản khác · Correct as elsewhere",
)
def accept_offer(
    services: Here, user: CurrentUser, letter_id: Id, respelling_id: Id, body: OfferAnswer | None = None
) -> Response:
    """Put the reading right wherever it stands in the letter; `version` guards against two people at once."""
    _accept(services, letter_id, respelling_id, body.version if body else None, user)
    return Response(status_code=204)


@router.post(
    "/api/v1/letters/{letter_id}/offers/{respelling_id}/refusal",
    tags=["letters"],
    status_code=204,
    summary="Giữ nguyên · Keep as read",
)
def refuse_offer(services: Here, user: CurrentUser, letter_id: Id, respelling_id: Id) -> Response:
    """Keep the reading, and the offer away from the letter."""
    _refuse(services, letter_id, respelling_id, user)
    return Response(status_code=204)


@router.get(
    "/api/v1/respellings/{respelling_id}/letters",
    tags=["letters"],
    summary="Văn bản khác có cùng chữ · Letters with the same reading",
)
def letters_with(services: Here, user: CurrentUser, respelling_id: Id) -> list[LetterRowOut]:
    """Letters not reviewed yet in which the corrected reading stands, newest first, 200 at most."""
    with services.database.reading() as s:
        found = respellings.elsewhere(s, respellings.get(s, respelling_id))
    return [LetterRowOut.model_validate(row) for row in found]


def _accept(
    services: Services, letter_id: int, respelling_id: int, version: int | None, user: CurrentUser
) -> str:
    with services.database.transaction() as s:
        letters.get(s, letter_id)
        respellings.get(s, respelling_id)
        require(user, "correct")
        offers.accept(
            s, letter_id, respelling_id, at=services.now(), by=user.id, expected_version=version
        )
        found = respellings.find(s, respelling_id)
        told = f"?cung_chu={respelling_id}" if found and respellings.elsewhere(s, found) else ""
    services.wake()
    return told


def _refuse(services: Services, letter_id: int, respelling_id: int, user: CurrentUser) -> None:
    with services.database.transaction() as s:
        letters.get(s, letter_id)
        respellings.get(s, respelling_id)
        require(user, "correct")
        offers.refuse(s, letter_id, respelling_id, at=services.now(), by=user.id)
