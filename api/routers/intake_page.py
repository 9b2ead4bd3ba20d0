"""Tiếp nhận: sending files in and watching them being read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, File, Request, UploadFile
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from api.deps import CurrentUser, Here, Id
from api.quality_view import fault_lines
from api.render import render
from api.rights import require
from api.services import Services
from api.uploads import take_in
from register import arranging, intake, letters, twins
from register.views import FileView, LetterRow

router = APIRouter(include_in_schema=False)

SHOWN = 40
WORKING = frozenset({"waiting", "reading"})


def _letters_of(s: Session, files: Sequence[FileView]) -> dict[int, LetterRow]:
    return letters.rows(s, list(dict.fromkeys(letter for file in files for letter in file.letter_ids)))


def _recent(services: Services) -> dict[str, Any]:
    with services.database.reading() as s:
        urgent = intake.urgent(s, limit=SHOWN)
        newest = intake.listing(s, limit=SHOWN).items
        first = intake.by_ids(s, list(urgent))
        files = (*(first[file_id] for file_id in urgent), *(file for file in newest if file.id not in urgent))
        shown = {file.id: file for file in files}
        firsts = {
            first: shown.get(first) or intake.get(s, first)
            for first in {file.duplicate_of for file in files}
            if first is not None
        }
        found = _letters_of(s, files)
        faults = intake.complaints(s, files)
        alike = twins.of_letters(s, found)
    return {
        "files": files,
        "urgent": urgent,
        "paged": arranging.PAGED,
        "firsts": firsts,
        "found": found,
        "twins": alike,
        "faults": faults,
        "fault_lines": fault_lines,
        "working": any(file.state in WORKING for file in files),
    }


@router.get("/tiep-nhan")
def intake_page(request: Request, services: Here, user: CurrentUser) -> Response:
    """The page with the drop area and the files taken in last."""
    return render(
        request, "intake.html", section="intake", upload_bytes=services.upload_bytes, **_recent(services)
    )


@router.get("/tiep-nhan/danh-sach")
def intake_list(request: Request, services: Here, user: CurrentUser) -> Response:
    """The list alone, asked for while something is being read."""
    return render(request, "intake_list.html", **_recent(services))


@router.post("/tiep-nhan")
def intake_go(
    request: Request, services: Here, user: CurrentUser, file: Annotated[list[UploadFile], File()]
) -> Response:
    """Take files in from the form (browsers without script)."""
    require(user, "upload")
    for upload in file:
        take_in(services, upload, user)
    return RedirectResponse("/tiep-nhan", 303)


@router.post("/tiep-nhan/{file_id}/doc-lai")
def read_again(request: Request, services: Here, user: CurrentUser, file_id: Id) -> Response:
    """Queue a file for reading again; people's corrections survive."""
    with services.database.transaction() as s:
        file = intake.get(s, file_id)
        require(user, "reprocess")
        intake.requeue(s, file_id, version=services.processing, at=services.now(), by=user.id, force=True)
    services.wake()
    if file.letter_ids and request.headers.get("referer", "").rstrip("/").endswith(
        f"/van-ban/{file.letter_ids[0]}"
    ):
        return RedirectResponse(f"/van-ban/{file.letter_ids[0]}?doc_lai=1", 303)
    return RedirectResponse("/tiep-nhan", 303)
