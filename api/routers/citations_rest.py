"""REST under /api/v1: who cites what, what rests on what, what changed, which letter answers which task."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Query

from api.deps import CurrentUser, Here, Id
from api.graph_schemas import (
    ChangeOut,
    CitesOut,
    CitingListOut,
    CitingOut,
    Decision,
    DocumentOut,
    DocumentWholeOut,
    MomentOut,
    PairOut,
    ReplyOut,
    RestingOut,
    StepOut,
    WarningOut,
)
from api.rights import require
from api.routers.rest import PROBLEMS
from api.schemas import TaskOut
from register import letters, references
from register.graph import changes, decisions, documents, replies, web

router = APIRouter(prefix="/api/v1", responses=PROBLEMS, tags=["references"])

Few = Annotated[int, Query(ge=1, le=100)]
Asked = Annotated[str, Query(min_length=1, max_length=300)]


@router.get("/references", summary="Ai viện dẫn · Which letters cite a document")
def citing(services: Here, user: CurrentUser, cites: Asked) -> CitingListOut:
    """`cites` is a document number in any spelling ("Nghị định 45/2012") or a law's name."""
    with services.database.reading() as s:
        found = references.find(s, cites)
    return CitingListOut(
        cites=cites,
        documents=[DocumentOut.model_validate(each) for each in found.documents],
        probable=[DocumentOut.model_validate(each) for each in found.probable],
        citing=[CitingOut.model_validate(each) for each in found.citing],
    )


@router.get("/documents", summary="Gợi ý khi gõ · Documents that what was typed so far may mean")
def suggestions(services: Here, user: CurrentUser, q: Asked, limit: Few = 10) -> list[DocumentOut]:
    """ "nghị định 45", "45/2012", "NĐ 45 khuyến công"; the number itself first, then those known or cited most."""
    with services.database.reading() as s:
        return [DocumentOut.model_validate(each) for each in documents.suggest(s, q, limit=limit)]


@router.get(
    "/documents/most-cited", summary="Được dẫn nhiều nhất · Documents that most letters cite or rest on"
)
def most_cited(
    services: Here, user: CurrentUser, resting: bool = False, limit: Few = 20
) -> list[DocumentOut]:
    """With `resting` only citations as căn cứ, thực hiện or theo count."""
    with services.database.reading() as s:
        rows = documents.most_cited(s, relations=changes.RESTS if resting else (), limit=limit)
    return [DocumentOut.model_validate(each) for each in rows]


@router.get("/documents/{document_id}", summary="Một văn bản được dẫn · A cited document with all round it")
def document(services: Here, user: CurrentUser, document_id: Id) -> DocumentWholeOut:
    """What it cites, who cites it, what changed it, and what is probably the same document."""
    with services.database.reading() as s:
        view = web.get(s, document_id)
    return DocumentWholeOut(
        document=DocumentOut.model_validate(view.row),
        letters=view.letters,
        incoming=[CitingOut.model_validate(each) for each in view.incoming],
        outgoing=[CitesOut.model_validate(each) for each in view.outgoing],
        answers=[CitingOut.model_validate(each) for each in view.answers],
        changed_by=[ChangeOut.model_validate(each) for each in view.changed_by],
        changes=[ChangeOut.model_validate(each) for each in view.changes],
        pairs=[PairOut.model_validate(each) for each in view.pairs],
        timeline=[MomentOut.model_validate(each) for each in view.timeline],
    )


@router.get("/documents/{document_id}/obligations",
            summary="Nhiệm vụ dựa vào văn bản · Open obligations that rest on a document")  # fmt: skip
def obligations(services: Here, user: CurrentUser, document_id: Id) -> list[RestingOut]:
    """The most urgent first; `chain` leads from the task's letter to the document."""
    with services.database.reading() as s:
        found = web.resting(s, document_id, today=services.today())
    return [
        RestingOut(
            task=TaskOut.model_validate(each.task),
            direct=each.direct,
            chain=[StepOut.model_validate(step) for step in each.chain],
        )
        for each in found
    ]


@router.get("/letters/{letter_id}/bases", summary="Chuỗi căn cứ · What a letter rests on, step by step")
def bases(services: Here, user: CurrentUser, letter_id: Id) -> list[list[CitesOut]]:
    """First the letter's own bases, then the bases of those that are letters of the register, and so on."""
    with services.database.reading() as s:
        letters.get(s, letter_id)
        steps = web.chain(s, letter_id)
    return [[CitesOut.model_validate(each) for each in step] for step in steps]


@router.get("/letters/{letter_id}/warnings",
            summary="Căn cứ đã thay đổi · Bases amended, replaced or repealed since")  # fmt: skip
def warnings(services: Here, user: CurrentUser, letter_id: Id) -> list[WarningOut]:
    """What has changed, as of today, among the documents that the letter rests on."""
    with services.database.reading() as s:
        letters.get(s, letter_id)
        found = changes.warnings(s, [letter_id], today=services.today()).get(letter_id, ())
    return [
        WarningOut(
            reference_id=each.reference_id,
            document_id=each.document_id,
            cited=each.cited,
            change=ChangeOut.model_validate(each.change),
        )
        for each in found
    ]


@router.get("/document-pairs", summary="Có lẽ là một · Documents that are probably one")
def pairs(
    services: Here,
    user: CurrentUser,
    state: Literal["probable", "confirmed", "rejected"] = "probable",
    limit: Few = 100,
) -> list[PairOut]:
    """Read or printed differently ("7540/BCT-CNĐP", "7540/BCT-CNĐT"); nothing is joined before a person says so."""
    with services.database.reading() as s:
        return [PairOut.model_validate(each) for each in decisions.pairs(s, state=state, limit=limit)]


@router.put("/document-pairs/{pair_id}", status_code=204, summary="Quyết định · Say whether two are one")
def decide(services: Here, user: CurrentUser, pair_id: Id, body: Decision) -> None:
    """May be said anew at any time; stands through every new reading."""
    with services.database.transaction() as s:
        decisions.get(s, pair_id)
        require(user, "correct")
        decisions.decide(s, pair_id, same=body.same, at=services.now(), by=user.id)


@router.get("/replies", tags=["tasks"], summary="Văn bản trả lời · Letters offered as evidence for tasks")
def reply_list(
    services: Here,
    user: CurrentUser,
    state: Literal["offered", "accepted", "declined"] = "offered",
    letter_id: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 100,
) -> list[ReplyOut]:
    """Outgoing letters that say they carry out what a letter asked for; nothing is closed by itself."""
    with services.database.reading() as s:
        found = replies.listing(
            s, state=state, letter_ids=None if letter_id is None else [letter_id], limit=limit
        )
    return [ReplyOut.model_validate(each) for each in found]


@router.post("/replies/{reply_id}/acceptance", tags=["tasks"], status_code=204,
             summary="Nhận là bằng chứng · The letter fulfils the obligation")  # fmt: skip
def accept(services: Here, user: CurrentUser, reply_id: Id, on: date | None = None) -> None:
    """The obligation is done on the letter's day, or on the day given, with the letter as evidence."""
    with services.database.transaction() as s:
        replies.get(s, reply_id)
        require(user, "complete")
        replies.accept(s, reply_id, at=services.now(), by=user.id, today=services.today(), on=on)
    services.wake()


@router.post("/replies/{reply_id}/refusal", tags=["tasks"], status_code=204,
             summary="Không phải · The letter does not fulfil the obligation")  # fmt: skip
def decline(services: Here, user: CurrentUser, reply_id: Id) -> None:
    """It is not offered for this obligation again."""
    with services.database.transaction() as s:
        replies.get(s, reply_id)
        require(user, "complete")
        replies.decline(s, reply_id, at=services.now(), by=user.id)
