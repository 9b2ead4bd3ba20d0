"""Those of a group whom a letter singles out by how they stand, and names.

"Các đơn vị chưa gửi báo cáo (Sở A, Sở B) khẩn trương …", "Đối với một số huyện có tỷ lệ thấp: Tam Nông (12%), Tân Hồng (15%) …".
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from nlp.bodies import body_phrase_at, territories_at
from nlp.directives import folded
from nlp.duties.listed import by_rule, named_bodies
from nlp.duties.spoken_of import own_deed
from nlp.lexicon import any_of, toml
from nlp.types import Named

_FIGURE = re.compile(r"\(\s*\d[^()]{0,30}\)")
_BETWEEN = re.compile(r"\s*(?:\.\.\.|…)?\s*\)?\s*[,:;]?\s*")


@cache
def _group() -> re.Pattern[str]:
    words = toml("duty_words.toml")["singled_out"]
    return re.compile(
        rf"(?:[^.;:()]{{0,80}}?(?<![a-z])(?:{any_of(words['openings'])})\s+)?(?:mot so|cac|nhung|\d+(?:/\d+)?)\s+(?P<kind>{any_of(words['groups'])})"
        rf"(?:,? [^.;:()]{{0,30}})?\s+(?:{any_of(words['states'])})(?![a-z])[^.;:()]{{0,110}}?"
        r"(?P<opens>\s*\(\s*(?:gom|nhu)?\s*:?\s*|\s*,?\s+(?:gom|bao gom|nhu|cu the|do la)\s*:?\s+|\s*:\s*)(?=[a-z0-9])"
    )


def singled_out(text: str) -> tuple[Named, ...]:
    """The bodies named behind the group they belong to, where an order follows them; () otherwise."""
    group = _group().match(folded(text))
    if group is None:
        return ()
    plain = _FIGURE.sub(lambda figure: " " * len(figure[0]), text)
    bodies = _listed(plain, group.end(), text[slice(*group.span("kind"))].lower())
    if not bodies:
        return ()
    end = bodies[-1].evidence.end
    between = _BETWEEN.match(plain, end)
    told = _TOLD.match(folded(plain), between.end() if between else end)
    return bodies if told is not None and own_deed().match(folded(plain), told.end()) else ()


_TOLD = re.compile(r"(?:(?:thi )?(?:kinh )?(?:de nghi|yeu cau|phai|can|co trach nhiem)\s+)?(?:(?:khan truong|nghiem tuc|chu dong|tiep tuc|som|phai|kip thoi|can)\s*,?\s*)*")


def _listed(text: str, at: int, kind: str) -> tuple[Named, ...]:
    """The bodies or places that stand at an offset; bare places are of the kind the group is named by ("các huyện …: Tam Nông, Tân Hồng")."""
    span = body_phrase_at(text, at)
    if span is not None:
        return named_bodies(text, span, "singled-out")
    begin = at - len(kind) - 1
    places = territories_at(f"{text[:begin]}{kind} {text[at:]}", begin)
    return tuple(by_rule(replace(place, evidence=replace(place.evidence, start=max(place.evidence.start, at))), "singled-out") for place in places)
