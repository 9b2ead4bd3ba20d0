"""A letter reviewed with the keyboard alone, on a scan; the keys are counted. Words of the page image into a field."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import FloatRect, Locator, Page, Route, expect

from api.gate import COOKIE
from corpus.render import render_pdf
from corpus.scan import scan
from corpus.specimen import letter as specimen
from corpus.specimen import letters as specimens
from register import intake, users
from register.clock import now
from tests.e2e.conftest import Site, running

Visit = Callable[..., Page]
STANDS = """() => JSON.stringify([document.querySelectorAll("a[data-doubt]").length, (document.querySelector("a[data-now]") || {}).href,
  document.activeElement.tagName + document.activeElement.className, document.querySelectorAll(".letter-head .pill.done").length])"""
"""Where the review stands: doubts left, the one looked at, what has the keyboard, whether it is done."""
UNDER_WAY = ".htmx-request, .htmx-swapping, .htmx-settling"
MOVED = f"""(before) => !document.querySelector("{UNDER_WAY}") && ({STANDS})() !== before"""
"""The review stands elsewhere than before, and nothing that was asked of the server is under way."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running(tmp_path_factory.mktemp("review")) as site:
        yield site


@pytest.fixture(scope="module")
def session(site: Site) -> str:
    """A clerk's."""
    with site.services.database.transaction() as s:
        clerk = users.add(s, login="thu", name="Lê Thị Thư", password="mot cau rat de nho", role="clerk", at=now(), must_change_password=False)  # fmt: skip
        return users.open_session(s, clerk.id, at=now())


@pytest.fixture(scope="module")
def scanned(site: Site) -> str:
    """The address of a letter that was read from a scan."""
    found = next(each for each in specimens() if each.name.startswith("binhlam_giai_ngan"))
    return taken_in(site, scan(render_pdf(found)))


@pytest.fixture(scope="module")
def printed(site: Site) -> str:
    """The address of a letter that came with its text and leaves one value to accept."""
    return taken_in(site, render_pdf(specimen("hdnd_giam_sat_2016")))


def taken_in(site: Site, content: bytes) -> str:
    """Have a file read; gives the address of its letter."""
    services = site.services
    with services.database.transaction() as s:
        receipt = intake.receive(s, services.store, content, name="scan.pdf", at=now(), version=services.processing)  # fmt: skip
    services.wake()
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        with services.database.reading() as s:
            file = intake.get(s, receipt.file_id)
        if file.letter_ids:
            break
        threading.Event().wait(0.2)
    return f"/van-ban/{file.letter_ids[0]}"


@pytest.fixture
def clerk(visit: Visit, site: Site, session: str) -> Page:
    page = visit()
    page.context.add_cookies([{"name": COOKIE, "value": session, "url": site.address}])
    return page


@pytest.fixture
def page(clerk: Page, scanned: str) -> Page:
    clerk.goto(scanned)
    return clerk


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
    """Press a key and see where the review moves."""
    before = page.evaluate(STANDS)
    page.keyboard.press(key)
    page.wait_for_function(MOVED, arg=before)


def settled(page: Page) -> None:
    """What the server answered stands and listens: a form that came just now is sent by the script, not as a page."""
    expect(page.locator(UNDER_WAY)).to_have_count(0)


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
    assert (asked + 2, typed) == (5, 4), "the guide of the clerk tells other figures"
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
    settled(page)
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
    settled(page)
    page.locator(".task-card[tabindex]").nth(before).focus()
    page.keyboard.press("m")
    expect(page.locator(".task-card[tabindex]")).to_have_count(before + 1)
    expect(page.locator(".task-card[tabindex] .text").last).to_contain_text("gửi báo cáo kết quả.")
    settled(page)
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


def test_the_button_leads_to_what_is_doubtful_also_after_a_correction(clerk: Page, printed: str) -> None:
    clerk.goto(printed)
    doubtful = clerk.locator("a[data-doubt]")
    expect(doubtful).to_have_count(1)
    place = clerk.locator("#v-place")
    place.locator("summary").click()
    place.locator("input[name=value]").fill("Đông Phước mới")
    place.get_by_role("button", name="Lưu").click()
    expect(place).to_contain_text("đã sửa")
    clerk.get_by_role("button", name="Chỗ cần kiểm tra").click()
    mark = doubtful.get_attribute("data-jump")
    expect(clerk.locator(f'#values [data-mark="{mark}"]').first).to_have_class(re.compile(r"\blit\b"))


def test_an_answer_that_comes_in_between_does_not_take_the_keyboard(clerk: Page, printed: str) -> None:
    clerk.goto(printed)
    expect(clerk.locator("a[data-doubt]")).to_have_count(1)
    held: list[Route] = []
    clerk.route("**/dung", lambda route: held.append(route))
    press(clerk, "Enter")
    with clerk.expect_request("**/dung"):
        clerk.keyboard.press("Enter")
    clerk.keyboard.press("Enter")  # in a hurry: what was accepted once is not sent again
    alike = clerk.locator("#h-alike + div")
    alike.scroll_into_view_if_needed()
    expect(alike.locator("> p, > ol")).to_be_visible()
    expect(alike).not_to_have_class(re.compile("htmx"))
    for each in held:
        each.continue_()
    expect(clerk.locator("a[data-doubt]")).to_have_count(0)
    expect(clerk.get_by_role("button", name="Đã rà soát xong")).to_be_focused()
    assert len(held) == 1
