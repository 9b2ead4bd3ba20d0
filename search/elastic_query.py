"""Plans as Elasticsearch queries."""

from __future__ import annotations

from typing import Any

from search import plan as p
from search.plan import Plan
from search.shared import FACET_VALUES, FACETS, size_of
from search.statuses import STATUSES, status_node
from search.types import Query, Sort

Body = dict[str, Any]

_FACET_FIELDS = {
    "agency": "agencies",
    "doc_type": "doc_type",
    "direction": "direction",
    "year": "year",
    "status": "state",
}


def node_query(node: p.Node) -> Body:
    """The query of a plan's node."""
    match node:
        case p.Match(fields, tokens, prefix):
            return any_of([_match(field, tokens, prefix=prefix) for field in fields])
        case p.In(field, values):
            return {"terms": {field: list(values)}}
        case p.Range(field, low, high):
            bounds = {name: value for name, value in (("gte", low), ("lte", high)) if value is not None}
            return {"range": {field: bounds}} if bounds else {"exists": {"field": field}}
        case p.Missing(field):
            return {"bool": {"must_not": [{"exists": {"field": field}}]}}
        case p.All(parts):
            return {"bool": {"must": [node_query(part) for part in parts]}}
        case p.Any(parts):
            return any_of([node_query(part) for part in parts])


def any_of(queries: list[Body]) -> Body:
    """At least one of them, their scores added."""
    return queries[0] if len(queries) == 1 else {"bool": {"should": queries, "minimum_should_match": 1}}


def _match(field: str, tokens: tuple[str, ...], *, prefix: bool) -> Body:
    # As in FTS5, only the folded title (heavier) and body count for BM25.
    boost = p.TITLE_WEIGHT if field == "title_folded" else 1.0 if field == "body_folded" else 0.0
    if prefix:
        return {"prefix": {field: {"value": tokens[-1], "boost": boost}}}
    if len(tokens) == 1:
        return {"term": {field: {"value": tokens[0], "boost": boost}}}
    return {"match_phrase": {field: {"query": " ".join(tokens), "boost": boost}}}


def text_query(plan: Plan) -> Body:
    """What a plan's words ask for, scored by its tiers; filters are not in it."""
    must: list[Body] = []
    if plan.must is not None:
        must.append({"bool": {"must": [node_query(plan.must)], "boost": p.RELEVANCE}})
    should = [
        {"constant_score": {"filter": node_query(tier.node), "boost": tier.weight}} for tier in plan.tiers
    ]
    return {
        "bool": {
            "must": must or [{"match_all": {}}],
            "should": should,
            "must_not": [node_query(node) for node in plan.must_not],
        }
    }


def all_of(nodes: list[p.Node]) -> Body:
    """A filter that holds where all nodes hold."""
    return {"bool": {"filter": [node_query(node) for node in nodes]}}


def sort_keys(sort: Sort) -> list[Body]:
    """The sort of a search: the same orders as the embedded engine's."""
    by_id = {"doc_id": "asc"}
    newest = {"newest_key": "desc"}
    if sort == "relevance":
        return [{"_score": "desc"}, newest, by_id]
    return [newest, by_id] if sort == "newest" else [{"due_key": "asc"}, by_id]


def hits_request(query: Query, plan: Plan, sort: Sort, after: list[Any] | None) -> Body:
    """What asks for one page of hits.

    Where facets are wanted all counting is left to `counts_request`: then the
    server may pass over documents that cannot come onto the page.
    """
    filters = [node_query(node) for node in plan.filters.values()]
    body: Body = {
        "query": {"bool": {"must": [text_query(plan)], "filter": filters}},
        "sort": sort_keys(sort),
        "size": size_of(query) + 1,
        "track_total_hits": not query.facets,
        "track_scores": plan.must is not None,
        # All that is kept of the source (see the mapping), or the least of it.
        "_source": ["letter_id"] if query.bare else True,
    }
    if after is not None:
        body["search_after"] = after
    return body


def counts_request(query: Query, plan: Plan) -> Body:
    """What asks how many documents match, and for the facets; nothing is ranked.

    Filters that belong to a facet are not in the query but in the counts,
    because each facet is counted without its own.
    """
    must = [] if plan.must is None else [node_query(plan.must)]
    plain = [node_query(node) for name, node in plan.filters.items() if not name]
    own = [node for name, node in plan.filters.items() if name]
    hidden = [node_query(node) for node in plan.must_not]
    counts = {name: _facet(name, query, plan) for name in FACETS}
    if own:
        counts[TOTAL] = {"filter": all_of(own)}
    return {
        "query": {"bool": {"filter": [*must, *plain], "must_not": hidden}}
        if must or plain or hidden
        else {"match_all": {}},
        "size": 0,
        "track_total_hits": True,
        "aggs": counts,
    }


TOTAL = "total"
"""The count of what matches with all filters, beside the facets."""


def _facet(name: str, query: Query, plan: Plan) -> Body:
    others = [node for facet, node in plan.filters.items() if facet and facet != name]
    if name == "status" and query.kind == "tasks":
        statuses = {status: status_node(status, query.today, query.soon_days) for status in STATUSES}
        filters = {status: all_of([node, *others]) for status, node in statuses.items() if node is not None}
        return {"filters": {"filters": filters}}
    order = [{"_count": "desc"}, {"_key": "asc"}]
    counted = {"terms": {"field": _FACET_FIELDS[name], "size": FACET_VALUES, "order": order}}
    # A count that stands alone is much quicker than one under a filter, even one that lets all pass.
    return {"filter": all_of(others), "aggs": {"values": counted}} if others else counted
