"""What an Elasticsearch server answers: facets, reasons of refusals, errors as ours."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from elasticsearch import ApiError, NotFoundError

from ingest.errors import DondocError, Unavailable
from search.elastic_query import TOTAL
from search.shared import FACETS, away
from search.statuses import STATUSES
from search.types import Facet, FacetValue

RETRIED = (429, 502, 503, 504)
"""Status codes of a server that is busy: the same request may succeed later."""

PASSING = ("cluster_block_exception", "index_not_found_exception", "index_closed_exception")
"""Errors that are not the document's fault: a full disk makes an index read-only, somebody removed or closed it."""


MAPPING = (
    "strict_dynamic_mapping_exception",
    "document_parsing_exception",
    "mapper_parsing_exception",
    "illegal_argument_exception",
)
"""Errors of a document or of an index that was made by somebody else, or by an older version."""


def facets_of(aggregations: dict[str, Any]) -> tuple[Facet, ...]:
    """Facets from the aggregations of `search.elastic_query.counts_request`."""
    facets = []
    for name in FACETS:
        buckets = aggregations[name].get("values", aggregations[name])["buckets"]
        if isinstance(buckets, dict):
            # The server gives named buckets in order of the alphabet.
            counted = [(key, buckets[key]["doc_count"]) for key in STATUSES if key in buckets]
        else:
            counted = [(bucket["key"], bucket["doc_count"]) for bucket in buckets]
        facets.append(Facet(name, tuple(FacetValue(key, count) for key, count in counted if count)))
    return tuple(facets)


def total_of(answer: Any) -> int:
    """How many documents match, from an answer that counted them."""
    counted = answer.get("aggregations", {}).get(TOTAL)
    return int(counted["doc_count"] if counted else answer["hits"]["total"]["value"])


def answers_of(response: Any) -> list[Any]:
    """The answers to several searches sent together; raises the first error among them as the client would."""
    for answer in response["responses"]:
        if "error" in answer:
            kind = NotFoundError if answer["status"] == 404 else ApiError
            raise kind(str(answer["error"].get("type")), replace(response.meta, status=answer["status"]), answer)
    return list(response["responses"])


def reason_of(error: ApiError) -> str:
    """What the server says of a refused request."""
    return f"{error.status_code} {error.message}: {error.body}"[:500]


def bulk_reason(result: dict[str, Any]) -> str:
    """What the server says of one refused document of a bulk request."""
    error = result.get("error")
    if isinstance(error, dict):
        cause = error.get("caused_by") or {}
        return f"{error.get('type')}: {error.get('reason')} {cause.get('reason', '')}".strip()[:500]
    return str(error)[:500]


def error_kind(result: dict[str, Any]) -> str:
    """The type of error of one document of a bulk request; empty where there is none."""
    error = result.get("error")
    return str(error.get("type")) if isinstance(error, dict) else ""


def shown_address(url: str) -> str:
    """The server's address for messages, which anybody may read: without a user's name and password."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


def failure(url: str, error: ApiError) -> DondocError:
    """Our error for a refused request: a busy server may be tried again."""
    if (
        error.status_code in RETRIED
        or error.status_code == 408
        or "cluster_block_exception" in reason_of(error)
    ):
        return away(f"Elasticsearch {url}", reason_of(error))
    return Unavailable(
        "search-refused",
        f"Elasticsearch {url} từ chối yêu cầu: {reason_of(error)}.",
        f"Elasticsearch {url} refused the request: {reason_of(error)}.",
        advice="Kiểm tra phiên bản máy chủ (cần 8.19) và chạy “dondoc index rebuild”.",
        advice_en="Check the server's version (8.19 is needed) and run “dondoc index rebuild”.",
    )


def wrong_server(url: str, found: str) -> DondocError:
    """Our error for a server that is no Elasticsearch, or of a version that this program does not know."""
    return Unavailable(
        "search-version",
        f"Máy tìm kiếm {url} không phải Elasticsearch 8.19 ({found[:200]}).",
        f"The search server {url} is not Elasticsearch 8.19 ({found[:200]}).",
        advice="Cài Elasticsearch 8.19 trở lên (dưới 9), hoặc bỏ DONDOC_ELASTICSEARCH_URL để dùng chỉ mục nhúng.",
        advice_en="Install Elasticsearch 8.19 or later (below 9), or unset DONDOC_ELASTICSEARCH_URL for the embedded index.",
    )
