"""Those of a group whom a letter singles out by how they stand, and names."""

from __future__ import annotations

import pytest

from nlp.dispatch import understand
from nlp.duties import singled_out
from nlp.lexicon import toml
from nlp.reading import page_of_string
from tests.nlp.letters import PLAIN


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Đối với một số huyện có tỷ lệ thu thấp như: UBND huyện Tam Nông (12%), Tân Hồng (15%) khẩn trương rà soát.", ["UBND huyện Tam Nông", "UBND huyện Tân Hồng"]),
        ("Đối với các huyện còn nợ văn bản: Tam Nông, Tân Hồng, đề nghị gửi trước ngày 05/6.", ["huyện Tam Nông", "huyện Tân Hồng"]),
        ("Các xã chưa đạt chuẩn (Phú Cường, Phú Hiệp) phải hoàn thành trong năm 2022.", ["xã Phú Cường", "xã Phú Hiệp"]),
        ("Đề nghị các đơn vị chậm báo cáo (Sở Y tế, Sở Công Thương) khẩn trương hoàn thành.", ["Sở Y tế", "Sở Công Thương"]),
        ("Sở Nội vụ yêu cầu 03 cơ quan chưa gửi hồ sơ gồm Sở Y tế, Sở Công Thương và Thanh tra tỉnh nộp hồ sơ.", ["Sở Y tế", "Sở Công Thương", "Thanh tra tỉnh"]),
    ],
)
def test_who_is_named(text: str, names: list[str]) -> None:
    assert [body.text for body in singled_out(text)] == names
    for body in singled_out(text):
        assert text[body.evidence.start : body.evidence.end] in body.text


@pytest.mark.parametrize(
    "text",
    [
        "Đối với các huyện có vi phạm: Tam Nông, Tân Hồng, đề nghị xử lý nghiêm.",
        "Các đơn vị chưa gửi báo cáo (Sở Y tế, Sở Công Thương) bị nhắc nhở.",
        "Các đơn vị có nhu cầu: liên hệ Sở Y tế, gửi hồ sơ.",
        "Các Sở: Y tế, Công Thương báo cáo.",
        "Sở Y tế (cơ quan thường trực) báo cáo.",
        "Các trường có dưới 10 lớp được bố trí 01 phó hiệu trưởng.",
    ],
)
def test_who_is_not_told(text: str) -> None:
    assert singled_out(text) == ()


def test_the_words_keep_their_examples() -> None:
    words = toml("duty_words.toml")["singled_out"]
    assert singled_out(words["yes"] + " báo cáo giải trình.")
    assert not singled_out(words["no"])


def test_in_a_letter_they_are_the_doers_and_the_day_is_theirs() -> None:
    letter = PLAIN.replace(
        "Thực hiện Kế hoạch",
        "Đối với các huyện chưa nộp báo cáo: Tam Nông, Tân Hồng, đề nghị nộp về Sở Nội vụ trước ngày 20/5/2022.\n\nThực hiện Kế hoạch",
    )
    task = understand([page_of_string(letter)])[0].tasks[0]
    assert [body.text for body in task.responsible] == ["huyện Tam Nông", "huyện Tân Hồng"]
    assert [str(deadline.date) for deadline in task.deadlines] == ["2022-05-20"]
