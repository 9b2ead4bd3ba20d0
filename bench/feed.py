"""Invented letters on disk, ready to be indexed: nothing is drawn or analysed while the index is timed.

Each step of a register's growth is two files: documents for our engines, and the same
documents analysed, as actions for the client's own bulk helper. Read one batch at
a time, so memory does not grow with the size.
"""

from __future__ import annotations

import json
import marshal
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice, pairwise
from pathlib import Path
from typing import Any, BinaryIO

from bench.letters import analysis, documents
from search.types import Document, Number, PageText

BATCH = 500
"""Documents read at once."""


@dataclass(frozen=True, slots=True)
class Step:
    """The letters from `first` to before `last`, with how many documents of each kind they are."""

    first: int
    last: int
    counts: dict[str, int]
    folder: Path

    @property
    def documents_file(self) -> Path:
        """For our engines."""
        return self.folder / f"documents-{self.last}.bin"

    @property
    def actions_file(self) -> Path:
        """For `helpers.parallel_bulk`; only where it was asked for."""
        return self.folder / f"actions-{self.last}.bin"


def prepare(folder: Path, sizes: Sequence[int], *, actions: bool) -> Iterator[Step]:
    """The steps between these numbers of letters; what is on disk already is not made again."""
    folder.mkdir(parents=True, exist_ok=True)
    for first, last in pairwise((0, *sizes)):
        step = Step(first, last, {}, folder)
        mark = folder / f"step-{last}.json"
        known = json.loads(mark.read_text()) if mark.exists() else {}
        if known.get("first") != first or (actions and not step.actions_file.exists()):
            known = {"first": first, "counts": _write(step, actions=actions)}
            mark.write_text(json.dumps(known))
        yield Step(first, last, known["counts"], folder)


def _write(step: Step, *, actions: bool) -> dict[str, int]:
    from search.elastic_schema import source
    from search.shared import tidied

    known = analysis()
    counts: dict[str, int] = {}
    every = documents(step.first, step.last)
    with step.documents_file.open("wb") as plain, (step.actions_file.open("wb") if actions else Path("/dev/null").open("wb")) as analysed:
        while batch := list(islice(every, BATCH)):
            _put(plain, [_packed(document) for document in batch])
            if actions:
                _put(analysed, [(one.kind, one.id, one.version, source(tidied(one), known)) for one in batch])
            for one in batch:
                counts[one.kind] = counts.get(one.kind, 0) + 1
    return counts


def read_documents(file: Path) -> Iterator[Document]:
    """The documents of a step."""
    for batch in _batches(file):
        yield from map(_unpacked, batch)


def read_analysed(file: Path) -> Iterator[tuple[str, str, int, dict[str, Any]]]:
    """The documents of a step, analysed: kind, id, version, body."""
    for batch in _batches(file):
        yield from batch


def read_actions(file: Path, prefix: str) -> Iterator[dict[str, Any]]:
    """The documents of a step, analysed, as actions for the indices `PREFIX-KIND`."""
    for kind, id_, _, body in read_analysed(file):
        yield {"_op_type": "index", "_index": f"{prefix}-{kind}", "_id": id_, "_source": body}


def _put(file: BinaryIO, batch: Iterable[object]) -> None:
    data = marshal.dumps(list(batch))
    file.write(len(data).to_bytes(4, "little") + data)


def _batches(file: Path) -> Iterator[list[Any]]:
    with file.open("rb") as source:
        while head := source.read(4):
            yield marshal.loads(source.read(int.from_bytes(head, "little")))


def _packed(one: Document) -> tuple[Any, ...]:
    return (
        one.kind, one.id, one.version, one.letter_id, one.title, [(page.number, page.text) for page in one.pages],
        [_number(number) for number in one.numbers], [_number(number) for number in one.cited], one.agencies, one.doc_type,
        one.direction, one.state, _day(one.issued_on), _day(one.due_on), dict(one.fields),
    )  # fmt: skip


def _number(number: Number) -> tuple[Any, ...]:
    return (number.number, number.type, number.year, number.symbol)


def _day(day: date | None) -> int:
    return day.toordinal() if day else 0


def _unpacked(row: tuple[Any, ...]) -> Document:
    kind, id_, version, letter_id, title, pages, numbers, cited, agencies, doc_type, direction, state, issued, due, fields = row
    return Document(
        kind, id_, version, letter_id, title, tuple([PageText(*page) for page in pages]),
        tuple([Number(*number) for number in numbers]), tuple([Number(*number) for number in cited]), agencies, doc_type,
        direction, state, date.fromordinal(issued) if issued else None, date.fromordinal(due) if due else None, fields,
    )  # fmt: skip
