"""Items under construction, and those of them that are open at a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from nlp.outline.values import Item, Paragraph, Style


@dataclass(slots=True)
class Open:
    """An item under construction. `as_roman`: a number that is printed as a Roman one."""

    style: Style
    value: int
    path: tuple[str, ...]
    start: int
    as_roman: bool = False
    paragraphs: list[Paragraph] = field(default_factory=list)
    children: list[Open] = field(default_factory=list)
    counts: dict[Style, int] = field(default_factory=dict)

    def close(self) -> Item:
        """The finished item."""
        return Item(
            self.path,
            self.style,
            self.start,
            tuple(self.paragraphs),
            tuple(child.close() for child in self.children),
        )

    def extend(self, start: int, end: int) -> None:
        """Let the last paragraph run on to `end`; where there is none, one begins at `start`."""
        if self.paragraphs:
            self.paragraphs[-1] = replace(self.paragraphs[-1], end=end)
        else:
            self.paragraphs.append(Paragraph(start, end))


def innermost(stack: Sequence[Open], *styles: Style) -> Open | None:
    """The innermost open item of one of the styles."""
    return next((item for item in reversed(stack) if item.style in styles), None)


def expected(stack: Sequence[Open], *styles: Style) -> int:
    """The number that goes on with the innermost list of these styles; 1 where none is open."""
    item = innermost(stack, *styles)
    return item.value + 1 if item else 1
