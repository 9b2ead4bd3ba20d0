"""Saved searches of users, and the notices of what newly matches them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from register.errors import refused, unknown
from register.insert import insert_ignoring
from register.models import Letter, SavedSearch, SearchMatch, User
from register.text import code, squeeze
from register.views import Slice

MOST_SEARCHES = 50
"""Saved searches of one user."""

MOST_MATCHES = 10_000
"""A search with more matches is too wide to be told of what is new."""

LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class SavedView:
    """A saved search. `question` as in `search.saved_query`; `fresh` counts matches not yet looked at."""

    id: int
    user_id: int
    name: str
    question: Mapping[str, Any]
    notify: bool
    created_at: datetime
    since: datetime
    checked_on: date | None
    too_wide: bool
    fresh: int = 0


@dataclass(frozen=True, slots=True)
class Notice:
    """A document that newly matches a saved search. `doc_id` is its id in the index."""

    id: int
    search_id: int
    search_name: str
    kind: str
    doc_id: str
    letter_id: int
    code: str | None
    subject: str | None
    found_at: datetime
    seen: bool


def save(
    s: Session, user_id: int, *, name: str, question: Mapping[str, Any], notify: bool, at: datetime
) -> SavedView:
    """Keep a question. BadRequest for a name that is empty or taken, or too many."""
    name = _name(name)
    count = s.scalar(select(func.count()).where(SavedSearch.user_id == user_id)) or 0
    if count >= MOST_SEARCHES:
        raise refused(
            "saved-too-many",
            f"Đã lưu {MOST_SEARCHES} câu tìm, là số nhiều nhất.",
            f"There are {MOST_SEARCHES} saved searches, the most there can be.",
            "Hãy xóa bớt câu tìm không dùng.",
            "Delete one that is not needed.",
        )
    values = {
        "user_id": user_id,
        "name": name,
        "question": dict(question),
        "notify": notify,
        "created_at": at,
        "since": at,
        "checked_on": None,
        "too_wide": False,
    }
    if not insert_ignoring(s, SavedSearch, values, conflict=["user_id", "name"]):
        raise _taken(name)
    row = s.scalars(select(SavedSearch).where(SavedSearch.user_id == user_id, SavedSearch.name == name)).one()
    return _view(row)


def change(
    s: Session,
    user_id: int,
    search_id: int,
    *,
    at: datetime,
    name: str | None = None,
    notify: bool | None = None,
) -> SavedView:
    """Rename a saved search or turn its notices on or off; what is None stays."""
    row = _own(s, user_id, search_id)
    if name is not None and _name(name) != row.name:
        new = _name(name)
        if s.scalar(select(SavedSearch.id).where(SavedSearch.user_id == user_id, SavedSearch.name == new)):
            raise _taken(new)
        row.name = new
    if notify is not None and notify != row.notify:
        # What came meanwhile is not news: the next run begins afresh.
        s.execute(delete(SearchMatch).where(SearchMatch.search_id == search_id))
        row.notify, row.since, row.checked_on, row.too_wide = notify, at, None, False
    s.flush()
    return _view(row)


def remove(s: Session, user_id: int, search_id: int) -> None:
    """Forget a saved search and its notices."""
    s.delete(_own(s, user_id, search_id))
    s.flush()


def get(s: Session, user_id: int, search_id: int) -> SavedView:
    """One saved search of the user; another user's is unknown."""
    return _view(_own(s, user_id, search_id))


def listing(s: Session, user_id: int) -> tuple[SavedView, ...]:
    """The user's saved searches by name, with the number of new matches."""
    fresh = dict(
        s.execute(
            select(SearchMatch.search_id, func.count())
            .join(SavedSearch, SavedSearch.id == SearchMatch.search_id)
            .join(Letter, Letter.id == SearchMatch.letter_id)
            .where(SavedSearch.user_id == user_id, SearchMatch.state == "new", Letter.state != "withdrawn")
            .group_by(SearchMatch.search_id)
        ).all()
    )
    rows = s.scalars(select(SavedSearch).where(SavedSearch.user_id == user_id).order_by(SavedSearch.name))
    return tuple(_view(row, fresh.get(row.id, 0)) for row in rows)


def unseen(s: Session, user_id: int) -> int:
    """How many notices the user has not looked at."""
    return (
        s.scalar(
            select(func.count())
            .select_from(SearchMatch)
            .join(SavedSearch, SavedSearch.id == SearchMatch.search_id)
            .join(Letter, Letter.id == SearchMatch.letter_id)
            .where(SavedSearch.user_id == user_id, SearchMatch.state == "new", Letter.state != "withdrawn")
        )
        or 0
    )


def notices(
    s: Session, user_id: int, *, search_id: int | None = None, offset: int = 0, limit: int = 50
) -> Slice[Notice]:
    """The user's notices, newest first; those of letters no longer in the register are gone."""
    where = [
        SavedSearch.user_id == user_id,
        SearchMatch.state.in_(("new", "seen")),
        Letter.state != "withdrawn",
    ]
    if search_id is not None:
        where.append(SearchMatch.search_id == search_id)
    joined = (
        select(SearchMatch, SavedSearch, Letter)
        .join(SavedSearch, SavedSearch.id == SearchMatch.search_id)
        .join(Letter, Letter.id == SearchMatch.letter_id)
        .where(*where)
    )
    total = s.scalar(select(func.count()).select_from(joined.subquery())) or 0
    order = (SearchMatch.found_at.desc(), SearchMatch.id.desc())
    found = s.execute(joined.order_by(*order).offset(offset).limit(limit))
    items = tuple(
        Notice(
            match.id,
            search.id,
            search.name,
            str(search.question.get("kind", "letters")),
            match.doc_id,
            letter.id,
            code(letter.number, letter.symbol),
            letter.subject,
            match.found_at,
            match.state == "seen",
        )
        for match, search, letter in found
    )
    return Slice(items, total, offset, limit)


def mark_seen(s: Session, user_id: int, search_id: int | None = None) -> int:
    """The user has looked at the notices, of one search or of all; gives how many were new."""
    own = select(SavedSearch.id).where(SavedSearch.user_id == user_id)
    if search_id is not None:
        own = own.where(SavedSearch.id == _own(s, user_id, search_id).id)
    fresh = s.scalars(
        select(SearchMatch.id).where(SearchMatch.search_id.in_(own), SearchMatch.state == "new")
    ).all()
    for start in range(0, len(fresh), 500):
        s.execute(
            update(SearchMatch).where(SearchMatch.id.in_(fresh[start : start + 500])).values(state="seen")
        )
    return len(fresh)


# -- what the watcher needs (search.watch) ----------------------------------------------------------


def watched(s: Session) -> tuple[SavedView, ...]:
    """Every saved search whose user is to be told, and may still sign in."""
    rows = s.scalars(
        select(SavedSearch)
        .join(User, User.id == SavedSearch.user_id)
        .where(SavedSearch.notify.is_(True), User.active.is_(True))
        .order_by(SavedSearch.id)
    )
    return tuple(map(_view, rows))


def known(s: Session, search_id: int, letter_ids: Collection[int] | None = None) -> frozenset[str]:
    """Ids of the documents that are known to match, all or those of some letters."""
    query = select(SearchMatch.doc_id).where(SearchMatch.search_id == search_id)
    if letter_ids is not None:
        query = query.where(SearchMatch.letter_id.in_(letter_ids))
    return frozenset(s.scalars(query))


def add_matches(
    s: Session, search_id: int, found: Sequence[tuple[str, int]], *, new_since: datetime | None, at: datetime
) -> int:
    """Documents (id, letter) that match from now on; gives how many are news.

    With `new_since` only those of letters that came into the register after that moment are news.
    """
    if s.get(SavedSearch, search_id) is None:
        return 0  # deleted meanwhile
    told = 0
    for start in range(0, len(found), 500):
        part = found[start : start + 500]
        created = dict(
            s.execute(
                select(Letter.id, Letter.created_at).where(Letter.id.in_({letter for _, letter in part}))
            ).all()
        )
        there = frozenset(
            s.scalars(
                select(SearchMatch.doc_id).where(
                    SearchMatch.search_id == search_id, SearchMatch.doc_id.in_([doc for doc, _ in part])
                )
            )
        )
        rows = [
            {
                "search_id": search_id,
                "doc_id": doc,
                "letter_id": letter,
                "state": "new" if new_since is None or created[letter] > new_since else "known",
                "found_at": at,
            }
            for doc, letter in part
            if letter in created and doc not in there
        ]
        if rows:
            s.execute(insert(SearchMatch), rows)
        told += sum(row["state"] == "new" for row in rows)
    return told


def drop_matches(s: Session, search_id: int, doc_ids: Collection[str] | None = None) -> None:
    """These documents (or any) match no more; when they do again that is news."""
    query = delete(SearchMatch).where(SearchMatch.search_id == search_id)
    if doc_ids is None:
        s.execute(query)
        return
    every = sorted(doc_ids)
    for start in range(0, len(every), 500):
        s.execute(query.where(SearchMatch.doc_id.in_(every[start : start + 500])))


def checked(s: Session, search_id: int, *, on: date, too_wide: bool) -> None:
    """The search was run over the whole index."""
    s.execute(
        update(SavedSearch).where(SavedSearch.id == search_id).values(checked_on=on, too_wide=too_wide)
    )


def _own(s: Session, user_id: int, search_id: int) -> SavedSearch:
    row = s.get(SavedSearch, search_id)
    if row is None or row.user_id != user_id:
        raise unknown("saved-search", search_id)
    return row


def _name(name: str) -> str:
    name = squeeze(name)[:LONGEST_NAME].strip()
    if not name:
        raise refused("name-empty", "Hãy đặt tên cho câu tìm.", "A saved search needs a name.")
    return name


def _taken(name: str) -> Exception:
    return refused(
        "name-taken", f"Đã có câu tìm tên “{name}”.", f"There is a saved search named “{name}” already."
    )


def _view(row: SavedSearch, fresh: int = 0) -> SavedView:
    return SavedView(
        row.id,
        row.user_id,
        row.name,
        row.question,
        row.notify,
        row.created_at,
        row.since,
        row.checked_on,
        row.too_wide,
        fresh,
    )
