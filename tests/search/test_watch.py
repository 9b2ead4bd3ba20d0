"""Saved searches and their notices, on a real register and both engines."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from ingest.errors import BadRequest, Unavailable
from register import corrections, events, intake, outbox, saved, users
from register.errors import refused
from search.engine import Engine
from search.relay import relay_all
from search.saved_query import asks, changes_with_the_day, from_json, to_json
from search.types import Query
from search.watch import watch_once

from .office import AT, TODAY, Office, task

BEFORE, AFTER = AT - timedelta(hours=1), AT + timedelta(hours=1)


@pytest.fixture
def users_of(office: Office) -> dict[str, int]:
    with office.database.transaction() as s:
        return {
            login: users.add(s, login=login, name=login, password="mat khau rat dai", role="legal", at=AT).id
            for login in ("an", "binh")
        }


def keep(office: Office, user: int, text: str, *, at: datetime = BEFORE, notify: bool = True, **more: object) -> int:
    with office.database.transaction() as s:
        question = to_json(Query(text, **more))  # type: ignore[arg-type]
        return saved.save(s, user, name=f"{text} {more}", question=question, notify=notify, at=at).id


def look(office: Office, engine: Engine, *, today: date = TODAY, at: datetime = AFTER) -> None:
    """What the program does by itself: relay, then watch."""
    relay_all(office.database, engine, at=AT)
    while watch_once(office.database, engine, at=at, today=today):
        pass


def news(office: Office, user: int) -> list[tuple[str, int, bool]]:
    with office.database.reading() as s:
        return sorted((one.search_name, one.letter_id, one.seen) for one in saved.notices(s, user).items)


def letters_told(office: Office, user: int) -> list[int]:
    return [letter for _, letter, _ in news(office, user)]


def unseen(office: Office, user: int) -> int:
    with office.database.reading() as s:
        return saved.unseen(s, user)


def test_what_matches_already_is_no_news_what_comes_is(
    office: Office, engine: Engine, users_of: dict[str, int]
) -> None:
    office.add("cu.pdf", number="1", subject="chợ đêm")
    look(office, engine)
    keep(office, users_of["an"], "chợ đêm", at=AT + timedelta(minutes=1))
    look(office, engine)
    assert news(office, users_of["an"]) == []
    # A letter of the day after the search was saved.
    new = office.add("moi.pdf", number="2", subject="chợ đêm bến sông")
    office.add("khac.pdf", number="3", subject="dạy bơi")
    look(office, engine)
    assert letters_told(office, users_of["an"]) == [new]
    assert unseen(office, users_of["an"]) == 1
    assert news(office, users_of["binh"]) == []
    look(office, engine)
    assert unseen(office, users_of["an"]) == 1, "once"


def test_a_letter_that_comes_before_the_first_run_is_not_missed(
    office: Office, engine: Engine, users_of: dict[str, int]
) -> None:
    old = office.add("cu.pdf", number="1", subject="chợ đêm")
    keep(office, users_of["an"], "chợ đêm", at=AT - timedelta(minutes=1))
    look(office, engine)
    assert letters_told(office, users_of["an"]) == [old]


def test_seen_notices_stay_and_count_no_more(office: Office, engine: Engine, users_of: dict[str, int]) -> None:
    kept = keep(office, users_of["an"], "chợ")
    look(office, engine)
    one = office.add("a.pdf", subject="chợ đêm")
    look(office, engine)
    with office.database.transaction() as s:
        assert saved.mark_seen(s, users_of["an"], kept) == 1
        assert saved.mark_seen(s, users_of["an"]) == 0
    assert unseen(office, users_of["an"]) == 0
    assert [(letter, seen) for _, letter, seen in news(office, users_of["an"])] == [(one, True)]
    with office.database.transaction() as s:
        corrections.correct_letter(s, one, "place", "Bến Lá", at=AT, by=None)
    look(office, engine)
    assert unseen(office, users_of["an"]) == 0, "a change of what was seen is no news"


def test_a_correction_that_makes_a_letter_match_is_news_and_again_after_it_did_not(
    office: Office, engine: Engine, users_of: dict[str, int]
) -> None:
    one = office.add("a.pdf", subject="cho dem")
    look(office, engine)
    keep(office, users_of["an"], "bến phà", at=AT + timedelta(minutes=1))
    look(office, engine)
    for subject, told in (("bến phà mới", 1), ("dạy bơi", 0), ("bến phà cũ", 1)):
        with office.database.transaction() as s:
            corrections.correct_letter(s, one, "subject", subject, at=AT, by=None)
        look(office, engine)
        assert len(news(office, users_of["an"])) == told, subject


def test_tasks_are_watched_and_those_that_become_overdue_overnight(
    office: Office, engine: Engine, users_of: dict[str, int]
) -> None:
    office.add("a.pdf", task("Kiểm tra bình", "Phường Mận", due=date(2023, 3, 12)))
    look(office, engine)
    keep(office, users_of["an"], "trạng thái:quá hạn", at=AT + timedelta(minutes=1), kind="tasks")
    keep(office, users_of["binh"], "", kind="tasks", statuses=("overdue",), agencies=("Phường Đào",))
    look(office, engine)
    assert news(office, users_of["an"]) == []
    look(office, engine, today=date(2023, 3, 12))  # "trước ngày 12": the 11th was the last day
    assert unseen(office, users_of["an"]) == 1
    assert news(office, users_of["binh"]) == []
    (obligation,) = office.obligations(1)
    with office.database.transaction() as s:
        events.mark_done(s, obligation, on=date(2023, 3, 12), at=AFTER, by=None, today=date(2023, 3, 12))
    look(office, engine, today=date(2023, 3, 12))
    assert unseen(office, users_of["an"]) == 0, "done: no longer a match"


def test_citations_are_watched(office: Office, engine: Engine, users_of: dict[str, int]) -> None:
    keep(office, users_of["an"], "trích dẫn:Nghị định 77/2019", kind="references")
    look(office, engine)
    one = office.add("a.pdf")
    look(office, engine)
    assert letters_told(office, users_of["an"]) == [one]


def test_a_letter_that_turns_out_to_be_confined_takes_its_notices_along(
    office: Office, engine: Engine, users_of: dict[str, int]
) -> None:
    keep(office, users_of["an"], "chợ")
    look(office, engine)
    file_id = office.receive("a.pdf")
    office.record(file_id, subject="chợ đêm")
    look(office, engine)
    assert unseen(office, users_of["an"]) == 1
    with office.database.transaction() as s:
        intake.refuse(s, office.store, file_id, refused("confined", "MẬT", "SECRET"), at=AFTER)
    assert unseen(office, users_of["an"]) == 0
    assert news(office, users_of["an"]) == []
    look(office, engine)
    assert news(office, users_of["an"]) == []


def test_who_may_not_sign_in_is_told_nothing(office: Office, engine: Engine, users_of: dict[str, int]) -> None:
    keep(office, users_of["an"], "chợ")
    look(office, engine)
    with office.database.transaction() as s:
        users.change(s, users_of["an"], at=AT, by=None, active=False)
    office.add("a.pdf", subject="chợ đêm")
    look(office, engine)
    assert news(office, users_of["an"]) == []


def test_notices_can_be_turned_off_and_on_without_old_news(
    office: Office, engine: Engine, users_of: dict[str, int]
) -> None:
    kept = keep(office, users_of["an"], "chợ", notify=False)
    look(office, engine)
    office.add("a.pdf", number="1", subject="chợ đêm")
    look(office, engine)
    assert news(office, users_of["an"]) == []
    with office.database.transaction() as s:
        saved.change(s, users_of["an"], kept, at=AT + timedelta(minutes=30), notify=True)
    look(office, engine)
    assert news(office, users_of["an"]) == []
    two = office.add("b.pdf", number="2", subject="chợ nổi")
    look(office, engine)
    assert letters_told(office, users_of["an"]) == [two]


def test_a_search_that_is_too_wide_says_so_and_tells_nothing(
    office: Office, engine: Engine, users_of: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saved, "MOST_MATCHES", 3)
    ids = [office.add(f"{n}.pdf", number=str(n), subject="chợ") for n in range(5)]
    keep(office, users_of["an"], "chợ")
    look(office, engine)
    with office.database.reading() as s:
        (view,) = saved.listing(s, users_of["an"])
    assert view.too_wide
    assert news(office, users_of["an"]) == []
    for letter_id in ids[:3]:
        with office.database.transaction() as s:
            corrections.correct_letter(s, letter_id, "subject", "khác", at=AT, by=None)
    look(office, engine, today=TODAY + timedelta(days=1))
    with office.database.reading() as s:
        (view,) = saved.listing(s, users_of["an"])
    assert not view.too_wide
    assert news(office, users_of["an"]) == [], "what was there is no news"
    new = office.add("moi.pdf", number="77", subject="chợ mới")
    look(office, engine, today=TODAY + timedelta(days=1))
    assert letters_told(office, users_of["an"]) == [new]


def test_while_the_engine_is_away_nothing_is_missed(
    office: Office, tmp_path: Path, users_of: dict[str, int]
) -> None:
    from search.embedded import EmbeddedEngine

    from .conftest import ANALYSIS

    keep(office, users_of["an"], "chợ")
    engine = EmbeddedEngine(tmp_path / "there" / "index.sqlite", analysis=ANALYSIS)
    one = office.add("a.pdf", subject="chợ đêm")
    for _ in range(2):
        with pytest.raises(Unavailable):
            watch_once(office.database, engine, at=AFTER, today=TODAY)
    (tmp_path / "there").mkdir()
    look(office, engine)
    assert letters_told(office, users_of["an"]) == [one]
    engine.close()


def test_changes_are_heard_once_and_forgotten_later(office: Office, engine: Engine) -> None:
    office.add("a.pdf")
    relay_all(office.database, engine, at=AT)
    assert watch_once(office.database, engine, at=AFTER, today=TODAY) > 0
    assert watch_once(office.database, engine, at=AFTER, today=TODAY) == 0
    with office.database.transaction() as s:
        assert outbox.prune(s, before=AFTER) > 0


def test_a_users_searches_are_their_own(office: Office, users_of: dict[str, int]) -> None:
    kept = keep(office, users_of["an"], "chợ")
    for act in (saved.get, saved.remove, saved.mark_seen):
        with office.database.transaction() as s, pytest.raises(BadRequest) as caught:
            act(s, users_of["binh"], kept)
        assert caught.value.code == "saved-search-unknown"
    with office.database.reading() as s:
        assert saved.listing(s, users_of["binh"]) == ()


def test_names_are_told_apart_and_there_are_not_too_many(
    office: Office, users_of: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def add(name: str) -> None:
        with office.database.transaction() as s:
            saved.save(s, users_of["an"], name=name, question={"text": "x"}, notify=False, at=AT)

    add("  một   câu ")
    for name, code in (("một câu", "name-taken"), ("  ", "name-empty")):
        with pytest.raises(BadRequest) as caught:
            add(name)
        assert caught.value.code == code
    monkeypatch.setattr(saved, "MOST_SEARCHES", 1)
    with pytest.raises(BadRequest) as caught:
        add("hai")
    assert caught.value.code == "saved-too-many"


@pytest.mark.parametrize(
    "query",
    [
        Query("chợ -cá", agencies=("Sở Y tế",), statuses=("overdue",), kind="tasks", today=TODAY),
        Query(issued_from=date(2020, 1, 1), issued_to=date(2020, 12, 31), doc_types=("công văn",), today=TODAY),
        Query(directions=("đi",), today=TODAY),
    ],
)
def test_a_kept_question_comes_back(query: Query) -> None:
    assert from_json(to_json(query), today=TODAY, soon_days=query.soon_days) == query
    assert asks(query)


def test_what_asks_for_nothing_and_what_changes_with_the_day() -> None:
    assert not asks(Query("!!!"))
    assert not asks(Query(""))
    assert changes_with_the_day(Query("trạng thái:quá hạn", kind="tasks"))
    assert changes_with_the_day(Query("", kind="tasks", statuses=("due-soon",)))
    assert not changes_with_the_day(Query("quá hạn", kind="tasks"))
    assert not changes_with_the_day(Query("", statuses=("reviewed",)))
    assert from_json({"kind": "of a later version", "x": 1}, today=TODAY, soon_days=7).kind == "letters"


