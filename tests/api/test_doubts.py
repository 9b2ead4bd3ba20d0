"""Values "cần kiểm tra": marked with their reason, first in the review, gone once a person has looked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from ingest.pool import ReaderPool
from register import users
from register.clock import now
from tests.api.conftest import LETTER, PASSWORD, enter, open_room

DOUBTFUL = LETTER.replace("Số: 321/UBND-KT", "Số:      /UBND-KT").replace("ngày 10/3/2021", "ngày 10/01/2021")


@dataclass(frozen=True)
class Desk:
    """A clerk before the register: the numbers of a letter to look at and of one without doubt."""

    client: TestClient
    doubtful: int
    sure: int


@pytest.fixture
def desk(tmp_path: Path, reader: ReaderPool) -> Iterator[Desk]:
    with ExitStack() as stack:
        room = open_room(tmp_path, stack, reader)
        with room.services.database.transaction() as s:
            users.add(s, login="clerk", name="Clerk", password=PASSWORD, role="clerk", at=now(), must_change_password=False)
        client = stack.enter_context(TestClient(create_app(room.services)))
        enter(client, "clerk")
        for text in (DOUBTFUL, LETTER):
            client.post("/api/v1/files", files={"file": ("thu.txt", text.encode())})
        room.work()
        found = {each["number"]: each["id"] for each in client.get("/api/v1/letters").json()["items"]}
        yield Desk(client, found[None], found["321"])


def test_the_interface_lists_what_to_look_at_the_least_certain_first(desk: Desk) -> None:
    letter = desk.client.get(f"/api/v1/letters/{desk.doubtful}").json()
    assert letter["doubtful"]
    first, *rest = letter["review"]
    assert (first["field"], first["value"], first["confidence"]) == ("number", None, None)
    assert "viết tay" in first["reason"]
    [deadline] = [each for each in rest if each["field"] == "deadline"]
    assert deadline["task_id"]
    assert "10/01/2021" in deadline["value"]
    known = [each["confidence"] for each in rest]
    assert known == sorted(known)


def test_the_list_can_show_only_letters_to_look_at(desk: Desk) -> None:
    asked = desk.client.get("/api/v1/letters", params={"doubtful": True}).json()
    assert desk.doubtful in [each["id"] for each in asked["items"]]
    page = desk.client.get("/van-ban", params={"tinh_trang": "can-kiem-tra"}).text
    assert f'href="/van-ban/{desk.doubtful}"' in page
    assert 'class="pill doubt"' in page


def test_the_page_puts_doubtful_values_first_and_says_why(desk: Desk) -> None:
    page = desk.client.get(f"/van-ban/{desk.doubtful}").text
    assert 0 < page.index('id="h-check"') < page.index('data-jump="v-number"') < page.index('id="h-header"')
    assert page.index('data-jump="v-number"') < page.index('data-jump="d-')
    assert "không đọc được số; thường do viết tay" in page
    assert 'data-act="doubt"' in page


def test_what_a_person_puts_right_is_no_longer_doubtful(desk: Desk) -> None:
    letter = desk.client.get(f"/api/v1/letters/{desk.doubtful}").json()
    desk.client.post(f"/van-ban/{desk.doubtful}/sua", data={"field": "number", "value": "55", "version": letter["version"]})
    after = desk.client.get(f"/api/v1/letters/{desk.doubtful}").json()
    assert after["number"] == "55"
    assert "number" not in [each["field"] for each in after["review"]]
    desk.client.post(f"/van-ban/{desk.doubtful}/ra-soat", data={"xong": "1"})
    reviewed = desk.client.get(f"/api/v1/letters/{desk.doubtful}").json()
    assert (reviewed["review"], reviewed["doubtful"]) == ([], False)
    assert desk.doubtful not in [e["id"] for e in desk.client.get("/api/v1/letters", params={"doubtful": True}).json()["items"]]
    assert 'id="h-check"' not in desk.client.get(f"/van-ban/{desk.doubtful}").text
