"""The review shows what was corrected elsewhere; a key takes it or keeps what was read; REST beside the page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from ingest.pool import ReaderPool
from register import users
from register.clock import now
from tests.api.conftest import LETTER, PASSWORD, enter, open_room

SIGNER = LETTER.replace("Nguyễn Văn Thử", "Nguyễn Vãn Thử")


@dataclass(frozen=True)
class Desk:
    client: TestClient
    first: int
    second: int

    def letter(self, number: int) -> Any:
        return self.client.get(f"/api/v1/letters/{number}").json()

    def offers(self, number: int) -> Any:
        return self.client.get(f"/api/v1/letters/{number}/offers").json()

    def correct(self) -> str:
        """Put the first letter's signer right; gives the page that follows."""
        data = {"field": "signer_name", "value": "Nguyễn Văn Thử", "version": self.letter(self.first)["version"]}
        return self.client.post(f"/van-ban/{self.first}/sua", data=data).text


@pytest.fixture
def desk(tmp_path: Path, reader: ReaderPool) -> Iterator[Desk]:
    with ExitStack() as stack:
        room = open_room(tmp_path, stack, reader)
        with room.services.database.transaction() as s:
            users.add(s, login="clerk", name="Clerk", password=PASSWORD, role="clerk", at=now(), must_change_password=False)
        client = stack.enter_context(TestClient(create_app(room.services)))
        enter(client, "clerk")
        for text in (SIGNER, SIGNER.replace("321/UBND-KT", "322/UBND-KT").replace("chợ dân sinh", "bến xe khách")):
            client.post("/api/v1/files", files={"file": ("thu.txt", text.encode())})
        room.work()
        found = {each["number"]: each["id"] for each in client.get("/api/v1/letters").json()["items"]}
        yield Desk(client, found["321"], found["322"])


def test_after_a_correction_the_page_leads_to_the_other_letters(desk: Desk) -> None:
    assert desk.letter(desk.second)["signer_name"] == "Nguyễn Vãn Thử"
    page = desk.correct()
    assert "1 văn bản khác có cùng chữ này" in page
    link = page.split('href="/van-ban/cung-chu/')[1].split('"')[0]
    listed = desk.client.get(f"/van-ban/cung-chu/{link}").text
    assert f'href="/van-ban/{desk.second}"' in listed
    assert "Đã sửa ‘Nguyễn Vãn Thử’ thành ‘Nguyễn Văn Thử’" in listed
    [row] = desk.client.get(f"/api/v1/respellings/{link}/letters").json()
    assert row["id"] == desk.second


def test_the_offer_stands_first_in_the_review_and_one_press_takes_it(desk: Desk) -> None:
    desk.correct()
    page = desk.client.get(f"/van-ban/{desk.second}").text
    assert "Ở văn bản khác đã sửa ‘Nguyễn Vãn Thử’ thành ‘Nguyễn Văn Thử’" in page
    assert page.index("/sua-theo/") < page.index('id="h-header"')
    assert 'id="next-doubt" data-act="doubt" hidden' not in page
    [offer] = desk.offers(desk.second)
    version = desk.letter(desk.second)["version"]
    stale = desk.client.post(f"/van-ban/{desk.second}/sua-theo/{offer['id']}", data={"version": version - 1})
    assert stale.status_code == 409
    taken = desk.client.post(f"/van-ban/{desk.second}/sua-theo/{offer['id']}", data={"version": version})
    assert "Ở văn bản khác đã sửa" not in taken.text
    assert desk.letter(desk.second)["signer_name"] == "Nguyễn Văn Thử"
    assert desk.offers(desk.second) == []


def test_a_refused_offer_is_gone_and_the_value_stays(desk: Desk) -> None:
    desk.correct()
    [offer] = desk.offers(desk.second)
    address = f"/api/v1/letters/{desk.second}/offers/{offer['id']}"
    assert desk.client.post(f"{address}/refusal").status_code == 204
    assert desk.offers(desk.second) == []
    assert desk.client.post(f"{address}/acceptance").status_code == 404
    assert desk.letter(desk.second)["signer_name"] == "Nguyễn Vãn Thử"


def test_one_of_them_is_said_in_good_english(desk: Desk) -> None:
    from api.i18n import Words

    t = Words("en")
    assert (t("remind.left", n=1), t("remind.left", n="2")) == ("1 working day left", "2 working days left")
    assert t("offer.others", n=1) == "1 other letter has the same reading"
