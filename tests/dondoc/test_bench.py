"""The bench's own reckoning. Nothing here is timed: figures are for `./run bench`."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from bench import citations, letters, report
from bench.commands import DONDOC, Failed, environment, seconds_of
from bench.latency import percentile
from bench.memory import Peaks
from bench.specimens import make_scans


def test_percentiles_are_of_values_that_were_seen() -> None:
    values = [float(value) for value in range(100, 0, -1)]
    assert percentile(values, 50) == 50
    assert percentile(values, 95) == 95
    assert percentile([3.0], 95) == 3


def test_invented_letters_are_the_same_every_time_and_differ_from_each_other() -> None:
    first, again = list(letters.documents(0, 30)), list(letters.documents(0, 30))
    assert first == again
    assert list(letters.documents(10, 30)) == [each for each in first if int(each.letter_id) > 10]
    written = [each for each in first if each.kind == "letters"]
    assert len({each.pages for each in written}) == 30
    assert {each.kind for each in first} == {"letters", "tasks", "references"}
    assert all(before.id != after.id for before, after in pairwise(written))


def test_scans_have_the_pages_they_say(tmp_path: Path) -> None:
    (scan,) = make_scans(tmp_path, 1)
    assert scan.path.read_bytes().startswith(b"%PDF")
    assert scan.pages >= 1


def test_the_peak_of_a_piece_is_its_own() -> None:
    peaks = Peaks()
    with peaks.within("large"):
        block = bytearray(60_000_000)
        block[::4096] = b"x" * len(block[::4096])
        del block
    with peaks.within("small"):
        pass
    assert peaks.bytes["large"] - peaks.bytes["small"] > 40_000_000


def test_commands_do_not_see_the_office_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_ELASTICSEARCH_URL", "http://192.0.2.1:9200")
    env = environment(tmp_path)
    assert "DONDOC_ELASTICSEARCH_URL" not in env
    assert env["DONDOC_DATA_DIR"].startswith(str(tmp_path))


def test_a_command_that_fails_gives_no_figure(tmp_path: Path) -> None:
    with pytest.raises(Failed, match=r"dondoc: mã \d"):
        seconds_of([DONDOC, "extract", str(tmp_path / "nothing.pdf")], environment(tmp_path))


RESULTS = {
    "machine": {
        "date": "2025-06-30", "cores": 2, "processor": "x", "memory_gib": 7.8, "system": "Debian", "python": "3.11.2",
        "tesseract": "tesseract 5.3.0", "ocrmypdf": None, "load_before": 3.4, "idle": False,
    },
    "seconds": 90.0,
    "quick": False,
    "pages": 3,
    "stages": [{"stage": "ocr", "pages_per_second": {"1": 0.51, "2": 0.93}, "peak_mb": 290}],
    "ocr": [
        {"engine": "dondoc ocr", "pages": 2, "cpu_s": 2.0, "character": 0.001, "diacritic": 0, "order": 0.002, "word": 0, "code": 1},
        {"engine": "ocrmypdf --deskew", "pages": 2, "cpu_s": 3.5, "character": 0.02, "diacritic": 0, "order": 0.1, "word": 0, "code": 0.9},
    ],
    "search": {
        "elasticsearch": "không có Elasticsearch",
        "cut": "chưa đo 10000 văn bản",
        "sizes": [
            {
                "letters": 2000,
                "documents": {"embedded": 7000},
                "questions": [{"question": "an toan", "embedded": {"found": 7, "p50_ms": 1.25, "p95_ms": 150.4}}],
            }
        ],
    },
    "failed": {"startup": "dondoc: mã 1"},
}  # fmt: skip


def test_the_page_says_what_was_not_measured_and_that_the_machine_was_busy() -> None:
    page = report.markdown(RESULTS)
    assert "máy đang bận" in page
    assert "The machine was otherwise idle" not in page
    assert "| `ocrmypdf --deskew` | 2 | 3,50 | 1,75 | 2,00% | 10,00% | 90,0% |" in page
    assert "Elasticsearch: không có Elasticsearch." in page
    assert "chưa đo 10000 văn bản" in page
    assert "dondoc: mã 1" in page
    assert "| ocr | 0,5 | 0,9 | 290 |" in page
    assert "Tìm kiếm trong 2.000 văn bản" in page
    assert "1,2 / 150" in page


def test_the_page_claims_an_idle_machine_only_when_it_was() -> None:
    page = report.markdown(RESULTS | {"machine": {**RESULTS["machine"], "idle": True, "load_before": 0.1}})  # type: ignore[dict-item]
    assert "The machine was otherwise idle" in page
    assert "máy đang bận" not in page


def test_a_part_measured_apart_leaves_the_others_as_they_were_and_says_when_it_was() -> None:
    office = {"letters": 100_000, "obligations": 335_960, "rounds": 20, "indexed": 0, "pages": [{"page": "Bảng điều hành", "p50_ms": 80.0, "p95_ms": 120.0, "cpu_p95_ms": 99.5}]}
    seen = {"page": "Bảng điều hành", "median_ms": 212.0, "worst_ms": 300.5, "shift": 0, "script": 57_397}
    later = {**RESULTS["machine"], "date": "2025-07-02", "load_before": 0.2, "idle": True}  # type: ignore[dict-item]
    both = report.merged(RESULTS, {"machine": later, "seconds": 120.0, "quick": False, "office": office | {"browser": [seen]}}, ["pages"])
    page = report.markdown(both)
    assert "- Ngày đo: 2025-06-30;" in page
    assert "- `pages` đo riêng ngày 2025-07-02, 2,0 phút, tải của máy trước khi đo 0,2." in page
    assert "| ocr | 0,5 | 0,9 | 290 |" in page
    assert "| Bảng điều hành | 80,0 | 120 | 99,5 |" in page
    assert "| Bảng điều hành | 212 | 300 | 57,4 | 0,000 |" in page
    assert report.merged(both, RESULTS, None) == both, "a whole run leaves the pages out"


def test_the_english_texts_hold_as_many_citations() -> None:
    texts = list(citations._english(50, 9000, 7))
    assert len(texts) == 7
    assert sum(text.count(" v. ") + text.count("U.S.C.") for text in texts) == 50
    assert 8500 <= sum(map(len, texts)) <= 11_000
    assert texts == list(citations._english(50, 9000, 7))


def test_citations_are_counted_with_or_without_eyecite() -> None:
    rows = citations.measure(rounds=1)
    assert rows[0]["citations"] >= rows[1]["citations"] > 200
    page = report.markdown(RESULTS | {"citations": rows})
    assert "eyecite" in page
    assert str(rows[1]["citations"]) in page


def test_understanding_is_set_beside_ocr() -> None:
    rows = [*RESULTS["stages"], {"stage": "nlp", "pages_per_second": {"1": 50.0}, "peak_mb": 90}]  # type: ignore[misc]
    page = report.markdown(RESULTS | {"stages": rows})
    assert "20,0 ms/trang" in page
    assert "bằng 1,0% thời gian OCR" in page
