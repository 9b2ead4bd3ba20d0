"""Citations in running text: every form, what is none, and how mentions become documents."""

from __future__ import annotations

import importlib.util
import json
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.numbers import DocumentNumber
from nlp.references import find_references, issuer_hint, mask, resolve
from nlp.references.unnumbered import Unnumbered, unnumbered
from tests.nlp.growth import grows_with_the_length

# text, what is cited: type, code (or None), title of a law (or None), year, date, provisions
FORMS: list[tuple[str, list[tuple[str, str | None, str | None, int | None, str | None, list[str]]]]] = [
    (
        "Thực hiện Nghị định số 61/2013/NĐ-CP ngày 25 tháng 6 năm 2013 của Chính phủ về giám sát tài chính,",
        [("nghị định", "61/2013/NĐ-CP", None, 2013, "2013-06-25", [])],
    ),
    ("theo Quyết định 2077/QĐ-TTg ngày 3/11/2016", [("quyết định", "2077/QĐ-TTg", None, 2016, "2016-11-03", [])]),
    ("Công văn số: 415/BKHĐT-TH, ngày 09.02.2018", [("công văn", "415/BKHĐT-TH", None, 2018, "2018-02-09", [])]),
    ("văn bản số 415/BKHĐT-TH ngày 9/2/18", [("công văn", "415/BKHĐT-TH", None, 2018, "2018-02-09", [])]),
    ("tại văn bản số 77/TB-VPCP ngày 2-3-2021", [("thông báo", "77/TB-VPCP", None, 2021, "2021-03-02", [])]),
    # lists
    (
        "theo các Quyết định số 20/2018/QĐ-UBND, 22/2018/QĐ-UBND và 25/2019/QĐ-UBND",
        [
            ("quyết định", "20/2018/QĐ-UBND", None, 2018, None, []),
            ("quyết định", "22/2018/QĐ-UBND", None, 2018, None, []),
            ("quyết định", "25/2019/QĐ-UBND", None, 2019, None, []),
        ],
    ),
    (
        "các Quyết định số: 901/QĐ-SXD, 902/QĐ-SXD ngày 30/6/2022",
        [
            ("quyết định", "901/QĐ-SXD", None, 2022, "2022-06-30", []),
            ("quyết định", "902/QĐ-SXD", None, 2022, "2022-06-30", []),
        ],
    ),
    (
        "Thực hiện các Công văn: Số 88/STC-NS ngày 04/5/2022 về dự toán; số 91/STC-GCS ngày 06/5/2022",
        [
            ("công văn", "88/STC-NS", None, 2022, "2022-05-04", []),
            ("công văn", "91/STC-GCS", None, 2022, "2022-05-06", []),
        ],
    ),
    (
        "các Công văn số 201, 202/UBND-KT ngày 6/7/2020",
        [
            ("công văn", "201/UBND-KT", None, 2020, "2020-07-06", []),
            ("công văn", "202/UBND-KT", None, 2020, "2020-07-06", []),
        ],
    ),
    (
        "Công văn số 55/UBND-TH ngày 1/2/2021, số 56 và số 57",
        [
            ("công văn", "55/UBND-TH", None, 2021, "2021-02-01", []),
            ("công văn", "56", None, None, None, []),
            ("công văn", "57", None, None, None, []),
        ],
    ),
    (
        "Công văn số 12/SXD-KT; số 13/SXD-KT ngày 6/7/2020",
        [("công văn", "12/SXD-KT", None, None, None, []), ("công văn", "13/SXD-KT", None, 2020, "2020-07-06", [])],
    ),
    # the date first
    (
        "Ngày 12/4/2017, Ủy ban nhân dân huyện đã ban hành Quyết định số 64/QĐ-UBND về kiện toàn; Quyết định số 65 về quy chế.",
        [
            ("quyết định", "64/QĐ-UBND", None, 2017, "2017-04-12", []),
            ("quyết định", "65", None, 2017, "2017-04-12", []),
        ],
    ),
    (
        "Công văn của Bộ Xây dựng số 31/BXD-KTXD ngày 5 tháng 9 năm 2014",
        [("công văn", "31/BXD-KTXD", None, 2014, "2014-09-05", [])],
    ),
    ("Công văn ngày 5/9/2014 của Bộ Xây dựng số 31/BXD-KTXD", [("công văn", "31/BXD-KTXD", None, 2014, "2014-09-05", [])]),
    ("Chỉ thị số 12/CT-UBND của UBND tỉnh ngày 7/8/2015", [("chỉ thị", "12/CT-UBND", None, 2015, "2015-08-07", [])]),
    ("Công văn 4410/NHCS-TD năm 2022", [("công văn", "4410/NHCS-TD", None, 2022, None, [])]),
    # damaged by the reading or the line
    ("Nghị định số 61/2013/NĐ-\nCP ngày 25/6/2013", [("nghị định", "61/2013/NĐ-CP", None, 2013, "2013-06-25", [])]),
    ("Nghi dinh so 61/2013/ND-CP", [("nghị định", "61/2013/NĐ-CP", None, 2013, None, [])]),
    ("Nghị định 61/2013/NĐ-CF", [("nghị định", "61/2013/NĐ-CP", None, 2013, None, [])]),
    ("Nghị định sô 61/2013/NÐ—CP ngày 25⁄6/2013", [("nghị định", "61/2013/NĐ-CP", None, 2013, "2013-06-25", [])]),
    ("Chỉ thị số 09/CT-TTs ngày 08/ 12/2021", [("chỉ thị", "09/CT-TTg", None, 2021, "2021-12-08", [])]),
    ("Quyết định số 310/QD-UBND", [("quyết định", "310/QĐ-UBND", None, None, None, [])]),
    ("Công văn số 5210/UBNDKGVX ngày 4/9/2023", [("công văn", "5210/UBND-KGVX", None, 2023, "2023-09-04", [])]),
    ("Công văn số 140/STC- HCSN ngày 4/9/2023", [("công văn", "140/STC-HCSN", None, 2023, "2023-09-04", [])]),
    ("Công văn 77/SLĐTBXH - VP ngày 4/9/2023", [("công văn", "77/SLĐTBXH-VP", None, 2023, "2023-09-04", [])]),
    ("Quyết định số 15/2018/QĐ-UBND ngày 42/02/2018", [("quyết định", "15/2018/QĐ-UBND", None, 2018, None, [])]),
    ("theo Quyết định số\n\n3\n\n2077/QĐ-TTg ngày 3/11/2016", [("quyết định", "2077/QĐ-TTg", None, 2016, "2016-11-03", [])]),
    ("Công văn số 7/UBND-TH ngày 2I/0l/2025", [("công văn", "7/UBND-TH", None, 2025, "2025-01-21", [])]),
    ("theo nghị quyết số 58/nq-cp ngày 27/4/2020", [("nghị quyết", "58/NQ-CP", None, 2020, "2020-04-27", [])]),
    ("chương trình số 9-ctr/tu của tỉnh ủy", [("chương trình", "9-CTr/TU", None, None, None, [])]),
    # families
    ("Chỉ thị số 21-CT/TW ngày 4/5/2023 của Ban Bí thư", [("chỉ thị", "21-CT/TW", None, 2023, "2023-05-04", [])]),
    ("Nghị quyết số 08-NQ/TU", [("nghị quyết", "08-NQ/TU", None, None, None, [])]),
    ("Quy định số 41-QĐ/TW", [("quy định", "41-QĐ/TW", None, None, None, [])]),
    ("Nghị định 157-CP, Quyết định 21-NT ngày 5/6/1988", [("nghị định", "157-CP", None, None, None, []), ("quyết định", "21-NT", None, 1988, "1988-06-05", [])]),
    ("Công văn 81/TTg-KTN và văn bản số 512/UBND", [("công văn", "81/TTg-KTN", None, None, None, []), ("công văn", "512/UBND", None, None, None, [])]),
    ("Công văn số 212/V28-P5", [("công văn", "212/V28-P5", None, None, None, [])]),
    ("Công văn số 1422/SNV-CCHC&PC", [("công văn", "1422/SNV-CCHC&PC", None, None, None, [])]),
    ("Thông tư liên tịch số 07/2014/TTLT-BNV-BTC", [("thông tư liên tịch", "07/2014/TTLT-BNV-BTC", None, 2014, None, [])]),
    ("Nghị quyết số 1023/2020/UBTVQH14", [("nghị quyết", "1023/2020/UBTVQH14", None, 2020, None, [])]),
    ("Văn bản hợp nhất số 21/VBHN-VPQH", [("văn bản hợp nhất", "21/VBHN-VPQH", None, None, None, [])]),
    ("Nghị quyết 30a/NQ-CP", [("nghị quyết", "30a/NQ-CP", None, None, None, [])]),
    ("Kế hoạch 512 và Chương trình 145 của tỉnh", [("kế hoạch", "512", None, None, None, []), ("chương trình", "145", None, None, None, [])]),
    ("NĐ 157/2006, các Thông tư số 11/2019, 12/2020", [("nghị định", "157/2006", None, 2006, None, []), ("thông tư", "11/2019", None, 2019, None, []), ("thông tư", "12/2020", None, 2020, None, [])]),
    # without the mark behind the number, glued, a space inside the number, a lost hyphen
    ("Quyết định số 51 QĐ/TWH ngày 4/5/2012", [("quyết định", "51-QĐ/TWH", None, 2012, "2012-05-04", [])]),
    ("Thông tư số 17 TC/HCSN ngày 2/3/1994", [("thông tư", "17-TC/HCSN", None, 1994, "1994-03-02", [])]),
    ("Chỉ thị 28 CT-UB ngày 2/3/1994", [("chỉ thị", "28/CT-UB", None, 1994, "1994-03-02", [])]),
    ("theo công vănsố 415/BKHĐT-TH ngày09/02/2018", [("công văn", "415/BKHĐT-TH", None, 2018, "2018-02-09", [])]),
    ("Công văn số377-CV/TU ngày 5/6/2012", [("công văn", "377-CV/TU", None, 2012, "2012-06-05", [])]),
    ("tờ trình số 2 17/TT .CN ngày 5/6/1993", [("tờ trình", "217/TT.CN", None, 1993, "1993-06-05", [])]),
    ("Tờ trình số 33/TTrSNV, Nghị định số 61/2013/NĐCP", [("tờ trình", "33/TTr-SNV", None, None, None, []), ("nghị định", "61/2013/NĐ-CP", None, 2013, None, [])]),
    # further type words and dates
    ("Thông báo kết luận số 77-TB/TU ngày 5/6/2012", [("thông báo", "77-TB/TU", None, 2012, "2012-06-05", [])]),
    ("Thông báo ý kiến kết luận số 78/TB-VPUB", [("thông báo", "78/TB-VPUB", None, None, None, [])]),
    ("Báo cáo thẩm định số 31/BCTĐ-STP", [("báo cáo", "31/BCTĐ-STP", None, None, None, [])]),
    ("Văn bản hợp nhất số 04/HNVB-VPCP", [("văn bản hợp nhất", "04/HNVB-VPCP", None, None, None, [])]),
    ("Nghị quyết 1111/NQ-UBTVQH15, 88/2024/UBTVQH15", [("nghị quyết", "1111/NQ-UBTVQH15", None, None, None, []), ("nghị quyết", "88/2024/UBTVQH15", None, 2024, None, [])]),
    ("Công điện số 03/CĐ-UBND hồi 16 giờ ngày 5/6/2019", [("công điện", "03/CĐ-UBND", None, 2019, "2019-06-05", [])]),
    ("Công văn số 31/SXD-KT, 32/SXD-KT cùng ngày 5/6/2019", [("công văn", "31/SXD-KT", None, 2019, "2019-06-05", []), ("công văn", "32/SXD-KT", None, 2019, "2019-06-05", [])]),
    # laws
    ("Luật Cảng cạn, các luật khác có liên quan", [("luật", None, "Cảng cạn", None, None, [])]),
    ("Căn cứ Luật Tổ chức HĐND và UBND ngày 26/11/2003", [("luật", None, "Tổ chức HĐND và UBND", 2003, "2003-11-26", [])]),
    ("theo Luật Trồng trọt 2018. Pháp lệnh về Giống vật nuôi số 16/2004/PL-UBTVQH11", [("luật", None, "Trồng trọt", 2018, None, []), ("pháp lệnh", "16/2004/PL-UBTVQH11", "Giống vật nuôi", 2004, None, [])]),
    ("Bộ luật TTDS năm 2015", [("bộ luật", None, "TTDS", 2015, None, [])]),
    ("quy định tại Luật Lưu trữ năm 2011 và Luật Thống kê", [("luật", None, "Lưu trữ", 2011, None, []), ("luật", None, "Thống kê", None, None, [])]),
    ("Luật Thủy sản năm 2003, 2017", [("luật", None, "Thủy sản", 2003, None, []), ("luật", None, "Thủy sản", 2017, None, [])]),
    ("Luật Giá số 16/2023/QH15 ngày 19/6/2023", [("luật", "16/2023/QH15", "Giá", 2023, "2023-06-19", [])]),
    ("Luật số 46/2024/QH15 ngày 26 tháng 11 năm 2024", [("luật", "46/2024/QH15", None, 2024, "2024-11-26", [])]),
    ("Bộ luật Lao động ngày 20/11/2019 và Pháp lệnh Ngoại hối", [("bộ luật", None, "Lao động", 2019, "2019-11-20", []), ("pháp lệnh", None, "Ngoại hối", None, None, [])]),
    ("Hiến pháp năm 2013", [("hiến pháp", None, None, 2013, None, [])]),
    ("Luật PCTN năm 2018", [("luật", None, "PCTN", 2018, None, [])]),
    ("các Luật Đê điều, Thủy lợi và Trồng trọt", [("luật", None, "Đê điều", None, None, []), ("luật", None, "Thủy lợi", None, None, []), ("luật", None, "Trồng trọt", None, None, [])]),
    ("Luật Tiếp. công dân và Luật Khiêu nai", [("luật", None, "Tiếp công dân", None, None, []), ("luật", None, "Khiếu nại", None, None, [])]),
    ("thi hành Luật Vận tải hành khách ven biển và các văn bản hướng dẫn", [("luật", None, "Vận tải hành khách ven biển", None, None, [])]),
    ("Luật Vận tải vũ trụ được Quốc hội thông qua ngày 5/6/2031", [("luật", None, "Vận tải vũ trụ", 2031, "2031-06-05", [])]),
    ("Luật sửa đổi, bổ sung một số điều của Luật Điện lực số 03/2022/QH15", [("luật", "03/2022/QH15", "sửa đổi, bổ sung một số điều của Luật Điện lực", 2022, None, []), ("luật", None, "Điện lực", None, None, [])]),
    ("Luật sửa đổi, bổ sung một số điều của Luật Đầu tư công và Luật Đấu thầu ngày 10/01/2022", [("luật", None, "sửa đổi, bổ sung một số điều của Luật Đầu tư công và Luật Đấu thầu", 2022, "2022-01-10", []), ("luật", None, "Đầu tư công", None, None, []), ("luật", None, "Đấu thầu", None, None, [])]),
    ("Luật Điện lực (sửa đổi) năm 2012", [("luật", None, "Điện lực", 2012, None, [])]),
    ("cử tri đề nghị về thuế của cá nhân Luật Kế toán số 88/2015/QH13", [("luật", "88/2015/QH13", "Kế toán", 2015, None, [])]),
    # provisions
    ("tại Điều 8, Nghị định số 61/2013/NĐ-CP", [("nghị định", "61/2013/NĐ-CP", None, 2013, None, ["Điều 8"])]),
    ("khoản 4 Điều 14 và Điều 27 Nghị định số 61/2013/NĐ-CP", [("nghị định", "61/2013/NĐ-CP", None, 2013, None, ["khoản 4 Điều 14", "Điều 27"])]),
    ("điểm a khoản 2 Điều 8 của Luật Thủy lợi", [("luật", None, "Thủy lợi", None, None, ["điểm a khoản 2 Điều 8"])]),
    ("các điểm a, b khoản 1, khoản 3 Điều 5 Luật Thủy lợi", [("luật", None, "Thủy lợi", None, None, ["điểm a khoản 1 Điều 5", "điểm b khoản 1 Điều 5", "khoản 3 Điều 5"])]),
    ("khoản 2 và 3 Điều 16 Luật Thủy lợi", [("luật", None, "Thủy lợi", None, None, ["khoản 2 Điều 16", "khoản 3 Điều 16"])]),
    ("các Điều 5, 6 và 9 Luật Thủy lợi", [("luật", None, "Thủy lợi", None, None, ["Điều 5", "Điều 6", "Điều 9"])]),
    ("Điểm e.1, Khoản 2, Điều 26, Thông tư số 11/2014/TT-BTC", [("thông tư", "11/2014/TT-BTC", None, 2014, None, ["điểm e.1 khoản 2 Điều 26"])]),
    ("Điều 8 khoản 2 điểm đ Nghị định số 61/2013/NĐ-CP", [("nghị định", "61/2013/NĐ-CP", None, 2013, None, ["điểm đ khoản 2 Điều 8"])]),
    ("từ khoản 2 đến khoản 4 Điều 5 Luật Thủy lợi", [("luật", None, "Thủy lợi", None, None, ["khoản 2 Điều 5", "khoản 3 Điều 5", "khoản 4 Điều 5"])]),
    ("Luật Thủy lợi (khoản 2 Điều 5)", [("luật", None, "Thủy lợi", None, None, ["khoản 2 Điều 5"])]),
    (
        "Điều 10, Chương IV, Quy chế làm việc của Ủy ban ban hành kèm theo Quyết định số 77/QĐ-UBND",
        [("quyết định", "77/QĐ-UBND", None, None, None, ["Điều 10"])],
    ),
    # a document inside another's title
    (
        "Thông tư số 11/2014/TT-BTC ngày 5/1/2014 hướng dẫn Nghị định số 61/2013/NĐ-CP",
        [("thông tư", "11/2014/TT-BTC", None, 2014, "2014-01-05", []), ("nghị định", "61/2013/NĐ-CP", None, 2013, None, [])],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "cited"), FORMS, ids=[text[:50] for text, _ in FORMS])
def test_forms(text: str, cited: list[tuple[object, ...]]) -> None:
    found = resolve(find_references(text))
    title_of_law = {"luật", "bộ luật", "pháp lệnh", "hiến pháp"}
    got = [
        (
            r.type,
            r.code,
            r.title if r.type in title_of_law else None,
            r.year,
            r.date.isoformat() if r.date else None,
            list(r.provisions),
        )
        for r in found
    ]
    assert got == cited


NOT_CITED = [
    "các phòng số 12 TC/HCSN, kho 14 QĐ/KT; khu vực 3 CT-UB",
    "ban hành Điều lệ Bảo hiểm; Điều lệ trường mầm non, Điều lệ công ty; Nghị quyết Hội đồng nhân dân",
    "Nghị quyết Đại hội cổ đông thường niên, kết luận hội nghị giao ban tháng 5",
    "Chỉ thị này có hiệu lực từ ngày ký; Công văn này thay cho thông báo miệng.",
    "theo điểm 1 Công văn này và khoản 2 Điều này",
    "Luật này, Luật sư Trần Văn B, Hội Luật gia tỉnh, Trường Đại học Luật Huế, pháp luật về đất đai",
    "dự thảo Luật Thủ đô, dự án Luật Việc làm đang lấy ý kiến",
    "Kế hoạch 5 năm 2021-2025, Báo cáo 6 tháng đầu năm, Kế hoạch 2025, Chương trình 10 điểm",
    "Mẫu số 02/BC-TH, Phụ lục số 01/PL-TH, biểu số 3/BCTH",
    "điện thoại 024/38221234, tỷ lệ 1/2, hoạt động 24/7, ngày 5/6/2019, quý II/2020",
    "minh họa tại Sơ đồ số 03/THĐ, ký hiệu số 4/ABC",
    "SỞ XÂY DỰNG\nSố: 31-CV/SXD   Huế, ngày 4/5/2012\n\nCông văn số 31-CV/SXD là văn bản này",
    "Nghị định 12é và Thông tư số 5ạ",
    "tiêu chuẩn TCVN 5945:2005, QCVN 40:2011/BTNMT",
    "vốn Chương trình 135 và Chương trình 30a của các xã",
    "Tổ công tác triển khai Đề án 15 người, Ban Chỉ đạo Chương trình 145 họp",
    "Quyết định 3 vấn đề lớn; trong quyết định phải nêu 12 nội dung",
    "báo cáo trước ngày 20/5/2019 về Sở Công Thương",
    "theo Nghị quyết của Chính phủ và các Thông tư của Bộ Tài chính",
    "SỞ TÀI CHÍNH\nSố: 415/STC-NS            Huế, ngày 04 tháng 5 năm 2022\nV/v lập dự toán\n\nKính gửi: Các phòng",
    "Lưu: VT, KTN(10), TH.\n41 /CT-TTs Ha Nội, ngày 4 tháng 3 năm 2020",
    "4. Kế hoạch\n12. Giao Sở Nội vụ",
    "",
    "   \n\n ",
]


@pytest.mark.parametrize("kind", unnumbered(), ids=lambda kind: kind.pattern.pattern[:40])
def test_documents_without_a_number(kind: Unnumbered) -> None:
    text, name = kind.example
    (mention,) = find_references(text)
    assert (mention.type, mention.title, mention.number) == (kind.type, name, None)
    assert find_references(kind.counter) == ()


def test_a_short_name_given_in_brackets_is_no_part_of_the_title() -> None:
    text = "Nghị định số 61/2013/NĐ-CP về giám sát tài chính (sau đây gọi tắt là Nghị định 61), các sở"
    assert find_references(text)[0].title == "giám sát tài chính"


def test_a_law_in_short_words_is_the_same_law() -> None:
    text = "Căn cứ Luật Tổ chức Hội đồng nhân dân và Ủy ban nhân dân ngày 26/11/2003; theo Điều 9 Luật Tổ chức HĐND và UBND"
    (law,) = resolve(find_references(text))
    assert law.provisions == ("Điều 9",)


@pytest.mark.parametrize("text", NOT_CITED, ids=[text[:40] or "empty" for text in NOT_CITED])
def test_what_is_no_citation(text: str) -> None:
    assert [m.raw for m in find_references(text)] == []


LETTER = """ỦY BAN NHÂN DÂN HUYỆN
Số: 415/UBND-KT            Lộc Hà, ngày 04 tháng 5 năm 2022

Thực hiện Nghị định số 61/2013/NĐ-CP ngày 25/6/2013 của Chính phủ về giám sát tài chính và Công văn số
88/STC-NS ngày 12/3 của Sở Tài chính, căn cứ Luật Kế toán số 88/2015/QH13; Công văn số 415/UBND-KT là văn bản này.
Theo Điều 9 Nghị định 61/2013/ND-CP, Công văn số 88/STC-NS nêu trên và Điều 3 Luật Kế toán, các xã báo cáo.
Kế hoạch số 512/KH-UBND ngày 1/2/2022; triển khai Kế hoạch 512 và trả lời Tờ trình số 22/TTr-STC.
"""


def test_mentions_become_documents() -> None:
    references = resolve(find_references(LETTER), issued_on=date(2022, 5, 4), own="415/UBND-KT")
    assert [r.code for r in references] == [
        "61/2013/NĐ-CP", "88/STC-NS", "88/2015/QH13", "512/KH-UBND", "22/TTr-STC",
    ]  # fmt: skip
    decree, letter, law, plan, submission = references
    assert decree.provisions == ("Điều 9",)
    assert len(decree.mentions) == 2
    assert decree.issuer == "Chính phủ"
    assert decree.title is not None
    assert decree.title.startswith("giám sát tài chính")
    assert letter.date == date(2022, 3, 12)
    assert letter.year == 2022
    assert len(letter.mentions) == 2
    assert law.title == "Kế toán"
    assert law.provisions == ("Điều 3",)
    assert len(plan.mentions) == 2
    assert (decree.relation, law.relation, plan.relation, submission.relation) == (
        "thực hiện",
        "căn cứ",
        "thực hiện",
        "trả lời",
    )


def test_own_number_is_dropped_only_for_its_own_year() -> None:
    text = "Tiếp theo Công văn số 415/UBND-KT ngày 6/5/2021, yêu cầu các xã báo cáo."
    assert len(resolve(find_references(text), date(2022, 5, 4), DocumentNumber("415", "UBND-KT"))) == 1
    assert resolve(find_references(text), date(2021, 6, 1), DocumentNumber("415", "UBND-KT")) == ()


def test_same_number_in_two_years_is_two_documents() -> None:
    text = "Chỉ thị số 17/CT-TTg ngày 4/6/2020 và Chỉ thị số 17/CT-TTg ngày 5/5/2019"
    assert [r.year for r in resolve(find_references(text))] == [2020, 2019]


def test_misread_twin_joins_the_right_one() -> None:
    text = "Công văn số 733/BTP-TCTHADS ngày 21/9/2016; theo Công văn số 733/BTP-TCTHAD8 ngày 21/9/2016"
    (reference,) = resolve(find_references(text))
    assert reference.code == "733/BTP-TCTHADS"
    assert len(reference.mentions) == 2


@pytest.mark.parametrize(
    ("words", "relation"),
    [
        ("Căn cứ", "căn cứ"),
        ("Thực hiện", "thực hiện"),
        ("Theo quy định tại", "theo"),
        ("Trả lời", "trả lời"),
        ("Thông tư này thay thế", "thay thế"),
        ("Bãi bỏ", "bãi bỏ"),
        ("sửa đổi, bổ sung một số điều của", "sửa đổi"),
        ("Nhận được", "trả lời"),
        ("Hội nghị nghe đọc", None),
    ],
)
def test_relation(words: str, relation: str | None) -> None:
    (mention,) = find_references(f"{words} Thông tư số 11/2014/TT-BTC ngày 5/1/2014")
    assert mention.relation == relation


def test_a_deadline_is_not_the_date_of_a_citation() -> None:
    text = "thực hiện Công văn số 99/UBND-KT của UBND tỉnh trước ngày 20/5/2019"
    mentions = find_references(text)
    assert mentions[0].date is None
    assert mentions[0].issuer == "UBND tỉnh"
    assert all("20/5" not in text[a:b] for a, b in mask(text, mentions))


def test_mask_covers_dates_and_provisions() -> None:
    text = (
        "Ngày 12/4/2017, tỉnh đã ban hành Quyết định số 64/QĐ-UBND. Theo khoản 2 Điều 5 Luật Thủy lợi ngày 19/6/2017, "
        "báo cáo trước ngày 25/4/2018."
    )
    spans = mask(text, find_references(text))
    hidden = "".join(" " if any(a <= i < b for a, b in spans) else c for i, c in enumerate(text))
    assert "2017" not in hidden
    assert "Điều 5" not in hidden
    assert "trước ngày 25/4/2018" in hidden
    assert list(spans) == sorted(spans)


def test_issuer_hint_from_the_symbol() -> None:
    assert issuer_hint("QĐ-TTg") == "Thủ tướng Chính phủ"
    assert issuer_hint("TT-BTC") == "Bộ Tài chính"
    assert issuer_hint("QH15") == "Quốc hội"
    assert issuer_hint("UBTVQH14") == "Ủy ban Thường vụ Quốc hội"
    assert issuer_hint("QĐ-UBND") is None  # every province has one


PIECES = st.sampled_from(
    ["Nghị định ", "số ", "61/2013/NĐ-CP", "ngày 5/6/2019", ", ", "; ", " và ", "Luật ", "Đất đai", "khoản 2 ", "Điều 5 ", "điểm a ",
     "các ", "Công văn ", "12", "/", "-", "QĐ-", "UBND", "\n", "\n\n", "(", ")", "năm 2014", "của ", "Bộ Tài chính ", "nêu trên", "08-NQ/TU", "…", "é"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_heap_of_words_is_read_with_true_offsets(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    mentions = find_references(text)
    for mention in mentions:
        start, end = mention.evidence.start, mention.evidence.end
        assert 0 <= start < end <= len(text)
        assert " ".join(text[start:end].split()) == mention.raw
        if mention.number is not None:
            assert mention.number in mention.raw
    for start, end in mask(text, mentions):
        assert 0 <= start < end <= len(text)
    references = resolve(mentions, date(2020, 1, 1))
    assert sum(len(reference.mentions) for reference in references) == len(mentions)


@pytest.mark.parametrize(
    "unit",
    ["Luật ", "Luật Đất đai ", "1/QĐ-UBND, ", "Công văn số ", "A-", "5-A", "ngày 1/1/2020 ", "((((((", "sử dụng, "],
)
@pytest.mark.parametrize(("before", "behind"), [("", ""), ("Luật Quản lý ", ""), ("", "Quyết định số 5/QĐ-UBND")])
def test_hostile_text_costs_no_more_than_its_length(before: str, unit: str, behind: str) -> None:
    assert grows_with_the_length(lambda text: resolve(find_references(before + text + behind)), unit, 30_000)


def test_gold_letters(shared: Path) -> None:
    spec = importlib.util.spec_from_file_location("score", shared / "score.py")
    assert spec is not None
    assert spec.loader is not None
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    references, provisions = score.Measure(), score.Measure()
    for path in sorted((shared / "gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        issued = date.fromisoformat(gold["issued_on"]) if gold["issued_on"] else None
        own = f"{gold['number']}/{gold['symbol']}" if gold["number"] else None
        found = resolve(find_references(text), issued, own)
        letter = score.LetterScore()
        rows = [
            {
                "type": r.type,
                "number": r.number,
                "year": r.year,
                "symbol": r.symbol,
                "title": r.title,
                "provisions": r.provisions,
            }
            for r in found
        ]
        letter.references(gold, {"references": rows})
        for total, name in ((references, "references"), (provisions, "provisions")):
            part = letter.lists[name]
            total.add(part.hit, part.gold, part.pred)
    assert references.f1 >= 0.97, str(references)
    assert provisions.f1 >= 0.95, str(provisions)


def titles(text: str) -> list[tuple[str | None, str | None]]:
    return [(each.code, each.title) for each in resolve(find_references(text))]


def test_a_numbered_law_and_its_name_behind_the_assembly_are_one() -> None:
    assert titles("Căn cứ Luật số 51/2010/QH12 của Quốc hội về Luật Người khuyết tật;") == [("51/2010/QH12", "Người khuyết tật")]


def test_a_law_is_called_by_its_full_name_where_the_letter_has_it() -> None:
    assert titles("theo Điều 162 Luật DN. Căn cứ khoản 17 Điều 4 Luật Doanh nghiệp thì") == [(None, "Doanh nghiệp")]


def test_the_constitution_of_the_nation_has_its_name() -> None:
    assert titles("Căn cứ Điều 103 của Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;") == [
        (None, "Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam")
    ]


@pytest.mark.parametrize("text", ["CHƯƠNG TRÌNH XÂY DỰNG LUẬT, PHÁP LỆNH NĂM 2027", "Kế hoạch Luật, Pháp lệnh năm 2027 của Quốc hội"])
def test_laws_of_a_year_that_are_to_be_made_are_none_by_name(text: str) -> None:
    assert titles(text) == []


@pytest.mark.parametrize(
    ("text", "title", "year"),
    [
        ("Thực hiện Luật QLT năm 2019", "QLT", 2019),
        ("Thực hiện Luật HN&GĐ năm 2014", "HN&GĐ", 2014),
        ("theo Luật PCMT, các xã", "PCMT", None),
        ("Thực hiện Luật TTĐB năm 2008", "TTĐB", 2008),
    ],
)
def test_laws_cited_by_their_initials(text: str, title: str, year: int | None) -> None:
    (found,) = resolve(find_references(text), issued_on=None, own=None)
    assert (found.type, found.title, found.year) == ("luật", title, year)


@pytest.mark.parametrize(
    "text", ["Công ty Luật TNHH An Phát năm 2015", "Văn phòng Luật ABC năm 2015", "Khoa Luật ĐHQG năm 2012", "theo Luật TTĐB, các xã"]
)
def test_capitals_behind_luat_that_are_no_law(text: str) -> None:
    assert resolve(find_references(text), issued_on=None, own=None) == ()
