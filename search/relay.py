"""From the register's outbox into the index, and the repair of the index.

The register is the truth. Moving an entry twice is harmless (external
versions), so entries are marked done only after the engine has taken them.
While the engine is away nothing is marked and `Unavailable` leaves: the caller
waits longer and longer, and the outbox keeps everything.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import TypeVar

from ingest.errors import DondocError
from register import letters, outbox, tasks
from register.clock import now
from register.database import Database
from search.documents import LetterDocuments, letter_documents, task_documents, versions
from search.engine import Engine
from search.types import KINDS, Change, Delete, Document, Kind, Purge, Rejected, Status, Upsert

BATCH = 200
"""Outbox entries moved in one go, and rows read at once."""

T = TypeVar("T")


def relay_once(database: Database, engine: Engine, *, at: datetime, limit: int = BATCH) -> int:
    """Move the oldest waiting entries; gives how many were settled, 0 when nothing waits.

    What the engine refuses for good is set aside with the reason. An entry
    over which the program itself fails is tried `outbox.MAX_ATTEMPTS` times
    and then set aside too; the others go on. Raises `Unavailable` when the
    engine or the database is away; nothing is lost.
    """
    with database.reading() as s:
        waiting = outbox.pending(s, limit=limit)
    if not waiting:
        return 0
    try:
        return _move(database, engine, waiting, at)
    except DondocError:
        raise
    except Exception as defect:  # of one entry, or of all: found out by taking each by itself
        return _one_by_one(database, engine, waiting, at, defect)


def _one_by_one(
    database: Database, engine: Engine, waiting: Sequence[outbox.Change], at: datetime, defect: Exception
) -> int:
    failed: list[tuple[int, str]] = []
    moved = 0
    for entry in waiting:
        try:
            moved += _move(database, engine, [entry], at)
        except DondocError:
            raise
        except Exception as error:
            failed.append((entry.id, f"{type(error).__name__}: {error}"[:500]))
    if not moved and len(failed) > 1:
        raise defect  # not the entries' fault: they wait
    with database.transaction() as s:
        for id_, reason in failed:
            outbox.failed(s, [id_], reason, at=at)
    return moved


def _move(database: Database, engine: Engine, waiting: Sequence[outbox.Change], at: datetime) -> int:
    with database.reading() as s:
        changed_letters, changed_obligations = _newest(waiting, "letter"), _newest(waiting, "obligation")
        letter_rows = letter_documents(s, list(changed_letters))
        task_rows = task_documents(s, list(changed_obligations))
    changes = [*_letter_changes(changed_letters, letter_rows), *_task_changes(changed_obligations, task_rows)]
    rejected = _reasons(engine.apply(changes).rejected)
    bad = [(entry, reason) for entry in waiting if (reason := rejected.get((entry.entity, entry.entity_id)))]
    with database.transaction() as s:
        outbox.done(
            s, [entry.id for entry in waiting if (entry.entity, entry.entity_id) not in rejected], at=at
        )
        for entry, reason in bad:
            outbox.failed(s, [entry.id], reason, at=at, poison=True)
    return len(waiting)


def relay_all(database: Database, engine: Engine, *, at: datetime, limit: int = BATCH) -> int:
    """Move entries until none waits; gives how many were settled."""
    total = 0
    while settled := relay_once(database, engine, at=at, limit=limit):
        total += settled
    return total


def _newest(waiting: Sequence[outbox.Change], entity: str) -> dict[int, int]:
    """Ids of an entity's waiting changes with the newest version of each."""
    found: dict[int, int] = {}
    for entry in waiting:
        if entry.entity == entity:
            found[entry.entity_id] = max(found.get(entry.entity_id, 0), entry.entity_version)
    return found


def _letter_changes(changed: dict[int, int], rows: dict[int, LetterDocuments | None]) -> Iterator[Change]:
    """Each letter with its citations; what an earlier version of it cited goes."""
    purges: list[Purge] = []
    for id_, version in changed.items():
        documents = rows[id_]
        if documents is None:
            yield Delete("letters", str(id_), version)
            purges.append(Purge("references", str(id_), version + 1))
            continue
        yield from map(Upsert, documents.all)
        if documents.letter.version > 1:
            purges.append(Purge("references", str(id_), documents.letter.version))
    # Purges last and together: on Elasticsearch each has to wait for a refresh.
    yield from purges


def _task_changes(changed: dict[int, int], rows: dict[int, Document | None]) -> Iterator[Change]:
    for id_, version in changed.items():
        document = rows[id_]
        yield Upsert(document) if document is not None else Delete("tasks", str(id_), version)


def _reasons(rejected: Iterable[Rejected]) -> dict[tuple[str, int], str]:
    """Reasons by outbox entity; a citation's belong to its letter."""
    found: dict[tuple[str, int], str] = {}
    for one in rejected:
        entity = "obligation" if one.kind == "tasks" else "letter"
        found[(entity, int(one.id.split(".")[0]))] = one.reason
    return found


def every_document(database: Database) -> Iterator[Document]:
    """All documents of the register, a batch of rows in memory at a time."""
    with database.reading() as s:
        letter_ids = [id_ for id_, _ in letters.ids(s)]
    for batch in _batches(letter_ids):
        with database.reading() as s:
            found = letter_documents(s, batch)
        for documents in found.values():
            if documents is not None:
                yield from documents.all
    with database.reading() as s:
        obligation_ids = [id_ for id_, _ in tasks.ids(s)]
    for batch in _batches(obligation_ids):
        with database.reading() as s:
            rows = task_documents(s, batch)
        yield from (document for document in rows.values() if document is not None)


def _batches(items: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def rebuild(
    database: Database,
    engine: Engine,
    *,
    at: datetime | None = None,
    told: Callable[[Document], None] = lambda _: None,
    refused: Callable[[Rejected], None] = lambda _: None,
) -> Status:
    """Build a new index from the register and swap it in, then catch up with what changed meanwhile.

    `told` hears of every document, `refused` of each that cannot be indexed.
    """
    engine.rebuild(_watched(every_document(database), told))
    with _compared(database, engine) as differences:
        rejected = _repair(database, engine, differences)
    for one in rejected:
        refused(one)
    _settle(database, rejected, at or now())
    return engine.status()


def _watched(documents: Iterable[Document], told: Callable[[Document], None]) -> Iterator[Document]:
    for document in documents:
        yield document
        told(document)


def _settle(database: Database, rejected: Iterable[Rejected], at: datetime) -> None:
    """What was set aside before and is in the index now is no longer set aside."""
    with database.transaction() as s:
        outbox.settle(s, keep=set(_reasons(rejected)), at=at)


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What `reconcile` found and mended: documents missing in the index, older than the register, too many.

    `ahead` are documents newer than the register (it was restored from a
    backup); they make it build the index anew. `rejected` cannot be indexed.
    """

    missing: int = 0
    stale: int = 0
    surplus: int = 0
    ahead: int = 0
    rejected: tuple[Rejected, ...] = ()

    @property
    def clean(self) -> bool:
        """Whether index and register agreed."""
        return not (self.missing or self.stale or self.surplus or self.ahead)


@dataclass(frozen=True, slots=True)
class _Difference:
    kind: Kind
    id: str
    register: int | None
    index: int | None


def reconcile(database: Database, engine: Engine, *, at: datetime | None = None) -> Reconciled:
    """Compare the index with the register and mend what differs; what was set aside is tried again."""
    with _compared(database, engine) as differences:
        found = differences.counts()
        if not found.ahead:
            rejected = tuple(_repair(database, engine, differences))
    if found.ahead:
        # The engine refuses what is older than what it has: only a new index can hold it.
        engine.rebuild(every_document(database))
        with _compared(database, engine) as differences:
            rejected = tuple(_repair(database, engine, differences))
    _settle(database, rejected, at or now())
    return replace(found, rejected=rejected)


class _Differences:
    """Ids whose versions differ, in a temporary file: memory does not grow with the register."""

    def __init__(self, table: sqlite3.Connection) -> None:
        self._table = table

    def counts(self) -> Reconciled:
        query = """SELECT total(i IS NULL), total(i < r), total(r IS NULL), total(i > r) FROM differences"""
        missing, stale, surplus, ahead = map(int, self._table.execute(query).fetchone())
        return Reconciled(missing, stale, surplus, ahead)

    def __iter__(self) -> Iterator[_Difference]:
        return (_Difference(*row) for row in self._table.execute("SELECT kind, id, r, i FROM differences"))


_COMPARE = """
CREATE TABLE differences AS
SELECT r.kind, r.id, r.version AS r, i.version AS i FROM r LEFT JOIN i USING (kind, id)
WHERE i.version IS NULL OR i.version <> r.version
UNION ALL
SELECT i.kind, i.id, NULL, i.version FROM i LEFT JOIN r USING (kind, id) WHERE r.id IS NULL
"""


@contextmanager
def _compared(database: Database, engine: Engine) -> Iterator[_Differences]:
    engine.refresh()
    with closing(sqlite3.connect("")) as table:
        for name in ("r", "i"):
            table.execute(
                f"CREATE TABLE {name} (kind TEXT, id TEXT, version INTEGER, PRIMARY KEY (kind, id)) WITHOUT ROWID"
            )
        # The index first: what the relay writes meanwhile then looks missing or stale, not surplus.
        for kind in KINDS:
            rows = ((kind, id_, version) for id_, version in engine.ids(kind))
            table.executemany("INSERT OR REPLACE INTO i VALUES (?, ?, ?)", rows)
        with database.reading() as s:
            for kind in KINDS:
                rows = ((kind, id_, version) for id_, version in versions(s, kind))
                table.executemany("INSERT OR REPLACE INTO r VALUES (?, ?, ?)", rows)
        table.execute(_COMPARE)
        yield _Differences(table)


def _repair(database: Database, engine: Engine, found: Iterable[_Difference]) -> list[Rejected]:
    rejected: list[Rejected] = []
    for batch in _batches(found):
        obligations = [int(one.id) for one in batch if one.kind == "tasks" and one.id.isdigit()]
        owners = [one.id.split(".")[0] for one in batch if one.kind != "tasks"]
        with database.reading() as s:
            letter_rows = letter_documents(s, [int(id_) for id_ in dict.fromkeys(owners) if id_.isdigit()])
            task_rows = task_documents(s, obligations)
        rejected += engine.apply(list(_mending(batch, letter_rows, task_rows))).rejected
    engine.refresh()
    return rejected


def _mending(
    batch: Sequence[_Difference],
    letter_rows: dict[int, LetterDocuments | None],
    task_rows: dict[int, Document | None],
) -> Iterator[Change]:
    """Each document as the register has it now; what it does not have goes with the version seen."""
    for one in batch:
        document: Document | None
        if one.kind == "tasks":
            document = task_rows.get(int(one.id)) if one.id.isdigit() else None
        else:
            owner = one.id.split(".")[0]
            documents = letter_rows.get(int(owner)) if owner.isdigit() else None
            every = documents.all if documents is not None else ()
            document = next((each for each in every if (each.kind, each.id) == (one.kind, one.id)), None)
        if document is not None:
            yield Upsert(document)
        elif one.index is not None:
            yield Delete(one.kind, one.id, one.index)
