"""Plans in an appendix: "KẾ HOẠCH … (Ban hành kèm theo Quyết định số …)" carries the tasks of the decision that promulgates it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from nlp.annexes import ATTACHED
from nlp.landmarks import is_appendix, motto_start
from nlp.lexicon import any_of, kinds, toml
from nlp.rows import Row, is_upper, rows
from nlp.signature import signature_rows


class Part(NamedTuple):
    """A part of an appendix: a plan's text below its title, or what is no plan."""

    start: int
    end: int
    is_plan: bool


_TOP = 9
"""Lines at the top of an annex in which its title stands, below the names of who issues it."""
_TITLE = 10
"""Lines of a title and of the brackets below it."""
_LONGEST_BRACKET = 400
_FOOT = 12
"""Lines at the end of a plan in which its own signature may stand."""


def parts_of_annex(text: str, start: int, end: int, *, promulgated_by: str) -> tuple[Part, ...]:
    """The parts of the appendix text[start:end] to a document of the kind `promulgated_by`, in their order."""
    if promulgated_by not in toml("annexed_plans.toml")["plans"]["promulgated_by"]:
        return (Part(start, end, False),)
    lines = rows(text, start, end)
    heads = [index for index in range(len(lines)) if index == 0 or _heads_annex(lines, index)]
    parts: list[Part] = []
    for first, behind in pairwise([*heads, len(lines)]):
        own = lines[first:behind]
        stop = lines[behind].start if behind < len(lines) else end
        title = _plan_title(own)
        if title is None:
            parts.append(Part(own[0].start, stop, False))
        else:
            begin = _below_title(text, own[title:])
            parts.append(Part(begin, max(begin, _before_signature(own, stop)), True))
    return tuple(parts)


def titled(lines: Sequence[Row], index: int) -> bool:
    """Whether a line begins an annex's title by the brackets that end it: "KẾ HOẠCH" / "(Ban hành kèm theo Quyết định số …)"."""
    row = lines[index]
    if not _type_name().match(row.folded) or not _is_title(row):
        return False
    capital = is_upper(row.text[:8])
    for below in lines[index : index + _TITLE]:
        bracket = _bracket(below)
        if bracket is not None:
            return (capital or bracket == 0) and not below.text[bracket:].partition(")")[2].strip(" .:-_)")
        if not _is_title(below):
            return False
    return False


def _is_title(row: Row) -> bool:
    """Whether a line can be one of a title: in capitals, or short and no sentence."""
    bracket = _bracket(row)
    words = row.text if bracket is None else row.text[:bracket]
    return not words.strip() or is_upper(words) or (len(words) < 160 and not words.rstrip().endswith((".", ";", ":")))


def _heads_annex(lines: Sequence[Row], index: int) -> bool:
    return (is_appendix(lines[index]) and is_upper(lines[index].text[:7])) or titled(lines, index)


_OPENS = re.compile(r"[(\[]\s*(?=(?:duoc )?(?:ban hanh|phe duyet|kem|dinh kem)(?![a-z]))")


def _bracket(row: Row) -> int | None:
    """Where the brackets that name the promulgating document open in a line; None where they do not."""
    opens = _OPENS.search(row.folded)
    if opens is not None and ATTACHED.match(row.folded, opens.start()):
        return opens.start()
    return 0 if ATTACHED.match(row.folded) else None


@cache
def _type_name() -> re.Pattern[str]:
    return re.compile(rf"{any_of(kinds())}(?![a-z])")


@cache
def _plan() -> re.Pattern[str]:
    data = toml("annexed_plans.toml")["plans"]
    others = "|".join(data["programmes_of_others"])
    return re.compile(rf"(?!chuong trinh\W+(?:{others})(?![a-z])){any_of(data['titles'])}(?![a-z])")


def names_plan(title: str) -> bool:
    """Whether a folded title is that of a plan which gives out work.

    >>> names_plan("chuong trinh hanh dong"), names_plan("chuong trinh khung"), names_plan("quy che lam viec")
    (True, False, False)
    """
    return _plan().match(title) is not None


def _plan_title(lines: Sequence[Row]) -> int | None:
    """The line of an annex at which the title of a plan begins; None where the annex is something else.

    Names of who issues it, the national title and "PHỤ LỤC" may stand above.
    """
    for index, row in enumerate(lines[:_TOP]):
        if _type_name().match(row.folded) and (is_upper(row.text[:8]) or titled(lines, index)):
            words = " ".join(below.folded for below in lines[index : index + 3])
            return index if names_plan(words) else None
        above = motto_start(row) is not None or is_appendix(row) or (is_upper(row.text) and len(row.text) < 60)
        if not above and any(char.isalnum() for char in row.text):
            return None
    return None


def _below_title(text: str, lines: Sequence[Row]) -> int:
    """Where the plan's text begins: behind the brackets, else behind the lines of its title."""
    for row in lines[:_TITLE]:
        opens = _bracket(row)
        if opens is not None:
            closes = text.find(")", row.start + opens, min(lines[-1].end, row.start + opens + _LONGEST_BRACKET))
            return closes + 1 if closes >= 0 else row.end
    last = lines[0]
    for row in lines[1:_TITLE]:
        if not is_upper(row.text) or _LABELLED.match(row.text):
            break
        last = row
    return last.end


_LABELLED = re.compile(r"(?:[IVX]{1,5}|[A-H]|\d{1,2}|Phần|PHẦN|CHƯƠNG)\s*[.)/]?\s")


def _before_signature(lines: Sequence[Row], stop: int) -> int:
    """Where the plan's text ends: before its own signature where it has one."""
    foot = tuple(lines[-_FOOT:])
    return next((row.start for row, signs in zip(foot, signature_rows(foot), strict=True) if signs), stop)
