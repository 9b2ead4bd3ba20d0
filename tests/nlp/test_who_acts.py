"""Who acts and who only helps: shared tails, helpers named without an agency, those led by another, wrongs that are no duties, signers."""

from __future__ import annotations

from datetime import date

import pytest

from nlp.bodies import split_bodies
from nlp.duties import read_coordinating, read_responsible
from nlp.issuer import read_issuer
from nlp.lexicon import toml
from nlp.persons import name_alone
from nlp.reading import Text
from nlp.reporting import read_reporting
from nlp.sections import cut
from nlp.signature import read_signer
from nlp.tasks import find_tasks
from nlp.tasks.headings import lists_wrongs
from nlp.types import Evidence, Named, Task
from tests.nlp.letters import PLAIN

SENT_TO = tuple(Named(name, Evidence(0, 0, "test")) for name in ("Trưởng các thôn", "Công chức phụ trách hộ tịch (Phòng Tư pháp)"))


def tasks(body: str, addressees: tuple[Named, ...] = SENT_TO) -> list[Task]:
    return list(find_tasks(body, issuer="UBND xã Tân Lập", addressees=addressees, issued_on=date(2023, 4, 10)))


@pytest.mark.parametrize(
    ("printed", "bodies"),
    [
        ("Công an, Phòng Tài chính, Trung tâm Y tế cùng cấp", ["Công an cùng cấp", "Phòng Tài chính cùng cấp", "Trung tâm Y tế cùng cấp"]),
        ("Sở Y tế; UBND xã, Công an cùng cấp", ["Sở Y tế", "UBND xã", "Công an cùng cấp"]),
        ("Hội Phụ nữ Công an tỉnh, Quân sự tỉnh", ["Hội Phụ nữ Công an tỉnh", "Hội Phụ nữ Quân sự tỉnh"]),
        ("Bộ Chỉ huy Quân sự tỉnh, Công an tỉnh", ["Bộ Chỉ huy Quân sự tỉnh", "Công an tỉnh"]),
        ("Ban Chỉ đạo hè huyện Hòa An, huyện Hà Quảng", ["Ban Chỉ đạo hè huyện Hòa An", "Ban Chỉ đạo hè huyện Hà Quảng"]),
        ("UBND thành phố Tam Kỳ, UBND thành phố Hội An", ["UBND thành phố Tam Kỳ", "UBND thành phố Hội An"]),
        ("Phòng Kiểm tra thuế số 1, số 2", ["Phòng Kiểm tra thuế số 1", "Phòng Kiểm tra thuế số 2"]),
        ("Phòng 4, Phòng 9", ["Phòng 4", "Phòng 9"]),
        ("PA05, PC08 và Thanh tra giao thông", ["PA05", "PC08", "Thanh tra giao thông"]),
    ],
)
def test_what_a_list_of_bodies_shares(printed: str, bodies: list[str]) -> None:
    assert [body.text for body in split_bodies(printed)] == bodies


@pytest.mark.parametrize(
    ("text", "helpers"),
    [
        ("Phối hợp với Sở Y tế, Công an tỉnh kiểm tra các cơ sở.", ["Sở Y tế", "Công an tỉnh"]),
        ("Giao Thanh tra tỉnh cùng với Sở Nội vụ theo dõi.", ["Sở Nội vụ"]),
        ("Phối hợp với cán bộ phụ trách thôn kiểm tra số liệu.", ["cán bộ phụ trách thôn"]),
        ("Phối hợp với cơ quan tài chính, cơ quan thuế rà soát nguồn thu.", ["cơ quan tài chính", "cơ quan thuế"]),
        ("Phối hợp các xã, phường cấp 100% thẻ cho công dân.", ["các xã, phường"]),
        ("Phối hợp với kiểm lâm, chính quyền cơ sở truy quét lâm tặc.", ["kiểm lâm", "chính quyền cơ sở"]),
        ("Phối hợp với ngân hàng để đối chiếu dòng tiền.", ["ngân hàng"]),
        ("Phối hợp với cơ quan có thẩm quyền ở xã nhằm quản lý khoáng sản.", ["cơ quan có thẩm quyền ở xã"]),
        ("Phối hợp với chuyên môn, người sử dụng lao động tổ chức hội nghị.", ["chuyên môn", "người sử dụng lao động"]),
        ("Phối hợp với UBND xã và gia đình chủ tàu gọi tàu vào bờ.", ["UBND xã", "gia đình chủ tàu"]),
        ("Phối hợp với các đơn vị liên quan như: Công an tỉnh, Sở Y tế để kiểm tra.", ["các đơn vị liên quan", "Công an tỉnh", "Sở Y tế"]),
        ("Phối hợp với cơ quan BHXH ngang cấp đối chiếu danh sách.", ["cơ quan BHXH ngang cấp"]),
        # also where whoever leads is told to have it done
        ("Công an tỉnh chỉ đạo Công an các huyện phối hợp với Thanh tra giao thông trực chốt.", ["Thanh tra giao thông"]),
        ("Chỉ đạo Chi cục Thú y phối hợp với Công an tỉnh kiểm soát giết mổ.", ["Công an tỉnh"]),
        ("Đề nghị Hội Nông dân tỉnh chỉ đạo hệ thống tổ chức cấp dưới phối hợp với UBND xã vận động hội viên.", ["UBND xã"]),
        ("Phối hợp chặt chẽ, kiểm tra số liệu.", []),
    ],
)
def test_who_co_operates(text: str, helpers: list[str]) -> None:
    assert [body.text for body in read_coordinating(text)] == helpers


def test_who_stands_behind_together_with_is_no_doer() -> None:
    found = read_responsible("Giao Thanh tra tỉnh cùng với Sở Nội vụ theo dõi việc thực hiện.")
    assert found is not None
    assert [body.text for body in found[0]] == ["Thanh tra tỉnh"]


@pytest.mark.parametrize(
    ("text", "receiver"),
    [
        ("Tổng hợp, báo cáo Sở Y tế trước ngày 20/5.", "Sở Y tế"),
        ("Tham mưu UBND huyện ban hành kế hoạch, báo cáo Sở Y tế.", "Sở Y tế"),
        ("Tổng hợp, tham mưu UBND huyện báo cáo Sở Y tế trước ngày 20/5.", None),
        ("Tham mưu cho Giám đốc Sở báo cáo UBND tỉnh.", None),
    ],
)
def test_a_report_by_one_who_is_only_advised_is_not_this_doers(text: str, receiver: str | None) -> None:
    found = read_reporting(text).to
    assert (found.text if found else None) == receiver


@pytest.mark.parametrize("words", ["offices", "helpers"])
def test_the_words_for_those_who_help(words: str) -> None:
    entry = toml("duty_words.toml")[words]
    assert read_coordinating(entry["yes"])
    assert not read_coordinating(entry["no"])


@pytest.mark.parametrize(
    ("text", "wrongs"),
    [
        (toml("duty_words.toml")["found_wrong"]["yes"], True),
        ("Phê duyệt kết quả thanh tra tại xã A, với các nội dung sau:", True),
        (toml("duty_words.toml")["found_wrong"]["no"], False),
        ("Giao Sở Y tế làm rõ các vi phạm sau:", False),
        ("Để hạn chế thấp nhất thiệt hại về người, Bộ trưởng chỉ thị:", False),
        ("Sau khi xem xét kết quả kiểm tra của Đoàn công tác, Chủ tịch UBND huyện kết luận như sau:", False),
        ("Trên cơ sở kết quả giám sát, Thường trực HĐND tỉnh có ý kiến như sau:", False),
        ("Bên cạnh kết quả đạt được vẫn còn một số tồn tại, hạn chế sau:", True),
        ("Yêu cầu các đơn vị thực hiện các nội dung sau:", False),
    ],
)
def test_headings_of_what_was_found_wrong(text: str, wrongs: bool) -> None:
    assert lists_wrongs(text) is wrongs


def test_what_was_found_wrong_is_no_duty_and_what_is_ordered_then_is_one() -> None:
    found = tasks(
        "Qua kiểm tra, UBND xã nêu một số vi phạm phổ biến để rút kinh nghiệm:\n\n- Lập hồ sơ chậm, bỏ sót hộ nghèo.\n\n"
        "- Không niêm yết công khai danh sách.\n\nĐể khắc phục, UBND xã yêu cầu:\n\nMột là, niêm yết danh sách trước ngày 20/4/2023.\n\n"
        "Hai là, rà soát lại hồ sơ các hộ."
    )
    assert [task.label for task in found] == ["Một là", "Hai là"]


def test_a_body_alone_on_its_line_heads_the_duties_below() -> None:
    found = tasks(
        "UBND xã yêu cầu thực hiện:\n1. Văn phòng UBND xã, Trung tâm Phục vụ hành chính công\nRà soát hồ sơ trễ hạn, xin lỗi người dân theo quy định của\n"
        "pháp luật hiện hành.\nĐôn đốc cập nhật phần mềm hằng tháng.\n2. Công an xã kiểm tra cư trú.\n"
    )
    assert [[body.text for body in task.responsible] for task in found[:2]] == [["Văn phòng UBND xã", "Trung tâm Phục vụ hành chính công"]] * 2
    assert found[0].text.startswith("Rà soát hồ sơ")


def test_an_order_to_one_of_those_the_letter_is_sent_to() -> None:
    first, second = tasks("UBND xã yêu cầu:\n1. Giao công chức phụ trách hộ tịch tập huấn cho các thôn.\n2. Rà soát số liệu trước ngày 20/5/2023.")
    assert [body.text for body in first.responsible] == ["công chức phụ trách hộ tịch"]
    assert len(second.responsible) == 2


def test_a_ministry_of_the_environment_asks_for_no_word_of_difficulties() -> None:
    found = tasks("UBND xã yêu cầu:\n1. Phòng Tài nguyên và Môi trường báo cáo tiến độ, khó khăn, vướng mắc trước ngày 20/4/2023.\n2. Công an xã trực ban.")
    assert [body.text for body in found[0].responsible] == ["Phòng Tài nguyên và Môi trường"]


@pytest.mark.parametrize(
    "name",
    ["Y Thanh Hà Niê Kđăm", "Lò Văn Hương", "K'Sor Phước", "Giàng A Chu", "Rơ Châm Thưm", "Rah Lan Chung", "Pi Năng Thị Hồng", "A Plum", "A Brôl Thái", "Chẩu Văn Lâm", "Ksor H'Lan", "Đàng Năng Thơm", "Thạch Sa Mươl", "Kim Hươn"],
)
def test_names_of_many_peoples(name: str) -> None:
    found = name_alone(name)
    assert found is not None
    assert found[0] == name


@pytest.mark.parametrize("line", ["A Hành", "A Nguyễn Văn", "Ban Tổ chức", "Phòng Kế hoạch", "Rơ moóc"])
def test_lines_that_are_no_names(line: str) -> None:
    assert name_alone(line) is None


def test_the_head_of_a_hospitals_office_signs() -> None:
    at = PLAIN.index("KT. GIÁM ĐỐC")
    text = Text.of_string(PLAIN[:at] + "TL. GIÁM ĐỐC\nTRƯỞNG PHÒNG KẾ HOẠCH TỔNG HỢP\n\nBùi Thị Hằng\n")
    signer = read_signer(text, cut(text))
    assert signer is not None
    assert (signer.position, signer.name) == ("TRƯỞNG PHÒNG KẾ HOẠCH TỔNG HỢP", "Bùi Thị Hằng")


def test_a_branch_of_the_state_bank_issues_the_letter() -> None:
    text = Text.of_string(PLAIN.replace("UBND TỈNH BÌNH LÂM\nSỞ NỘI VỤ", "NGÂN HÀNG NHÀ NƯỚC\nVIỆT NAM\nCHI NHÁNH TỈNH BÌNH LÂM"))
    issuer, parent = read_issuer(text, cut(text))
    assert issuer is not None
    assert parent is not None
    assert (issuer.value, parent.value) == ("Chi nhánh tỉnh Bình Lâm", "Ngân hàng Nhà nước Việt Nam")


@pytest.mark.parametrize(
    ("unit", "doers"),
    [
        ("Tuyên truyền: Phòng Văn hóa - Xã hội đăng tải nội dung trên hệ thống truyền thanh.", ["Phòng Văn hóa - Xã hội"]),
        ("Đối soát dữ liệu: Công an xã chủ trì, phối hợp với Phòng Kinh tế đối soát.", ["Công an xã"]),
        ("Tổng kết: Văn phòng HĐND và UBND xã tham mưu tổ chức hội nghị.", ["Văn phòng HĐND và UBND xã"]),
        ("Về giao thông: Sở Xây dựng đã sửa chữa ba cây cầu.", None),
        ("Địa điểm: Nhà văn hóa thôn Đông.", None),
    ],
)
def test_a_topic_before_the_body_that_acts(unit: str, doers: list[str] | None) -> None:
    found = read_responsible(unit, labelled=True)
    assert (None if found is None else [body.text for body in found[0]]) == doers
