"""Markdown in text files: the signs of a converter taken off a letter's lines, its head and foot in two columns made lines again.

Tables of three columns and more stay rows (`ingest.typed_tables`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(?=[^\s#])")
"""The sign of a heading: "### 2. Giao Sở Y tế"."""
_ESCAPED = re.compile(r"^(?P<label>\s*\(?\w{0,4})\\(?=[-.)*+#])")
"""A label that a converter has guarded: "1\\. Rà soát", "\\- Sở Y tế"."""
_LINE_BREAK = re.compile(r"(?<=[^\s\\])\\$")
"""A converter's mark of a meant line break at the end of a line."""
_FENCE = re.compile(r"\s*`{3,}\w*\s*")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_RULE = re.compile(r"\|?[ :]*-{3,}[ :]*\|[ :]*-{3,}[ :]*\|?")
"""The line of hyphens under the heads of two columns."""
_HEAD_OR_FOOT = re.compile(r"C[ỘO]NG H[ÒOÀA]{1,2} X|Độc lập\b|ĐẢNG CỘNG SẢN|\bSố\s*:|Kính gửi|Nơi nhận|Lưu\s*:")
"""What stands in a letter's head and foot; a programme or a list in two columns has none of it."""

_FOOT = re.compile(r"\s*\|[\s*]*Nơi nhận\s*:[^|]*\|[^|]*\|\s*$")
"""A foot whose rule the converter left out."""


_BARS = re.compile(r"[\s|]*\|[\s|]*")
"""Bars of cells whose words stand on lines of their own."""
_MOST_JOINED = 5


def unmarked(lines: Sequence[str]) -> list[str]:
    r"""The lines without signs of headings and guarded labels; head and foot in two columns one cell below the other.

    >>> unmarked(["## 1. Giao Sở Y tế", "- Rà soát.", "2\\. Sở Nội vụ"])
    ['', '1. Giao Sở Y tế', '', '- Rà soát.', '2. Sở Nội vụ']
    >>> unmarked(["| SỞ Y TẾ<br>Số: 5 | Độc lập |", "|---|---|"])
    ['', 'SỞ Y TẾ', 'Số: 5', 'Độc lập', '']
    """
    return list(_unmarked(_whole(lines)))


def _whole(lines: Sequence[str]) -> list[str]:
    """The lines with headings in bold or italics that were wrapped on one line each, and without bars that stand alone.

    >>> _whole(["|", "**2. Sở", "Nội vụ**", "a) Rà soát."])
    ['', '**2. Sở Nội vụ**', 'a) Rà soát.']
    """
    whole: list[str] = []
    at = 0
    while at < len(lines):
        end = _wrapped_until(lines, at)
        whole.append("" if _BARS.fullmatch(lines[at]) else " ".join(line.strip() for line in lines[at:end]) if end > at + 1 else lines[at])
        at = end
    return whole


def _wrapped_until(lines: Sequence[str], at: int) -> int:
    """Behind which line the bold or italic words that open a line are closed, where they are not closed on it and fill whole lines."""
    first = lines[at].strip()
    sign = "**" if first.startswith("**") else "*" if re.match(r"\*[^\s*]", first) else ""
    if not sign or first.count(sign) % 2 == 0:
        return at + 1
    for end in range(at + 1, min(at + _MOST_JOINED, len(lines))):
        line = lines[end].strip()
        if not line or line.startswith("|"):
            break
        if sign in line:
            return end + 1 if line.endswith(sign) and line.count(sign) % 2 else at + 1
    return at + 1


def _unmarked(lines: Sequence[str]) -> Iterator[str]:
    columns = _two_columns(lines)
    for index, line in enumerate(lines):
        heading = _HEADING.match(line)
        if index in columns:
            yield from columns[index]
        elif heading:
            yield from ("", line[heading.end() :].rstrip(" #"), "")
        elif "\\" in line:
            yield _LINE_BREAK.sub("", _ESCAPED.sub(r"\g<label>", line))
        else:
            yield "" if _FENCE.fullmatch(line) else line


def _two_columns(lines: Sequence[str]) -> dict[int, tuple[str, ...]]:
    """The rows of head and foot in two columns, each as the lines of its cells; a blank line where they begin and end."""
    found: dict[int, tuple[str, ...]] = {}
    seen = -1
    for index, line in enumerate(lines):
        if index <= seen:
            continue  # a row of the table before
        if not _RULE.fullmatch(line.strip()):
            if _FOOT.match(line):
                found[index] = ("", *_parts(_cells(line)), "")
            continue
        first = index - 1 if index - 1 > seen and _cells(lines[index - 1]) else index
        last = index
        while last + 1 < len(lines) and _cells(lines[last + 1]):
            last += 1
        seen = last
        rows = {at: _cells(lines[at]) for at in range(first, last + 1) if not _RULE.fullmatch(lines[at].strip())}
        if all(len(cells) == 2 for cells in rows.values()) and any(_HEAD_OR_FOOT.search(lines[at]) for at in rows):
            found |= {at: _parts(rows.get(at, ())) for at in range(first, last + 1)}
            found[first] = ("", *found[first])
            found[last] = (*found[last], "")
    return found


def _parts(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple(part.strip() for cell in cells for part in _BREAK.split(cell) if part.strip())


def _cells(line: str) -> tuple[str, ...]:
    """The cells of a row between bars; none for a line that is no row."""
    words = line.strip()
    if not words.startswith("|") or len(words) < 2:
        return ()
    return tuple(words[1 : len(words) - words.endswith("|")].split("|"))
