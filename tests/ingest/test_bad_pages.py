"""Bad pages and images: read as well as can be, or told of in a line; the other pages are read all the same."""

from __future__ import annotations

import io
import struct
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pytest

from api.i18n import Words
from api.quality_view import fault_lines
from ingest.errors import BadFile, LimitExceeded
from ingest.faults import complaints
from ingest.pool import ReaderPool
from ingest.reader import read_file
from ingest.scraps import without_scraps
from ingest.types import Box, Limits, Line, Page, Reading, Word
from tests.ingest.conftest import image_pdf
from tests.ingest.test_formats import png_of_size
from tests.ingest.test_pool import slow_pdf

SEEN = "Kính gửi: Ủy ban nhân dân các huyện"


@pytest.fixture(scope="module")
def head(letter_image: Any) -> Any:
    """The upper part of the letter: enough to see that it is read right, quick to read."""
    return letter_image.crop((0, 0, letter_image.width, letter_image.height * 33 // 100))


@pytest.fixture(scope="module")
def pool() -> Iterator[ReaderPool]:
    with ReaderPool(1, Limits()) as made:
        yield made


def told(reading: Reading) -> list[str]:
    """What a clerk is told of the pages."""
    return fault_lines(
        Words("vi"),
        [each for page in reading.pages for each in complaints(page.number, page.notes, page.quality)],
    )


def letter_of(*pages: bytes) -> bytes:
    """One PDF of the pages of several."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        for data in pages:
            with pikepdf.open(io.BytesIO(data)) as one:
                pdf.pages.extend(one.pages)
        pdf.save(out)
    return out.getvalue()


def picture_pdf(
    size: tuple[int, int],
    data: bytes,
    kind: str,
    *,
    bits: int = 8,
    space: str = "DeviceGray",
    turned_over: int = 0,
) -> bytes:
    """An A4 page that an image stream fills, as it is given."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        image = pdf.make_stream(data)
        image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        (image.Width, image.Height), image.BitsPerComponent = size, bits
        image.ColorSpace = pikepdf.Name(f"/{space}")
        if turned_over:  # so many channels hold their values the other way round, and say so
            image.Decode = pikepdf.Array([1, 0] * turned_over)
        if kind:
            image.Filter = pikepdf.Name(f"/{kind}")
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=image))
        page.Contents = pdf.make_stream(b"q 595 0 0 842 0 0 cm /I Do Q")
        pdf.save(out, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)
    return out.getvalue()


# One page of several


def test_a_broken_page_costs_no_other(head: Any, tmp_path: Path, pool: ReaderPool) -> None:
    good, bad = (
        image_pdf(head, size=(595, 278)),
        picture_pdf((2480, 3508), b"\x17\x2a nonsense" * 500, "JPXDecode"),
    )
    path = tmp_path / "thu.pdf"
    path.write_bytes(letter_of(good, bad, good))
    reading = pool.read(path)
    assert [SEEN in page.text for page in reading.pages] == [True, False, True]
    assert reading.pages[1].notes == ("failed file-damaged",)
    assert any(line.startswith("Trang 2: dữ liệu của trang bị hỏng") for line in told(reading))
    assert not any("Trang 1" in line or "Trang 3" in line for line in told(reading) if "hỏng" in line)


@pytest.mark.parametrize("side", [50_000])
def test_a_page_of_far_too_many_pixels_costs_no_other(
    head: Any, tmp_path: Path, pool: ReaderPool, side: int
) -> None:
    huge = picture_pdf((side, side), b"\0" * 1000, "CCITTFaxDecode", bits=1)
    path = tmp_path / "thu.pdf"
    path.write_bytes(letter_of(image_pdf(head, size=(595, 278)), huge))
    reading = pool.read(path)
    assert SEEN in reading.pages[0].text
    assert any(line.startswith("Trang 2: ảnh quá lớn") for line in told(reading))


def test_an_image_of_fifty_thousand_squared_is_refused_undecoded(tmp_path: Path, pool: ReaderPool) -> None:
    path = tmp_path / "to.png"
    path.write_bytes(png_of_size(50_000, 50_000))
    with pytest.raises(LimitExceeded) as caught:
        pool.read(path)
    assert caught.value.code == "limit-pixels"


def test_a_page_that_takes_too_long_is_given_up_and_the_others_read(tmp_path: Path, letter_pdf: Path) -> None:
    path = tmp_path / "thu.pdf"
    slow = slow_pdf(tmp_path / "cham.pdf").read_bytes()
    path.write_bytes(letter_of(letter_pdf.read_bytes(), slow, letter_pdf.read_bytes()))
    seen: list[int] = []
    with ReaderPool(1, Limits(seconds_per_page=5.0)) as pool:
        reading = pool.read(path, progress=lambda done, total: seen.append(done))
    assert [SEEN in page.text for page in reading.pages] == [True, False, True]
    assert reading.pages[1].notes == ("failed limit-time",)
    assert any(line.startswith("Trang 2: không đọc được trong thời gian") for line in told(reading))
    assert seen == [0, 1, 2, 3]


def test_where_no_page_can_be_read_the_file_is_refused(tmp_path: Path, limits: Limits) -> None:
    path = tmp_path / "thu.pdf"
    path.write_bytes(letter_of(*[picture_pdf((2480, 3508), b"\x17\x2a nonsense" * 500, "JPXDecode")] * 2))
    with pytest.raises(BadFile) as caught:
        read_file(path, limits=limits)
    assert caught.value.code == "file-damaged"
    assert "trang 1" in caught.value.message


@pytest.mark.parametrize(
    "box", [[0, 0, 0, 0], [0, 0, 595, 0], [100, 100, 100, 100], [0, 0, 1, 1], [0, 0, 0.0001, 9999999]]
)
def test_a_page_of_no_size_costs_no_other(
    letter_pdf: Path, tmp_path: Path, pool: ReaderPool, box: list[float]
) -> None:
    path = tmp_path / "thu.pdf"
    with pikepdf.open(letter_pdf) as pdf:
        pdf.pages.append(pdf.pages[0])
        pdf.pages[1].MediaBox = pikepdf.Array(box)
        pdf.pages.append(pdf.pages[0])
        pdf.save(path)
    reading = pool.read(path)
    assert len(reading.pages) == 3
    assert SEEN in reading.pages[0].text
    assert SEEN in reading.pages[2].text


# Images of odd kinds


@pytest.mark.parametrize(
    "mode", ["CMYK", "I;16", "I;16B", "I", "F", "12 bits", "P", "LA", "YCbCr", "LAB", "1"]
)
def test_images_of_any_depth_and_colours_are_read_right(
    head: Any, tmp_path: Path, pool: ReaderPool, mode: str
) -> None:
    from PIL import Image

    grey = np.asarray(head)
    path = tmp_path / "anh.tif"
    if mode in ("I;16", "I;16B"):
        wide = (grey.astype(np.uint16) * 257).astype(">u2" if mode == "I;16B" else "<u2")
        Image.frombytes(mode, head.size, wide.tobytes()).save(path, dpi=(200, 200))
    elif mode == "12 bits":
        Image.fromarray(grey.astype(np.uint16) * 16).save(path, dpi=(200, 200))
    elif mode == "I":
        Image.fromarray(grey.astype(np.int32) * 257).save(path, dpi=(200, 200))
    elif mode == "F":
        Image.fromarray(grey.astype(np.float32) / 255).save(path, dpi=(200, 200))
    elif mode == "LAB":
        from PIL import ImageCms

        srgb, lab = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
        made = ImageCms.profileToProfile(head.convert("RGB"), srgb, lab, outputMode="LAB")
        made.save(path, dpi=(200, 200))
    else:
        head.convert("RGB").convert(mode if mode != "LA" else "RGBA").save(path, dpi=(200, 200))
    page = pool.read(path).pages[0]
    assert SEEN in page.text
    assert page.quality is not None
    assert page.quality.contrast > 0.6


@pytest.mark.parametrize("kind", ["CMYK", "16 bits", "grey turned over", "bits turned over"])
def test_odd_images_within_a_pdf_are_read_right(
    head: Any, tmp_path: Path, pool: ReaderPool, kind: str
) -> None:
    grey = np.asarray(head)
    if kind == "CMYK":
        jpeg = io.BytesIO()
        head.convert("RGB").convert("CMYK").save(jpeg, "JPEG", quality=90)
        # Adobe's way, which Pillow follows: all four channels turned over.
        data = picture_pdf(head.size, jpeg.getvalue(), "DCTDecode", space="DeviceCMYK", turned_over=4)
    elif kind == "16 bits":
        data = picture_pdf(head.size, (grey.astype(np.uint16) * 257).astype(">u2").tobytes(), "", bits=16)
    elif kind == "grey turned over":
        data = picture_pdf(head.size, (255 - grey).tobytes(), "", turned_over=1)
    else:
        data = picture_pdf(head.size, np.packbits(grey < 128, axis=1).tobytes(), "", bits=1, turned_over=1)
    path = tmp_path / "thu.pdf"
    path.write_bytes(_as_page(head, data))
    page = pool.read(path).pages[0]
    assert SEEN in page.text
    assert page.quality is not None
    assert page.quality.contrast > 0.6


def _as_page(image: Any, data: bytes) -> bytes:
    """The page as flat as the image is."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        height = 595 * image.height / image.width
        pdf.pages[0].MediaBox = pikepdf.Array([0, 0, 595, height])
        pdf.pages[0].Contents = pdf.make_stream(f"q 595 0 0 {height:.2f} 0 0 cm /I Do Q".encode())
        pdf.save(out, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)
    return out.getvalue()


def fax(image: Any, **tags: int) -> bytes:
    """A bilevel TIFF without packing; `tags` overwrite or (as None) leave out its own."""
    rows = np.packbits(np.asarray(image.convert("L")) < 128, axis=1).tobytes()
    fields: dict[int, int | None] = {
        256: image.width, 257: image.height, 258: 1, 259: 1, 262: 0, 273: 8, 277: 1, 278: image.height, 279: len(rows),
    }  # fmt: skip
    fields |= {int(tag.removeprefix("t")): value for tag, value in tags.items()}
    kept = sorted((tag, value) for tag, value in fields.items() if value is not None)
    directory = struct.pack("<H", len(kept)) + b"".join(
        struct.pack("<HHII", tag, 4, 1, value) for tag, value in kept
    )
    return b"II*\0" + struct.pack("<I", 8 + len(rows)) + rows + directory + b"\0\0\0\0"


@pytest.mark.parametrize(
    "tags",
    [
        {},
        {"t262": 1},  # black and white the wrong way round
        {"t262": None},
        {"t258": None, "t277": None},
        {"t278": 1_000_000},  # more rows in a strip than there are
        {"t279": 0},  # a strip of no bytes
        {"t279": 4_000_000_000},
        {"t282": 0, "t283": 0, "t296": 7},  # no resolution
        {"t274": 77},  # no such orientation
    ],
)
def test_bilevel_tiffs_with_wrong_tags_are_read(
    head: Any, tmp_path: Path, pool: ReaderPool, tags: dict[str, Any]
) -> None:
    path = tmp_path / "fax.tif"
    path.write_bytes(fax(head, **tags))
    assert SEEN in pool.read(path).pages[0].text


@pytest.mark.parametrize("progressive", [False, True])
def test_of_a_jpeg_cut_in_the_middle_the_upper_part_is_read_and_the_rest_told(
    letter_image: Any, tmp_path: Path, pool: ReaderPool, progressive: bool
) -> None:
    path = tmp_path / "cut.jpg"
    letter_image.save(path, quality=80, dpi=(200, 200), progressive=progressive)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 6 // 10])
    reading = pool.read(path)
    assert SEEN in reading.pages[0].text
    # What a progressive JPEG has of each row comes first, coarse.
    assert ("PHÓ GIÁM ĐỐC" in reading.pages[0].text) == progressive
    (line,) = [line for line in told(reading) if "cụt" in line]
    assert line.startswith("Trang 1: ảnh bị cụt")


# Pages turned by their own note


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_pages_turned_by_metadata_are_read_where_they_stand(
    head: Any, tmp_path: Path, pool: ReaderPool, turn: int
) -> None:
    path = tmp_path / "xoay.pdf"
    upright = image_pdf(head, size=(595, 278))
    turned = image_pdf(head.rotate(turn, expand=True), size=(595, 278) if turn == 180 else (278, 595))
    with pikepdf.open(io.BytesIO(letter_of(upright, turned))) as pdf:
        pdf.pages[1].Rotate = turn
        pdf.save(path)
    straight, other = pool.read(path).pages
    assert SEEN in other.text
    assert (other.width, other.height) == pytest.approx((595, 278), abs=1)
    where = {word.text: word.box for word in straight.words}
    for word in other.words:
        if (
            len(word.text) > 4
            and [each.text for each in other.words].count(word.text) == 1
            and where.get(word.text)
        ):
            assert word.box is not None
            assert word.box.x0 == pytest.approx(where[word.text].x0, abs=3)  # type: ignore[union-attr]


@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_photos_turned_by_exif_are_read(
    head: Any, tmp_path: Path, pool: ReaderPool, orientation: int
) -> None:
    from PIL import Image

    exif = Image.Exif()
    exif[0x0112] = orientation
    back = {3: 180, 6: 90, 8: 270}[orientation]
    path = tmp_path / "anh.jpg"
    head.rotate(back, expand=True).save(path, quality=92, dpi=(200, 200), exif=exif.tobytes())
    page = pool.read(path).pages[0]
    assert SEEN in page.text
    assert page.width > page.height


# Nothing to read


def landscape(width: int, height: int) -> Any:
    """Sky, hills and grass: noise of all scales, as photos have it."""
    from PIL import Image

    chance = np.random.default_rng(5)

    def cloud(rows: int, columns: int) -> Any:
        small = Image.fromarray(chance.integers(0, 255, (rows, columns), dtype=np.uint8))
        return np.asarray(small.resize((width, height), Image.Resampling.BICUBIC), dtype=np.float32)

    rough = 0.5 * cloud(5, 7) + 0.25 * cloud(40, 56) + 0.15 * cloud(160, 230) + 0.1 * cloud(height, width)
    ridge = height * (
        0.45 + 0.1 * np.sin(np.linspace(0, 7, width)) + 0.03 * np.sin(np.linspace(0, 60, width))
    )
    ground = np.arange(height)[:, None] > ridge[None, :]
    sky = np.stack([0.3 * rough + 120, 0.3 * rough + 150, 0.2 * rough + 190], axis=-1)
    grass = np.stack([0.5 * rough + 20, 0.7 * rough + 30, 0.3 * rough + 10], axis=-1)
    return Image.fromarray(np.clip(np.where(ground[..., None], grass, sky), 0, 255).astype(np.uint8))


def test_a_photo_of_a_landscape_has_no_words(tmp_path: Path, pool: ReaderPool) -> None:
    path = tmp_path / "canh.jpg"
    landscape(1600, 1200).save(path, quality=88)
    started = time.monotonic()
    page = pool.read(path).pages[0]
    assert time.monotonic() - started < 60
    assert [word.text for word in page.words if sum(map(str.isalpha, word.text)) > 1] == []


def test_scraps_are_no_text_and_letters_are() -> None:
    def page(*words: tuple[str, float]) -> Page:
        line = Line(
            tuple(
                Word(text, Box(10.0 * at, 0, 10.0 * at + 8, 9), sure) for at, (text, sure) in enumerate(words)
            )
        )
        return Page(1, 595, 842, (line,), "ocr", 200)

    stars = [("đ", 0.4), ("“9", 0.2), ("*®", 0.1), ("D5", 0.5), ("Z", 0.6), (":", 0.9), ("xaq", 0.3)] * 3
    assert without_scraps(page(*stars)).lines == ()
    assert without_scraps(page(*stars)).notes == ("no-text",)
    assert "*®" in without_scraps(page(*stars)).marks[0].text
    # A page of few words, a table of numbers, a bad copy: all of it stays.
    for words in (
        [("Phụ", 0.5), ("lục", 0.4)],
        [("1250", 0.9), ("375", 0.9), ("–", 0.3)] * 8,
        [*stars, ("Ủy", 0.9), ("ban", 0.8), ("nhân", 0.9), ("dân", 0.9), ("tỉnh", 0.8)],
    ):
        assert without_scraps(page(*words)) == page(*words)


@pytest.mark.parametrize("level", [0, 12])
def test_an_all_black_page_is_blank(tmp_path: Path, pool: ReaderPool, level: int) -> None:
    from PIL import Image

    noise = np.random.default_rng(1).integers(0, level + 1, (1654 // 2, 1169 // 2), dtype=np.uint8)
    path = tmp_path / "den.png"
    Image.fromarray(noise).save(path, dpi=(100, 100))
    page = pool.read(path).pages[0]
    assert page.words == ()


def test_a_plan_of_six_hundred_dpi_is_told_of_and_the_letter_read(
    head: Any, tmp_path: Path, pool: ReaderPool
) -> None:
    plan = picture_pdf((19_866, 28_087), b"\0" * 1000, "CCITTFaxDecode", bits=1)
    path = tmp_path / "thu.pdf"
    path.write_bytes(letter_of(image_pdf(head, size=(595, 278)), plan))
    reading = pool.read(path)
    assert SEEN in reading.pages[0].text
    assert any(line.startswith("Trang 2: ảnh quá lớn") for line in told(reading))
