"""The name of a file is evidence of nothing: a letter under another name gives the same result."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from corpus import letter
from corpus.render import render_pdf
from corpus.scan import PRESETS, scan
from corpus.specimen import LETTERS
from tests.dondoc.conftest import Run


def results(dondoc: Run, paths: Iterable[Path], out: Path) -> dict[str, list[dict]]:
    """What each file gives, all its documents, by its content's hash."""
    # A page that comes near its time limit on a busy machine is read in fewer ways: the name must be all that differs.
    done = dondoc("extract", *paths, "-o", out, timeout=500, DONDOC_SECONDS_PER_PAGE="300")
    assert done.returncode == 0, done.stderr
    found = {}
    for path in paths:
        names = sorted([out / f"{path.stem}.json", *out.glob(f"{path.stem}.[0-9]*.json")])
        found[digest(path)] = [json.loads(name.read_text(encoding="utf-8")) for name in names]
    return found


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def renamed(paths: Iterable[Path], folder: Path) -> list[Path]:
    """Copies of the files, each named by its hash."""
    folder.mkdir()
    return [Path(shutil.copy(path, folder / f"{digest(path)}{path.suffix}")) for path in paths]


def same_after_renaming(dondoc: Run, paths: list[Path], folder: Path) -> dict[str, list[dict]]:
    before = results(dondoc, paths, folder / "before")
    after = results(dondoc, renamed(paths, folder / "renamed"), folder / "after")
    assert after.keys() == before.keys()
    for key in before:
        assert after[key] == before[key]
    return before


def test_the_projects_letters_give_the_same_under_any_name(dondoc: Run, tmp_path: Path) -> None:
    paths = sorted(LETTERS.glob("*.txt"))
    found = same_after_renaming(dondoc, paths, tmp_path)
    assert len(found) == len(paths)
    assert sum(len(document["tasks"]) for documents in found.values() for document in documents) > 100


def test_a_page_with_text_and_a_scan_give_the_same_under_any_name(dondoc: Run, tmp_path: Path) -> None:
    plain, scanned = tmp_path / "so-2956-byt.pdf", tmp_path / "khan 2025-09-29.pdf"
    plain.write_bytes(render_pdf(letter("byt_sotxuathuyet_2024")))
    scanned.write_bytes(scan(render_pdf(letter("gtvt_khan_2025")), PRESETS["skew"], seed=4))
    found = same_after_renaming(dondoc, [plain, scanned], tmp_path)
    assert all(documents[0]["tasks"] for documents in found.values())


def test_a_name_that_lies_changes_nothing(dondoc: Run, tmp_path: Path) -> None:
    """The name of another letter, of another year and kind, is not believed."""
    source = LETTERS / "syt_2008.txt"
    lie = tmp_path / "thông báo 99-TB-UBND ngày 01-01-2031 HỎA TỐC.txt"
    shutil.copy(source, lie)
    assert results(dondoc, [source], tmp_path / "a") == results(dondoc, [lie], tmp_path / "b")


@pytest.mark.timeout(600)
def test_real_letters_give_the_same_under_any_name(dondoc: Run, shared: Path, tmp_path: Path) -> None:
    paths = sorted((shared / "gold").glob("*.txt"))
    scans = sorted((shared / "scans").glob("*.pdf"), key=lambda path: path.stat().st_size)[:1]
    assert len(paths) >= 10
    for kind, files in (("text", paths), ("scan", scans)):
        (tmp_path / kind).mkdir()
        same_after_renaming(dondoc, files, tmp_path / kind)
