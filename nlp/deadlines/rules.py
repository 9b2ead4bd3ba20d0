"""The deadline rules, read once from data/deadline_rules.toml and compiled."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from nlp.deadlines.lifted import SIGNS
from nlp.types import DeadlineKind


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the grammar with its examples (text and expected value, read as of 15/5/2020)."""

    name: str
    kind: DeadlineKind
    give: str
    pattern: re.Pattern[str]
    context: str
    strict: bool
    period: bool
    """The time is a span: a ban that lasts through it is no deadline."""
    positive: tuple[tuple[str, str], ...]
    negative: tuple[str, ...]


def _pieces(listed: dict[str, str]) -> dict[str, str]:
    pieces = dict(SIGNS)
    pieces["point"] = "[" + "".join(SIGNS[k] for k in ("day", "quarter", "month", "year")) + "]"
    for name, piece in listed.items():
        pieces[name] = _fill(piece, pieces)
    return pieces


def _fill(pattern: str, pieces: dict[str, str]) -> str:
    return re.sub(r"\{([a-z]+)\}", lambda m: pieces[m[1]], pattern)


def _rule(entry: dict[str, Any], pieces: dict[str, str]) -> Rule:
    return Rule(
        name=entry["name"],
        kind=entry["kind"],
        give=entry["give"],
        pattern=re.compile(rf"(?<!\w){_fill(entry['pattern'], pieces).replace('truoc', 't?ruoc')}(?!\w)"),  # "rước ngày": its first stroke is often lost
        context=entry["context"],
        strict=entry.get("strict", False),
        period=entry.get("period", False),
        positive=tuple((text, expected) for text, expected in entry["positive"]),
        negative=tuple(entry["negative"]),
    )


@cache
def rules() -> tuple[Rule, ...]:
    """All rules in the order of the file: of two that match the same words, the longer, then the earlier wins."""
    data = tomllib.loads(files("nlp").joinpath("data/deadline_rules.toml").read_text(encoding="utf-8"))
    pieces = _pieces(data["pieces"])
    return tuple(_rule(entry, pieces) for entry in data["rule"])
