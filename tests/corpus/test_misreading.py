"""How misread pages are counted, and `dondoc evaluate --ocr` on pages whose text is known."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from corpus.misreading import best_place, misread, truth_of
from corpus.reading_quality import judge, rendered, transcribed
from corpus.render import render_pdf
from corpus.scan import CLEAN, scan
from corpus.specimen import letters

short = st.text(alphabet="abđ ", max_size=8)


@settings(deadline=None)
@given(short, short)
def test_the_best_place_is_the_least_distance_to_any_piece(wanted: str, text: str) -> None:
    pieces = (text[start:end] for start in range(len(text) + 1) for end in range(start, len(text) + 1))
    assert best_place(wanted, text) == min(Levenshtein.distance(wanted, piece) for piece in pieces)


@given(st.lists(st.text(alphabet="aăâeêuưđ 12/.", min_size=1, max_size=30), max_size=4))
def test_what_was_read_as_printed_has_no_error(paragraphs: list[str]) -> None:
    rates = misread(paragraphs, "\n".join(paragraphs)).rates()
    assert (rates["character"], rates["order"], rates["word"], rates["code"]) == (0, 0, 0, 1)


@pytest.mark.parametrize(
    ("read", "wrong", "unmarked", "words_lost", "codes_lost"),
    [
        ("Số: 12/UBND-KT\nVề việc tố chức họp", 1, 0, 1, 0),
        ("Số: 12/UBND-KT\nVề việc tổ chúc họq", 2, 1, 2, 0),
        ("Số: 72/UBND-KT\nVề việc tổ chức họp", 1, 1, 1, 1),
        ("Về việc tổ chức họp\nSố: 12/UBND-KT", 0, 0, 0, 0),
    ],
)
def test_errors_are_told_apart(read: str, wrong: int, unmarked: int, words_lost: int, codes_lost: int) -> None:
    counts = misread(["Số: 12/UBND-KT", "Về việc tổ chức họp"], read)
    assert (counts.wrong, counts.unmarked) == (wrong, unmarked)
    assert (counts.words - counts.found, counts.codes - counts.codes_found) == (words_lost, codes_lost)


def test_only_the_order_minds_paragraphs_changed_about() -> None:
    counts = misread(["Kính gửi: Sở Y tế", "Nơi nhận: như trên"], "Nơi nhận: như trên\nKính gửi: Sở Y tế")
    assert counts.wrong == 0
    assert counts.disordered > 10


def test_hands_and_stamps_of_a_transcript_are_left_out() -> None:
    assert truth_of("Số: {12}/UBND\n\n#STAMP: ĐẾN 31\n") == ["Số: /UBND"]


def test_every_damage_is_rendered_of_the_same_letter() -> None:
    scans = list(rendered(1))
    assert len({each.group for each in scans}) == len(scans) > 6
    assert len({each.pages[0] for each in scans}) == 1
    page = "\n".join(scans[0].pages[0])
    assert judge(scans[0], [page])[0].counts.rates()["character"] == 0


def test_the_command_reads_transcribed_pages_and_says_what_was_misread(tmp_path: Path) -> None:
    specimen = next(each for each in letters() if not each.source.hand and each.source.incoming is None)
    (tmp_path / "thu.pdf").write_bytes(scan(render_pdf(specimen), CLEAN))
    (tmp_path / "truth").mkdir()
    body = [paragraph.plain for paragraph in specimen.source.body][:2]
    (tmp_path / "truth" / "thu.p1.txt").write_text("\n".join([*body, "{viết tay}"]), encoding="utf-8")
    assert [each.name for each in transcribed(tmp_path)] == ["thu"]
    done = subprocess.run(
        [sys.executable, "-m", "dondoc", "evaluate", "--ocr", str(tmp_path), "--json"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    told = json.loads(done.stdout)
    assert [page["group"] for page in told["pages"]] == ["thu, trang 1"]
    assert told["rates"]["character"] < 0.02


def test_a_folder_without_transcripts_is_refused_in_one_line(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "dondoc", "evaluate", "--ocr", str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert "bản chép" in done.stderr
    assert "Traceback" not in done.stderr
