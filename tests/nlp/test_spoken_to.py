"""The one a letter is sent to, spoken to by a common noun: "đề nghị đơn vị kiểm tra …", "quý Công ty …"."""

from __future__ import annotations

import pytest

from nlp.dispatch import understand
from nlp.reading import page_of_string
from nlp.types import Task
from tests.nlp.letters import PLAIN

ADDRESS = PLAIN[PLAIN.index("- Các sở, ban") : PLAIN.index("\n\nThực hiện Kế hoạch")]
BODY = PLAIN[PLAIN.index("Thực hiện Kế hoạch") : PLAIN.index("\n\nNơi nhận")]


def tasks(address: str, body: str) -> tuple[Task, ...]:
    return understand([page_of_string(PLAIN.replace(ADDRESS, address).replace(BODY, body))])[0].tasks


COMPANY = "- Công ty Cổ phần Bia Bình Lâm;\n- Sở Y tế."


@pytest.mark.parametrize(
    ("body", "doers"),
    [
        ("Nhận được công văn này, đề nghị đơn vị kiểm tra, xác nhận, có văn bản gửi Sở Nội vụ trước ngày 20/5/2022.", ["Công ty Cổ phần Bia Bình Lâm", "Sở Y tế"]),
        ("Sở Nội vụ yêu cầu công ty báo cáo giải trình trước ngày 20/5/2022.", ["Công ty Cổ phần Bia Bình Lâm"]),
        ("Đề nghị quý Công ty gửi báo cáo về Sở Nội vụ trước ngày 20/5/2022.", ["Công ty Cổ phần Bia Bình Lâm"]),
        ("Để có số liệu tổng hợp, đề nghị cơ quan gửi báo cáo trước ngày 20/5/2022.", ["Công ty Cổ phần Bia Bình Lâm", "Sở Y tế"]),
    ],
)
def test_the_addressees_are_meant(body: str, doers: list[str]) -> None:
    [task] = tasks(COMPANY, body)
    assert [each.text for each in task.responsible] == doers
    assert [str(each.date) for each in task.deadlines] == ["2022-05-20"]


@pytest.mark.parametrize(
    "body",
    [
        "Việc lập hồ sơ do đề nghị đơn vị tư vấn lập hồ sơ mà có.",
        "Tòa án nhân dân tỉnh yêu cầu công ty bồi thường cho người lao động theo bản án.",
        "Sở Nội vụ đã yêu cầu đơn vị báo cáo nhưng đến nay chưa nhận được báo cáo nào.",
        "Theo đề nghị của đơn vị, Sở Nội vụ đã đồng ý cho đơn vị tổ chức lễ hội.",
    ],
)
def test_what_is_only_told_is_no_task(body: str) -> None:
    assert tasks(COMPANY, body) == ()
