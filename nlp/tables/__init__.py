"""Tables that give out work: their columns known by their heads, each row a task with who does it, with whom, by when."""

from nlp.tables.find import find_tables
from nlp.tables.values import Entry, Role, Span, Table

__all__ = ["Entry", "Role", "Span", "Table", "find_tables"]
