"""One step of indexing in a process of its own: seconds, documents and the process's highest memory, as JSON.

    python -m bench.indexing elasticsearch URL PREFIX FILE
    python -m bench.indexing analysed URL PREFIX FILE ACTIONS
    python -m bench.indexing plain URL PREFIX ACTIONS
    python -m bench.indexing embedded INDEX.sqlite FILE

"plain" is the client's own `helpers.parallel_bulk` of documents that were
analysed before; "analysed" is our engine with the same, the others are our engines as the relay uses them. The
segmenter is loaded as in the program, though the texts come segmented, so that its memory is counted.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from bench.commands import Failed
from bench.feed import read_actions, read_analysed, read_documents
from bench.letters import analysis
from bench.memory import MB, high_water
from ingest.errors import Unavailable
from search.analysis import Analysis, Streams
from search.engine import Engine
from search.fts import COLUMNS
from search.types import Applied, Document, Upsert

APPLIED = 5000
"""Documents handed to an engine at once."""
_TRIES = 20
_TIMEOUT = 120
"""Seconds of one request, for both ways."""


def main(arguments: list[str]) -> int:
    """Run one step and print its figures."""
    modes: dict[str, Callable[..., dict[str, float]]] = {
        "elasticsearch": _elastic, "analysed": _analysed, "plain": _plain, "embedded": _embedded,
    }  # fmt: skip
    done = modes[arguments[0]](*arguments[1:])
    print(json.dumps(done | {"peak_mb": round(high_water() / MB)}))
    return 0


def _elastic(url: str, prefix: str, file: str) -> dict[str, float]:
    from search.elastic import ElasticEngine

    _load_segmenter()
    with closing(ElasticEngine(url, prefix=prefix, analysis=analysis(), timeout=_TIMEOUT)) as engine:
        return _timed(engine, read_documents(Path(file)))


def _analysed(url: str, prefix: str, file: str, actions: str) -> dict[str, float]:
    from search.elastic import ElasticEngine

    ready = _Ready()

    def documents() -> Iterator[Document]:
        for document, (kind, id_, _, body) in zip(read_documents(Path(file)), read_analysed(Path(actions)), strict=True):
            ready.known[kind, id_] = Streams(*(body[column] for column in COLUMNS))
            yield document

    with closing(ElasticEngine(url, prefix=prefix, analysis=ready, timeout=_TIMEOUT)) as engine:
        return _timed(engine, documents())


@dataclass(frozen=True, slots=True)
class _Ready(Analysis):
    """The analysis of documents that were analysed before."""

    known: dict[tuple[str, str], Streams] = field(default_factory=dict)

    def streams(self, document: Document) -> Streams:
        """What was worked out of the document before."""
        return self.known.pop((document.kind, document.id))


def _embedded(index: str, file: str) -> dict[str, float]:
    from search.embedded import EmbeddedEngine

    _load_segmenter()
    with closing(EmbeddedEngine(Path(index), analysis=analysis())) as engine:
        return _timed(engine, read_documents(Path(file)))


def _load_segmenter() -> None:
    from search.analysis import vietnamese_words

    vietnamese_words("Sở Y tế báo cáo kết quả thực hiện.")


def _timed(engine: Engine, documents: Iterable[Document]) -> dict[str, float]:
    engine.refresh()  # connect, make the indices
    started, cpu, written, source = time.perf_counter(), time.process_time(), 0, iter(documents)
    while batch := [Upsert(document) for document in islice(source, APPLIED)]:
        applied = _applied(engine, batch)
        if applied.written != len(batch):
            raise Failed(f"{engine.name}: {applied}")
        written += applied.written
    engine.refresh()
    return {"documents": written, "seconds": time.perf_counter() - started, "cpu_s": time.process_time() - cpu}


def _applied(engine: Engine, batch: list[Upsert]) -> Applied:
    """What became of a batch; what a server that is away did not take is sent again, as the relay does."""
    for _ in range(_TRIES):
        try:
            return engine.apply(batch)
        except Unavailable as error:
            print(f"{engine.name}: {error}", file=sys.stderr)
            time.sleep(1)
    return engine.apply(batch)


def _plain(url: str, prefix: str, file: str) -> dict[str, float]:
    from elasticsearch import Elasticsearch, helpers

    with closing(Elasticsearch(url, request_timeout=_TIMEOUT)) as client:
        started, cpu, written = time.perf_counter(), time.process_time(), 0
        for done, _ in helpers.parallel_bulk(client, read_actions(Path(file), prefix)):
            written += done
        client.indices.refresh(index=f"{prefix}-*")
        return {"documents": written, "seconds": time.perf_counter() - started, "cpu_s": time.process_time() - cpu}



if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
