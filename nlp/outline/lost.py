"""Entries of lists whose mark was not read."""

from __future__ import annotations

from nlp.outline.ending import closes
from nlp.outline.opened import Open
from nlp.outline.shapes import LETTERS
from nlp.outline.values import BULLETS, Paragraph, paragraph_text


def restore_bullets(item: Open, text: str) -> None:
    """Paragraphs between a heading with a colon and its dashes are dashes whose mark was not read."""
    for child in item.children:
        restore_bullets(child, text)
    dashes = [child for child in item.children if child.style == "dash"]
    if not dashes or len(dashes) != len(item.children) or len(item.paragraphs) < 2:
        return
    head, *lost = item.paragraphs
    ends = [_end(text, paragraph) for paragraph in lost]
    if _end(text, head) != ":" or not all(end in (";", ".") for end in ends):
        return
    item.paragraphs[1:] = []
    item.children[:] = [*(Open("dash", 0, (), p.start, paragraphs=[p]) for p in lost), *item.children]
    _number(item)


def restore_entries(item: Open, text: str) -> None:
    """A paragraph behind an entry that ends with ";" is the next entry, its mark not read, where the list goes on.

    A list of letters or numbers goes on where just that label is missing.
    """
    for position in range(len(item.children) - 2, -1, -1):
        entry, after = item.children[position : position + 2]
        bullet = entry.style in BULLETS
        counted = entry.style in ("letter", "decimal") or (bool(entry.path) and entry.path[-1].isdecimal())
        if entry.style != after.style or entry.children or not (bullet or counted):
            continue
        if not bullet and after.value != entry.value + len(entry.paragraphs):
            continue
        if len(entry.paragraphs) < 2 or not _all_entries(entry.paragraphs, text):
            continue
        lost, entry.paragraphs[1:] = entry.paragraphs[1:], []
        values = [0 if bullet else entry.value + place for place in range(1, len(lost) + 1)]
        item.children[position + 1 : position + 1] = [
            Open(entry.style, value, _path(entry, value), paragraph.start, paragraphs=[paragraph])
            for value, paragraph in zip(values, lost, strict=True)
        ]
    _number(item)
    for child in item.children:
        restore_entries(child, text)


def _all_entries(paragraphs: list[Paragraph], text: str) -> bool:
    first, *rest = paragraphs
    return (
        all(_end(text, paragraph) == ";" for paragraph in (first, *rest[:-1]))
        and _end(text, rest[-1]) in (";", ".")
        and not any(closes(paragraph_text(text, paragraph)) for paragraph in rest)
    )


def _end(text: str, paragraph: Paragraph) -> str:
    return text[paragraph.start : paragraph.end].rstrip()[-1:]


def _path(entry: Open, value: int) -> tuple[str, ...]:
    if entry.style in BULLETS:
        return ()
    name = LETTERS[value - 1] if entry.style == "letter" else str(value)
    if entry.style == "decimal":
        name = ".".join((*entry.path[-1].split(".")[:-1], name))
    return (*entry.path[:-1], name)


def _number(item: Open) -> None:
    """Count the bullets of an item anew."""
    counts = {"+": 0, "-": 0}
    for child in item.children:
        if child.style in BULLETS:
            sign = "+" if child.style == "plus" else "-"
            counts[sign] += 1
            _rename(child, (*item.path, f"{sign}{counts[sign]}"))


def _rename(item: Open, path: tuple[str, ...]) -> None:
    if item.path == path:
        return
    old = len(item.path)
    item.path = path
    for child in item.children:
        _rename(child, (*path, *child.path[old:]) if old else (*path, child.path[-1]))
