"""Writing to Elasticsearch in bulk: several requests at once, with back-off while the server is busy."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from elasticsearch import helpers

from search.analysis import Analysis
from search.elastic_answers import MAPPING, PASSING, RETRIED, bulk_reason, error_kind
from search.elastic_schema import source
from search.elastic_server import Server
from search.shared import away, tidied
from search.types import Applied, Delete, Kind, Rejected, Upsert

Change = Upsert | Delete
Index = Callable[[Kind], str]

AT_ONCE = 4
"""Requests on their way together: while the server works on some, others are made and sent."""


@dataclass(frozen=True, slots=True)
class Bulk:
    """How changes are sent: documents and bytes of one request at most, and how often a busy server is asked again.

    No more than `AT_ONCE` requests are held in memory, however many the
    changes. They may overtake each other: of two changes of one document the one with the
    higher version stays, whichever comes first.
    """

    server: Server
    analysis: Analysis
    documents: int
    bytes: int
    retries: int

    def write(self, changes: Iterable[Change], index: Index, *, aliased: bool = False) -> Applied:
        """Send the changes to `index(kind)`; `aliased` where that must be an alias. Raises `Unavailable`.

        Writing is idempotent: after an error the same changes may be sent again.
        """
        parts = _parts(iter(changes), self.documents)
        first = next(parts, None)
        second = next(parts, None)
        if first is None:
            return Applied()
        if second is None:
            return self._send(first, index, aliased=aliased)
        done: list[Applied] = []
        with ThreadPoolExecutor(AT_ONCE, "bulk") as pool:
            waiting: deque[Future[Applied]] = deque()
            for part in chain((first, second), parts):
                if len(waiting) == AT_ONCE:
                    done = [_sum((*done, waiting.popleft().result()))]
                waiting.append(pool.submit(self._send, part, index, aliased=aliased))
            return _sum((*done, *(each.result() for each in waiting)))

    def _send(self, changes: Sequence[Change], index: Index, *, aliased: bool) -> Applied:
        written = stale = 0
        rejected: list[Rejected] = []
        versions = {(change.kind, change.id): change.version for change in changes}
        for done, outcome in helpers.streaming_bulk(
            self.server.client,
            self._actions(changes, index, rejected),
            chunk_size=self.documents,
            max_chunk_bytes=self.bytes,
            raise_on_error=False,
            raise_on_exception=True,
            max_retries=self.retries,
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
                self.server.forget()  # perhaps somebody removed the index: the next call makes it again
                raise away(self.server.title, bulk_reason(result))
            else:
                kind, id_ = self.server.kind_of(result["_index"]), result["_id"]
                if error_kind(result) in MAPPING:
                    self.server.check_mapping(result["_index"], bulk_reason(result))
                rejected.append(Rejected(kind, id_, versions[kind, id_], bulk_reason(result)))
        return Applied(written, stale, tuple(rejected))

    def _actions(
        self, changes: Sequence[Change], index: Index, rejected: list[Rejected]
    ) -> Iterator[dict[str, Any]]:
        """The changes as the client takes them; a document that can never be indexed is rejected at once."""
        for change in changes:
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
                body = source(tidied(change.document), self.analysis)
            except ValueError as error:
                rejected.append(Rejected(change.kind, change.id, change.version, str(error)))
                continue
            yield {**action, "_op_type": "index", "_source": body}


def _parts(changes: Iterator[Change], size: int) -> Iterator[list[Change]]:
    while part := list(islice(changes, size)):
        yield part


def _sum(parts: Iterable[Applied]) -> Applied:
    every = tuple(parts)
    return Applied(
        sum(part.written for part in every),
        sum(part.stale for part in every),
        tuple(rejected for part in every for rejected in part.rejected),
    )
