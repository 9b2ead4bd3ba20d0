"""An obligation from assignment to completion in a real browser: leader, officer, leader again, officer."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from api.gate import COOKIE
from register import intake, users
from register.clock import now
from register.models import User
from tests.e2e.conftest import Site, running
from tests.e2e.test_office import overflow

Visit = Callable[..., Page]
LEADER, OFFICER = "Lê Hoàng Long", "Trần Quốc Việt"
ASKED = """ỦY BAN NHÂN DÂN
TỈNH BÌNH LÂM
Số: 77/UBND-KT
V/v rà soát chợ dân sinh

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Bình Lâm, ngày 20 tháng 11 năm 2020

Kính gửi:
- Sở Công Thương;
- Sở Xây dựng.

Ủy ban nhân dân tỉnh yêu cầu:

1. Sở Công Thương rà soát các chợ dân sinh, báo cáo Ủy ban nhân dân tỉnh trước ngày 10/12/2020.

2. Sở Xây dựng kiểm tra an toàn công trình chợ chậm nhất ngày 18/12/2020.

Nơi nhận:
- Như trên;
- Lưu: VT, KT.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Nguyễn Văn Thử
"""
REPLY = """SỞ CÔNG THƯƠNG
Số: 90/SCT-KH
V/v kết quả rà soát chợ

Bình Lâm, ngày 30 tháng 11 năm 2020

Kính gửi: Ủy ban nhân dân tỉnh

Sở Công Thương đã rà soát xong các chợ dân sinh.

GIÁM ĐỐC

Trần Thị Mẫu
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running(tmp_path_factory.mktemp("duties")) as site:
        yield site


@pytest.fixture(scope="module")
def signed_in(site: Site, letter_pdf: Path) -> Callable[[Page, str], Page]:
    """Puts a person's session into a page."""
    services = site.services
    contents = {"77.txt": ASKED.encode(), "90.txt": REPLY.encode(), "giai-ngan.pdf": letter_pdf.read_bytes()}
    with services.database.transaction() as s:
        files = [
            intake.receive(s, services.store, content, name=name, at=now(), version=services.processing).file_id
            for name, content in contents.items()
        ]
    services.wake()
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        with services.database.reading() as s:
            if all(intake.get(s, each).state in ("done", "duplicate") for each in files):
                break
        threading.Event().wait(0.2)
    tokens = {}
    with services.database.transaction() as s:
        for login, name, role in (("long", LEADER, "leader"), ("viet", OFFICER, "officer")):
            user = User(
                login=login, name=name, password_hash="", role=role, language="vi", must_change_password=False,
                active=True, created_at=now(),
            )  # fmt: skip
            s.add(user)
            s.flush()
            tokens[name] = users.open_session(s, user.id, at=now())

    def enter(page: Page, name: str) -> Page:
        page.context.add_cookies([{"name": COOKIE, "value": tokens[name], "url": site.address}])
        return page

    return enter


def test_from_assignment_to_completion(
    visit: Visit, signed_in: Callable[[Page, str], Page], tmp_path: Path
) -> None:
    leader, officer = signed_in(visit(), LEADER), signed_in(visit(390, 844, "dark"), OFFICER)
    leader.goto("/nhiem-vu?viec=chợ+dân+sinh")
    leader.get_by_role("link", name=re.compile("rà soát các chợ")).click()
    expect(leader.locator("h1")).to_have_text("Nhiệm vụ của Sở Công Thương")
    leader.wait_for_load_state("load")  # what listens to the keys is there
    # The keyboard alone assigns it.
    leader.get_by_text("Giao việc", exact=True).first.focus()
    leader.keyboard.press("Enter")
    expect(leader.get_by_label("Người được giao")).to_be_focused()
    leader.keyboard.press("T")
    leader.keyboard.press("Tab")
    leader.keyboard.type("Xong trước cuộc họp thứ Sáu")
    leader.keyboard.press("Enter")
    expect(leader.locator(".history")).to_contain_text(f"Giao cho {OFFICER}")
    expect(leader.locator("#open-assign")).to_be_focused()

    officer.goto("/nhiem-vu?viec=chợ+dân+sinh")
    officer.get_by_role("link", name=re.compile("rà soát các chợ")).click()
    expect(officer.locator(".six")).to_contain_text(OFFICER)
    officer.locator("#open-note").click()
    officer.get_by_label("Đã làm gì, còn vướng gì").fill("Còn hai huyện chưa gửi")
    report = tmp_path / "biên bản.txt"
    report.write_text("Đã kiểm tra mười hai chợ.", encoding="utf-8")
    officer.locator("#act-note input[type=file]").set_input_files(report)
    officer.get_by_role("button", name="Ghi", exact=True).click()
    expect(officer.locator(".history")).to_contain_text("Còn hai huyện chưa gửi")
    expect(officer.locator(".history")).to_contain_text("biên bản.txt")
    officer.locator("#open-extend").click()
    officer.get_by_label("Xin đến ngày").fill("05/12/2020")
    officer.locator("#act-extend textarea").fill("Chờ số liệu hai huyện")
    officer.get_by_label("Xin đến ngày").fill("20/12/2020")
    officer.get_by_role("button", name="Gửi đề nghị").click()
    expect(officer.get_by_text("Chờ lãnh đạo quyết định.")).to_be_visible()
    assert overflow(officer) <= 0

    leader.goto("/nhiem-vu")
    leader.get_by_role("link", name="Xem và quyết định").first.click()
    leader.get_by_label("Gia hạn đến").fill("15/12/2020")
    leader.get_by_role("button", name="Đồng ý", exact=True).click()
    expect(leader.get_by_role("heading", name="Không có đề nghị nào chờ")).to_be_visible()

    officer.reload()
    expect(officer.locator(".six")).to_contain_text("15/12/2020")
    expect(officer.locator(".history")).to_contain_text("Đồng ý gia hạn từ 09/12/2020 đến 15/12/2020")
    officer.locator("#open-done").click()
    evidence = officer.get_by_label("Văn bản chứng minh")
    evidence.press_sequentially("90/SCT")
    option = officer.locator("#evidence option")
    expect(option).to_have_count(1)
    evidence.fill(str(option.get_attribute("value")))
    officer.get_by_role("button", name="Ghi hoàn thành").click()
    expect(officer.locator(".duty-head")).to_contain_text("Hoàn thành đúng hạn")
    expect(officer.locator(".history a").first).to_have_text("90/SCT-KH")
    officer.reload()
    expect(officer.locator("#open-reopen")).to_be_visible()
    with officer.expect_download() as given:
        officer.locator(".history a", has_text="biên bản.txt").click()
    assert given.value.suggested_filename == "biên bản.txt"
    assert Path(given.value.path()).read_text(encoding="utf-8") == "Đã kiểm tra mười hai chợ."


def test_chosen_tasks_are_done_together_and_nothing_moves_while_choosing(
    visit: Visit, signed_in: Callable[[Page, str], Page]
) -> None:
    page = signed_in(visit(), LEADER)
    page.goto("/nhiem-vu?viec=an+toàn+công+trình")
    row = page.locator("table.tasks tbody tr").first
    expect(page.locator(".bulk")).to_be_hidden()
    before = row.bounding_box()
    row.locator("td.pick input").press("Space")
    expect(page.locator(".bulk")).to_contain_text("Đã chọn 1")
    assert row.bounding_box() == before
    page.locator(".bulk select").select_option(label=OFFICER)
    page.locator(".bulk").get_by_role("button", name="Giao", exact=True).click()
    expect(page.locator("#tasks")).to_contain_text("Đã giao 1 nhiệm vụ.")
    expect(page.locator("table.tasks tbody tr").first).to_contain_text(OFFICER)
    page.locator("th.pick input").check()
    page.locator(".bulk").get_by_role("button", name="Đánh dấu hoàn thành").click()
    expect(page.locator("#tasks")).to_contain_text("Đã ghi hoàn thành 1 nhiệm vụ.")
    expect(page.locator("table.tasks")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)])
def test_the_pages_fit_and_do_not_shift(
    visit: Visit, signed_in: Callable[[Page, str], Page], tmp_path: Path, width: int, height: int, scheme: str
) -> None:
    page = signed_in(visit(width, height, scheme), LEADER)
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver((l) => l.getEntries().forEach((e) => { if (!e.hadRecentInput) window.shift += e.value; }))"
        ".observe({ type: 'layout-shift', buffered: true });"
    )
    page.goto("/nhiem-vu?trang_thai=all")
    duty = page.locator("table.tasks td.work a").first.get_attribute("href")
    for path in ("/nhiem-vu?trang_thai=all", "/nhiem-vu?xem=bang", str(duty), "/nhiem-vu/gia-han"):
        page.goto(path)
        page.wait_for_load_state("networkidle")
        assert overflow(page) <= 0, path
        assert page.evaluate("window.shift") < 0.02, path
        page.screenshot(path=tmp_path / f"{re.sub(r'[^a-z-]+', '-', path)}.png")
