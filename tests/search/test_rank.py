"""The embedded engine's ranking: BM25 as SQLite has it, the same whether an index grew or was built anew."""

from __future__ import annotations

import gc
import random
import sqlite3
import weakref
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.errors import Unavailable
from search.columns import Columns
from search.embedded import EmbeddedEngine
from search.plan import RELEVANCE, TITLE_WEIGHT
from search.shared import write_cursor
from search.types import Delete, Document, Json, Query, Sort, Upsert

from .conftest import ANALYSIS, letter, put
from .test_agreement import corpus, questions


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedEngine]:
    """An index some of whose documents were written again and some removed."""
    with closing(EmbeddedEngine(tmp_path_factory.mktemp("rank") / "index.sqlite", analysis=ANALYSIS)) as engine:
        documents = list(corpus(260, random.Random(3)))
        put(engine, *documents)
        again = [replace(one, version=2, title=f"{one.title} lúa mùa") for one in documents[::7]]
        engine.apply([Upsert(one) for one in again])
        engine.apply([Delete("tasks", one.id, 3) for one in documents[::11]])
        yield engine


def pages(engine: EmbeddedEngine, query: Query, size: int = 9) -> list[tuple[str, float]]:
    found: list[tuple[str, float]] = []
    asked: Query | None = replace(query, size=size, facets=False)
    while asked is not None:
        results = engine.search(asked)
        found += [(hit.id, hit.score) for hit in results.hits]
        asked = asked.following(results.cursor) if results.cursor else None
    return found


@pytest.fixture(scope="module")
def by_sqlite() -> Callable[[str], dict[str, float]]:
    """SQLite's own bm25() of the documents of `engine` for folded words."""
    table = sqlite3.connect(":memory:")
    table.execute(
        "CREATE VIRTUAL TABLE texts USING fts5(id UNINDEXED, kind UNINDEXED, title, body, tokenize=\"unicode61 remove_diacritics 0\")"
    )
    documents = {one.id: one for one in corpus(260, random.Random(3))}
    for one in list(documents.values())[::7]:
        documents[one.id] = replace(one, version=2, title=f"{one.title} lúa mùa")
    for one in list(corpus(260, random.Random(3)))[::11]:
        del documents[one.id]
    for one in documents.values():
        streams = ANALYSIS.streams(one)
        table.execute("INSERT INTO texts VALUES (?, ?, ?, ?)", (one.id, one.kind, streams.title_folded, streams.body_folded))

    def score(expression: str) -> dict[str, float]:
        return dict(table.execute(f"SELECT id, -bm25(texts, 0, 0, {TITLE_WEIGHT}, 1) FROM texts WHERE texts MATCH ?", (expression,)))

    return score


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("“lua mua”", '"lua mua"'),
        ("“rung ben” cho", '"rung ben" AND cho'),
        ("“bao cau” “duong de”", '"bao cau" AND "duong de"'),
        ("“nuoc sach” de xa ke", '"nuoc sach" AND de AND xa AND ke'),
        ("rung cho", "rung AND cho"),
    ],
)
def test_equal_tiers_are_ordered_by_the_bm25_of_sqlite(
    engine: EmbeddedEngine, by_sqlite: Callable[[str], dict[str, float]], text: str, expression: str
) -> None:
    relevance = by_sqlite(expression)
    found = pages(engine, Query(text, kind="tasks"))
    assert {id_ for id_, _ in found} == set(relevance)
    for id_, score in found:
        tiers = score - RELEVANCE * relevance[id_]
        assert abs(tiers - round(tiers)) < 2e-6, (id_, score, relevance[id_])  # tiers weigh whole numbers
    if "“" in text:  # single syllables stand in most of these texts and weigh next to nothing
        assert len({score for _, score in found}) > len(found) // 2 > 0


def test_pages_hold_every_document_once_in_the_order_of_scores(engine: EmbeddedEngine) -> None:
    ranked = 0
    for query in questions(60, random.Random(8)):
        found = pages(engine, query)
        scores = [score for _, score in found]
        assert scores == sorted(scores, reverse=True)
        assert len({id_ for id_, _ in found}) == len(found) == engine.search(query).total
        ranked += len(set(scores)) > 9
    assert ranked > 8


def test_many_rare_words_lose_no_page_where_bm25_weighs_more_than_a_tier(tmp_path: Path) -> None:
    asked = "bòng cánh gều hỏi đúc bảnh công nghiệp cuội dành gỏng hèo béo chục đồi kính lọng mỏng nứa phễu quạt"
    words = asked.split()
    often = " nắng ".join(f"{word} {f'{word} nắng ' * 20}" for word in words)
    once = f"công nghiệp {' mưa '.join(words)} {'mưa ' * 400}"  # "công nghiệp" is a word here: a tier more
    documents = [letter(f"a{n}", "x", often) for n in range(6)] + [letter(f"b{n}", "x", once) for n in range(6)]
    with closing(EmbeddedEngine(tmp_path / "index.sqlite", analysis=ANALYSIS)) as engine:
        put(engine, *documents, *(letter(f"c{n}", "y", "lúa mùa " * 100) for n in range(1500)))
        whole = engine.search(Query(asked, size=200)).hits
        assert len(whole) == 12
        assert {hit.id[0] for hit in whole[:6]} == {"a"}
        for size in (1, 5, 9):
            assert pages(engine, Query(asked), size) == [(hit.id, hit.score) for hit in whole]


def test_what_another_process_writes_is_seen_at_the_next_question(engine: EmbeddedEngine, tmp_path: Path) -> None:
    with (
        closing(EmbeddedEngine(tmp_path / "shared.sqlite", analysis=ANALYSIS)) as reader,
        closing(EmbeddedEngine(tmp_path / "shared.sqlite", analysis=ANALYSIS)) as writer,
    ):
        put(writer, *corpus(5, random.Random(1)))
        before = reader.search(Query("", kind="tasks", steady=True, size=2))
        put(writer, *(replace(one, id=f"{one.id}-mới") for one in corpus(5, random.Random(1))))
        assert (before.total, reader.search(Query("", kind="tasks")).total) == (5, 10)
        assert before.cursor is not None
        following = Query("", kind="tasks", steady=True, size=2).following(before.cursor)
        assert reader.search(following).total == 5  # a question goes on where it was
        assert reader.search(Query("", kind="tasks")).total == 10


def test_a_rebuilt_index_gives_the_scores_of_the_one_that_grew(engine: EmbeddedEngine, tmp_path: Path) -> None:
    documents = list(corpus(260, random.Random(3)))
    kept = {one.id: one for one in documents}
    for one in documents[::7]:
        kept[one.id] = replace(one, version=2, title=f"{one.title} lúa mùa")
    for one in documents[::11]:
        del kept[one.id]
    with closing(EmbeddedEngine(tmp_path / "fresh.sqlite", analysis=ANALYSIS)) as fresh:
        fresh.rebuild(kept.values())
        for query in questions(30, random.Random(9)):
            assert pages(fresh, query) == pages(engine, query), query
            assert fresh.search(query).facets == engine.search(query).facets


def test_an_index_of_an_older_form_says_so_and_is_built_anew(tmp_path: Path) -> None:
    path = tmp_path / "index.sqlite"
    with closing(EmbeddedEngine(path, analysis=ANALYSIS)) as engine:
        put(engine, *corpus(5, random.Random(1)))
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("UPDATE meta SET value = '3' WHERE key = 'schema'")
    with closing(EmbeddedEngine(path, analysis=ANALYSIS)) as engine:
        assert not engine.status().available
        with pytest.raises(Unavailable) as caught:
            engine.search(Query("lúa"))
        assert caught.value.code == "index-form"
        assert "phiên bản khác" in caught.value.message
        assert "index rebuild" in str(caught.value.advice)
        assert engine.rebuild(corpus(5, random.Random(1))).documents["tasks"] == 5
        assert engine.search(Query("", kind="tasks")).total == 5


def test_an_index_built_in_place_of_an_unreadable_one_is_not_taken_for_an_empty_one_before_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "index.sqlite"
    path.write_bytes(b"no index at all " * 500)
    with closing(EmbeddedEngine(path, analysis=ANALYSIS)) as engine, closing(EmbeddedEngine(path, analysis=ANALYSIS)) as reader:

        def documents() -> Iterator[Document]:
            yield from corpus(5, random.Random(1))
            with pytest.raises(Unavailable) as caught:
                reader.search(Query("", kind="tasks"))
            assert caught.value.code == "index-unfinished"
            assert "index rebuild" in caught.value.advice
            assert not reader.status().available
            put(reader, *corpus(1, random.Random(2)))  # what is written meanwhile does not wait
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            engine.rebuild(documents())
        assert not engine.status().available  # nothing goes on, and still it is not whole
        assert engine.rebuild(corpus(5, random.Random(1))).documents["tasks"] == 5
        assert reader.search(Query("", kind="tasks")).total == 5


def test_what_can_never_be_indexed_leaves_the_version_before_it(tmp_path: Path) -> None:
    with closing(EmbeddedEngine(tmp_path / "index.sqlite", analysis=ANALYSIS)) as engine:
        put(engine, letter("a", "lúa mùa", "rừng chợ"))
        applied = engine.apply([Upsert(replace(letter("a", "lúa", version=2), letter_id="\ud800"))])
        assert [one.id for one in applied.rejected] == ["a"]
        assert [hit.id for hit in engine.search(Query("rừng")).hits] == ["a"]


@pytest.mark.parametrize("day", ["", "hôm qua", "2021-02-30"])
@pytest.mark.parametrize("sort", ["relevance", "newest", "due"])
def test_a_cursor_made_up_with_a_day_that_is_none_does_no_harm(engine: EmbeddedEngine, sort: Sort, day: str) -> None:
    query = Query("lúa", kind="tasks", size=1, sort=sort)
    after: list[Json] = [1e3, day, "g0001"] if sort == "relevance" else [day, "g0001"]
    assert engine.search(query.following(write_cursor(query, after))).total == engine.search(query).total > 0


def test_columns_of_indexes_that_were_replaced_are_let_go(tmp_path: Path) -> None:
    gone: list[weakref.ref[Columns]] = []
    with closing(EmbeddedEngine(tmp_path / "index.sqlite", analysis=ANALYSIS)) as engine:
        for _ in range(4):
            engine.rebuild(corpus(5, random.Random(1)))
            assert engine.search(Query("", kind="tasks")).total == 5
            with engine._store.reading() as (connection, generation):
                gone.append(weakref.ref(engine._rows(connection, "tasks", generation)[0]))
        gc.collect()
        assert [columns() is None for columns in gone] == [True, True, True, False]
