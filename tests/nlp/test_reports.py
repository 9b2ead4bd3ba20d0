"""Who gets a report: what the doer itself reports, and papers that are sent and are no report."""

from __future__ import annotations

import pytest

from nlp.directives import folded
from nlp.duties import read_responsible
from nlp.lexicon import toml
from nlp.papers import sends_papers
from nlp.reporting import read_reporting
from nlp.tasks import find_tasks
from tests.nlp.growth import grows_with_the_length


def receiver(text: str) -> str | None:
    found = read_reporting(text).to
    return found.text if found else None


@pytest.mark.parametrize(
    ("text", "to"),
    [
        ("Giao Sở Xây dựng có ý kiến về đề xuất của UBND huyện Hòa An để báo cáo Chủ tịch UBND tỉnh.", "Chủ tịch UBND tỉnh"),
        ("Giao Bộ Tài chính cho ý kiến trước ngày 10/5/2024 để báo cáo Thủ tướng Chính phủ.", "Thủ tướng Chính phủ"),
        ("Giao Sở Y tế tổng hợp, báo cáo UBND tỉnh xem xét, quyết định.", "UBND tỉnh"),
        ("Yêu cầu Thanh tra tỉnh làm rõ nội dung phản ánh để báo cáo Tỉnh ủy trong tháng 3/2024.", "Tỉnh ủy"),
        ("Sở Nội vụ rà soát, đề xuất phương án, báo cáo Chủ tịch UBND tỉnh.", "Chủ tịch UBND tỉnh"),
        ("Gửi báo cáo về: Sở Nội vụ - Tầng 8, Trung tâm Hành chính tỉnh trước ngày 08/6/2022.", "Sở Nội vụ"),
        ("Gửi báo cáo về theo địa chỉ: Phòng Tổ chức, số 12 đường Trần Phú.", "Phòng Tổ chức"),
        ("Báo cáo UBND tỉnh, Cục Trồng trọt trước ngày 08/6/2022.", "UBND tỉnh, Cục Trồng trọt"),
        ("Báo cáo Kho bạc Nhà nước Trung ương chậm nhất ngày 08/6/2022.", "Kho bạc Nhà nước Trung ương"),
        ("Báo cáo Phó Thủ tướng, Trưởng Ban Chỉ đạo kết quả thực hiện.", "Phó Thủ tướng, Trưởng Ban Chỉ đạo"),
    ],
)
def test_what_the_doer_itself_must_report(text: str, to: str) -> None:
    assert receiver(text) == to


@pytest.mark.parametrize(
    ("text", "to"),
    [
        ("Gửi ý kiến về Sở Tư pháp trước ngày 10/5/2024 để báo cáo UBND tỉnh.", "Sở Tư pháp"),
        ("Đề nghị các cơ quan cung cấp thông tin vụ việc để báo cáo UBND tỉnh.", None),
        ("Tổng hợp vướng mắc của các xã, có cơ sở để báo cáo UBND tỉnh.", None),
        ("Để báo cáo UBND tỉnh, đề nghị các cơ quan rà soát.", None),
        ("Báo cáo Sở Nội vụ để báo cáo UBND tỉnh.", "Sở Nội vụ"),
    ],
)
def test_a_report_of_somebody_else_behind_the_duty(text: str, to: str | None) -> None:
    assert receiver(text) == to


SENT = toml("reporting.toml")["sent"]


@pytest.mark.parametrize(
    "text",
    [
        *SENT["yes"],
        "Xây dựng kế hoạch của địa phương, gửi về UBND huyện (qua Phòng Nội vụ) trước ngày 20/3/2024.",
        "Lập danh sách cử tri theo mẫu kèm theo, gửi Phòng Nội vụ trước ngày 30/3/2024.",
        "Phân công người trực Tết, gửi lịch trực về Văn phòng UBND tỉnh.",
        "Đề nghị các trường phản hồi danh sách cán bộ đầu mối về Sở Giáo dục và Đào tạo.",
        "Hoàn thiện hồ sơ minh chứng gửi Sở Xây dựng trước ngày 31/8/2024.",
        "Kiểm tra các hộ theo danh sách Sở Xây dựng đã gửi cho Phòng Nội vụ.",
        "Rà soát 12 công trình mà UBND huyện vừa báo cáo Sở Xây dựng.",
        "Dự thảo văn bản, trình Chủ tịch UBND tỉnh ký gửi Bộ Xây dựng trước ngày 28/6/2024.",
        "Soạn phiếu điều tra gửi các đơn vị trước ngày 28/02/2024.",
        "Tổng hợp vướng mắc gửi Sở Xây dựng để nghiên cứu, giải đáp.",
        "Nghiên cứu kiến nghị, có ý kiến bằng văn bản gửi UBND tỉnh Tân Khê để thực hiện.",
        "Đường dây điện bảo UBND huyện an toàn.",
    ],
)
def test_papers_sent_are_no_report(text: str) -> None:
    assert receiver(text) is None


@pytest.mark.parametrize(
    ("text", "to"),
    [
        (SENT["no"][0], "Sở Y tế"),
        (SENT["no"][1], "Sở Y tế"),
        (SENT["no"][2], "Sở Y tế"),
        (SENT["no"][3], "Sở Y tế"),
        (SENT["no"][4], "Sở Y tế"),
        ("Trường hợp không kịp thì báo ngay về Phòng để bố trí học tạm.", "Phòng"),
        ("Hằng ngày điện báo UBND huyện trước 16 giờ.", "UBND huyện"),
        ("Rà soát nhu cầu của các trường, báo cáo Thứ trưởng trước ngày 15/8/2024.", "Thứ trưởng"),
        ("Đề nghị các xã báo cáo Sở Xây dựng ba tháng một lần theo mẫu.", "Sở Xây dựng"),
        ("Báo cáo thỉnh thị Viện kiểm sát nhân dân tối cao phải nêu rõ quan điểm.", "Viện kiểm sát nhân dân tối cao"),
        ("Thống kê số hộ bị ngập, lập danh sách gửi về UBND xã trước 15 giờ.", "UBND xã"),
        ("Lập danh sách doanh nghiệp nợ trên 90 ngày gửi UBND huyện để theo dõi, chỉ đạo.", "UBND huyện"),
        ("Ban hành kế hoạch khắc phục, gửi Sở Nội vụ trước ngày 20/6/2024 làm cơ sở theo dõi.", "Sở Nội vụ"),
        ("Kết quả tự kiểm tra gửi về Công an thành phố trước ngày 31/3/2024.", "Công an thành phố"),
    ],
)
def test_what_is_to_be_summed_up_or_tells_of_the_work_is_a_report(text: str, to: str) -> None:
    assert receiver(text) == to


def test_who_gives_an_opinion_in_writing_is_named_without_it() -> None:
    found = read_responsible("Các đơn vị có ý kiến bằng văn bản gửi Sở Tư pháp để tổng hợp.")
    assert found is not None
    assert [body.text for body in found[0]] == ["Các đơn vị"]


def test_an_order_to_give_an_opinion_is_no_heading() -> None:
    body = "UBND tỉnh có ý kiến như sau:\n1. Giao Sở Xây dựng có ý kiến về đề xuất nêu trên.\n2. Giao Sở Nội vụ rà soát biên chế.\n"
    assert [task.label for task in find_tasks(body, issuer="UBND tỉnh Tân Khê")] == ["1", "2"]


@pytest.mark.parametrize("unit", ["lập kế hoạch, ", "hồ sơ ", "gửi ", "lập danh sách gửi Sở Y tế, "])
def test_what_is_sent_is_read_in_time_by_the_length(unit: str) -> None:
    def read(text: str) -> None:
        plain = folded(text)
        for at in range(0, len(plain), 40):
            sends_papers(plain, (at, at + 3))

    assert grows_with_the_length(read, unit, 20_000)
    assert grows_with_the_length(read_reporting, unit, 12_000)
