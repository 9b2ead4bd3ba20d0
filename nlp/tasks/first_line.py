"""A heading without its colon: the bodies or the theme that fill the first line of a unit, above the duty on the next."""

from __future__ import annotations

import re
from bisect import bisect_left

from nlp.bodies import body_phrase_at, is_body, split_bodies
from nlp.collapsed import Collapsed
from nlp.directives import folded, leading_subject, opens_imperative
from nlp.outline.lines import TERMINAL, UNFINISHED
from nlp.tasks.headings import placed
from nlp.tasks.openings import opens_imperative_after_prefix
from nlp.tasks.setting import Setting
from nlp.types import Named

_LONGEST_LINE = 200


def bodies_alone(body: str, text: Collapsed, setting: Setting) -> tuple[tuple[Named, ...], Collapsed] | None:
    """The bodies that fill the first line of a unit, and the duty that begins on the next: a heading without its colon."""
    if not text.offsets or "\n" not in body[text.offsets[0] : text.offsets[0] + _LONGEST_LINE]:
        return None
    if (named := _first_line_alone(body, text, setting)) is not None:
        return named
    span = body_phrase_at(text.text, 0)
    if span is None or span[1] + 1 >= len(text.text) or not text.text[span[1] + 1].isupper():
        return None
    between = body[text.offsets[span[1] - 1] + 1 : text.offsets[span[1] + 1]]
    if "\n" not in between or between.strip() or not opens_imperative(text.text, span[1] + 1):
        return None
    return placed(text, split_bodies(text.text[: span[1]])), text.cut(span[1])


_ASKED = re.compile(r"(?:de nghi|yeu cau|giao|doi voi|trach nhiem cua|nhiem vu cua)\s+")


def _parted(body: str, text: Collapsed, setting: Setting) -> tuple[Collapsed, Collapsed] | None:
    """The first printed line of a unit and what stands below, where the break was meant: the first word below would have fitted behind it."""
    first = body.find("\n", text.offsets[0], text.offsets[0] + _LONGEST_LINE) if text.offsets else -1
    if first < 0:
        return None
    cut = bisect_left(text.offsets, first)
    line, rest = text.cut(0, cut), text.cut(cut)
    used = first - body.rfind("\n", 0, text.offsets[0])
    meant = not setting.width or used + len(rest.text.split(" ", 1)[0]) <= _FITS * setting.width
    return (line, rest) if meant and rest.text[:1].isupper() and not TERMINAL.search(line.text) else None


_FITS = 0.93
"""A word that would have ended before this part of the usual width would have fitted into the line."""


def _first_line_alone(body: str, text: Collapsed, setting: Setting) -> tuple[tuple[Named, ...], Collapsed] | None:
    """The bodies that are all of the first line ("4. Đề nghị Mặt trận Tổ quốc huyện"), and the duty that begins on the next ("Phối hợp …")."""
    parts = _parted(body, text, setting)
    if parts is None:
        return None
    line, rest = parts
    asked = _ASKED.match(folded(line.text))
    begin = asked.end() if asked else 0
    if not is_body(line.text[begin:]) or not (opens_imperative(rest.text) or opens_imperative_after_prefix(rest.text)):
        return None
    return placed(text, split_bodies(line.text, (begin, len(line.text)))), rest


_THEME = re.compile(r"(?:ve|cong tac|doi voi (?:cong tac|viec)|linh vuc)\s")


def below_theme(body: str, text: Collapsed, setting: Setting) -> Collapsed | None:
    """The duty that begins on the line below a theme printed without a colon: "2. Về thi tốt nghiệp" / "Thủ trưởng các trường có trách nhiệm …"."""
    if not _THEME.match(folded(text.text[:24])):
        return None
    parts = _parted(body, text, setting)
    if parts is None or UNFINISHED.search(parts[0].text):
        return None
    bound = leading_subject(parts[1].text)
    return parts[1] if bound is not None and _IS_BOUND.match(folded(parts[1].text), bound[1]) else None


_IS_BOUND = re.compile(r"\s+(?:co trach nhiem|chiu trach nhiem|phai|can|chu tri|phoi hop|chi dao|khan truong|tiep tuc|tang cuong|to chuc|chu dong)(?![a-z])")
