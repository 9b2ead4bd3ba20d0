"""On the specimen letters confidence is about as high as values are often right."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from pathlib import Path

from corpus import letters
from corpus.judging import judged
from nlp.calibration import calibration
from nlp.dispatch import understand
from nlp.jsonform import to_json
from nlp.reading import page_of_string
from nlp.values import values
from tools import calibrate

WITHIN = 0.05
"""The counts hold other letters and scans too, where values are less often right."""
ENOUGH = 30


def test_mean_confidence_lies_near_accuracy() -> None:
    seen: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for specimen in letters():
        [dispatch, *_] = understand([page_of_string(specimen.text)])
        verdicts = judged(specimen.gold, to_json(dispatch))
        for value in values(dispatch):
            path = value.path.removesuffix(".mentions[0]")
            if path in verdicts:
                seen[value.field].append((value.evidence.confidence, verdicts[path]))
    assert {"number", "task", "responsible", "deadline", "reference"} <= set(seen) <= set(calibration().fields)
    for field, group in seen.items():
        confidence = sum(p for p, _ in group) / len(group)
        accuracy = sum(right for _, right in group) / len(group)
        if len(group) >= ENOUGH:
            assert abs(confidence - accuracy) < WITHIN, (field, len(group), confidence, accuracy)


def test_judging_says_which_value_is_wrong() -> None:
    gold = {
        "number": "12", "addressees": ["Sở Y tế"],
        "tasks": [{"text": "rà soát các chợ", "responsible": ["Sở Y tế"], "deadlines": [{"kind": "fixed", "date": "2020-05-15"}]}],
        "references": [{"type": "nghị định", "number": "45", "year": 2012, "symbol": "NĐ-CP"}],
    }  # fmt: skip
    found = {
        "number": "13", "addressees": ["Sở Y tế", "Sở Xây dựng"],
        "tasks": [
            {"text": "báo cáo kết quả năm học"},
            {"text": "rà soát các chợ", "responsible": ["Sở Xây dựng"],
             "deadlines": [{"kind": "fixed", "date": "2020-05-15"}, {"kind": "fixed", "date": "2020-05-15"}]},
        ],
        "references": [{"type": "nghị định", "number": "45", "year": 2012, "symbol": "NĐ-CP"}],
    }  # fmt: skip
    assert judged(gold, found) == {
        "number": False, "addressees[0]": True, "addressees[1]": False, "tasks[0]": False, "tasks[1]": True,
        "tasks[1].responsible[0]": False, "tasks[1].deadlines[0]": True, "tasks[1].deadlines[1]": False, "references[0]": True,
    }  # fmt: skip


def test_what_was_judged_at_first_sight_is_kept_without_words(tmp_path: Path) -> None:
    specimen = next(each for each in letters() if len(each.gold.get("tasks", [])) > 2)
    folder, kept = tmp_path / "letters", tmp_path / "kept.tsv"
    folder.mkdir()
    (folder / "a.txt").write_text(specimen.text, encoding="utf-8")
    (folder / "a.json").write_text(json.dumps(specimen.gold), encoding="utf-8")
    calibrate.judge(kept, [folder])
    once = kept.read_text(encoding="utf-8")
    calibrate.judge(kept, [folder])
    assert kept.read_text(encoding="utf-8") == once, "a letter is judged once: later it is no longer unseen"
    [sample] = calibrate.in_folders(tmp_path, [folder])
    direct = Counter((e.field, e.rule, e.score, e.marks, e.right) for e in calibrate.seen_in(sample))
    assert Counter((e.field, e.rule, e.score, e.marks, e.right) for e in calibrate.judged_before(kept)) == direct
    assert specimen.gold["subject"] not in once
