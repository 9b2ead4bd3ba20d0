"""Putting the pages of received files right before they are reviewed: turned, dropped, in another order, several letters of one scan, several files as one letter.

How the pages stand is data beside the file; the original in the store stays as it
came. The letter is read anew from the pages as arranged.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from ingest import sniff
from register import audit, duties, intake
from register.errors import refused, unknown
from register.graph import replies, settle
from register.models import File, Letter, Task
from register.recording import withdraw

TURNS: Final = (0, 90, 180, 270)
PAGED: Final = frozenset({sniff.PDF, *sniff.IMAGES})
"""Types of files that have page images, which alone can be arranged."""


@dataclass(frozen=True, slots=True)
class Placed:
    """One page: number `page` (from 1) of the original of upload `file_id`, turned clockwise by `turn` degrees."""

    file_id: int
    page: int
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """The pages in their order, and the places (from 1) at which a new letter begins because a person said so.

    Without such places the program finds by itself where letters begin; with
    them it still looks for further letters inside each part.
    """

    pages: tuple[Placed, ...]
    starts: tuple[int, ...] = ()

    @property
    def mark(self) -> str:
        """A short name of this arrangement, part of the version of what is read from it."""
        return hashlib.sha256(json.dumps(_to_json(self)).encode()).hexdigest()[:8]


def plan_of(s: Session, file_id: int) -> Plan | None:
    """How a person arranged the pages of a file; None where it is read as it came."""
    file = _file(s, file_id)
    return _from_json(file.arrangement) if file.arrangement else None


def standing(s: Session, file_id: int) -> Plan:
    """The arrangement of a file, also where nobody touched it. BadRequest "file-without-pages" for text files."""
    return _standing(_file(s, file_id))


def contents(s: Session, plan: Plan) -> dict[int, str]:
    """The SHA-256 of each original that a plan takes pages from, by the upload."""
    ids = {page.file_id for page in plan.pages}
    rows = s.execute(select(File.id, File.sha256).where(File.id.in_(ids), File.state != "refused"))
    return {row[0]: row[1] for row in rows}


def arrange(s: Session, file_id: int, plan: Plan, *, version: str, at: datetime, by: int | None) -> None:
    """Put the pages as `plan` says and queue the file for reading anew.

    The plan holds pages that the file has now, none of them twice; what it
    leaves out is dropped (an empty sheet, one of another letter). BadRequest
    where it does not, where nothing would be left ("arrangement-empty"), where somebody has reviewed a letter of the file or
    decided on a task ("letter-decided"), or while the file is being read.
    """
    file = _free(s, file_id)
    now = _standing(file)
    asked = [(page.file_id, page.page) for page in plan.pages]
    there = {(page.file_id, page.page) for page in now.pages}
    if len(asked) != len(set(asked)) or not there.issuperset(asked) or any(page.turn not in TURNS for page in plan.pages):
        raise refused(
            "arrangement-wrong",
            "Mỗi trang phải có đúng một chỗ.",
            "Each page must have exactly one place.",
        )
    if not asked:
        raise refused(
            "arrangement-empty",
            "Phải để lại ít nhất một trang.",
            "At least one page must stay.",
        )
    starts = tuple(sorted({start for start in plan.starts if 1 < start <= len(plan.pages)}))
    plan = Plan(plan.pages, starts)
    if plan != now:
        dropped = [[page.file_id, page.page] for page in now.pages if (page.file_id, page.page) not in asked]
        _put(s, file, plan, version=version, at=at, by=by, action="file-arranged", **({"dropped": dropped} if dropped else {}))


def merge(s: Session, file_id: int, other_id: int, *, version: str, at: datetime, by: int | None) -> None:
    """Take the pages of another file behind those of this one, as one letter; the other's letters leave the register.

    BadRequest as in `arrange`, for either of the files.
    """
    if file_id == other_id:
        raise refused("merge-itself", "Hãy chọn một tệp khác để gộp.", "Choose another file to merge.")
    file, other = _free(s, file_id), _free(s, other_id)
    first, second = _standing(file), _standing(other)
    if any(page.file_id != other_id for page in second.pages):
        raise refused(
            "merge-joined",
            f"Tệp “{other.name}” đã có tệp khác gộp vào; hãy gộp vào chính tệp ấy.",
            f"Other files were merged into “{other.name}”; merge into that file instead.",
        )
    letters = s.scalars(select(Letter).where(Letter.file_id == other_id)).all()
    settle.mark(s, letters)
    for letter in letters:
        withdraw(s, letter, at)
    replies.offer(s, settle.settle(s), [])
    other.state, other.merged_into, other.changed_at = "merged", file_id, at
    plan = Plan((*first.pages, *second.pages), first.starts)
    _put(s, file, plan, version=version, at=at, by=by, action="file-merged", other=other_id)


def undo(s: Session, file_id: int, *, version: str, at: datetime, by: int | None) -> None:
    """Take the last arrangement back; files joined by it are received files of their own again and read anew."""
    file = _free(s, file_id, failed=True)
    if not file.arrangement:
        raise refused("nothing-arranged", "Tệp đang như bản gốc.", "The file is as it came.")
    before = file.arrangement["before"]
    kept = {page[0] for page in before["pages"]} if before else {file_id}
    # A file whose pages were all dropped before is in neither: it was merged by an earlier step.
    joined = {page[0] for page in file.arrangement["pages"]} - kept
    for other in s.scalars(select(File).where(File.merged_into == file_id, File.state == "merged")).all():
        if other.id not in joined:
            continue
        other.state, other.merged_into, other.changed_at = "waiting", None, at
        s.flush()
        intake.requeue(s, other.id, version=version, at=at, by=by, force=True)
    file.arrangement = before
    audit.write(s, "file-arrangement-undone", "file", file_id, at=at, by=by)
    s.flush()
    intake.requeue(s, file_id, version=version, at=at, by=by, force=True)


def _put(
    s: Session,
    file: File,
    plan: Plan,
    *,
    version: str,
    at: datetime,
    by: int | None,
    action: str,
    **told: Any,
) -> None:
    file.arrangement = {**_to_json(plan), "before": file.arrangement}
    audit.write(s, action, "file", file.id, at=at, by=by, **_to_json(plan), **told)
    s.flush()
    intake.requeue(s, file.id, version=version, at=at, by=by, force=True)


def _free(s: Session, file_id: int, *, failed: bool = False) -> File:
    """The file, if its pages may still be arranged; `failed` allows one whose arrangement could not be read."""
    file = _file(s, file_id, lock=True)
    if file.state != "done" and not (failed and file.state == "failed"):
        raise refused(
            "file-not-ready",
            f"Tệp “{file.name}” chưa đọc xong, hoặc đã được gộp hay từ chối; chưa sắp xếp trang được.",
            f"The file “{file.name}” is not read yet, or was merged or refused; its pages cannot be arranged.",
        )
    _standing(file)
    if _decided(s, file_id):
        raise refused(
            "letter-decided",
            f"Văn bản trong tệp “{file.name}” đã được rà soát hoặc đã giao việc; không sắp xếp trang được nữa.",
            f"A letter of the file “{file.name}” was reviewed or its tasks given out; its pages cannot be arranged any more.",
            advice="Bỏ rà soát trước, hoặc gửi lại bản quét đúng.",
            advice_en="Take the review back first, or send the right scan.",
        )
    return file


def decided(s: Session, file_ids: Sequence[int]) -> frozenset[int]:
    """Of these files, those with a letter that was reviewed: their pages stay as they are."""
    rows = s.scalars(select(Letter.file_id).where(Letter.file_id.in_(file_ids), Letter.state == "reviewed"))
    return frozenset(rows)


def _decided(s: Session, file_id: int) -> bool:
    if decided(s, [file_id]):
        return True
    tasks = s.scalars(
        select(Task)
        .join(Letter, Letter.id == Task.letter_id)
        .where(Letter.file_id == file_id, Letter.state != "withdrawn")
        .options(selectinload(Task.obligations))
    )
    return any(duties.has_history(s, each) for task in tasks for each in task.obligations)


def _standing(file: File) -> Plan:
    if file.arrangement:
        return _from_json(file.arrangement)
    if file.media_type not in PAGED or not file.page_count:
        raise refused(
            "file-without-pages",
            f"Tệp “{file.name}” không có ảnh trang để sắp xếp.",
            f"The file “{file.name}” has no page images to arrange.",
        )
    return Plan(tuple(Placed(file.id, number) for number in range(1, file.page_count + 1)))


def _file(s: Session, file_id: int, *, lock: bool = False) -> File:
    query = select(File).where(File.id == file_id)
    file = s.scalars(query.with_for_update() if lock else query).one_or_none()
    if file is None:
        raise unknown("file", file_id)
    return file


def _to_json(plan: Plan) -> dict[str, Any]:
    return {
        "pages": [[page.file_id, page.page, page.turn] for page in plan.pages],
        "starts": list(plan.starts),
    }


def _from_json(form: dict[str, Any]) -> Plan:
    return Plan(tuple(Placed(*page) for page in form["pages"]), tuple(form["starts"]))
