"""Weights from counts: few cases move little, what two parts say is not counted twice, bands never fall."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from nlp.calibration import Calibration
from tools.fitting import Seen, brier, calibration_error, crossed, fitted


def seen(n: int, right: int, *, rule: str = "rule", score: float = 1.0, marks: tuple[str, ...] = (), field: str = "number") -> Iterator[Seen]:
    return (Seen(f"letter {i % 20}", field, rule, 0.9, score, marks, i < right) for i in range(n))


def test_a_rule_is_as_sure_as_it_was_right() -> None:
    known = Calibration(fitted([*seen(400, 396, rule="good"), *seen(400, 320, rule="bad")]))
    assert known.sureness("number", "good", 1.0).probability == pytest.approx(0.99, abs=0.02)
    assert known.sureness("number", "bad", 1.0).probability == pytest.approx(0.8, abs=0.02)
    assert known.sureness("number", "bad", 1.0).weakest == "rule"


def test_one_wrong_value_does_not_condemn_a_rule() -> None:
    known = Calibration(fitted([*seen(400, 392), *seen(1, 0, rule="seldom")]))
    assert 0.7 < known.sureness("number", "seldom", 1.0).probability < 0.95


def test_bands_that_fall_are_joined() -> None:
    known = Calibration(fitted([*seen(100, 99, score=0.6), *seen(100, 90, score=0.85), *seen(100, 97, score=0.99), *seen(50, 20, score=0.1)]))
    found = [known.sureness("number", "rule", score).probability for score in (0.1, 0.6, 0.75, 0.85, 0.99)]
    assert found == sorted(found)
    assert found[0] < 0.6 < found[1]


def test_what_a_mark_and_a_band_both_say_counts_once() -> None:
    known = Calibration(fitted([*seen(300, 297), *seen(100, 50, score=0.6, marks=("mended",))]))
    assert known.sureness("number", "rule", 0.6, ("mended",)).probability == pytest.approx(0.5, abs=0.08)
    assert known.sureness("number", "rule", 1.0).probability == pytest.approx(0.98, abs=0.02)


def test_errors_of_confidence() -> None:
    assert brier([(1.0, True), (0.0, False)]) == 0
    assert calibration_error([(0.75, True)] * 3 + [(0.75, False)]) == pytest.approx(0)
    assert calibration_error([(0.9, False)]) == pytest.approx(0.9)


def test_each_letter_is_judged_by_the_others() -> None:
    values = [*seen(60, 60), *(Seen("alone", "number", "odd", 0.9, 1.0, (), False) for _ in range(30))]
    alone = [p for each, p in crossed(values) if each.letter == "alone"]
    assert len(crossed(values)) == len(values)
    assert min(alone) > 0.9
