"""Who must do a task: the lead bodies that the task's own words name."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from nlp.bearers import duty_bearers
from nlp.bodies import body_phrase_at
from nlp.directives import (
    clause_start,
    directing_clauses,
    folded,
    leading_bodies,
    leading_subject,
    opens_imperative,
    subject_after_prefix,
)
from nlp.duties.agreeing import behind_agreement
from nlp.duties.behind import assigned_by_do, behind_semicolon, done_by, in_brackets, kept_by, this_body
from nlp.duties.commanding import (
    asks_somebody_private,
    behind_sender,
    commands,
    objects_only,
    orders,
    told_to_lead,
)
from nlp.duties.listed import lead_only, named_bodies
from nlp.duties.roles import LEAD_ROLE, role_at
from nlp.duties.same import same_body
from nlp.duties.several import each_with_a_day, with_the_same_verb
from nlp.duties.singled_out import singled_out
from nlp.duties.spoken_of import bodies_spoken_of, those_spoken_of
from nlp.duties.topics import behind_topic, gives_topic
from nlp.lexicon import toml
from nlp.types import Evidence, Named

Doers = tuple[tuple[Named, ...], str]


def read_responsible(text: str, *, issuer: str = "", labelled: bool = False) -> Doers | None:
    """The lead bodies the text itself names, and the rule that found them; None where it names none.

    A text that opens with a verb of doing ("Rà soát …", "Tham mưu UBND huyện
    giao …") names no doer: bodies in it are objects. `issuer` is never the
    doer of its own letter; a `labelled` unit that begins with bodies names
    them whatever its verb. Behind what the sender agrees to, the next sentence says it.
    """
    ordered = behind_agreement(text)
    if ordered is not None and (named := _first_doers(text[ordered:], issuer, labelled)) is not None and named[0]:
        return tuple(_moved(body, ordered) for body in named[0]), named[1]
    named = _first_doers(text, issuer, labelled)
    return _with_parts(text, named) if named is not None and named[0] else None


def _moved(body: Named, by: int) -> Named:
    at = body.evidence
    return replace(body, evidence=replace(at, start=at.start + by, end=at.end + by))


def _with_parts(text: str, named: Doers) -> Doers:
    """The doers with those behind them that have their own part of the same deed."""
    bodies, rule = named
    if rule not in ("subject", "directing-verb") or not bodies:
        return named
    first = bodies[0].evidence.start, bodies[-1].evidence.end
    more = [body for span in with_the_same_verb(text, first) for body in named_bodies(text, span, rule)]
    return (*bodies, *more), rule


def _first_doers(text: str, issuer: str, labelled: bool) -> Doers | None:
    if named := singled_out(text):
        return named, "singled-out"
    spoken_of = those_spoken_of(text)
    if spoken_of is not None:
        return bodies_spoken_of(text, spoken_of), "subject-after-prefix"
    leading = leading_subject(text)
    clauses = [
        clause
        for clause in directing_clauses(text)
        if clause.start <= 3
        or clause_start(text, clause.start)
        or (leading and clause.start <= leading[1] + 2)
        or behind_sender(text, clause.start)
        or gives_topic(text, clause)
    ]
    clauses = [clause for clause in clauses if not objects_only(text, clause)]
    if labelled and leading is None and (behind := behind_topic(text)) is not None:
        return named_bodies(text, behind, "subject"), "subject"
    if leading is not None and issuer and not commands(text[slice(*leading)], issuer):
        clauses = [clause for clause in clauses if not (clause.start <= leading[1] + 2 and asks_somebody_private(text, clause))]
    if leading is None and not (clauses and clauses[0].start <= 3) and (meant := this_body(text)) is not None:
        return (meant,), "directing-verb"
    themed = [clause for clause in clauses if text[: clause.start].rstrip().endswith(":")]
    if themed:
        clause = themed[0]
        return named_bodies(text, (clause.bodies_start, clause.bodies_end), "directing-verb"), "directing-verb"
    role = role_at(text, LEAD_ROLE)
    if role is not None:
        return named_bodies(text, role, "role"), "role"
    if (work := assigned_by_do(text)) is not None:
        return named_bodies(text, work, "work-of"), "work-of"
    opening = _PREFIX.match(folded(text))
    if opens_imperative(text) and leading is None and not opening and not (clauses and clauses[0].start <= 3):
        if (leads := told_to_lead(text)) is not None:
            return named_bodies(text, leads, "directing-verb"), "directing-verb"
        if (by := done_by(text)) is not None:
            return named_bodies(text, by, "done-by"), "done-by"
        if days := each_with_a_day(text):
            return tuple(body for span in days for body in named_bodies(text, span, "each-with-a-day")), "each-with-a-day"
        behind = in_brackets(text)
        return (named_bodies(text, behind, "in-brackets"), "in-brackets") if behind is not None else None
    if leading is not None and clauses and not labelled and same_body(text[slice(*leading)], issuer) and _SENDS.match(folded(text), leading[1]):
        leading = None  # "Sở A chuyển công văn trên và đề nghị các đơn vị …": the sender tells what it does itself
    if leading is not None and not (clauses and clauses[0].start <= leading[1] + 2):
        return named_bodies(text, lead_only(text, leading), "subject") or named_bodies(text, leading, "subject"), "subject"
    if leading is None and (keeper := kept_by(text)) is not None:
        return named_bodies(text, keeper, "done-by"), "done-by"
    if labelled and leading is None and (bodies := leading_bodies(text)) is not None:
        return named_bodies(text, bodies, "subject"), "subject"
    if leading is None and (mixed := _with_people(text)) is not None:
        return mixed, "subject"
    prefixed = subject_after_prefix(text)
    if prefixed is not None and issuer and same_body(text[prefixed[0] : prefixed[1]], issuer):
        prefixed = None
    if clauses and (prefixed is None or clauses[0].start < prefixed[0] or orders(text, prefixed, clauses[0])):
        clause = clauses[0]
        return named_bodies(text, (clause.bodies_start, clause.bodies_end), "directing-verb"), "directing-verb"
    if prefixed is not None:
        return named_bodies(text, prefixed, "subject-after-prefix"), "subject-after-prefix"
    by = done_by(text)
    if by is not None:
        return named_bodies(text, by, "done-by"), "done-by"
    if (behind := behind_semicolon(text)) is not None:
        return named_bodies(text, behind, "subject"), "subject"
    bearers = duty_bearers(text)
    if bearers is not None:
        name = text[bearers[0] : bearers[1]].rstrip(" ,")
        return (Named(name, Evidence(*bearers, "duty-bearers", 0.7)),), "duty-bearers"
    return None


@cache
def _joint() -> re.Pattern[str]:
    nouns = "|".join(map(re.escape, toml("duty_words.toml")["people_beside"]["nouns"]))
    return re.compile(rf"\s*(?:,|;|,? và)\s+(?:toàn thể )?(?=(?:{nouns})(?!\w))")


def _with_people(text: str) -> tuple[Named, ...] | None:
    """Bodies and then people who are bound to the same: "Các phòng, cán bộ, công chức huyện nghiêm túc thực hiện …"."""
    span = body_phrase_at(text, 0)
    joint = _joint().match(text, span[1]) if span is not None else None
    people = duty_bearers(text[joint.end() :]) if joint is not None else None
    if span is None or joint is None or people is None or people[0] != 0:
        return None
    start, end = joint.end(), joint.end() + people[1]
    return (*named_bodies(text, span, "subject"), Named(text[start:end].rstrip(" ,"), Evidence(start, end, "duty-bearers", 0.7)))


_SENDS = re.compile(r"\s+(?:xin |kinh |tran trong )*(?:thong bao|chuyen|gui|sao gui|sao luc|phuc dap|tra loi|nhan duoc)(?![a-z])")
_PREFIX = re.compile(
    r"(?:ket thuc(?= [^,.;]{3,80}, (?:de nghi|yeu cau|giao) )|can cu|tren co so|dinh ky|moi (?:ngay|tuan|thang|quy|nam)|hang (?:ngay|tuan|thang|quy|nam)"
    r"|theo(?! doi)|doi voi|ve|de|nham|trong|tu|khi|rieng|truong hop|sau khi|ngoai ra|hien nay)\b"
)
