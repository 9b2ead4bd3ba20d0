"""What the office sets on its own pages: thresholds, the words of its mails, the head of what it prints.

A row stands only for what was changed; everything else is as the program
comes with it. Nothing here is secret, and nothing that the machine needs to
start: that is the environment's (`dondoc.settings`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from secrets import token_hex
from string import Formatter
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from ingest.errors import BadRequest
from nlp.calibration import DOUBT
from register import audit
from register.errors import refused
from register.models import OfficeSetting
from register.reminder_days import BEFORE

DOUBT_RANGE: Final = (0.5, 0.99)
"""Between which the review threshold lies: below, nothing would be looked at; above, nearly everything."""
SOON_RANGE: Final = (0, 90)
"""Days before the due day from which a task counts as due soon."""
REMIND_RANGE: Final = (1, 30)
"""Working days before the due day on which one may be reminded."""
MOST_REMINDERS: Final = 5
HEADING: Final = ("above", "organ", "place", "signer")
"""Lines of what is printed: the superior body, the office, the place before the date, the signer's title."""
LONGEST_LINE: Final = 200
LONGEST_TEXT: Final = 5000
LANGUAGES: Final = ("vi", "en")

PLACEHOLDERS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "subject": ("left", "text"),
        "subject_many": ("n", "day"),
        "subject_many_late": ("n", "late", "day"),
        "body": ("name", "tasks", "link"),
    }
)
"""The texts of reminder mails with the names that are filled in; each is kept per language as "subject.vi"."""
NEEDED: Final = "tasks"
"""The name without which a mail's body would tell nothing."""
TEXTS: Final = tuple(f"{name}.{language}" for language in LANGUAGES for name in PLACEHOLDERS)
NAMES: Final = ("doubt", "soon_days", "remind_days", *HEADING, *TEXTS)
"""What can be set."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of what is printed; `place` and `signer` are None where they are to be filled in by hand."""

    organ: str
    above: str | None = None
    place: str | None = None
    signer: str | None = None

    @property
    def lines(self) -> tuple[str, ...]:
        """The names in the top left: the superior body, the office."""
        return tuple(each for each in (self.above, self.organ) if each)


@dataclass(frozen=True, slots=True)
class OfficeSettings:
    """What the office changed; None, or absent in the mappings: as the program comes.

    `installation` is a random name of this register, in the identities of what leaves it (calendar entries); see `name_installation`.
    """

    doubt: float | None = None
    soon_days: int | None = None
    remind_days: tuple[int, ...] | None = None
    heading: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    installation: str = "dondoc"

    @property
    def threshold(self) -> float:
        """The review threshold in force."""
        return DOUBT if self.doubt is None else self.doubt

    @property
    def before(self) -> tuple[int, ...]:
        """Working days before the due day on which one is reminded, nearest first."""
        return self.remind_days or BEFORE

    @property
    def told(self) -> str:
        """The days of `before` as people say them: "7, 3, 1"."""
        return ", ".join(str(days) for days in reversed(self.before))

    def head(self, home_agency: str | None) -> Heading:
        """The head in force; the office's name is that of the machine's settings where none was set."""
        given = self.heading
        return Heading(given.get("organ") or home_agency or "", *(given.get(name) for name in ("above", "place", "signer")))


def load(s: Session) -> OfficeSettings:
    """All settings, in one query."""
    found = {row.name: row.value for row in s.scalars(select(OfficeSetting))}
    return OfficeSettings(
        found.get("doubt"),
        found.get("soon_days"),
        tuple(found["remind_days"]) if "remind_days" in found else None,
        {name: found[name] for name in HEADING if name in found},
        {name: found[name] for name in TEXTS if name in found},
        found.get("installation", "dondoc"),
    )


def put(s: Session, name: str, text: str, *, at: datetime, by: int | None) -> None:
    """Set a setting from what a person typed; "" goes back to what the program comes with.

    Names: "doubt" (per cent), "soon_days", "remind_days" ("7, 3, 1"), those of `HEADING`, those of
    `TEXTS`. BadRequest for an unknown name and for a value of the wrong form.
    """
    if name not in NAMES:
        raise _wrong(f"Không có mục “{name[:40]}” để đặt.", f"There is no setting “{name[:40]}”.")
    value = _value(name, text) if text.strip() else None
    row = s.get(OfficeSetting, name)
    old = row.value if row else None
    if value == old:
        return
    if value is None:
        assert row is not None
        s.delete(row)
    elif row is None:
        s.add(OfficeSetting(name=name, value=value, changed_at=at, changed_by=by))
    else:
        row.value, row.changed_at, row.changed_by = value, at, by
    audit.write(s, "setting-changed", "setting", None, at=at, by=by, name=name, old=old, new=value)
    s.flush()


def name_installation(s: Session, *, at: datetime) -> None:
    """Give this register its random name, where it has none yet: before the first thing leaves it that bears the name."""
    if s.get(OfficeSetting, "installation") is None:
        s.add(OfficeSetting(name="installation", value=token_hex(8), changed_at=at, changed_by=None))
        s.flush()


def check_text(name: str, text: str) -> str:
    """A text of a mail as it is kept. BadRequest where a placeholder is unknown, a brace stands alone, or the tasks are missing."""
    kind = name.partition(".")[0]
    known = PLACEHOLDERS[kind]
    text = text.replace("\r\n", "\n").replace("\x00", "").strip()
    if kind != "body":
        text = " ".join(text.split())
    if len(text) > LONGEST_TEXT:
        raise _wrong(f"Mẫu dài quá {LONGEST_TEXT} ký tự.", f"The text has more than {LONGEST_TEXT} characters.")
    try:
        parts = list(Formatter().parse(text))
    except ValueError:
        raise _wrong(
            "Dấu { hoặc } đứng một mình.", "A brace { or } stands alone.",
            f"Chỗ điền viết là {_names(known)}; muốn in dấu ngoặc thì viết hai lần: {{{{ hoặc }}}}.",
            f"Places to fill in are {_names(known)}; write a brace twice to print it: {{{{ or }}}}.",
        ) from None  # fmt: skip
    used = {each for _, each, _, _ in parts if each is not None}
    for _, place, form, turn in parts:
        if place is not None and (place not in known or turn or (form and ("|" not in form or "{" in form))):
            raise _wrong(
                f"Không có chỗ điền {{{place}}} trong mẫu này.", f"There is no place {{{place}}} in this text.",
                f"Các chỗ điền: {_names(known)}.", f"Places to fill in: {_names(known)}.",
            )  # fmt: skip
    if NEEDED in known and NEEDED not in used:
        raise _wrong(
            "Mẫu thư thiếu chỗ điền {tasks}: thư sẽ không nói việc nào.", "The text lacks {tasks}: the mail would tell of no task.",
            "Hãy ghi {tasks} trên một dòng riêng, ở chỗ liệt kê các việc.", "Write {tasks} on a line of its own where the tasks are to stand.",
        )  # fmt: skip
    return text


def _value(name: str, text: str) -> Any:
    if name == "doubt":
        first, last = (round(each * 100) for each in DOUBT_RANGE)
        return _whole(text.strip().removesuffix("%"), first, last, "Ngưỡng cần kiểm tra", "The review threshold") / 100
    if name == "soon_days":
        return _whole(text, *SOON_RANGE, "Số ngày sắp đến hạn", "The number of days for “due soon”")
    if name == "remind_days":
        typed = [each for each in re.split(r"[\s,;]+", text.strip()) if each]
        days = {_whole(each, *REMIND_RANGE, "Số ngày nhắc trước hạn", "The number of days before") for each in typed}
        if len(days) > MOST_REMINDERS:
            raise _wrong(f"Nhắc trước hạn nhiều nhất {MOST_REMINDERS} lần.", f"There are at most {MOST_REMINDERS} reminders before the due day.")
        return sorted(days)
    if name in HEADING:
        line = " ".join(text.replace("\x00", "").split())
        if len(line) > LONGEST_LINE:
            raise _wrong(f"Dòng dài quá {LONGEST_LINE} ký tự.", f"The line has more than {LONGEST_LINE} characters.")
        return line
    return check_text(name, text)


def _whole(text: str, first: int, last: int, what: str, what_en: str) -> int:
    typed = text.strip()
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 4 and first <= int(typed) <= last):
        raise _wrong(
            f"{what} phải là số nguyên từ {first} đến {last}.", f"{what_en} must be a whole number from {first} to {last}."
        )
    return int(typed)


def _names(known: tuple[str, ...]) -> str:
    return ", ".join(f"{{{name}}}" for name in known)


def _wrong(message: str, message_en: str, advice: str = "", advice_en: str = "") -> BadRequest:
    return refused("setting-wrong", message, message_en, advice, advice_en)
