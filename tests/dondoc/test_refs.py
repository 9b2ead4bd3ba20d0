"""`dondoc refs` from whole letters: what gold says is cited is found, with its provisions; twins and letters of ours meet."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import corpus
from dondoc.cli import app
from ingest.reader import read_file
from ingest.types import Limits
from nlp.dispatch import understand
from register import intake, letters, references
from register.database import Database
from register.graph import decisions
from register.originals import OriginalStore
from tests.registers import new_register

LETTERS = Path(corpus.__file__).parent / "letters"
AT = datetime(2026, 1, 5, tzinfo=UTC)


def register(folder: Path, files: Iterable[Path]) -> Database:
    """A register of these files, read and understood as the worker does."""
    database, store = new_register(folder / "dondoc.sqlite"), OriginalStore(folder / "originals")
    for path in files:
        reading = read_file(path, limits=Limits())
        dispatches = understand(reading.pages, name=path.name)
        with database.transaction() as s:
            number = intake.receive(s, store, path.read_bytes(), name=path.name, at=AT, version="1").file_id
            letters.record(s, number, reading, dispatches, version="1", at=AT)
    return database


def refs(folder: Path, question: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.setenv("DONDOC_DATA_DIR", str(folder))
    answer = CliRunner().invoke(app, ["refs", question, "--json"])
    assert answer.exit_code == 0, answer.output
    found: dict[str, Any] = json.loads(answer.stdout)
    return found


@pytest.fixture(scope="module")
def gold(tmp_path_factory: pytest.TempPathFactory) -> Path:
    shared = Path(__file__).resolve().parents[3] / "shared" / "gold"
    if not shared.is_dir():
        pytest.skip("../shared is not here")
    folder = tmp_path_factory.mktemp("gold")
    register(folder, sorted(shared.glob("*.txt"))).close()
    return folder


def files(found: dict[str, Any]) -> set[str]:
    return {each["file"] for each in found["citing"]}


def test_a_decree_leads_to_the_letter_and_the_provision(gold: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    [row] = refs(gold, "Nghị định 45/2012", monkeypatch)["citing"]
    assert (row["file"], row["number"], row["page"], row["provisions"]) == ("7540-BCT-CNDP.txt", "7540", 1, ["Điều 8"])


def test_letter_and_news_item_meet_at_the_decision(gold: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = refs(gold, "1288/QĐ-TTg", monkeypatch)
    assert files(found) == {"7540-BCT-CNDP.txt", "tin-7540.txt"}
    assert len(found["documents"]) == 1


def test_the_news_item_meets_the_letter_whose_symbol_was_misread(gold: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = refs(gold, "7540/BCT-CNĐP", monkeypatch)
    assert files(found) == {"tin-7540.txt"}
    assert "7540-BCT-CNDP.txt" in {each["file"] for each in found["documents"]}


def test_a_directive_whose_number_was_not_read_is_met_by_its_title(gold: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = refs(gold, "11/CT-TTg năm 2020", monkeypatch)
    assert files(found) == {"2990-BCT-CTDP.txt"}
    own = [each for each in found["documents"] if each["file"] == "ttg_ct11_2020.txt"]
    assert own
    assert all(each["probable"] for each in own)


@pytest.fixture(scope="module")
def citing(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, list[dict[str, Any]]]]:
    """The letters of the corpus that cite something with a number, and what their gold says they cite."""
    wanted = {}
    for path in sorted(LETTERS.glob("*.json")):
        cited = [each for each in json.loads(path.read_text("utf-8"))["references"] if each["number"] and each["symbol"]]
        if cited and path.with_suffix(".txt").is_file():
            wanted[path.with_suffix(".txt").name] = cited
    folder = tmp_path_factory.mktemp("corpus")
    register(folder, [LETTERS / name for name in wanted]).close()
    return folder, wanted


def test_every_citation_of_the_corpus_is_found_by_its_code(citing: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, wanted = citing
    missed, wrong = [], []
    total = 0
    database = Database(f"sqlite:///{folder / 'dondoc.sqlite'}")
    with database.reading() as s:
        for name, cited in wanted.items():
            for each in cited:
                total += 1
                question = f"{each['code']} năm {each['year']}" if each["year"] else each["code"]
                rows = [row for row in references.find(s, question).citing if row.file == name]
                if not rows:
                    missed.append((name, question))
                elif set(each["provisions"]) - {place for row in rows for place in row.provisions}:
                    wrong.append((name, question, each["provisions"], [row.provisions for row in rows]))
        assert [pair for pair in decisions.pairs(s) if pair.reason == "symbol"] == []
    database.close()
    assert total > 150
    assert len(missed) <= total * 0.02, missed
    assert len(wrong) <= total * 0.02, wrong
