"""Files as evidence: hostile until they were read, kept unchanged, given out only as downloads."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import delete

from api.app import create_app
from api.gate import COOKIE
from dondoc.examining import examine_one
from ingest.pool import ReaderPool
from register import attaching, audit, jobs, tasks, users
from register.backup import backup, restore
from register.clock import now
from register.database import Database
from register.models import Attachment
from register.originals import OriginalStore
from tests.api.conftest import LETTER, TODAY, Room, open_room
from tests.register.letters import dispatch, fixed, task
from tests.register.webs import take

AT = datetime(2021, 3, 1, 3, tzinfo=UTC)
NOTE = "Đã kiểm tra 12 chợ.\n".encode()
CONFINED = LETTER.replace("Số: 321/UBND-KT", "Số: 909/UBND-KT\nTUYỆT MẬT").encode()


@dataclass
class Desk:
    """An office with one task, and browsers of a clerk, who may write, and of legal staff, who may not."""

    room: Room
    duty: int
    clerk: TestClient
    legal: TestClient

    def check(self) -> None:
        while examine_one(self.room.office, "test"):
            pass

    def send(self, *files: tuple[str, bytes], text: str = "", path: str = "tien-do", **form: str) -> int:
        parts = [("tep", (name, content)) for name, content in files]
        answer = self.clerk.post(f"/nhiem-vu/{self.duty}/{path}", data={"noi_dung": text} | form, files=parts)
        return int(answer.status_code)

    def files(self) -> list[tuple[str, str]]:
        events = self.clerk.get(f"/api/v1/tasks/{self.duty}").json()["events"]
        return [(file["name"], file["state"]) for event in events for file in event["files"]]

    def number(self) -> int:
        events = self.clerk.get(f"/api/v1/tasks/{self.duty}").json()["events"]
        return int(events[-1]["files"][-1]["id"])


@pytest.fixture
def desk(tmp_path: Path, reader: ReaderPool) -> Iterator[Desk]:
    with ExitStack() as stack:
        room = open_room(tmp_path, stack, reader)
        term = fixed(date(2021, 3, 20), "trước ngày 20/3/2021")
        take(
            room.services.database,
            room.services.store,
            dispatch(task("1", "Kiểm tra chợ", term), issued_on=date(2021, 3, 1)),
        )
        clients = []
        with room.services.database.transaction() as s:
            [row] = tasks.listing(s, today=TODAY).items
            for role in ("clerk", "legal"):
                user = users.add(
                    s,
                    login=role,
                    name=role,
                    password="mat khau dai",
                    role=role,
                    at=AT,
                    must_change_password=False,
                )
                client = stack.enter_context(TestClient(create_app(room.services), follow_redirects=False))
                client.cookies.set(COOKIE, users.open_session(s, user.id, at=now()))
                clients.append(client)
        yield Desk(room, row.obligation_id, *clients)


def test_a_file_comes_with_a_note_is_checked_and_comes_back_unchanged(desk: Desk) -> None:
    assert desk.send(("biên bản.txt", NOTE), text="đã đi 12 chợ") == 303
    assert desk.files() == [("biên bản.txt", "waiting")]
    at = f"/nhiem-vu/{desk.duty}/tep/{desk.number()}"
    assert desk.clerk.get(at).status_code == 409, "nobody gets it before it was checked"
    assert "đang kiểm tra" in desk.clerk.get(f"/nhiem-vu/{desk.duty}").text
    desk.check()
    assert desk.files() == [("biên bản.txt", "kept")]
    for path in (at, f"/api/v1/tasks/{desk.duty}/files/{desk.number()}"):
        answer = desk.legal.get(path)
        assert (answer.status_code, answer.content) == (200, NOTE)
        assert answer.headers["content-type"] == "application/octet-stream"
        assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''bi%C3%AAn")
        assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"
        assert answer.headers["x-content-type-options"] == "nosniff"
    page = desk.clerk.get(f"/nhiem-vu/{desk.duty}").text
    assert f'href="{at}"' in page
    assert "biên bản.txt" in page
    with desk.room.services.database.reading() as s:
        entry = audit.listing(s, action="file-attached")[0]
    assert (entry.actor, entry.entity_id, entry.details["name"]) == ("clerk", desk.duty, "biên bản.txt")


def test_files_come_with_a_completion_and_by_programs(desk: Desk) -> None:
    assert desk.send(("a.txt", b"mot"), ("b.txt", b"hai"), path="hoan-thanh", next="/nhiem-vu") == 303
    assert desk.files() == [("a.txt", "waiting"), ("b.txt", "waiting")]
    assert desk.clerk.get(f"/api/v1/tasks/{desk.duty}").json()["done_on"]
    answer = desk.clerk.post(
        f"/api/v1/tasks/{desk.duty}/files", files={"file": ("c.txt", b"ba")}, data={"text": "bổ sung"}
    )
    assert answer.status_code == 201, answer.text
    assert answer.json()["events"][-1]["text"] == "bổ sung"
    assert len(desk.files()) == 3
    assert desk.send(text="chỉ có lời") == 303
    assert desk.send() == 400, "neither words nor files"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("rong.pdf", b""),
        ("chay.exe", b"MZ\x90\x00" + bytes(200)),
        ("thu-vien.so", b"\x7fELF\x02\x01\x01" + bytes(200)),
        ("anh.png", b"GIF89a" + bytes(50)),
        ("hong.docx", b"PK\x03\x04" + bytes(60)),
        ("cu.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    ],
)
def test_what_the_intake_does_not_take_is_not_taken_here_and_undoes_the_note(
    desk: Desk, name: str, content: bytes
) -> None:
    assert desk.send(("tot.txt", NOTE), (name, content), text="kèm tệp") == 422
    assert desk.clerk.get(f"/api/v1/tasks/{desk.duty}").json()["events"] == []


def test_a_zip_is_no_evidence_whatever_it_is_called(desk: Desk) -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("x.js", "alert(1)")
    assert desk.send(("bao-cao.docx", packed.getvalue())) == 422


def test_a_file_with_a_secrecy_mark_is_not_kept_and_not_taken_again(desk: Desk) -> None:
    store = desk.room.services.store
    assert desk.send(("kho.txt", CONFINED)) == 303
    at = f"/nhiem-vu/{desk.duty}/tep/{desk.number()}"
    [sha256] = set(store.all()) - {each for each in store.all() if store.read(each) != CONFINED}
    desk.check()
    assert desk.files() == [("kho.txt", "refused")]
    assert not store.has(sha256)
    assert desk.clerk.get(at).status_code == 404
    assert "có dấu mật, không lưu" in desk.clerk.get(f"/nhiem-vu/{desk.duty}").text
    assert desk.send(("doi-ten.txt", CONFINED)) == 422
    assert not store.has(sha256)
    with desk.room.services.database.reading() as s:
        assert [each.action for each in audit.listing(s, entity="obligation")][:1] == ["attachment-refused"]


def test_what_the_intake_refused_is_refused_here_and_the_other_way_round(desk: Desk) -> None:
    assert desk.clerk.post("/api/v1/files", files={"file": ("mat.txt", CONFINED)}).status_code == 202
    assert desk.send(("kho.txt", CONFINED)) == 303, "nobody has read it yet"
    desk.room.work()
    assert desk.files() == [("kho.txt", "refused")]
    assert desk.send(("kho-2.txt", CONFINED)) == 422


def test_a_file_that_cannot_be_read_is_kept_as_such(desk: Desk) -> None:
    assert desk.send(("hong.pdf", b"%PDF-1.4\nnothing that is a page")) == 303
    desk.check()
    assert desk.files() == [("hong.pdf", "unread")]
    assert desk.clerk.get(f"/nhiem-vu/{desk.duty}/tep/{desk.number()}").status_code == 200
    assert "không đọc được để kiểm tra" in desk.clerk.get(f"/nhiem-vu/{desk.duty}").text


def test_what_was_checked_for_something_that_is_gone_is_checked_again(desk: Desk) -> None:
    desk.send(("biên bản.txt", NOTE))
    desk.check()
    with desk.room.services.database.transaction() as s:
        s.execute(delete(Attachment))  # as with a letter that a new reading takes away
    desk.send(("biên bản.txt", NOTE))
    desk.check()
    assert desk.files() == [("biên bản.txt", "kept")]


def test_the_same_content_is_checked_once(desk: Desk) -> None:
    desk.send(("a.txt", NOTE))
    desk.check()
    desk.send(("b.txt", NOTE))
    assert desk.files() == [("a.txt", "kept"), ("b.txt", "kept")]
    with desk.room.services.database.reading() as s:
        assert len([each for each in jobs.listing(s) if each.kind == attaching.EXAMINE]) == 1


def test_files_need_the_right_belong_to_their_task_and_have_limits(desk: Desk) -> None:
    at = f"/nhiem-vu/{desk.duty}"
    assert desk.legal.post(f"{at}/tien-do", files={"tep": ("a.txt", NOTE)}).status_code == 403
    assert desk.clerk.post("/nhiem-vu/999/tien-do", files={"tep": ("a.txt", NOTE)}).status_code == 404
    assert desk.send(("to.txt", b"x" * (3 * 1024**2 + 1))) == 413
    assert desk.send(*[(f"{n}.txt", b"x") for n in range(attaching.MOST + 1)]) == 400
    assert desk.files() == []
    desk.send(("../../etc/passwd\r\nX: y.txt", NOTE))
    [(name, _)] = desk.files()
    assert "/" not in name
    assert "\n" not in name
    assert desk.clerk.get(f"/nhiem-vu/999/tep/{desk.number()}").status_code == 404


def test_a_backup_holds_attached_files(desk: Desk, tmp_path: Path) -> None:
    services = desk.room.services
    desk.send(("a.txt", NOTE), text="kèm")
    desk.check()
    backup(services.database, services.store, tmp_path / "b.zip", at=AT)
    other, store = Database(f"sqlite:///{tmp_path / 'other.sqlite'}"), OriginalStore(tmp_path / "other")
    restore(tmp_path / "b.zip", other, store)
    with other.reading() as s:
        found, sha256 = attaching.get(s, desk.duty, desk.number())
    assert (found.name, store.read(sha256)) == ("a.txt", NOTE)
    other.close()
