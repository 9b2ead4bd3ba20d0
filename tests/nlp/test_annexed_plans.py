"""Plans in the appendix of the decision that promulgates them: their tasks are the decision's, with their printed labels."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.types import Page
from nlp.annexed_plans import names_plan, titled
from nlp.dispatch import understand
from nlp.lexicon import toml
from nlp.normalise import fold
from nlp.reading import page_of_string
from nlp.rows import rows
from nlp.types import Dispatch

DECISION = """ỦY BAN NHÂN DÂN
TỈNH BÌNH LÂM

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 312/QĐ-UBND
Bình Lâm, ngày 11 tháng 3 năm 2024

QUYẾT ĐỊNH
Ban hành Kế hoạch trồng cây phân tán năm 2024

CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH

Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;
Theo đề nghị của Giám đốc Sở Nông nghiệp và Phát triển nông thôn.

QUYẾT ĐỊNH:

Điều 1. Ban hành kèm theo Quyết định này Kế hoạch trồng cây phân tán năm 2024.
Điều 2. Quyết định này có hiệu lực kể từ ngày ký.
Điều 3. Chánh Văn phòng UBND tỉnh, Giám đốc các Sở và Chủ tịch UBND các huyện chịu trách nhiệm thi hành Quyết định này./.

Nơi nhận:
- Như Điều 3;
- Lưu: VT, NN.

CHỦ TỊCH

Trần Văn Hoàng
"""
PLAN = """I. MỤC ĐÍCH, YÊU CẦU
1. Nâng cao ý thức của người dân về trồng và giữ cây xanh.
2. Các cấp, các ngành xác định trồng cây là việc thường xuyên.
II. NHIỆM VỤ
1. Trồng cây ven đường liên xã, mỗi xã ít nhất 500 cây.
- Cơ quan thực hiện: Sở Nông nghiệp và Phát triển nông thôn chủ trì, phối hợp với Sở Giao thông vận tải; các huyện, thành phố.
- Thời gian thực hiện: Hoàn thành trong quý II/2024.
2. Rà soát quỹ đất trồng cây theo Kế hoạch số 77/KH-UBND ngày 05/02/2024 của UBND tỉnh.
- Cơ quan thực hiện: Sở Tài nguyên và Môi trường.
- Thời gian thực hiện: Tháng 5/2024.
III. TỔ CHỨC THỰC HIỆN
1. Sở Tài chính: Bố trí kinh phí mua cây giống.
2. UBND các huyện, thành phố
- Giao chỉ tiêu trồng cây cho từng xã.
- Báo cáo kết quả về Sở Nông nghiệp và Phát triển nông thôn trước ngày 30/11/2024.
"""
BRACKET = "(Ban hành kèm theo Quyết định số 312/QĐ-UBND ngày 11/3/2024 của Chủ tịch UBND tỉnh Bình Lâm)"
LABELS = ["II.1", "II.2", "III.1", "III.2.-1", "III.2.-2"]


def read(text: str, number: int) -> Page:
    return replace(page_of_string(text, number), source="ocr", width=595.0, height=842.0)


def letter(annex: str, pages: bool = False, decision: str = DECISION) -> Dispatch:
    """The decision and its appendix, on one run of text or on two pages."""
    if pages:
        return understand((read(decision, 1), read(annex, 2)))[0]
    return understand((page_of_string(f"{decision}\n{annex}"),))[0]


def labels(found: Dispatch) -> list[str | None]:
    return [task.label for task in found.tasks if not task.optional and not (task.label or "").startswith("Điều")]


@pytest.mark.parametrize("pages", [False, True], ids=["one text", "two pages"])
@pytest.mark.parametrize(
    "title",
    [
        f"KẾ HOẠCH\nTrồng cây phân tán năm 2024\n{BRACKET}",
        f"KẾ HOẠCH TRỒNG CÂY PHÂN TÁN NĂM 2024 {BRACKET}",
        f"CHƯƠNG TRÌNH HÀNH ĐỘNG\nTRỒNG CÂY PHÂN TÁN\nNĂM 2024\n{BRACKET[:48]}\n{BRACKET[48:]}",
        f"ĐỀ ÁN\nPhát triển cây xanh đến năm 2025\n{BRACKET.replace('Ban hành kèm', 'Kèm')}",
        f"PHƯƠNG ÁN\nTRỒNG CÂY PHÂN TÁN\n{BRACKET}",
        f"ỦY BAN NHÂN DÂN\nTỈNH BÌNH LÂM\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nKẾ HOẠCH\nTrồng cây phân tán năm 2024\n{BRACKET}",
        f"PHỤ LỤC\nKẾ HOẠCH TRỒNG CÂY PHÂN TÁN NĂM 2024\n{BRACKET}",
        "KẾ HOẠCH\nTRỒNG CÂY PHÂN TÁN NĂM 2024",
    ],
)  # fmt: skip
def test_the_tasks_of_a_promulgated_plan_are_the_decisions(title: str, pages: bool) -> None:
    found = letter(f"{title}\n\n{PLAN}", pages)
    assert labels(found) == LABELS
    first, second, money, *last = [task for task in found.tasks if task.label in LABELS]
    assert [body.text for body in first.responsible] == ["Sở Nông nghiệp và Phát triển nông thôn"]
    assert [body.text for body in first.coordinating] == ["Sở Giao thông vận tải", "các huyện, thành phố"]
    assert [str(each.date) for each in first.deadlines] == ["2024-06-30"]
    assert [str(each.date) for each in second.deadlines] == ["2024-05-31"]
    assert [body.text for body in money.responsible] == ["Sở Tài chính"]
    assert [[body.text for body in task.responsible] for task in last] == [["UBND các huyện, thành phố"]] * 2
    assert found.header.kind is not None
    assert (found.header.kind.value, found.header.number and found.header.number.value) == ("quyết định", "312")
    assert "77" in {each.number for each in found.references}


@pytest.mark.parametrize("pages", [False, True], ids=["one text", "two pages"])
@pytest.mark.parametrize(
    "annex",
    [
        f"QUY CHẾ\nPhối hợp trồng cây phân tán\n{BRACKET}",
        f"QUY ĐỊNH\nVề chương trình trồng cây phân tán\n{BRACKET}",
        f"DANH MỤC\nCÁC KẾ HOẠCH TRỒNG CÂY\n{BRACKET}",
        f"PHỤ LỤC\nQUY TRÌNH TRỒNG CÂY\n{BRACKET}",
        f"MẪU KẾ HOẠCH TRỒNG CÂY\n{BRACKET}",
        f"HƯỚNG DẪN\nLập kế hoạch trồng cây\n{BRACKET}",
        f"CHƯƠNG TRÌNH ĐÀO TẠO TRÌNH ĐỘ SƠ CẤP\nNghề: Trồng cây\n{BRACKET}",
    ],
)
def test_other_annexes_give_no_tasks(annex: str, pages: bool) -> None:
    assert labels(letter(f"{annex}\n\n{PLAN}", pages)) == []


@pytest.mark.parametrize("behind", ["PHỤ LỤC\nBIỂU TỔNG HỢP", f"QUY CHẾ\nQuản lý cây giống\n{BRACKET}"])
def test_a_plan_ends_where_another_annex_begins(behind: str) -> None:
    found = letter(f"KẾ HOẠCH\nTrồng cây năm 2024\n{BRACKET}\n\n{PLAN}\n{behind}\n1. Sở Y tế báo cáo UBND tỉnh trước ngày 15/12/2024.\n")
    assert labels(found) == LABELS


def test_a_plan_behind_another_annex_is_read() -> None:
    found = letter(f"QUY CHẾ\nQuản lý cây giống\n{BRACKET}\n\n1. Sở Y tế báo cáo UBND tỉnh.\n\nKẾ HOẠCH\nTrồng cây năm 2024\n{BRACKET}\n\n{PLAN}")
    assert labels(found) == LABELS


def test_a_plans_own_signature_is_no_part_of_it() -> None:
    found = letter(f"KẾ HOẠCH\nTrồng cây năm 2024\n{BRACKET}\n\n{PLAN}\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nLê Thị Hồng\n")
    assert labels(found) == LABELS
    assert found.tasks[-1].text.endswith("30/11/2024.")


def test_what_is_sent_along_with_a_letter_that_promulgates_nothing_gives_no_tasks() -> None:
    notice = DECISION.replace("312/QĐ-UBND", "312/TB-UBND").replace("QUYẾT ĐỊNH\nBan hành", "THÔNG BÁO\nVề")
    assert not set(labels(letter(f"KẾ HOẠCH\nTrồng cây năm 2024\n{BRACKET}\n\n{PLAN}", decision=notice))) & set(LABELS)


@pytest.mark.parametrize(
    ("lines", "begins"),
    [
        ("KẾ HOẠCH\nTrồng cây\n(Ban hành kèm theo Quyết định số 3/QĐ-UBND ngày 01/02/2024)", True),
        ("Kế hoạch trồng cây\n(Ban hành kèm theo Quyết định số 3/QĐ-UBND\nngày 01/02/2024)", True),
        ("KẾ HOẠCH TRỒNG CÂY (Kèm theo Quyết định số 3/QĐ-UBND)", True),
        ("QUY CHẾ\nPHỐI HỢP\nBan hành kèm theo Quyết định số 3/QĐ-UBND", True),
        ("ĐỀ ÁN\nTRỒNG CÂY\n(Ban hành theo Quyết định số 3/QĐ-UBND)", True),
        ("PHƯƠNG ÁN\nTRỒNG CÂY\n(Được phê duyệt tại Quyết định số 3/QĐ-UBND)", True),
        ("PHƯƠNG ÁN\nTRỒNG CÂY\n(Theo Quyết định số 3/QĐ-UBND)", False),
        ("Ban hành kèm theo Quyết định số 3/QĐ-UBND", False),
        ("Hướng dẫn các xã trồng cây theo mẫu (kèm theo Quyết định số 3/QĐ-UBND)", False),
        ("Báo cáo UBND tỉnh theo mẫu (kèm theo Quyết định số 3/QĐ-UBND) trước ngày 30/6/2024.", False),
        ("Kế hoạch đã giao\nTrồng theo mẫu (kèm theo Quyết định số 3/QĐ-UBND).", False),
        ("Chương trình công tác\n(kèm theo Quyết định số 3/QĐ-UBND) và các văn bản khác", False),
        ("Kế hoạch được giao như sau:\n(kèm theo Quyết định số 3/QĐ-UBND)", False),
    ],
)
def test_what_begins_the_title_of_an_annex(lines: str, begins: bool) -> None:
    assert titled(rows(lines), 0) is begins


def test_the_words_of_titles_are_what_their_examples_say() -> None:
    data = toml("annexed_plans.toml")["plans"]
    assert [title for title in data["yes"] if not names_plan(fold(title))] == []
    assert [title for title in data["no"] if names_plan(fold(title))] == []
