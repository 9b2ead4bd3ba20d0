"""What an outline is made of: items, their own paragraphs, and what stands before and after the list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Style = Literal[
    "division", "article", "section", "roman", "arabic", "bracket", "decimal", "ordinal", "letter", "star", "dash", "plus",
]  # fmt: skip
"""How an item is labelled: "Chương I", "Điều 1.", "A.", "I.", "1.", "(1)", "1.1.", "Thứ nhất,", "a)", "•", "-", "+"."""

BULLETS: frozenset[Style] = frozenset({"star", "dash", "plus"})
"""Styles that are labelled by their place only."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of text, offsets into the string given to `outline`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Item:
    """A labelled unit.

    `path` are the labels from the root ("II", "1.1", "-2"); `style` is how it
    is labelled; `paragraphs` its own text, the first one after its label;
    `children` the items below it. The heading of a chapter has no path and
    holds nothing: articles are numbered through.
    """

    path: tuple[str, ...]
    style: Style
    start: int
    paragraphs: tuple[Paragraph, ...]
    children: tuple[Item, ...] = ()

    @property
    def label(self) -> str:
        """The path as the gold format writes it: "II.1.1.-2"."""
        return ".".join(self.path)

    def walk(self) -> Iterator[Item]:
        """This item and all below it, in printed order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Outline:
    """Unlabelled paragraphs before the first item, the items, paragraphs after the last."""

    preamble: tuple[Paragraph, ...]
    items: tuple[Item, ...]
    closing: tuple[Paragraph, ...] = ()

    def walk(self) -> Iterator[Item]:
        """All items in printed order."""
        for item in self.items:
            yield from item.walk()


def paragraph_text(text: str, paragraph: Paragraph) -> str:
    """The paragraph's words with white space collapsed."""
    return " ".join(text[paragraph.start : paragraph.end].split())
