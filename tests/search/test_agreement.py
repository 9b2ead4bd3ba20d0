"""Both engines give the same answers to the same questions on a generated corpus."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from search.engine import Engine
from search.plan import WORDS
from search.types import Document, Number, Query, Results

from .conftest import engines, letter, put

SYLLABLES = [
    "lúa",
    "lua",
    "lùa",
    "mùa",
    "mưa",
    "bão",
    "cầu",
    "cau",
    "đường",
    "duong",
    "đê",
    "de",
    "xã",
    "xa",
    "kè",
    "nước",
    "nuoc",
    "sạch",
    "chợ",
    "cho",
    "rừng",
    "rung",
    "bến",
    "đò",
    "do",
]
AGENCIES = ("Sở Xây dựng", "Sở Y tế", "Phường Mận", "Phường Mận Đỏ", "Hạt Kiểm lâm")
TYPES = ("công văn", "chỉ thị", "kế hoạch")
SYMBOLS = ("SXD-QL", "CT-UBND", "KH-UBND")


def corpus(size: int, random_: random.Random) -> Iterator[Document]:
    def text(length: int) -> str:
        return " ".join(random_.choices(SYLLABLES, k=length))

    for index in range(size):
        kind = random_.randrange(3)
        number = Number(
            str(random_.randint(1, 30)), TYPES[kind], random_.choice((2019, 2020, None)), SYMBOLS[kind]
        )
        yield replace(
            letter(
                f"g{index:04}",
                text(4),
                *(text(random_.randint(5, 60)) for _ in range(random_.randint(1, 2))),
                numbers=(number,),
                cited=(Number(str(random_.randint(1, 9)), "nghị định", 2012, "NĐ-CP"),),
                agencies=tuple(random_.sample(AGENCIES, 2)),
                doc_type=TYPES[kind],
                direction=random_.choice(("đến", "đi")),
                state=random_.choice(("open", "done", "done-late")),
                issued_on=date(2020, 1, 1) + timedelta(days=random_.randrange(400)) if index % 9 else None,
                due_on=date(2020, 6, 1) + timedelta(days=random_.randrange(60)) if index % 3 else None,
            ),
            kind="tasks",
        )


def questions(count: int, random_: random.Random) -> Iterator[Query]:
    for _ in range(count):
        parts = random_.choices(SYLLABLES, k=random_.randint(0, 3))
        if random_.random() < 0.3:
            parts.append('"' + " ".join(random_.choices(SYLLABLES, k=2)) + '"')
        if random_.random() < 0.2:
            parts.append("-" + random_.choice(SYLLABLES))
        if random_.random() < 0.2:
            parts.append(
                random_.choice(("nghị định 3/2012", "5/sxd-ql", "số:7", "trích dẫn:4/2012", "kế hoạch 9"))
            )
        if random_.random() < 0.2:
            parts.append(
                random_.choice(("cơ quan:phuong man", "hạn:<1/7/2020", "trạng thái:quá hạn", "hạn:7/2020"))
            )
        yield Query(
            " ".join(parts),
            kind="tasks",
            agencies=tuple(random_.sample(AGENCIES, random_.choice((0, 0, 0, 1, 2)))),
            statuses=tuple(
                random_.sample(("overdue", "due-soon", "done", "no-term"), random_.choice((0, 0, 0, 1, 2)))
            ),
            doc_types=tuple(random_.sample(TYPES, random_.choice((0, 0, 0, 1)))),
            issued_from=date(2020, 5, 1) if random_.random() < 0.2 else None,
            today=date(2020, 6, 25),
            size=200,
        )


@pytest.fixture(scope="module")
def both(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Engine, Engine]]:
    folder = tmp_path_factory.mktemp("agreement")
    documents = list(corpus(180, random.Random(11)))
    with engines("embedded", folder, request) as small, engines("elasticsearch", folder, request) as large:
        pair = small(), large()
        for engine in pair:
            put(engine, *documents)
        yield pair


def tiers(results: Results) -> list[tuple[float, str]]:
    """Hits by what holds of them; BM25, which the engines round differently, is left out."""
    return sorted((-(hit.score // WORDS), hit.id) for hit in results.hits)


def test_both_engines_answer_alike(both: tuple[Engine, Engine]) -> None:
    embedded, elastic = both
    found = 0
    for query in questions(150, random.Random(5)):
        one, other = embedded.search(query), elastic.search(query)
        assert one.total == other.total, query
        assert tiers(one) == tiers(other), query
        assert one.facets == other.facets, query
        assert one.notes == other.notes
        shown = {hit.id: (hit.title, hit.snippet, hit.page, hit.fields) for hit in one.hits}
        assert shown == {hit.id: (hit.title, hit.snippet, hit.page, hit.fields) for hit in other.hits}
        for sort in ("newest", "due"):
            ordered = replace(query, sort=sort, facets=False, size=30)  # type: ignore[arg-type]
            assert [h.id for h in embedded.search(ordered).hits] == [
                h.id for h in elastic.search(ordered).hits
            ]
        found += bool(one.total)
    assert found > 60


def test_both_engines_suggest_alike(both: tuple[Engine, Engine]) -> None:
    embedded, elastic = both
    for text in ("lúa m", "nuoc s", "đ", "cầu đường x", "xyz"):
        assert embedded.suggest(text, kind="tasks") == elastic.suggest(text, kind="tasks"), text
