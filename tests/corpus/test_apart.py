"""Letters written without knowledge of the rules: what is read of them is not lost again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.evaluate import Report, evaluate
from nlp.dispatch import understand
from nlp.jsonform import to_json
from nlp.reading import page_of_string

APART = Path(__file__).resolve().parents[2] / "corpus" / "apart"
NAMES = sorted(path.stem for path in APART.glob("*.json"))


@pytest.fixture(scope="module")
def report() -> Report:
    texts = {name: (APART / f"{name}.txt").read_text(encoding="utf-8") for name in NAMES}
    return evaluate(APART, {name: to_json(understand((page_of_string(text),))[0]) for name, text in texts.items()})


def test_there_are_letters_of_many_offices_some_without_a_task() -> None:
    tasks = [json.loads((APART / f"{name}.json").read_text(encoding="utf-8"))["tasks"] for name in NAMES]
    assert len(NAMES) > 300
    assert sum(not any(not task.get("optional") for task in each) for each in tasks) > 10
    assert sum(map(len, tasks)) > 1800


@pytest.mark.parametrize(
    ("measure", "least"),
    [
        ("header", 0.975), ("addressees", 0.98), ("recipients", 0.97), ("tasks", 0.975), ("responsible", 0.93), ("coordinating", 0.95),
        ("deadlines", 0.955), ("report_to", 0.9), ("references", 0.98),
    ],
)  # fmt: skip
def test_they_are_read_as_well_as_they_were(report: Report, measure: str, least: float) -> None:
    found = report.header if measure == "header" else report.tally(measure).f1
    assert found >= least, report.table(misses=True)


def test_letters_without_a_task_give_next_to_none(report: Report) -> None:
    none = [letter for letter in report.letters if letter.lists["tasks"].gold == 0]
    assert sum(letter.lists["tasks"].found for letter in none) <= 1
