"""Uploads: kept unchanged, known again, failed or refused with a reason."""

from __future__ import annotations

import hashlib
from pathlib import Path
from threading import Barrier, Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import BadFile, BadRequest, Confined, Unavailable
from register import intake, jobs
from register.database import Database
from register.originals import OriginalStore
from tests.register.letters import AT, dispatch, record

CONTENT = b"%PDF-1.4 a letter"
BROKEN = BadFile(
    "file-truncated",
    "Tệp cv.pdf bị cụt.",
    "cv.pdf is truncated.",
    advice="Quét lại.",
    advice_en="Scan again.",
)
SECRET = Confined("letter-confined", "Văn bản MẬT.", "A secret letter.")


def receive(
    database: Database, store: OriginalStore, content: bytes = CONTENT, name: str = "cv.pdf"
) -> intake.Receipt:
    with database.transaction() as s:
        return intake.receive(s, store, content, name=name, at=AT, version="v1")


def test_a_new_file_is_kept_unchanged_and_queued(database: Database, store: OriginalStore) -> None:
    receipt = receive(database, store)
    assert receipt.state == "waiting"
    assert receipt.sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert store.read(receipt.sha256) == CONTENT
    assert store.verify(receipt.sha256)
    with database.reading() as s:
        view = intake.get(s, receipt.file_id)
        assert (view.name, view.size, view.state, view.received_at) == ("cv.pdf", len(CONTENT), "waiting", AT)
        job = jobs.get(s, receipt.job_id or 0)
        assert job is not None
        assert job.payload == {"file_id": receipt.file_id}


def test_the_same_content_again_is_said_to_be_known_and_not_processed(
    database: Database, store: OriginalStore
) -> None:
    first = receive(database, store)
    record(database, first.file_id, dispatch())
    again = receive(database, store, name="bản khác.pdf")
    assert (again.state, again.duplicate_of, again.first_state) == ("duplicate", first.file_id, "done")
    assert again.job_id is None
    with database.reading() as s:
        assert jobs.counts(s)["queued"] == 1
        assert intake.get(s, again.file_id).letter_ids == intake.get(s, first.file_id).letter_ids != ()
        assert intake.counts(s) == {
            "waiting": 0, "reading": 0, "done": 1, "failed": 0, "refused": 0, "duplicate": 1,
            "merged": 0,
        }  # fmt: skip


def test_of_many_uploads_of_one_file_at_once_one_counts(database: Database, store: OriginalStore) -> None:
    barrier, receipts = Barrier(4), []

    def upload() -> None:
        barrier.wait()
        receipts.append(receive(database, store))

    threads = [Thread(target=upload) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(each.state for each in receipts) == ["duplicate"] * 3 + ["waiting"]


def test_a_failure_keeps_the_original_and_says_why(database: Database, store: OriginalStore) -> None:
    receipt = receive(database, store)
    with database.transaction() as s:
        intake.fail(s, receipt.file_id, BROKEN, at=AT)
    with database.reading() as s:
        view = intake.get(s, receipt.file_id)
    assert (view.state, view.reason, view.message, view.advice_en) == (
        "failed", "file-truncated", "Tệp cv.pdf bị cụt.", "Scan again.",
    )  # fmt: skip
    assert store.read(receipt.sha256) == CONTENT


def test_a_confined_letter_leaves_only_its_hash_name_and_reason(
    database: Database, store: OriginalStore
) -> None:
    receipt = receive(database, store)
    record(database, receipt.file_id, dispatch())
    with database.transaction() as s:
        intake.refuse(s, store, receipt.file_id, SECRET, at=AT)
        assert store.has(receipt.sha256), "the bytes go only once the refusal is committed"
    assert not store.has(receipt.sha256)
    again = receive(database, store)
    assert (again.state, again.first_state) == ("duplicate", "refused")
    assert not store.has(receipt.sha256), "sent again, it is not kept either"
    with database.reading() as s:
        view = intake.get(s, receipt.file_id)
        assert (view.state, view.name, view.message, view.letter_ids) == (
            "refused",
            "cv.pdf",
            "Văn bản MẬT.",
            (),
        )


def test_a_refusal_that_is_rolled_back_keeps_the_original(database: Database, store: OriginalStore) -> None:
    receipt = receive(database, store)

    def refuse_and_fail() -> None:
        with database.transaction() as s:
            intake.refuse(s, store, receipt.file_id, SECRET, at=AT)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        refuse_and_fail()
    assert store.has(receipt.sha256)


def test_requeueing(database: Database, store: OriginalStore) -> None:
    receipt = receive(database, store)
    with database.transaction() as s:
        assert intake.requeue(s, receipt.file_id, version="v1", at=AT) == receipt.job_id
        assert intake.requeue(s, receipt.file_id, version="v2", at=AT) != receipt.job_id
    duplicate = receive(database, store)
    for number in (duplicate.file_id, 999):
        with pytest.raises(BadRequest), database.transaction() as s:
            intake.requeue(s, number, version="v2", at=AT)


def test_lists_of_uploads(database: Database, store: OriginalStore) -> None:
    for number in range(5):
        receive(database, store, b"%d" % number, name=f"Công văn {number}%.pdf")
    with database.reading() as s:
        page = intake.listing(s, offset=1, limit=2)
        assert [each.name for each in page.items] == ["Công văn 3%.pdf", "Công văn 2%.pdf"]
        assert (page.total, page.more) == (5, True)
        assert [each.name for each in intake.listing(s, name="4%").items] == ["Công văn 4%.pdf"]
        assert intake.listing(s, states=["failed"]).items == ()


def test_nul_bytes_in_a_name_are_left_out(database: Database, store: OriginalStore) -> None:
    receipt = receive(database, store, name="a\x00b.pdf")
    with database.reading() as s:
        assert intake.get(s, receipt.file_id).name == "ab.pdf"


def test_the_store_never_overwrites_and_finds_damage(tmp_path: Path) -> None:
    store = OriginalStore(tmp_path)
    source = tmp_path / "scan.pdf"
    source.write_bytes(CONTENT)
    stored = store.put(source)
    kept = store.path(stored.sha256)
    before = kept.stat().st_mtime_ns
    assert store.put(CONTENT) == stored
    assert kept.stat().st_mtime_ns == before
    assert list(store.all()) == [stored.sha256]
    assert source.read_bytes() == CONTENT
    kept.chmod(0o600)
    kept.write_bytes(b"changed")
    assert not store.verify(stored.sha256)
    with pytest.raises(BadFile, match="tệp gốc"):
        store.read("0" * 64)
    with pytest.raises(ValueError, match="SHA-256"):
        store.path("../../etc/passwd")
    assert not list(tmp_path.glob(".incoming-*"))


@given(st.binary(max_size=200))
def test_what_is_stored_comes_back(content: bytes) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        store = OriginalStore(Path(folder))
        assert store.read(store.put(content).sha256) == content


@pytest.mark.parametrize(
    ("name", "kept"),
    [("../../thư.pdf", "thư.pdf"), ("a\nb\x00.pdf", "a b.pdf"), ("\udcff\u202ex.pdf", "x.pdf"), ("", "khong-ten")],
)
def test_a_name_from_anywhere_is_made_harmless(
    database: Database, store: OriginalStore, name: str, kept: str
) -> None:
    receipt = receive(database, store, name=name)
    with database.reading() as s:
        assert intake.get(s, receipt.file_id).name == kept


def test_a_store_that_takes_nothing_more_is_said_and_leaves_no_row(database: Database, tmp_path: Path) -> None:
    (tmp_path / "occupied").write_text("no folder")
    with pytest.raises(Unavailable, match="kho tệp gốc") as caught:
        receive(database, OriginalStore(tmp_path / "occupied"))
    assert caught.value.retry
    with database.reading() as s:
        assert intake.listing(s).total == 0


def test_a_file_that_cannot_be_opened_is_a_bad_file(
    database: Database, store: OriginalStore, tmp_path: Path
) -> None:
    with pytest.raises(BadFile, match=r"gone\.pdf"), database.transaction() as s:
        intake.receive(s, store, tmp_path / "gone.pdf", name="gone.pdf", at=AT, version="v1")
