"""Thresholds, heads and texts that the office sets: kept only where changed, checked, in the trail."""

from __future__ import annotations

import pytest

from ingest.errors import BadRequest
from register import audit, office_settings
from register.database import Database
from register.office_settings import check_text
from tests.register.letters import AT


def put(database: Database, name: str, text: str) -> None:
    with database.transaction() as s:
        office_settings.put(s, name, text, at=AT, by=None)


def test_what_is_set_holds_until_it_is_emptied_and_each_step_is_in_the_trail(database: Database) -> None:
    for name, text in (("doubt", "85 %"), ("soon_days", "10"), ("remind_days", "2, 10; 5"), ("organ", "  Sở  Công Thương ")):
        put(database, name, text)
    put(database, "subject.vi", "{left} – {text}")
    with database.reading() as s:
        found = office_settings.load(s)
    assert (found.threshold, found.soon_days, found.before, found.told) == (0.85, 10, (2, 5, 10), "10, 5, 2")
    assert found.head("UBND tỉnh").lines == ("Sở Công Thương",)
    assert found.texts == {"subject.vi": "{left} – {text}"}
    put(database, "doubt", "")
    put(database, "doubt", " ")
    with database.reading() as s:
        assert office_settings.load(s).threshold == 0.9
        told = audit.listing(s, action="setting-changed")
    assert [(each.details["old"], each.details["new"]) for each in told][:1] == [(0.85, None)]
    assert len(told) == 6


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("doubt", "49"), ("doubt", "100"), ("doubt", "0,9"), ("soon_days", "91"), ("soon_days", "-1"), ("soon_days", "٣"),
        ("remind_days", "0"), ("remind_days", "1,2,3,4,5,6"), ("remind_days", "ba"), ("place", "x" * 201),
        ("body.vi", "Kính gửi {name}"), ("body.vi", "{tasks} {ten}"), ("body.vi", "{tasks"), ("body.vi", "}{tasks}"),
        ("subject.vi", "{text.__class__}"), ("subject.vi", "{text!r}"), ("subject.vi", "{text:>1000000}"), ("subject.vi", "{n}"),
        ("subject_many.en", "{n:{day}|x}"), ("installation", "x"), ("body.fr", "{tasks}"),
    ],
)  # fmt: skip
def test_bad_input_is_refused_and_changes_nothing(database: Database, name: str, text: str) -> None:
    with pytest.raises(BadRequest) as caught:
        put(database, name, text)
    assert caught.value.code == "setting-wrong"
    with database.reading() as s:
        assert audit.listing(s, action="setting-changed") == ()


def test_a_text_may_hold_braces_and_words_for_one_and_many() -> None:
    assert check_text("subject_many.en", "{n} {n:task|tasks}") == "{n} {n:task|tasks}"
    assert check_text("body.vi", "{{nội bộ}}\r\n{tasks}") == "{{nội bộ}}\n{tasks}"
