"""Each damage does its own harm, and the same harm each time."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path

import numpy
import pypdfium2
import pytest

from corpus import demo_scans, letter
from corpus.compare import folded
from corpus.render import render_pdf
from corpus.scan import CLEAN, MILD, PRESETS, Damage, scan, scan_images


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return render_pdf(letter("snv_nghi_le_2013"))


@pytest.fixture(scope="module")
def clean(pdf: bytes) -> numpy.ndarray:
    return pixels(pdf, CLEAN)


def pixels(pdf: bytes, damage: Damage, seed: int = 0) -> numpy.ndarray:
    return numpy.asarray(scan_images(pdf, damage, seed)[0]).astype(float)


def test_a_scan_is_a_picture_of_the_same_pages() -> None:
    source = render_pdf(letter("hason_ct_rung_2021"))
    scanned = pypdfium2.PdfDocument(scan(source, PRESETS["combined"], seed=4))
    assert len(scanned) == len(pypdfium2.PdfDocument(source)) == 2
    for page in scanned:
        assert page.get_textpage().get_text_range().strip() == ""
        assert page.get_size() == pytest.approx((595, 842), abs=2)


def test_a_signed_scan_has_the_words_of_the_signature_and_no_others(pdf: bytes) -> None:
    signed = pypdfium2.PdfDocument(scan(pdf, signed_by="Sở Nội vụ tỉnh Hà Sơn"))
    words = signed[0].get_textpage().get_text_range().split()
    assert 15 <= len(words) <= 35
    assert words[:2] == ["Ký", "bởi:"]
    assert "1029/SNV-CCVC" not in words


def test_the_same_seed_gives_the_same_bytes_and_another_does_not(pdf: bytes) -> None:
    damage = Damage(noise=5, stamp_over_text=True, dpi=72)
    assert scan(pdf, damage, seed=1) == scan(pdf, damage, seed=1)
    assert scan(pdf, damage, seed=1) != scan(pdf, damage, seed=2)


def test_noise_unsettles_the_blank_paper(pdf: bytes, clean: numpy.ndarray) -> None:
    corner = (slice(50, 150), slice(50, 150))
    assert clean[corner].std() == 0
    assert 3 < pixels(pdf, PRESETS["noise"])[corner].std() < 20


def test_light_falls_off_towards_an_edge(pdf: bytes) -> None:
    lit = pixels(pdf, PRESETS["light"])
    edges = sorted([lit[20:-20, 5:15].mean(), lit[20:-20, -15:-5].mean()])
    assert edges[0] < 200 < 240 < edges[1]


def test_skew_turns_the_lines(pdf: bytes, clean: numpy.ndarray) -> None:
    def sharpness(picture: numpy.ndarray) -> float:
        return float(picture.mean(axis=(1, 2)).std())

    assert sharpness(pixels(pdf, PRESETS["skew"])) < 0.8 * sharpness(clean)


def test_a_seal_over_the_text_reddens_the_body(pdf: bytes, clean: numpy.ndarray) -> None:
    def red(picture: numpy.ndarray) -> int:
        return int((picture[..., 0] - picture[..., 1] > 60).sum())

    assert red(pixels(pdf, PRESETS["seal"])) > 1.5 * red(clean)


def test_a_photocopy_is_grey_with_a_dark_edge(pdf: bytes) -> None:
    copied = pixels(pdf, PRESETS["photocopy"])
    assert numpy.array_equal(copied[..., 0], copied[..., 2])
    assert copied[:, :4].mean() < 120


def test_low_resolution_has_fewer_pixels(pdf: bytes, clean: numpy.ndarray) -> None:
    assert pixels(pdf, PRESETS["low"]).shape[0] == pytest.approx(clean.shape[0] * PRESETS["low"].dpi / CLEAN.dpi, abs=2)


def test_lower_quality_is_a_smaller_file(pdf: bytes) -> None:
    assert len(scan(pdf, Damage(jpeg_quality=30))) < 0.6 * len(scan(pdf, Damage(jpeg_quality=90)))


@pytest.mark.parametrize("damage", [CLEAN, MILD[1]], ids=["clean", "mild"])
def test_an_ocr_engine_reads_the_scan(pdf: bytes, damage: Damage, tmp_path: Path) -> None:
    specimen = letter("snv_nghi_le_2013")
    picture = tmp_path / "page.png"
    scan_images(pdf, damage, 7)[0].save(picture)
    read = subprocess.run(
        ["tesseract", str(picture), "-", "-l", "vie"],
        capture_output=True, text=True, check=True, timeout=120, env={"PATH": "/usr/bin:/usr/local/bin",
                                                                      "OMP_THREAD_LIMIT": "1"},
    ).stdout  # fmt: skip
    body = [w for p in specimen.source.body for w in folded(p.plain).split()]
    known = set(folded(read).split())
    assert sum(word in known for word in body) > 0.93 * len(body)


def test_the_demonstration_gets_one_scan_per_letter_under_a_name_that_tells_nothing(tmp_path: Path) -> None:
    existing = tmp_path / "scan-001.pdf"
    existing.write_bytes(b"kept")
    paths = demo_scans(tmp_path, limit=3)
    assert [p.name for p in paths] == ["scan-001.pdf", "scan-002.pdf", "scan-003.pdf"]
    assert existing.read_bytes() == b"kept"
    assert sorted(p.name for p in tmp_path.iterdir()) == [p.name for p in paths]
    again = demo_scans(tmp_path / "again", limit=3)
    digests = [hashlib.sha256(p.read_bytes()).hexdigest() for p in (*paths[1:], *again[1:])]
    assert digests[:2] == digests[2:]
