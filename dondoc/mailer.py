"""Sending mail by SMTP, with the standard library."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Final, Literal

from ingest.errors import BadRequest, DondocError, Unavailable

Security = Literal["starttls", "tls", "none"]

_FOR_GOOD: Final = range(500, 600)
"""SMTP replies by which a server refuses a mail for good (RFC 5321, 4.2.1)."""


@dataclass(frozen=True, slots=True)
class Mailer:
    """A mail server and the sender. `security`: starttls, tls (from the first byte) or none; `timeout` in seconds."""

    host: str
    port: int
    sender: str
    security: Security = "starttls"
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    timeout: float = 20.0

    def send(self, message: EmailMessage) -> None:
        """Send one mail. BadRequest "mail-refused" where it is refused for good, `Unavailable` where it may go later."""
        try:
            with self._connected() as server:
                if self.user and self.password is not None:
                    server.login(self.user, self.password)
                server.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            code, words = next(iter(error.recipients.values()))
            raise _failure(code, words) from error
        except smtplib.SMTPResponseException as error:
            # A wrong password is the office's to mend: the mail waits for it.
            for_good = not isinstance(error, smtplib.SMTPAuthenticationError | smtplib.SMTPConnectError)
            raise _failure(error.smtp_code if for_good else 400, error.smtp_error) from error
        except (
            smtplib.SMTPException,
            OSError,
        ) as error:  # away, cut off, no TLS, a certificate that is wrong
            raise _away(str(error) or type(error).__name__) from error

    def _connected(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        if self.security == "tls":
            return smtplib.SMTP_SSL(self.host, self.port, timeout=self.timeout, context=context)
        server = smtplib.SMTP(self.host, self.port, timeout=self.timeout)
        try:
            if self.security == "starttls":
                server.starttls(context=context)
        except (smtplib.SMTPException, OSError):
            server.close()
            raise
        return server


def _failure(code: int, words: bytes | str) -> DondocError:
    told = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    told = " ".join(told.split())[:300]
    if code in _FOR_GOOD:
        return BadRequest(
            "mail-refused",
            f"Máy chủ thư từ chối ({code} {told}).",
            f"The mail server refuses ({code} {told}).",
            advice="Hãy kiểm tra địa chỉ người nhận và DONDOC_SMTP_FROM.",
            advice_en="Check the recipient's address and DONDOC_SMTP_FROM.",
        )
    return _away(f"{code} {told}")


def _away(words: str) -> Unavailable:
    return Unavailable(
        "mail-unavailable",
        f"Máy chủ thư không nhận ({words}).",
        f"The mail server does not take mail ({words}).",
        advice="Thư được gửi lại sau. Hãy kiểm tra các thiết lập DONDOC_SMTP_*.",
        advice_en="It is tried again. Check the settings DONDOC_SMTP_*.",
        retry=True,
    )
