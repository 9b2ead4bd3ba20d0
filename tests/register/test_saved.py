"""Saved searches in the register, on both databases."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, select

from register import saved, users
from register.database import Database
from register.models import Letter, SavedSearch, SearchMatch
from register.originals import OriginalStore
from tests.register.letters import AT, dispatch, receive, record


def test_matches_are_kept_once_told_and_go_with_their_letter_and_user(
    database: Database, store: OriginalStore
) -> None:
    (letter,) = record(database, receive(database, store), dispatch()).letter_ids
    with database.transaction() as s:
        user = users.add(s, login="an", name="An", password="mat khau rat dai", role="legal", at=AT).id
        kept = saved.save(s, user, name="Chợ", question={"text": "chợ", "kind": "letters"}, notify=True, at=AT)
        assert saved.add_matches(s, kept.id, [("1", letter), ("2", letter)], new_since=None, at=AT) == 2
        assert saved.add_matches(s, kept.id, [("1", letter), ("3", 999_999)], new_since=None, at=AT) == 0
        assert saved.add_matches(s, kept.id, [("4", letter)], new_since=AT + timedelta(days=1), at=AT) == 0
        assert saved.add_matches(s, 999_999, [("1", letter)], new_since=None, at=AT) == 0
        assert saved.known(s, kept.id) == {"1", "2", "4"}
        assert saved.known(s, kept.id, [letter + 1]) == frozenset()
        assert [view.fresh for view in saved.listing(s, user)] == [2]
        assert saved.unseen(s, user) == 2
        saved.drop_matches(s, kept.id, ["2"])
        assert saved.mark_seen(s, user) == 1
        (notice,) = saved.notices(s, user).items
        assert (notice.doc_id, notice.code, notice.seen) == ("1", "2990/BCT-CTĐP", True)
        assert saved.change(s, user, kept.id, at=AT, name=" Tên  mới ").name == "Tên mới"
    with database.transaction() as s:
        letter_row = s.get(Letter, letter)
        assert letter_row is not None
        letter_row.state = "withdrawn"
        s.flush()
        assert saved.notices(s, user).items == ()
        s.execute(delete(Letter).where(Letter.id == letter))
        assert s.scalars(select(SearchMatch)).all() == []
        saved.remove(s, user, kept.id)
        assert s.scalars(select(SavedSearch)).all() == []


def test_many_matches_are_added_and_dropped_in_parts(database: Database, store: OriginalStore) -> None:
    (letter,) = record(database, receive(database, store), dispatch()).letter_ids
    every = [(str(number), letter) for number in range(1200)]
    with database.transaction() as s:
        user = users.add(s, login="an", name="An", password="mat khau rat dai", role="legal", at=AT).id
        kept = saved.save(s, user, name="x", question={}, notify=True, at=AT)
        assert saved.add_matches(s, kept.id, every, new_since=None, at=AT) == 1200
        saved.drop_matches(s, kept.id, {doc for doc, _ in every[:1100]})
        assert len(saved.known(s, kept.id)) == 100
        assert saved.mark_seen(s, user, kept.id) == 100
