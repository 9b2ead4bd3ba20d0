"""Groups of whom a clause speaks and tells them what to do: "Đối với các Sở có tên trong danh sách, đề nghị nộp …"."""

from __future__ import annotations

import re
from functools import cache

from nlp.bodies import body_phrase_at
from nlp.directives import folded
from nlp.duties.listed import named_bodies
from nlp.lexicon import any_of, toml
from nlp.types import Evidence, Named

_FOR = re.compile(r"(?:(?:rieng |con )?doi voi|rieng)\s+")
_MANY = re.compile(r"(?:cac|nhung)\s")
_WHICH_OF_THEM = re.compile(r"\s+(?:da|chua|dang|con|co|khong|thuoc|duoc|bi)\s(?!trach nhiem|nhiem vu)[^,.;:]{3,110}(?=,\s)")
_ARE_TO = re.compile(r"\s*,?\s*(?:(?:kinh |thi )?(?:de nghi|yeu cau)|phai|can)\s+(?:(?:khan truong|nghiem tuc|chu dong|tiep tuc|som|phai|kip thoi)\s*,?\s*)*")


_LEADS = re.compile(r"(?:chi dao|lay y kien|phan cong|giao|chu tri|phoi hop|quan tam|luu y|chu dong)(?![a-z])")
""" "Riêng đối với UBND các tỉnh, đề nghị chỉ đạo Sở A …": who is taken out of those spoken to does the rest."""


@cache
def own_deed() -> re.Pattern[str]:
    """What those of whom a clause speaks do themselves, not what is done to them."""
    return re.compile(rf"{any_of(toml('duty_words.toml')['own_deeds']['verbs'])}(?![a-z])")


def those_spoken_of(text: str) -> tuple[int, int] | None:
    """A group told by a clause to do something: "Đối với các Sở có tên trong danh sách, đề nghị nộp …"; None for what is done to it."""
    plain = folded(text)
    opening = _FOR.match(plain)
    span = body_phrase_at(text, opening.end()) if opening else None
    if span and (which := _WHICH_OF_THEM.match(plain, span[1])) and _MANY.match(plain, span[0]):
        span = span[0], which.end()
    told = _ARE_TO.match(plain, span[1]) if span else None
    if told and opening and span == body_phrase_at(text, opening.end()) and plain.startswith("rieng") and _LEADS.match(plain, told.end()):
        return span
    return span if told and own_deed().match(plain, told.end()) and body_phrase_at(text, told.end()) is None else None


def bodies_spoken_of(text: str, span: tuple[int, int]) -> tuple[Named, ...]:
    """The bodies of such a group, the last with the clause that narrows it."""
    whole = body_phrase_at(text, span[0])
    if whole is None or whole[1] >= span[1]:
        return named_bodies(text, span, "subject-after-prefix")
    return (Named(text[slice(*span)], Evidence(*span, "subject-after-prefix", 0.8)),)
