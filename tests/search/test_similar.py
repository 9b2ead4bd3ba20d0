"""Documents like a document: the same answer on both engines."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import pytest

from search.analysis import Analysis
from search.engine import Engine
from search.similar import terms_of
from search.types import Document, Number

from .conftest import ENGINES, engines, letter, put

DECREE = Number("77", "nghị định", 2019, "NĐ-CP")
ANGLE = {"khuyến công": "khuyến công", "cơ sở": "cơ sở"}

CROWD = (
    letter("a", "Kế hoạch khuyến công", "khuyến công nông thôn, cơ sở công nghiệp", cited=(DECREE,)),
    letter("b", "Báo cáo khuyến công", "khuyến công nông thôn và cụm công nghiệp", cited=(DECREE,)),
    letter("c", "Khuyến công", "khuyến công ở cơ sở"),
    letter("d", "Giao thông đường thủy", "báo cáo cầu phao"),
    letter("e", "Dạy bơi", "báo cáo lớp học"),
    letter("f", "Trực Tết", "báo cáo lịch trực", cited=(DECREE,)),
    letter("g", "Trồng cây", "báo cáo diện tích"),
)


def ids(engine: Engine, document: Document, **more: int) -> list[str]:
    return [hit.id for hit in engine.similar(document, **more)]


def test_the_most_alike_come_first_and_never_the_document_itself(engine: Engine) -> None:
    put(engine, *CROWD)
    found = ids(engine, CROWD[0])
    assert found[0] == "b"
    assert "c" in found
    assert not {"a", "d", "e", "g"} & set(found)
    assert ids(engine, CROWD[0], size=1) == ["b"]


def test_what_they_share_is_shown(engine: Engine) -> None:
    put(engine, *CROWD)
    hit = engine.similar(CROWD[0])[0]
    assert "khuyến công" in [hit.snippet.text[span.start : span.end].lower() for span in hit.snippet.spans] or [
        hit.title.text[span.start : span.end].lower() for span in hit.title.spans
    ]
    assert hit.page == 1


@pytest.mark.parametrize(
    "document", [letter("x", "", ""), letter("x", "zzz", "không giống gì"), letter("x", "!!!", "\x00" * 50)]
)
def test_a_document_with_nothing_in_common_has_nothing_similar(engine: Engine, document: Document) -> None:
    put(engine, *CROWD)
    assert ids(engine, document) == []


def test_an_empty_index_has_nothing_similar(engine: Engine) -> None:
    assert ids(engine, CROWD[0]) == []


def test_words_that_nearly_all_have_do_not_count(engine: Engine) -> None:
    put(engine, *(letter(f"n{n}", "Báo cáo", f"báo cáo số {n}") for n in range(20)))
    assert ids(engine, letter("n1", "Báo cáo", "báo cáo số 1")) == []


def test_both_engines_give_the_same_letters_and_scores(
    request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    words = ["khuyến công", "cụm công nghiệp", "cơ sở", "báo cáo", "nông thôn", "công nghiệp"]
    documents = [
        letter(
            f"d{n:02}",
            f"{words[n % 6]} {words[(n * 5 + 1) % 6]}",
            " ".join(words[(n * k) % 6] for k in range(1, 2 + n % 7)),
            cited=(Number(str(n % 5), "nghị định", 2019, "NĐ-CP"),),
        )
        for n in range(60)
    ]
    with ExitStack() as stack:
        both = []
        for name in ENGINES:
            folder = tmp_path / name
            folder.mkdir()
            engine = stack.enter_context(engines(name, folder, request))()
            put(engine, *documents)
            both.append(engine)
        for document in documents:
            one, other = ([(hit.id, hit.score) for hit in engine.similar(document)] for engine in both)
            assert one == other, document.id
            assert one, document.id


def test_terms_are_chosen_alike_every_time() -> None:
    analysis = Analysis(segment=lambda text: [word for word in ANGLE if word in text.lower()])
    document = letter("x", "Khuyến công", "khuyến công tại cơ sở", cited=(DECREE, Number("5")))
    assert {(term.fields[0], term.tokens[0], count) for term, count in terms_of(document, analysis).items()} == {
        ("words", "khuyến_công", 4),
        ("words", "cơ_sở", 1),
        ("cited", "k77zy2019zsndcp", 2),
    }
