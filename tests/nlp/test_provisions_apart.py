"""Citations as scans give them, and provisions that stand apart from their document."""

from __future__ import annotations

from datetime import date

import pytest

from nlp.references import find_references, resolve
from nlp.references.misread import mend_citations

DAY = date(2023, 3, 1)
LAW = "- Căn cứ Luật Kiến trúc số 40/2019/QH14 ngày 13/6/2019 của Quốc hội:\n\n"


def provisions(text: str) -> list[tuple[str | None, list[str]]]:
    return [(each.code or each.title, list(each.provisions)) for each in resolve(find_references(text), DAY)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (LAW + "+ Khoản 4 Điều 3 quy định: “Kiến trúc sư là người …”", ["khoản 4 Điều 3"]),
        (LAW + "+ Tại điểm a Khoản 2 Điều 10 về giải thích từ ngữ quy định:\n\n+ Tại Điều 12 hướng dẫn hồ sơ", ["điểm a khoản 2 Điều 10", "Điều 12"]),
        (LAW + "“Hồ sơ nộp theo Điều 21 của Luật này.”", ["Điều 21"]),
        (LAW + "Hồ sơ nộp theo khoản 3 Điều 28 của Luật nêu trên.", ["khoản 3 Điều 28"]),
        # not this law's
        (LAW + "Hồ sơ nộp theo khoản 3 Điều 28 Nghị định này.", []),
        (LAW + "Công ty phải nộp hồ sơ, Điều 5 quy định trong hợp đồng vẫn có hiệu lực.", []),
        ("LUẬT\nKIẾN TRÚC\n\n" + LAW + "Theo Điều 21 của Luật này.", []),
    ],
)
def test_provisions_below_the_document(text: str, expected: list[str]) -> None:
    assert provisions(text) == [("40/2019/QH14", expected)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("theo khoản | Điều 6 Thông tư số 78/2014/TT-BTC", ["khoản 1 Điều 6"]),
        ("theo khoản I Điều 6 Thông tư số 78/2014/TT-BTC", ["khoản 1 Điều 6"]),
        ("theo khoản ¡0 Điều 6 Thông tư số 78/2014/TT-BTC", ["khoản 10 Điều 6"]),
        ("theo điểm ¡ khoản 2 Điều 6 Thông tư số 78/2014/TT-BTC", ["điểm i khoản 2 Điều 6"]),
        ("theo Điều 5§ Théng tư số 78/2014/TT-BTC", ["Điều 58"]),
        ("theo khoản 2 Điều 6 Thông tr 78/2014/TT- ‘BTC", ["khoản 2 Điều 6"]),
        ("theo khoản 2 Điều 6 Thông tư 78/2014/T T-BTC", ["khoản 2 Điều 6"]),
        ("theo khoản 2 Điều 6 Thông tư 78/2014/TT-BIC", ["khoản 2 Điều 6"]),
        ("theo điểm a\n\n--- PAGE BREAK ---\n\n2\n\nkhoản 2 Điều 6 Thông tư 78/2014/TT-BTC", ["điểm a khoản 2 Điều 6"]),
        ("từ Điều 6 đến Điều 9 Thông tư 78/2014/TT-BTC", ["Điều 6", "Điều 9"]),
        ("từ khoản 6 đến khoản 8 Điều 9 Thông tư 78/2014/TT-BTC", ["khoản 6 Điều 9", "khoản 7 Điều 9", "khoản 8 Điều 9"]),
    ],
)
def test_citations_that_the_reading_broke(text: str, expected: list[str]) -> None:
    assert provisions(text) == [("78/2014/TT-BTC", expected)]


@pytest.mark.parametrize("text", ["chia sẻ 3 nội dung", "Điều I. Phạm vi", "bộ sẽ 2 lần họp", "khoản | tiền thu", "TT- BTC"])
def test_what_is_no_broken_citation(text: str) -> None:
    assert mend_citations(text) in (text, text.replace("|", "1"))


def test_a_law_whose_commas_were_read_as_full_stops_is_one() -> None:
    text = "theo Luật Nhập cảnh, xuất\ncảnh. quá cảnh. cư trú của người nước ngoài tại Việt Nam"
    assert [each.title for each in resolve(find_references(text), DAY)] == ["Nhập cảnh, xuất cảnh, quá cảnh, cư trú của người nước ngoài tại Việt Nam"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nhận được công văn số ABX20230120 ngày 20/01/2023 của Công ty TNHH ABX", [("ABX20230120", date(2023, 1, 20))]),
        ("phúc đáp công hàm số KAN-22-895 ngày 02/11/2022", [("KAN-22-895", date(2022, 11, 2))]),
        ("công văn số HAM2023/07-01 ngày 04/7/2022 của Công ty", [("HAM2023/07-01", date(2022, 7, 4))]),
        ("quyết định số COVID19 ngày 2/3/2022", []),
        ("công văn hướng dẫn điều trị COVID19 ngày 2/3/2022", []),
    ],
)
def test_numbers_that_begin_with_letters(text: str, expected: list[tuple[str, date]]) -> None:
    assert [(each.number, each.date) for each in resolve(find_references(text), DAY)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("theo Luật sửa\nđổi, bổ sung một số điều của Luật Hải quan;", ["sửa đổi, bổ sung một số điều của Luật Hải quan", "Hải quan"]),
        ("theo Luật sửa đổi, bd sung một số điều của Luật Hải quan;", ["sửa đổi, bổ sung một số điều của Luật Hải quan", "Hải quan"]),
        ("việc sửa đổi, bổ sung Luật Hải quan", ["Hải quan"]),
    ],
)
def test_an_amending_law_over_a_line(text: str, expected: list[str]) -> None:
    assert [each.title for each in resolve(find_references(text), DAY)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("UBND TỈNH\nsố: 42 /SNV -TC Hà Nội. ngày 09 tháng 11 năm 2022\n\nThực hiện Công văn số 5/BNV-TC ngày 1/2/2022", ["5/BNV-TC"]),
        ("Thực hiện Công văn số 5/BNV-TC ngày 1/2/2022\n\nSAO LỤC\nSố: 17/SL-UBND\n\nNơi nhận:", ["5/BNV-TC"]),
        ("Thực hiện Sắc lệnh số 17/SL ngày 1/2/1946", ["17/SL"]),
    ],
)
def test_numbers_of_the_letter_and_of_its_copy_are_no_citations(text: str, expected: list[str]) -> None:
    assert [each.code for each in resolve(find_references(text), DAY)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("theo Tờ trình số 212/TTr.NN ngày 16/4/2022", ["212/TTr.NN"]),
        ("theo Tờ trình số 212/TTr. Nay đề nghị", ["212/TTr"]),
        ("bổ sung tại mẫu quyết định số 02 các thông tin", []),
        ("theo quyết định số 02 các thông tin", ["02"]),
    ],
)
def test_symbols_with_a_full_stop_and_forms_with_a_number(text: str, expected: list[str]) -> None:
    assert [each.code for each in resolve(find_references(text), DAY)] == expected


def test_the_day_of_an_evening_is_that_of_what_was_signed_then() -> None:
    text = "Tối 11/10/2022, Chủ tịch UBND tỉnh đã ký Công điện số 09/CĐ-UBND gửi các sở."
    assert [each.date for each in resolve(find_references(text), DAY)] == [date(2022, 10, 11)]


def test_names_of_ordinances_and_charters() -> None:
    text = "theo quy định của Pháp lệnh người có công, báo cáo trước ngày 30; theo Điều lệ Đãng"
    assert [(each.type, each.title) for each in resolve(find_references(text), DAY)] == [("pháp lệnh", "người có công"), ("điều lệ", "Đảng")]


def test_a_part_whose_figure_was_read_as_a_letter() -> None:
    assert provisions("sửa đổi tiết bl Điểm b Khoản 4 Điều 48 Thông tư số 78/2014/TT-BTC") == [("78/2014/TT-BTC", ["tiết b1 điểm b khoản 4 Điều 48"])]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Luật Hải quan số 4/2014/QH13, khoản 2 Điều 5 Luật Hải quan số 54/2014/QH13 và Điều 8 Luật Hải quan số 54/2014/QH13", ["54/2014/QH13"]),
        ("Luật Hải quan số 54/2014/QH13 và Luật Đầu tư số 4/2014/QH13", ["54/2014/QH13", "4/2014/QH13"]),
        ("Nghị định số 4/2014/NĐ-CP và Nghị định số 54/2014/NĐ-CP", ["4/2014/NĐ-CP", "54/2014/NĐ-CP"]),
    ],
)
def test_a_law_whose_number_was_misread_once_is_one(text: str, codes: list[str]) -> None:
    assert [each.code for each in resolve(find_references(text), DAY)] == codes
