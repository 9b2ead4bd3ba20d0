"""Whom a unit binds in a case: "Trường hợp kho còn thuốc hết hạn thì Phòng Dược lập biên bản"."""

from __future__ import annotations

import re
from functools import cache

from nlp.bearers import duty_bearers
from nlp.bodies import body_phrase_at
from nlp.directives import folded, follows_subject, leading_subject
from nlp.duties import named_bodies
from nlp.lexicon import any_of, toml
from nlp.types import Evidence, Named

_IN_CASE = re.compile(r"(?:trong )?truong hop (?:\d{1,2}\s*: )?[^.;]{5,420}? thi ")
_NUMBERED = re.compile(r"truong hop \d{1,2}\s*:\s*")


@cache
def _anybody() -> re.Pattern[str]:
    return re.compile(rf"(?:cac )?(?:{any_of(toml('duty_words.toml')['anybody']['words'])}|nguoi [a-z]+)(?![a-z])")


def told_in_case(words: str) -> tuple[Named, ...]:
    """Whom a unit binds in a case; () for none, and for firms and people, on whom rules lay it."""
    plain = folded(words)
    case = _IN_CASE.match(plain)
    if case is None or _anybody().match(plain, case.end()):
        return ()
    at = case.end()
    span = body_phrase_at(words, at)
    if span is not None:
        return named_bodies(words, span, "subject") if follows_subject(words, span[1]) else ()
    bearers = duty_bearers(words[at:])
    if bearers is None or bearers[0]:
        return ()
    return (Named(words[at : at + bearers[1]], Evidence(at, at + bearers[1], "subject", 0.75)),)


def binds_in_case(words: str) -> bool:
    """Whether a unit that opens with a case says who does what in it: "Trường hợp 1: Sở Y tế kiểm tra …"."""
    numbered = _NUMBERED.match(folded(words))
    return bool(told_in_case(words)) or (numbered is not None and leading_subject(words[numbered.end() :]) is not None)
