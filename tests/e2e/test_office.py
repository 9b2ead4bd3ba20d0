"""A clerk's first day, in a real browser: from the set-up page to a task found and done."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import APIResponse, Page, Route, expect

from tests.e2e.conftest import TOKEN, Site

Visit = Callable[..., Page]
PASSWORD = "mot cau rat de nho"
LONG = 60_000


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the signed-in browser's cookies are kept between the tests of this module."""
    return tmp_path_factory.mktemp("browser") / "state.json"


@pytest.fixture(scope="module")
def shots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Screenshots, for people to look at."""
    return tmp_path_factory.mktemp("screenshots")


def overflow(page: Page) -> int:
    width: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return width


def open_first_letter(page: Page) -> None:
    """Follow the first line of the list; when this is done, the letter's page listens."""
    page.locator("td.key a").first.click()
    expect(page.locator("#h-header")).to_be_visible()
    page.wait_for_load_state("load")


def test_the_first_user_is_made_with_the_code_of_the_terminal(visit: Visit, state: Path) -> None:
    page = visit()
    page.goto("/")
    expect(page).to_have_url(re.compile("/thiet-lap"))
    page.goto(f"/thiet-lap?token={TOKEN}")
    page.get_by_label("Họ và tên").fill("Trần Thị Hồng Nhung")
    page.get_by_label("Tên đăng nhập").fill("nhung")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Tạo tài khoản quản trị").click()
    expect(page).to_have_url(re.compile("/tiep-nhan"))
    page.context.storage_state(path=state)


def test_sign_out_and_in_again(visit: Visit, state: Path) -> None:
    page = visit()
    page.goto("/van-ban")
    page.get_by_label("Tên đăng nhập").fill("nhung")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/van-ban"))
    expect(page.get_by_role("heading", name="Chưa có văn bản nào")).to_be_visible()
    page.get_by_label("Tài khoản và cài đặt").click()
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page).to_have_url(re.compile("/dang-nhap"))


def test_a_file_is_sent_read_and_becomes_a_letter_without_reloading(
    visit: Visit, state: Path, letter_pdf: Path
) -> None:
    page = visit(state=str(state))
    page.goto("/tiep-nhan")
    page.locator("#file").set_input_files(letter_pdf)
    row = page.locator("#files tr", has_text="giai-ngan.pdf")
    expect(row).to_be_visible(timeout=LONG)
    expect(row.get_by_text("Đã đọc xong")).to_be_visible(timeout=LONG)
    page.locator("#file").set_input_files(letter_pdf)
    expect(page.locator("#files tr", has_text="Trùng nội dung")).to_be_visible(timeout=LONG)
    row.last.locator("a").first.click()
    expect(page.locator("h1")).to_contain_text("giải ngân")


def test_a_file_chosen_before_the_script_has_come_is_sent(visit: Visit, state: Path, letter_pdf: Path) -> None:
    page = visit(state=str(state))
    late: list[Route] = []
    page.route("**/upload.js*", lambda route: late.append(route))
    page.goto("/tiep-nhan", wait_until="commit")
    rows = page.locator("#files tbody tr")
    expect(rows).to_have_count(2)
    page.locator("#file").set_input_files(letter_pdf)
    late[0].continue_()
    expect(rows).to_have_count(3)


def test_a_file_sent_while_the_list_is_being_fetched_is_in_the_next_list(
    visit: Visit, state: Path, letter_pdf: Path
) -> None:
    page = visit(state=str(state))
    page.goto("/tiep-nhan")
    rows = page.locator("#files tbody tr")
    expect(rows).to_have_count(3)
    held: list[tuple[Route, APIResponse]] = []
    page.route("**/tiep-nhan/danh-sach", lambda route: held.append((route, route.fetch())), times=1)
    with page.expect_request("**/tiep-nhan/danh-sach"):
        page.locator("#file").set_input_files(letter_pdf)
    page.locator("#file").set_input_files(letter_pdf)
    expect(page.locator("#sending li")).to_have_count(0)
    route, answer = held[0]
    route.fulfill(response=answer)
    expect(rows).to_have_count(5)


def test_hovering_a_value_lights_its_box_and_back(visit: Visit, state: Path) -> None:
    page = visit(state=str(state))
    page.goto("/van-ban")
    open_first_letter(page)
    page.locator("#v-symbol").hover()
    expect(page.locator('g[data-spot="v-symbol"]')).to_have_class(re.compile("lit"))
    box = page.locator('g[data-spot="v-issuer"] rect').first
    box.hover(force=True)
    expect(page.locator("#v-issuer")).to_have_class(re.compile("lit"))
    image = page.locator(".sheet-page img").first
    expect(image).to_be_visible()
    assert image.evaluate("async (img) => { await img.decode(); return img.naturalWidth; }") > 700
    before = page.locator(".sheet-page").first.bounding_box()
    page.get_by_role("button", name="Phóng to").click()
    after = page.locator(".sheet-page").first.bounding_box()
    assert before
    assert after
    assert after["width"] > before["width"] * 1.2


def test_a_value_is_corrected_in_place_and_the_page_keeps_its_zoom(visit: Visit, state: Path) -> None:
    page = visit(state=str(state))
    page.goto("/van-ban")
    open_first_letter(page)
    page.get_by_role("button", name="Phóng to").click()
    page.locator("#v-place summary").click()
    page.locator("#v-place input[name=value]").fill("Bình Lâm mới")
    page.locator("#v-place").get_by_role("button", name="Lưu").click()
    expect(page.locator("#v-place")).to_contain_text("Bình Lâm mới")
    expect(page.locator("#v-place")).to_contain_text("đã sửa")
    assert page.locator("#sheets").evaluate("el => el.style.getPropertyValue('--zoom')") == "1.25"


def test_a_task_is_found_by_status_and_marked_done(visit: Visit, state: Path) -> None:
    page = visit(state=str(state))
    page.goto("/nhiem-vu")
    open_tab = page.locator(".tabs a").first
    before = int(open_tab.locator(".count").inner_text())
    assert before > 0
    once = page.locator("#tasks tr", has_text="24/12/2020")
    once.get_by_role("button", name="Đánh dấu hoàn thành").click()
    expect(page.locator(".tabs a").first.locator(".count")).to_have_text(str(before - 1))
    recurring = page.locator("#tasks tr", has_text="định kỳ").first
    due = recurring.locator("td").nth(2).inner_text()
    recurring.get_by_role("button", name="Đánh dấu hoàn thành").click()
    expect(recurring.locator("td").nth(2)).not_to_have_text(due)
    expect(page.locator(".tabs a").first.locator(".count")).to_have_text(str(before - 1))


def test_search_without_diacritics_leads_to_the_page_with_the_words_lit(
    visit: Visit, state: Path, site: Site
) -> None:
    page = visit(state=str(state))
    for _ in range(60):
        page.goto("/tim-kiem?q=giai+ngan")
        if page.locator(".hits li").count():
            break
        page.wait_for_timeout(250)
    expect(page.locator(".hits mark").first).to_be_visible()
    page.locator(".hits .title a").first.click()
    expect(page.locator('g[data-spot="hit"] rect').first).to_be_in_viewport()
    expect(page.locator("#h-alike")).to_be_attached()


def test_the_citation_box_suggests_and_leads_to_the_document_and_the_place(visit: Visit, state: Path) -> None:
    page = visit(state=str(state))
    page.goto("/van-ban")
    page.locator("td.key a").first.click()
    page.locator(".ref a").first.click()
    expect(page).to_have_url(re.compile(r"/trich-dan/\d+"))
    code = page.locator("h1").inner_text().split(" (")[0]
    page.goto("/trich-dan")
    box = page.get_by_role("searchbox", name="Trích dẫn")
    box.press_sequentially(code[:-3])
    expect(page.locator("#suggestions a").first).to_contain_text(code)
    box.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(page.locator("#suggestions a")).to_have_count(0)
    box.fill("")
    box.press_sequentially(code)
    expect(page.locator("#suggestions a").first).to_contain_text(code)
    box.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text(code)
    expect(page.get_by_role("group", name="Sơ đồ viện dẫn")).to_be_visible()
    page.locator("ol.hits .title a").first.click()
    expect(page).to_have_url(re.compile(r"/van-ban/\d+\?trang=\d+#r-\d+"))
    expect(page.locator("g.spot.reference.lit, .spot.lit").first).to_be_visible()


def test_the_keyboard_reaches_search_and_content(visit: Visit, state: Path) -> None:
    page = visit(state=str(state))
    page.goto("/van-ban")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("/")
    expect(page.locator(".bar .seek input")).to_be_focused()
    page.keyboard.type("giai ngan")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/tim-kiem"))


def test_it_works_without_script(visit: Visit, state: Path, site: Site) -> None:
    page = visit(state=str(state))
    context = page.context.browser.new_context(  # type: ignore[union-attr]
        java_script_enabled=False, storage_state=str(state), base_url=site.address
    )
    plain = context.new_page()
    plain.goto("/van-ban")
    plain.locator("td.key a").first.click()
    expect(plain.locator("#nhiem-vu")).to_be_visible()
    plain.goto("/tiep-nhan")
    expect(plain.get_by_role("button", name="Gửi")).to_be_visible()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)])
def test_every_page_fits_the_screen(
    visit: Visit, state: Path, shots: Path, width: int, height: int, scheme: str
) -> None:
    page = visit(width, height, scheme, str(state))
    page.goto("/van-ban")
    letter = page.locator("td.key a").first.get_attribute("href")
    for path in ("/tiep-nhan", "/van-ban", str(letter), "/nhiem-vu?trang_thai=all", "/tim-kiem?q=von", "/tim-kiem", "/tim-da-luu",
                 "/trich-dan?q=1/2020", "/trich-dan", "/trich-dan/1", "/nhiem-vu/tra-loi",
                 "/doi-mat-khau", "/api/v1/docs"):  # fmt: skip
        page.goto(path)
        assert overflow(page) <= 0, path
        name = re.sub(r"\W+", "-", path).strip("-")
        page.screenshot(path=shots / f"{name}-{width}-{scheme}.png")


def luminance(colour: str) -> float:
    parts = [int(value) / 255 for value in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_colours_have_the_contrast_of_wcag_aa(visit: Visit, scheme: str) -> None:
    page = visit(scheme=scheme)
    page.goto("/dang-nhap")
    pairs = [
        ("--ink", "--ground"), ("--ink", "--surface"), ("--ink-2", "--sunk"), ("--ink-3", "--ground"), ("--ink-3", "--sunk"),
        ("--ink-3", "--hover"), ("--accent", "--ground"), ("--accent-ink", "--accent"), ("--accent-strong", "--accent-soft"),
        ("--amber", "--amber-soft"), ("--red", "--red-soft"), ("--green", "--green-soft"), ("--violet", "--violet-soft"),
        ("--red", "--ground"), ("--amber", "--ground"), ("--green", "--surface"), ("--violet", "--ground"), ("--mark-ink", "--mark"),
    ]  # fmt: skip
    for front, back in pairs:
        seen = page.evaluate(
            "([f, b]) => { const el = document.createElement('i'); document.body.append(el);"
            " el.style.color = `var(${f})`; el.style.backgroundColor = `var(${b})`;"
            " const s = getComputedStyle(el); const r = [s.color, s.backgroundColor]; el.remove(); return r; }",
            [front, back],
        )
        light, dark = sorted(map(luminance, seen), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, f"{front} on {back}"


def test_a_search_is_saved_and_the_bell_tells_of_a_new_letter(
    visit: Visit, state: Path, tmp_path: Path
) -> None:
    page = visit(state=str(state))
    page.goto("/tim-kiem?q=tiêm+chủng")
    page.locator("details.keep summary").click()
    page.get_by_role("button", name="Lưu câu tìm").click()
    expect(page.locator("table.saved")).to_contain_text("tiêm chủng")
    expect(page.locator(".bell .count")).to_have_count(0)
    letter = tmp_path / "tiem-chung.txt"
    letter.write_text(
        "SỞ Y TẾ\nSố: 71/SYT-NV\n\nKính gửi: Bệnh viện tỉnh\n\nTổ chức tiêm chủng mở rộng cho trẻ em.\n\n"
        "GIÁM ĐỐC\nNguyễn Văn Thử\n"
    )
    page.goto("/tiep-nhan")
    page.locator("#file").set_input_files(letter)
    expect(page.locator("#files tr", has_text="tiem-chung.txt").get_by_text("Đã đọc xong")).to_be_visible(
        timeout=LONG
    )
    for _ in range(120):
        page.goto("/tim-da-luu")
        if page.locator(".bell .count").count() and page.locator(".notices .title a").count():
            break  # the bell may know of it a moment before the list below does
        page.wait_for_timeout(250)
    expect(page.locator(".bell .count")).to_have_text("1")
    page.locator(".notices .title a").first.click()
    expect(page.locator("body")).to_contain_text("tiêm chủng")
