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


def request(query: Query, plan: Plan, sort: Sort, after: list[Any] | None) -> Body:
    """The whole search request.

    Filters that belong to a facet come after the query (post_filter), because
    each facet is counted without its own.
    """
    plain = [node for name, node in plan.filters.items() if not name]
    own = [node for name, node in plan.filters.items() if name]
    body: Body = {
        "query": {"bool": {"must": [text_query(plan)], "filter": [node_query(node) for node in plain]}},
        "sort": sort_keys(sort),
        "size": size_of(query) + 1,
        "track_total_hits": True,
        "track_scores": True,
        "source": ["letter_id"] if query.bare else ["payload", "letter_id"],
    }
    if own and not query.facets:
        body["query"]["bool"]["filter"] += [node_query(node) for node in own]
    elif own:
        body["post_filter"] = all_of(own)
    if after is not None:
        body["search_after"] = after
    if query.facets:
        body["aggs"] = {name: _facet(name, query, plan) for name in FACETS}
    return body


def _facet(name: str, query: Query, plan: Plan) -> Body:
    others = [node for facet, node in plan.filters.items() if facet and facet != name]
    if name == "status" and query.kind == "tasks":
        counted: Body = {
            "filters": {
                "filters": {
                    status: node_query(node)
                    for status in STATUSES
                    if (node := status_node(status, query.today, query.soon_days)) is not None
                }
            }
        }
    else:
        order = [{"_count": "desc"}, {"_key": "asc"}]
        counted = {"terms": {"field": _FACET_FIELDS[name], "size": FACET_VALUES, "order": order}}
    return {"filter": all_of(others), "aggs": {"values": counted}}
