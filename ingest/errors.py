"""The one tree of expected failures.

Everything the program says when something goes wrong is a `DondocError`: a
stable `code` for programs, a sentence for people in Vietnamese and English,
what to do about it, and whether trying again may help. Anything else that is
raised is a defect.

`ingest` is the lowest room, so the tree's root lives here and every other room
may use it.
"""

from __future__ import annotations


class DondocError(Exception):
    """An expected failure, told to people in their language.

    `code` is stable and machine-readable (``file-empty``); `message` and
    `message_en` say what happened and to which file; `advice` and `advice_en`
    say what to do; `retry` is true where the same call may succeed later.
    """

    exit_code = 1

    def __init__(
        self,
        code: str,
        message: str,
        message_en: str,
        *,
        advice: str = "",
        advice_en: str = "",
        retry: bool = False,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.message_en = message_en
        self.advice = advice
        self.advice_en = advice_en
        self.retry = retry

    def __str__(self) -> str:
        return f"{self.message} {self.advice}".strip()

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), dict(self.__dict__)))


def _rebuild(kind: type[DondocError], state: dict[str, object]) -> DondocError:
    error = kind.__new__(kind)
    Exception.__init__(error, state.get("message", ""))
    error.__dict__.update(state)
    return error


class BadFile(DondocError):
    """The file cannot be read; other files are not affected."""


class LimitExceeded(BadFile):
    """The file asks for more time, memory, pixels or pages than is allowed."""


class Confined(DondocError):
    """The letter is marked MẬT, TỐI MẬT or TUYỆT MẬT: it must not be kept here.

    State secrets are handled under the law on their protection, never in an
    ordinary document system (Nghị định 30/2020/NĐ-CP, Phụ lục I; Luật Bảo vệ
    bí mật nhà nước 2018).
    """


class Unavailable(DondocError):
    """A server this program needs is away; nothing is lost, try again."""


class BadRequest(DondocError):
    """What the user asked for cannot be understood or does not exist."""


class Forbidden(DondocError):
    """The user may not do this."""
