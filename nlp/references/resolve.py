"""From mentions to documents: repeats merged, short mentions resolved to the full one."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from nlp.numbers import DocumentNumber, fold, symbol_key
from nlp.references.dates import with_year
from nlp.references.lexicon import laws, symbols
from nlp.references.mention import Mention
from nlp.types import Reference


@dataclass(slots=True)
class _Group:
    """Mentions of one document."""

    mentions: list[Mention] = field(default_factory=list)
    year: int | None = None
    date: date | None = None
    symbol: str | None = None


def resolve(
    mentions: tuple[Mention, ...], issued_on: date | None = None, own: DocumentNumber | str | None = None
) -> tuple[Reference, ...]:
    """One `Reference` per distinct document, in order of first mention.

    `issued_on` is the letter's own date: it gives a day printed without its
    year the last such year. `own` is the letter's own number, which is no
    reference. Short later mentions (type and number; Nghị định 30/2020/NĐ-CP,
    Phụ lục I.II.6.b) join the full one; provisions are united; a year missing
    in one place is taken from another; a symbol misread in one place is that
    of the other where number and date are the same.
    """
    own_number = DocumentNumber.parse(own) if isinstance(own, str) else own
    numbered: list[_Group] = []
    named: list[_Group] = []
    short: list[Mention] = []
    order: list[_Group] = []
    for mention in mentions:
        if own_number is not None and _is_own(mention, own_number, issued_on):
            continue
        day = _day(mention, issued_on)
        year = mention.year if mention.year is not None else day.year if day else None
        if mention.number is None:
            _add_law(named, order, mention, year, day)
        elif mention.symbol is None:
            short.append(mention)
        else:
            _add_numbered(numbered, order, mention, year, day)
    for mention in short:
        _add_short(numbered, order, mention, _day(mention, issued_on))
    _join_laws(named, numbered, order)
    order.sort(key=lambda group: min(m.evidence.start for m in group.mentions))
    return tuple(_reference(group) for group in order)


def _day(mention: Mention, issued_on: date | None) -> date | None:
    if mention.date is not None or mention.day_month is None or issued_on is None:
        return mention.date
    if mention.year is not None:
        day, month = mention.day_month
        try:
            return date(mention.year, month, day)
        except ValueError:
            return None
    return with_year(mention.day_month, issued_on)


def _zeroless(number: str | None) -> str:
    return fold(number or "").lstrip("0")


def _is_own(mention: Mention, own: DocumentNumber, issued_on: date | None) -> bool:
    if _zeroless(mention.number) != _zeroless(own.number) or mention.symbol is None:
        return False
    if symbol_key(mention.symbol) != symbol_key(own.symbol):
        return False
    year = own.year if own.year is not None else issued_on.year if issued_on else None
    return mention.year is None or year is None or mention.year == year


def _near(left: str, right: str) -> bool:
    """Whether two folded symbols differ by at most one letter (a reading error)."""
    if left == right:
        return True
    if min(len(left), len(right)) < 4 or abs(len(left) - len(right)) > 1:
        return False
    if len(left) == len(right):
        return sum(a != b for a, b in zip(left, right, strict=True)) == 1
    longer, shorter = (left, right) if len(left) > len(right) else (right, left)
    return any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))


def _add_numbered(
    groups: list[_Group], order: list[_Group], mention: Mention, year: int | None, day: date | None
) -> None:
    own = symbol_key(mention.symbol or "")
    exact: _Group | None = None
    near: _Group | None = None
    for group in reversed(groups):
        if _zeroless(group.mentions[0].number) != _zeroless(mention.number) and not _same_law(group, mention, year):
            continue
        if year is not None and group.year is not None and year != group.year:
            continue
        other = symbol_key(group.symbol or "")
        if other == own:
            exact = exact or group
        elif near is None and _near(other, own) and (day == group.date or day is None or group.date is None):
            near = group
    group = exact or near or _Group(symbol=mention.symbol)
    if not group.mentions:
        groups.append(group)
        order.append(group)
    group.mentions.append(mention)
    group.year = group.year if group.year is not None else year
    group.date = group.date or day


def _same_law(group: _Group, mention: Mention, year: int | None) -> bool:
    """Whether a law's number was misread: of one name, year and assembly there is one law ("7/2016/QH13" for "107/2016/QH13")."""
    first = group.mentions[0]
    return (
        mention.title is not None
        and first.title is not None
        and year is not None
        and year == group.year
        and law_key(first.title) == law_key(mention.title)
        and (mention.type, mention.symbol) == (first.type, group.symbol)
        and re.match(r"QH\d", mention.symbol or "") is not None
        and (_zeroless(first.number).endswith(_zeroless(mention.number)) or _zeroless(mention.number).endswith(_zeroless(first.number)))
    )


def _add_short(groups: list[_Group], order: list[_Group], mention: Mention, day: date | None) -> None:
    """A mention without symbol belongs to the document of that type and number, wherever that stands."""
    year = mention.year if mention.year is not None else day.year if day else None
    for group in groups:
        first = group.mentions[0]
        same = _zeroless(first.number) == _zeroless(mention.number)
        if (
            same
            and _same_type(group, mention.type)
            and (year is None or group.year is None or year == group.year)
        ):
            break
    else:
        group = _Group()
        groups.append(group)
        order.append(group)
    group.mentions.append(mention)
    group.year = group.year if group.year is not None else year
    group.date = group.date or day


def _same_type(group: _Group, kind: str | None) -> bool:
    return kind is None or any(fold(mention.type or "") == fold(kind) for mention in group.mentions)


def law_key(title: str | None) -> str:
    """A law's name folded, short forms written out."""
    known = laws()
    words = fold(known.short.get(title or "", title or "")).replace(",", " ").split()
    return " ".join(known.abbreviated.get(word, word) for word in words)


def _add_law(
    groups: list[_Group], order: list[_Group], mention: Mention, year: int | None, day: date | None
) -> None:
    key = law_key(mention.title)
    same = [
        group
        for group in groups
        if law_key(group.mentions[0].title) == key and group.mentions[0].type == mention.type
    ]
    if year is None:
        group = same[0] if same else _Group()
    else:
        group = (
            next((g for g in same if g.year == year), None)
            or next((g for g in same if g.year is None), None)
            or _Group()
        )
    if not group.mentions:
        groups.append(group)
        order.append(group)
    group.mentions.append(mention)
    group.year = group.year if group.year is not None else year
    group.date = group.date or day


def _join_laws(named: list[_Group], numbered: list[_Group], order: list[_Group]) -> None:
    """A law named without its number is the numbered one of that name and year.

    Of several (the old and the new one) it is the one cited last before, else the first.
    """
    for group in named:
        key = law_key(group.mentions[0].title)
        if not key:
            continue
        same = [
            other
            for other in numbered
            if any(
                m.title and m.type == group.mentions[0].type and law_key(m.title) == key
                for m in other.mentions
            )
            and (group.year is None or other.year in (None, group.year))
        ]
        if not same:
            continue
        for mention in group.mentions:
            before = [other for other in same if other.mentions[0].evidence.start < mention.evidence.start]
            owner = max(before, key=lambda other: max(m.evidence.start for m in other.mentions if m.evidence.start < mention.evidence.start), default=same[0])
            owner.mentions.append(mention)
            owner.mentions.sort(key=lambda each: each.evidence.start)
        for other in same:
            other.year = other.year if other.year is not None else group.year
        order.remove(group)


def _best_symbol(group: _Group) -> Mention:
    """The mention whose symbol to trust: a known one, then the one met most often, then the first."""
    full = [mention for mention in group.mentions if mention.symbol]
    counts = Counter((mention.number, mention.symbol) for mention in full)
    known = symbols()
    everything = known.types | known.organs | known.units

    def rank(mention: Mention) -> tuple[int, int, int]:
        groups = (mention.symbol or "").replace("/", "-").split("-")
        return (sum(part in everything for part in groups), counts[mention.number, mention.symbol], -mention.evidence.start)

    return max(full, key=rank) if full else group.mentions[0]


def _reference(group: _Group) -> Reference:
    mentions = sorted(group.mentions, key=lambda mention: mention.evidence.start)
    best = _best_symbol(group)
    first = next((m for m in mentions if m.symbol == best.symbol and (m.date or m.title)), best)
    provisions = tuple(dict.fromkeys(value for mention in mentions for value in mention.provisions))
    titles = [m.title for m in mentions if m.title and m.number is not None] or [m.title for m in mentions if m.title]
    titled = next((title for title in titles if title not in laws().short), titles[0] if titles else None)
    return Reference(
        type=next((m.type for m in (best, *mentions) if m.type), None),
        code=best.code,
        number=best.number,
        year=best.year if best.year_in_code else group.year,
        symbol=best.symbol,
        date=group.date,
        provisions=provisions,
        raw=first.raw,
        mentions=tuple(m.evidence for m in mentions),
        title=titled,
        relation=next((m.relation for m in mentions if m.relation), None),
        issuer=next((m.issuer for m in mentions if m.issuer), None),
    )
