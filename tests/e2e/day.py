"""What people do in an office on the days of one letter, step by step. Steps assert what people see."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

from playwright.sync_api import expect

from register import units, users
from tests.e2e.conftest import TOKEN
from tests.e2e.people import LONG, UNIT, Office, said, when_there
from tests.e2e.report_rows import figures, rows_of_docx, rows_of_xlsx


def set_up(office: Office) -> None:
    """The administrator opens the office, adds a unit and accounts with passwords for one use."""
    admin, page = office.admin, office.admin.page
    page.goto(f"/thiet-lap?token={TOKEN}")
    page.get_by_label("Họ và tên").fill(admin.name)
    page.get_by_label("Tên đăng nhập").fill(admin.login)
    page.get_by_label("Mật khẩu").fill(admin.password)
    page.get_by_role("button", name="Tạo tài khoản quản trị").click()
    expect(page.locator(".bar .who")).to_have_text(admin.name)
    page.goto("/quan-tri/don-vi")
    page.get_by_label("Tên đơn vị").fill(UNIT)
    page.get_by_label("Viết tắt").fill("KHTH")
    page.get_by_role("button", name="Thêm", exact=True).click()
    expect(page.locator("main")).to_contain_text(UNIT)
    page.goto("/quan-tri/nguoi-dung")
    for person in (office.clerk, office.officer, office.legal, office.leader):
        form = page.locator(".below-list form")
        form.get_by_label("Họ và tên").fill(person.name)
        form.get_by_label("Tên đăng nhập").fill(person.login)
        form.get_by_label("Vai trò").select_option(label=person.role)
        if person is office.officer:
            form.get_by_label("Đơn vị").select_option(label=UNIT)
        form.get_by_role("button").click()
        expect(page.get_by_role("status").filter(has_text=person.login)).to_be_visible()
        person.first = page.locator("code.secret").inner_text()
    expect(page.locator("table.register tbody tr")).to_have_count(5)
    office.album.take(page, "quan-tri-nguoi-dung")


def begin(office: Office) -> None:
    """An office that works already: unit and people are there, the leader follows the unit."""
    people = {
        "clerk": office.clerk,
        "officer": office.officer,
        "legal": office.legal,
        "leader": office.leader,
    }
    at = office.clock.now()
    with office.site.services.database.transaction() as s:
        unit = units.add(s, name=UNIT, at=at, by=None)
        for role, each in people.items():
            user = users.add(s, login=each.login, name=each.name, password=each.password, role=role, at=at, must_change_password=False)  # fmt: skip
            if role == "officer":
                units.join(s, user.id, unit.id, at=at, by=None)
            if role == "leader":
                units.follow(s, unit.id, user.id, True, at=at, by=None)


def follow(office: Office) -> None:
    """The leader wants to be told of the unit's work."""
    page = office.leader.open("/nhac-viec/thiet-lap")
    page.get_by_role("button", name=f"Theo dõi: {UNIT}").click()
    expect(page.get_by_role("button", name=f"Thôi theo dõi: {UNIT}")).to_be_visible()


def take_in(office: Office) -> None:
    """The clerk sends scans in and opens the letter when it has been read."""
    page = office.clerk.open("/tiep-nhan")
    page.locator("#file").set_input_files([office.case.letter, *office.case.also])
    row = page.locator("#files tr", has_text=office.case.letter.name)
    expect(row.get_by_text("Đã đọc xong")).to_be_visible(timeout=LONG)
    office.album.take(page, "van-thu-tiep-nhan", until=page.locator("#files"))
    row.locator("td.key a").first.click()
    expect(page.locator("#h-header")).to_be_visible()
    page.wait_for_load_state("load")  # what listens to the mouse is there
    office.letter = page.url.partition("?")[0].partition("#")[0]


def review(office: Office) -> None:
    """The clerk looks at what is doubtful beside the page image, and is done."""
    page = office.clerk.page
    head = page.locator(".letter-head")
    office.code = head.locator(".line strong").first.inner_text()
    assert "/" in office.code
    office.issuer = page.locator("#v-issuer .it > span").first.inner_text()
    shown = page.locator("#v-issued_on .it > span").first.inner_text()
    office.issued = datetime.strptime(shown, "%d/%m/%Y").date()
    assert office.issued <= office.case.arrives
    page.locator("#v-subject").hover()
    expect(page.locator('g[data-spot="v-subject"]')).to_have_class(re.compile("lit"))
    office.album.take(page, "van-thu-ra-soat")
    accepts = page.locator(".to-check form.accept button")
    while left := accepts.count():
        accepts.first.click()
        expect(accepts).to_have_count(left - 1)
    cards = page.locator(".task-card:not(.optional)")
    owed = cards.filter(has=page.locator(f'a.follow[aria-label$="{office.case.owes}"]'))
    if not owed.filter(has_text=said(office.case.due)).count():
        form = owed.first.locator(".row", has_text="Thời hạn").last
        form.locator("details.edit summary").click()
        form.locator("input[name=value]").fill(said(office.case.due))
        form.get_by_role("button", name="Lưu").click()
        expect(owed.first).to_contain_text(said(office.case.due))
    head.get_by_role("button", name="Đã rà soát xong").click()
    expect(head.locator(".pill.done")).to_have_text("Đã rà soát")
    owed.filter(has_text=said(office.case.due)).locator(f'a.follow[aria-label$="{office.case.owes}"]').click()
    expect(page.locator("h1")).to_have_text(f"Nhiệm vụ của {office.case.owes}")
    office.duty = page.url


def assign(office: Office) -> None:
    """The clerk gives the task to a unit and a person."""
    page = office.clerk.page
    page.locator("#open-assign").click()
    form = page.locator("#act-assign")
    form.locator("select[name=nguoi]").select_option(label=f"{office.officer.name} · Chuyên viên")
    form.get_by_label("Ý kiến chỉ đạo").fill("Tổng hợp số liệu ba năm, trình trước khi gửi")
    office.album.take(page, "van-thu-giao-viec")
    form.get_by_role("button", name="Giao việc").click()
    expect(page.locator(".history")).to_contain_text(f"Giao cho {office.officer.name} · {UNIT}")
    expect(page.locator(".six")).to_contain_text(said(office.case.due))


def note(office: Office) -> None:
    """The officer finds the task among their own and writes what was done, with a file."""
    page = office.officer.open("/nhiem-vu")
    page.get_by_label("Giao cho").select_option(label=f"{office.officer.name} (Tôi)")
    mine = page.locator("table.tasks td.work a")
    expect(mine).to_have_count(1)
    mine.click()
    expect(page.locator(".history")).to_contain_text("Tổng hợp số liệu ba năm")
    file = office.folder / "số liệu.txt"
    file.write_text("Đã có số liệu của 14 trên 18 đơn vị.", encoding="utf-8")
    page.locator("#open-note").click()
    page.get_by_label("Đã làm gì, còn vướng gì").fill("Còn bốn đơn vị chưa gửi số liệu")
    page.locator("#act-note input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Ghi", exact=True).click()
    expect(page.locator(".history")).to_contain_text("Còn bốn đơn vị chưa gửi số liệu")
    when_there(page, page.locator(".history a", has_text="số liệu.txt"))


def be_reminded(office: Office) -> None:
    """Officer and leader are told that three working days are left."""
    for person in (office.officer, office.leader):
        page = person.open("/nhiem-vu")
        when_there(page, page.locator(".bell .count"))
        expect(page.locator(".bell .count")).to_have_text("1")
        page.locator(".bell").click()
        row = page.locator("table.reminders tbody tr")
        expect(row).to_have_count(1)
        expect(row).to_contain_text("còn 3 ngày làm việc")
        expect(row).to_contain_text(said(office.case.due))
        expect(row).to_contain_text(office.code)
    office.album.take(office.leader.page, "lanh-dao-nhac-viec", until=row)


def ask_for_time(office: Office) -> None:
    """The officer comes from the reminder and asks for more time; nothing changes yet."""
    page = office.officer.page
    page.locator("table.reminders td.work a").click()
    page.locator("#open-extend").click()
    page.get_by_label("Xin đến ngày").fill(said(office.case.extended))
    page.locator("#act-extend textarea").fill("Chờ số liệu của bốn đơn vị")
    page.get_by_role("button", name="Gửi đề nghị").click()
    expect(page.get_by_text("Chờ lãnh đạo quyết định.")).to_be_visible()
    expect(page.locator(".six")).to_contain_text(said(office.case.due))


def decide(office: Office) -> None:
    """The leader sees on the dashboard that somebody waits, and grants the time."""
    page = office.leader.open("/")
    expect(page.locator("h1")).to_have_text("Bảng điều hành")
    expect(page.locator("main")).to_contain_text("1 đề nghị gia hạn chờ quyết định.")
    page.get_by_role("link", name="Xem và quyết định").click()
    expect(page.locator(".asking")).to_contain_text("Chờ số liệu của bốn đơn vị")
    expect(page.get_by_label("Gia hạn đến")).to_have_value(said(office.case.extended))
    office.album.take(page, "lanh-dao-gia-han", until=page.locator(".asking"))
    page.get_by_role("button", name="Đồng ý", exact=True).click()
    expect(page.get_by_role("heading", name="Không có đề nghị nào chờ")).to_be_visible()
    page = office.officer.open(office.duty)
    expect(page.locator(".six")).to_contain_text(said(office.case.extended))
    expect(page.locator(".six")).to_contain_text(f"hạn ban đầu {said(office.case.due)}")


def answer(office: Office) -> None:
    """The clerk takes in what went out; the offer made of it completes the task."""
    case = office.case
    office.answer = "1215/KHTH"
    sent = office.folder / "van-ban-di.pdf"
    sent.write_bytes(case.reply(office.code, office.issued, office.issuer, case.answers))
    page = office.clerk.open("/tiep-nhan")
    page.locator("#file").set_input_files(sent)
    row = page.locator("#files tr", has_text=sent.name)
    expect(row.get_by_text("Đã đọc xong")).to_be_visible(timeout=LONG)
    page.goto("/nhiem-vu")
    expect(page.locator("main")).to_contain_text("1 văn bản đi có thể là bằng chứng hoàn thành.")
    page.get_by_role("link", name="Xem và quyết định").click()
    offers = page.locator(".offer")
    offer = offers.filter(has=page.locator(f'a[href="{office.duty.removeprefix(office.site.address)}"]'))
    expect(offer).to_contain_text(office.code)
    expect(offer).to_contain_text(said(case.extended))
    office.album.take(page, "van-thu-tra-loi", until=offers.last)
    offered = offers.count()
    offer.get_by_role("button", name="Nhận, hoàn thành").click()
    expect(offers).to_have_count(offered - 1)
    page.goto(office.duty)
    expect(page.locator(".duty-head")).to_contain_text("Hoàn thành đúng hạn")
    evidence = page.locator(".history a", has_text="1215/")
    office.answer = evidence.first.inner_text()
    evidence.first.click()
    expect(page.locator(".letter-head")).to_contain_text(office.answer)


def look_up(office: Office) -> None:
    """The legal officer finds the letter by its words, and who answers it by its citations."""
    page = office.legal.open("/tim-kiem")
    page.get_by_role("searchbox").fill(office.case.find)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("q="))
    hit = page.locator(".hits .title a", has_text=office.code)
    when_there(page, hit)
    expect(page.locator(".hits mark").first).to_be_visible()
    office.album.take(page, "phap-che-tim-kiem", until=page.locator(".found-layout"))
    hit.first.click()
    expect(page.locator('g[data-spot="hit"] rect').first).to_be_in_viewport()
    page.goto("/trich-dan")
    page.get_by_role("searchbox", name="Trích dẫn").press_sequentially(office.code[:-2])
    suggestion = page.locator("#suggestions a", has_text=office.code)
    expect(suggestion).to_be_visible()
    office.album.take(page, "phap-che-goi-y", until=page.locator("#suggestions"), below=2)
    suggestion.click()
    expect(page.locator("h1")).to_contain_text(office.code)
    citing = page.locator("ol.hits .title a", has_text=office.answer)
    expect(citing).to_be_visible()
    expect(page.get_by_role("group", name="Sơ đồ viện dẫn")).to_be_visible()
    office.album.take(page, "phap-che-vien-dan")
    citing.click()
    expect(page.locator("g.spot.reference.lit").first).to_be_visible()
    office.album.take(page, "phap-che-cho-vien-dan")


def read_figures(office: Office) -> None:
    """Numbers of the dashboard open lists of that length; the report on the page and its files say the same."""
    page = office.leader.open("/dieu-hanh")
    office.album.take(page, "lanh-dao-dieu-hanh", until=page.locator(".dash"))
    for name in ("Chưa hoàn thành", "Quá hạn"):
        key = page.locator(".keys a", has_text=name).first
        count = key.locator("strong").inner_text()
        key.click()
        expect(page.locator(".tabs a[aria-current] .count")).to_have_text(count)
        expect(page.locator("table.tasks tbody tr")).to_have_count(int(count))
        page.go_back()
    page.get_by_role("link", name="Báo cáo thực hiện nhiệm vụ").click()
    page.get_by_role("link", name="Quý này").click()
    page.get_by_label("Cơ quan").fill(office.case.owes)
    page.get_by_role("button", name="Lập báo cáo").click()
    own = page.locator("table.figures tbody tr", has_text=office.case.owes)
    expect(own.first).to_be_visible()
    assert int(own.first.locator('td[data-label="Hoàn thành đúng hạn"]').inner_text()) >= 1
    office.album.take(page, "lanh-dao-bao-cao", until=page.locator("section[aria-labelledby=h-late]"))
    seen = [
        figures(row.locator("th, td").all_inner_texts())
        for row in page.locator("section[aria-labelledby=h-sum] tbody tr").all()
    ]
    assert len(seen) >= 2
    files = {}
    for form in ("DOCX", "XLSX"):
        with page.expect_download() as given:
            page.get_by_role("link", name=form).click()
        assert given.value.suggested_filename.endswith(f".{form.lower()}")
        files[form] = Path(given.value.path()).read_bytes()
    assert rows_of_docx(files["DOCX"]) == rows_of_xlsx(files["XLSX"]) == seen


def oversee(office: Office) -> None:
    """The administrator sees what the machine did and who did what."""
    page = office.admin.open("/quan-tri/don-vi")
    page.get_by_role("link", name=UNIT).click()
    expect(page.locator("main")).to_contain_text(office.officer.name)
    expect(page.locator("main")).to_contain_text(office.leader.name)
    office.album.take(page, "quan-tri-don-vi")
    page.goto("/quan-tri/viec-may")
    page.get_by_role("link", name=re.compile("^Đã xong")).click()
    expect(page.locator("table.register")).to_contain_text(office.case.letter.name)
    office.album.take(page, "quan-tri-viec-may")
    page.goto(f"/quan-tri/nhat-ky?ai={office.leader.login}")
    expect(page.locator("table.register tbody tr").first).to_contain_text(office.leader.login)
    office.album.take(page, "quan-tri-nhat-ky")
