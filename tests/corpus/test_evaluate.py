"""The evaluator counts as the annotation guide defines, the same as the reference script."""

from __future__ import annotations

import copy
import importlib.util
import json
import random
from pathlib import Path

import pytest

from corpus.compare import dice, folded, paired
from corpus.evaluate import HEADLINE, MEASURES, Tally, evaluate
from corpus.specimen import LETTERS, letters
from ingest.errors import BadFile


def golds() -> dict[str, dict]:
    return {s.name: copy.deepcopy(s.gold) for s in letters()}


def test_gold_against_itself_is_perfect() -> None:
    report = evaluate(LETTERS, golds())
    assert report.headline == dict.fromkeys(["header", *HEADLINE, "overall"], 1.0)
    assert [letter.missed for letter in report.letters if letter.missed] == []


def test_nothing_found_scores_nothing_but_precision() -> None:
    report = evaluate(LETTERS, {})
    assert report.tally("tasks").hit == 0
    assert report.tally("tasks").precision == 1.0
    assert report.tally("tasks").recall == 0.0


def test_a_wrong_deadline_is_missed_and_told(write_gold) -> None:
    task = {"label": "1", "start": "Làm", "text": "Làm việc này ngay", "responsible": ["Sở A"], "deadlines": [
        {"kind": "fixed", "date": "2024-05-15", "rule": None, "raw": "trước ngày 15/5/2024"}]}  # fmt: skip
    wrong = copy.deepcopy(task)
    wrong["deadlines"][0]["date"] = "2024-05-14"
    folder = write_gold(a={"kind": "công văn", "tasks": [task]})
    report = evaluate(folder, {"a": {"kind": "công văn", "tasks": [wrong]}})
    assert report.tally("deadlines") == Tally(0, 1, 1)
    assert report.tally("tasks") == Tally(1, 1, 1)
    assert "deadlines 1: chuẩn ['fixed 2024-05-15" in report.letters[0].missed[0]


def test_immediate_and_unrecoverable_deadlines_do_not_count(write_gold) -> None:
    task = {"label": "1", "start": "Làm", "text": "Làm ngay", "responsible": ["Sở A"], "deadlines": [
        {"kind": "immediate", "date": None, "rule": None, "raw": "ngay"},
        {"kind": "fixed", "date": "2024-05-15", "rule": None, "raw": "x", "unrecoverable": True}]}  # fmt: skip
    folder = write_gold(a={"tasks": [task]})
    assert evaluate(folder, {"a": {"tasks": [task | {"deadlines": []}]}}).tally("deadlines") == Tally()


def test_an_optional_task_costs_nothing_found_or_not(write_gold) -> None:
    optional = {"label": None, "start": "Đề nghị", "text": "Đề nghị các đơn vị thực hiện", "responsible": [],
                "optional": True}  # fmt: skip
    folder = write_gold(a={"tasks": [optional]})
    for found in ([], [optional]):
        assert evaluate(folder, {"a": {"tasks": found}}).tally("tasks") == Tally()


def test_an_invented_task_costs_precision_of_task_and_of_its_body(write_gold) -> None:
    invented = {"label": "1", "text": "Việc không có", "responsible": ["Sở A"]}
    report = evaluate(write_gold(a={"tasks": []}), {"a": {"tasks": [invented]}})
    assert report.tally("tasks") == Tally(0, 0, 1)
    assert report.tally("responsible") == Tally(0, 0, 1)


def test_a_further_document_without_gold_is_invented(write_gold) -> None:
    invented = {"tasks": [{"label": "1", "text": "Việc", "responsible": ["Sở A"]}]}
    report = evaluate(write_gold(a={"tasks": []}), {"a": {}, "a.2": invented, "khac": invented})
    assert [letter.name for letter in report.letters] == ["a", "a.2"]
    assert report.tally("tasks") == Tally(0, 0, 1)


def test_the_mean_per_letter_leaves_out_letters_that_have_none(write_gold) -> None:
    task = {"label": "1", "start": "Làm", "text": "Làm việc này", "responsible": ["Sở A"]}
    folder = write_gold(a={"tasks": [task]}, b={"tasks": [task]}, c={"tasks": []})
    report = evaluate(folder, {"a": {"tasks": [task]}, "b": {}, "c": {}})
    assert (report.per_letter("tasks"), report.per_letter("deadlines")) == (0.5, 1.0)
    assert report.tally("tasks").f1 == pytest.approx(2 / 3)
    assert f"{report.per_letter('tasks'):>6.3f}" in next(line for line in report.table().splitlines() if "(tasks)" in line)


def test_what_the_text_hides_is_right_when_unknown_and_wrong_when_wrong(write_gold) -> None:
    folder = write_gold(a={"number": "12", "unrecoverable_from_text": ["number"]})
    assert evaluate(folder, {"a": {}}).letters[0].header["number"]
    assert not evaluate(folder, {"a": {"number": "72"}}).letters[0].header["number"]
    assert evaluate(folder, {"a": {"number": "012"}}).letters[0].header["number"]


def test_a_law_is_matched_by_a_name_that_varies(write_gold) -> None:
    def cite(title: str) -> dict:
        return {"references": [{"type": "luật", "number": None, "title": title, "provisions": ["Điều 5"]}]}

    folder = write_gold(a=cite("Quản lý, sử dụng tài sản công"))
    report = evaluate(folder, {"a": cite("Quản lý sử dụng tài sản công năm 2017")})
    assert report.tally("references") == Tally(1, 1, 1)
    assert report.tally("provisions") == Tally(1, 1, 1)


def test_empty_and_broken_folders_are_told(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="không có tệp chuẩn"):
        evaluate(tmp_path, {})
    (tmp_path / "a.json").write_text("{", encoding="utf-8")
    with pytest.raises(BadFile, match=r"a\.json"):
        evaluate(tmp_path, {})


def test_the_table_names_each_measure_in_both_languages() -> None:
    table = evaluate(LETTERS, {}).table(misses=True)
    for english, vietnamese in MEASURES.items():
        assert f"{vietnamese} ({english})" in table
    assert f"== {letters()[0].name}" in table
    assert json.loads(json.dumps(evaluate(LETTERS, {}).to_json()))["letters"] == len(letters())


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("UBND tỉnh;", "ubnd  tỉnh", True),
        ("thủy lợi", "thuỷ lợi", True),
        ("Tòa án", "Toà án", False),  # only the three commonest variants are folded
        ("Ủy ban", "Uỷ ban", True),
        ("Sở Y tế", "Sở Y tê", False),
    ],
)
def test_folding_ignores_case_punctuation_and_old_tone_placing(left: str, right: str, same: bool) -> None:
    assert (folded(left) == folded(right)) is same


def test_pairs_are_one_to_one_and_best_first() -> None:
    gold, found = ["Sở A B C", "Sở A"], ["Sở A", "Sở A B"]
    assert paired(gold, found, dice, 0.5) == [(1, 0), (0, 1)]


def perturbed(gold: dict, chance: random.Random) -> dict:
    """A prediction with the kinds of faults an extractor makes."""
    letter = copy.deepcopy(gold)
    for name in ("kind", "number", "symbol", "issuer", "place", "issued_on", "subject", "signer", "incoming"):
        if chance.random() < 0.2:
            letter[name] = None if chance.random() < 0.5 else (gold["addressees"] and "khác") or None
            if name in ("signer", "incoming"):
                letter[name] = {"name": "Ai Đó", "number": "9", "date": None}
    tasks = [t for t in letter["tasks"] if chance.random() > 0.15]
    for task in tasks:
        if chance.random() < 0.3:
            task["text"] = " ".join(task["text"].split()[: chance.randint(1, 30)])
        if chance.random() < 0.3:
            task["responsible"] = [*task["responsible"][1:], "Sở Bịa đặt"]
        if chance.random() < 0.3 and task["deadlines"]:
            task["deadlines"] = task["deadlines"][1:] or [
                {"kind": "recurring", "date": None, "rule": "BYMONTHDAY=20;FREQ=MONTHLY", "raw": ""}
            ]
        if chance.random() < 0.2:
            task["label"] = "9"
        if chance.random() < 0.2:
            task["report_to"] = "UBND tỉnh"
    if chance.random() < 0.3 and tasks:
        tasks.append({"label": "x", "text": "Một việc bịa ra không ai giao", "responsible": ["Sở B"], "report_to": "C"})
    letter["tasks"] = tasks
    for reference in letter["references"]:
        if chance.random() < 0.2:
            reference["year"] = 1999
        if chance.random() < 0.3:
            reference["provisions"] = ["Điều 1"]
    letter["recipients"] = [r + (" thêm chữ" if chance.random() < 0.2 else "") for r in letter["recipients"]]
    return letter


def reference_script(shared: Path):
    spec = importlib.util.spec_from_file_location("score", shared / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("which", ["specimens", "real"])
def test_agrees_with_the_reference_script(shared: Path, tmp_path: Path, capsys, seed: int, which: str) -> None:
    folder = LETTERS if which == "specimens" else shared / "gold"
    chance = random.Random(seed)
    predictions = {}
    for path in sorted(folder.glob("*.json")):
        if chance.random() < 0.9:
            predictions[path.stem] = perturbed(json.loads(path.read_text(encoding="utf-8")), chance)
    first = sorted(predictions)[0]
    predictions[f"{first}.2"] = {"tasks": [{"label": "1", "text": "Thừa ra", "responsible": ["Sở C"]}]}
    for name, prediction in predictions.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(prediction, ensure_ascii=False), encoding="utf-8")
    theirs = reference_script(shared).score(folder, tmp_path)
    printed = capsys.readouterr().out
    ours = evaluate(folder, predictions)
    assert ours.headline == pytest.approx(theirs)
    for name in MEASURES:
        tally = ours.tally(name)
        line = next(line for line in printed.splitlines() if line.startswith(f"{name} "))
        assert line.endswith(
            f"F1 {tally.f1:.3f}  ({tally.hit} of {tally.gold} gold, {tally.found} found)  per letter {ours.per_letter(name):.3f}"
        )
    for name, tally in ours.fields.items():
        assert f"{name} {tally.hit}/{tally.gold}" in printed.splitlines()[0]
    assert f"({ours.labels.hit} of {ours.labels.gold} matched tasks)" in printed
