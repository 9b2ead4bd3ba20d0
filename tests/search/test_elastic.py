"""What only a server can do: strict mappings, refusals, blocks, aliases, removed indices."""

from __future__ import annotations

import base64
import json
import uuid
from collections.abc import Iterator
from contextlib import closing

import pytest
from elasticsearch import BadRequestError, Elasticsearch

from ingest.errors import Unavailable
from search.elastic import ElasticEngine
from search.types import Delete, Query, Upsert

from .conftest import ANALYSIS, CORPUS, letter, put


@pytest.fixture
def client(elasticsearch_url: str) -> Iterator[Elasticsearch]:
    with closing(Elasticsearch(elasticsearch_url)) as client:
        yield client


@pytest.fixture
def prefix(client: Elasticsearch) -> Iterator[str]:
    name = f"test-{uuid.uuid4().hex[:12]}"
    yield name
    if found := ",".join(client.indices.get(index=f"{name}-*")):
        client.indices.delete(index=found)


@pytest.fixture
def server(elasticsearch_url: str, prefix: str) -> Iterator[ElasticEngine]:
    with closing(
        ElasticEngine(elasticsearch_url, prefix=prefix, analysis=ANALYSIS, bulk=3, retries=0)
    ) as engine:
        yield engine


def test_mappings_are_strict_and_indices_stand_behind_aliases(
    server: ElasticEngine, client: Elasticsearch, prefix: str
) -> None:
    put(server, *CORPUS)
    assert set(client.indices.get_alias(name=f"{prefix}-letters")) == {f"{prefix}-letters-000001"}
    with pytest.raises(BadRequestError, match="strict_dynamic_mapping"):
        client.index(index=f"{prefix}-letters", document={"unknown": 1})


def test_a_bulk_of_many_requests_loses_nothing(server: ElasticEngine) -> None:
    put(server, *(letter(f"n{number}", f"thư {number}") for number in range(20)))  # seven requests of three
    assert server.status().documents["letters"] == 20


def test_what_the_server_refuses_is_reported_with_its_reason(server: ElasticEngine) -> None:
    endless = "x" * 40_000  # longer than a term may be
    applied = server.apply(
        [Upsert(letter("good", "x")), Upsert(letter("bad", "x", doc_type=endless, version=7))]
    )
    assert applied.written == 1
    (rejected,) = applied.rejected
    assert (rejected.kind, rejected.id, rejected.version) == ("letters", "bad", 7)
    assert "doc_type" in rejected.reason
    server.refresh()
    assert server.search(Query("x")).total == 1


@pytest.mark.parametrize(("replicas", "key", "value"), [("0-1", "auto_expand_replicas", "0-1"), ("2", "number_of_replicas", "2"), (0, "number_of_replicas", "0")])  # fmt: skip
def test_shards_replicas_and_refresh_are_settings(
    elasticsearch_url: str, client: Elasticsearch, prefix: str, replicas: int | str, key: str, value: str
) -> None:
    with closing(
        ElasticEngine(
            elasticsearch_url, prefix=prefix, analysis=ANALYSIS, shards=3, replicas=replicas, refresh="7s"
        )
    ) as engine:
        put(engine, *CORPUS)
        engine.rebuild(CORPUS)
        assert [hit.id for hit in engine.search(Query("bến", sort="newest")).hits] == ["l2", "l1"]
    (settings,) = client.indices.get_settings(index=f"{prefix}-letters").values()
    index = settings["settings"]["index"]
    assert (index["number_of_shards"], index["refresh_interval"], index[key]) == ("3", "7s", value)


def test_a_moment_that_the_server_no_longer_has_is_followed_by_the_present(
    server: ElasticEngine, client: Elasticsearch
) -> None:
    put(server, *(letter(f"n{number:02}", f"thư {number}") for number in range(9)))
    query = Query("", size=3, facets=False)
    second = server.search(query.following(server.search(query).cursor or ""))
    client.transport.perform_request(
        "DELETE",
        "/_pit",
        headers={"accept": JSON, "content-type": JSON},
        body={"id": moment_of(second.cursor)},
    )
    third = server.search(query.following(second.cursor or ""))
    assert [hit.id for hit in third.hits] == ["n06", "n07", "n08"]


JSON = "application/vnd.elasticsearch+json;compatible-with=8"


def moment_of(cursor: str | None) -> str:
    assert cursor is not None
    return str(json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))[1])


def test_an_index_that_takes_no_writes_is_unavailable_and_not_poison(
    server: ElasticEngine, client: Elasticsearch, prefix: str
) -> None:
    put(server, *CORPUS)
    block = "index.blocks.read_only_allow_delete"  # what the server sets itself when the disk is full
    client.indices.put_settings(index=f"{prefix}-letters", settings={block: True})
    with pytest.raises(Unavailable):
        server.apply([Upsert(letter("new", "x"))])
    assert server.search(Query("cầu phao")).total == 1
    client.indices.put_settings(index=f"{prefix}-letters", settings={block: None})
    put(server, letter("new", "x"))


def test_an_index_that_was_removed_is_made_again(
    server: ElasticEngine, client: Elasticsearch, prefix: str
) -> None:
    put(server, *CORPUS)
    client.indices.delete(index=f"{prefix}-letters-000001")
    with pytest.raises(Unavailable):
        server.search(Query("x"))
    assert server.search(Query("x")).total == 0
    client.indices.delete(index=f"{prefix}-letters-000001")
    with pytest.raises(Unavailable):
        server.apply([Upsert(letter("a", "x"))])
    put(server, letter("a", "x"))


def test_a_killed_rebuild_leaves_nothing_that_disturbs_the_next(
    server: ElasticEngine, client: Elasticsearch, prefix: str
) -> None:
    put(server, *CORPUS)
    client.indices.create(index=f"{prefix}-letters-000002")  # half built by a process that was killed
    assert server.rebuild(CORPUS).documents["letters"] == 3
    assert server.search(Query("cầu phao")).total == 1


def test_deletes_go_by_id(server: ElasticEngine) -> None:
    put(server, *CORPUS)
    server.apply([Delete("letters", "l1", 2), Delete("letters", "l2", 2)])
    server.refresh()
    assert dict(server.ids("letters")) == {"l3": 1}


def test_no_server_and_a_wrong_address_say_so(elasticsearch_url: str) -> None:
    with closing(ElasticEngine(elasticsearch_url + "/nowhere", retries=0)) as engine:
        assert not engine.status().available
        with pytest.raises(Unavailable) as caught:
            engine.search(Query("x"))
    assert "nowhere" in str(caught.value)


def test_a_message_never_shows_the_password_of_the_server() -> None:
    with closing(ElasticEngine("http://an:mat-khau@127.0.0.1:9?x=mat-khau", retries=0)) as engine:
        with pytest.raises(Unavailable) as caught:
            engine.search(Query("chợ"))
        told = f"{caught.value} {caught.value.message_en} {engine.status().detail}"
    assert "127.0.0.1:9" in told
    assert "mat-khau" not in told
