"""`dondoc extract`, `ocr` and `evaluate`: what a user sees without a database."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from corpus import letter, letters
from corpus.render import render_pdf
from corpus.scan import PRESETS, scan
from tests.dondoc.conftest import Run

LETTERS = Path(__file__).resolve().parents[2] / "corpus" / "letters"


def test_extract_writes_one_json_per_file_in_the_gold_format(dondoc: Run, tmp_path: Path) -> None:
    source = LETTERS / "bct_cum_cong_nghiep_2019.txt"
    done = dondoc("extract", source, "-o", tmp_path / "out", "--stats")
    assert done.returncode == 0, done.stderr
    found = json.loads((tmp_path / "out" / "bct_cum_cong_nghiep_2019.json").read_text(encoding="utf-8"))
    gold = json.loads(source.with_suffix(".json").read_text(encoding="utf-8"))
    assert (found["number"], found["symbol"], found["issued_on"]) == (gold["number"], gold["symbol"], gold["issued_on"])
    assert [t["label"] for t in found["tasks"]] == [t["label"] for t in gold["tasks"] if not t.get("optional")]
    assert "1 trang" in done.stderr


def test_without_a_folder_each_document_is_one_line_of_json(dondoc: Run) -> None:
    done = dondoc("extract", LETTERS / "tin_hoi_nghi_2018.txt", fresh=True)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["kind"] for row in rows] == ["khác"]
    assert rows[0]["tasks"] == []


def test_a_scan_gives_evidence_with_boxes_on_its_page(dondoc: Run, tmp_path: Path) -> None:
    specimen = letter("gtvt_khan_2025")
    path = tmp_path / "scan.pdf"
    path.write_bytes(scan(render_pdf(specimen), PRESETS["skew"], seed=4))
    done = dondoc("extract", path, "-o", tmp_path)
    assert done.returncode == 0, done.stderr
    found = json.loads((tmp_path / "scan.json").read_text(encoding="utf-8"))
    assert found["issued_on"] == specimen.gold["issued_on"]
    assert found["tasks"]
    evidence = found["tasks"][0]["evidence"]["task"]
    assert evidence["page"] == 1
    assert evidence["boxes"]
    for x0, y0, x1, y1 in (entry["box"] for entry in evidence["boxes"]):
        assert 0 <= x0 < x1 <= 600
        assert 0 <= y0 < y1 <= 845


def test_a_bad_file_costs_one_line_and_the_others_are_done(dondoc: Run, tmp_path: Path) -> None:
    empty = tmp_path / "rong.pdf"
    empty.touch()
    good = tmp_path / "tot.txt"
    shutil.copy(LETTERS / "anbinh_huyen_2009.txt", good)
    done = dondoc("extract", empty, good, "-o", tmp_path / "out")
    assert done.returncode == 1
    assert (tmp_path / "out" / "tot.json").exists()
    assert not (tmp_path / "out" / "rong.json").exists()
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1
    assert "rong.pdf" in lines[0]
    assert "Traceback" not in done.stderr


def test_a_confined_letter_is_refused_with_a_clear_word(dondoc: Run, tmp_path: Path) -> None:
    path = tmp_path / "mat.txt"
    text = (LETTERS / "anbinh_huyen_2009.txt").read_text(encoding="utf-8")
    path.write_text("TỐI MẬT\n" + text, encoding="utf-8")
    done = dondoc("extract", path, "-o", tmp_path / "out")
    assert done.returncode == 1
    assert "TỐI MẬT" in done.stderr
    assert not list((tmp_path / "out").glob("*.json"))


def test_a_missing_file_is_told(dondoc: Run, tmp_path: Path) -> None:
    done = dondoc("extract", tmp_path / "khong-co.pdf")
    assert done.returncode == 1
    assert "khong-co.pdf" in done.stderr
    assert "Traceback" not in done.stderr


def test_ocr_writes_a_pdf_whose_text_can_be_copied_and_searched(dondoc: Run, tmp_path: Path) -> None:
    path, out = tmp_path / "scan.pdf", tmp_path / "out.pdf"
    path.write_bytes(scan(render_pdf(letter("gtvt_khan_2025")), PRESETS["clean"], seed=1))
    before = path.read_bytes()
    done = dondoc("ocr", path, "-o", out)
    assert done.returncode == 0, done.stderr
    assert path.read_bytes() == before
    copied = subprocess.run(["pdftotext", "-layout", out, "-"], capture_output=True, text=True, check=True).stdout
    assert "Kính gửi" in copied
    text = tmp_path / "out.txt"
    assert dondoc("ocr", path, "-o", text).returncode == 0
    assert "Kính gửi" in text.read_text(encoding="utf-8")


def test_ocr_never_writes_over_the_original(dondoc: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.4")
    done = dondoc("ocr", path, "-o", path, fresh=True)
    assert done.returncode == 1
    assert path.read_bytes() == b"%PDF-1.4"


@pytest.mark.timeout(600)
def test_the_projects_own_letters_reach_the_figures_the_readme_states(dondoc: Run) -> None:
    done = dondoc("evaluate", LETTERS, "--json", timeout=500)
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)["headline"]
    assert len(letters()) >= 20
    floor = {"header": 0.97, "addressees": 0.95, "tasks": 0.93, "responsible": 0.80, "deadlines": 0.85, "references": 0.93}
    assert {name: figures[name] >= least for name, least in floor.items()} == dict.fromkeys(floor, True), figures


def test_the_real_letters_reach_what_the_issue_asks(dondoc: Run, shared: Path) -> None:
    done = dondoc("evaluate", shared / "gold", "--json")
    figures = json.loads(done.stdout)["headline"]
    floor = {"header": 0.95, "tasks": 0.95, "responsible": 0.85, "deadlines": 0.90, "references": 0.95}
    assert {name: figures[name] >= least for name, least in floor.items()} == dict.fromkeys(floor, True), figures


def test_evaluate_keeps_figures_and_tells_gains_and_losses(dondoc: Run, tmp_path: Path) -> None:
    folder, figures = tmp_path / "gold", tmp_path / "figures.json"
    folder.mkdir()
    for name in ("syt_2008", "tin_hoi_nghi_2018"):
        for ending in (".txt", ".json"):
            shutil.copy(LETTERS / f"{name}{ending}", folder)
    assert "--keep" in dondoc("evaluate", folder, "--figures", figures).stdout
    assert dondoc("evaluate", folder, "--figures", figures, "--keep").returncode == 0
    assert "không có gì thay đổi" in dondoc("evaluate", folder, "--figures", figures).stdout
    (folder / "syt_2008.txt").write_text("Trang trắng", encoding="utf-8")
    done = dondoc("evaluate", folder, "--figures", figures)
    assert done.returncode == 0
    assert "Kém đi (losses)" in done.stdout
    assert "syt_2008: tasks" in done.stdout
    assert "tin_hoi_nghi_2018:" not in done.stdout


def test_explain_tells_which_rule_gave_what_from_which_words(dondoc: Run, tmp_path: Path) -> None:
    source = LETTERS / "gtvt_khan_2025.txt"
    done = dondoc("extract", "--explain", source)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("gtvt_khan_2025.txt\n\nTHỂ THỨC\n")
    assert "quy tắc report-báo-cáo (nơi nhận báo cáo, sau động từ) · tin cậy 0,9" in done.stdout
    assert "quy tắc channel-body" in done.stdout
    assert '{"' not in done.stdout
    done = dondoc("extract", "--explain", "--json", source, "-o", tmp_path)
    [told] = [json.loads(line) for line in done.stdout.splitlines()]
    assert (told["file"], told["document"]) == (source.name, 1)
    found = json.loads((tmp_path / "gtvt_khan_2025.json").read_text(encoding="utf-8"))
    said = [each for each in told["explanation"] if each["name"] == "responsible"]
    assert [each["value"] for each in said] == [body for task in found["tasks"] for body in task["responsible"]]
    lines = [line for line in source.read_text(encoding="utf-8").splitlines() if line.strip()]
    number = next(each for each in told["explanation"] if each["name"] == "number")
    assert number["words"] in lines[number["line"] - 1]
