"""Tables of a text that lost its columns: the heads behind one another, then row after row, each from its number on.

Only the words of the heads prove them: the first is that of the numbers ("STT", "TT"), and nothing but heads follows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import copy

from nlp.folding import fold
from nlp.rows import Row, rows
from nlp.tables.cells import LABEL, is_time, run_on, typed
from nlp.tables.columns import LONGEST_HEAD, read_joined
from nlp.tables.values import Entry, Role, Table

_FIRST = re.compile(r"(?:so )?(?:stt|tt|thu tu)(?![a-z])")
_MOST_LINES = 14
"""Lines over which the heads of one table may stand."""
_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


def flattened_tables(text: str) -> list[Table]:
    """The tables that give out work in a text without cells."""
    if "TT" not in text and "tt" not in text.lower():
        return []
    lines = rows(text)
    found: list[Table] = []
    index = 0
    while index < len(lines):
        heads = heads_at([line.text for line in lines[index : index + _MOST_LINES]]) if _FIRST.match(lines[index].folded) else None
        if heads is None:
            last = index + data_table([line.text for line in lines[index:]])[0] if _HEAD_ALONE.fullmatch(lines[index].folded) else index
            if last > index:
                found.append(Table(lines[index].start, lines[last - 1].end, (), ()))
            index = max(last, index + 1)
            continue
        columns, count = heads
        entries, last = _entries(text, lines, index + count, columns, parted=count > 1 and lines[index + 1].gap)
        if entries:
            found.append(Table(lines[index].start, lines[last - 1].end, columns, tuple(entries)))
        index = max(last, index + count)
    return found


_HEAD_ALONE = re.compile(r"(?:so )?(?:stt|tt|thu tu)\W*")
_NEXT_ITEM = re.compile(r"(?:\d{1,2}|[ivx]{1,4}|[a-h])\s*[.)/]\s*\S|dieu \d|[-+*•]\s")


def data_table(lines: Sequence[str]) -> tuple[int, tuple[int, ...]]:
    """How many lines a table takes that gives out no work and was printed one cell a line, and which are its rows' numbers.

    Below "STT" and the other heads each row is its number alone and as many lines as there are further heads; the second row must come.

    >>> data_table(["STT", "Tên cầu", "Dài (m)", "1", "Cầu Đá", "12", "2", "Cầu Sắt", "30", "Sở báo cáo."])
    (9, (3, 6))
    """
    at = next((place for place in range(2, min(_MOST_LINES, len(lines))) if _is_number(lines[place], 1)), 0)
    width = at
    places: list[int] = []
    if not at or not _HEAD_ALONE.fullmatch(fold(lines[0])) or any(len(line) > LONGEST_HEAD for line in lines[:at]):
        return 0, ()
    while at < len(lines) and _is_number(lines[at], len(places) + 1):
        places.append(at)
        stop = next((place for place in range(at + 1, min(at + width + 1, len(lines))) if _is_number(lines[place], len(places) + 1)), 0)
        cells = lines[at + 1 : at + width]
        at = stop or at + 1 + next((i for i, line in enumerate(cells) if _NEXT_ITEM.match(fold(line))), len(cells))
    return (at, tuple(places)) if len(places) > 1 else (0, ())


def _is_number(line: str, number: int) -> bool:
    return line.strip(" .)(") in (str(number), f"0{number}")


def heads_at(lines: Sequence[str]) -> tuple[tuple[Role, ...], int] | None:
    """The columns whose heads open some lines, and how many lines they take; None where they are none.

    >>> heads_at(["STT", "Nội dung", "Cơ quan chủ trì", "Thời gian", "hoàn thành", "1"])
    (('number', 'content', 'lead', 'when'), 5)
    """
    found: tuple[tuple[Role, ...], int] | None = None
    joined = ""
    for count, line in enumerate(lines, start=1):
        if len(line) > 4 * LONGEST_HEAD or (count > 1 and LABEL.match(line)):
            break
        joined = f"{joined} {line}".strip()
        columns = read_joined(joined)
        if columns is not None:
            found = columns, count
    return found


def row_numbers(lines: Sequence[str]) -> frozenset[int]:
    """Which of some lines are nothing but the number of a table's row, and no page's: they count on from 1 behind the heads."""
    found: set[int] = set()
    index, last = 0, 0
    while index < len(lines):
        heads = heads_at(lines[index : index + _MOST_LINES]) if _FIRST.match(fold(lines[index][:12])) else None
        if heads is None and _HEAD_ALONE.fullmatch(fold(lines[index][:12])):
            count, places = data_table(lines[index:])
            found.update(index + place for place in places)
            index += count - 1 if count else 0
        index += heads[1] if heads else 1
        if heads is None:
            continue
        wanted, since = {1, last + 1}, 0
        for place in range(index, len(lines)):
            since += 1
            number = lines[place].strip(" .)")
            if since > _MOST_LINES * 2 or _FIRST.match(fold(lines[place][:12])):
                break
            if number.isdecimal() and int(number[:4]) in wanted:
                found.add(place)
                last, since = int(number), 0
                wanted = {last + 1}
    return frozenset(found)


class _Rows:
    """Which labels begin a row or a section: each must be the next of its kind."""

    def __init__(self) -> None:
        self.number = 0
        self.section = 0
        self.letter = 0
        self.any = False

    def opens(self, label: str) -> str | None:
        """ "row", "section", or None for a label that is not the next one."""
        if label in _ROMANS and (_ROMANS.index(label) == self.section) and (self.section or not self.any):
            self.section += 1
            self.number, self.any = 0, True
            return "section"
        if label.isalpha():
            fits = len(label) == 1 and ord(label) - ord("A") == self.letter and (self.letter or not self.any)
            if fits:
                self.letter, self.number, self.any = self.letter + 1, 0, True
            return "section" if fits else None
        first, *rest = label.split(".")
        if rest:
            return "row" if int(first) in (self.number, self.number + 1) or not self.any else None
        # Heads printed again on a new page: the numbers go on.
        if int(first) == self.number + 1 or (int(first) == 1 and (self.section or self.letter)) or not self.any:
            self.number, self.any = int(first), True
            return "row"
        return None


def _entries(text: str, lines: Sequence[Row], index: int, columns: Sequence[Role], *, parted: bool) -> tuple[list[Entry], int]:
    """The rows from a line on, and the line behind them; `parted`: a blank line stands between all cells."""
    entries: list[Entry] = []
    labels = _Rows()
    while index < len(lines):
        match = LABEL.match(lines[index].text)
        kind = labels.opens(match["label"]) if match else None
        if match is None or kind is None:
            break
        alone = match.end() == len(lines[index].text)
        stop = _end_of_row(lines, index + 1, labels, columns, alone=alone, parted=parted)
        first = lines[index + 1].start if alone and stop > index + 1 else lines[index].start + match.end()
        entry = None
        if kind == "row" and alone:
            entry = typed(text, match["label"], [(line.start, line.end) for line in lines[index + 1 : stop]], columns)
        last = lines[stop - 1].end
        first += len(text[first:last]) - len(text[first:last].lstrip())
        if kind == "row" and entry is None and first < last:
            entry = run_on(text, match["label"], first, last, columns)
        if entry is None and first < last:
            entry = Entry(match["label"], {"content": ((first, last),)}, section=True)
        if entry is not None:
            entries.append(entry)
        index = stop
    return entries if any(not entry.section for entry in entries) else [], index


def _end_of_row(lines: Sequence[Row], index: int, labels: _Rows, columns: Sequence[Role], *, alone: bool, parted: bool) -> int:
    """The line behind a row that begins before `index`: the next row's, or the first that no longer belongs to the table."""
    begin = index
    timed = False
    while index < len(lines):
        line = lines[index]
        match = LABEL.match(line.text)
        if match and copy(labels).opens(match["label"]) and (not alone or match.end() == len(line.text) or match["label"].isalpha()):
            return index
        if _FIRST.match(line.folded) and heads_at([each.text for each in lines[index : index + _MOST_LINES]]):
            return index
        if match and match.end() < len(line.text) and (match["label"] in _ROMANS or (alone and timed)):
            return index  # the next heading of the letter
        if line.gap and not parted and index > begin:
            return index
        if parted and alone and (timed or ("when" not in columns and index - begin >= len(columns) - 1)):
            return index
        timed = timed or is_time(line.text)
        index += 1
    return index
