"""Aims before those who are bound, and leaders who only say what they think of others."""

from __future__ import annotations

from datetime import date

import pytest

from nlp.directives import subject_after_prefix
from nlp.tasks import find_tasks
from nlp.types import Task


def tasks(body: str, kind: str = "thông báo") -> list[Task]:
    found = find_tasks(body, kind=kind, issuer="Văn phòng Ủy ban nhân dân tỉnh Bình Lâm", addressees=(), issued_on=date(2023, 4, 10))
    return [task for task in found if not task.optional]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Để mở rộng, nâng cấp các bến cá, thời gian tới, các huyện ven biển cần làm tốt các việc sau:", "các huyện ven biển"),
        ("Nhằm phòng ngừa, ngăn chặn cháy rừng, UBND các xã phải tập trung thực hiện các nội dung sau:", "UBND các xã"),
        ("Để thúc đẩy kết nối, chia sẻ dữ liệu, hoàn thành đề án, Sở Nội vụ có trách nhiệm thực hiện:", "Sở Nội vụ"),
        ("Để kịp thời gieo cấy, các trạm bơm phải vận hành hết công suất.", "các trạm bơm"),
    ],
)
def test_the_verbs_of_an_aim_do_not_hide_who_is_bound(text: str, subject: str) -> None:
    span = subject_after_prefix(text)
    assert span is not None
    assert text[slice(*span)] == subject


@pytest.mark.parametrize(
    "text",
    [
        "Rà soát quy hoạch, nâng cấp các bến cá, các huyện cần bến cá mới được bố trí vốn.",
        "Để mở rộng bến cá, nâng cấp luồng lạch theo đề án Sở Giao thông vận tải trình.",
        "Nhằm phòng ngừa cháy rừng, kiểm tra các trạm, báo cáo Chi cục Kiểm lâm tổng hợp.",
        "Đề nghị mở rộng, nâng cấp các bến cá, UBND các xã tổng hợp.",
    ],
)
def test_bodies_behind_a_verb_of_doing_are_objects(text: str) -> None:
    assert subject_after_prefix(text) is None


@pytest.mark.parametrize(
    "opening",
    [
        "Thời gian tới, các sở, ngành cần tập trung triển khai các nhiệm vụ sau:",
        "Để khắc phục hạn hán, giữ nước cho vụ hè thu, các sở, ngành phải thực hiện tốt các việc sau:",
        "Trong quý II, các sở, ngành có trách nhiệm thực hiện các nội dung sau:",
    ],
)
def test_a_heading_that_binds_bodies_behind_an_opening_gives_them_its_list(opening: str) -> None:
    found = tasks(f"1. Về kết quả\nChủ tịch UBND tỉnh ghi nhận cố gắng của các địa phương.\n2. {opening}\na) Rà soát hồ chứa.\nb) Nạo vét kênh mương.\n")
    assert [(task.label, [body.text for body in task.responsible]) for task in found] == [("2.a", ["các sở, ngành"]), ("2.b", ["các sở, ngành"])]


@pytest.mark.parametrize(
    "said",
    [
        "Phó Chủ tịch UBND tỉnh biểu dương các huyện về đích sớm.",
        "Chủ tịch UBND tỉnh ghi nhận, đánh giá cao nỗ lực của Sở Y tế.",
        "Lãnh đạo UBND tỉnh nhiệt liệt hoan nghênh sáng kiến của Tỉnh đoàn.",
        "Chủ tịch UBND tỉnh trân trọng cảm ơn các bộ, ngành đã giúp đỡ.",
    ],
)
def test_praise_of_a_leader_is_no_duty(said: str) -> None:
    found = tasks(f"1. {said}\n2. Giao Sở Tài chính bố trí kinh phí.\n")
    assert [[body.text for body in task.responsible] for task in found] == [["Sở Tài chính"]]


@pytest.mark.parametrize(
    ("told", "doer"),
    [
        ("Sở Nội vụ biểu dương, khen thưởng các tập thể xuất sắc.", "Sở Nội vụ"),
        ("Phòng Văn hóa ghi nhận ý kiến của người dân, báo cáo UBND huyện.", "Phòng Văn hóa"),
    ],
)
def test_praise_that_a_body_is_to_give_is_work(told: str, doer: str) -> None:
    found = tasks(f"1. Giao Sở Tài chính bố trí kinh phí.\n2. {told}\n")
    assert [[body.text for body in task.responsible] for task in found] == [["Sở Tài chính"], [doer]]
