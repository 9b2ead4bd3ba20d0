"""Both engines, a small invented corpus, and the syllables-only analysis that most tests use."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import date
from pathlib import Path

import pytest

from search.analysis import Analysis
from search.embedded import EmbeddedEngine
from search.engine import Engine
from search.types import KINDS, Document, Number, PageText, Upsert

from .office import Office

ENGINES = ("embedded", "elasticsearch")
WORDS = {"cụm công nghiệp", "công nghiệp", "cơ sở", "báo cáo", "khuyến công", "nông thôn"}


def segment(text: str) -> list[str]:
    """A tiny segmenter, so that the suite does not wait for the real one."""
    lowered = text.lower()
    return [word for word in sorted(WORDS) for _ in range(lowered.count(word))]


ANALYSIS = Analysis(segment=segment)
EngineMaker = Callable[[], Engine]


@contextmanager
def engines(name: str, folder: Path, request: pytest.FixtureRequest) -> Iterator[EngineMaker]:
    """Makes engines over one and the same fresh index; what they made is removed afterwards."""
    with ExitStack() as stack:
        if name == "embedded":

            def make() -> Engine:
                return stack.enter_context(
                    closing(EmbeddedEngine(folder / "index.sqlite", analysis=ANALYSIS))
                )
        else:
            from elasticsearch import Elasticsearch

            from search.elastic import ElasticEngine

            url: str = request.getfixturevalue("elasticsearch_url")
            prefix = f"test-{uuid.uuid4().hex[:12]}"

            def make() -> Engine:
                engine = ElasticEngine(url, prefix=prefix, analysis=ANALYSIS, bulk=20)
                return stack.enter_context(closing(engine))

            def clean() -> None:
                with closing(Elasticsearch(url)) as client:
                    names = ",".join(client.indices.get(index=f"{prefix}-*"))
                    if names:
                        client.indices.delete(index=names)

            stack.callback(clean)
        yield make


@pytest.fixture(params=ENGINES)
def make_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[EngineMaker]:
    """Makes engines over one fresh index."""
    with engines(request.param, tmp_path, request) as make:
        yield make


@pytest.fixture
def engine(make_engine: EngineMaker) -> Engine:
    """One engine over a fresh, empty index."""
    return make_engine()


def letter(id: str, title: str, *pages: str, version: int = 1, **more: object) -> Document:
    """A letter of the invented corpus, one text per page."""
    texts = tuple(PageText(number, text) for number, text in enumerate(pages, 1))
    return Document("letters", id, version, id, title, texts, **more)  # type: ignore[arg-type]


def put(engine: Engine, *documents: Document) -> None:
    """Write documents and make them visible."""
    applied = engine.apply([Upsert(document) for document in documents])
    assert not applied.rejected
    assert applied.written == len(documents)
    engine.refresh()


def all_ids(engine: Engine) -> dict[str, dict[str, int]]:
    """What the engine holds, by kind."""
    return {kind: dict(engine.ids(kind)) for kind in KINDS}


def day(text: str) -> date:
    return date.fromisoformat(text)


CORPUS = (
    letter(
        "l1",
        "Công văn số 415/SXD-QLN về sửa chữa cầu phao bến Đá",
        "Sở Xây dựng đề nghị các huyện kiểm tra cầu phao trước mùa lũ.",
        "Báo cáo kết quả về Sở Xây dựng trước ngày 05/6/2021 theo Nghị định số 77/2019/NĐ-CP.",
        numbers=(Number("415", "công văn", 2021, "SXD-QLN"),),
        cited=(Number("77", "nghị định", 2019, "NĐ-CP"),),
        agencies=("Sở Xây dựng", "Ủy ban nhân dân huyện Mỏ Cày"),
        doc_type="công văn",
        direction="đến",
        state="reviewed",
        issued_on=date(2021, 5, 3),
        fields={"file": "cau-phao.pdf", "number": "415"},
    ),
    letter(
        "l2",
        "Chỉ thị số 08/CT-UBND về phòng, chống cháy rừng",
        "Hạt Kiểm lâm trực canh lửa ở các bến sông. Sở Xây dựng Bến Tre phối hợp.",
        numbers=(Number("08", "chỉ thị", 2022, "CT-UBND"),),
        cited=(Number("77", "nghị định", 2019, "NĐ-CP"), Number("1102", "quyết định", 2020, "QĐ-TTg")),
        agencies=("Hạt Kiểm lâm", "Sở Xây dựng Bến Tre"),
        doc_type="chỉ thị",
        direction="đến",
        state="unreviewed",
        issued_on=date(2022, 2, 14),
    ),
    letter(
        "l3",
        "Công văn số 7/PGD-TH về dạy bơi",
        "Các trường tiểu học tổ chức dạy bơi trong hè.",
        numbers=(Number("7", "công văn", 2022, "PGD-TH"),),
        agencies=("Phòng Giáo dục và Đào tạo",),
        doc_type="công văn",
        direction="đi",
        state="reviewed",
        issued_on=date(2022, 5, 20),
    ),
)


def task(id: str, text: str, state: str, due: str | None, agency: str, letter_id: str = "l1") -> Document:
    """A task of the invented corpus."""
    return Document(
        "tasks",
        id,
        1,
        letter_id,
        text,
        state=state,
        due_on=day(due) if due else None,
        issued_on=date(2021, 5, 3),
        agencies=(agency,),
    )


TASKS = (
    task("t1", "Kiểm tra cầu phao", "open", "2021-06-04", "Ủy ban nhân dân huyện Mỏ Cày"),
    task("t2", "Báo cáo kết quả kiểm tra", "open", "2021-06-20", "Ủy ban nhân dân huyện Mỏ Cày"),
    task("t3", "Cắm biển báo ở bến", "open", None, "Sở Xây dựng"),
    task("t4", "Lập dự toán", "done", "2021-05-20", "Sở Xây dựng"),
    task("t5", "Trực canh lửa", "done-late", "2021-05-10", "Hạt Kiểm lâm", "l2"),
)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A fresh register."""
    office = Office(tmp_path)
    yield office
    office.database.close()


@pytest.fixture(scope="module", params=ENGINES)
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine with the invented letters and tasks, only to be read."""
    with engines(request.param, tmp_path_factory.mktemp("index"), request) as make:
        engine = make()
        put(engine, *CORPUS, *TASKS)
        yield engine
