"""Reading a received file as it came, or as a person arranged its pages."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from dondoc.extracting import refuse_confined, refuse_confined_letters, understand_reading
from ingest.arrange import Part
from ingest.types import Reading
from nlp.dispatch import VERSION
from register import arranging, office_settings

if TYPE_CHECKING:
    from dondoc.worker import Office
    from nlp.types import Dispatch
    from register.arranging import Plan
    from register.originals import OriginalStore
    from register.views import FileView


@dataclass(frozen=True, slots=True)
class Taken:
    """What was read and understood. `version` names the rules and the arrangement, `put_together` holds the bytes of the pages as arranged."""

    reading: Reading
    dispatches: Sequence[Dispatch]
    version: str
    put_together: bytes | None = None

    def keep(self, store: OriginalStore) -> str | None:
        """Store the pages as arranged, for showing them; gives their SHA-256, None for a file as it came."""
        return store.put(self.put_together).sha256 if self.put_together is not None else None


def read_arranged(office: Office, file: FileView, progress: Callable[[int, int], None]) -> Taken:
    """Read a file and understand its letters. Raises as `ReaderPool.read`, and `Confined` for a letter with a secrecy mark."""
    with office.database.reading() as s:
        plan = arranging.plan_of(s, file.id)
        contents = arranging.contents(s, plan) if plan else {}
        doubt = office_settings.load(s).doubt
    if plan is None:
        reading = office.pool.read(office.store.path(file.sha256), name=file.name, progress=progress)
        return Taken(reading, _understood(reading, (), doubt), VERSION)
    with tempfile.TemporaryDirectory(prefix="dondoc-") as folder:
        path = Path(folder) / "pages.pdf"
        office.pool.arrange(_parts(office, plan, contents), path, file.name)
        reading = office.pool.read(path, name=file.name, progress=progress)
        dispatches = _understood(reading, plan.starts, doubt)
        return Taken(reading, dispatches, f"{VERSION}+{plan.mark}", path.read_bytes())


def _parts(office: Office, plan: Plan, contents: dict[int, str]) -> list[Part]:
    return [Part(str(office.store.path(contents[page.file_id])), page.page, page.turn) for page in plan.pages]


def _understood(reading: Reading, starts: Sequence[int], doubt: float | None) -> tuple[Dispatch, ...]:
    """The letters of a reading; at each of `starts` (places of pages, from 1) a new one begins."""
    places = [0, *(start - 1 for start in starts), len(reading.pages)]
    found: list[Dispatch] = []
    for first, last in pairwise(places):
        part = replace(reading, pages=reading.pages[first:last])
        refuse_confined(part)
        dispatches = understand_reading(part, doubt)
        refuse_confined_letters(part, dispatches)
        found.extend(dispatches)
    return tuple(found)
