"""A list inside a quotation is none of the letter's own; the orders behind it stand by themselves."""

from __future__ import annotations

from datetime import date

import pytest

from nlp.outline import outline
from nlp.tasks import find_tasks
from nlp.types import Evidence, Named, Task
from tests.nlp.growth import grows_with_the_length

SENT_TO = (Named("UBND các xã", Evidence(0, 0, "test")),)
ORDERS = """Về việc này, Chủ tịch UBND huyện giao Phòng Tài nguyên và Môi trường kiểm tra, xử lý trước ngày 10/3/2024.
UBND xã Hòa An dừng tiếp nhận rác tại bãi thôn Trung.
Phòng Văn hóa và Thông tin cung cấp thông tin cho báo chí./.
"""


def tasks(body: str) -> list[Task]:
    return list(find_tasks(body, issuer="UBND huyện Tân Khê", addressees=SENT_TO, issued_on=date(2024, 2, 1)))


@pytest.mark.parametrize(
    "quoted",
    [
        "“1. Bãi rác thôn Trung gây ô nhiễm;\n2. Nước thải chảy ra kênh N2.”",
        "“a) Giao UBND xã đóng bãi rác;\nb) Giao công an xã lập biên bản;\nc) Yêu cầu chủ trại lợn di dời.”",
        "“- Đề nghị đóng cửa bãi rác;\n- Đề nghị đền bù cho 12 hộ dân”.",
        "“1. Người dân gọi kênh N2 là “kênh đen”;\n2. Nước giếng không dùng được.”",
    ],
)
def test_orders_behind_a_quoted_list(quoted: str) -> None:
    found = tasks(f"Đài Phát thanh huyện phản ánh ý kiến của người dân như sau:\n{quoted}\n{ORDERS}")
    assert [(task.label, [body.text for body in task.responsible]) for task in found] == [
        (None, ["Phòng Tài nguyên và Môi trường"]),
        (None, ["UBND xã Hòa An"]),
        (None, ["Phòng Văn hóa và Thông tin"]),
    ]


LIST = "1. Giao Phòng Nội vụ rà soát biên chế.\n2. Giao Phòng Tài chính bố trí kinh phí."


@pytest.mark.parametrize(
    "body",
    [
        f"UBND huyện có ý kiến như sau:\n{LIST}\n",
        # a mark that is never closed is a misreading
        f"UBND huyện có ý kiến như sau:\n“{LIST}\n",
        # the quotation is over on its own line
        f"Thực hiện phong trào\n“Sạch nhà, đẹp ngõ” năm 2024, UBND huyện yêu cầu:\n{LIST}\n",
        # the whole text stands in quotation marks
        f"“UBND huyện có ý kiến như sau:\n{LIST}”\n",
    ],
)
def test_a_list_that_is_not_quoted_is_the_letter_s_own(body: str) -> None:
    assert [item.path[-1] for item in outline(body).items][-1] == "2"
    assert len(tasks(body)) >= 1


@pytest.mark.parametrize("unit", ["“1. A\n", "“1. A\n2. B”\n", "“\n", "1. “A\n2. B\n”"])
def test_quotations_are_read_in_time_by_the_length(unit: str) -> None:
    assert grows_with_the_length(outline, unit, 40_000)
