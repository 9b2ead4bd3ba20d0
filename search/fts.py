"""Plans as SQLite: FTS5 expressions and conditions on ordinary columns.

Tokens hold only letters, digits and "_" (see `search.analysis`), so an FTS5
string made of them cannot hold syntax; values go in as parameters.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from search.plan import All, Any, In, Match, Missing, Node, Range

COLUMNS = ("title_exact", "title_folded", "body_exact", "body_folded", "words", "agency", "numbers", "cited")
"""Columns of the FTS5 tables, in the order of `search.analysis.Streams`."""


@dataclass(slots=True)
class Sql:
    """A piece of SQL with its parameters."""

    text: str
    values: list[object] = field(default_factory=list)


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


def condition(node: Node, fts: str) -> Sql:
    """The SQL condition of any node on a document row `d`; `fts` is the name of the FTS5 table."""
    match node:
        case Match():
            return Sql(f"d.rowid IN (SELECT rowid FROM {fts} WHERE {fts} MATCH ?)", [expression(node)])
        case In(column, values):
            return Sql(f"d.{column} IN ({', '.join('?' * len(values))})", list(values))
        case Range(column, low, high):
            parts = [Sql(f"d.{column} IS NOT NULL")]
            if low is not None:
                parts.append(Sql(f"d.{column} >= ?", [low]))
            if high is not None:
                parts.append(Sql(f"d.{column} <= ?", [high]))
            return joined(parts, " AND ")
        case Missing(column):
            return Sql(f"d.{column} IS NULL")
        case All(parts):
            return joined([condition(part, fts) for part in parts], " AND ")
        case Any(parts):
            return joined([condition(part, fts) for part in parts], " OR ")


def joined(parts: list[Sql], glue: str) -> Sql:
    """Conditions joined in brackets; none at all is true."""
    if not parts:
        return Sql("1")
    text = "(" + glue.join(part.text for part in parts) + ")"
    return Sql(text, [value for part in parts for value in part.values])
