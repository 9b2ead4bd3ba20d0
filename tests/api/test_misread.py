"""Misread words on a letter's page: marked in the text and the tasks, listed with reading, proposal and reason."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.letter_view import pieces_of, sheets_of
from api.misread_view import misread_of, stretches
from ingest.pool import ReaderPool
from register import letters, users
from register.clock import now
from tests.api.conftest import LETTER, PASSWORD, enter, open_room

MISREAD = (
    LETTER.replace("321/UBND", "322/UBND")
    .replace("rà soát các chợ dân sinh, báo cáo", "đây nhanh tiến độ rà soát các chợ dân sinh, tông hợp, báo cáo")
    .replace("lập phương án di dời", "trình cấp có thâm quyền phương án di dời")
)


@pytest.fixture
def page(tmp_path: Path, reader: ReaderPool) -> str:
    with ExitStack() as stack:
        room = open_room(tmp_path, stack, reader)
        with room.services.database.transaction() as s:
            users.add(s, login="clerk", name="Clerk", password=PASSWORD, role="clerk", at=now(), must_change_password=False)
        client = stack.enter_context(TestClient(create_app(room.services)))
        enter(client, "clerk")
        client.post("/api/v1/files", files={"file": ("cho.txt", MISREAD.encode())})
        room.work()
        with room.services.database.reading() as s:
            [number] = letters.rows(s, [1])
            letter = letters.get(s, number)
            found = misread_of(letters.misread(s, number))
        assert {each.proposed for each in found} >= {"đẩy", "tổng", "thẩm"}
        first = letter.tasks[0]
        parts = stretches(first, letter, found)
        assert "".join(part.text for part in parts) == first.text
        assert [part.text for part in parts if part.misread] == ["đây", "tông"]
        pieces = pieces_of(letter, found)
        assert "".join(piece.text for piece in pieces) == letter.text
        assert {piece.text for piece in pieces if piece.title} >= {"đây", "tông", "thâm"}
        with room.services.database.reading() as s:
            assert sheets_of(letter, letters.pages(s, number), frozenset(), found) == ()  # a text has no page images
        return client.get(f"/van-ban/{number}").text


def test_a_letters_page_marks_misread_words(page: str) -> None:
    assert "Chữ đọc nhầm" in page
    assert 'class="doubtful" title="đây → đẩy: ' in page
    assert 'misread" data-spot="' in page
    assert "theo câu là “thẩm”" in page
