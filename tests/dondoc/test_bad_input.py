"""Bad input by the command a clerk's office runs: each gets one clear line, its row, and stops nothing else."""

from __future__ import annotations

import io
import json
import os
import struct
import zlib
from pathlib import Path

import pytest

from corpus import letter
from tests.dondoc.conftest import Run


def _pdf(pages: int = 1, **encrypt: str) -> bytes:
    import pikepdf

    out = io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page(page_size=(595, 842))
        options = {"encryption": pikepdf.Encryption(**encrypt)} if encrypt else {}
        pdf.save(out, **options)
    return out.getvalue()


def _huge_png(side: int = 30_000) -> bytes:
    """A PNG of side × side grey pixels, written row by row: small on disk, 900 million pixels when opened."""
    compress = zlib.compressobj(9)
    row = b"\x00" + b"\xff" * side
    data = b"".join(compress.compress(row) for _ in range(side)) + compress.flush()

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


BAD = {
    "rong.pdf": lambda: b"",
    "ma-hoa.pdf": lambda: _pdf(1, user="bi-mat", owner="bi-mat"),
    "cut.pdf": lambda: _pdf(20)[:400],
    "hai-nghin-trang.pdf": lambda: _pdf(2000),
    "khong-phai-van-ban.txt": lambda: bytes(range(256)) * 40,
    "anh-lon.png": _huge_png,
}


@pytest.fixture(scope="module")
def bad_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bad")
    for name, make in BAD.items():
        (folder / name).write_bytes(make())
    # A good letter under a wrong extension, among the bad ones.
    (folder / "sai-duoi.docx").write_text(letter("anbinh_huyen_2009").text, encoding="utf-8")
    return folder


def test_each_bad_file_fails_with_its_reason_and_the_good_one_is_registered(dondoc: Run, data_dir: Path, bad_files: Path) -> None:
    paths = sorted(bad_files.iterdir())
    done = dondoc("ingest", "--json", *paths, timeout=280)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    rows = {Path(row["file"]).name: row for row in map(json.loads, done.stdout.splitlines())}
    assert set(rows) == {path.name for path in paths}
    for name in BAD:
        assert rows[name]["state"] == "failed", rows[name]
        assert name in rows[name]["message"]
        assert rows[name]["advice"]
        assert rows[name]["reason"]
    assert len({rows[name]["reason"] for name in BAD}) >= 4
    assert rows["sai-duoi.docx"]["state"] == "done"
    kept = [p for p in (data_dir / "originals").rglob("*") if p.is_file()]
    assert len(kept) == len(paths)


def test_the_same_file_twice_is_recognised_and_not_processed_again(dondoc: Run, tmp_path: Path) -> None:
    text = letter("anbinh_huyen_2009").text
    first, second = tmp_path / "mot.txt", tmp_path / "hai.txt"
    first.write_text(text, encoding="utf-8")
    second.write_text(text, encoding="utf-8")
    assert dondoc("ingest", first).returncode == 0
    again = dondoc("ingest", second)
    assert again.returncode == 0
    assert "đã có từ trước" in again.stdout
    row = json.loads(dondoc("ingest", "--json", second).stdout)
    assert row["duplicate"] is True
    assert len(row["letters"]) == 1


def test_a_confined_letter_leaves_no_file_behind(dondoc: Run, data_dir: Path, tmp_path: Path) -> None:
    path = tmp_path / "mat.txt"
    path.write_text("MẬT\n" + letter("anbinh_huyen_2009").text, encoding="utf-8")
    done = dondoc("ingest", "--json", path)
    row = json.loads(done.stdout)
    assert done.returncode == 1
    assert row["state"] == "refused"
    assert "MẬT" in row["message"]
    assert [p for p in (data_dir / "originals").rglob("*") if p.is_file()] == []


def test_a_query_nobody_can_parse_is_answered_all_the_same(dondoc: Run) -> None:
    for query in ('"', "AND OR NOT", "số:", "*" * 300, "'; DROP TABLE letters;--"):
        done = dondoc("search", query, fresh=query == '"')
        assert done.returncode == 0, done.stderr
        assert "Traceback" not in done.stderr


def test_a_date_that_does_not_exist_is_told(dondoc: Run) -> None:
    done = dondoc("tasks", "--due-before", "31/02/2024", fresh=True)
    assert done.returncode == 2
    assert "31/02/2024" in done.stderr


def test_file_names_of_any_bytes_are_taken_in_and_shown_harmless(dondoc: Run, tmp_path: Path) -> None:
    text = letter("anbinh_huyen_2009").text
    folder = os.fsencode(tmp_path / "ten")
    os.mkdir(folder)
    for index, name in enumerate((b"\xff\xfe cu.txt", b"hai\ndong.txt", "\u202egnp.txt".encode())):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(f"{text}\n\n{index}")
    done = dondoc("ingest", os.fsdecode(folder))
    assert done.returncode == 0, done.stderr
    assert sorted(line.partition(":")[0] for line in done.stdout.splitlines()) == ["cu.txt", "gnp.txt", "hai dong.txt"]


def test_a_file_that_cannot_be_opened_stops_no_other(dondoc: Run, tmp_path: Path) -> None:
    good = tmp_path / "tot.txt"
    good.write_text(letter("anbinh_huyen_2009").text, encoding="utf-8")
    done = dondoc("ingest", "--json", "/proc/self/mem", good)  # opens for nobody, root included
    assert done.returncode == 1
    assert [json.loads(line)["state"] for line in done.stdout.splitlines()] == ["failed", "done"]


@pytest.mark.parametrize(
    ("variable", "value", "word"),
    [
        ("DONDOC_PORT", "abc", "DONDOC_PORT"),
        ("DONDOC_WORKERS", "-1", "DONDOC_WORKERS"),
        ("DONDOC_DATABASE_URL", "khong phai dia chi:mat-khau", "Địa chỉ cơ sở dữ liệu"),
        ("DONDOC_DATABASE_URL", "postgresql://an:mat-khau@may:cong/so", "Địa chỉ cơ sở dữ liệu"),
        ("DONDOC_DATA_DIR", "/dev/null/du-lieu", "DONDOC_DATA_DIR"),
    ],
)
def test_a_wrong_setting_is_one_line_and_tells_no_secret(dondoc: Run, variable: str, value: str, word: str) -> None:
    done = dondoc("tasks", **{variable: value})
    assert done.returncode == 1
    assert done.stderr.startswith("Lỗi: ")
    assert len(done.stderr.splitlines()) == 1
    assert word in done.stderr
    assert "mat-khau" not in done.stderr


def _letter_with_a_broken_page() -> bytes:
    """A born-digital letter whose second page of three cannot be opened."""
    import pikepdf
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    from ingest.searchable import vietnamese_font

    buffer, out = io.BytesIO(), io.BytesIO()
    pdfmetrics.registerFont(TTFont("Specimen", str(vietnamese_font())))
    canvas = Canvas(buffer, pagesize=(595, 842))
    for number in (1, 3):
        canvas.setFont("Specimen", 13)
        for at in range(10):
            canvas.drawString(80, 760 - 20 * at, f"Trang {number}, dòng {at}: Ủy ban nhân dân huyện đề nghị các phòng thực hiện.")
        canvas.showPage()
    canvas.save()
    with pikepdf.open(buffer) as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        image = pdf.make_stream(b"\x17\x2a nonsense" * 500)
        image.Type, image.Subtype, image.Filter = pikepdf.Name.XObject, pikepdf.Name.Image, pikepdf.Name.JPXDecode
        image.Width, image.Height, image.BitsPerComponent, image.ColorSpace = 2480, 3508, 8, pikepdf.Name.DeviceGray
        page = pdf.pages[2]
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=image))
        page.Contents = pdf.make_stream(b"595 0 0 842 0 0 cm /I Do")
        pdf.pages.insert(1, page)
        del pdf.pages[3]
        pdf.save(out)
    return out.getvalue()


def test_of_a_letter_with_a_broken_page_the_others_are_read_and_the_clerk_is_told(dondoc: Run, tmp_path: Path) -> None:
    path, text, copy = tmp_path / "thu.pdf", tmp_path / "ra.txt", tmp_path / "ra.pdf"
    path.write_bytes(_letter_with_a_broken_page())
    done = dondoc("ocr", path, "-o", text)
    assert done.returncode == 0, done.stderr
    first, second, third = text.read_text(encoding="utf-8").split("\f")
    assert "Trang 1, dòng 9" in first
    assert second == ""
    assert "Trang 3, dòng 0" in third
    assert "Trang 2: dữ liệu của trang bị hỏng" in done.stderr
    assert "Traceback" not in done.stderr
    done = dondoc("ocr", path, "-o", copy)
    assert done.returncode == 0, done.stderr
    assert copy.stat().st_size > 1000
    row = json.loads(dondoc("ingest", "--json", path).stdout)
    assert row["state"] == "done", row
