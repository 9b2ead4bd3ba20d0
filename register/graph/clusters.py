"""Which identities are one document, decided from their values alone: the order in which they came is no matter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from nlp.numbers import fold
from register.graph.identity import Identity
from register.graph.likeness import Reason, probably_same

_Number = tuple[str | None, str | None]
"""What all identities of a document have in common for certain: the number, or a law's name."""


@dataclass(slots=True)
class _Cluster:
    members: list[tuple[int, Identity]] = field(default_factory=list)


def roots(nodes: Mapping[int, Identity], confirmed: Iterable[tuple[str, str]] = ()) -> dict[int, int]:
    """For every node the node that stands for its document.

    `confirmed` are pairs of series that a person said are one. The most
    complete identity of a document stands for it; the smallest id where
    several are equally complete.
    """
    clusters: list[_Cluster] = []
    of_number: dict[_Number, list[_Cluster]] = {}
    of_year: dict[tuple[_Number, int | None], list[_Cluster]] = {}
    for number, identity in sorted(nodes.items(), key=lambda each: _rank(each[1], each[0])):
        name = (identity.number_key, identity.title_key)
        candidates = of_number.get(name, ()) if identity.year is None else of_year.get((name, identity.year), ())
        fitting = [each for each in candidates if _fits(each, identity)]
        if len(fitting) == 1:
            fitting[0].members.append((number, identity))
        else:  # none, or several of which nobody can tell which is meant
            clusters.append(_Cluster([(number, identity)]))
            of_number.setdefault(name, []).append(clusters[-1])
            of_year.setdefault((name, identity.year), []).append(clusters[-1])
    return _chosen(_joined(clusters, confirmed))


def probable(
    nodes: Mapping[int, Identity],
    root_of: Mapping[int, int],
    focus: Iterable[int],
    decided: Iterable[tuple[str, str]] = (),
) -> list[tuple[str, str, Reason]]:
    """Pairs of series, smaller first, of documents that are probably one; those already decided are left out.

    Only pairs with a document of `focus` (roots) are looked for.
    """
    series: dict[int, set[str]] = {}
    for number, identity in nodes.items():
        series.setdefault(root_of[number], set()).add(identity.series)
    known = {frozenset(pair) for pair in decided}
    found: dict[tuple[str, str], Reason] = {}
    for left in sorted(set(focus)):
        for right in sorted(series):
            one, other = nodes[left], nodes[right]
            if left == right or not (one.number_key == other.number_key or one.unread or other.unread):
                continue
            reason = probably_same(one, other)
            if reason is None or any(frozenset((a, b)) in known for a in series[left] for b in series[right]):
                continue
            low, high = sorted((one.series, other.series))
            if low != high:
                found[low, high] = reason
    return [(low, high, reason) for (low, high), reason in sorted(found.items())]


def _rank(identity: Identity, number: int) -> tuple[object, ...]:
    """The most complete identities first."""
    return (
        identity.symbol_key is None,
        identity.year is None,
        identity.place is None,
        identity.dated_on is None,
        not identity.year_in_code,
        identity.key,
        number,
    )


def _fits(cluster: _Cluster, identity: Identity) -> bool:
    return all(_compatible(member, identity) for _, member in cluster.members) and any(
        _same(member, identity) for _, member in cluster.members
    )


def _compatible(one: Identity, other: Identity) -> bool:
    """Nothing that both tell speaks against their being one document."""
    if one.symbol_key and other.symbol_key and one.symbol_key != other.symbol_key:
        return False
    if one.year and other.year and one.year != other.year:
        return False
    if one.place and other.place and one.place != other.place:
        return False
    # With its year in the code the number is whole, and a day that differs was misread.
    # Else a person decides (`likeness`): 30/2008/NQ-CP and 35/NQ-CP are two series of one year.
    whole = one.year_in_code and other.year_in_code
    return whole or not (one.dated_on and other.dated_on and one.dated_on != other.dated_on)


def _same(one: Identity, other: Identity) -> bool:
    """What they have in common is enough."""
    if one.symbol_key is None or other.symbol_key is None:
        if one.title_key:
            return True
        kinds = fold(one.type or "") == fold(other.type or "")
        return kinds and bool(one.year) and one.year == other.year
    if one.numbering not in ("local", "party") or not (one.place or one.scope or other.place or other.scope):
        return True
    return (one.place or one.scope) == (other.place or other.scope)


def _joined(clusters: list[_Cluster], confirmed: Iterable[tuple[str, str]]) -> list[_Cluster]:
    """Clusters with those made one that a person confirmed."""
    at: dict[str, list[int]] = {}
    parent = list(range(len(clusters)))

    def top(index: int) -> int:
        while parent[index] != index:
            index = parent[index]
        return index

    for index, cluster in enumerate(clusters):
        for _, identity in cluster.members:
            at.setdefault(identity.series, []).append(index)
    for left, right in confirmed:
        for one in at.get(left, ()):
            for other in at.get(right, ()):
                low, high = sorted((top(one), top(other)))
                parent[high] = low
    united: dict[int, _Cluster] = {}
    for index, cluster in enumerate(clusters):
        united.setdefault(top(index), _Cluster()).members.extend(cluster.members)
    return list(united.values())


def _chosen(clusters: Sequence[_Cluster]) -> dict[int, int]:
    result = {}
    for cluster in clusters:
        best = min(cluster.members, key=lambda each: _rank(each[1], each[0]))[0]
        result.update({number: best for number, _ in cluster.members})
    return result
