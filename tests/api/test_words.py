"""Catalogues and the way dates, numbers and rules are written."""

from __future__ import annotations

import ast
import re
import string
from datetime import date
from pathlib import Path

import pytest

import api
from api import formats
from api.i18n import LANGUAGES, Words, catalogue
from register.status import NAMES
from register.users import ROLES

vi, en = Words("vi"), Words("en")
SOURCES = [*Path(api.__file__).parent.rglob("*.html"), *Path(api.__file__).parent.rglob("*.py")]


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_have_the_same_keys_and_placeholders() -> None:
    first, second = (catalogue(language) for language in LANGUAGES)
    assert set(first) == set(second)
    assert [key for key in first if fields(first[key]) != fields(second[key])] == []


def test_every_key_that_is_used_exists() -> None:
    used = {
        key
        for path in SOURCES
        for key in re.findall(r'\bt\("([a-z_]+\.[a-z_0-9-]+)"[,)]', path.read_text("utf-8"))
    }
    assert len(used) > 80
    assert used <= set(catalogue("vi"))


def test_roles_and_statuses_have_words() -> None:
    assert all(f"role.{role}" in catalogue("vi") for role in ROLES)
    assert all(catalogue("vi")[f"status.{status}"].lower() == words for status, words in NAMES.items())


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0"), (1234, "1.234"), (1234567, "1.234.567"), (1234.5, "1.234,5")]
)
def test_numbers_in_vietnamese(value: float, text: str) -> None:
    assert formats.number(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0 B"), (1536, "1,5 kB"), (200 * 1024**2, "200 MB"), (5 * 1024**2 + 300_000, "5,3 MB")],
)
def test_sizes(value: int, text: str) -> None:
    assert formats.size(value) == text


def test_days() -> None:
    assert formats.day(date(2026, 5, 3)) == "03/05/2026"
    assert formats.day("2026-05-03") == "03/05/2026"
    assert formats.day(None) == ""
    assert formats.day("không rõ") == "không rõ"


@pytest.mark.parametrize(
    ("due", "text"),
    [
        (date(2026, 5, 28), "còn 3 ngày"),
        (date(2026, 5, 25), "hôm nay"),
        (date(2026, 5, 26), "còn 1 ngày"),
        (date(2026, 5, 20), "quá 5 ngày"),
    ],
)
def test_relative_days(due: date, text: str) -> None:
    assert formats.relative(due, date(2026, 5, 25), vi) == text


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("FREQ=MONTHLY;BYMONTHDAY=25", "hằng tháng, ngày 25"),
        ("FREQ=MONTHLY;INTERVAL=3", "hằng quý"),
        ("FREQ=MONTHLY;INTERVAL=6", "6 tháng một lần"),
        ("FREQ=WEEKLY;BYDAY=FR", "hằng tuần, thứ Sáu"),
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15", "hằng năm, ngày 15, tháng 12"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "hằng tháng, ngày cuối tháng"),
        (None, "định kỳ"),
        ("FREQ=SECONDLY", "FREQ=SECONDLY"),
    ],
)
def test_recurrence_in_words(rule: str | None, text: str) -> None:
    assert formats.recurrence(rule, vi) == text


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("P5D after receipt", "5 ngày kể từ ngày nhận"),
        ("P1M after signing", "1 tháng kể từ ngày ký"),
        ("P0D after x", "ngay x"),
        ("", ""),
        ("?", "?"),
    ],
)
def test_periods_in_words(rule: str, text: str) -> None:
    assert formats.period(rule, vi) == text
    assert formats.period(rule, en) is not None


@pytest.mark.parametrize(
    ("label", "shown"), [("2", "2"), ("II.3.a", "II.3.a"), ("1.-2", "1"), ("-1", ""), ("+2.*1", ""), (None, "")]
)
def test_dashes_of_a_letter_are_no_numbers(label: str | None, shown: str) -> None:
    assert formats.item_number(label) == shown


def trail_calls() -> list[ast.Call]:
    """Every place that writes into the audit trail."""
    root = Path(api.__file__).parent.parent
    trees = [ast.parse(path.read_text(encoding="utf-8")) for room in ("register", "search", "api", "dondoc") for path in (root / room).rglob("*.py")]
    return [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == "audit.write"]  # fmt: skip


def plain(node: ast.expr) -> set[str]:
    """The names that stand in the code, both of "one if … else other"; none where one is put together."""
    if isinstance(node, ast.IfExp):
        return plain(node.body) | plain(node.orelse)
    return {str(node.value)} if isinstance(node, ast.Constant) else set()


def test_the_audit_trail_has_words_for_what_is_written_into_it() -> None:
    calls = trail_calls()
    assert len(calls) > 50
    wanted = set()
    for call in calls:
        action, entity = call.args[1:3]
        wanted |= {f"trail.do_{each}" for each in plain(action)} | {f"trail.of_{each}" for each in plain(entity)}
        wanted |= {f"trail.key_{each.arg}" for each in call.keywords if each.arg not in ("at", "by", "actor", None)}  # fmt: skip
    assert sorted(wanted - set(catalogue("vi"))) == []
