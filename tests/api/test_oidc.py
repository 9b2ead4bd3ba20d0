"""Sign-in by the office's provider, against a small real provider on this machine that checks what it is sent."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from api import oidc
from api.app import create_app
from api.gate import COOKIE
from api.oidc import OidcSettings
from dondoc.settings import Settings
from ingest.errors import BadRequest
from ingest.pool import ReaderPool
from register import audit, users
from register.clock import now
from tests.api.conftest import PASSWORD, Room, open_room

CLIENT, SECRET = "dondoc", "mat ma cua ung dung"


@dataclass
class FakeProvider:
    """What the provider knows: who is signed in there, codes given out; `spoil` changes the claims of the token."""

    address: str = ""
    person: dict[str, Any] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    spoil: Callable[[dict[str, Any]], None] = lambda claims: None
    key: Any = None
    signing: Any = None

    def description(self) -> dict[str, Any]:
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
        }

    def authorize(self, asked: dict[str, str]) -> str:
        """As the person's browser: signed in there, sent back with a code."""
        assert asked["response_type"] == "code"
        assert asked["client_id"] == CLIENT
        assert asked["code_challenge_method"] == "S256"
        assert asked["scope"].split()[0] == "openid"
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        from joserfc import jwt

        asked = self.codes.pop(form.get("code", ""), None)
        verifier = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(verifier).rstrip(b"=").decode()
        basic = base64.b64encode(f"{CLIENT}:{SECRET.replace(' ', '%20')}".encode()).decode()
        plain = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if authorization not in (f"Basic {basic}", f"Basic {plain}"):
            return 401, {"error": "invalid_client"}
        if (
            asked is None
            or challenge != asked["code_challenge"]
            or form["redirect_uri"] != asked["redirect_uri"]
        ):
            return 400, {"error": "invalid_grant"}
        claims: dict[str, Any] = {
            "iss": self.address,
            "aud": CLIENT,
            "sub": "7",
            "exp": int(time.time()) + 60,
            "iat": int(time.time()),
            "nonce": asked["nonce"],
            **self.person,
        }
        self.spoil(claims)
        key = self.signing or self.key
        token = jwt.encode({"alg": "RS256", "kid": key.kid}, claims, key)
        return 200, {"access_token": "x", "token_type": "Bearer", "id_token": token}


@pytest.fixture
def provider() -> Iterator[FakeProvider]:
    from joserfc.jwk import RSAKey

    fake = FakeProvider(key=RSAKey.generate_key(2048, {"kid": "k"}))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            if path == "/keys":
                self.give(200, {"keys": [fake.key.as_dict(private=False)]})
            else:
                self.give(200, fake.description())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            self.give(*fake.token(form, self.headers.get("Authorization", "")))

        def give(self, status: int, value: dict[str, Any]) -> None:
            content = json.dumps(value).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    fake.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield fake
    server.shutdown()
    server.server_close()


@dataclass
class Office:
    """An office with a provider and a browser before it."""

    room: Room
    client: TestClient
    provider: FakeProvider

    def sign_in(self, next: str = "/van-ban") -> Response:
        """All the way: to the provider, and back with its answer."""
        there = self.client.get("/dang-nhap/oidc", params={"next": next})
        assert there.status_code == 303, there.text
        asked = {
            name: values[0] for name, values in parse_qs(urlsplit(there.headers["location"]).query).items()
        }
        back = self.provider.authorize(asked)
        assert back.startswith("https://dondoc.vidu.vn/dang-nhap/oidc/tra-ve?")
        answer: Response = self.client.get(back.removeprefix("https://dondoc.vidu.vn"))
        return answer


@pytest.fixture
def office(tmp_path: Path, reader: ReaderPool, provider: FakeProvider) -> Iterator[Office]:
    with ExitStack() as stack:
        settings = OidcSettings(
            f"{provider.address}/.well-known/openid-configuration", CLIENT, SECRET, name="Cổng tỉnh"
        )
        room = open_room(tmp_path, stack, reader, oidc=settings, public_url="https://dondoc.vidu.vn")
        with room.services.database.transaction() as s:
            users.add(s, login="nhung", name="Nhung", password=PASSWORD, role="officer", at=now())
            gone = users.add(s, login="cu", name="Cũ", password=PASSWORD, role="admin", at=now())
            users.add(s, login="quan", name="Quân", password=PASSWORD, role="admin", at=now())
            users.change(s, gone.id, at=now(), by=None, active=False)
        client = stack.enter_context(TestClient(create_app(room.services), follow_redirects=False))
        provider.person = {"preferred_username": "Nhung", "name": "Nhung", "roles": ["admin"]}
        yield Office(room, client, provider)


def test_a_user_enters_by_the_provider_with_the_role_of_the_register(office: Office) -> None:
    page = office.client.get("/dang-nhap").text
    assert "Đăng nhập bằng Cổng tỉnh" in page
    answer = office.sign_in("/nhiem-vu?trang_thai=all")
    assert answer.status_code == 303, answer.text
    assert answer.headers["location"] == "/nhiem-vu?trang_thai=all"
    me = office.client.get("/api/v1/me").json()
    assert (me["login"], me["role"], me["must_change_password"]) == ("nhung", "officer", False)
    assert office.client.get("/quan-tri/nguoi-dung").status_code == 403
    with office.room.services.database.reading() as s:
        assert audit.listing(s, action="signed-in")[0].details["provider"] is True


def test_the_first_password_that_was_never_changed_opens_nothing_any_more(office: Office) -> None:
    office.sign_in()
    office.client.cookies.clear()
    assert office.client.post("/dang-nhap", data={"name": "nhung", "password": PASSWORD}).status_code == 401


@pytest.mark.parametrize("person", [{"preferred_username": "la"}, {"preferred_username": "cu"}])
def test_nobody_is_added_and_a_blocked_user_stays_out(office: Office, person: dict[str, Any]) -> None:
    office.provider.person = person
    answer = office.sign_in()
    assert answer.status_code == 403
    assert "chưa được mở" in answer.text
    assert COOKIE not in office.client.cookies
    with office.room.services.database.reading() as s:
        assert len(users.listing(s)) == 3
        assert audit.listing(s, action="sign-in-failed")


def other_key(claims: dict[str, Any]) -> None:
    """Nothing of the claims; the key is another (see the test)."""


@pytest.mark.parametrize(
    "spoil",
    [
        lambda claims: claims.update(nonce="another"),
        lambda claims: claims.update(aud="another"),
        lambda claims: claims.update(aud=[CLIENT, "another"]),
        lambda claims: claims.update(iss="https://khac.vn"),
        lambda claims: claims.update(exp=int(time.time()) - 3600),
        lambda claims: claims.pop("nonce"),
        lambda claims: claims.pop("exp"),
        lambda claims: claims.update(preferred_username=""),
        other_key,
    ],
)
def test_a_token_that_does_not_hold_opens_nothing(
    office: Office, spoil: Callable[[dict[str, Any]], None]
) -> None:
    from joserfc.jwk import RSAKey

    office.provider.spoil = spoil
    if spoil is other_key:
        office.provider.signing = RSAKey.generate_key(2048, {"kid": "k"})
    answer = office.sign_in()
    assert answer.status_code == 403, answer.text
    assert COOKIE not in office.client.cookies


def test_an_answer_to_another_sign_in_is_refused(office: Office) -> None:
    assert office.client.get("/dang-nhap/oidc/tra-ve", params={"code": "x", "state": "y"}).status_code == 403
    office.client.get("/dang-nhap/oidc")
    wrong = office.client.get("/dang-nhap/oidc/tra-ve", params={"code": "x", "state": "y"})
    assert wrong.status_code == 403
    assert "Hãy đăng nhập lại từ đầu" in wrong.text
    there = office.client.get("/dang-nhap/oidc")
    asked = {name: values[0] for name, values in parse_qs(urlsplit(there.headers["location"]).query).items()}
    denied = office.client.get(
        "/dang-nhap/oidc/tra-ve", params={"error": "access_denied", "state": asked["state"]}
    )
    assert denied.status_code == 403


def test_a_name_given_to_somebody_else_by_the_provider_opens_nothing_until_it_is_released(office: Office) -> None:
    assert office.sign_in().status_code == 303
    office.client.cookies.clear()
    office.provider.person = {"preferred_username": "nhung", "sub": "8"}
    answer = office.sign_in()
    assert answer.status_code == 403
    assert "đã gắn với một tài khoản khác" in answer.text
    assert COOKIE not in office.client.cookies
    with office.room.services.database.reading() as s:
        nhung = next(each for each in users.listing(s) if each.login == "nhung").id
        assert audit.listing(s, action="sign-in-failed")[0].details["taken"] is True
    office.provider.person = {"preferred_username": "quan", "sub": "7"}
    assert office.sign_in().status_code == 403, "one identity is one user"
    office.client.post("/dang-nhap", data={"name": "quan", "password": PASSWORD})
    office.client.post("/doi-mat-khau", data={"old": PASSWORD, "new": "mat khau moi dai", "again": "mat khau moi dai"})
    office.client.post("/dang-nhap", data={"name": "quan", "password": "mat khau moi dai"})
    assert "Gỡ tài khoản cơ quan" in office.client.get(f"/quan-tri/nguoi-dung/{nhung}").text
    assert office.client.post(f"/quan-tri/nguoi-dung/{nhung}/go-tai-khoan").status_code == 303
    office.client.cookies.clear()
    office.provider.person = {"preferred_username": "nhung", "sub": "8"}
    assert office.sign_in().status_code == 303


def test_after_signing_in_nobody_is_led_elsewhere(office: Office) -> None:
    assert office.sign_in("https://khac.vn/").headers["location"] == "/"


def test_an_email_counts_only_when_it_was_verified(office: Office, provider: FakeProvider) -> None:
    services = office.room.services
    settings = replace(services.oidc, claim="email")  # type: ignore[type-var]
    with services.database.transaction() as s:
        users.add(s, login="lan@vidu.vn", name="Lan", password=PASSWORD, role="clerk", at=now())
    with TestClient(create_app(replace(services, oidc=settings)), follow_redirects=False) as client:
        other = Office(office.room, client, provider)
        provider.person = {"email": "Lan@vidu.vn", "email_verified": False}
        assert other.sign_in().status_code == 403
        provider.person = {"email": "Lan@vidu.vn", "email_verified": True}
        assert other.sign_in().status_code == 303


def test_a_provider_that_is_away_leaves_the_password(office: Office) -> None:
    settings = OidcSettings("http://127.0.0.1:9/x", CLIENT)
    services = replace(office.room.services, oidc=settings)
    with TestClient(create_app(services), follow_redirects=False) as client:
        answer = client.get("/dang-nhap/oidc")
        assert answer.status_code == 503
        assert "không trả lời" in answer.text
        assert client.post("/dang-nhap", data={"name": "quan", "password": PASSWORD}).status_code == 303


def test_a_provider_that_is_away_is_not_asked_again_at_once(office: Office, provider: FakeProvider) -> None:
    address, provider.address = provider.address, "http://vidu.vn"
    assert office.client.get("/dang-nhap/oidc").status_code == 503
    provider.address = address
    assert office.client.get("/dang-nhap/oidc").status_code == 503


def test_a_provider_may_change_its_keys(
    office: Office, provider: FakeProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    from joserfc.jwk import RSAKey

    assert office.sign_in().status_code == 303
    provider.key = RSAKey.generate_key(2048, {"kid": "k2"})
    assert office.sign_in().status_code == 403, "keys just asked for are not asked for again"
    monkeypatch.setattr(oidc, "FRESH", 0.0)
    assert office.sign_in().status_code == 303


def test_a_long_name_is_not_that_of_somebody_else(office: Office) -> None:
    with office.room.services.database.transaction() as s:
        users.add(s, login="a" * 64, name="A", password=PASSWORD, role="admin", at=now())
    office.provider.person = {"preferred_username": "a" * 65}
    assert office.sign_in().status_code == 403
    office.provider.person = {"preferred_username": "a" * 64}
    assert office.sign_in().status_code == 303


def test_codes_go_over_https_but_on_this_machine(office: Office, provider: FakeProvider) -> None:
    provider.address = provider.address.replace("127.0.0.1", "vidu.vn")
    assert office.client.get("/dang-nhap/oidc").status_code == 503


def test_without_the_setting_there_is_no_such_page(client: TestClient) -> None:
    assert client.get("/dang-nhap/oidc").status_code == 404
    assert "/dang-nhap/oidc" not in client.get("/dang-nhap").text


def test_half_a_setting_is_said_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_OIDC_DISCOVERY", "https://sso.vidu.vn/.well-known/openid-configuration")
    with pytest.raises(BadRequest, match="DONDOC_OIDC_CLIENT_ID, DONDOC_PUBLIC_URL"):
        Settings()
