"""The rights matrix: role × what one may do; and 404 before 403."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from api.rights import RIGHTS
from register.clock import now
from register.users import ROLES

SignedIn = Callable[[str], TestClient]

MATRIX = {
    "upload": {"clerk": 202, "officer": 202, "legal": 403, "leader": 403, "admin": 202},
    "correct": {"clerk": 303, "officer": 303, "legal": 303, "leader": 403, "admin": 303},
    "complete": {"clerk": 201, "officer": 201, "legal": 403, "leader": 201, "admin": 201},
    "reprocess": {"clerk": 202, "officer": 202, "legal": 403, "leader": 403, "admin": 202},
    "arrange": {"clerk": 303, "officer": 403, "legal": 403, "leader": 403, "admin": 303},
    "follow": {"clerk": 201, "officer": 201, "legal": 403, "leader": 201, "admin": 201},
    "assign": {"clerk": 200, "officer": 403, "legal": 403, "leader": 200, "admin": 200},
    "decide": {"clerk": 403, "officer": 403, "legal": 403, "leader": 201, "admin": 201},
    "cancel": {"clerk": 201, "officer": 403, "legal": 403, "leader": 201, "admin": 201},
    "units": {"clerk": 403, "officer": 403, "legal": 403, "leader": 403, "admin": 201},
    "administer": {"clerk": 403, "officer": 403, "legal": 403, "leader": 403, "admin": 200},
}


def test_the_matrix_covers_every_right_and_role() -> None:
    assert set(MATRIX) == set(RIGHTS)
    assert all(set(row) == set(ROLES) for row in MATRIX.values())


@pytest.mark.parametrize("role", ROLES)
def test_every_role_may_read(signed_in: SignedIn, role: str, letter_id: int) -> None:
    client = signed_in(role)
    for path in ("/tiep-nhan", "/van-ban", f"/van-ban/{letter_id}", "/nhiem-vu", "/tim-kiem?q=cho", "/trich-dan?q=114/2003",
                 "/api/v1/letters", "/api/v1/tasks", f"/api/v1/letters/{letter_id}", "/api/v1/docs"):  # fmt: skip
        assert client.get(path).status_code == 200, path


@pytest.mark.parametrize("role", ROLES)
def test_upload(signed_in: SignedIn, role: str) -> None:
    client = signed_in(role)
    answer = client.post("/api/v1/files", files={"file": ("x.txt", f"của {role}".encode())})
    assert answer.status_code == MATRIX["upload"][role]
    assert ('id="drop"' in client.get("/tiep-nhan").text) == (answer.status_code == 202)


@pytest.mark.parametrize("role", ROLES)
def test_correct(signed_in: SignedIn, role: str, letter_id: int) -> None:
    client = signed_in(role)
    version = client.get(f"/api/v1/letters/{letter_id}").json()["version"]
    form = {"field": "place", "value": f"Bình Lâm {role}", "version": version}
    assert client.post(f"/van-ban/{letter_id}/sua", data=form).status_code == MATRIX["correct"][role]


@pytest.mark.parametrize("role", ROLES)
def test_arrange(signed_in: SignedIn, role: str) -> None:
    client = signed_in(role)
    file = next(each for each in client.get("/api/v1/files").json()["items"] if each["name"] == "giai-ngan.pdf")
    page = client.get(f"/tiep-nhan/{file['id']}/trang")
    assert page.status_code == 200
    total = page.text.count("<figure>")
    form = {"thu_tu": [str(n + 1) for n in range(total)], "xoay": ["0"] * total}
    assert client.post(f"/tiep-nhan/{file['id']}/trang", data=form).status_code == MATRIX["arrange"][role]
    assert ('name="thu_tu"' in page.text) == (MATRIX["arrange"][role] == 303)


@pytest.mark.parametrize("role", ROLES)
def test_complete(signed_in: SignedIn, role: str) -> None:
    client = signed_in(role)
    task = client.get("/api/v1/tasks", params={"status": "open"}).json()["items"][0]["obligation_id"]
    answer = client.post(f"/api/v1/tasks/{task}/completion")
    assert answer.status_code == MATRIX["complete"][role]
    if answer.status_code == 201:
        assert client.delete(f"/api/v1/tasks/{task}/completion").status_code == 200


@pytest.mark.parametrize("role", ROLES)
def test_follow_assign_decide_and_cancel(signed_in: SignedIn, role: str) -> None:
    client, helper = signed_in(role), signed_in("admin")
    found = client.get("/api/v1/tasks", params={"status": "open"}).json()["items"]
    task = next(each for each in found if each["due_on"])["obligation_id"]
    at = f"/api/v1/tasks/{task}"
    assert client.post(f"{at}/notes", json={"text": "đã gọi"}).status_code == MATRIX["follow"][role]
    ask = {"new_due": f"{now().year + 3}-01-01", "reason": "chờ"}
    assert client.post(f"{at}/extensions", json=ask).status_code == MATRIX["follow"][role]
    helper.post(f"{at}/extensions", json=ask)
    for request in helper.get("/api/v1/extensions").json():
        path, refusal = f"/api/v1/extensions/{request['id']}/decision", {"granted": False}
        if (status := client.post(path, json=refusal).status_code) != 201:
            helper.post(path, json=refusal)
        assert status == MATRIX["decide"][role]
    other = client.get("/api/v1/people").json()
    current = client.get(at).json()["assignee_id"]
    person = next(each["id"] for each in other if each["role"] != "legal" and each["id"] != current)
    assert client.put(f"{at}/assignee", json={"user_id": person}).status_code == MATRIX["assign"][role]
    helper.put(f"{at}/assignee", json={"user_id": None})
    assert client.post(f"{at}/cancellation", json={"reason": "thử"}).status_code == MATRIX["cancel"][role]
    helper.post(f"{at}/cancellation", json={"reason": "thử"})
    assert client.delete(f"{at}/cancellation").status_code in (MATRIX["cancel"][role], 200)
    helper.delete(f"{at}/cancellation")


@pytest.mark.parametrize("role", ROLES)
def test_units(signed_in: SignedIn, role: str) -> None:
    client, admin = signed_in(role), signed_in("admin")
    assert (
        client.post("/api/v1/units", json={"name": f"Phòng của {role}"}).status_code == MATRIX["units"][role]
    )
    made = admin.post("/api/v1/units", json={"name": f"Phòng thử {role}", "short": "PT"}).json()
    at, mine = f"/api/v1/units/{made['id']}", client.get("/api/v1/me").json()["id"]
    ok = 200 if MATRIX["units"][role] == 201 else 403
    assert client.get(at).json()["short"] == "PT"
    assert client.patch(at, json={"short": "PTH"}).status_code == ok
    assert client.put(f"{at}/members", json={"user_id": mine}).status_code == ok
    assert client.put(f"{at}/followers", json={"user_id": mine}).status_code == ok
    followed = client.put(f"{at}/following", json={"follows": True})
    assert [each["id"] for each in followed.json()["followers"]] == [mine], "everybody may follow"
    admin.patch(at, json={"active": False})
    for path in ("/members", "/followers", ""):
        send = client.put if path else client.patch
        assert send(f"/api/v1/units/999999{path}", json={"user_id": mine}).status_code == 404, (
            "404 before 403"
        )


@pytest.mark.parametrize("role", ROLES)
def test_reprocess(signed_in: SignedIn, role: str, letter_id: int) -> None:
    client = signed_in(role)
    file = client.get(f"/api/v1/letters/{letter_id}").json()["file_id"]
    assert client.post(f"/api/v1/files/{file}/readings").status_code == MATRIX["reprocess"][role]


@pytest.mark.parametrize("role", ROLES)
def test_administer(signed_in: SignedIn, role: str) -> None:
    page = signed_in(role).get("/quan-tri/nguoi-dung")
    assert page.status_code == MATRIX["administer"][role]
    assert ('href="/quan-tri"' in signed_in(role).get("/tiep-nhan").text) == (role == "admin")


@pytest.mark.parametrize("path", ["/van-ban/999999/sua", "/van-ban/1/nhiem-vu/999999/sua", "/nhiem-vu/999999/hoan-thanh",
                                  "/nhiem-vu/999999/mo-lai", "/tiep-nhan/999999/doc-lai", "/van-ban/999999/ra-soat"])  # fmt: skip
def test_what_does_not_exist_is_404_also_for_those_without_the_right(signed_in: SignedIn, path: str) -> None:
    form = {"field": "subject", "value": "x", "version": 1}
    assert signed_in("legal").post(path, data=form).status_code == 404
    assert signed_in("leader").post(path, data=form).status_code == 404


@pytest.mark.parametrize("path", ["/api/v1/files/999999", "/api/v1/letters/999999", "/api/v1/letters/999999/pages/1.png",
                                  "/api/v1/files/999999/original", "/api/v1/nothing"])  # fmt: skip
def test_unknown_things_are_404_problems(clerk: TestClient, path: str) -> None:
    answer = clerk.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_page_number_outside_the_letter_is_404(clerk: TestClient, letter_id: int) -> None:
    assert clerk.get(f"/van-ban/{letter_id}/trang/99.png").status_code == 404
