"""The permission matrix on the running program: role × endpoint × what may not be seen (permissions.toml)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx import Response
from sqlalchemy import select

from api.app import create_app
from api.gate import COOKIE
from api.schemas import SaveIn
from ingest.pool import ReaderPool
from register import (
    access,
    attaching,
    books,
    calendar_days,
    chores,
    events,
    feeds,
    intake,
    list_views,
    own_agencies,
    units,
    users,
)
from register.attaching import Incoming
from register.clock import now
from register.models import CitedDocument, Job, Reply, Respelling, SameDocument
from register.originals import digest_of
from register.respelling import key_of
from register.users import ROLES
from tests.api.conftest import LETTER, PASSWORD, Room, open_room
from tools import permissions
from tools.permissions import NOBODY, PAGE, Endpoint

ENDPOINTS = permissions.endpoints()
UNKNOWN = 999_999
SECRET = "Zhazha"
"""A word that only the refused letter has."""
REFUSED = LETTER.replace("Số: 321/UBND-KT", "Số: 909/UBND-KT\nTUYỆT MẬT").replace(
    "chợ dân sinh", f"kho {SECRET}"
)

ORDINARY = LETTER.replace("321/UBND-KT", "322/UBND-KT").replace("chợ dân sinh", "bến xe khách")
"""The first letter of a file whose second one is marked."""


@dataclass
class Ground:
    """The office of the matrix: what stands in paths and forms, a session per role, a way back after each change."""

    room: Room
    client: TestClient
    things: dict[str, int | str]
    tokens: dict[str, str]
    programs: dict[str, str]
    kept: Path
    watch: sqlite3.Connection
    """Writes nothing, so that it sees what others wrote."""

    def version(self) -> int:
        """Another number after each change of the register."""
        return int(self.watch.execute("PRAGMA data_version").fetchone()[0])

    def restore(self) -> None:
        """The register as it was before the request."""
        live = str(self.room.services.database.engine.url.database)
        with closing(sqlite3.connect(self.kept)) as source, closing(sqlite3.connect(live)) as target:
            source.backup(target)

    def path(self, each: Endpoint, **other: int | str) -> str:
        """The endpoint's address; `other` replaces things in it. What shows pages gets a scan, not a text file."""
        things = self.things | other
        if "{page}" in each.path and "letter_id" not in other:
            things["letter_id"] = things["scanned_letter"]
        if each.path.startswith("/tiep-nhan/{file_id}/trang") and "file_id" not in other:
            things["file_id"] = things["scanned_file"]
        return each.path.replace("{path}", "icon.svg").format_map(things)

    def call(self, each: Endpoint, who: str | None, *, bearer: bool = False, **other: int | str) -> Response:
        """Call the endpoint as somebody; `other` replaces things in the path."""
        things = self.things | other
        path = self.path(each, **other)
        self.client.cookies.clear()
        headers = {}
        if who and bearer:
            headers["Authorization"] = f"Bearer {self.programs[who]}"
        elif who:
            self.client.cookies.set(COOKIE, self.tokens[who])
        sends: dict[str, Any] = {}
        for key, name in (("query", "params"), ("form", "data"), ("json", "json")):
            if key in each.sends:
                sends[name] = filled(each.sends[key], things)
        if "file" in each.sends:
            sends["files"] = {each.sends["file"]: ("x.txt", "một tệp".encode())}
        before = self.version()
        answer = self.client.request(each.method, path, headers=headers, **sends)
        if each.method != "GET" and self.version() != before:
            self.restore()
        return answer


def filled(value: Any, things: dict[str, int | str]) -> Any:
    """What is sent, with "$name" replaced."""
    if isinstance(value, dict):
        return {key: filled(each, things) for key, each in value.items()}
    if isinstance(value, list):
        return [filled(each, things) for each in value]
    return things[value[1:]] if isinstance(value, str) and value.startswith("$") else value


@pytest.fixture(scope="module")
def ground(
    tmp_path_factory: pytest.TempPathFactory, reader: ReaderPool, specimen_pdf: bytes
) -> Iterator[Ground]:
    with ExitStack() as stack:
        folder = tmp_path_factory.mktemp("matrix")
        room = open_room(folder, stack, reader)
        database = room.services.database
        with database.transaction() as s:
            people = {
                role: users.add(s, login=role, name=role, password=PASSWORD, role=role, at=now(), must_change_password=False).id
                for role in ROLES
            }  # fmt: skip
            tokens = {role: users.open_session(s, id, at=now()) for role, id in people.items()}
            programs = {role: access.issue(s, id, name=role, at=now())[0] for role, id in people.items()}
        client = stack.enter_context(TestClient(create_app(room.services), follow_redirects=False))
        clerk = {"Authorization": f"Bearer {tokens['clerk']}"}
        reply = LETTER.replace("321/UBND-KT", "55/SCT-TM").replace(
            "ỦY BAN NHÂN DÂN\nTỈNH BÌNH LÂM", "UBND TỈNH BÌNH LÂM\nSỞ CÔNG THƯƠNG", 1
        )
        uploads = {}
        for name, content in (
            ("cho.txt", LETTER.encode()),
            ("tra-loi.txt", reply.encode()),
            ("kho.txt", REFUSED.encode()),
            ("hai-van-ban.txt", f"{ORDINARY}\n\f\n{REFUSED.replace('909', '908')}".encode()),
            ("scan.pdf", specimen_pdf),
        ):
            answer = client.post("/api/v1/files", files={"file": (name, content)}, headers=clerk)
            uploads[name] = answer.json()["file_id"]
        room.work()
        scanned = client.get(f"/api/v1/files/{uploads['scan.pdf']}", headers=clerk).json()["letter_ids"][0]
        things = _things(room, client, clerk, people) | {
            "file_id": uploads["cho.txt"],
            "refused_file": uploads["kho.txt"],
            "refused_with_others": uploads["hai-van-ban.txt"],
            "scanned_letter": scanned,
            "scanned_file": uploads["scan.pdf"],
        }
        kept = folder / "kept.sqlite"
        with (
            closing(sqlite3.connect(folder / "dondoc.sqlite")) as live,
            closing(sqlite3.connect(kept)) as copy,
        ):
            live.backup(copy)
        watch = stack.enter_context(closing(sqlite3.connect(folder / "dondoc.sqlite", check_same_thread=False)))
        yield Ground(room, client, things, tokens, programs, kept, watch)


def folder_file(room: Room) -> Path:
    """A file on disk, for evidence."""
    path = Path(str(room.services.database.engine.url.database)).with_name("bang-chung.txt")
    path.write_text("đã kiểm tra xong", encoding="utf-8")
    return path


def _things(
    room: Room, client: TestClient, clerk: dict[str, str], people: dict[str, int]
) -> dict[str, int | str]:
    def get(path: str, **query: object) -> Any:
        return client.get(f"/api/v1{path}", params=query, headers=clerk).json()  # type: ignore[arg-type]

    letter = get("/letters", number="321/UBND-KT")["items"][0]["id"]
    answer = get("/letters", number="55/SCT-TM")["items"][0]["id"]
    whole = get(f"/letters/{letter}")
    rows = get("/tasks", status="open")["items"]
    obligation = next(
        each["obligation_id"] for each in rows if each["letter_id"] == letter and each["due_on"]
    )
    ask = {"new_due": f"{now().year + 2}-01-01", "reason": "chờ"}
    asked = client.post(f"/api/v1/tasks/{obligation}/extensions", json=ask, headers=clerk)
    assert asked.status_code == 201, asked.text
    question = SaveIn(name="của văn thư", q="chợ").model_dump()
    search = client.post("/api/v1/saved-searches", json=question, headers=clerk).json()
    with room.services.database.transaction() as s:
        unit = units.add(s, name="Phòng Thương mại", at=now(), by=None)
        event = events.note(s, obligation, text="đã gọi", at=now(), by=None)
        evidence = folder_file(room)
        [attached] = attaching.attach(
            s, room.services.store, event, [Incoming(evidence, "x.txt")], at=now(), by=None, version="v"
        )
        attaching.checked(s, digest_of(evidence), readable=True)
        calendar, secret = feeds.create(s, people["clerk"], name="", scope="own", form="event", at=now())
        documents = s.scalars(select(CitedDocument).order_by(CitedDocument.id)).all()
        pair = SameDocument(left="a", right="b", state="probable", reason="symbol")
        offer = Reply(obligation_id=obligation, letter_id=answer, state="offered", reports=True, snippet="")
        s.add_all([pair, offer])
        s.flush()
        calendar_days.put(s, date(2021, 8, 21), working=True, name="làm bù", at=now(), by=None)
        named = own_agencies.add(s, "Sở CT Bình Lâm", "Sở Công Thương tỉnh Lạng Sơn", at=now(), by=None)
        book = books.add(s, "Sổ giấy mời", at=now(), by=None)
        job = chores.ask(s, chores.RECONCILE, at=now(), by=None)
        s.get_one(Job, job).state = "failed"
        handle = access.handle_of(users.open_session(s, people["clerk"], at=now()))
        assert handle
        misread = Respelling(
            letter_id=answer, field="issuer", kind="body", key=key_of(whole["issuer"]),
            wrong=whole["issuer"], right="UBND tỉnh Bình Lâm", at=now(),
        )  # fmt: skip
        s.add(misread)
        s.flush()
        for shown in ("tasks", "letters"):
            list_views.save(s, people["clerk"], shown, name="của tôi", query="", at=now())
        _, token = access.issue(s, people["clerk"], name="máy quét", at=now())
        return {
            "letter_id": letter,
            "page": 1,
            "version": whole["version"],
            "task_id": whole["tasks"][0]["id"],
            "obligation_id": obligation,
            "request_id": get("/extensions")[0]["id"],
            "search_id": search["id"],
            "document_id": documents[0].root_id,
            "pair_id": pair.id,
            "reply_id": offer.id,
            "unit_id": unit.id,
            "feed_id": calendar.id,
            "attachment_id": attached,
            "token": secret,
            "person": people["leader"],
            "user_id": people["clerk"],
            "handle": handle,
            "job_id": job,
            "book_id": book.id,
            "respelling_id": misread.id,
            "view_id": list_views.listing(s, people["clerk"], "tasks")[0].id,
            "letters_view_id": list_views.listing(s, people["clerk"], "letters")[0].id,
            "ngay": "2021-08-21",
            "later": f"01/01/{now().year + 3}",
            "later_iso": f"{now().year + 3}-01-01",
            "language": "vi",
            "name_id": named.id,
            "token_id": token.id,
        }


def test_every_route_is_in_the_matrix_and_every_line_is_a_route(ground: Ground) -> None:
    listed = [each.name for each in ENDPOINTS]
    assert len(listed) == len(set(listed))
    assert permissions.routes(create_app(ground.room.services)) == set(listed)


def test_the_page_of_permissions_is_that_of_the_table() -> None:
    assert PAGE.read_text(encoding="utf-8") == permissions.page(ENDPOINTS), "run: python -m tools.permissions"


def test_the_table_names_every_role() -> None:
    assert permissions.ROLES == ROLES


@pytest.mark.parametrize("each", ENDPOINTS, ids=lambda each: each.name)
def test_each_role_gets_what_the_matrix_says(ground: Ground, each: Endpoint) -> None:
    got = {role: ground.call(each, role) for role in ROLES} | {NOBODY: ground.call(each, None)}
    assert {role: answer.status_code for role, answer in got.items()} == dict(each.expected)
    assert not any(SECRET.encode() in answer.content for answer in got.values())
    if each.page_for_people and each.who != "public":
        assert got[NOBODY].headers["location"].startswith("/dang-nhap")


@pytest.mark.parametrize("each", ENDPOINTS, ids=lambda each: each.name)
def test_an_api_token_acts_as_its_user_under_api_and_nowhere_else(ground: Ground, each: Endpoint) -> None:
    got = {role: ground.call(each, role, bearer=True).status_code for role in ROLES}
    alike = each.expected if each.for_programs else dict.fromkeys(ROLES, each.expected[NOBODY])
    assert got == {role: alike[role] for role in ROLES}


@pytest.mark.parametrize("each", [each for each in ENDPOINTS if each.unseen], ids=lambda each: each.name)
def test_what_does_not_exist_is_404_before_403(ground: Ground, each: Endpoint) -> None:
    ids = [name for name in ground.things if f"{{{name}}}" in each.path and name.endswith("_id")]
    for name in ids:
        got = {role: ground.call(each, role, **{name: UNKNOWN}).status_code for role in ROLES}
        assert got == dict.fromkeys(ROLES, each.unseen)
        assert ground.call(each, None, **{name: UNKNOWN}).status_code == each.expected[NOBODY]


@pytest.mark.parametrize(
    "each", [each for each in ENDPOINTS if "{file_id}" in each.path], ids=lambda each: each.name
)
def test_a_refused_file_gives_nothing_but_its_name_and_reason(ground: Ground, each: Endpoint) -> None:
    for role in ROLES:
        answer = ground.call(each, role, file_id=ground.things["refused_file"])
        assert answer.status_code == (403 if each.expected[role] == 403 else each.refused)
        assert SECRET.encode() not in answer.content


@pytest.mark.parametrize("name", ["refused_file", "refused_with_others"])
def test_the_refused_letter_was_read_and_is_nowhere(ground: Ground, name: str) -> None:
    with ground.room.services.database.reading() as s:
        file = intake.get(s, int(ground.things[name]))
    assert (file.state, file.reason, file.letter_ids) == ("refused", "confined", ())
    assert not ground.room.services.store.path(file.sha256).exists()
    assert SECRET.encode() not in ground.kept.read_bytes()


NAMES_FILES = {
    "/tiep-nhan",
    "/tiep-nhan/danh-sach",
    "/api/v1/files",
    "/quan-tri/nhat-ky",
    "/quan-tri/nhat-ky/xuat",
}
"""Where the name of a refused file may stand."""
READING = [each for each in ENDPOINTS if each.method == "GET"]


@pytest.mark.parametrize("each", READING, ids=lambda each: each.name)
def test_no_answer_holds_a_word_of_the_refused_letter(ground: Ground, each: Endpoint) -> None:
    """Also where one searches for its words: lists, suggestions, exports, feeds."""
    query = dict.fromkeys(("q", "number", "subject", "van_ban", "so", "cites", "tim"), SECRET)
    found = ground.call(replace(each, sends={"query": query}), "admin")
    assert found.status_code < 500
    assert "kho.txt" not in found.text or each.path in NAMES_FILES
    assert "909/UBND-KT" not in found.text
    assert "908/UBND-KT" not in found.text
