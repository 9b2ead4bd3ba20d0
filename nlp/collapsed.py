"""A stretch of text with white space collapsed, knowing where each character came from."""

from __future__ import annotations

from dataclasses import dataclass, replace

from nlp.types import Evidence


@dataclass(frozen=True, slots=True)
class Collapsed:
    """`text` has single spaces only; `offsets[i]` is the source offset of character i."""

    text: str
    offsets: tuple[int, ...]

    @classmethod
    def of(cls, source: str, start: int, end: int) -> Collapsed:
        """Collapse `source[start:end]`; both ends are stripped."""
        chars: list[str] = []
        offsets: list[int] = []
        for offset in range(start, end):
            char = source[offset]
            if char.isspace():
                if chars and chars[-1] != " ":
                    chars.append(" ")
                    offsets.append(offset)
                continue
            chars.append(char)
            offsets.append(offset)
        while chars and chars[-1] == " ":
            chars.pop()
            offsets.pop()
        return cls("".join(chars), tuple(offsets))

    def cut(self, start: int, end: int | None = None) -> Collapsed:
        """A part of it, by offsets into `text`, stripped of spaces at both ends."""
        stop = len(self.text) if end is None else end
        while start < stop and self.text[start] == " ":
            start += 1
        while stop > start and self.text[stop - 1] == " ":
            stop -= 1
        return Collapsed(self.text[start:stop], self.offsets[start:stop])

    def evidence(self, found: Evidence) -> Evidence:
        """Evidence found in `text`, moved to offsets of the source."""
        if not self.offsets:
            return replace(found, start=0, end=0)
        first = self.offsets[min(found.start, len(self.offsets) - 1)]
        last = self.offsets[max(0, min(found.end, len(self.offsets)) - 1)] + 1
        return replace(found, start=first, end=max(first, last))

    @property
    def span(self) -> tuple[int, int]:
        """Start and end in the source."""
        return (self.offsets[0], self.offsets[-1] + 1) if self.offsets else (0, 0)
