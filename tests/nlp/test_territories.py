"""Territories that stand for their authorities: a doer where a verb of doing follows, no body elsewhere."""

import pytest

from nlp.bodies import find_bodies
from nlp.duties import read_responsible


def doers(text: str) -> list[str]:
    named = read_responsible(text)
    return [body.text for body in named[0]] if named else []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Xã An Hòa khẩn trương tiêu hủy gia súc mắc bệnh.", ["Xã An Hòa"]),
        ("Thành phố Hải Phòng và tỉnh Thái Bình phối hợp kiểm tra đê.", ["Thành phố Hải Phòng", "tỉnh Thái Bình"]),
        ("Huyện Tủa Chùa, Mường Chà rà soát các hộ vùng sạt lở.", ["Huyện Tủa Chùa", "Huyện Mường Chà"]),
        ("Giao huyện Tân Sơn xây dựng phương án tiêu thụ chè.", ["huyện Tân Sơn"]),
        ("Yêu cầu các huyện Tân Sơn, Thanh Sơn khẩn trương khắc phục.", ["huyện Tân Sơn", "huyện Thanh Sơn"]),
        (
            "Các huyện: Tân Sơn, Yên Lập và thị xã Phú Thọ báo cáo trước ngày 12/5.",
            ["huyện Tân Sơn", "huyện Yên Lập", "thị xã Phú Thọ"],
        ),
        ("Về giải phóng mặt bằng, huyện Tân Sơn hoàn thành trong tháng 6.", ["huyện Tân Sơn"]),
    ],
)
def test_named_territories_before_a_verb_of_doing_are_doers(text: str, expected: list[str]) -> None:
    assert doers(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Xã An Hòa là xã đầu tiên đạt chuẩn nông thôn mới.",
        "Huyện Tân Sơn có 12 xã bị thiệt hại.",
        "Tỉnh Phú Thọ đã triển khai tốt các giải pháp.",
        "Thành phố Việt Trì bị ngập nhiều tuyến phố.",
        "Tại xã An Hòa, lợn mắc bệnh được phát hiện ngày 12/3.",
    ],
)
def test_a_territory_that_is_told_of_does_nothing(text: str) -> None:
    assert doers(text) == []


def test_a_place_in_running_text_is_no_body() -> None:
    assert find_bodies("Dịch xảy ra tại xã An Hòa, huyện Tân Sơn.") == ()
