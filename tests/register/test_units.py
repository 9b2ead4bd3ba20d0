"""Units of the office, their people, and obligations given to them."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.errors import BadRequest
from register import assigning, audit, events, history, tasks, units, users
from register.assigning import Party
from register.database import Database
from register.originals import OriginalStore
from register.tasks import TaskFilter
from tests.register.letters import AT, fixed, task
from tests.register.test_assigning import TODAY, duties, people

__all__ = ["people"]

TERM = fixed(date(2020, 5, 15), "trước ngày 15/5/2020")


@pytest.fixture
def office(database: Database, people: dict[str, int]) -> dict[str, int]:
    """Two units; An belongs to the first, which Bình heads."""
    with database.transaction() as s:
        made = {
            name: units.add(s, name=name, short=short, at=AT, by=people["binh"]).id
            for name, short in (("Phòng Quản lý thương mại", "QLTM"), ("Văn phòng", "VP"))
        }
        units.join(s, people["an"], made["Phòng Quản lý thương mại"], at=AT, by=None)
        units.set_head(s, made["Phòng Quản lý thương mại"], people["binh"], at=AT, by=None)
    return made


def test_a_unit_has_a_head_members_and_followers(
    database: Database, people: dict[str, int], office: dict[str, int]
) -> None:
    trade, desk = office.values()
    with database.transaction() as s:
        units.follow(s, trade, people["an"], True, at=AT, by=None)
        units.follow(s, trade, people["an"], True, at=AT, by=None)
        found = units.get(s, trade)
        assert (found.name, found.short, found.head_name, found.members) == (
            "Phòng Quản lý thương mại",
            "QLTM",
            "Lê Bình",
            1,
        )
        assert [each.login for each in units.members(s, trade)] == ["an"]
        assert [each.login for each in units.followers(s, trade)] == ["an"]
        assert [each.id for each in units.listing(s)] == [trade, desk]
        assert [each.action for each in audit.listing(s, entity="unit", entity_id=trade)] == [
            "unit-followed",
            "unit-head",
            "unit-added",
        ]
        units.join(s, people["an"], desk, at=AT, by=None)
        assert (units.get(s, trade).members, units.get(s, desk).members) == (0, 1), "one unit at a time"
        units.follow(s, trade, people["an"], False, at=AT, by=None)
        assert units.followers(s, trade) == ()
        users.change(s, people["an"], at=AT, by=None, active=False)
        assert units.get(s, desk).members == 0, "who may not sign in does not count"


@pytest.mark.parametrize(
    ("name", "code"),
    [("  ", "unit-name"), ("x" * 201, "unit-name"), ("PHÒNG quản lý  thuong mai", "unit-taken")],
)
def test_names_of_units_are_told_apart(
    database: Database, office: dict[str, int], name: str, code: str
) -> None:
    for action in (
        lambda s: units.add(s, name=name, at=AT, by=None),
        lambda s: units.change(s, office["Văn phòng"], name=name, at=AT, by=None),
    ):
        with pytest.raises(BadRequest) as caught, database.transaction() as s:
            action(s)
        assert caught.value.code == code


def test_a_closed_unit_gets_neither_members_nor_work(
    database: Database, store: OriginalStore, people: dict[str, int], office: dict[str, int]
) -> None:
    [duty] = duties(database, store, task("1", "Báo cáo", TERM))
    desk = office["Văn phòng"]
    with database.transaction() as s:
        units.change(s, desk, active=False, at=AT, by=None)
        assert [each.active for each in units.listing(s)] == [True, False]
        assert len(units.listing(s, active_only=True)) == 1
    for action in (
        lambda s: units.join(s, people["an"], desk, at=AT, by=None),
        lambda s: assigning.assign(s, duty, user_id=None, unit_id=desk, at=AT, by=None),
        lambda s: assigning.assign(s, duty, user_id=None, cooperating=[Party("unit", desk)], at=AT, by=None),
    ):
        with pytest.raises(BadRequest) as caught, database.transaction() as s:
            action(s)
        assert caught.value.code == "unit-inactive"


def test_an_obligation_is_given_to_a_unit_or_to_a_person_with_their_unit(
    database: Database, store: OriginalStore, people: dict[str, int], office: dict[str, int]
) -> None:
    trade, desk = office.values()
    first, second = duties(database, store, task("1", "Việc một", TERM), task("2", "Việc hai", TERM))
    with database.transaction() as s:
        assigning.assign(s, first, user_id=None, unit_id=desk, at=AT, by=None)
        assigning.assign(s, second, user_id=people["an"], at=AT, by=None)
    with database.reading() as s:
        rows = {row.obligation_id: row for row in tasks.listing(s, today=TODAY).items}
        assert (rows[first].assignee_name, rows[first].unit_name) == (None, "Văn phòng")
        assert (rows[second].assignee_name, rows[second].unit_name) == ("Trần An", "Phòng Quản lý thương mại")
        of_trade = tasks.listing(s, TaskFilter(unit_id=trade), today=TODAY).items
        assert [row.obligation_id for row in of_trade] == [second]
        assert tasks.listing(s, TaskFilter(unassigned=True), today=TODAY).total == 0
    with database.transaction() as s:
        assigning.assign(s, second, user_id=people["an"], unit_id=desk, at=AT, by=None)
        assigning.assign(s, second, user_id=None, at=AT, by=None)
        given = [(each.assignee_name, each.unit_name) for each in history.of_obligation(s, second)]
    assert given == [("Trần An", "Phòng Quản lý thương mại"), ("Trần An", "Văn phòng"), (None, None)]


def test_who_co_operates_is_kept_told_and_not_who_leads(
    database: Database, store: OriginalStore, people: dict[str, int], office: dict[str, int]
) -> None:
    trade, desk = office.values()
    [duty] = duties(database, store, task("1", "Báo cáo", TERM))
    parties = [
        Party("unit", trade),
        Party("user", people["binh"]),
        Party("unit", desk),
        Party("user", people["binh"]),
    ]
    with database.transaction() as s:
        assigning.assign(s, duty, user_id=None, unit_id=desk, cooperating=parties, at=AT, by=None)
        assert [(each.kind, each.name) for each in assigning.of_obligation(s, duty)] == [
            ("unit", "Phòng Quản lý thương mại"), ("user", "Lê Bình"),
        ]  # fmt: skip
        an, binh = (users.get(s, people[each]) for each in ("an", "binh"))
        assert an
        assert binh
        assert assigning.standings(s, an, [duty, 999]) == {duty: "cooperating"}, "by the unit"
        assert assigning.standings(s, binh, [duty]) == {duty: "cooperating"}, "by the person"
        assigning.assign(s, duty, user_id=people["an"], at=AT, by=None)
        assert assigning.standings(s, an, [duty]) == {duty: "lead"}
        assert len(assigning.of_obligation(s, duty)) == 2, "what is not told stays"
        assigning.assign(s, duty, user_id=people["an"], cooperating=[], at=AT, by=None)
        assert assigning.standings(s, binh, [duty]) == {duty: ""}
        told = [each.cooperating for each in history.of_obligation(s, duty)]
        assert told == [("Phòng Quản lý thương mại", "Lê Bình"), None, ()]
    with pytest.raises(BadRequest, match="đúng như vậy"), database.transaction() as s:
        assigning.assign(s, duty, user_id=people["an"], cooperating=[], at=AT, by=None)
    with database.transaction() as s:
        events.note(s, duty, text="vẫn ghi được", at=AT, by=None)


def test_a_unit_of_a_member_is_the_members_own(
    database: Database, store: OriginalStore, people: dict[str, int], office: dict[str, int]
) -> None:
    trade, desk = office.values()
    first, second = duties(database, store, task("1", "Việc một", TERM), task("2", "Việc hai", TERM))
    with database.transaction() as s:
        assigning.assign(s, first, user_id=None, unit_id=trade, at=AT, by=None)
        assigning.assign(s, second, user_id=None, unit_id=desk, at=AT, by=None)
        an = users.get(s, people["an"])
        assert an
        assert assigning.standings(s, an, [first, second]) == {first: "lead", second: ""}
        units.join(s, people["an"], None, at=AT, by=None)
        gone = users.get(s, people["an"])
        assert gone
        assert assigning.standings(s, gone, [first, second]) == {first: "", second: ""}
