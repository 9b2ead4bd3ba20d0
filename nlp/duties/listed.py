"""The bodies of a list that stands somewhere in a text: who leads, who only helps."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nlp.bodies import split_bodies, territories_at
from nlp.directives import addressed_noun, folded
from nlp.types import Evidence, Named


def lead_only(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """ "Sở A cùng với Sở B …": those after "cùng với" co-operate."""
    shared = re.search(r"\s+cung\s+(?:voi\s+)?", folded(text[span[0] : span[1]]))
    return (span[0], span[0] + shared.start()) if shared else span


HELPS = re.compile(r"\s*\(\s*(?:(?:co quan|don vi)\s+)?phoi hop[^()]{0,40}\)")


def named_bodies(text: str, span: tuple[int, int], rule: str) -> tuple[Named, ...]:
    """The bodies of a list that stands at `span`, each with its place in `text`, without those that only help."""
    places = territories_at(text, span[0])
    bodies = places if places and places[-1].evidence.end == span[1] else split_bodies(text, span)
    if not bodies and addressed_noun(text, span[0]) == span:
        bodies = (Named(text[slice(*span)], Evidence(*span, rule, 0.8)),)
    helpers = helpers_of(text, bodies)
    leading = [body for body in bodies if body not in helpers] or bodies
    return tuple(by_rule(body, rule) for body in leading)


_TOGETHER = re.compile(r"(?<![a-z])cung voi\s")
""" "Giao Sở A cùng với Sở B": the second co-operates."""
_LEADS = re.compile(r"\s*\(\s*(?:(?:co quan|don vi)\s+)?chu tri\s*\)")


def helpers_of(text: str, bodies: Sequence[Named]) -> list[Named]:
    """Those of a list that co-operate: so marked, or between the one marked "(chủ trì)" and the last marked "(phối hợp)"."""
    marked = [place for place, body in enumerate(bodies) if _helps(text, body)]
    if bodies and (joint := _TOGETHER.search(folded(text), bodies[0].evidence.end, bodies[-1].evidence.end)) and not marked:
        return [body for body in bodies if body.evidence.start >= joint.end()]
    leads = [place for place, body in enumerate(bodies) if _LEADS.match(folded(text), body.evidence.end)]
    if not marked or not leads:
        return [bodies[place] for place in marked]
    return [body for place, body in enumerate(bodies) if place not in leads and leads[0] < place <= marked[-1]]


def _helps(text: str, body: Named) -> bool:
    """Whether a bracket behind a body of a list says that it co-operates: "Sở Tài chính (chủ trì), Sở Nội vụ (phối hợp)"."""
    return HELPS.match(folded(text), body.evidence.end) is not None


def by_rule(body: Named, rule: str) -> Named:
    """The body as found by a rule."""
    return Named(body.text, Evidence(body.evidence.start, body.evidence.end, rule, body.evidence.confidence))
