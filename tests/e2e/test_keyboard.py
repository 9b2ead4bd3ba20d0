"""A clerk's day without a mouse: signing in, intake, review, assignment, the reply that completes the task, signing out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, time
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from corpus.render import render_pdf
from corpus.specimen import letter
from register import units, users
from register.clock import now
from tests.e2e.conftest import Clock, Site, running
from tests.e2e.offices import of_the_corpus
from tests.e2e.people import LONG, UNIT, Case
from tests.e2e.test_review import press

Visit = Callable[..., Page]
PASSWORD = "mot cau rat de nho"
OFFICER = "Trần Quốc Việt"


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """The office of the corpus, its letter as a PDF with text: reading scans is not what this is about."""
    made = of_the_corpus(tmp_path_factory.mktemp("letters"))
    made.letter.write_bytes(render_pdf(letter("hdnd_giam_sat_2016")))
    return replace(made, also=())


@pytest.fixture(scope="module")
def site(case: Case, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    clock = Clock(datetime.combine(case.arrives, time(8, 30)))
    with running(tmp_path_factory.mktemp("keyboard"), home=case.home, clock=clock) as site:
        with site.services.database.transaction() as s:
            units.add(s, name=UNIT, at=now(), by=None)
            for login, name, role in (("thu", "Lê Thị Anh Thư", "clerk"), ("viet", OFFICER, "officer")):
                users.add(s, login=login, name=name, password=PASSWORD, role=role, at=now(), must_change_password=False)  # fmt: skip
        yield site


def tab_to(page: Page, wanted: Locator, *, back: bool = False) -> None:
    """Walk with Tab, forwards or backwards, until it has the keyboard; nobody walks further than forty steps."""
    for _ in range(40):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        if wanted.evaluate_all("found => found.includes(document.activeElement)"):
            return
    pytest.fail(f"the keyboard does not reach {wanted}")


def go_on(page: Page, wanted: Locator, *, back: bool = False, to: str | None = None) -> None:
    """Walk to a link or button and press it; `to` is the heading of the page where it leads."""
    tab_to(page, wanted, back=back)
    page.keyboard.press("Enter")
    if to:
        expect(page.locator("h1")).to_have_text(to)
        page.wait_for_load_state("load")  # what listens to the keys is there


def send(page: Page, path: Path) -> Locator:
    """Past the bar with the link that skips it, to the choice of files; gives the row of the file that was read."""
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#file")).to_be_focused()
    assert page.locator("label[for=file]").evaluate("el => getComputedStyle(el).outlineStyle") == "solid"
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Space")
    chooser.value.set_files(path)
    row = page.locator("#files tr", has_text=path.name)
    expect(row.get_by_text("Đã đọc xong")).to_be_visible(timeout=LONG)
    return row


def test_the_day_of_a_clerk_without_a_mouse(visit: Visit, case: Case, site: Site, tmp_path: Path) -> None:
    page = visit()
    # With somebody who listens all the time, Chromium is told to hand over choices of files long before the first is asked for.
    page.on("filechooser", lambda _: None)
    menu = page.get_by_role("navigation", name="Các trang chính")
    page.goto("/")
    expect(page.get_by_label("Tên đăng nhập")).to_be_focused()
    page.keyboard.type("thu")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator(".bar .who")).to_have_text("Lê Thị Anh Thư")

    go_on(page, menu.get_by_role("link", name="Tiếp nhận"), to="Tiếp nhận")
    row = send(page, case.letter)
    go_on(page, row.locator("td.key a").first)

    doubts = page.locator("a[data-doubt]")
    expect(page.locator("#h-header")).to_be_visible()
    page.wait_for_load_state("load")
    for _ in range(doubts.count() + 1):
        press(page, "Enter")
    expect(page.get_by_role("button", name="Đã rà soát xong")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".letter-head .pill.done")).to_be_visible()
    page.wait_for_load_state("load")
    code = page.locator(".letter-head strong").first.inner_text()

    task = page.locator(".task-card").filter(has_text="21/10/2016")
    for _ in range(page.locator(".task-card[tabindex]").count()):
        page.keyboard.press("j")
        if task.evaluate("el => el === document.activeElement"):
            break
    expect(task).to_be_focused()
    go_on(page, task.get_by_role("link", name=f"Theo dõi: {case.owes}"), to=f"Nhiệm vụ của {case.owes}")

    go_on(page, page.locator("#open-assign"))
    expect(page.locator("#act-assign select[name=nguoi]")).to_be_focused()
    page.keyboard.type("Tr")
    page.keyboard.press("Tab")
    page.keyboard.type("Ph")
    page.keyboard.press("Tab")
    page.keyboard.type("Trình trước ngày 19/10")
    page.keyboard.press("Enter")
    expect(page.locator(".history")).to_contain_text(f"Giao cho {OFFICER} · {UNIT}")
    expect(page.locator(".history")).to_contain_text("Trình trước ngày 19/10")
    expect(page.locator("#open-assign")).to_be_focused()

    go_on(page, menu.get_by_role("link", name="Tiếp nhận"), back=True, to="Tiếp nhận")
    sent = tmp_path / "van-ban-di.pdf"
    sent.write_bytes(case.reply(code, case.arrives.replace(day=4), "Ban Văn hóa - Xã hội", case.arrives))
    send(page, sent)
    go_on(page, menu.get_by_role("link", name="Nhiệm vụ"), back=True, to="Nhiệm vụ")
    go_on(page, page.get_by_role("link", name="Xem và quyết định"), to="Văn bản trả lời")
    offer = page.locator(".offer", has_text="Báo cáo và tài liệu")
    go_on(page, offer.get_by_role("button", name="Nhận, hoàn thành"))
    expect(offer).to_have_count(0)
    go_on(page, menu.get_by_role("link", name="Nhiệm vụ"), to="Nhiệm vụ")
    go_on(page, page.get_by_role("link", name=re.compile("^Hoàn thành đúng hạn")))
    expect(page).to_have_url(re.compile("done-in-time"))
    expect(page.locator("table.tasks tbody tr")).to_have_count(1)
    expect(page.locator("table.tasks tbody tr")).to_contain_text("Báo cáo và tài liệu")

    go_on(page, page.get_by_label("Tài khoản và cài đặt"))
    go_on(page, page.get_by_role("button", name="Đăng xuất"))
    expect(page).to_have_url(re.compile("/dang-nhap"))
