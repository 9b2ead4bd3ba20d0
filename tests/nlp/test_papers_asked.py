"""Papers a letter asks for in its last sentences, and who gets them."""

from __future__ import annotations

from datetime import date

import pytest

from nlp.reporting import read_reporting
from nlp.tasks import find_tasks
from nlp.types import Evidence, Named, Task

SENT_TO = tuple(Named(name, Evidence(0, 0, "test")) for name in ("Các phòng, ban", "UBND các xã"))
LIST = "UBND huyện đề nghị các đơn vị thực hiện:\n1. Rà soát quy hoạch.\n2. Tham gia ý kiến.\n\n"


def tasks(closing: str) -> list[Task]:
    found = find_tasks(LIST + closing, issuer="UBND huyện Tân Khê", addressees=SENT_TO, issued_on=date(2024, 5, 6))
    return [task for task in found if not task.optional]


@pytest.mark.parametrize(
    "closing",
    [
        "Ý kiến xin gửi về Phòng Nội vụ (Tổ Cải cách) để tổng hợp, báo cáo UBND tỉnh.",
        "Báo cáo đề nghị gửi về UBND huyện qua Phòng Nội vụ để theo dõi.",
        "Văn bản góp ý xin gửi về Sở Tư pháp trước ngày ./6/2024 để tổng hợp.",
        "Kết quả thực hiện yêu cầu gửi bằng văn bản về Kho bạc Nhà nước huyện để tổng hợp.",
        "Văn bản phải được gửi về Tổng cục Thuế để cấp tài khoản.",
        "Báo cáo gửi về Phòng Nội vụ trước ngày 15/6/2024.",
    ],
)
def test_a_paper_asked_for_is_a_duty_of_all_without_a_label(closing: str) -> None:
    found = tasks(closing)
    assert [task.label for task in found] == ["1", "2", None]
    assert [body.text for body in found[-1].responsible] == ["Các phòng, ban", "UBND các xã"]


@pytest.mark.parametrize(
    "closing",
    [
        "Ý kiến của các đơn vị gửi về Sở đã được tổng hợp.",
        "Văn bản góp ý xin gửi kèm theo.",
        "Báo cáo gửi về muộn sẽ không được tổng hợp.",
        "Ý kiến về khó khăn, vướng mắc xin gửi về Phòng Nội vụ để được giải đáp.",
        "Thông tin chi tiết xin liên hệ Phòng Nội vụ.",
    ],
)
def test_a_paper_spoken_of_is_none(closing: str) -> None:
    assert [task.label for task in tasks(closing)] == ["1", "2"]


def test_a_paragraph_below_a_title_on_reports_belongs_to_it() -> None:
    found = tasks("3. Chế độ báo cáo\nBáo cáo kết quả gửi về Phòng Nội vụ trước ngày 15/6/2024.")
    assert [task.label for task in found] == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("text", "receiver"),
    [
        ("Gửi số liệu về Sở Tài chính trước ngày 15/6 để tổng hợp, báo cáo UBND tỉnh, báo cáo Bộ Tài chính.", "Sở Tài chính"),
        ("Báo cáo Sở Y tế để tổng hợp, báo cáo UBND tỉnh và báo cáo Bộ Y tế.", "Sở Y tế"),
        ("Gửi báo cáo về Cục Thuế để theo dõi, báo cáo Bộ Tài chính, báo cáo Chính phủ.", "Cục Thuế"),
        ("Tổng hợp kết quả gửi Sở Nội vụ để báo cáo UBND tỉnh, và báo cáo Bộ Nội vụ.", "Sở Nội vụ"),
        # not of the purpose
        ("Báo cáo Sở Y tế, báo cáo UBND tỉnh trước ngày 15/6.", "Sở Y tế; UBND tỉnh"),
        ("Gửi Sở Y tế để theo dõi; báo cáo UBND tỉnh kết quả.", "Sở Y tế; UBND tỉnh"),
        ("Rà soát để báo cáo UBND tỉnh, đồng thời báo cáo Sở Y tế.", "Sở Y tế"),
        ("Lập danh sách để quản lý, báo cáo Sở Nội vụ trước ngày 15/6.", "Sở Nội vụ"),
    ],
)
def test_what_goes_on_with_a_purpose_names_no_receiver(text: str, receiver: str) -> None:
    found = read_reporting(text).to
    assert found is not None
    assert found.text == receiver


@pytest.mark.parametrize(
    ("text", "receiver"),
    [
        ("Lập danh sách và gửi các cơ quan theo quy định của pháp luật về tiêu chuẩn.", None),
        ("Lập hồ sơ, gửi cơ quan có liên quan theo quy định.", None),
        ("Ghi sổ và nộp các đơn vị chức năng theo quy định của Luật Lưu trữ.", None),
        ("In biểu, gửi các bên liên quan theo quy định.", None),
        ("Gửi báo cáo các cơ quan liên quan để tổng hợp.", "các cơ quan liên quan"),
        ("Gửi báo cáo về Sở Y tế theo quy định.", "Sở Y tế"),
        ("Báo cáo cấp có thẩm quyền theo quy định.", "cấp có thẩm quyền"),
        ("Cập nhật danh mục gửi Bộ Y tế, bộ quản lý ngành, lĩnh vực liên quan để tổng hợp.", "Bộ Y tế, bộ quản lý ngành, lĩnh vực liên quan"),
    ],
)
def test_whoever_the_law_names_gets_no_report(text: str, receiver: str | None) -> None:
    found = read_reporting(text).to
    assert (found.text if found else None) == receiver
