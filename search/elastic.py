"""The Elasticsearch engine (server 8.19): one index per kind behind an alias."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any

from elasticsearch import ApiError, TransportError

from ingest.errors import DondocError
from search.analysis import ANALYSIS_VERSION, Analysis
from search.elastic_answers import answers_of, facets_of, total_of
from search.elastic_bulk import Bulk
from search.elastic_query import counts_request, hits_request, node_query
from search.elastic_server import KEEP, Server, Shape
from search.plan import Match, Plan
from search.planner import plan_of, suggest_plan
from search.shared import (
    fingerprint,
    hit,
    read_cursor,
    runs,
    size_of,
    sort_of,
    tidied,
    write_cursor,
)
from search.similar import alike, similar_plan
from search.types import (
    KINDS,
    Applied,
    Change,
    Delete,
    Document,
    Hit,
    Kind,
    Purge,
    Query,
    Rejected,
    Results,
    Status,
    Suggestion,
    Upsert,
)


class ElasticEngine:
    """The index on an Elasticsearch server or cluster at `url`.

    Indices are made when they are not there. `shards` and `replicas` (of each
    index; "0-1" means a copy where there is a second node), `refresh` (how
    soon a write is seen), `bulk` and `bulk_mb` (documents and megabytes of one
    request) and `timeout` (seconds of one request) suit one server and a small cluster.
    """

    name = "elasticsearch"

    def __init__(
        self,
        url: str,
        *,
        prefix: str = "dondoc",
        analysis: Analysis | None = None,
        shards: int = 1,
        replicas: int | str = "0-1",
        refresh: str = "1s",
        bulk: int = 500,
        bulk_mb: int = 20,
        timeout: float = 30.0,
        retries: int = 4,
    ) -> None:
        self._server = Server(url, prefix, Shape(shards, replicas, refresh), timeout=timeout)
        self._client = self._server.client
        self._analysis = analysis or Analysis()
        self._bulk = Bulk(self._server, self._analysis, bulk, bulk_mb * 1024**2, retries)

    # -- writing ---------------------------------------------------------------------------------

    def apply(self, changes: Sequence[Change]) -> Applied:
        """See `search.engine.Engine.apply`; sent in bulk, with back-off while the server is busy."""
        written = stale = 0
        rejected: list[Rejected] = []
        with self._server.errors():
            # A purge looks for what is there, so what stands before it must be written by then.
            for run in runs(changes):
                if isinstance(run, Purge):
                    self._purge(run)
                    written += 1
                    continue
                outcome = self._bulk.write(run, self._server.alias, aliased=True)
                written += outcome.written
                stale += outcome.stale
                rejected += outcome.rejected
        return Applied(written, stale, tuple(rejected))

    def _purge(self, change: Purge) -> None:
        alias = self._server.alias(change.kind)
        self._client.indices.refresh(index=alias)
        old = [
            Delete(change.kind, one["_id"], one["_version"])
            for one in self._server.scan(alias, {"term": {"letter_id": change.letter_id}})
            if one["_version"] < change.version
        ]
        if old:
            self._bulk.write(old, self._server.alias, aliased=True)

    def refresh(self) -> None:
        """See `search.engine.Engine.refresh`."""
        with self._server.errors():
            self._client.indices.refresh(index=self._server.aliases())

    # -- reading ---------------------------------------------------------------------------------

    def search(self, query: Query) -> Results:
        """See `search.engine.Engine.search`."""
        started = time.perf_counter()
        plan = plan_of(query, self._analysis)
        sort = sort_of(query, scored=plan.must is not None)
        moment, after = read_cursor(query, (float, str, str) if sort == "relevance" else (str, str))
        if plan.empty:
            return Results(0, (), (), None, self.name, _since(started), plan.notes)
        bodies = [hits_request(query, plan, sort, after)]
        if query.facets:
            bodies.append(counts_request(query, plan))
        size = size_of(query)
        with self._server.errors():
            answers = self._ask(query, bodies, moment)
            found, moment = answers[0]["hits"]["hits"], answers[0].get("pit_id")
            more = len(found) > size > 0
            if moment and not more:
                self._server.close_moment(moment)
        cursor = write_cursor(query, _keys(found[size - 1]["sort"], sort), moment) if more else None
        facets = facets_of(answers[-1]["aggregations"]) if query.facets else ()
        hits = _hits(query, plan, found[:size])
        return Results(total_of(answers[-1]), hits, facets, cursor, self.name, _since(started), plan.notes)

    def similar(self, document: Document, *, size: int = 8) -> tuple[Hit, ...]:
        """See `search.engine.Engine.similar`."""
        document = tidied(document)

        def frequencies(terms: Sequence[Match]) -> tuple[int, list[int]]:
            counted = self._client.search(
                index=self._server.alias(document.kind),
                size=0,
                track_total_hits=True,
                aggs={"held": {"filters": {"filters": [node_query(term) for term in terms]}}},
            )
            buckets = counted["aggregations"]["held"]["buckets"]
            return counted["hits"]["total"]["value"], [bucket["doc_count"] for bucket in buckets]

        with self._server.errors():
            found = similar_plan(document, self._analysis, frequencies)
            if found is None:
                return ()
            plan, whole = found
            query = Query(kind=document.kind, size=size + 1, facets=False)
            (answer,) = self._ask(query, [hits_request(query, plan, "relevance", None)], None)
        return alike(_hits(query, plan, answer["hits"]["hits"]), document, whole, size)

    def _ask(self, query: Query, bodies: list[dict[str, Any]], moment: str | None) -> list[Any]:
        """Ask the index as it is or, from the second page on, as it was at one moment.

        A moment that the server no longer has (nobody turned the page for a
        while, a restart) is followed by the present one, unless the whole
        answer must be of one moment (`Query.steady`).
        """
        alias = self._server.alias(query.kind)
        if query.cursor is None and not query.steady:
            # One copy of the shards answers equal questions, so that their scores are equal.
            return self._send({"index": alias, "preference": fingerprint(query)}, bodies)
        if moment is not None:
            try:
                return self._send({}, [{**body, "pit": {"id": moment, "keep_alive": KEEP}} for body in bodies])
            except ApiError as error:
                if query.steady or error.status_code not in (400, 404):
                    raise
        now = self._server.open_moment(alias)
        return self._send({}, [{**body, "pit": {"id": now, "keep_alive": KEEP}} for body in bodies])

    def _send(self, where: dict[str, Any], bodies: list[dict[str, Any]]) -> list[Any]:
        """The answers to searches that the server works on at the same time.

        Where no copy of a part of the index can be asked that is an error, not half an answer.
        """
        head = {**where, "allow_partial_search_results": False}
        if len(bodies) == 1:
            return [self._client.search(**head, body=bodies[0])]
        return answers_of(self._client.msearch(searches=[each for body in bodies for each in (head, body)]))

    def suggest(self, text: str, *, kind: Kind = "letters", limit: int = 8) -> tuple[Suggestion, ...]:
        """See `search.engine.Engine.suggest`."""
        node = suggest_plan(text)
        if node is None or limit < 1:
            return ()
        order = [{"_count": "desc"}, {"_key": "asc"}]
        first = {"top_hits": {"size": 1, "sort": [{"doc_id": "asc"}], "_source": False}}
        with self._server.errors():
            response = self._client.search(
                index=self._server.alias(kind),
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
        with self._server.errors():
            self._client.indices.refresh(index=self._server.alias(kind))
            for one in self._server.scan(self._server.alias(kind), {"match_all": {}}):
                yield one["_id"], one["_version"]

    # -- care ------------------------------------------------------------------------------------

    def rebuild(self, documents: Iterable[Document]) -> Status:
        """See `search.engine.Engine.rebuild`: new indices, then the aliases move over in one step.

        What is written meanwhile goes to the old indices: reconcile afterwards.
        """
        with self._server.errors():
            old = {kind: self._server.behind(kind) for kind in KINDS}
            fresh = {kind: self._server.create(kind, self._server.next_number(kind), "-1") for kind in KINDS}
            try:
                self._bulk.write(map(Upsert, documents), fresh.__getitem__)
            except BaseException:
                # What is left when the server has gone meanwhile disturbs nothing: the next one has a new number.
                with suppress(ApiError, TransportError):
                    self._client.indices.delete(index=",".join(fresh.values()), ignore_unavailable=True)
                raise
            self._server.swap(fresh, old)
        return self.status()

    def status(self) -> Status:
        """See `search.engine.Engine.status`."""
        try:
            with self._server.errors():
                health = self._client.cluster.health(timeout="1s")
                counts: dict[Kind, int] = {
                    kind: self._client.count(index=self._server.alias(kind))["count"] for kind in KINDS
                }
                every = self._server.aliases()
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


def _hits(query: Query, plan: Plan, found: Sequence[dict[str, Any]]) -> tuple[Hit, ...]:
    return tuple(
        hit(
            query,
            one["_id"],
            one["_source"]["letter_id"],
            (one["_score"] or 0.0) if plan.must is not None else 0.0,
            one["_source"].get("payload"),
            plan.patterns,
        )
        for one in found
    )


def _keys(values: Sequence[Any], sort: str) -> list[Any]:
    """The sort values that we asked for; a moment in time adds one of its own."""
    return list(values[: 3 if sort == "relevance" else 2])


def _since(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 2)
