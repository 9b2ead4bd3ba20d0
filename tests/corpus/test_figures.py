"""Figures are kept as numbers alone, and a change tells letter by letter what it gained and lost."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import pytest

from corpus.evaluate import MEASURES, Report, Tally, evaluate
from corpus.figures import (
    FIGURES,
    Change,
    Comparison,
    compare_with_kept,
    keep,
    letter_keys,
    load,
    nearest,
    set_key,
)
from corpus.specimen import LETTERS, letters
from ingest.errors import BadFile

TASK = {"label": "1", "start": "Rà soát chợ", "text": "Rà soát chợ dân sinh tạm", "responsible": ["Sở Bí Mật"]}
GOLD = {"a": {"kind": "công văn", "number": "12", "tasks": [TASK]}, "b": {"kind": "chỉ thị", "tasks": []}}


def measured(folder: Path, predictions: dict) -> tuple[Report, dict[str, str]]:
    report = evaluate(folder, predictions)
    return report, letter_keys(report, folder, {})


def compared(folder: Path, predictions: dict, path: Path) -> Comparison:
    report, keys = measured(folder, predictions)
    return compare_with_kept(report, keys, load(path))


@pytest.fixture
def folder(write_gold) -> Path:
    return write_gold(**GOLD)


@pytest.fixture
def kept(folder: Path, tmp_path: Path) -> Path:
    path = tmp_path / "kept" / "figures.json"
    path.parent.mkdir()
    keep(*measured(folder, GOLD), path)
    return path


def test_the_same_again_is_no_change(folder: Path, kept: Path) -> None:
    found = compared(folder, GOLD, kept)
    assert (found.known, found.new, found.changes) == (2, (), ())
    assert "không có gì thay đổi" in found.table()


def test_gains_and_losses_are_told_letter_by_letter(folder: Path, kept: Path) -> None:
    worse = copy.deepcopy(GOLD)
    worse["a"]["tasks"] = []
    keep(*measured(folder, worse | {"b": {"kind": "chỉ thị", "tasks": [TASK]}}), kept)
    found = compared(folder, GOLD | {"a": {**GOLD["a"], "number": "21"}}, kept)
    assert [(c.letter, c.measure) for c in found.losses] == [("a", "header")]
    assert {(c.letter, c.measure) for c in found.gains} == {
        ("a", "tasks"), ("a", "responsible"), ("a", "labels"), ("b", "tasks"), ("b", "responsible")
    }  # fmt: skip
    table = found.table()
    assert "a: tasks 0/1 → 1/1" in table
    assert "b: tasks 0/0 (+1) → 0/0" in table
    assert "a: header" in table.split("Kém đi")[1]
    assert json.loads(json.dumps(found.to_json()))["losses"][0]["letter"] == "a"


def test_an_invented_task_is_a_loss_and_more_hits_with_as_many_errors_a_gain() -> None:
    assert not Change("a", "tasks", Tally(1, 1, 1), Tally(1, 1, 2)).better
    assert Change("a", "tasks", Tally(0, 1, 0), Tally(1, 1, 2)).better


def test_only_numbers_and_hashes_are_kept(kept: Path) -> None:
    text = kept.read_text(encoding="utf-8")
    for words in ("Bí Mật", "chợ", "công văn", '"a"', '"12"'):
        assert words not in text
    for figures in json.loads(text).values():
        for letter in figures.values():
            assert set(letter) <= {"header", "labels", *MEASURES}
            assert all(isinstance(n, int) for counts in letter.values() for n in counts)


def test_renamed_letters_are_known_again_and_a_mended_one_is_new(folder: Path, kept: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    for name in GOLD:
        (other / f"x{name}.json").write_bytes((folder / f"{name}.json").read_bytes())
    report, keys = measured(other, {f"x{name}": value for name, value in GOLD.items()})
    assert set_key(keys) in load(kept)
    (other / "xa.json").write_text(json.dumps({**GOLD["a"], "number": "13"}), encoding="utf-8")
    report, keys = measured(other, {})
    assert nearest(load(kept), keys) is not None
    assert compare_with_kept(report, keys, load(kept)).new == ("xa",)
    keep(report, keys, kept)
    assert list(load(kept)) == [set_key(keys)], "the figures of the set as it was are replaced"


def test_another_set_is_kept_beside_and_text_apart_from_scan(folder: Path, kept: Path, tmp_path: Path) -> None:
    other = tmp_path / "third"
    other.mkdir()
    (other / "c.json").write_text(json.dumps({"kind": "báo cáo"}), encoding="utf-8")
    keep(*measured(other, {}), kept)
    report = evaluate(folder, GOLD)
    keep(report, letter_keys(report, folder, {"a": ".pdf", "b": ".pdf"}), kept)
    assert len(load(kept)) == 3
    assert compared(folder, GOLD, kept).changes == ()


def test_a_further_document_is_a_letter_of_its_own(folder: Path, kept: Path) -> None:
    report, keys = measured(folder, GOLD | {"a.2": {"tasks": [TASK]}})
    assert keys["a.2"] == f"{keys['a']}-2"
    keep(report, keys, kept)
    found = compared(folder, GOLD | {"a.2": {"tasks": [TASK, TASK]}}, kept)
    assert {(c.letter, c.measure) for c in found.losses} == {("a.2", "tasks"), ("a.2", "responsible")}


def test_nothing_kept_and_a_broken_file_are_told(folder: Path, tmp_path: Path) -> None:
    assert "--keep" in compared(folder, GOLD, tmp_path / "none.json").table()
    broken = tmp_path / "broken.txt"
    for content in ("{", "[1]", '{"a": {"b": {"tasks": 1}}}'):
        broken.write_text(content, encoding="utf-8")
        with pytest.raises(BadFile, match=r"broken\.txt"):
            load(broken)


def test_today_loses_no_more_than_it_gains_against_the_figures_kept() -> None:
    """A change to nlp shows here: see the message, mend it, or keep the new figures and say why in the commit."""
    from ingest.types import Page
    from nlp.dispatch import understand
    from nlp.jsonform import to_json
    from nlp.reading import page_of_string

    def read(text: str) -> dict:
        pages: tuple[Page, ...] = (page_of_string(text),)
        return to_json(understand(pages)[0])

    report = evaluate(LETTERS, {each.name: read(each.text) for each in letters()})
    found = compare_with_kept(report, letter_keys(report, LETTERS, {}), load(FIGURES))
    assert found.known > len(report.letters) // 2, "keep the figures: dondoc evaluate corpus/letters --keep"
    for name, (before, after) in found.totals.items():
        errors = [tally.gold + tally.found - 2 * tally.hit for tally in (before, after)]
        assert errors[1] <= errors[0], f"{name}\n{found.table()}"
