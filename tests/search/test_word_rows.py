"""Bits of words: what is kept of rows, however they come and go."""

from __future__ import annotations

import sqlite3

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from search.columns import ROWS
from search.fts import COLUMNS
from search.plan import All, Any, Match, implies
from search.word_rows import rows_with, with_rows, without_rows, word_of
from search.word_writer import WordWriter

PLACES = st.lists(st.integers(0, ROWS - 1), max_size=300)
FOLDED, EXACT = ("title_folded", "body_folded"), ("title_exact", "body_exact")


def streams(**given: str) -> list[str]:
    return [given.get(column, "") for column in COLUMNS]


def index() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE columns (block INTEGER PRIMARY KEY)")
    connection.executemany("INSERT INTO columns VALUES (?)", [(0,), (1,)])
    for name in ("words", "places"):
        connection.execute(f"CREATE TABLE {name} (block INTEGER, word TEXT, held BLOB, PRIMARY KEY (block, word)) WITHOUT ROWID")
    return connection


def held(connection: sqlite3.Connection, word: str) -> list[int]:
    return rows_with(connection, "words", "columns", word, 2 * ROWS).nonzero()[0].tolist()


@settings(max_examples=60)
@given(st.lists(st.tuples(PLACES, PLACES), max_size=4))
def test_a_blob_holds_the_rows_that_came_and_did_not_go(steps: list[tuple[list[int], list[int]]]) -> None:
    blob, rows = b"", set[int]()
    for added, removed in steps:
        blob = without_rows(with_rows(blob, np.array(added, np.uint32)), np.array(removed, np.uint32))
        rows = (rows | set(added)) - set(removed)
    connection = index()
    connection.execute("INSERT INTO words VALUES (1, 'fa', ?)", (blob,))
    assert held(connection, "fa") == [ROWS + place for place in sorted(rows)]
    assert bool(blob) == bool(rows) or len(blob) == ROWS // 8


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["", "a", "a b", "b b c"]), st.booleans()), max_size=12))
def test_the_writer_keeps_what_each_row_has_at_last(steps: list[tuple[int, str, bool]]) -> None:
    connection, texts = index(), dict[int, str]()
    writer = WordWriter(connection, "words", "places")
    for row, text, end in steps:
        row = row * (ROWS - 1)  # rows of both blocks
        if row >= 2 * ROWS:
            continue
        if row in texts:
            writer.remove(row, streams(body_folded=texts[row]))
        writer.put(row, streams(body_folded=text))
        texts[row] = text
        if end:
            writer.flush()
    writer.flush()
    for token in "abc":
        assert held(connection, f"f{token}") == sorted(row for row, text in texts.items() if token in text.split())
        assert held(connection, f"F{token}") == []


def test_words_count_in_five_scopes() -> None:
    connection = index()
    writer = WordWriter(connection, "words", "places")
    writer.put(5, streams(title_exact="đất", title_folded="dat", body_exact="rừng", body_folded="rung", words="đất_rừng"))
    writer.flush()
    rows = {word: held(connection, word) for word in ("fdat", "Fdat", "xđất", "Xđất", "frung", "Frung", "xrừng", "xdat")}
    assert rows == {
        "fdat": [5], "Fdat": [5], "xđất": [5], "Xđất": [5], "frung": [5], "Frung": [], "xrừng": [5], "xdat": [],
    }  # fmt: skip


def test_only_single_whole_words_of_a_scope_are_kept_as_bits() -> None:
    assert word_of(Match(FOLDED, ("dat",))) == "fdat"
    assert word_of(Match(("title_exact",), ("đất",))) == "Xđất"
    assert word_of(Match(FOLDED, ("dat", "rung"))) is None
    assert word_of(Match(("title_folded",), ("da",), prefix=True)) is None
    assert word_of(Match(("words",), ("cơ_sở",))) == "wcơ_sở"
    assert word_of(Match(("agency",), ("bo",))) is None


def test_what_stands_in_the_title_stands_somewhere() -> None:
    title, anywhere = Match(("title_exact",), ("đất",)), Match(EXACT, ("đất",))
    assert implies(title, anywhere)
    assert implies(All((title, Match(FOLDED, ("rung",)))), anywhere)
    assert implies(All((title, Match(FOLDED, ("rung",)))), All((Match(FOLDED, ("rung",)), anywhere)))
    assert not implies(anywhere, title)
    assert not implies(title, Match(EXACT, ("rừng",)))
    assert not implies(title, All((anywhere, Match(EXACT, ("rừng",)))))
    assert not implies(Any((title, Match(EXACT, ("rừng",)))), anywhere)
