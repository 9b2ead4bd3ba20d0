"""Two thousand letters damaged at random: none raises, gives unsound results or takes over two seconds a page.

Faults that are left are rare: `tools/fuzz_letters.py` looks for them among many thousands.
"""

from __future__ import annotations

import pytest

from nlp.dispatch import understand
from nlp.reading import page_of_string
from tools.fuzz_letters import damaged, faults

EACH = 100


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    """Words and rules are loaded with the first letter; that time is not the letter's."""
    understand((page_of_string("Kính gửi: Sở Y tế"),))


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
