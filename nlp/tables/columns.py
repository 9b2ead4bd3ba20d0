"""The heads of a table's columns: which tables give out work, and what stands in which column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from nlp.folding import fold
from nlp.lexicon import toml
from nlp.tables.values import Role

_BRACKET = re.compile(r"\([^()]{0,80}\)")
_EDGES = " .:;,*-–|\n\t0123456789"
_SPACES = re.compile(r"\s+")
LONGEST_HEAD = 60
"""Characters of the longest head of a column."""


@dataclass(frozen=True, slots=True)
class _Heads:
    roles: tuple[tuple[Role, re.Pattern[str]], ...]
    told: re.Pattern[str]


def _pattern(heads: Sequence[str], units: str) -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(each.replace("{units}", units) for each in heads) + ")(?![a-z])")


@cache
def _heads() -> _Heads:
    data = toml("table_columns.toml")
    units = str(data["units"])
    columns: list[dict[str, Any]] = data["column"]
    return _Heads(
        tuple((cast(Role, column["role"]), _pattern(column["heads"], units)) for column in columns),
        _pattern(data["told"]["heads"], units),
    )


def _plain(head: str) -> str:
    return _SPACES.sub(" ", _BRACKET.sub(" ", fold(head))).strip(_EDGES)


def role_of(head: str) -> Role | None:
    """What stands below the head of a column; None where that is not known.

    >>> role_of("Cơ quan, đơn vị chủ trì"), role_of("Thời gian hoàn thành (dự kiến)"), role_of("Họ và tên")
    ('lead', 'when', None)
    """
    plain = _plain(head)
    if not plain or len(plain) > LONGEST_HEAD:
        return None
    return next((role for role, pattern in _heads().roles if pattern.fullmatch(plain)), None)


def tells(head: str) -> bool:
    """Whether a column tells what has come of it ("Kết quả thực hiện"): such a table gives out no work."""
    return _heads().told.fullmatch(_plain(head)) is not None


def gives_out_work(columns: Sequence[Role]) -> bool:
    """Whether columns are those of a table that gives out work: what is to be done, who does it, and at least one thing more."""
    return {"content", "lead"} <= set(columns) and len(columns) >= 3 and columns.count("lead") == 1


def read_heads(cells: Sequence[str]) -> tuple[Role, ...] | None:
    """The columns of a table by its row of heads; None where that row heads no table that gives out work."""
    if not 3 <= len(cells) <= 12 or any(tells(cell) for cell in cells):
        return None
    columns = tuple(role_of(cell) or "other" for cell in cells)
    return columns if gives_out_work(columns) else None


def read_joined(heads: str) -> tuple[Role, ...] | None:
    """The columns where their heads are printed one behind the other: all of it must be heads.

    >>> read_joined("STT Nội dung công việc Đơn vị chủ trì Thời gian hoàn thành")
    ('number', 'content', 'lead', 'when')
    """
    plain = _plain(heads)
    if len(plain) > 12 * LONGEST_HEAD:
        return None
    columns = _parted(plain, 0)
    return columns if columns is not None and gives_out_work(columns) else None


def _parted(plain: str, at: int, depth: int = 0) -> tuple[Role, ...] | None:
    if at >= len(plain):
        return ()
    if depth >= 12 or _heads().told.match(plain, at):
        return None
    found = sorted(
        ((match.end(), role) for role, pattern in _heads().roles if (match := pattern.match(plain, at)) is not None), reverse=True
    )
    for end, role in found[:2]:
        behind = end + 1 if plain[end : end + 1] == " " else end
        rest = _parted(plain, behind, depth + 1)
        if rest is not None and (behind > end or end == len(plain)):
            return (role, *rest)
    return None
