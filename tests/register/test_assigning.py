"""Who looks after an obligation, what shows that it is done, and the whole of it for its page."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.errors import BadRequest
from register import assigning, audit, completing, corrections, dossier, events, history, outbox, tasks, users
from register.database import Database
from register.graph import replies
from register.originals import OriginalStore
from register.tasks import TaskFilter
from tests.register.letters import AT, dispatch, fixed, monthly, receive, record, task
from tests.register.test_changes_and_replies import OFFICE, answer, asked
from tests.register.webs import queries

TODAY = date(2020, 5, 1)
TERM = fixed(date(2020, 5, 15), "trước ngày 15/5/2020")


@pytest.fixture
def people(database: Database) -> dict[str, int]:
    with database.transaction() as s:
        found = {
            login: users.add(s, login=login, name=name, password="mật khẩu dài", role=role, at=AT).id
            for login, name, role in (("an", "Trần An", "officer"), ("binh", "Lê Bình", "leader"), ("chi", "Đỗ Chi", "legal"))
        }  # fmt: skip
        users.change(s, found["chi"], at=AT, by=None, active=False)
    return found


def duties(database: Database, store: OriginalStore, *tasks_: object, **more: object) -> list[int]:
    """Ids of the obligations of a new letter, in order."""
    [letter_id] = record(database, receive(database, store), dispatch(*tasks_, **more)).letter_ids  # type: ignore[arg-type]
    with database.reading() as s:
        found = tasks.listing(s, TaskFilter(letter_id=letter_id), today=TODAY, sort="letter")
    return [row.obligation_id for row in found.items]


def test_an_obligation_is_given_to_a_person_and_to_another_and_back(
    database: Database, store: OriginalStore, people: dict[str, int]
) -> None:
    [duty] = duties(database, store, task("1", "Báo cáo", TERM))
    with database.transaction() as s:
        assigning.assign(s, duty, user_id=people["an"], at=AT, by=people["binh"], text="  làm  sớm ")
    with database.reading() as s:
        row = tasks.by_ids(s, [duty], today=TODAY)[0]
        assert (row.assignee_id, row.assignee_name) == (people["an"], "Trần An")
        [event] = history.of_obligation(s, duty)
        assert (event.kind, event.assignee_name, event.user_name, event.text) == ("assigned", "Trần An", "Lê Bình", "làm sớm")
        entry = audit.listing(s, entity="obligation", entity_id=duty)[0]
        assert (entry.action, entry.actor) == ("obligation-assigned", "binh")
        assert [each.op for each in outbox.pending(s) if each.entity == "obligation"] == ["upsert", "upsert"]
    with pytest.raises(BadRequest, match="đúng như vậy"), database.transaction() as s:
        assigning.assign(s, duty, user_id=people["an"], at=AT, by=None)
    with database.transaction() as s:
        assigning.assign(s, duty, user_id=people["binh"], at=AT, by=None)
        assigning.assign(s, duty, user_id=None, at=AT, by=None)
    with database.reading() as s:
        assert [each.assignee_name for each in history.of_obligation(s, duty)] == ["Trần An", "Lê Bình", None]
        assert tasks.by_ids(s, [duty], today=TODAY)[0].assignee_id is None


@pytest.mark.parametrize(("who", "code"), [("chi", "assignee-inactive"), (None, "user-unknown")])
def test_only_those_who_may_sign_in_get_work(
    database: Database, store: OriginalStore, people: dict[str, int], who: str | None, code: str
) -> None:
    [duty] = duties(database, store, task("1", "Báo cáo", TERM))
    with pytest.raises(BadRequest) as caught, database.transaction() as s:
        assigning.assign(s, duty, user_id=people[who] if who else 999, at=AT, by=None)
    assert caught.value.code == code
    with database.reading() as s:
        assert [each.login for each in assigning.people(s)] == ["binh", "an"], "by name, active ones"
        assert history.of_obligation(s, duty) == ()


def test_the_assignee_outlives_a_new_reading_and_no_closed_duty_is_given(
    database: Database, store: OriginalStore, people: dict[str, int]
) -> None:
    file = receive(database, store)
    made = dispatch(task("1", "Báo cáo", TERM))
    record(database, file, made)
    with database.reading() as s:
        [duty] = [row.obligation_id for row in tasks.listing(s, today=TODAY).items]
    with database.transaction() as s:
        assigning.assign(s, duty, user_id=people["an"], at=AT, by=None)
    record(database, file, made, version="v2")
    with database.transaction() as s:
        assert tasks.obligation(s, duty).assignee_id == people["an"]
        events.mark_done(s, duty, on=TODAY, at=AT, by=None)
    with pytest.raises(BadRequest) as caught, database.transaction() as s:
        assigning.assign(s, duty, user_id=people["binh"], at=AT, by=None)
    assert caught.value.code == "not-open"


def test_lists_are_narrowed_to_an_assignee_to_nobody_and_to_what_is_not_soon(
    database: Database, store: OriginalStore, people: dict[str, int]
) -> None:
    later = fixed(date(2020, 9, 1), "đến ngày 01/9/2020", strict=False)
    first, second, third = duties(
        database, store, task("1", "Việc một", TERM), task("2", "Việc hai", later), task("3", "Việc ba")
    )
    with database.transaction() as s:
        assigning.assign(s, second, user_id=people["an"], at=AT, by=None)

    def found(**where: object) -> list[int]:
        with database.reading() as s:
            return [row.obligation_id for row in tasks.listing(s, TaskFilter(**where), today=date(2020, 5, 10)).items]  # type: ignore[arg-type]

    assert found(assignee_id=people["an"]) == [second]
    assert found(unassigned=True) == [first, third]
    assert found(assignee_id=people["binh"]) == []
    assert (found(statuses=("due-soon",)), found(statuses=("later",))) == ([first], [second])


def test_the_first_of_a_status_come_by_due_day_and_the_last_done_first(
    database: Database, store: OriginalStore
) -> None:
    ids = duties(database, store, *(task(str(n), f"Việc {n}", fixed(date(2020, 5, 20 + n), f"ngày {n}")) for n in (3, 1, 2)))
    with database.reading() as s:
        rows = tasks.top(s, TaskFilter(), "open", today=TODAY, limit=2)
    assert [row.text for row in rows] == ["Việc 1", "Việc 2"]
    with database.transaction() as s:
        for id, day in zip(ids, (3, 9, 6), strict=True):
            events.mark_done(s, id, on=date(2020, 5, day), at=AT, by=None)
    with database.reading() as s:
        rows = tasks.top(s, TaskFilter(), "done", today=TODAY, limit=5, newest=True)
        assert tasks.top(s, TaskFilter(), "open", today=TODAY, limit=5) == ()
    assert [row.done_on.day for row in rows if row.done_on] == [9, 6, 3]


def test_a_letter_is_the_evidence_of_a_completion_and_its_offer_is_accepted(
    database: Database, store: OriginalStore
) -> None:
    asked(database, store)
    [reply] = record(database, receive(database, store, b"reply", "di.pdf"), answer(), home=OFFICE).letter_ids
    with database.transaction() as s:
        [offer] = replies.listing(s)
        assert completing.letter_named(s, "812/sct-kh") == reply
        completing.complete(s, offer.obligation_id, today=date(2020, 6, 1), at=AT, by=None, letter_id=reply)
    with database.reading() as s:
        view = dossier.get(s, offer.obligation_id)
        assert view.obligation.done_on == date(2020, 5, 12), "the letter's day"
        assert view.evidence == {reply: "812/SCT-KH"}
        assert view.offers == ()
        assert [each.obligation_id for each in replies.listing(s, state="accepted")] == [offer.obligation_id]


@pytest.mark.parametrize(("typed", "code"), [("99/KHÔNG-CÓ", "evidence-unknown"), ("2990", "evidence-ambiguous")])
def test_evidence_that_is_no_letter_or_several_is_told(
    database: Database, store: OriginalStore, typed: str, code: str
) -> None:
    first = record(database, receive(database, store, b"1", "1.pdf"), dispatch()).letter_ids[0]
    record(database, receive(database, store, b"2", "2.pdf"), dispatch(symbol="BCT-KH"))
    with database.reading() as s:
        with pytest.raises(BadRequest) as caught:
            completing.letter_named(s, typed)
        assert caught.value.code == code
        assert completing.letter_named(s, "2990/BCT-CTĐP") == first
        assert completing.letter_named(s, "2990/BCT-KH · 28/04/2020 (#7)") == 7
        assert completing.letter_named(s, "  ") is None


def test_an_unknown_letter_is_no_evidence(database: Database, store: OriginalStore) -> None:
    [duty] = duties(database, store, task("1", "Báo cáo", TERM))
    with pytest.raises(BadRequest) as caught, database.transaction() as s:
        completing.complete(s, duty, today=TODAY, at=AT, by=None, letter_id=999)
    assert caught.value.code == "letter-unknown"
    with database.transaction() as s:
        completing.complete(s, duty, today=TODAY, at=AT, by=None)
        assert tasks.obligation(s, duty).done_on == TODAY


def test_what_is_no_task_any_more_can_neither_be_done_nor_given(
    database: Database, store: OriginalStore, people: dict[str, int]
) -> None:
    [duty] = duties(database, store, task("1", "Báo cáo", TERM))
    with database.transaction() as s:
        events.note(s, duty, text="đã xem", at=AT, by=None)
        corrections.correct_task(s, tasks.obligation(s, duty).task_id, "state", "dropped", at=AT, by=people["an"])
    for action in (
        lambda s: events.mark_done(s, duty, on=TODAY, at=AT, by=None),
        lambda s: assigning.assign(s, duty, user_id=people["an"], at=AT, by=None),
    ):
        with pytest.raises(BadRequest) as caught, database.transaction() as s:
            action(s)
        assert caught.value.code == "not-open"
    with database.reading() as s:
        view = dossier.get(s, duty)
    assert (view.tracked, view.open) == (False, False)
    assert [(each.field, each.user_name) for each in view.changes] == [("state", "Trần An")]


def test_a_request_of_a_closed_duty_waits_for_nothing(database: Database, store: OriginalStore) -> None:
    [duty] = duties(database, store, task("1", "Báo cáo", TERM))
    with database.transaction() as s:
        request = events.request_extension(s, duty, new_due=date(2020, 6, 1), text="chờ", at=AT, by=None)
        assert history.count_requests(s) == 1
        assert [each.id for each in dossier.get(s, duty).requests] == [request]
        events.cancel(s, duty, on=TODAY, reason="thu hồi", at=AT, by=None)
        assert (history.count_requests(s), history.open_requests(s)) == (0, ())
        with pytest.raises(BadRequest, match="thôi theo dõi"):
            events.cancel(s, duty, on=TODAY, reason="thu hồi", at=AT, by=None)
        events.restore(s, duty, at=AT, by=None)
        assert history.count_requests(s) == 1
        with pytest.raises(BadRequest, match="đang được theo dõi"):
            events.restore(s, duty, at=AT, by=None)


def test_a_dossier_takes_as_many_queries_for_a_long_history_as_for_a_short_one(
    database: Database, store: OriginalStore, people: dict[str, int]
) -> None:
    [duty] = duties(database, store, task("1", "Báo cáo hằng tháng", monthly()))
    counts = []
    for _ in range(2):
        with database.transaction() as s:
            for number in range(3):
                events.note(s, duty, text=f"ghi chú {number}", at=AT, by=people["an"])
                events.mark_done(s, duty, on=TODAY, at=AT, by=people["binh"])
        with queries(database) as seen, database.reading() as s:
            dossier.get(s, duty)
        counts.append(len(seen))
    assert counts[0] == counts[1]
