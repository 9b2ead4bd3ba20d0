"""A chart of columns as places of bars and words, for inline SVG: no script, sharp on paper, colours from the page's tokens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

WIDE: Final = 640
NARROW: Final = 340
"""Widths of a chart on a screen or paper, and on a phone, in units of the picture."""
HEIGHT: Final = 210
_TOP, _FOOT, _LEFT = 22, 24, 34


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its foot, the words above it, its parts (kind, value, title) from below."""

    label: str
    above: str
    parts: tuple[tuple[str, int, str], ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle with its kind and what it says when pointed at."""

    x: float
    y: float
    width: float
    height: float
    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the chart; x is its middle, or for the scale its right end."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything of a picture. `shape` wide or narrow; `lines` are heights of the grid from `left` to `width`."""

    shape: str
    width: int
    height: int
    left: int
    bars: tuple[Bar, ...]
    feet: tuple[Word, ...]
    above: tuple[Word, ...]
    scale: tuple[Word, ...]
    lines: tuple[float, ...]


def charts(columns: Sequence[Column]) -> tuple[Chart, ...]:
    """The same columns wide and narrow; none where there is nothing to show."""
    most = max((sum(value for _, value, _ in each.parts) for each in columns), default=0)
    return (
        tuple(_chart(columns, most, *size) for size in (("wide", WIDE), ("narrow", NARROW))) if most else ()
    )


def ticks(most: int) -> tuple[int, ...]:
    """Round numbers for a scale from 0 to at least `most`, two to five steps.

    >>> ticks(7), ticks(830), ticks(1)
    ((0, 2, 4, 6, 8), (0, 200, 400, 600, 800, 1000), (0, 1, 2))
    """
    step = 1
    while step * 5 < most:
        digits = str(step)[0]
        step = step * 5 // 2 if digits == "2" else step * 2
    last = max(2, -(-most // step))
    return tuple(step * count for count in range(last + 1))


def _chart(columns: Sequence[Column], most: int, shape: str, width: int) -> Chart:
    scale = ticks(most)
    room = HEIGHT - _TOP - _FOOT
    unit = room / scale[-1]
    floor = HEIGHT - _FOOT
    pitch = (width - _LEFT) / len(columns)
    thick = round(pitch * 0.62, 1)
    bars: list[Bar] = []
    feet: list[Word] = []
    above: list[Word] = []
    for index, column in enumerate(columns):
        middle = round(_LEFT + pitch * (index + 0.5), 1)
        y = float(floor)
        for kind, value, title in column.parts:
            if value:
                y -= value * unit
                bars.append(
                    Bar(round(middle - thick / 2, 1), round(y, 1), thick, round(value * unit, 1), kind, title)
                )
        feet.append(Word(middle, HEIGHT - 8, column.label))
        if column.above:
            above.append(Word(middle, round(y - 5, 1), column.above))
    return Chart(
        shape, width, HEIGHT, _LEFT, tuple(bars), tuple(feet), tuple(above),
        tuple(Word(_LEFT - 6, round(floor - value * unit + 4, 1), str(value)) for value in scale),
        tuple(round(floor - value * unit, 1) for value in scale),
    )  # fmt: skip
