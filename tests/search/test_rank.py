"""The embedded engine's ranking: few documents are looked at one by one, many by FTS5, with the same result."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.errors import Unavailable
from search.embedded import EmbeddedEngine
from search.types import Delete, Query, Upsert

from .conftest import ANALYSIS, put
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


def pages(engine: EmbeddedEngine, query: Query) -> list[tuple[str, float]]:
    found: list[tuple[str, float]] = []
    asked: Query | None = replace(query, size=9, facets=False)
    while asked is not None:
        results = engine.search(asked)
        found += [(hit.id, hit.score) for hit in results.hits]
        asked = asked.following(results.cursor) if results.cursor else None
    return found


def test_one_by_one_and_by_fts5_come_to_the_same_scores(
    engine: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    ranked = 0
    for query in questions(60, random.Random(8)):
        results = {}
        for few in (0, 5, 10_000):
            monkeypatch.setattr("search.embedded_rank.FEW", few)
            results[few] = pages(engine, query)
        assert results[0] == results[5] == results[10_000], query
        scores = [score for _, score in results[0]]
        assert scores == sorted(scores, reverse=True)
        assert len(scores) == engine.search(query).total
        ranked += len(set(scores)) > 9
    assert ranked > 8


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
        file.execute("UPDATE meta SET value = '1' WHERE key = 'schema'")
    with closing(EmbeddedEngine(path, analysis=ANALYSIS)) as engine:
        assert not engine.status().available
        with pytest.raises(Unavailable) as caught:
            engine.search(Query("lúa"))
        assert "index rebuild" in str(caught.value.advice)
        assert engine.rebuild(corpus(5, random.Random(1))).documents["tasks"] == 5
        assert engine.search(Query("", kind="tasks")).total == 5
