"""Plans over texts as FTS5 expressions.

Tokens hold only letters, digits and "_" (see `search.analysis`), so an FTS5
string made of them cannot hold syntax.
"""

from __future__ import annotations

from search.plan import All, Any, Match, Node

COLUMNS = ("title_exact", "title_folded", "body_exact", "body_folded", "words", "agency", "numbers", "cited")
"""Columns of the FTS5 tables, in the order of `search.analysis.Streams`."""


def expression(node: Node) -> str:
    """The FTS5 expression of a node over texts."""
    match node:
        case Match(fields, tokens, prefix):
            star = " *" if prefix else ""
            return f'{{{" ".join(fields)}}} : "{" ".join(tokens)}"{star}'
        case All(parts):
            return "(" + " AND ".join(map(expression, parts)) + ")"
        case Any(parts):
            return "(" + " OR ".join(map(expression, parts)) + ")"
        case _:
            raise TypeError(f"not a text node: {node!r}")
