"""From a query to its plan: the one place where ranking and filters are decided."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from search.analysis import EDGE_CLOSE, EDGE_OPEN, Analysis, agency_tokens, asked_tokens, tidy, tokens
from search.notes import Note
from search.plan import (
    CITED_NUMBER,
    EXACT,
    OWN_NUMBER,
    PHRASE,
    PHRASE_EXACT,
    TITLE,
    TITLE_EXACT,
    WORDS,
    All,
    Any,
    In,
    Match,
    Node,
    Pattern,
    PlainField,
    Plan,
    Range,
    TextField,
    Tier,
)
from search.query import Clause, NumberClause, Parsed, Words, loose_number, parse
from search.statuses import STATUSES, status_node
from search.types import Number, Query

MAX_VALUE, MAX_VALUES = 500, 200
"""Longest value of a filter, in characters, and most values of one filter."""

FOLDED: tuple[TextField, ...] = ("title_folded", "body_folded")
EXACT_FIELDS: tuple[TextField, ...] = ("title_exact", "body_exact")


def plan_of(query: Query, analysis: Analysis) -> Plan:
    """The plan of a query. Never raises for what a person may type."""
    parsed = parse(query.text)
    notes = list(parsed.notes)
    empty = bool(query.text.strip()) and not parsed.asks
    if empty:
        notes.append(Note("nothing"))
    return Plan(
        empty=empty,
        must=_all([_folded(clause, FOLDED) for clause in parsed.required]),
        must_not=tuple(_folded(clause, FOLDED) for clause in parsed.excluded),
        tiers=tuple(_tiers(parsed, analysis)),
        filters=_filters(query, parsed, notes),
        patterns=tuple(_patterns(parsed)),
        notes=tuple(notes),
    )


def patterns_of(text: str) -> tuple[Pattern, ...]:
    """What of a user's text is to be highlighted."""
    return tuple(_patterns(parse(text)))


def suggest_plan(text: str) -> Node | None:
    """What titles must hold to complete the text being typed; None where nothing is typed yet."""
    words = [token.folded for token in tokens(tidy(text[:200]))][:12]
    if not words:
        return None
    *whole, last = words
    parts: list[Node] = [Match(("title_folded",), (word,)) for word in whole]
    return _all([*parts, Match(("title_folded",), (last,), prefix=True)])


def _all(nodes: Iterable[Node]) -> Node | None:
    parts = tuple(nodes)
    return None if not parts else parts[0] if len(parts) == 1 else All(parts)


def _any(nodes: Iterable[Node]) -> Node | None:
    parts = tuple(nodes)
    return None if not parts else parts[0] if len(parts) == 1 else Any(parts)


def _number(number: Number, *fields: TextField) -> Node:
    found = _any(Match(fields, (token,)) for token in asked_tokens(number))
    assert found is not None
    return found


def _folded(clause: Clause, fields: tuple[TextField, ...]) -> Node:
    if isinstance(clause, NumberClause):
        in_text = [Match(fields, pattern.folded) for pattern in _printed(clause)]
        return Any((_number(clause.number, "numbers", "cited"), *in_text))
    return Match(fields, clause.folded)


def _printed(clause: NumberClause) -> list[Pattern]:
    """How the number may stand in a text whose citations were not understood."""
    number = clause.number
    if number.symbol:
        return [Pattern(_digits_and_symbol(number))]
    if number.type:
        kind = tuple(token.folded for token in tokens(tidy(number.type)))
        return [Pattern((*kind, *between, *_digits_and_symbol(number))) for between in ((), ("so",))]
    return [Pattern(clause.words.folded)]


def _digits_and_symbol(number: Number) -> tuple[str, ...]:
    year = [str(number.year)] if number.year else []
    return tuple(
        token.folded for text in (number.number, *year, number.symbol or "") for token in tokens(tidy(text))
    )


def _tiers(parsed: Parsed, analysis: Analysis) -> list[Tier]:
    tiers: list[Tier] = []
    numbers = [clause.number for clause in parsed.required if isinstance(clause, NumberClause)]
    if own := _any(_number(number, "numbers") for number in numbers):
        tiers.append(Tier(OWN_NUMBER, own))
    if cited := _any(_number(number, "cited") for number in numbers):
        tiers.append(Tier(CITED_NUMBER, cited))
    words = [clause for clause in parsed.required if isinstance(clause, Words)]
    if not words:
        return tiers
    if parsed.diacritics and (exact := _all(Match(EXACT_FIELDS, clause.exact) for clause in words)):
        tiers.append(Tier(EXACT, exact))
        tiers.append(Tier(TITLE_EXACT, _fixed(Match(("title_exact",), clause.exact) for clause in words)))
    tiers.append(Tier(TITLE, _fixed(Match(("title_folded",), clause.folded) for clause in words)))
    loose = [clause for clause in words if not clause.quoted]
    run = Words(
        tuple(token for clause in loose for token in clause.exact),
        tuple(token for clause in loose for token in clause.folded),
    )
    if len(run.folded) > 1:
        tiers.append(Tier(PHRASE, Match(FOLDED, run.folded)))
        if parsed.diacritics:
            tiers.append(Tier(PHRASE_EXACT, Match(EXACT_FIELDS, run.exact)))
            segmented = [word for word in analysis.words(" ".join(run.exact)) if "_" in word]
            if found := _all(Match(("words",), (word,)) for word in segmented):
                tiers.append(Tier(WORDS, found))
    return tiers


def _fixed(nodes: Iterable[Node]) -> Node:
    found = _all(nodes)
    assert found is not None
    return found


def _patterns(parsed: Parsed) -> list[Pattern]:
    patterns: list[Pattern] = []
    for clause in parsed.required:
        if isinstance(clause, NumberClause):
            patterns += number_patterns(clause.number)
            patterns += _printed(clause)
        else:
            patterns.append(Pattern(clause.folded, clause.exact if parsed.diacritics else ()))
    for number in (*parsed.numbers, *parsed.cited):
        patterns += number_patterns(number)
    return patterns


def number_patterns(number: Number) -> list[Pattern]:
    """How a number stands in a text: with its year and symbol, or shorter."""
    whole = _digits_and_symbol(number)
    if not number.symbol:
        return [Pattern(whole)] if number.year else []
    undated = _digits_and_symbol(replace(number, year=None))
    return [Pattern(whole), Pattern(undated)]


def _name(name: str, *, whole: bool) -> Node | None:
    found = agency_tokens(name)
    if not found:
        return None
    return Match(("agency",), (EDGE_OPEN, *found, EDGE_CLOSE) if whole else tuple(found))


def _in(column: PlainField, values: tuple[str, ...]) -> Node:
    return In(column, tuple(tidy(value)[:MAX_VALUE] for value in values[:MAX_VALUES]))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _filters(query: Query, parsed: Parsed, notes: list[str]) -> dict[str, Node]:
    found: dict[str, Node] = {}

    def add(name: str, nodes: Iterable[Node | None]) -> None:
        node = _any(node for node in nodes if node is not None)
        if node is not None:
            found[name] = All((found[name], node)) if name in found else node

    add("agency", (_name(name, whole=True) for name in query.agencies))
    for like in (*query.agencies_like, *parsed.agencies):
        add("agency", [_name(like, whole=False)])
    add("doc_type", [_in("doc_type", query.doc_types)] if query.doc_types else [])
    add("direction", [_in("direction", query.directions)] if query.directions else [])
    if query.letter_id is not None:
        add("", [_in("letter_id", (query.letter_id,))])
    if query.letter_ids is not None:
        add("", [In("letter_id", query.letter_ids)])
    if query.issued_from or query.issued_to:
        add("", [Range("issued_on", _iso(query.issued_from), _iso(query.issued_to))])
    for low, high in ((query.due_from, query.due_to), (parsed.due_from, parsed.due_to)):
        if low or high:
            add("", [Range("due_on", _iso(low), _iso(high))])
    for number in (_given(query.number, notes), *parsed.numbers):
        if number is not None:
            add("", [_number(number, "numbers")])
    for number in (_given(query.cited, notes), *parsed.cited):
        if number is not None:
            add("", [_number(number, "cited")])
    for statuses in (query.statuses, parsed.statuses):
        add("status", (_status(status, query, notes) for status in statuses))
    return found


def _given(text: str | None, notes: list[str]) -> Number | None:
    if text is None or not text.strip():
        return None
    number = loose_number(text)
    if number is None:
        notes.append(Note("no-number", text=text.strip()[:60]))
    return number


def _status(status: str, query: Query, notes: list[str]) -> Node | None:
    if query.kind == "letters":
        return _in("state", (status,))
    node = status_node(status, query.today, query.soon_days)
    if node is None:
        known = STATUSES.get(status)
        notes.append(
            Note("status-needs-day", text=known) if known else Note("no-status", text=status[:40])
        )
    return node
