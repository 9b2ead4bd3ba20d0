"""Sign-in by the office's own provider (OpenID Connect): authorization code with PKCE, through Authlib.

The provider only says who it is. Who may enter, and with which role, is the
register's: nobody is added and no right is taken from the provider's word.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal
from urllib.parse import urlsplit

from ingest.errors import Forbidden, Unavailable

Claim = Literal["preferred_username", "email"]
ALGORITHMS: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Signatures taken; never a shared secret (HS…) and never none."""
TIMEOUT: Final = 10.0
KEPT: Final = 3600.0
"""Seconds that the provider's own description is kept."""
AWAY: Final = 15.0
"""Seconds that a provider which did not answer is not asked again: those who wait for it must not hold up all others."""
FRESH: Final = 60.0
"""Seconds after which keys are asked for again where a token is signed by one that is not among them."""
LEEWAY: Final = 60


@dataclass(frozen=True, slots=True)
class OidcSettings:
    """The provider: its discovery address, what we are to it, by which claim a user is found, its name on the button."""

    discovery: str
    client_id: str
    client_secret: str | None = None
    claim: Claim = "preferred_username"
    name: str = ""


@dataclass(frozen=True, slots=True)
class Begun:
    """A sign-in under way: where to send the browser, and what its cookie keeps until it comes back."""

    address: str
    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the provider says it is: the value of the claim, lower case, and the provider's own name for it."""

    login: str
    subject: str


class Provider:
    """The office's provider. Its description and keys are asked for when needed and kept for an hour."""

    def __init__(self, settings: OidcSettings) -> None:
        self.settings = settings
        self._lock = threading.Lock()
        self._kept: tuple[float, Mapping[str, Any]] | None = None
        self._failed: float | None = None

    def begin(self, redirect: str) -> Begun:
        """Start a sign-in that comes back to `redirect`. `Unavailable` where the provider does not answer."""
        from authlib.common.security import generate_token

        metadata = self._metadata()
        nonce, verifier = generate_token(32), generate_token(64)
        with self._client(redirect) as client:
            address, state = client.create_authorization_url(
                metadata["authorization_endpoint"], nonce=nonce, code_verifier=verifier
            )
        return Begun(address, state, nonce, verifier)

    def finish(self, begun: Begun, redirect: str, answer: str, state: str) -> Identity:
        """Who it is, from the address with which the browser came back.

        `Forbidden` where the answer does not belong to this sign-in, the
        provider refused, or its token does not hold; `Unavailable` where it does not answer.
        """
        import httpx
        from authlib.common.errors import AuthlibBaseError
        from joserfc.errors import InvalidKeyIdError, JoseError

        if not state or state != begun.state:
            raise _refused("another-sign-in")
        metadata = self._metadata()
        try:
            with self._client(redirect) as client:
                token = client.fetch_token(
                    metadata["token_endpoint"],
                    authorization_response=answer,
                    state=begun.state,
                    code_verifier=begun.verifier,
                )
            id_token = str(token.get("id_token") or "")
            try:
                return self._identity(id_token, begun.nonce, metadata)
            except InvalidKeyIdError:  # the provider has changed its keys
                return self._identity(id_token, begun.nonce, self._metadata(FRESH))
        except httpx.HTTPError as error:
            raise _away() from error
        except (AuthlibBaseError, JoseError, ValueError, KeyError) as error:
            raise _refused(type(error).__name__) from error

    def _client(self, redirect: str) -> Any:
        from authlib.integrations.httpx_client import OAuth2Client

        settings = self.settings
        return OAuth2Client(
            settings.client_id,
            settings.client_secret,
            scope="openid profile email" if settings.claim == "email" else "openid profile",
            redirect_uri=redirect,
            code_challenge_method="S256",
            token_endpoint_auth_method="client_secret_basic" if settings.client_secret else "none",
            timeout=TIMEOUT,
        )

    def _metadata(self, kept: float = KEPT) -> Mapping[str, Any]:
        """What the provider says of itself, with its keys under "keys"; at most `kept` seconds old."""
        import httpx

        with self._lock:
            if self._kept and time.monotonic() - self._kept[0] < kept:
                return self._kept[1]
            if self._failed and time.monotonic() - self._failed < AWAY:
                raise _away()
            try:
                with httpx.Client(timeout=TIMEOUT) as client:
                    found = client.get(self.settings.discovery).raise_for_status().json()
                    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
                        _check_scheme(found[name])
                    found["keys"] = client.get(found["jwks_uri"]).raise_for_status().json()
            except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
                self._failed = time.monotonic()
                raise _away() from error
            self._failed = None
            self._kept = (time.monotonic(), found)
            return self._kept[1]

    def _identity(self, id_token: str, nonce: str, metadata: Mapping[str, Any]) -> Identity:
        from joserfc import jwt
        from joserfc.jwk import KeySet

        claims = jwt.decode(
            id_token, KeySet.import_key_set(metadata["keys"]), algorithms=list(ALGORITHMS)
        ).claims
        jwt.JWTClaimsRegistry(
            leeway=LEEWAY,
            iss={"essential": True, "value": metadata["issuer"]},
            aud={"essential": True, "value": self.settings.client_id},
            exp={"essential": True},
            nonce={"essential": True, "value": nonce},
            sub={"essential": True},
        ).validate(claims)
        several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
        if (several or "azp" in claims) and claims.get("azp") != self.settings.client_id:
            raise ValueError("azp")
        if self.settings.claim == "email" and claims.get("email_verified") is not True:
            raise _refused("email-not-verified")
        login = str(claims.get(self.settings.claim) or "").strip().lower()
        if not login:
            raise _refused("no-name")
        return Identity(login, str(claims["sub"]))


def _check_scheme(address: str) -> None:
    """Codes and tokens go over HTTPS, but for a provider on this machine."""
    parts = urlsplit(address)
    if parts.scheme != "https" and parts.hostname not in ("127.0.0.1", "localhost", "::1"):
        raise ValueError(address)


def _away() -> Unavailable:
    return Unavailable(
        "provider-away",
        "Máy chủ đăng nhập của cơ quan không trả lời.",
        "The office's sign-in server does not answer.",
        advice="Hãy thử lại sau ít phút, hoặc đăng nhập bằng mật khẩu của Đôn Đốc.",
        advice_en="Try again in a few minutes, or sign in with your password of Đôn Đốc.",
    )


def _refused(why: str) -> Forbidden:
    return Forbidden(
        "provider-refused",
        f"Đăng nhập qua tài khoản cơ quan không thành ({why}).",
        f"Signing in with the office's account failed ({why}).",
        advice="Hãy đăng nhập lại từ đầu.",
        advice_en="Start the sign-in again.",
    )
