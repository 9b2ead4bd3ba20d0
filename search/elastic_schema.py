"""Mappings of the Elasticsearch indices and the stored form of a document there.

Texts arrive analysed (see `search.analysis`): the `standard` tokenizer only
cuts the streams at their spaces. The mapping is strict: a field that is not
named here is refused.
"""

from __future__ import annotations

from typing import Any

from search.analysis import ANALYSIS_VERSION, Analysis
from search.fts import COLUMNS
from search.shared import LAST_DAY, NO_DAY, iso, payload
from search.types import Document

_SCORED = ("title_folded", "body_folded")
TITLE_KEY = 300
"""So many characters of the title are kept whole, for suggestions."""


def mappings() -> dict[str, Any]:
    """The mapping of every kind's index."""
    # Only the folded title and body are scored; the other streams need no lengths.
    streams = {
        column: {"type": "text", "analyzer": "streams", "norms": column in _SCORED} for column in COLUMNS
    }
    keywords = ("doc_id", "letter_id", "title_key", "agencies", "doc_type", "direction", "state")
    keys = ("year", "newest_key", "due_key")
    days = ("issued_on", "due_on")
    return {
        "dynamic": "strict",
        "_meta": {"analysis": ANALYSIS_VERSION},
        # What is shown lies in `payload`; the streams are searched, never read back.
        "_source": {"includes": ["payload", "letter_id"]},
        "properties": {
            **streams,
            # ISO days as keywords sort as dates do, and alike on both engines; spans of days are sought among dates.
            **{name: {"type": "keyword"} for name in (*keywords, *keys)},
            **{name: {"type": "date", "format": "strict_date"} for name in days},
            "payload": {"type": "object", "enabled": False},
        },
    }


def settings(shards: int, replicas: int | str, refresh: str) -> dict[str, Any]:
    """Settings of an index. Deletes are remembered for an hour, so that a late older write stays out.

    `replicas` is a number, or a range such as "0-1": as many as there are nodes for.
    """
    ranged = isinstance(replicas, str) and not replicas.isdigit()
    return {
        "index": {
            "number_of_shards": shards,
            **({"auto_expand_replicas": replicas} if ranged else {"number_of_replicas": int(replicas)}),
            "refresh_interval": refresh,
            "gc_deletes": "1h",
        },
        "analysis": {
            "analyzer": {"streams": {"type": "custom", "tokenizer": "standard", "filter": ["lowercase"]}}
        },
    }


def source(document: Document, analysis: Analysis) -> dict[str, Any]:
    """The body of a tidy document."""
    streams = analysis.streams(document)
    return {
        **{column: getattr(streams, column) for column in COLUMNS},
        "doc_id": document.id,
        "letter_id": document.letter_id,
        "title_key": document.title[:TITLE_KEY],
        "agencies": list(document.agencies),
        "doc_type": document.doc_type,
        "direction": document.direction,
        "state": document.state,
        "issued_on": iso(document.issued_on),
        "due_on": iso(document.due_on),
        "year": str(document.issued_on.year) if document.issued_on else None,
        "newest_key": iso(document.issued_on) or NO_DAY,
        "due_key": iso(document.due_on) or LAST_DAY,
        "payload": payload(document),
    }
