"""Whether the time of some work grows with the length of its text, not with its square."""

from __future__ import annotations

import time
from collections.abc import Callable

TIMES_AS_LONG = 4
AT_MOST = 9.0
"""Four times the text takes about four times as long; with a rule whose time grows with the square, sixteen times."""
LEAST = 0.05
"""Seconds below which a duration says nothing."""


TRIES = 3


def grows_with_the_length(work: Callable[[str], object], unit: str, size: int) -> bool:
    """Whether `work` on four times the units takes no more than the length lets expect, by this process's clock.

    A machine that does other work is slow at times: what grows faster than the length does so each time.
    """
    return any(_grows(work, unit, size) for _ in range(TRIES))


def _grows(work: Callable[[str], object], unit: str, size: int) -> bool:
    taken = []
    for times in (1, TIMES_AS_LONG):
        text = unit * (times * size // len(unit))
        started = time.process_time()
        work(text)
        taken.append(time.process_time() - started)
    return taken[1] < AT_MOST * max(taken[0], LEAST)
