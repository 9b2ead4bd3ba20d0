"""Cutting text into sentences, by an ordered list of small named rules.

Each rule looks at one possible cut and answers join, split or nothing; the
first answer counts. `explain` names the rule that decided each cut.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from nlp.bodies import body_phrase_at, is_body, split_bodies
from nlp.lexicon import toml

Answer = Literal["join", "split"] | None

LONGEST = 4000
"""Characters after which a text without any mark is cut all the same, so that no model gets a whole book."""

_CANDIDATE = re.compile(r"[.!?…]+[\"”’)\]»]*(?=\s)|\n")
_LABEL = re.compile(
    r"\s*(?:[-–—+•*]\s|\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-zđ]|[IVX]{1,5})[.)/]\s|Điều\s+\d|Nơi nhận)"
)
_LABEL_ONLY = re.compile(r"(?:^|\n|[;:])\s*\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-zđ]|[IVXLC]{1,6}|[A-Z])\.$")


@dataclass(frozen=True, slots=True)
class Cut:
    """A possible cut: the text before it (of its sentence), the mark, and the text behind."""

    before: str
    mark: str
    after: str


def closing_mark(cut: Cut) -> Answer:
    """ "./." ends a letter's body."""
    return "split" if re.search(r"\./\.?$", cut.before) or cut.mark.startswith("./") else None


def blank_line(cut: Cut) -> Answer:
    """A blank line parts paragraphs."""
    return "split" if cut.mark == "\n" and re.match(r"[ \t]*\n", cut.after) else None


def item_follows(cut: Cut) -> Answer:
    """A new line that begins with a label or bullet begins an item."""
    return "split" if cut.mark == "\n" and _LABEL.match(cut.after) else None


def list_line(cut: Cut) -> Answer:
    """A line that ends in ";" or ":" is an entry of a list or announces one."""
    return "split" if cut.mark == "\n" and cut.before.rstrip().endswith((";", ":")) else None


def label_before(cut: Cut) -> Answer:
    """The full stop of an item's label ("2.", "a.", "II.") ends nothing."""
    return "join" if cut.mark == "." and _LABEL_ONLY.search(cut.before) else None


def small_letter_follows(cut: Cut) -> Answer:
    """What goes on with a small letter is the same sentence."""
    follows = cut.after.lstrip()[:1]
    return "join" if follows.islower() or follows in {",", ";", ")"} else None


def abbreviation_before(cut: Cut) -> Answer:
    """The full stop of "KT.", "TP.", "ThS." ends nothing."""
    if cut.mark != ".":
        return None
    word = re.search(r"[^\s(\[“\"]+$", cut.before[:-1])
    if word is None:
        return None
    known = word.group() in _abbreviations() or all(
        part in _abbreviations() for part in word.group().split(".")
    )
    return "join" if known else None


_HELPERS = re.compile(r"chủ trì,?\s+(?:và\s+)?phối hợp\s+(?:với|cùng)\s+(?P<list>[^.;:]{8,170}),(?P<last>[^.;:,]{4,80})\.$", re.IGNORECASE)


def helpers_go_on(cut: Cut) -> Answer:
    """A full stop read or typed for a comma among those who co-operate: "chủ trì, phối hợp với Sở A, Sở B. Sở C và Sở D rà soát …".

    What was to be done is not said yet, and the list has not come to its "và".
    """
    helpers = _HELPERS.search(cut.before) if cut.mark == "." else None
    if helpers is None or not is_body(helpers["last"].strip()) or len(split_bodies(helpers["last"].strip())) != 1:
        return None
    after = cut.after.lstrip()
    follows = body_phrase_at(after, 0)
    return "join" if follows is not None and len(split_bodies(after[: follows[1]])) > 1 else None


def number_goes_on(cut: Cut) -> Answer:
    """A small number and a full stop before another number: "tỷ lệ 5. 3%", read with a space; a year or a day ends its sentence."""
    number = cut.mark == "." and re.search(r"(?:^|\s)\d{1,3}\.$", cut.before)
    return "join" if number and re.match(r"[ \t]+\d", cut.after) else None


def initial_before(cut: Cut) -> Answer:
    """A single capital with a full stop is an initial or a short place word."""
    return (
        "join"
        if cut.mark == "." and re.search(r"(?:^|[\s.])[^\W\d_]\.$", cut.before) and cut.before[-2].isupper()
        else None
    )


def line_break(cut: Cut) -> Answer:
    """A line break alone is only the printed line's end."""
    return "join" if cut.mark == "\n" and not re.search(r"[.!?…][\"”’)\]»]*\s*$", cut.before) else None


def full_stop(cut: Cut) -> Answer:
    """All other marks end a sentence."""
    return "split"


RULES: tuple[Callable[[Cut], Answer], ...] = (
    closing_mark,
    blank_line,
    label_before,
    item_follows,
    list_line,
    small_letter_follows,
    abbreviation_before,
    helpers_go_on,
    number_goes_on,
    initial_before,
    line_break,
    full_stop,
)


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(word for group in toml("abbreviations.toml").values() for word in group["words"])


def explain(text: str) -> Iterator[tuple[int, str, str]]:
    """Every possible cut: its offset, the answer and the name of the rule that gave it."""
    start = 0
    for match in _CANDIDATE.finditer(text):
        end = match.end()
        if not text[start:end].strip():
            continue
        window = max(start, end - 200)
        mark = match.group().rstrip('"”’)]»')
        found = Cut(
            text[window : match.start() + len(mark)] if mark != "\n" else text[window : match.start()],
            mark,
            text[end : end + 40],
        )
        for rule in RULES:
            answer = rule(found)
            if answer:
                yield end, answer, rule.__name__
                if answer == "split":
                    start = end
                break


def sentences(text: str) -> list[tuple[int, int]]:
    """The sentences of a text as spans without white space at their ends.

    Together the spans hold every character that is not white space.
    """
    cuts = [offset for offset, answer, _ in explain(text) if answer == "split"]
    spans: list[tuple[int, int]] = []
    start = 0
    for end in (*cuts, len(text)):
        while end - start > LONGEST:
            spans.append(_trim(text, start, start + LONGEST))
            start += LONGEST
        spans.append(_trim(text, start, end))
        start = end
    return [(begin, end) for begin, end in spans if end > begin]


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
