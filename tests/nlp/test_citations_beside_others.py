"""Citations beside others of their kind: provisions behind, tiết, titles that hold older documents, laws of one name, words glued to a symbol."""

from __future__ import annotations

from datetime import date

import pytest

from nlp.glued import gaps
from nlp.references import find_references, resolve
from nlp.types import Reference

DAY = date(2025, 3, 1)


def cited(text: str) -> tuple[Reference, ...]:
    return resolve(find_references(text), DAY)


def provisions(text: str) -> list[tuple[str | None, list[str]]]:
    return [(each.code or each.title, list(each.provisions)) for each in cited(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tại tiết b, điểm 2.1, khoản 1 Điều 7 Thông tư số 78/2014/TT-BTC", ["tiết b điểm 2.1 khoản 1 Điều 7"]),
        ("theo tiết a, c điểm 3 Điều 5 Thông tư số 78/2014/TT-BTC", ["tiết a điểm 3 Điều 5", "tiết c điểm 3 Điều 5"]),
        ("tiết đ khoản 4 Điều 9 Thông tư số 78/2014/TT-BTC", ["tiết đ khoản 4 Điều 9"]),
        ("tiết 1.2 điểm 1 khoản 3 Điều 2 Thông tư số 78/2014/TT-BTC", ["tiết 1.2 điểm 1 khoản 3 Điều 2"]),
        # no provision
        ("dạy 05 tiết theo Thông tư số 78/2014/TT-BTC", []),
        ("số tiết a tuần theo Thông tư số 78/2014/TT-BTC", []),
        ("chi tiết tại khoản 2 Điều 5 Thông tư số 78/2014/TT-BTC", ["khoản 2 Điều 5"]),
        ("tiết kiệm chi theo Điều 4 Thông tư số 78/2014/TT-BTC", ["Điều 4"]),
    ],
)
def test_a_part_of_a_point_stands_first(text: str, expected: list[str]) -> None:
    assert provisions(text) == [("78/2014/TT-BTC", expected)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hiệu lực của Nghị định số 61/2013/NĐ-CP quy định cụ thể tại Điều 21.", [("61/2013/NĐ-CP", ["Điều 21"])]),
        ("Nghị định số 61/2013/NĐ-CP ngày 25/6/2013 của Chính phủ quy định tại khoản 2 Điều 5, điểm a khoản 1 Điều 7; các đơn vị",
         [("61/2013/NĐ-CP", ["khoản 2 Điều 5", "điểm a khoản 1 Điều 7"])]),
        ("Thông tư số 11/2014/TT-BTC đã quy định rõ tại Điều 4 và Điều 6.", [("11/2014/TT-BTC", ["Điều 4", "Điều 6"])]),
        ("Nghị định số 61/2013/NĐ-CP (trong đó có quy định tại điểm c khoản 1 Điều 8)", [("61/2013/NĐ-CP", ["điểm c khoản 1 Điều 8"])]),
        # what another document says
        ("Nghị định số 61/2013/NĐ-CP quy định tại Điều 21 Luật Giá", [("61/2013/NĐ-CP", []), ("Giá", ["Điều 21"])]),
        ("Thông tư số 11/2014/TT-BTC quy định tại Điều 4 và Điều 6 Luật Dược.", [("11/2014/TT-BTC", []), ("Dược", ["Điều 4", "Điều 6"])]),
        ("Quyết định số 12/QĐ-UBND quy định tại Điều 5 Quy chế làm việc", [("12/QĐ-UBND", [])]),
        ("Nghị định số 61/2013/NĐ-CP (có hiệu lực từ ngày 01/8/2013, trừ quy định về giá tại Điều 8)", [("61/2013/NĐ-CP", [])]),
    ],
)  # fmt: skip
def test_provisions_named_behind_the_document(text: str, expected: list[tuple[str, list[str]]]) -> None:
    assert provisions(text) == expected


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Ngày 16/12/2021, Thủ tướng Chính phủ đã ban hành Quyết định số 114/QĐ-TTg về Kế hoạch thực hiện Kết luận số 9-KL/TW.", ["2021-12-16", None]),
        ("Ngày 03/4/2024, UBND tỉnh đã ban hành Kế hoạch số 45/KH-UBND triển khai Chỉ thị số 7/CT-TTg.", ["2024-04-03", None]),
        ("Ngày 03/4/2024, UBND tỉnh ban hành Quyết định số 45/QĐ-UBND sửa đổi, bổ sung Quyết định số 7/QĐ-UBND.", ["2024-04-03", None]),
        ("Ngày 03/4/2024, Sở đã có Công văn số 45/STC-NS hướng dẫn Quyết định số 7/QĐ-UBND.", ["2024-04-03", None]),
        # both of that day
        ("Ngày 10/1/2024, UBND tỉnh đã ban hành Quyết định số 41/QĐ-UBND về giao vốn; Quyết định số 42/QĐ-UBND về giao đất.", ["2024-01-10", "2024-01-10"]),
        ("Ngày 10/1/2024, Sở đã có Công văn số 41/STC-NS và Công văn số 42/STC-NS.", ["2024-01-10", "2024-01-10"]),
        ("Ngày 10/1/2024, UBND huyện ban hành Kế hoạch số 8/KH-UBND, Công văn số 19/UBND-VX.", ["2024-01-10", "2024-01-10"]),
        ("Ngày 10/1/2024, UBND tỉnh ban hành các Quyết định số 41/QĐ-UBND, 42/QĐ-UBND.", ["2024-01-10", "2024-01-10"]),
    ],
)
def test_a_document_inside_a_title_is_not_of_that_day(text: str, days: list[str | None]) -> None:
    assert [each.date.isoformat() if each.date else None for each in cited(text)] == days


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Luật Đất đai số 45/2013/QH13 và Luật Đất đai số 31/2024/QH15. Tại Điều 5 Luật Đất đai quy định", [("45/2013/QH13", []), ("31/2024/QH15", ["Điều 5"])]),
        ("Luật Đất đai số 45/2013/QH13 (Điều 2 Luật Đất đai) được thay bằng Luật Đất đai số 31/2024/QH15", [("45/2013/QH13", ["Điều 2"]), ("31/2024/QH15", [])]),
        ("Tại Điều 5 Luật Giá. Luật Giá số 11/2012/QH13 và Luật Giá số 16/2023/QH15", [("11/2012/QH13", ["Điều 5"]), ("16/2023/QH15", [])]),
        ("Luật Giá số 11/2012/QH13, Luật Giá số 16/2023/QH15 và Luật Giá năm 2012", [("11/2012/QH13", []), ("16/2023/QH15", [])]),
        # others of another name or year
        ("Luật Đất đai số 45/2013/QH13, Luật Đất đai số 31/2024/QH15 và Luật Đất đai năm 2003", [("45/2013/QH13", []), ("31/2024/QH15", []), ("Đất đai", [])]),
        ("Luật Đất đai số 45/2013/QH13, Luật Giá số 16/2023/QH15 và Luật Dược", [("45/2013/QH13", []), ("16/2023/QH15", []), ("Dược", [])]),
    ],
)
def test_a_law_named_alone_is_one_of_those_with_a_number(text: str, expected: list[tuple[str, list[str]]]) -> None:
    assert provisions(text) == expected


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("theo quy định tại Luật thuế GTGT) và 10%", ["thuế GTGT"]),
        ("Luật thuế XK, thuế NK và Luật thuế TTĐB", ["thuế XK, thuế NK", "thuế TTĐB"]),
        ("Luật Thuế thu nhập doanh nghiệp và Luật thuế TNDN", ["Thuế thu nhập doanh nghiệp"]),
        ("Luật thuế TNCN", ["thuế TNCN"]),
        ("pháp luật thuế GTGT, ngành luật thuế TNDN", []),
        ("đúng luật thuế XK của nước bạn", []),
        ("Công ty Luật Thuế Việt", []),
        ("Luật này, hồ sơ thuế GTGT", []),
    ],
)
def test_tax_laws_by_their_short_names(text: str, titles: list[str]) -> None:
    assert [each.title for each in cited(text)] == titles


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Nghị định số 30/2020/NĐ-CPngày 05/3/2020", "ngày"),
        ("Quyết định số 99/QĐ-TTgcủa Thủ tướng", "của"),
        ("Công văn số 16/BCT-XNKđề nghị góp ý", "đề"),
        ("Công văn số 33/PTM-SMEtháng 5", "tháng"),
    ],
)
def test_a_word_glued_to_a_symbol_is_parted(text: str, word: str) -> None:
    assert any(text[at:].startswith(word) for at in gaps(text))


@pytest.mark.parametrize("text", ["số 12/QĐ-UBND ngày 5/3", "Hội nghị G20-VNvaccine", "mã HS-VNdo1", "tàu BĐ-TTgvà1"])
def test_what_stands_apart_or_is_a_code_stays(text: str) -> None:
    assert gaps(text) == ()
