"""Users, sign-in, sessions and the brake on guessing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from ingest.errors import BadRequest, Forbidden
from register import audit, calendar_days, outbox, users
from register.database import Database
from register.models import User, WebSession
from tests.register.letters import AT

PASSWORD = "mật khẩu đủ dài"


pytestmark = pytest.mark.usefixtures("quick_hashes")
HASHER = users._hasher
"""What the program itself hashes with."""


@pytest.fixture
def an(database: Database) -> users.UserView:
    with database.transaction() as s:
        assert not users.exists(s)
        return users.add(s, login=" An ", name="Nguyễn Thị An", password=PASSWORD, role="Văn thư", at=AT)


def sign_in(
    database: Database, password: str = PASSWORD, login: str = "AN", seconds: float = 0
) -> users.UserView | None:
    with database.transaction() as s:
        return users.authenticate(
            s, login=login, password=password, at=AT + timedelta(seconds=seconds), address="10.0.0.1"
        )


def test_a_user_signs_in_whatever_the_case_of_the_login(database: Database, an: users.UserView) -> None:
    assert (an.login, an.role, an.must_change_password, an.language) == ("an", "clerk", True, "vi")
    assert sign_in(database) == an
    assert sign_in(database, "sai mật khẩu") is None
    assert sign_in(database, login="nobody") is None
    with database.reading() as s:
        assert [each.action for each in audit.listing(s)] == [
            "sign-in-failed",
            "sign-in-failed",
            "signed-in",
            "user-added",
        ]
        assert PASSWORD not in str([each.details for each in audit.listing(s)])
        kept = s.execute(select(User.password_hash)).scalar_one()
        assert kept.startswith("$argon2id$")


WRONG = [
    ({"login": "an"}, "login-taken"),
    ({"login": "AN "}, "login-taken"),
    ({"login": " "}, "login-empty"),
    ({"role": "vua"}, "role-unknown"),
    ({"password": "ngắn"}, "password-short"),
    ({"language": "fr"}, "language-unknown"),
]


def test_wrong_users_are_refused(database: Database, an: users.UserView) -> None:
    for more, code in WRONG:
        values = {"login": "binh", "name": "Bình", "password": PASSWORD, "role": "admin"} | more
        with pytest.raises(BadRequest) as caught, database.transaction() as s:
            users.add(s, at=AT, **values)
        assert caught.value.code == code
    with database.reading() as s:
        assert users.listing(s) == (an,)


def test_guessing_is_stopped_even_with_the_right_password(
    database: Database, an: users.UserView, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(users, "MAX_FAILURES", 3)
    for _ in range(users.MAX_FAILURES):
        assert sign_in(database, "sai mật khẩu") is None
    with pytest.raises(Forbidden, match="quá nhiều lần"):
        sign_in(database)
    with pytest.raises(Forbidden):  # the address counts too, whatever the login
        sign_in(database, login="other")
    assert sign_in(database, seconds=users.FAILURE_WINDOW.total_seconds() + 1) == an


def test_an_unknown_login_costs_a_hash_too(
    database: Database, an: users.UserView, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked = []

    class Counting:
        def verify_and_update(self, password: str, known: str) -> tuple[bool, None]:
            checked.append(known)
            return False, None

    monkeypatch.setattr(users, "_hasher", Counting)
    for login in ("an", "nobody"):
        assert sign_in(database, login=login) is None
    assert [each.startswith("$argon2id$") for each in checked] == [True, True]


def test_sessions(database: Database, an: users.UserView) -> None:
    with database.transaction() as s:
        token = users.open_session(s, an.id, at=AT, life=timedelta(hours=1))
        other = users.open_session(s, an.id, at=AT)
    with database.reading() as s:
        assert users.session_user(s, token, at=AT) == an
        assert users.session_user(s, token, at=AT + timedelta(hours=1)) is None
        assert users.session_user(s, "made up", at=AT) is None
        assert token not in set(s.scalars(select(WebSession.token_hash)))
    with database.transaction() as s:
        users.close_session(s, token)
        assert users.session_user(s, token, at=AT) is None
        users.set_password(s, an.id, "mật khẩu mới dài", at=AT, by=an.id)
        assert users.session_user(s, other, at=AT) is None
    assert sign_in(database) is None
    signed = sign_in(database, "mật khẩu mới dài")
    assert signed is not None
    assert not signed.must_change_password


def test_a_user_who_was_shut_out_is_out_at_once(database: Database, an: users.UserView) -> None:
    with database.transaction() as s:
        token = users.open_session(s, an.id, at=AT)
        changed = users.change(s, an.id, at=AT, by=None, active=False, role="lãnh đạo", name="An")
        assert (changed.role, changed.name, changed.active) == ("leader", "An", False)
        assert users.session_user(s, token, at=AT) is None
        users.set_language(s, an.id, "en")
    assert sign_in(database) is None
    with database.reading() as s:
        view = users.get(s, an.id)
        assert view is not None
        assert view.language == "en"
        assert users.get(s, 999) is None
    with pytest.raises(BadRequest), database.transaction() as s:
        users.set_language(s, 999, "en")


def test_the_offices_own_days(database: Database) -> None:
    from datetime import date

    with database.transaction() as s:
        calendar_days.put(s, date(2026, 8, 22), working=True, name="làm bù", at=AT, by=None)
        calendar_days.put(s, date(2026, 11, 24), working=False, name="Ngày Văn hóa", at=AT, by=None)
        calendar_days.put(s, date(2026, 11, 24), working=False, name="Ngày Văn hóa Việt Nam", at=AT, by=None)
    with database.transaction() as s:
        assert calendar_days.overrides(s) == {date(2026, 8, 22): True, date(2026, 11, 24): False}
        assert calendar_days.listing(s)[1][2] == "Ngày Văn hóa Việt Nam"
        calendar_days.remove(s, date(2026, 8, 22), at=AT, by=None)
        assert len(calendar_days.listing(s)) == 1


def test_the_outbox_waits_gives_up_and_is_revived(database: Database) -> None:
    with database.transaction() as s:
        for number in (1, 2, 3):
            outbox.put(s, "letter", number, 1, "upsert", at=AT)
    later = AT + timedelta(minutes=5)
    with database.transaction() as s:
        first, second, third = outbox.pending(s)
        outbox.done(s, [first.id], at=later)
        outbox.failed(s, [second.id], "mapping", at=later, poison=True)
        for _ in range(outbox.MAX_ATTEMPTS - 1):
            outbox.failed(s, [third.id], "away", at=later)
        assert [each.id for each in outbox.pending(s)] == [third.id]
        assert outbox.lag(s, at=later) == outbox.Lag(1, timedelta(minutes=5), 1)
        outbox.failed(s, [third.id], "away", at=later)
        assert [(change.entity_id, error) for change, error in outbox.poisoned(s)] == [
            (2, "mapping"),
            (3, "away"),
        ]
        assert outbox.lag(s, at=later).oldest is None
        assert outbox.revive(s) == 2
        assert outbox.prune(s, before=later) == 0, "not done before that moment"
        after = later + timedelta(seconds=1)
        assert outbox.prune(s, before=after) == 0, "the saved searches have yet to hear of it"
        outbox.heard(s, [first.id], at=later)
        assert outbox.prune(s, before=after) == 1
        assert len(outbox.pending(s)) == 2


def test_the_program_itself_hashes_at_the_full_cost() -> None:
    assert HASHER().hash(PASSWORD).startswith("$argon2id$v=19$m=65536,t=3,p=4$")
