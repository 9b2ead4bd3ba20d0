"""Two thousand letters damaged at random: none raises, gives unsound results or takes over two seconds a page."""

from __future__ import annotations

import pytest

from tools.fuzz_letters import damaged, faults

EACH = 100


@pytest.mark.parametrize("first", range(0, 2000, EACH))
def test_no_damage_makes_understanding_raise_or_dawdle(first: int) -> None:
    found = []
    for seed in range(first, first + EACH):
        name, text = damaged(seed)
        found += [f"seed {seed}, {name}: {fault}" for fault in faults(text)]
    assert found == []


def test_the_same_seed_gives_the_same_damage() -> None:
    assert damaged(7) == damaged(7)
    assert damaged(7) != damaged(8)
