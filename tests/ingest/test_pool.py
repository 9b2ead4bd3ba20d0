"""The pool: workers reused, watched, killed on a limit, replaced; real processes, real files."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from ingest.errors import BadFile, BadRequest, LimitExceeded, Unavailable
from ingest.pool import ReaderPool, memory_of
from ingest.reader import read_file
from ingest.types import Limits


@pytest.fixture(scope="module")
def pool() -> Iterator[ReaderPool]:
    with ReaderPool(1, Limits()) as made:
        yield made


def slow_pdf(path: Path) -> Path:
    """A small file that takes minutes to draw and little memory: a shading that reckons long for every dot."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        everywhere = pikepdf.Array([0, 595, 0, 842])
        reckoned = pdf.make_stream(b"{" + b" exch sin exch cos" * 4000 + b" pop }")
        reckoned.FunctionType, reckoned.Domain, reckoned.Range = 4, everywhere, pikepdf.Array([0, 1])
        shading = pikepdf.Dictionary(
            ShadingType=1, ColorSpace=pikepdf.Name.DeviceGray, Domain=everywhere, Function=reckoned
        )
        page.Resources = pikepdf.Dictionary(Shading=pikepdf.Dictionary(S=shading))
        page.Contents = pdf.make_stream(b"/S sh")
        pdf.save(path)
    return path


def inflating_pdf(path: Path, megabytes: int) -> Path:
    """A page whose content is a few hundred kilobytes and unpacks to `megabytes`."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * 2**20) for _ in range(megabytes)) + packer.flush()
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        stream = pikepdf.Stream(pdf, b"")
        stream.write(packed, filter=pikepdf.Name.FlateDecode)
        page.Contents = pdf.make_indirect(stream)
        pdf.save(path, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)
    return path


def test_a_worker_reads_as_this_process_does_and_is_used_again(pool: ReaderPool, letter_pdf: Path) -> None:
    seen: list[tuple[int, int]] = []
    reading = pool.read(
        letter_pdf, name="Văn bản đến.pdf", progress=lambda done, total: seen.append((done, total))
    )
    here = read_file(letter_pdf, limits=Limits(), name="Văn bản đến.pdf")
    assert reading.name == "Văn bản đến.pdf"
    assert reading.sha256 == here.sha256
    assert reading.pages[0].text == here.pages[0].text
    assert reading.pages[0].notes == here.pages[0].notes
    assert seen == [(0, 1), (1, 1)]
    before = pool.pids()
    pool.read(letter_pdf)
    assert pool.pids() == before
    assert len(before) == 1


def test_a_bad_file_leaves_the_worker_and_the_next_file_unharmed(
    pool: ReaderPool, letter_pdf: Path, tmp_path: Path
) -> None:
    pool.read(letter_pdf)
    before = pool.pids()
    empty = tmp_path / "rỗng.pdf"
    empty.touch()
    with pytest.raises(BadFile) as caught:
        pool.read(empty)
    assert caught.value.code == "file-empty"
    assert "rỗng.pdf" in caught.value.message
    assert pool.pids() == before
    assert pool.read(letter_pdf).pages


def test_a_page_image_comes_from_the_worker_too(pool: ReaderPool, letter_pdf: Path) -> None:
    data = pool.page_image(letter_pdf, "application/pdf", 1, 50)
    assert data.startswith(b"\x89PNG")
    with pytest.raises(BadRequest):
        pool.page_image(letter_pdf, "application/pdf", 2, 50)


def test_a_worker_killed_while_idle_is_replaced_unnoticed(pool: ReaderPool, letter_pdf: Path) -> None:
    pool.read(letter_pdf)
    (old,) = pool.pids()
    os.kill(old, signal.SIGKILL)
    assert pool.read(letter_pdf).pages
    assert pool.pids() != (old,)


def test_a_worker_killed_while_reading_is_told_and_replaced(
    pool: ReaderPool, scan_pdf: Path, letter_pdf: Path
) -> None:
    begun = threading.Event()

    def kill() -> None:
        begun.wait(30)
        os.kill(pool.pids()[0], signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    with pytest.raises(BadFile) as caught:
        pool.read(scan_pdf, name="cv.pdf", progress=lambda done, total: begun.set())
    killer.join()
    assert caught.value.code == "reader-crashed"
    assert caught.value.retry
    assert "SIGKILL" in caught.value.message
    assert pool.read(letter_pdf).pages


def test_a_page_that_takes_too_long_ends_its_worker(tmp_path: Path, letter_pdf: Path) -> None:
    path = slow_pdf(tmp_path / "cham.pdf")
    with ReaderPool(1, Limits(seconds_per_page=2.0)) as pool:
        assert pool.read(letter_pdf).pages
        (old,) = pool.pids()
        started = time.monotonic()
        with pytest.raises(LimitExceeded) as caught:
            pool.read(path)
        assert time.monotonic() - started < 10
        assert caught.value.code == "limit-time"
        assert "cham.pdf" in caught.value.message
        assert "trang 1" in caught.value.message
        assert not Path(f"/proc/{old}/cwd").exists()
        assert pool.read(letter_pdf).pages


def test_a_file_that_wants_too_much_memory_ends_its_worker(tmp_path: Path, letter_pdf: Path) -> None:
    path = inflating_pdf(tmp_path / "bom.pdf", 500)
    assert path.stat().st_size < 2 * 2**20
    with ReaderPool(1, Limits(memory_bytes=300 * 2**20)) as pool:
        with pytest.raises(LimitExceeded) as caught:
            pool.read(path)
        assert caught.value.code == "limit-memory"
        assert "bom.pdf" in caught.value.message
        assert pool.read(letter_pdf).pages


def test_several_threads_share_the_workers(letter_pdf: Path, tmp_path: Path) -> None:
    texts = []
    for number in range(8):
        path = tmp_path / f"{number}.txt"
        path.write_text(f"Công văn số {number} của Ủy ban nhân dân huyện", encoding="utf-8")
        texts.append(path)
    with ReaderPool(2, Limits()) as pool, ThreadPoolExecutor(8) as threads:
        readings = list(threads.map(pool.read, texts))
        assert 1 <= len(pool.pids()) <= 2
    assert [reading.pages[0].words[3].text for reading in readings] == [str(number) for number in range(8)]


def test_closing_the_pool_ends_all_workers_and_their_files(letter_pdf: Path) -> None:
    pool = ReaderPool(1, Limits())
    pool.read(letter_pdf)
    (pid,) = pool.pids()
    folder = Path(os.readlink(f"/proc/{pid}/cwd"))
    assert folder.is_dir()
    assert memory_of(pid) > 10 * 2**20
    pool.close()
    assert pool.pids() == ()
    assert not Path(f"/proc/{pid}").exists()
    assert not folder.exists()
    with pytest.raises(Unavailable):
        pool.read(letter_pdf)


def test_workers_die_with_their_parent_and_its_main_module_is_not_run_again(
    letter_pdf: Path, tmp_path: Path
) -> None:
    script = tmp_path / "parent.py"
    script.write_text(
        "import sys, os, signal\n"
        "print('started', flush=True)\n"
        "from ingest.pool import ReaderPool\n"
        "pool = ReaderPool(1)\n"
        f"pool.read({str(letter_pdf)!r})\n"
        "print(pool.pids()[0], flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n",
        encoding="utf-8",
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, timeout=60,
        env={**os.environ, "PYTHONPATH": str(root)}, check=False,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL
    started, pid = done.stdout.split()
    assert started == "started"
    until = time.monotonic() + 10
    while alive(int(pid)) and time.monotonic() < until:
        threading.Event().wait(0.02)
    assert not alive(int(pid))


def alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False


def test_a_worker_sees_no_settings_of_the_program(letter_pdf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_DATABASE_URL", "postgresql://user:secret@host/db")
    with ReaderPool(1, Limits()) as pool:
        pool.read(letter_pdf)
        environment = Path(f"/proc/{pool.pids()[0]}/environ").read_bytes()
    assert b"secret" not in environment
    assert b"OMP_THREAD_LIMIT=1" in environment


def test_a_page_limit_and_a_byte_limit_are_told_through_the_pool(tmp_path: Path, letter_pdf: Path) -> None:
    with ReaderPool(1, Limits(pages=3, file_bytes=200_000)) as pool:
        path = tmp_path / "nhieu.txt"
        path.write_text("\f".join(["Thông báo của Ủy ban nhân dân huyện"] * 4), encoding="utf-8")
        with pytest.raises(LimitExceeded) as caught:
            pool.read(path)
        assert caught.value.code == "limit-pages"
        path.write_text("Thông báo " * 30_000, encoding="utf-8")
        with pytest.raises(LimitExceeded) as caught:
            pool.read(path)
        assert caught.value.code == "limit-bytes"


def test_json_form_of_a_reading_is_lossless_and_refuses_nonsense(letter_pdf: Path) -> None:
    from ingest.jsonform import reading_from_json, reading_to_json

    reading = read_file(letter_pdf, limits=Limits())
    once: Any = reading_to_json(reading)
    again = reading_from_json(once)
    assert reading_to_json(again) == once
    assert [page.text for page in again.pages] == [page.text for page in reading.pages]
    for broken in ({}, [], {**once, "pages": [{"number": 1}]}, {**once, "pages": 3}):
        with pytest.raises(ValueError, match="not a"):
            reading_from_json(broken)


def test_a_read_cut_short_by_closing_the_pool_does_not_blame_the_file(tmp_path: Path) -> None:
    path = slow_pdf(tmp_path / "cham.pdf")
    closing = ReaderPool(1, Limits())
    with ThreadPoolExecutor(1) as threads:
        reading = threads.submit(closing.read, path)
        while not closing.pids() and not reading.done():
            time.sleep(0.01)
        closing.close()
        with pytest.raises(Unavailable) as caught:
            reading.result(timeout=30)
    assert (caught.value.code, caught.value.retry) == ("reader-stopped", True)
    assert closing.pids() == ()
    with pytest.raises(Unavailable):
        closing.read(path)
