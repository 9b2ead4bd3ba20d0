"""REST: shapes, paging, problems, health, the description of itself."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from tests.api.conftest import Room


def test_letters_are_paged_without_gaps_or_repeats(clerk: TestClient) -> None:
    total = clerk.get("/api/v1/letters").json()["total"]
    seen = [
        item["id"]
        for offset in range(total)
        for item in clerk.get("/api/v1/letters", params={"limit": 1, "offset": offset}).json()["items"]
    ]
    assert len(seen) == len(set(seen)) == total


def test_tasks_come_with_counts_that_agree(clerk: TestClient) -> None:
    found = clerk.get("/api/v1/tasks", params={"limit": 200}).json()
    for status, count in found["counts"].items():
        assert clerk.get("/api/v1/tasks", params={"status": status}).json()["total"] == count, status


def test_a_task_carries_what_who_until_when_and_from_where(clerk: TestClient) -> None:
    row = clerk.get("/api/v1/tasks", params={"agency": "Sở Xây dựng", "role": "lead"}).json()["items"][0]
    assert row["due_on"] == "2021-03-10"
    assert row["letter_code"] == "321/UBND-KT"
    assert row["letter_issuer"] == "Ủy ban nhân dân tỉnh Bình Lâm"


def test_citing_letters(clerk: TestClient) -> None:
    found = clerk.get("/api/v1/references", params={"cites": "nđ 114/2003"}).json()["citing"]
    assert ("321", "UBND-KT") in [(each["number"], each["symbol"]) for each in found]
    assert all(
        set(each) >= {"file", "number", "symbol", "page", "provisions", "relation", "snippet"}
        for each in found
    )
    assert clerk.get("/api/v1/references", params={"cites": "xin chào"}).status_code == 400


def test_what_was_not_understood_of_a_question_is_said_in_both_languages(clerk: TestClient) -> None:
    found = clerk.get("/api/v1/search", params={"q": "hạn:mai kia"}).json()
    assert found["notes"] == ["Không hiểu “hạn:mai kia”: tìm như từ ngữ thường."]
    assert len(found["notes_en"]) == 1
    assert "hạn:mai kia" in found["notes_en"][0]
    assert "Không hiểu" not in found["notes_en"][0]


def test_search_has_hits_and_facets(clerk: TestClient, room: Room) -> None:
    room.work()
    found = clerk.get("/api/v1/search", params={"q": "cho dan sinh", "kind": "tasks"}).json()
    assert found["total"] >= 1
    assert {facet["name"] for facet in found["facets"]} >= {"agency", "status"}
    assert found["hits"][0]["snippet"]["spans"] or found["hits"][0]["title"]["spans"]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/api/v1/tasks?status=ngu", 400),
        ("/api/v1/tasks?due_before=mai", 422),
        ("/api/v1/tasks?limit=0", 422),
        ("/api/v1/letters?offset=-1", 422),
        ("/api/v1/letters/abc", 422),
        ("/api/v1/letters/99999999999999999999", 422),
        ("/api/v1/search?cursor=xyz", 400),
        ("/api/v1/references", 422),
    ],
)
def test_wrong_requests_are_problems_in_words(clerk: TestClient, path: str, code: int) -> None:
    answer = clerk.get(path)
    assert answer.status_code == code, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert {"code", "title", "detail", "advice", "status", "retry"} <= set(problem)
    assert problem["status"] == code


def test_a_wrong_method_is_405(clerk: TestClient) -> None:
    answer = clerk.put("/api/v1/letters")
    assert (answer.status_code, answer.json()["code"]) == (405, "method-not-allowed")


def test_health_needs_no_sign_in_and_tells_database_and_index(client: TestClient) -> None:
    assert client.get("/api/v1/health/live").json() == {"status": "ok"}
    ready = client.get("/api/v1/health/ready")
    assert ready.status_code == 200
    checks = ready.json()["checks"]
    assert checks["database"]["status"] == "ok"
    assert checks["search"]["engine"]
    assert checks["index_lag"]["waiting"] >= 0


def test_an_office_whose_database_was_never_made_is_not_ready(tmp_path: object, room: Room) -> None:
    from dataclasses import replace

    from register.database import Database

    empty = Database(f"sqlite:///{tmp_path}/leer.sqlite")
    with TestClient(create_app(replace(room.services, database=empty))) as client:
        assert client.get("/api/v1/health/live").status_code == 200
        assert client.get("/api/v1/health/ready").status_code == 503
    empty.close()


def test_a_defect_is_told_in_words_with_a_code_and_without_its_inside(
    room: Room, tokens: dict[str, str]
) -> None:
    from dataclasses import replace

    class Broken:
        name = "broken"

        def search(self, query: object) -> None:
            raise RuntimeError("inner detail 4711")

    app = create_app(replace(room.services, engine=Broken()))  # type: ignore[arg-type]
    with TestClient(app, raise_server_exceptions=False) as client:
        client.cookies.set("dondoc_session", tokens["clerk"])
        for path in ("/tim-kiem?q=x", "/api/v1/search?q=x"):
            answer = client.get(path)
            assert answer.status_code == 500
            assert "4711" not in answer.text
            assert "Traceback" not in answer.text
            assert "Chương trình gặp lỗi ngoài dự tính" in answer.text


def test_the_description_names_every_operation_in_both_languages(clerk: TestClient) -> None:
    spec = clerk.get("/api/v1/openapi.json").json()
    operations = [operation for path in spec["paths"].values() for operation in path.values()]
    assert len(operations) >= 18
    assert all(" · " in operation["summary"] and operation["tags"] for operation in operations)
    assert not [path for path in spec["paths"] if not path.startswith("/api/v1/")]
    page = clerk.get("/api/v1/docs").text
    assert all(path.replace("&", "&amp;") in page for path in spec["paths"])
