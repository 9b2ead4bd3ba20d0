"""Letters that pass on what another has said, short names given in brackets, what a heading's list is about, how a letter closes."""

from __future__ import annotations

from datetime import date

import pytest

from nlp.tasks import find_tasks
from nlp.tasks.urging import only_urges
from nlp.types import Evidence, Named, Task

SENT_TO = tuple(Named(name, Evidence(0, 0, "test")) for name in ("Các bộ, cơ quan trung ương", "Ủy ban nhân dân các tỉnh"))
BOTH = [body.text for body in SENT_TO]
TOLD = "Sở Y tế nhận được Công văn số 52/BYT-DP ngày 04/4/2024 của Bộ Y tế về phòng dịch.\n"


def tasks(body: str, issuer: str = "Sở Y tế") -> list[Task]:
    return [task for task in find_tasks(body, issuer=issuer, addressees=SENT_TO, issued_on=date(2024, 5, 6)) if not task.optional]


def doers(found: list[Task]) -> list[list[str]]:
    return [[body.text for body in task.responsible] for task in found]


@pytest.mark.parametrize(
    "sentence",
    [
        "Sở Y tế xin thông báo và đề nghị Quý Cơ quan tổ chức thực hiện theo ý kiến chỉ đạo của Bộ Y tế.",
        "Sở Y tế chuyển văn bản trên và đề nghị các đơn vị triển khai thực hiện theo chỉ đạo của Bộ Y tế.",
        "Đề nghị các đơn vị thực hiện nghiêm theo nội dung Công văn số 52/BYT-DP của Bộ Y tế.",
        "Sở Y tế sao gửi và đề nghị Quý Bộ/Cơ quan thực hiện đúng hướng dẫn của Bộ Y tế.",
    ],
)
def test_a_letter_that_only_passes_on_wants_it_carried_out(sentence: str) -> None:
    assert doers(tasks(f"{TOLD}{sentence}\n")) == [BOTH]


@pytest.mark.parametrize(
    "body",
    [
        f"{TOLD}Sở Y tế đề nghị các đơn vị triển khai thực hiện.\n",
        f"{TOLD}Đề nghị các đơn vị nghiêm túc thực hiện Công văn này.\n",
        f"{TOLD}Sở Y tế thông báo để các đơn vị biết, thực hiện.\n",
        f"{TOLD}Đề nghị các đơn vị triển khai thực hiện các nội dung trên.\n",
    ],
)
def test_what_only_urges_is_no_duty(body: str) -> None:
    assert tasks(body) == []


@pytest.mark.parametrize(
    ("words", "urges"),
    [
        ("Thường trực HĐND, các Ban HĐND và đại biểu HĐND huyện theo chức năng, nhiệm vụ giám sát việc thực hiện Nghị quyết này.", False),
        ("Thanh tra huyện căn cứ chức năng, nhiệm vụ tăng cường kiểm tra việc thực hiện Chỉ thị này.", False),
        ("Phòng Nội vụ căn cứ chức năng, nhiệm vụ triển khai thực hiện Quyết định này.", True),
        ("Các phòng theo chức năng, nhiệm vụ theo dõi, đôn đốc việc thực hiện Chỉ thị này.", True),
        ("Bảo đảm đường truyền, máy quét; đôn đốc các tổ thực hiện đúng tiến độ.", False),
        ("Báo để các đơn vị biết, thực hiện.", True),
    ],
)
def test_who_watches_by_his_office_has_a_duty(words: str, urges: bool) -> None:
    assert only_urges(words) is urges


def test_beside_a_list_it_only_urges() -> None:
    found = tasks(f"{TOLD}Sở Y tế đề nghị các đơn vị:\n1. Rà soát cơ số thuốc.\n2. Phun hóa chất.\n\nĐề nghị các đơn vị triển khai thực hiện theo chỉ đạo của Bộ Y tế./.\n")
    assert [task.label for task in found] == ["1", "2"]


LIST = "Sở Y tế đề nghị các bộ, cơ quan trung ương (sau đây gọi là {short}) và Ủy ban nhân dân các tỉnh thực hiện:\n1. {named} rà soát kho thuốc.\n"


@pytest.mark.parametrize(
    ("short", "named", "who"),
    [
        ("Bộ, cơ quan", "Các Bộ, cơ quan", BOTH[:1]),
        ("cơ quan chủ quản", "Các cơ quan chủ quản", BOTH[:1]),
        ("bộ quản lý ngành", "Bộ quản lý ngành", BOTH[:1]),
        ("các đơn vị chủ quản", "Các đơn vị chủ quản", BOTH[:1]),
        # other names
        ("cơ quan chủ quản", "Các cơ quan báo chí", ["Các cơ quan báo chí"]),
        ("cơ quan chủ quản", "Cục Quản lý Dược", ["Cục Quản lý Dược"]),
        ("bộ quản lý ngành", "Bộ Công an", ["Bộ Công an"]),
        ("các đơn vị chủ quản", "Các đơn vị kiểm nghiệm", ["Các đơn vị kiểm nghiệm"]),
    ],
)
def test_a_short_name_stands_for_the_addressee_it_was_given_to(short: str, named: str, who: list[str]) -> None:
    assert doers(tasks(LIST.format(short=short, named=named))) == [who]


def test_a_short_name_in_a_heading_stands_for_it_below() -> None:
    body = LIST.format(short="Bộ, cơ quan", named="Các Bộ, cơ quan và Sở Nội vụ có trách nhiệm thực hiện:\na) Lập danh mục.\nb)")
    assert doers(tasks(body)) == [[BOTH[0], "Sở Nội vụ"], [BOTH[0], "Sở Nội vụ"]]


@pytest.mark.parametrize(
    "end",
    ["giao theo các hình thức sau:", "ưu tiên đối với các trường hợp sau:", "xét theo những tiêu chí sau:", "đặt tại các địa điểm sau:"],
)
def test_forms_and_cases_below_a_duty_are_what_it_is_about(end: str) -> None:
    found = tasks(f"Sở Y tế đề nghị các đơn vị:\n1. Rà soát máy thở, {end}\n(i) Giao theo hợp đồng.\n(ii) Giao theo lượt.\n2. Lập sổ theo dõi.\n")
    assert [task.label for task in found] == ["1", "2"]


@pytest.mark.parametrize("end", ["tập trung các việc sau:", "thực hiện các biện pháp sau:", "chú ý một số nội dung sau:", "theo các nhiệm vụ sau:"])
def test_works_below_a_duty_are_duties(end: str) -> None:
    found = tasks(f"Sở Y tế đề nghị các đơn vị:\n1. Rà soát máy thở, {end}\n(i) Giao máy theo hợp đồng.\n(ii) Lập biên bản.\n2. Lập sổ theo dõi.\n")
    assert [task.label for task in found][-3:] == ["1.i", "1.ii", "2"]


@pytest.mark.parametrize(
    "closing",
    ["Mong nhận được sự quan tâm, phối hợp của Quý Cơ quan./.", "Rất mong sự hợp tác của các đơn vị./.", "Mong các đơn vị quan tâm, phối hợp.", "Mong quý cơ quan hợp tác./."],
)
def test_a_closing_hope_belongs_to_no_item(closing: str) -> None:
    found = tasks(f"Sở Y tế đề nghị:\n1. Các bộ, cơ quan trung ương:\na) Rà soát kho thuốc.\nb) Lập sổ theo dõi.\n\n{closing}\n")
    assert [task.label for task in found] == ["1.a", "1.b"]
