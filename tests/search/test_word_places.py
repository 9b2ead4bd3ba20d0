"""Places of words: phrases and how often they stand, however rows come and go, as a plain look at the texts finds them."""

from __future__ import annotations

import sqlite3
import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search import word_writer
from search.columns import ROWS
from search.fts import COLUMNS
from search.plan import Match, TextField
from search.word_places import (
    MOST_TOKENS,
    WordPlaces,
    form_of,
    rows_of,
    weights_of,
    with_places,
    without_places,
)
from search.word_rows import rows_with
from search.word_writer import WordWriter

FOLDED: tuple[TextField, ...] = ("title_folded", "body_folded")
SIZE = 2 * ROWS
TEXTS = st.lists(st.sampled_from("abc"), max_size=7).map(" ".join)
Texts = dict[int, tuple[str, str]]


def streams(title: str, body: str) -> list[str]:
    given = {"title_folded": title, "body_folded": body, "title_exact": title.upper(), "body_exact": body.upper()}
    return [given.get(column, "") for column in COLUMNS]


def index(texts: Texts) -> tuple[sqlite3.Connection, WordWriter]:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE columns (block INTEGER PRIMARY KEY)")
    connection.executemany("INSERT INTO columns VALUES (?)", [(0,), (1,)])
    for name in ("words", "places"):
        connection.execute(f"CREATE TABLE {name} (block INTEGER, word TEXT, held BLOB, PRIMARY KEY (block, word)) WITHOUT ROWID")
    writer = WordWriter(connection, "words", "places")
    for row, (title, body) in texts.items():
        writer.put(row, streams(title, body))
    writer.flush()
    return connection, writer


def counted(connection: sqlite3.Connection, node: Match) -> dict[int, float]:
    """How often a leaf holds by row, a title counting four times."""
    places = WordPlaces(connection, "places", "columns").of(node)
    rows = np.flatnonzero(rows_of(places, SIZE))
    return dict(zip(rows.tolist(), weights_of(places, SIZE, 4.0)[rows].tolist(), strict=True))


def plainly(texts: Texts, tokens: tuple[str, ...], fields: tuple[TextField, ...] = FOLDED) -> dict[int, float]:
    """The same, by looking through every text."""

    def often(text: str) -> int:
        words = text.split()
        return sum(words[at : at + len(tokens)] == list(tokens) for at in range(len(words)))

    found = {}
    for row, (title, body) in texts.items():
        weight = 4.0 * often(title) * ("title_folded" in fields) + often(body) * ("body_folded" in fields)
        if weight:
            found[row] = weight
    return found


ROW = st.sampled_from([0, 1, 7, ROWS - 1, ROWS, SIZE - 1])


@settings(max_examples=80)
@given(
    st.lists(st.tuples(ROW, TEXTS, TEXTS, st.booleans(), st.booleans()), max_size=14),
    st.lists(st.sampled_from("abc"), min_size=1, max_size=4).map(tuple),
    st.sampled_from([FOLDED, ("title_folded",), ("body_folded",)]),
)
def test_phrases_are_found_as_a_plain_look_finds_them(
    steps: list[tuple[int, str, str, bool, bool]], tokens: tuple[str, ...], fields: tuple[TextField, ...]
) -> None:
    connection, writer = index({})
    texts: Texts = {}
    for row, title, body, gone, end in steps:
        if row in texts:
            writer.remove(row, streams(*texts.pop(row)))
        if not gone:
            writer.put(row, streams(title, body))
            texts[row] = title, body
        if end:
            writer.flush()
    writer.flush()
    assert counted(connection, Match(fields, tokens)) == dict(sorted(plainly(texts, tokens, fields).items()))


def test_a_phrase_never_runs_from_a_title_into_its_body_nor_into_the_next_letter() -> None:
    connection, _ = index({0: ("a b", "c a"), 1: ("b c", "a"), ROWS - 1: ("", "a"), ROWS: ("b", "")})
    assert counted(connection, Match(FOLDED, ("b", "c"))) == {1: 4.0}
    assert counted(connection, Match(FOLDED, ("a", "b"))) == {0: 4.0}


def test_spelled_and_folded_are_kept_apart() -> None:
    connection, _ = index({3: ("a b", "b")})
    assert counted(connection, Match(("title_exact", "body_exact"), ("A", "B"))) == {3: 4.0}
    assert counted(connection, Match(FOLDED, ("A", "B"))) == {}


def test_the_end_of_an_endless_text_is_no_part_of_a_phrase_and_harms_no_other_letter() -> None:
    connection, _ = index({0: ("", "z " * MOST_TOKENS + "a b"), 1: ("b", "a b")})
    assert counted(connection, Match(FOLDED, ("a", "b"))) == {1: 1.0}
    assert counted(connection, Match(FOLDED, ("z", "z", "z"))) == {0: MOST_TOKENS - 2}
    assert np.flatnonzero(rows_with(connection, "words", "columns", "fa", SIZE)).tolist() == [0, 1]  # as a word it is found


def test_long_texts_of_one_transaction_do_not_all_wait_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_writer, "MOST_GATHERED", 20)
    connection, writer = index({})
    texts = {row: ("a b", "c a b " * row) for row in range(9)}
    for row, text in texts.items():
        writer.put(row, streams(*text))
    assert connection.execute("SELECT count(*) FROM places").fetchone()[0] > 0
    for row in (8, 2):
        writer.remove(row, streams(*texts[row]))
    writer.put(2, streams("", "b a b"))
    writer.flush()
    texts = {**texts, 2: ("", "b a b"), 8: ("", "")}
    for tokens in (("a", "b"), ("b", "a"), ("c",)):
        assert counted(connection, Match(FOLDED, tokens)) == plainly(texts, tokens)


def test_a_question_of_many_common_words_keeps_the_places_of_none_in_memory() -> None:
    words = list("abcdefghijklmnopqrst")
    connection, _ = index({row: ("", " ".join(words * 400)) for row in range(20)})
    places = WordPlaces(connection, "places", "columns")
    tracemalloc.start()
    try:
        for word in words:
            assert weights_of(places.of(Match(FOLDED, (word,))), SIZE, 4.0)[:20].tolist() == [400] * 20
        assert rows_of(places.of(Match(FOLDED, tuple(reversed(words)))), SIZE).sum() == 0
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept < 5 * (20 * 400 * 4)  # those of a word or two; of all there are twenty times as many


def test_numbers_are_put_in_order_each_once() -> None:
    numbers = np.array([5, 1, 2**64 - 1, 5, 0, 1], np.uint64)
    assert word_writer.in_order(numbers).tolist() == [0, 1, 5, 2**64 - 1]
    assert word_writer.in_order(numbers[:0]).tolist() == []


@given(st.lists(st.sets(st.integers(0, 40), min_size=1), max_size=6), st.lists(st.booleans(), min_size=6, max_size=6))
def test_a_blob_holds_the_places_that_came_and_did_not_go(steps: list[set[int]], added: list[bool]) -> None:
    blob, held = b"", set[int]()
    for some, add in zip(steps, added, strict=False):
        places = np.array(sorted(some), np.uint32)
        blob = with_places(blob, places) if add else without_places(blob, places)
        held = held | some if add else held - some
        assert np.frombuffer(blob, np.uint32).tolist() == sorted(held)


@pytest.mark.parametrize(
    ("node", "form"),
    [
        (Match(FOLDED, ("a", "b")), "f"),
        (Match(("title_exact",), ("a",)), "x"),
        (Match(("title_folded",), ("a",), prefix=True), None),
        (Match(("agency",), ("a", "b")), None),
        (Match(("title_folded", "title_exact"), ("a",)), None),
    ],
)
def test_only_whole_words_of_titles_and_bodies_have_places(node: Match, form: str | None) -> None:
    assert form_of(node) == form
