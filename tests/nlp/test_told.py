"""Pages that print a dispatch in full behind a sentence that names it; news that picks from one stays news."""

from __future__ import annotations

import pytest

from nlp.dispatch import understand
from nlp.reading import page_of_string
from nlp.types import Dispatch

ITEMS = (
    "1. Sở Xây dựng rà soát chung cư cũ, báo cáo trước ngày 20/6/2024.\n"
    "2. Công an tỉnh chủ trì, phối hợp với Sở Xây dựng kiểm tra phòng cháy.\n"
    "3. Ủy ban nhân dân các huyện, thành phố tổ chức tuyên truyền.\n"
)


def page(text: str) -> Dispatch:
    return understand([page_of_string(text)])[0]


@pytest.mark.parametrize(
    ("opening", "kind", "number", "symbol", "issuer", "day", "subject"),
    [
        (
            "Chủ tịch UBND tỉnh Bình Lâm vừa ký Công điện số 12/CĐ-UBND ngày 03/6/2024 về việc tăng cường phòng cháy.",
            "công điện", "12", "CĐ-UBND", "Chủ tịch UBND tỉnh Bình Lâm", "2024-06-03", "tăng cường phòng cháy",
        ),
        (
            "Ngày 03/6/2024, Sở Xây dựng Bình Lâm đã ban hành Công văn 415/SXD-QLN năm 2024 về việc rà soát chung cư cũ.",
            "công văn", "415", "SXD-QLN", "Sở Xây dựng Bình Lâm", "2024-06-03", "rà soát chung cư cũ",
        ),
    ],
)  # fmt: skip
def test_the_sentence_gives_the_head_and_the_list_the_tasks(
    opening: str, kind: str, number: str, symbol: str, issuer: str, day: str, subject: str
) -> None:
    found = page(f"{opening}\n\nĐể chủ động, Chủ tịch UBND tỉnh yêu cầu:\n{ITEMS}")
    header = found.header
    assert header.kind.value == kind
    assert [field.value if field else None for field in (header.number, header.symbol, header.issuer)] == [number, symbol, issuer]
    assert header.issued_on is not None
    assert header.issued_on.value == day
    assert header.subject is not None
    assert header.subject.value == subject
    assert [task.label for task in found.tasks] == ["1", "2", "3"]
    assert found.references == ()


OPENING = "Chủ tịch UBND tỉnh vừa ký Công điện số 12/CĐ-UBND ngày 03/6/2024 về việc tăng cường phòng cháy."


@pytest.mark.parametrize(
    "text",
    [
        f"{OPENING}\n\nTheo đó, Chủ tịch UBND tỉnh yêu cầu:\n- Sở Xây dựng rà soát.\n- Công an tỉnh kiểm tra.\n- Các huyện tuyên truyền.",
        f"{OPENING}\n\nChủ tịch UBND tỉnh yêu cầu các đơn vị kiểm tra chung cư, kho xưởng trước ngày 20/6.",
        f"{OPENING}\n\nChủ tịch UBND tỉnh yêu cầu:\n{ITEMS}\nTrao đổi với phóng viên, ông Trần Văn Bình cho biết huyện đã kiểm tra 12 chung cư.",
        f"Nhiều chung cư cũ ở Bình Lâm chưa bảo đảm phòng cháy.\n\nCông an tỉnh yêu cầu:\n{ITEMS}",
    ],
)
def test_news_that_tells_of_a_dispatch_stays_news(text: str) -> None:
    found = page(text)
    assert found.header.kind.value == "khác"
    assert found.tasks == ()


def test_a_page_of_an_agency_with_its_source_is_the_dispatch_it_gives_in_full() -> None:
    found = page(
        "Rà soát chung cư cũ trên toàn tỉnh\n\n03/06/2024 20:36\n\n"
        "(Binhlam.gov.vn) - Chủ tịch UBND tỉnh Bình Lâm vừa có Công điện số 12/CĐ-UBND ngày 03/6/2024 về việc tăng cường phòng cháy.\n\n"
        f"Công điện nêu: Thời gian qua xảy ra nhiều vụ cháy. Chủ tịch UBND tỉnh yêu cầu:\n\n{ITEMS}\nNguồn: baobinhlam.vn\n"
    )
    assert (found.header.kind.value, len(found.tasks)) == ("công điện", 3)


def test_a_source_inside_the_text_is_a_reporter_s_word() -> None:
    found = page(
        "Chủ tịch UBND tỉnh Bình Lâm vừa ký Công điện số 12/CĐ-UBND ngày 03/6/2024 về việc tăng cường phòng cháy.\n\n"
        f"Chủ tịch UBND tỉnh yêu cầu:\n{ITEMS}Phóng viên ghi lại ý kiến của người dân.\nNguồn: baobinhlam.vn\n"
    )
    assert found.tasks == ()


def test_addressees_in_the_sentence_are_parted_as_it_parts_them() -> None:
    opening = "Chủ tịch UBND tỉnh Bình Lâm vừa ký Công điện số 12/CĐ-UBND ngày 03/6/2024 về việc tăng cường phòng cháy.\n"
    sent = "Công điện gửi Ban Chỉ huy Quân sự tỉnh; Giám đốc các Sở: Xây dựng, Y tế; Chủ tịch UBND huyện Tân Khê, nêu rõ:\nThời gian qua xảy ra cháy. Chủ tịch UBND tỉnh yêu cầu:\n"
    found = page(opening + sent + ITEMS)
    assert [name.text for name in found.addressees] == ["Ban Chỉ huy Quân sự tỉnh", "Giám đốc các Sở: Xây dựng, Y tế", "Chủ tịch UBND huyện Tân Khê"]


DASHED = "Theo đó, Chủ tịch UBND tỉnh yêu cầu các sở, ngành thực hiện:\n- Rà soát chung cư cũ, báo cáo trước ngày 20/6/2024.\n- Kiểm tra phòng cháy.\n"


@pytest.mark.parametrize(
    "says",
    [
        "Toàn văn Công điện 12/CĐ-UBND tăng cường phòng cháy?",
        "Nguyên văn công điện số 12/CĐ-UBND như sau:",
        "Xem toàn văn Công điện 12/CĐ-UBND ngày 03/6/2024",
        "Tải về toàn văn công điện 12/CĐ-UBND",
    ],
)
def test_a_page_that_says_it_gives_the_whole_text_may_list_by_dashes(says: str) -> None:
    found = page(f"{says}\n\n{OPENING}\n\n{DASHED}")
    assert (found.header.kind.value, found.header.number.value) == ("công điện", "12")
    assert [task.label for task in found.tasks] == ["-1", "-2"]


@pytest.mark.parametrize(
    "text",
    [
        f"Tăng cường phòng cháy chung cư\n\n{OPENING}\n\n{DASHED}",
        f"Toàn văn phát biểu của Chủ tịch UBND tỉnh\n\n{OPENING}\n\n{DASHED}",
        f"Toàn văn Công điện 12/CĐ-UBND\n\n{OPENING}\n\n{DASHED}Trao đổi với phóng viên, ông Trần Văn Bình cho biết đã kiểm tra 12 chung cư.",
        f"Toàn văn Công điện 12/CĐ-UBND\n\n{OPENING}\n\nChủ tịch UBND tỉnh yêu cầu:\nCác huyện rà soát.\nCông an kiểm tra.\n- Hết.",
    ],
)
def test_dashes_without_that_word_stay_news(text: str) -> None:
    assert page(text).tasks == ()


NOTICE = (
    "Sở Xây dựng thông báo về việc rà soát chung cư cũ năm 2024\n\n"
    "Thực hiện Nghị định số 69/2021/NĐ-CP ngày 15/7/2021 của Chính phủ về chung cư.\n\n"
    "Để có số liệu tổng hợp, Sở Xây dựng kính đề nghị Phòng Quản lý đô thị các quận lập danh sách chung cư cũ, gửi về Sở trước ngày 20/6/2024.\n\n"
    "Trân trọng./.\n"
)


@pytest.mark.parametrize("behind", ["", "Minh Lan - Phòng Quản lý nhà.\n"])
def test_an_offices_notice_on_its_own_page_is_the_notice(behind: str) -> None:
    found = page(NOTICE + behind)
    assert found.header.kind is not None
    assert found.header.issuer is not None
    assert found.header.subject is not None
    assert (found.header.kind.value, found.header.issuer.value) == ("thông báo", "Sở Xây dựng")
    assert found.header.subject.value == "rà soát chung cư cũ năm 2024"
    assert [[body.text for body in task.responsible] for task in found.tasks] == [["Phòng Quản lý đô thị các quận"]]
    assert [str(each.date) for task in found.tasks for each in task.deadlines] == ["2024-06-20"]


@pytest.mark.parametrize(
    "text",
    [
        NOTICE.replace("Trân trọng./.", "Việc rà soát sẽ xong trong quý III."),
        NOTICE.replace("Sở Xây dựng kính đề nghị", "Sở Xây dựng cho biết, đã đề nghị"),
        NOTICE.replace("Sở Xây dựng kính đề nghị", "phóng viên được biết, Sở Xây dựng đề nghị"),
        NOTICE.replace("Sở Xây dựng thông báo", "Người dân mong chờ thông báo"),
        NOTICE.replace("Sở Xây dựng kính đề nghị", "các nhà thầu đề nghị"),
    ],
)
def test_news_under_such_a_headline_stays_news(text: str) -> None:
    found = page(text)
    assert found.header.kind is not None
    assert found.header.kind.value == "khác"
    assert not found.tasks
