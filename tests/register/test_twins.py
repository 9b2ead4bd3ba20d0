"""Near-duplicates: the same number, issuer and day, or almost the same text."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import delete

from corpus.specimen import letters as specimens
from register import corrections, resemblance, twins
from register.database import Database
from register.models import LetterBand, Twin
from register.originals import OriginalStore
from register.resemblance import bands, likeness, shingles
from tests.register.letters import AT, dispatch, receive, record

TEXT = next(each.text for each in specimens() if each.name.startswith("binhlam"))


def noisy(text: str, share: float, seed: int) -> str:
    """The text as another scan would give it: some words misread, diacritics of others lost."""
    rng = random.Random(seed)
    return " ".join(
        word[:-1] + rng.choice("abcxyz") if rng.random() < share else word.replace("ế", "ê").replace("ộ", "ô")
        for word in text.split(" ")
    )


def test_two_scans_of_one_letter_are_alike_and_different_letters_are_not() -> None:
    texts = [each.text for each in specimens()]
    prints = [shingles(text) for text in texts]
    for number, text in enumerate(texts):
        other = shingles(noisy(text, 0.03, number))
        assert likeness(prints[number], other) > 0.7
        assert set(bands(prints[number])) & set(bands(other)), "the index finds them"
    most = max(likeness(one, other) for at, one in enumerate(prints) for other in prints[at + 1 :])
    assert most < resemblance.ALIKE / 2


@pytest.mark.parametrize("text", ["", "một hai ba", "\x00" * 99, "a " * 39])
def test_a_text_that_is_too_short_is_like_none(text: str) -> None:
    assert shingles(text) == frozenset()
    assert bands(shingles(text)) == ()
    assert likeness(shingles(text), shingles(text)) == 0.0


def test_diacritics_case_and_spaces_do_not_matter() -> None:
    assert likeness(shingles(TEXT), shingles("  ".join(TEXT.upper().split()))) > 0.95


def test_signatures_are_the_same_on_every_machine() -> None:
    """They are kept: another result of the same text would make all kept ones useless."""
    assert bands(shingles(" ".join(f"chữ{number}" for number in range(50))))[:2] == FIRST


FIRST = (-8022372208517962012, -7187875853757822045)


@pytest.fixture
def put(database: Database, store: OriginalStore) -> Callable[..., int]:
    """Records a letter of a file of its own; gives its id."""

    def make(name: str, **more: object) -> int:
        file_id = receive(database, store, content=f"%PDF-1 {name}".encode(), name=name)
        return record(database, file_id, dispatch(**more)).letter_ids[0]  # type: ignore[arg-type]

    return make


def found(database: Database, letter_id: int) -> list[tuple[int, str]]:
    with database.reading() as s:
        return [(twin.row.id, twin.reason) for twin in twins.of_letters(s, [letter_id]).get(letter_id, ())]


DAY = date(2020, 4, 28)


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({}, "same-day"),
        ({"number": "02990"}, "same-day"),
        ({"symbol": "BCT-CTDP"}, "same-day"),
        ({"issuer": "BỘ CÔNG THƯƠNG"}, "same-day"),
        ({"issued_on": date(2020, 4, 29)}, "same-year"),
        ({"issued_on": None}, "same-year"),
        ({"issued_on": date(2021, 4, 28)}, None),  # numbers begin anew each year
        ({"number": "2991"}, None),
        ({"symbol": "BCT-KH"}, None),
        ({"symbol": None}, None),
        ({"number": None}, None),
        ({"issuer": "Bộ Tài chính"}, None),
        ({"issuer": None}, None),
    ],
)
def test_the_same_number_symbol_and_issuer(
    database: Database, put: Callable[..., int], other: dict[str, object], reason: str | None
) -> None:
    one, two = put("a.pdf"), put("b.pdf", **other)
    assert found(database, one) == ([(two, reason)] if reason else [])
    assert found(database, two) == ([(one, reason)] if reason else [])


def test_almost_the_same_text_is_told_of_on_both_letters(database: Database, put: Callable[..., int]) -> None:
    one = put("a.pdf", text=TEXT)
    two = put("b.pdf", number="7", issued_on=None, text=noisy(TEXT, 0.03, 1))
    put("c.pdf", number="8", text=next(each.text for each in specimens() if not each.name.startswith("binhlam")))
    assert found(database, one) == [(two, "text")]
    assert found(database, two) == [(one, "text")]
    with database.reading() as s:
        (twin,) = twins.of_letters(s, [two])[two]
    assert twin.likeness is not None
    assert 0.6 < twin.likeness < 1


def test_a_correction_of_the_number_makes_and_unmakes_a_twin(
    database: Database, put: Callable[..., int]
) -> None:
    one, two = put("a.pdf"), put("b.pdf", number="2991")
    with database.transaction() as s:
        corrections.correct_letter(s, two, "number", "2990", at=AT, by=None)
    assert found(database, one) == [(two, "same-day")]
    with database.transaction() as s:
        corrections.correct_letter(s, two, "issued_on", "2019-04-28", at=AT, by=None)
    assert found(database, one) == []


def test_reading_again_compares_again(database: Database, store: OriginalStore, put: Callable[..., int]) -> None:
    one = put("a.pdf", number="1", text=TEXT)
    file_id = receive(database, store, content=b"%PDF-1 b", name="b.pdf")
    (two,) = record(database, file_id, dispatch(number="2", text=TEXT)).letter_ids
    assert found(database, one) == [(two, "text")]
    record(database, file_id, dispatch(number="2", text="Nội dung khác hẳn. " * 20), version="v2")
    assert found(database, one) == []


def test_letters_recorded_before_there_were_signatures_are_caught_up_with(
    database: Database, put: Callable[..., int]
) -> None:
    one, two = put("a.pdf", number="1", text=TEXT), put("b.pdf", number="2", text=TEXT)
    short = put("c.pdf", number="3")
    with database.transaction() as s:
        s.execute(delete(LetterBand))
        s.execute(delete(Twin))
    assert found(database, one) == []
    for expected in (2, 1, 0):
        with database.transaction() as s:
            assert resemblance.catch_up(s, limit=2) == expected
    assert found(database, one) == [(two, "text")]
    assert found(database, short) == []


def test_many_copies_give_a_few(database: Database, put: Callable[..., int]) -> None:
    ids = [put(f"{number}.pdf", text=TEXT, issued_on=DAY + timedelta(days=number)) for number in range(12)]
    assert len(found(database, ids[0])) == resemblance.MOST
