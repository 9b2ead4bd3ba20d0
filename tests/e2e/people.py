"""An office with its people, each in a browser of their own, and the letter that keeps them busy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from playwright.sync_api import Locator, Page, TimeoutError, expect

from tests.e2e.conftest import Clock, Site
from tests.e2e.pictures import Album

LONG = 120_000
"""Milliseconds that reading a scan may take on a busy machine."""
UNIT = "Phòng Kế hoạch - Tổng hợp"


@dataclass(frozen=True)
class Case:
    """An office, a letter that comes in, and the days on which something happens.

    `ours` says that the letter is one of the project, which pictures may show.
    `due` is the day on which the letter (or, where it names none, the clerk)
    wants the work done by `owes`, the office as the letter calls it.
    """

    home: str
    owes: str
    ours: bool
    letter: Path
    also: tuple[Path, ...]
    reply: Callable[[str, date, str, date], bytes]
    """The office's answer, from the code, day and issuer of the letter and the day of the answer."""
    find: str
    """Words that find the letter, typed without diacritics."""
    arrives: date
    due: date
    reminds: date
    extended: date
    answers: date
    reports: date


@dataclass
class Person:
    """Somebody with a browser of their own; signs in whenever the office asks for it."""

    page: Page
    login: str
    name: str
    role: str
    password: str = "mot cau rat de nho"
    first: str | None = None
    """The password for one use, until it was changed."""

    def open(self, path: str) -> Page:
        self.page.goto(path)
        if "/dang-nhap" in self.page.url:
            self.page.get_by_label("Tên đăng nhập").fill(self.login)
            self.page.get_by_label("Mật khẩu").fill(self.first or self.password)
            self.page.get_by_role("button", name="Đăng nhập", exact=True).click()
        if self.first:
            expect(self.page.get_by_role("heading", name="Đổi mật khẩu")).to_be_visible()
            self.page.get_by_label("Mật khẩu hiện nay").fill(self.first)
            self.page.get_by_label("Mật khẩu mới", exact=True).fill(self.password)
            self.page.get_by_label("Nhập lại mật khẩu mới").fill(self.password)
            self.page.get_by_role("button", name="Đổi mật khẩu").click()
            self.first = None
            expect(self.page.locator(".bar .who")).to_have_text(self.name)
            self.page.goto(path)
        expect(self.page.locator(".bar .who")).to_have_text(self.name)
        self.page.wait_for_load_state("load")  # signing in leads to a page whose head is seen before its scripts run
        return self.page


@dataclass
class Office:
    """The office under test: its people, its clock, and what they have found out."""

    site: Site
    clock: Clock
    case: Case
    album: Album
    folder: Path
    admin: Person
    clerk: Person
    officer: Person
    legal: Person
    leader: Person
    code: str = ""
    issuer: str = ""
    issued: date = date.min
    letter: str = ""
    duty: str = ""
    answer: str = ""

    def morning_of(self, day: date) -> None:
        """A working day begins: the machine does what it does then. Nobody has left a page open that would ask on after their session."""
        for person in (self.admin, self.clerk, self.officer, self.legal, self.leader):
            person.page.goto("about:blank")
        self.clock.move(datetime.combine(day, time(8, 30)))
        self.site.services.wake()


def when_there(page: Page, wanted: Locator) -> Locator:
    """Look at the page anew until what the machine makes in the background stands on it."""
    for _ in range(60):
        try:
            wanted.first.wait_for(timeout=500)
        except TimeoutError:
            page.reload()
        else:
            return wanted
    raise AssertionError(f"never there: {wanted}")


def said(day: date) -> str:
    return f"{day:%d/%m/%Y}"
