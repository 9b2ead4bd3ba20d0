"""Writing what the program understood of a file, in one transaction, idempotent."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from ingest.types import Reading
from nlp.types import Dispatch


@dataclass(frozen=True, slots=True)
class Recorded:
    """What `record` did: the file's letters; `again` if this version had been recorded before."""

    letter_ids: tuple[int, ...]
    again: bool = False


def record(
    s: Session,
    file_id: int,
    reading: Reading,
    dispatches: Sequence[Dispatch],
    *,
    version: str,
    at: datetime,
    home_agency: str | None = None,
    received_on: date | None = None,
    holidays: Mapping[date, bool] | None = None,
    resolve: Callable[[str, date | None], str | None] | None = None,
    horizon_days: int = 400,
) -> Recorded:
    """Write letters, pages, extractions, tasks, obligations, deadlines, occurrences, references, audit and outbox.

    The same file and version a second time changes nothing. A new version
    keeps every id it can (letters by their order, tasks by their text,
    obligations by role and body), applies people's corrections again, and
    never deletes what people had decided on: that becomes "withdrawn".

    `home_agency` names the office: a letter it issued has the direction "đi",
    any other "đến". `received_on` is the day of arrival where the office
    entered one; else the ĐẾN stamp's. `holidays` maps days to whether they
    are worked (True: a make-up working day), as the office set them.
    `resolve` gives the canonical id of a printed body as of a day. Recurring
    deadlines are materialised up to `horizon_days` after `at`.
    """
    raise NotImplementedError
