"""A number and a day written by hand, on the letter's page: the picture of the blank beside the field, what to enter first."""

from __future__ import annotations

import re
from contextlib import ExitStack
from pathlib import Path

from fastapi.testclient import TestClient

from api.app import create_app
from ingest.pool import ReaderPool
from ingest.types import Mark, Reading
from nlp.dispatch import VERSION, understand
from register import intake, letters, users
from register.clock import now
from tests.api.conftest import PASSWORD, enter, open_room
from tests.nlp.test_hands import hand, page


def shown(folder: Path, reader: ReaderPool, *marks: Mark, **parts: str) -> tuple[str, dict[str, object]]:
    """The page of a letter and its JSON."""
    with ExitStack() as stack:
        room = open_room(folder, stack, reader)
        found = (page(marks=marks, **parts),)
        with room.services.database.transaction() as s:
            users.add(s, login="clerk", name="Clerk", password=PASSWORD, role="clerk", at=now(), must_change_password=False)
            file = intake.receive(s, room.services.store, b"%PDF-1 scan", name="cv.pdf", at=now(), version=VERSION).file_id
            reading = Reading("cv.pdf", "0" * 64, "application/pdf", found)
            letters.record(s, file, reading, understand(found), version=VERSION, at=now())
        client = stack.enter_context(TestClient(create_app(room.services)))
        enter(client, "clerk")
        return client.get("/van-ban/1").text, client.get("/api/v1/letters/1").json()


def test_what_a_hand_wrote_is_shown_beside_the_field_and_asked_for_first(tmp_path: Path, reader: ReaderPool) -> None:
    html, data = shown(tmp_path, reader, hand("Số: …", 0.0), hand("ngày: 12"), number="…", day="12")
    number = html[html.index('id="v-number"') :]
    number = number[: number.index('id="v-symbol"')]
    assert "số viết tay – cần nhập" in html[html.index('id="h-check"') : html.index('id="h-header"')]
    assert "viết tay" in number
    [image] = re.findall(r'<image href="([^"]+)"', number)
    assert image == "/van-ban/1/trang/1.png"
    [(x, y, width, height)] = [tuple(map(float, each)) for each in re.findall(r'role="img"[^>]*viewBox="([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+)"', number)]
    # The blank (90–110, 48–60) lies in the picture, with the print beside it.
    assert x < 90 < 110 < x + width < 200
    assert y < 48 < 60 < y + height < 80
    assert 'data-spot="v-number"' in html
    # A day that is believed has its picture too.
    dated = html[html.index('id="v-issued_on"') :]
    assert "12/3/2021" in dated[:400] or "12/03/2021" in dated[:400]
    assert "<image" in dated[: dated.index('class="value"')]
    review = {each["field"]: each["reason"] for each in data["review"]}  # type: ignore[attr-defined, index]
    assert review["number"] == "số viết tay – cần nhập"
    assert [each["field"] for each in data["evidence"]["handwritten"]] == ["number", "issued_on"]  # type: ignore[index]


def test_a_printed_letter_shows_no_handwriting(tmp_path: Path, reader: ReaderPool) -> None:
    html, data = shown(tmp_path, reader)
    assert "<image" not in html
    assert "viết tay" not in html
    assert data["evidence"]["handwritten"] == []  # type: ignore[index]
