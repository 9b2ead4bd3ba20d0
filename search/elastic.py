"""The Elasticsearch engine (server 8.19): one index per kind behind an alias."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

from elasticsearch import ApiError, Elasticsearch, NotFoundError, TransportError, helpers

from ingest.errors import DondocError
from search.analysis import ANALYSIS_VERSION, Analysis
from search.elastic_answers import (
    PASSING,
    RETRIED,
    bulk_reason,
    error_kind,
    facets_of,
    failure,
    reason_of,
    shown_address,
)
from search.elastic_query import node_query, request
from search.elastic_schema import mappings, settings, source
from search.planner import plan_of, suggest_plan
from search.shared import away, hit, read_cursor, size_of, sort_of, tidied, write_cursor
from search.types import (
    KINDS,
    Applied,
    Change,
    Delete,
    Document,
    Kind,
    Purge,
    Query,
    Rejected,
    Results,
    Status,
    Suggestion,
    Upsert,
)

_PAGE = 5000


class ElasticEngine:
    """The index on an Elasticsearch server or cluster at `url`.

    Indices are named `PREFIX-KIND-NUMBER` behind the alias `PREFIX-KIND` and
    made when they are not there. `shards` and `replicas` (of each index),
    `refresh` (how soon a write is seen), `bulk` (documents of one request) and
    `timeout` (seconds of one request) suit one server; a cluster sets them.
    """

    name = "elasticsearch"

    def __init__(
        self,
        url: str,
        *,
        prefix: str = "dondoc",
        analysis: Analysis | None = None,
        shards: int = 1,
        replicas: int = 0,
        refresh: str = "1s",
        bulk: int = 500,
        timeout: float = 30.0,
        retries: int = 4,
    ) -> None:
        self._client = Elasticsearch(url, request_timeout=timeout, max_retries=1, retry_on_timeout=False)
        self._url, self._prefix = shown_address(url), prefix
        self._analysis = analysis or Analysis()
        self._shards, self._replicas, self._refresh = shards, replicas, refresh
        self._bulk, self._retries = bulk, retries
        self._ready = False

    # -- indices ---------------------------------------------------------------------------------

    def _alias(self, kind: Kind) -> str:
        return f"{self._prefix}-{kind}"

    @contextmanager
    def _server(self) -> Iterator[None]:
        """Errors of the client as ours; makes the indices first."""
        try:
            if not self._ready:
                self._ensure()
            yield
        except TransportError as error:
            raise away(f"Elasticsearch {self._url}", error.message) from error
        except NotFoundError as error:
            self._ready = False  # somebody removed the index: the next call makes it again
            raise away(f"Elasticsearch {self._url}", reason_of(error)) from error
        except ApiError as error:
            raise failure(self._url, error) from error

    def _ensure(self) -> None:
        for kind in KINDS:
            if not self._client.indices.exists_alias(name=self._alias(kind)):
                name = self._create(kind, self._next_number(kind), self._refresh)
                self._client.indices.update_aliases(
                    actions=[{"add": {"index": name, "alias": self._alias(kind), "is_write_index": True}}]
                )
        self._ready = True

    def _create(self, kind: Kind, number: int, refresh: str) -> str:
        name = f"{self._alias(kind)}-{number:06}"
        try:
            self._client.indices.create(
                index=name, mappings=mappings(), settings=settings(self._shards, self._replicas, refresh)
            )
        except ApiError as error:
            if "resource_already_exists_exception" not in reason_of(error):
                raise
        return name

    def _next_number(self, kind: Kind) -> int:
        found = self._client.indices.get(index=f"{self._alias(kind)}-*", expand_wildcards="all")
        numbers = [int(tail) for name in found if (tail := name.rsplit("-", 1)[-1]).isdigit()]
        return max(numbers, default=0) + 1

    def _behind(self, kind: Kind) -> list[str]:
        try:
            return sorted(self._client.indices.get_alias(name=self._alias(kind)))
        except NotFoundError:
            return []

    # -- writing ---------------------------------------------------------------------------------

    def apply(self, changes: Sequence[Change]) -> Applied:
        """See `search.engine.Engine.apply`; sent in bulk, with back-off while the server is busy."""
        written = stale = 0
        rejected: list[Rejected] = []
        with self._server():
            # A purge looks for what is there, so what stands before it must be written by then.
            for run in _runs(changes):
                if isinstance(run, Purge):
                    self._purge(run)
                    written += 1
                    continue
                outcome = self._write(run, self._alias, aliased=True)
                written += outcome.written
                stale += outcome.stale
                rejected += outcome.rejected
        return Applied(written, stale, tuple(rejected))

    def _write(
        self, changes: Iterable[Upsert | Delete], index: Callable[[Kind], str], *, aliased: bool = False
    ) -> Applied:
        written = stale = 0
        rejected: list[Rejected] = []
        sent: dict[tuple[Kind, str], int] = {}

        def actions() -> Iterator[dict[str, Any]]:
            for change in changes:
                sent[change.kind, change.id] = change.version
                action: dict[str, Any] = {
                    "_index": index(change.kind),
                    "_id": change.id,
                    "version": change.version,
                    "version_type": "external_gte",
                }
                if isinstance(change, Delete):
                    yield {**action, "_op_type": "delete"}
                    continue
                try:
                    yield {
                        **action,
                        "_op_type": "index",
                        "_source": source(tidied(change.document), self._analysis),
                    }
                except ValueError as error:
                    rejected.append(Rejected(change.kind, change.id, change.version, str(error)))

        for done, outcome in helpers.streaming_bulk(
            self._client,
            actions(),
            chunk_size=self._bulk,
            max_chunk_bytes=20 * 1024 * 1024,
            raise_on_error=False,
            raise_on_exception=True,
            max_retries=self._retries,
            initial_backoff=0.2,
            max_backoff=10,
            retry_on_status=RETRIED,
            # Else the server would make an index by itself, with a mapping of its own guess.
            require_alias=aliased,
        ):
            (result,) = outcome.values()
            status = result.get("status")
            if done or result.get("result") == "not_found":  # a delete of what is not there is done
                written += 1
            elif status == 409:
                stale += 1
            elif status in RETRIED or error_kind(result) in PASSING:
                self._ready = False  # perhaps somebody removed the index: the next call makes it again
                raise away(f"Elasticsearch {self._url}", bulk_reason(result))
            else:
                kind, id_ = self._kind_of(result["_index"]), result["_id"]
                rejected.append(Rejected(kind, id_, sent[kind, id_], bulk_reason(result)))
        return Applied(written, stale, tuple(rejected))

    def _kind_of(self, index: str) -> Kind:
        rest = index.removeprefix(self._prefix + "-")
        return next(kind for kind in KINDS if rest.startswith(kind))

    def _purge(self, change: Purge) -> None:
        alias = self._alias(change.kind)
        self._client.indices.refresh(index=alias)
        old = [
            Delete(change.kind, one["_id"], one["_version"])
            for one in self._scan(alias, {"term": {"letter_id": change.letter_id}})
            if one["_version"] < change.version
        ]
        if old:
            self._write(old, self._alias, aliased=True)

    def refresh(self) -> None:
        """See `search.engine.Engine.refresh`."""
        with self._server():
            self._client.indices.refresh(index=",".join(map(self._alias, KINDS)))

    # -- reading ---------------------------------------------------------------------------------

    def search(self, query: Query) -> Results:
        """See `search.engine.Engine.search`."""
        started = time.perf_counter()
        plan = plan_of(query, self._analysis)
        sort = sort_of(query, scored=plan.must is not None)
        after = read_cursor(query, (float, str, str) if sort == "relevance" else (str, str))
        if plan.empty:
            return Results(0, (), (), None, self.name, _since(started), plan.notes)
        with self._server():
            # One copy of the shards answers all pages of a question, so that scores stay comparable.
            response = self._client.search(
                index=self._alias(query.kind), preference="dondoc", **request(query, plan, sort, after)
            )
        size = size_of(query)
        found = response["hits"]["hits"]
        hits = tuple(
            hit(
                query,
                one["_id"],
                one["_source"]["letter_id"],
                (one["_score"] or 0.0) if plan.must is not None else 0.0,
                one["_source"]["payload"],
                plan.patterns,
            )
            for one in found[:size]
        )
        cursor = write_cursor(query, found[size - 1]["sort"]) if len(found) > size > 0 else None
        facets = facets_of(response["aggregations"]) if query.facets else ()
        total = response["hits"]["total"]["value"]
        return Results(total, hits, facets, cursor, self.name, _since(started), plan.notes)

    def suggest(self, text: str, *, kind: Kind = "letters", limit: int = 8) -> tuple[Suggestion, ...]:
        """See `search.engine.Engine.suggest`."""
        node = suggest_plan(text)
        if node is None or limit < 1:
            return ()
        order = [{"_count": "desc"}, {"_key": "asc"}]
        first = {"top_hits": {"size": 1, "sort": [{"doc_id": "asc"}], "_source": False}}
        with self._server():
            response = self._client.search(
                index=self._alias(kind),
                size=0,
                query={"bool": {"filter": [node_query(node)]}},
                aggs={
                    "titles": {
                        "terms": {"field": "title_key", "size": limit, "order": order},
                        "aggs": {"first": first},
                    }
                },
            )
        return tuple(
            Suggestion(bucket["key"], kind, bucket["first"]["hits"]["hits"][0]["_id"], bucket["doc_count"])
            for bucket in response["aggregations"]["titles"]["buckets"]
        )

    def ids(self, kind: Kind) -> Iterator[tuple[str, int]]:
        """See `search.engine.Engine.ids`; a consistent picture of the moment of the call."""
        with self._server():
            self._client.indices.refresh(index=self._alias(kind))
            for one in self._scan(self._alias(kind), {"match_all": {}}):
                yield one["_id"], one["_version"]

    def _scan(self, index: str, query: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """All hits of a query without their sources, from one point in time."""
        moment = self._client.open_point_in_time(index=index, keep_alive="2m")["id"]
        try:
            after: list[Any] | None = None
            while True:
                response = self._client.search(
                    pit={"id": moment, "keep_alive": "2m"},
                    query=query,
                    size=_PAGE,
                    sort=[{"_shard_doc": "asc"}],
                    search_after=after,
                    source=False,
                    version=True,
                    track_total_hits=False,
                )
                found = response["hits"]["hits"]
                yield from found
                if len(found) < _PAGE:
                    return
                after = found[-1]["sort"]
                moment = response.get("pit_id", moment)
        finally:
            self._client.close_point_in_time(id=moment)

    # -- care ------------------------------------------------------------------------------------

    def rebuild(self, documents: Iterable[Document]) -> Status:
        """See `search.engine.Engine.rebuild`: new indices, then the aliases move over in one step.

        What is written meanwhile goes to the old indices: reconcile afterwards.
        """
        with self._server():
            old = {kind: self._behind(kind) for kind in KINDS}
            fresh = {kind: self._create(kind, self._next_number(kind), "-1") for kind in KINDS}
            try:
                iterator = iter(documents)
                while batch := list(islice(iterator, self._bulk)):
                    self._write([Upsert(document) for document in batch], fresh.__getitem__)
            except BaseException:
                self._client.indices.delete(index=",".join(fresh.values()), ignore_unavailable=True)
                raise
            names = ",".join(fresh.values())
            self._client.indices.put_settings(
                index=names, settings={"index": {"refresh_interval": self._refresh}}
            )
            self._client.indices.refresh(index=names)
            actions: list[dict[str, Any]] = []
            for kind in KINDS:
                alias = self._alias(kind)
                actions.append({"add": {"index": fresh[kind], "alias": alias, "is_write_index": True}})
                actions += [{"remove_index": {"index": name}} for name in old[kind]]
            self._client.indices.update_aliases(actions=actions)
        return self.status()

    def status(self) -> Status:
        """See `search.engine.Engine.status`."""
        try:
            with self._server():
                health = self._client.cluster.health(timeout="1s")
                counts: dict[Kind, int] = {
                    kind: self._client.count(index=self._alias(kind))["count"] for kind in KINDS
                }
                every = ",".join(map(self._alias, KINDS))
                stats = self._client.indices.stats(index=every, metric="store")
                built = self._client.indices.get_mapping(index=every)
        except DondocError as error:
            return Status(self.name, False, dict.fromkeys(KINDS, 0), None, "", False, str(error))
        versions = {one["mappings"].get("_meta", {}).get("analysis") for one in built.values()}
        return Status(
            self.name,
            True,
            counts,
            stats["_all"]["primaries"]["store"]["size_in_bytes"],
            ", ".join(sorted(built)),
            versions != {ANALYSIS_VERSION},
            f"{health['status']}, {health['number_of_nodes']} node",
        )

    def close(self) -> None:
        """Close the connections."""
        self._client.close()


def _runs(changes: Sequence[Change]) -> Iterator[list[Upsert | Delete] | Purge]:
    """Changes cut at purges."""
    run: list[Upsert | Delete] = []
    for change in changes:
        if isinstance(change, Purge):
            if run:
                yield run
                run = []
            yield change
        else:
            run.append(change)
    if run:
        yield run


def _since(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 2)
