"""A letter reviewed with the keyboard alone, on a scan; the keys are counted. Words of the page image into a field."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

from api.gate import COOKIE
from corpus.render import render_pdf
from corpus.scan import scan
from corpus.specimen import letters as specimens
from register import intake, users
from register.clock import now
from tests.e2e.conftest import Site, running

Visit = Callable[..., Page]
STANDS = """[document.querySelectorAll("a[data-doubt]").length, (document.querySelector("a[data-now]") || {}).href,
  document.activeElement.tagName + document.activeElement.className, document.querySelectorAll(".letter-head .pill.done").length]"""
"""Where the review stands: doubts left, the one looked at, what has the keyboard, whether it is done."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running(tmp_path_factory.mktemp("review")) as site:
        yield site


@pytest.fixture(scope="module")
def letter(site: Site) -> tuple[str, str]:
    """The address of a letter that was read from a scan, and a clerk's session."""
    specimen = next(each for each in specimens() if each.name.startswith("binhlam_giai_ngan"))
    services = site.services
    with services.database.transaction() as s:
        clerk = users.add(s, login="thu", name="Lê Thị Thư", password="mot cau rat de nho", role="clerk", at=now(), must_change_password=False)  # fmt: skip
        token = users.open_session(s, clerk.id, at=now())
        receipt = intake.receive(
            s,
            services.store,
            scan(render_pdf(specimen)),
            name="scan.pdf",
            at=now(),
            version=services.processing,
        )
    services.wake()
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        with services.database.reading() as s:
            file = intake.get(s, receipt.file_id)
        if file.letter_ids:
            break
        threading.Event().wait(0.2)
    return f"/van-ban/{file.letter_ids[0]}", token


@pytest.fixture
def page(visit: Visit, site: Site, letter: tuple[str, str]) -> Page:
    page = visit()
    page.context.add_cookies([{"name": COOKIE, "value": letter[1], "url": site.address}])
    page.goto(letter[0])
    return page


def size(part: Locator) -> FloatRect:
    box = part.bounding_box()
    assert box is not None
    return box


@pytest.mark.parametrize("width", [1366, 390])
def test_values_to_check_have_room_and_actions_take_little(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    values = page.locator(".to-check li > a > span:last-child").all()
    assert values
    for each in values:
        assert size(each)["width"] >= 180, each.text_content()
    for each in page.locator(".task-card .drop-it form").all():
        assert size(each)["height"] < 45, each.text_content()


def press(page: Page, key: str) -> None:
    """Press a key and see that the review moves."""
    before = page.evaluate(STANDS)
    page.keyboard.press(key)
    seen = before
    for _ in range(100):
        page.wait_for_timeout(80)
        now = page.evaluate(STANDS)
        if now != before and now == seen and not page.locator(".htmx-request, .htmx-swapping, .htmx-settling").count():
            return  # it moved, and what the server answered stands
        seen = now
    pytest.fail(f"{key} did nothing: {before}")


def test_a_letter_is_reviewed_with_the_keyboard_alone_and_the_keys_are_counted(page: Page) -> None:
    asked = page.locator("a[data-doubt]").count()
    assert asked > 1
    typed = 0
    reviewed = page.locator(".letter-head .pill.done")
    for _ in range(asked + 1):  # to the first one, and on from each of them
        expect(reviewed).to_have_count(0)
        press(page, "Enter")
        if (
            page.evaluate("document.activeElement.tagName") == "INPUT"
        ):  # nothing was read there: Enter opened its field
            page.keyboard.type("123")
            press(page, "Enter")
            typed += 4
    expect(page.get_by_role("button", name="Đã rà soát xong")).to_be_focused()
    page.keyboard.press("Enter")
    expect(reviewed).to_have_count(1)
    assert (asked + 2, typed) == (4, 4), "the guide of the clerk tells other figures"
    page.get_by_role("button", name="Rà soát lại").click()
    expect(reviewed).to_have_count(0)


def test_a_word_of_the_page_goes_into_the_open_field(page: Page) -> None:
    page.locator("#v-place summary").click()
    field = page.locator("#v-place input[name=value]")
    expect(field).to_be_focused()
    image = page.locator(".sheet-page img").first
    image.evaluate("img => img.decode()")
    at = page.evaluate(
        """async () => {
          const page = document.querySelector(".sheet-page"), img = page.querySelector("img");
          const words = await (await fetch(img.src.replace(/\\.png.*$/, "/chu.json"))).json();
          const word = words.find((each) => each[4].startsWith("CHỦ")) || words.find((each) => each[4].length > 5);
          const box = img.getBoundingClientRect(), size = page.querySelector("svg").viewBox.baseVal;
          return [box.left + (word[0] + word[2] / 2) * box.width / size.width,
                  box.top + (word[1] + word[3] / 2) * box.height / size.height, word[4]];
        }"""
    )
    page.mouse.click(at[0], at[1])
    expect(field).to_have_value(at[2])
    page.mouse.click(at[0], at[1])
    expect(field).to_have_value(f"{at[2]} {at[2]}")


def test_tasks_are_added_cut_joined_and_dropped_by_keyboard(page: Page) -> None:
    cards = page.locator(".task-card[tabindex]:not(.optional)")
    before = page.locator(".task-card[tabindex]").count()
    page.keyboard.press("a")
    page.keyboard.type("Lập danh sách đơn vị, gửi báo cáo kết quả.")
    page.keyboard.press("Tab")
    page.keyboard.type("Sở Y tế")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".task-card[tabindex]")).to_have_count(before + 1)
    last = page.locator(".task-card[tabindex]").last
    expect(last).to_contain_text("Lập danh sách đơn vị")
    last.focus()
    page.keyboard.press("s")
    area = last.locator("details.of-text textarea")
    expect(area).to_be_focused()
    area.evaluate("el => el.setSelectionRange(22, 22)")
    page.keyboard.press("Alt+s")
    expect(page.locator(".task-card[tabindex]")).to_have_count(before + 2)
    expect(page.locator(".task-card[tabindex] .text").last).to_have_text("gửi báo cáo kết quả.")
    page.locator(".task-card[tabindex]").nth(before).focus()
    page.keyboard.press("m")
    expect(page.locator(".task-card[tabindex]")).to_have_count(before + 1)
    expect(page.locator(".task-card[tabindex] .text").last).to_contain_text("gửi báo cáo kết quả.")
    page.locator(".task-card[tabindex]").last.focus()
    page.keyboard.press("x")
    expect(page.locator(".task-card[tabindex]")).to_have_count(before)
    assert cards.count() >= 1


def test_a_body_is_found_in_the_registry(page: Page) -> None:
    card = page.locator(".task-card[tabindex]:not(.optional)").first
    row = card.locator(".row", has_text="Chủ trì").first
    row.locator("details.edit summary").click()
    find = row.locator("input.find-agency")
    find.press_sequentially("khoa học và công")
    option = row.locator("datalist option").first
    expect(option).to_have_attribute("value", re.compile("Khoa học và Công nghệ"))
    find.fill(str(option.get_attribute("value")))
    find.dispatch_event("change")
    expect(row.locator("textarea")).to_have_value(re.compile("Khoa học và Công nghệ$"))


def test_the_keys_are_told_on_the_page(page: Page) -> None:
    page.keyboard.press("?")
    expect(page.locator("details.keys dl")).to_be_visible()
