"""The bench of a large register: its letters, its files, its page. Nothing here is a measurement."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bench import letters, scale_page
from bench.bodies import standing
from bench.feed import prepare, read_actions, read_documents
from bench.latency import questions
from bench.wording import clauses, segmented
from search.embedded import EmbeddedEngine
from search.types import Upsert

ROOT = Path(__file__).resolve().parent.parent.parent


def test_words_are_few_and_frequent_or_many_and_rare() -> None:
    counted: dict[str, int] = {}
    for document in letters.documents(0, 150):
        for page in document.pages:
            for word in segmented(page.text.lower()):
                counted[word] = counted.get(word, 0) + 1
    ordered = sorted(counted.values(), reverse=True)
    assert sum(ordered[:100]) > 0.3 * sum(ordered)
    assert sum(1 for count in ordered if count == 1) > len(ordered) / 4
    assert sum("_" in word for word in segmented(" ".join(clauses()[:500]))) > 1000


def test_bodies_are_those_of_the_time() -> None:
    assert "Sở Thông tin và Truyền thông" in {body.name for body in standing(2015).departments}
    assert "Sở Thông tin và Truyền thông" not in {body.name for body in standing(2005).departments}
    assert all("quận" in body.name or "huyện" in body.name or "thị xã" in body.name for body in (standing(2015).districts[at] for at in range(25)))


def test_letters_cite_laws_and_earlier_letters_and_bring_obligations() -> None:
    every = list(letters.documents(2000, 2400))
    own = {(number.number, number.symbol) for one in letters.documents(0, 2400) if one.kind == "letters" for number in one.numbers}
    cited = [number for one in every if one.kind == "references" for number in one.cited]
    known = [number for number in cited if (number.number, number.symbol) in own]
    assert 0.2 < len(known) / len(cited) < 0.5
    tasks = [one for one in every if one.kind == "tasks"]
    assert 2.5 < len(tasks) / 400 < 4.5
    late = [one for one in tasks if one.state == "open" and one.due_on and one.due_on < letters.TODAY]
    assert 0 < len(late) < len(tasks) / 20


def test_what_is_written_to_disk_is_read_back_and_not_made_twice(tmp_path: Path) -> None:
    first, second = prepare(tmp_path, (20, 50), actions=True)
    assert [*read_documents(first.documents_file), *read_documents(second.documents_file)] == list(letters.documents(0, 50))
    actions = list(read_actions(second.actions_file, "x"))
    assert [one["_id"] for one in actions] == [one.id for one in letters.documents(20, 50)]
    assert sum(second.counts.values()) == len(actions)
    changed = first.documents_file.stat().st_mtime_ns
    list(prepare(tmp_path, (20, 50), actions=True))
    assert first.documents_file.stat().st_mtime_ns == changed


def test_the_questions_find_something_and_are_others_each_time(tmp_path: Path) -> None:
    asked = [questions(turn) for turn in range(12)]
    assert len({json.dumps([str(query) for query in turn.values()]) for turn in asked}) == 12
    with closing(EmbeddedEngine(tmp_path / "index.sqlite", analysis=letters.analysis())) as engine:
        engine.apply([Upsert(document) for document in letters.documents(0, 600)])
        for name in asked[0]:
            assert any(engine.search(turn[name]).total for turn in asked), name


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("scale")
    command = [sys.executable, "-m", "bench.scale", "--quick", "--only", "embedded", "--folder", str(folder)]
    subprocess.run([*command, "--write", str(folder / "scale.md")], cwd=ROOT, check=True, timeout=200)
    return folder


def test_a_trial_run_writes_the_page_and_its_picture(page: Path) -> None:
    text = (page / "scale.md").read_text(encoding="utf-8")
    assert "## Ghi vào chỉ mục nhúng" in text
    assert "](images/scale.svg)" in text
    assert "nhiệm vụ quá hạn" in text
    assert not list((page / "images").glob("*.js"))
    drawn = ElementTree.parse(page / "images" / "scale.svg")
    assert len(drawn.findall(".//{*}polyline")) == 2


def test_the_page_says_what_is_missed_and_that_the_machine_was_busy(page: Path) -> None:
    results = json.loads((page / "results.json").read_text(encoding="utf-8"))
    for row in results["embedded"]["steps"][-1]["questions"]:
        row["embedded"]["p95_ms"] = 100.5
    results["embedded"]["busy"] = 7.5
    assert "**không đạt (missed)**" in scale_page.markdown(results, "")
    assert "máy đang bận việc khác" in scale_page.markdown(results, "")
    for row in results["embedded"]["steps"][-1]["questions"]:
        row["embedded"]["p95_ms"] = 99.5
    results["embedded"]["busy"] = 0.1
    assert "missed" not in scale_page.markdown(results, "")
    assert "máy đang bận" not in scale_page.markdown(results, "")
