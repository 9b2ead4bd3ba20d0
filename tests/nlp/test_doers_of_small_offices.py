"""Small offices and what they do: deeds done again, counted doers, "Quý …", who is taken out, papers and reports by a day, who has an inspectorate's symbol."""

from __future__ import annotations

from datetime import date

import pytest

from nlp.bearers import duty_bearers
from nlp.bodies import body_phrase_at
from nlp.directives import follows_subject, leading_subject
from nlp.dispatch import understand
from nlp.duties import those_spoken_of
from nlp.reading import page_of_string
from nlp.tasks import find_tasks
from nlp.types import Evidence, Named, Task

BOTH = ("Các phòng, ban", "UBND các xã")


def tasks(body: str, kind: str = "công văn", sent_to: tuple[str, ...] = BOTH) -> list[Task]:
    addressees = tuple(Named(name, Evidence(0, 0, "test")) for name in sent_to)
    found = find_tasks(body, kind=kind, issuer="UBND huyện Tân Khê", addressees=addressees, issued_on=date(2024, 5, 6))
    return [task for task in found if not task.optional]


def doers(task: Task) -> list[str]:
    return [body.text for body in task.responsible]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ban Quản lý chợ sơn lại quầy hàng", "Ban Quản lý chợ"),
        ("UBND phường 3, phường 6 đếm lại số hộ", "UBND phường 3, phường 6"),
        ("Công ty Cấp nước kiểm định lại đồng hồ", "Công ty Cấp nước"),
        ("Ban Bảo vệ mỗi tuần một lần tuần tra", "Ban Bảo vệ"),
        ("Đoàn trường kê bàn ghế", "Đoàn trường"),
        ("Đài Truyền thanh - Truyền hình công khai tên đơn vị", "Đài Truyền thanh - Truyền hình"),
        ("Phòng Cảnh sát quản lý hành chính về trật tự xã hội tổ chức lớp", "Phòng Cảnh sát quản lý hành chính về trật tự xã hội"),
        ("văn phòng đăng ký đất đai đo lại ranh giới", "văn phòng đăng ký đất đai"),
        ("Thanh tra Ngân hàng trả lời câu hỏi", "Thanh tra Ngân hàng"),
        ("Xóm trưởng 12 xóm cử người canh đê", "Xóm trưởng 12 xóm"),
        ("Trưởng khu phố 3 vận động nhân dân", "Trưởng khu phố 3"),
        ("Công ty Lê Lại rà soát kinh phí", "Công ty Lê Lại"),
        ("UBND các xã còn lại báo cáo", "UBND các xã còn lại"),
        ("Ban Thường vụ các huyện đoàn, thành đoàn chọn một xã", "Ban Thường vụ các huyện đoàn, thành đoàn"),
    ],
)
def test_where_the_name_of_a_doer_ends(text: str, name: str) -> None:
    span = body_phrase_at(text, 0)
    assert span is not None
    assert text[slice(*span)] == name


@pytest.mark.parametrize("deed", ["sơn lại quầy hàng", "đếm lại số hộ", "chọn 02 thôn làm điểm", "kẻ vạch đường", "lập tức đóng cống", "nhắc học sinh mang thẻ"])
def test_a_verb_behind_a_doer(deed: str) -> None:
    assert follows_subject(f"Sở Y tế {deed}", len("Sở Y tế"))


@pytest.mark.parametrize("told", ["còn lại ba dự án", "trở lại trụ sở cũ", "vẫn lại thiếu"])
def test_what_only_tells_of_it(told: str) -> None:
    assert not follows_subject(f"Sở Y tế {told}", len("Sở Y tế"))


@pytest.mark.parametrize("text", ["Giám đốc đơn vị nào để xảy ra sự cố phải chịu trách nhiệm.", "Hộ nào không ký thì bị nhắc tên.", "Thủ trưởng cơ quan nào chậm nộp sẽ bị phê bình."])
def test_what_follows_for_whoever_it_may_be_is_no_duty(text: str) -> None:
    assert leading_subject(text) is None
    assert [task.label for task in tasks(f"UBND huyện yêu cầu:\n1. Rà soát hồ sơ.\n2. Lập danh sách.\n3. {text}")][2:] in ([], ["3"] if text.startswith("Hộ") else [])


@pytest.mark.parametrize(
    ("sentence", "sent_to", "expected"),
    [
        ("Để có căn cứ bố trí vốn, đề nghị Quý Ủy ban chỉ đạo đơn vị tư vấn lập lại dự toán, gửi trước ngày 15/6/2024.", ("UBND tỉnh Bình Lâm",), ["UBND tỉnh Bình Lâm"]),
        ("Chi cục yêu cầu Quý Công ty nộp bổ sung giấy xác nhận.", ("Công ty TNHH Giấy An Phát",), ["Công ty TNHH Giấy An Phát"]),
    ],
)
def test_the_one_spoken_to_with_courtesy(sentence: str, sent_to: tuple[str, ...], expected: list[str]) -> None:
    assert [doers(task) for task in tasks(sentence, sent_to=sent_to)] == [expected]


def test_who_orders_is_no_bearer_and_who_has_a_wish_is() -> None:
    assert duty_bearers("Chi cục yêu cầu Quý Công ty nộp hồ sơ") is None
    assert duty_bearers("Cơ sở có yêu cầu Công ty cấp điện gửi đơn trước ngày 5/6/2024") is not None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Riêng đối với UBND các xã, đề nghị chỉ đạo cán bộ tư pháp lấy ý kiến nhân dân.", "UBND các xã"),
        ("Đối với các đơn vị đã gửi biểu cũ, đề nghị điều chỉnh lại cột 5.", "các đơn vị đã gửi biểu cũ"),
        ("Đối với các trường vi phạm, đề nghị chỉ đạo xử lý nghiêm.", None),
        ("Riêng đối với Sở Y tế, đề nghị của đơn vị chưa được chấp thuận.", None),
    ],
)
def test_who_is_taken_out_of_those_spoken_to(text: str, expected: str | None) -> None:
    span = those_spoken_of(text)
    assert (text[slice(*span)] if span else None) == expected


def test_one_taken_out_has_a_duty_of_its_own() -> None:
    found = tasks("UBND huyện đề nghị các đơn vị góp ý dự thảo, gửi về Phòng Nội vụ trước ngày 10/6/2024. Riêng đối với UBND các xã, đề nghị chỉ đạo các thôn lấy ý kiến.")
    assert [doers(task) for task in found] == [list(BOTH), ["UBND các xã"]]


ASKED = "UBND huyện yêu cầu các đơn vị thống kê số hộ.\n\n"


@pytest.mark.parametrize(
    "closing",
    [
        "Báo cáo kết quả về UBND huyện (qua Phòng Nội vụ) chậm nhất là ngày 20/6/2024 để tổng hợp.",
        "Danh sách tập thể, cá nhân đề nghị báo cáo về Phòng Nội vụ (hạn cuối: 23/6/2024).",
    ],
)
def test_a_report_by_a_day_in_a_paragraph_of_its_own(closing: str) -> None:
    found = tasks(ASKED + closing)
    assert [doers(task) for task in found] == [list(BOTH), list(BOTH)]
    assert [str(each.date) for each in found[1].deadlines] in (["2024-06-20"], ["2024-06-23"])


@pytest.mark.parametrize(
    "told",
    [
        "Báo cáo kết quả về UBND huyện đã được tổng hợp chậm nhất ngày 20/6/2024.",
        "Danh sách các hộ đề nghị báo cáo về số liệu còn thiếu trước ngày 5/6/2024.",
        "Báo cáo của Phòng Nội vụ cho thấy nhiều hộ chưa kê khai.",
    ],
)
def test_a_report_told_of_is_none(told: str) -> None:
    assert len(tasks(ASKED + told)) == 1


def test_whoever_has_something_to_do_is_bound() -> None:
    text = "Thủ trưởng đơn vị nào chưa nộp báo cáo phải nộp trước ngày 05/6/2024."
    assert leading_subject(text) is not None
    assert [task.label for task in tasks(f"UBND huyện yêu cầu:\n1. Rà soát hồ sơ.\n2. {text}")] == ["1", "2"]


@pytest.mark.parametrize("order", ["đề nghị các đơn vị", "UBND huyện đề nghị các đơn vị"])
def test_the_time_before_the_order_stays(order: str) -> None:
    (task,) = tasks(f"Trong ngày 02/6/2024, {order} gửi báo cáo nhanh về UBND huyện.")
    assert [str(each.date) for each in task.deadlines] == ["2024-06-02"]


@pytest.mark.parametrize(("heading", "expected"), [("4. Chuẩn bị nội dung:", ["4.-1"]), ("4. Công tác chuẩn bị:", ["4.-1"]), ("4. Nội dung:", [])])
def test_an_invitation_says_who_prepares_what(heading: str, expected: list[str]) -> None:
    body = f"Kính mời các đồng chí dự họp.\n\n1. Thời gian: 8 giờ ngày 20/5/2024.\n\n{heading}\n- Phòng Kinh tế chuẩn bị báo cáo tiến độ.\n- Nước uống, hội trường."
    assert [task.label for task in tasks(body, kind="giấy mời", sent_to=())] == expected


HEAD = "{above}\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nSố: 45/{symbol}\nV/v rà soát số liệu\n\nBình Lâm, ngày 09 tháng 5 năm 2022\n\n"
REST = "Kính gửi: Sở Y tế.\n\nĐề nghị Sở Y tế rà soát số liệu, gửi trước ngày 30/5/2022./.\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\nGIÁM ĐỐC\n\nTrần Thị Lan Anh\n"


@pytest.mark.parametrize(
    ("above", "symbol", "kind", "issuer", "parent"),
    [
        ("UBND TỈNH BÌNH LÂM\nTHANH TRA TỈNH", "TTr-NV2", "công văn", "Thanh tra tỉnh", "UBND tỉnh Bình Lâm"),
        ("UBND TỈNH BÌNH LÂM\nSỞ Y TẾ", "TTr-SYT", "tờ trình", "Sở Y tế", "UBND tỉnh Bình Lâm"),
        ("KHO BẠC NHÀ NƯỚC\nKHO BẠC NHÀ NƯỚC BÌNH LÂM", "KBBL-KTNN", "công văn", "Kho bạc Nhà nước Bình Lâm", "Kho bạc Nhà nước"),
        ("CÔNG TY ĐIỆN LỰC BÌNH LÂM\nĐIỆN LỰC TÂN KHÊ", "ĐLTK-KT", "công văn", "Điện lực Tân Khê", "Công ty Điện lực Bình Lâm"),
        ("TỔNG CỤC THUẾ\nCỤC THUẾ TỈNH BÌNH LÂM", "CT-TTHT", "công văn", "Cục Thuế tỉnh Bình Lâm", "Tổng cục Thuế"),
        ("KHO BẠC NHÀ NƯỚC\nBÌNH LÂM", "KBBL-KTNN", "công văn", "Kho bạc Nhà nước Bình Lâm", None),
    ],
)
def test_who_writes_under_whom(above: str, symbol: str, kind: str, issuer: str, parent: str | None) -> None:
    (found,) = understand((page_of_string(HEAD.format(above=above, symbol=symbol) + REST),))
    head = found.header
    assert head.kind.value == kind
    assert [field.value.casefold() if field else None for field in (head.issuer, head.parent_body)] == [issuer.casefold(), parent.casefold() if parent else None]


@pytest.mark.parametrize(
    ("sentence", "sent_to", "expected"),
    [
        ("Đề nghị Công ty khai báo lại số liệu.", ("Công ty TNHH Giấy An Phát",), ["Công ty TNHH Giấy An Phát"]),
        ("Đề nghị Công ty khai báo lại số liệu.", ("Công ty TNHH An Phát", "Công ty Cổ phần Bình An"), ["Công ty"]),
        ("Yêu cầu các Chi cục báo cáo kết quả rà soát.", ("Chi cục Thuế các huyện",), ["Chi cục Thuế các huyện"]),
        ("Yêu cầu các Chi cục báo cáo kết quả rà soát.", ("Sở Tài chính",), ["các Chi cục"]),
        ("Yêu cầu các Trạm báo cáo kết quả rà soát.", ("Trưởng các Trạm",), ["Trưởng các Trạm"]),
    ],
)
def test_a_short_name_for_those_the_letter_is_sent_to(sentence: str, sent_to: tuple[str, ...], expected: list[str]) -> None:
    assert [doers(task) for task in tasks(sentence, sent_to=sent_to)] == [expected]


def test_what_a_petition_wants_is_asked_of_nobody() -> None:
    told = "UBND huyện nhận được đơn của ông An, cư trú tại phường 3, thành phố Long Hòa, đề nghị xem xét lại quyết định thu hồi đất."
    assert tasks(told) == []
    assert [doers(task) for task in tasks(f"{told} UBND huyện yêu cầu UBND các xã kiểm tra, trả lời ông An.")] == [["UBND các xã"]]


@pytest.mark.parametrize(
    ("printed", "entries"),
    [
        ("- Như trên;\n- LĐVP; CV: KT, NĐ;\n- Lưu: VT.", ["Như trên", "LĐVP; CV: KT, NĐ", "Lưu: VT"]),
        ("- Như trên;\n- Sở Y tế (b/c); BSCKII. Trần Thị Lan Anh\n- Lưu: VT.", ["Như trên", "Sở Y tế (b/c)", "Lưu: VT"]),
    ],
)
def test_desks_stay_with_their_office_and_signers_with_their_rank_do_not(printed: str, entries: list[str]) -> None:
    letter = HEAD.format(above="UBND TỈNH BÌNH LÂM\nSỞ Y TẾ", symbol="SYT-NV") + REST.replace("- Như trên;\n- Lưu: VT.", printed)
    (found,) = understand((page_of_string(letter),))
    assert [each.text for each in found.recipients] == entries


@pytest.mark.parametrize(("printed", "symbol"), [("TCQL-TTra", "TCQL-TTra"), ("UBND-KTTrà Vinh", "UBND-KT")])
def test_the_short_name_of_an_inspectorate_is_no_place(printed: str, symbol: str) -> None:
    (found,) = understand((page_of_string(HEAD.format(above="UBND TỈNH BÌNH LÂM\nSỞ Y TẾ", symbol=printed) + REST),))
    assert found.header.symbol is not None
    assert found.header.symbol.value == symbol


def test_an_addressee_may_be_named_by_enforcing_judgments() -> None:
    letter = HEAD.format(above="CỤC THI HÀNH ÁN DÂN SỰ\nTỈNH BÌNH LÂM", symbol="CTHADS-NV") + REST.replace("Sở Y tế.", "Chi cục Thi hành án dân sự các huyện, thành phố", 1)
    (found,) = understand((page_of_string(letter),))
    assert [each.text for each in found.addressees] == ["Chi cục Thi hành án dân sự các huyện, thành phố"]
