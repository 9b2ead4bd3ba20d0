"""A term behind the list that holds for all its tasks: "Các nội dung trên hoàn thành trước ngày 30/6/2020"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from nlp.collapsed import Collapsed
from nlp.deadlines import find_deadlines
from nlp.directives import directing_clauses, folded
from nlp.outline import Item, Outline, Paragraph
from nlp.references import find_references, mask
from nlp.types import Deadline, Task

_OF_ALL = re.compile(
    r"(?:(?:toan bo|tat ca) )?(?:(?:cac|nhung) )?(?:nhiem vu|noi dung|cong viec|viec|yeu cau|phan viec)(?: [a-z]+){0,2}? (?:neu )?(?:o )?(?:tren|nay)"
    r"(?: (?:phai|can|duoc))* (?:hoan thanh|hoan tat|thuc hien xong|xong)(?![a-z])"
    r"|thoi (?:gian|han) (?:hoan thanh|thuc hien)(?: (?:chung|cac (?:nhiem vu|noi dung)(?: neu)? tren))?\s*:"
)
"""The subject is the list itself, or the term stands alone behind it; who is told to finish it has a duty of his own."""
_LONGEST = 200


def common_terms(body: str, tree: Outline, issued_on: date | None) -> tuple[Outline, tuple[Deadline, ...]]:
    """The outline without the paragraphs behind the list that only set a term, and those terms (places in `body`)."""
    terms: list[Deadline] = []

    def sets_none(paragraph: Paragraph) -> bool:
        found = _terms(Collapsed.of(body, paragraph.start, paragraph.end), issued_on)
        terms.extend(found)
        return not found

    closing = tuple(filter(sets_none, tree.closing))
    items = (*tree.items[:-1], _without_terms(tree.items[-1], sets_none)) if len(tree.items) > 1 else tree.items
    return replace(tree, items=items, closing=closing), tuple(terms)


def _without_terms(item: Item, keeps: Callable[[Paragraph], bool]) -> Item:
    """The last item without terms among the paragraphs behind it, which the reading joined to it."""
    if item.children:
        return replace(item, children=(*item.children[:-1], _without_terms(item.children[-1], keeps)))
    return replace(item, paragraphs=(*item.paragraphs[:1], *filter(keeps, item.paragraphs[1:])))


def _terms(text: Collapsed, issued_on: date | None) -> tuple[Deadline, ...]:
    words = text.text
    if len(words) > _LONGEST or not _OF_ALL.match(folded(words)) or directing_clauses(words):
        return ()
    found = find_deadlines(words, issued_on=issued_on, masked=mask(words, find_references(words)))
    return tuple(
        replace(
            deadline,
            evidence=replace(text.evidence(deadline.evidence), rule="deadline.for-all-tasks", confidence=0.8),
        )
        for deadline in found
        if deadline.kind in ("fixed", "relative")
    )


def with_terms(tasks: Sequence[Task], terms: Sequence[Deadline]) -> list[Task]:
    """The tasks, those without a term of their own with the common ones."""
    return [
        task
        if task.optional or any(deadline.kind != "immediate" for deadline in task.deadlines)
        else replace(task, deadlines=(*task.deadlines, *terms))
        for task in tasks
    ]
