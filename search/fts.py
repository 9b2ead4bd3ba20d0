"""Leaves of a plan as FTS5 expressions, and the tables that answer them.

Tokens hold only letters, digits and "_" (see `search.analysis`), so an FTS5
string made of them cannot hold syntax.
"""

from __future__ import annotations

from search.plan import All, Match, Node

COLUMNS = ("title_exact", "title_folded", "body_exact", "body_folded", "words", "agency", "numbers", "cited")
"""The streams of a document, in the order of `search.analysis.Streams`."""

TABLES: dict[str, tuple[str, ...]] = {
    "titles": ("title_folded",),
    "fields": ("agency", "numbers", "cited"),
}
"""FTS5 tables by what they hold: beginnings of words, and names and numbers. Words and phrases are answered by `search.holding`."""


def table_of(node: Match) -> str:
    """The table that answers a leaf."""
    return next(name for name, columns in TABLES.items() if set(node.fields) <= set(columns))


def expression(node: Node) -> str:
    """The FTS5 expression of a leaf, or of leaves of one table that must all hold."""
    match node:
        case Match(fields, tokens, prefix):
            star = " *" if prefix else ""
            return f'{{{" ".join(fields)}}} : "{" ".join(tokens)}"{star}'
        case All(parts):
            return "(" + " AND ".join(map(expression, parts)) + ")"
        case _:
            raise TypeError(f"neither a leaf nor leaves that must all hold: {node!r}")
