"""All hits of a question, however many: page after page from one moment in time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from search.engine import Engine
from search.shared import MAX_SIZE
from search.types import Hit, Query


def every(engine: Engine, query: Query, *, most: int | None = None) -> Iterator[Hit]:
    """The hits in their order, each once, whatever is written meanwhile; at most `most` of them.

    Raises what `Engine.search` raises.
    """
    left = most
    asked = replace(query, size=MAX_SIZE, facets=False, cursor=None, steady=True)
    while left is None or left > 0:
        results = engine.search(asked)
        hits = results.hits if left is None else results.hits[:left]
        yield from hits
        if results.cursor is None:
            return
        left = None if left is None else left - len(hits)
        asked = asked.following(results.cursor)
