"""What goes wrong on a real server: away, back, full, of another version, made by somebody else. Nothing is lost."""

from __future__ import annotations

import json
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from elasticsearch import Elasticsearch

from ingest.errors import Unavailable
from register import outbox
from search.elastic import ElasticEngine
from search.relay import Reconciled, rebuild, reconcile, relay_all, relay_once
from search.types import Query
from tests.fixtures_elasticsearch import OwnServer

from .conftest import ANALYSIS, all_ids
from .office import AT, Office, find, relay, task


@pytest.fixture
def prefix() -> str:
    return f"test-{uuid.uuid4().hex[:12]}"


@contextmanager
def engine_on(url: str, prefix: str) -> Iterator[ElasticEngine]:
    with closing(ElasticEngine(url, prefix=prefix, analysis=ANALYSIS, retries=0, timeout=10)) as engine:
        yield engine


def fill(office: Office, first: int, last: int) -> None:
    for number in range(first, last + 1):
        office.add(f"{number}.pdf", task("Quét dọn", "Phường Mận", "Phường Đào"), number=str(number))


def counted(office: Office) -> dict[str, int]:
    """What the register says the index should hold."""
    from search.documents import versions
    from search.types import KINDS

    with office.database.reading() as s:
        return {kind: sum(1 for _ in versions(s, kind)) for kind in KINDS}


def held(engine: ElasticEngine) -> dict[str, int]:
    engine.refresh()
    return {kind: len(ids) for kind, ids in all_ids(engine).items()}


def until(holds: Callable[[], bool], seconds: float = 90) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.2)


def test_down_at_start_in_the_middle_and_back_later(
    own_elasticsearch: OwnServer, office: Office, prefix: str
) -> None:
    own_elasticsearch.stop()
    fill(office, 1, 3)  # letters come in although the server is not there
    with engine_on(own_elasticsearch.url, prefix) as engine:
        for _ in range(3):
            with pytest.raises(Unavailable) as caught:
                relay_once(office.database, engine, at=AT)
            assert caught.value.retry
        assert not engine.status().available
        assert office.lag().waiting == 9
        own_elasticsearch.start()
        relay(office, engine)
        assert held(engine) == counted(office) == {"letters": 3, "tasks": 6, "references": 6}

        fill(office, 4, 6)
        relay_once(office.database, engine, at=AT, limit=2)  # some are in, some are not
        own_elasticsearch.stop()
        fill(office, 7, 8)
        with pytest.raises(Unavailable):
            relay_all(office.database, engine, at=AT)
        with pytest.raises(Unavailable):
            engine.search(Query("chợ"))
        with pytest.raises(Unavailable):
            reconcile(office.database, engine)
        with pytest.raises(Unavailable):
            rebuild(office.database, engine)
        assert office.lag().waiting == 13
        assert office.lag().poison == 0

        own_elasticsearch.start()
        relay(office, engine)
        assert office.lag().waiting == 0
        assert held(engine) == counted(office) == {"letters": 8, "tasks": 16, "references": 16}
        assert reconcile(office.database, engine) == Reconciled()


def test_a_full_disk_makes_the_index_read_only_and_it_catches_up_when_there_is_room(
    own_elasticsearch: OwnServer, office: Office, prefix: str
) -> None:
    marks = ("low", "high", "flood_stage")
    settings = [f"cluster.routing.allocation.disk.watermark.{mark}" for mark in marks]
    with (
        closing(Elasticsearch(own_elasticsearch.url)) as client,
        engine_on(own_elasticsearch.url, prefix) as engine,
    ):
        fill(office, 1, 2)
        relay(office, engine)
        client.cluster.put_settings(persistent=dict.fromkeys(settings, "900tb"))  # no disk has so much room
        blocked = "index.blocks.read_only_allow_delete"
        until(
            lambda: all(
                one["settings"].get(blocked) == "true"
                for one in client.indices.get_settings(index=f"{prefix}-*", flat_settings=True).values()
            )
        )
        fill(office, 3, 4)
        with pytest.raises(Unavailable) as caught:
            relay_all(office.database, engine, at=AT)
        assert "watermark" in str(caught.value)
        assert (office.lag().waiting, office.lag().poison) == (6, 0)
        assert len(find(engine, "phòng cháy")) == 2  # what is in is still found
        client.cluster.put_settings(persistent=dict.fromkeys(settings))
        until(lambda: _moves(office, engine))
        relay(office, engine)
        assert held(engine) == counted(office) == {"letters": 4, "tasks": 8, "references": 8}
        assert reconcile(office.database, engine) == Reconciled()


def _moves(office: Office, engine: ElasticEngine) -> bool:
    try:
        return relay_once(office.database, engine, at=AT) >= 0
    except Unavailable:
        return False


def test_an_index_of_another_form_is_not_the_documents_fault(
    elasticsearch_url: str, office: Office, prefix: str
) -> None:
    """Made by hand, or by an older version: said clearly, everything waits, a rebuild mends it."""
    fill(office, 1, 2)
    name = f"{prefix}-letters-000001"
    with closing(Elasticsearch(elasticsearch_url)) as client, engine_on(elasticsearch_url, prefix) as engine:
        client.indices.create(
            index=name, mappings={"dynamic": "strict", "properties": {"doc_type": {"type": "integer"}}}
        )
        client.indices.put_alias(index=name, name=f"{prefix}-letters")
        try:
            with pytest.raises(Unavailable, match="index rebuild") as caught:
                relay_all(office.database, engine, at=AT)
            assert caught.value.code == "index-mapping"
            assert engine.status().outdated
            assert (office.lag().waiting, office.lag().poison) == (6, 0)
            rebuild(office.database, engine)
            relay(office, engine)
            assert held(engine) == counted(office)
            assert reconcile(office.database, engine) == Reconciled()
        finally:
            client.indices.delete(index=",".join(client.indices.get(index=f"{prefix}-*")))


class Foreign(BaseHTTPRequestHandler):
    """A server that answers as others do."""

    version: ClassVar[str] = "7.10.2"
    product: ClassVar[bool] = True
    status: ClassVar[int] = 200

    def do_GET(self) -> None:
        body = json.dumps({"nodes": {"a": {"version": self.version}}}).encode()
        self.send_response(self.status)
        self.send_header("Content-Type", "application/vnd.elasticsearch+json;compatible-with=8")
        self.send_header("Content-Length", str(len(body)))
        if self.product:
            self.send_header("X-Elastic-Product", "Elasticsearch")
        self.end_headers()
        self.wfile.write(body)

    do_HEAD = do_GET  # noqa: N815 - the name that http.server asks for

    def log_message(self, *_: object) -> None:
        """Quietly."""


@pytest.mark.parametrize(
    ("version", "product", "status"),
    [
        ("7.10.2", True, 200),
        ("8.11.0", True, 200),
        ("9.1.0", True, 200),
        ("8.19.8", False, 200),
        ("7.9.0", True, 406),
    ],
)
def test_a_server_of_another_version_or_kind_is_named(
    office: Office, version: str, product: bool, status: int
) -> None:
    handler = type("Handler", (Foreign,), {"version": version, "product": product, "status": status})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        fill(office, 1, 1)
        with engine_on(f"http://127.0.0.1:{server.server_address[1]}", "x") as engine:
            with pytest.raises(Unavailable, match=r"8\.19") as caught:
                relay_once(office.database, engine, at=AT)
            assert caught.value.code == "search-version"
            assert "8.19" in engine.status().detail
        server.shutdown()
    assert (office.lag().waiting, office.lag().poison) == (3, 0)


def test_a_document_over_which_the_program_fails_is_set_aside_and_the_others_go_on(
    office: Office, tmp_path: Path
) -> None:
    from search.analysis import Analysis
    from search.embedded import EmbeddedEngine

    def segment(text: str) -> list[str]:
        if "độc" in text:
            raise RuntimeError("a defect of the segmenter")
        return []

    fill(office, 1, 2)
    bad = office.add("doc.pdf", number="9", subject="chất độc")
    with closing(EmbeddedEngine(tmp_path / "index.sqlite", analysis=Analysis(segment=segment))) as engine:
        for _ in range(outbox.MAX_ATTEMPTS + 1):
            relay_once(office.database, engine, at=AT)
        assert (office.lag().waiting, office.lag().poison) == (0, 1)
        with office.database.reading() as s:
            ((entry, reason),) = outbox.poisoned(s)
        assert (entry.entity, entry.entity_id) == ("letter", bad)
        assert "a defect of the segmenter" in reason
        held_now = {kind: len(ids) for kind, ids in all_ids(engine).items()}
        assert held_now == {"letters": 2, "tasks": 4, "references": 4}
    with closing(EmbeddedEngine(tmp_path / "index.sqlite", analysis=ANALYSIS)) as mended:
        assert not reconcile(office.database, mended).rejected
        assert office.lag().poison == 0
        assert find(mended, "chất độc") == [str(bad)]


def test_a_defect_of_the_engine_sets_nothing_aside(office: Office) -> None:
    class Broken:
        def apply(self, _: object) -> None:
            raise TypeError("a defect of the engine")

    fill(office, 1, 2)
    for _ in range(outbox.MAX_ATTEMPTS + 1):
        with pytest.raises(TypeError):
            relay_once(office.database, Broken(), at=AT)  # type: ignore[arg-type]
    assert (office.lag().waiting, office.lag().poison) == (6, 0)
