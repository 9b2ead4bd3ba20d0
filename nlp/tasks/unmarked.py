"""Lists that lost their marks: "…, Học viện yêu cầu:" and then a paragraph for each duty, as pages print what was a numbered list."""

from __future__ import annotations

import re

from nlp.collapsed import Collapsed
from nlp.directives import folded
from nlp.duties import read_responsible
from nlp.outline import Item, Outline, Paragraph
from nlp.outline.ending import closes
from nlp.outline.lines import TERMINAL, UPPER
from nlp.tasks.openings import opens_duty
from nlp.telling import is_courtesy

_ORDERS = re.compile(
    r"(?<![a-z])(?:yeu cau|de nghi|chi dao|chi thi|phan cong|giao)(?![a-z])"
    r"(?:[^.;:]{3,200}?(?<![a-z])(?:thuc hien|trien khai|tap trung|lam tot)(?![a-z])[^.;:]{0,60})?\s*:$"
)
_CAPITAL = re.compile(rf"[{UPPER}]")
_LEAST = 3


def with_unmarked(body: str, tree: Outline) -> Outline:
    """The outline with the paragraphs behind an order that ends in a colon as its items, where it has none that are marked."""
    if tree.items or tree.closing or len(tree.preamble) <= _LEAST:
        return tree
    texts = [Collapsed.of(body, paragraph.start, paragraph.end).text for paragraph in tree.preamble]
    announced = next((place for place, text in enumerate(texts) if text.endswith(":") and _ORDERS.search(folded(text[-300:]))), None)
    if announced is None:
        return tree
    begin, end = announced + 1, len(texts)
    while end > begin and (is_courtesy(texts[end - 1]) or closes(texts[end - 1])):
        end -= 1
    listed = texts[begin:end]
    if len(listed) < _LEAST or not all(_CAPITAL.match(text) and TERMINAL.search(text) and not text.endswith(":") for text in listed):
        return tree
    duties = sum(opens_duty(text) or read_responsible(text, labelled=True) is not None for text in listed)
    if duties < _LEAST or duties * 3 < len(listed) * 2:
        return tree
    items = tuple(_item(paragraph) for paragraph in tree.preamble[begin:end])
    return Outline(tree.preamble[:begin], items, tree.preamble[end:])


def _item(paragraph: Paragraph) -> Item:
    return Item((), "dash", paragraph.start, (paragraph,))
