"""Most letters of an office carry no task: over those of the collection that carry none, at most one may be invented."""

from __future__ import annotations

from typing import Any

import pytest

from corpus.evaluate import compare
from corpus.specimen import Specimen, derived, letters
from ingest.plain import lines_of
from ingest.types import Page
from nlp.dispatch import understand
from nlp.jsonform import to_json

WITHOUT = tuple(s for s in letters() if all(task.get("optional") for task in s.gold["tasks"]))


def found_in(text: str) -> dict[str, Any]:
    first, *_ = understand([Page(1, 595.0, 842.0, lines_of(text), "text")])
    return to_json(first)


def invented(specimen: Specimen) -> list[str]:
    report = compare(specimen.name, specimen.gold, found_in(specimen.text))
    return [missed for missed in report.missed if missed.startswith("nhiệm vụ không có")]


def test_the_set_is_large_and_varied() -> None:
    assert len(WITHOUT) >= 40
    kinds = {s.gold["kind"] for s in WITHOUT}
    assert kinds >= {"công văn", "báo cáo", "thông báo", "tờ trình", "giấy mời", "biên bản", "phiếu chuyển", "quyết định", "khác"}
    assert sum(1 for s in WITHOUT if s.gold["kind"] == "công văn") >= 15


@pytest.mark.parametrize("form", [None, "columns", "stacked", "flow"])
def test_at_most_one_false_task_in_all(form: str | None) -> None:
    found = {
        s.name: invented(s if form is None else derived(s, form=form, break_hyphens=False)) for s in WITHOUT
    }
    assert sum(len(tasks) for tasks in found.values()) <= 1, {name: tasks for name, tasks in found.items() if tasks}
