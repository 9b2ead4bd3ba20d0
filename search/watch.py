"""Notices of what newly matches saved searches, after the index has heard of a change.

Right for both engines: each saved search is an ordinary question, asked again of
only the letters that changed. A document is news when it matches and did not
before, so matches are remembered; what matched when the search was saved is no
news. Questions whose answer changes by itself (tasks get overdue) are asked
whole once a day. Doing it twice is harmless.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from register import outbox, saved, tasks
from register.database import Database
from register.status import SOON_DAYS
from search.engine import Engine
from search.paging import every
from search.saved_query import changes_with_the_day, from_json
from search.types import Query

BATCH = 100
"""Changes looked at in one go; their letters are one filter."""


def watch_once(
    database: Database,
    engine: Engine,
    *,
    at: datetime,
    today: date,
    soon_days: int = SOON_DAYS,
    limit: int = BATCH,
) -> int:
    """Look at the oldest changes that the saved searches have not heard of; gives how many, 0 when none waits.

    Raises `Unavailable` when the engine or the database is away; the changes wait.
    """
    with database.reading() as s:
        changes = outbox.unheard(s, limit=limit)
        searches = saved.watched(s)
        letter_ids = _letters(changes, tasks.letters_of(s, _ids(changes, "obligation")))
    if changes and searches:
        engine.refresh()  # what the relay has written must be seen by the questions
    asked = [(search, from_json(search.question, today=today, soon_days=soon_days)) for search in searches]
    for search, query in asked:
        if search.checked_on is not None and letter_ids and not search.too_wide:
            _changed(database, engine, search, query, letter_ids, at)
    runs = 0
    for search, query in asked:
        first = search.checked_on is None
        # One that was too wide may have become narrower by the next day.
        again = search.checked_on != today and (changes_with_the_day(query) or search.too_wide)
        if first or again:
            _whole(database, engine, search, query, at=at, today=today)
            runs += 1
    if changes:
        with database.transaction() as s:
            gone = [change for change in changes if change.op == "delete" and change.entity == "obligation"]
            for search, query in asked if gone else ():
                if query.kind == "tasks":
                    saved.drop_matches(s, search.id, {str(change.entity_id) for change in gone})
            outbox.heard(s, [change.id for change in changes], at=at)
    return len(changes) + runs


def _ids(changes: Iterable[outbox.Change], entity: str) -> list[int]:
    return [change.entity_id for change in changes if change.entity == entity]


def _letters(changes: Sequence[outbox.Change], of_obligations: Iterable[int]) -> list[int]:
    return sorted({*_ids(changes, "letter"), *of_obligations})


def _changed(
    database: Database,
    engine: Engine,
    search: saved.SavedView,
    query: Query,
    letter_ids: list[int],
    at: datetime,
) -> None:
    """Ask one search of the letters that changed."""
    asked = replace(query, letter_ids=tuple(map(str, letter_ids)), bare=True)
    now = {hit.id: int(hit.letter_id) for hit in every(engine, asked)}
    with database.transaction() as s:
        before = saved.known(s, search.id, letter_ids)
        saved.drop_matches(s, search.id, before - now.keys())
        fresh = [(doc, letter) for doc, letter in now.items() if doc not in before]
        saved.add_matches(s, search.id, fresh, new_since=None, at=at)


def _whole(
    database: Database, engine: Engine, search: saved.SavedView, query: Query, *, at: datetime, today: date
) -> None:
    """Ask one search of the whole index. The first time only letters that came since it was saved are news."""
    most = saved.MOST_MATCHES
    engine.refresh()
    now = {hit.id: int(hit.letter_id) for hit in every(engine, replace(query, bare=True), most=most + 1)}
    since = search.since if search.checked_on is None else at if search.too_wide else None
    with database.transaction() as s:
        if len(now) > most:
            saved.drop_matches(s, search.id)
            saved.checked(s, search.id, on=today, too_wide=True)
            return
        before = saved.known(s, search.id)
        saved.drop_matches(s, search.id, before - now.keys())
        fresh = [(doc, letter) for doc, letter in now.items() if doc not in before]
        saved.add_matches(s, search.id, fresh, new_since=since, at=at)
        saved.checked(s, search.id, on=today, too_wide=False)
