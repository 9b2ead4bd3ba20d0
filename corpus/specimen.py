"""The specimen letters: written for this project, in the manner of real ones.

Numbers, persons and most places are invented; no sentence is taken from a real
letter. Each specimen has its text, its gold annotation and its source form.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from corpus.source import Source, parse

LETTERS = Path(__file__).parent / "letters"


@dataclass(frozen=True, slots=True)
class Specimen:
    """One letter: its name, its plain text, its gold (as in the JSON file) and its source form."""

    name: str
    text: str
    gold: dict[str, Any]
    source: Source


@cache
def letters() -> tuple[Specimen, ...]:
    """All specimens, ordered by name. Do not change the gold of one: the tuple is shared."""
    return tuple(_load(path) for path in sorted(LETTERS.glob("*.letter")))


def letter(name: str) -> Specimen:
    """The specimen of that name; KeyError if there is none."""
    return {specimen.name: specimen for specimen in letters()}[name]


def derived(specimen: Specimen, **changes: Any) -> Specimen:
    """The letter with some fields of its source changed; text and gold follow.

    ``derived(letter("…"), form="flow")`` flattens the page in another way;
    ``secrecy="mật"`` makes a letter that must be refused. Raises `BadFile`
    where a quotation is then no longer in the text.
    """
    from corpus.annotate import gold_of
    from corpus.flatten import text_of

    source = replace(specimen.source, **changes)
    text = text_of(source)
    return Specimen(source.name, text, gold_of(source, text), source)


def _load(path: Path) -> Specimen:
    return Specimen(
        name=path.stem,
        text=path.with_suffix(".txt").read_text(encoding="utf-8"),
        gold=json.loads(path.with_suffix(".json").read_text(encoding="utf-8")),
        source=parse(path.stem, path.read_text(encoding="utf-8")),
    )
