"""Groups a clause tells to do something, titles that share a body, territories by where they lie, papers told of, lines that only say how to reach somebody."""

from __future__ import annotations

from datetime import date

import pytest

from nlp.bearers import duty_bearers
from nlp.bodies import body_phrase_at, split_bodies
from nlp.directives import leading_subject, subject_after_prefix
from nlp.dispatch import understand
from nlp.duties import read_coordinating, read_responsible
from nlp.joined import line_breaks
from nlp.lexicon import toml
from nlp.reading import Text, page_of_string
from nlp.recipients import read_recipients
from nlp.references import find_references
from nlp.sections import cut
from nlp.tasks import find_tasks
from nlp.types import Evidence, Named, Task

SENT_TO = (Named("Các trường trung học phổ thông", Evidence(0, 0, "test")),)


def tasks(body: str) -> list[Task]:
    return list(find_tasks(body, issuer="Sở Giáo dục và Đào tạo", addressees=SENT_TO, issued_on=date(2023, 4, 10)))


def doers(text: str) -> list[str]:
    named = read_responsible(text, labelled=True)
    return [body.text for body in named[0]] if named else []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Đối với các Sở có tên trong danh sách kèm theo, yêu cầu gửi báo cáo còn thiếu.", ["các Sở có tên trong danh sách kèm theo"]),
        ("Đối với các trường chưa nộp hồ sơ, đề nghị khẩn trương hoàn thành trước ngày 15/5.", ["các trường chưa nộp hồ sơ"]),
        ("Riêng đối với Phòng Kế toán, yêu cầu lập bảng kê chi tiết.", ["Phòng Kế toán"]),
        ("Đối với Sở Xây dựng, đề nghị nghiêm túc rút kinh nghiệm.", ["Sở Xây dựng"]),
        ("Đối với các xã, phường cần rà soát lại danh sách.", ["các xã, phường"]),
    ],
)
def test_those_of_whom_a_clause_speaks_are_told_to_do_it(text: str, expected: list[str]) -> None:
    assert doers(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Đối với các đơn vị vi phạm, yêu cầu xử lý nghiêm theo quy định.",
        "Đối với các cơ sở chưa đạt, đề nghị kiểm tra, hướng dẫn khắc phục.",
        "Đối với các dự án chậm tiến độ, yêu cầu báo cáo nguyên nhân.",
        "Đối với các trường ngoài công lập, đề nghị thanh tra đột xuất.",
    ],
)
def test_what_is_done_to_them_is_not_theirs(text: str) -> None:
    assert doers(text) == []


def test_the_words_of_own_deeds() -> None:
    entry = toml("duty_words.toml")["own_deeds"]
    assert doers(entry["yes"]) == ["các trường chưa nộp hồ sơ"]
    assert doers(entry["no"]) == []


def test_another_body_asked_behind_the_group_is_the_doer() -> None:
    assert doers("Đối với các trường chưa nộp hồ sơ, đề nghị Phòng Giáo dục nhắc nhở.") == ["Phòng Giáo dục"]


@pytest.mark.parametrize(
    ("printed", "whole"),
    [
        ("Bí thư và Chủ tịch UBND các xã, phường chỉ đạo", "Bí thư và Chủ tịch UBND các xã, phường"),
        ("đồng chí Bí thư, Chủ tịch UBND huyện tập trung", "đồng chí Bí thư, Chủ tịch UBND huyện"),
        ("Giám đốc, Phó Giám đốc Sở Y tế kiểm tra", "Giám đốc, Phó Giám đốc Sở Y tế"),
        ("Chủ tịch và các Phó Chủ tịch UBND huyện phân công", "Chủ tịch và các Phó Chủ tịch UBND huyện"),
    ],
)
def test_titles_held_at_one_body(printed: str, whole: str) -> None:
    span = body_phrase_at(printed, 0)
    assert span is not None
    assert printed[slice(*span)] == whole
    assert len(split_bodies(printed, span)) == 1


def test_titles_of_two_bodies_stay_two() -> None:
    assert [each.text for each in split_bodies("Bí thư Huyện ủy và Chủ tịch UBND huyện")] == ["Bí thư Huyện ủy", "Chủ tịch UBND huyện"]


@pytest.mark.parametrize(
    "name",
    [
        "UBND các tỉnh, thành phố ven biển từ Quảng Ninh đến Khánh Hòa",
        "Chủ tịch UBND các tỉnh từ Thanh Hóa đến Quảng Ngãi",
        "UBND các tỉnh, thành phố từ Thừa Thiên Huế trở vào",
        "Sở Nông nghiệp và Môi trường các tỉnh miền núi phía Bắc",
        "UBND các xã ven biển",
        "các đơn vị trong ngành Công Thương",
    ],
)
def test_which_territories_are_meant_belongs_to_the_name(name: str) -> None:
    for behind in (" khẩn trương rà soát.", ", Công an tỉnh kiểm tra.", ""):
        text = name + behind
        assert split_bodies(text)[0].text == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Thủ trưởng các đơn vị, trường học có trách nhiệm quán triệt và triển khai nghiêm túc", "Thủ trưởng các đơn vị, trường học"),
        ("các xã có kế hoạch giữ rừng và khẩn trương báo cáo", "các xã"),
        ("các xã có rừng giáp ranh cần chủ động", "các xã có rừng giáp ranh"),
        ("UBND các huyện từ nay đến cuối năm rà soát", "UBND các huyện"),
        ("UBND các tỉnh từ ngày 01/6/2024 áp dụng", "UBND các tỉnh"),
        ("UBND các xã từng bước khắc phục", "UBND các xã"),
    ],
)
def test_where_a_group_s_name_ends(text: str, name: str) -> None:
    span = body_phrase_at(text, 0)
    assert span is not None
    assert text[slice(*span)] == name


@pytest.mark.parametrize(
    "text",
    [
        "Tổ công tác của Bộ có văn bản số 381/BC-TCT ngày 02/9/2021 báo cáo Bộ trưởng.",
        "Sở Tài chính có Công văn số 45/STC-NS ngày 03/4/2023 đề nghị bổ sung kinh phí.",
        "UBND huyện có Tờ trình số 12/TTr-UBND về việc xin giao đất.",
        "Ngày 12/3/2023, Sở Y tế có báo cáo số 77/BC-SYT về tình hình dịch.",
    ],
)
def test_a_paper_that_is_there_is_told(text: str) -> None:
    assert leading_subject(text) is None
    assert subject_after_prefix(text) is None


@pytest.mark.parametrize("text", ["Sở Tài chính có văn bản hướng dẫn các huyện.", "Phòng Nội vụ có báo cáo gửi UBND huyện trước ngày 12/5."])
def test_a_paper_to_be_written_is_a_duty(text: str) -> None:
    assert doers(text) != []


@pytest.mark.parametrize("text", ["Những nội dung vượt thẩm quyền phải chuyển về Sở.", "Các hồ sơ còn thiếu phải bổ sung.", "Các vướng mắc cần gửi về Phòng."])
def test_things_bear_no_duty(text: str) -> None:
    assert duty_bearers(text) is None


@pytest.mark.parametrize("text", ["Các tiểu thương phải niêm yết giá.", "Những gia đình có công cần kê khai lại."])
def test_people_do(text: str) -> None:
    assert duty_bearers(text) is not None


def test_lines_that_say_where_to_send_are_no_tasks() -> None:
    found = tasks(
        "Sở Giáo dục và Đào tạo yêu cầu các trường thực hiện:\n1. Lập danh sách học sinh dự thi.\n"
        "2. Những nội dung chưa rõ chuyển về Phòng Khảo thí theo địa chỉ:\n+ Phòng 203, nhà A, số 5 Lê Lợi.\n+ Điện thoại: 0211 3862004; Email: khaothi@so.vn\n"
        "3. Báo cáo kết quả trước ngày 20/4/2023."
    )
    assert [task.label for task in found] == ["1", "2", "3"]


@pytest.mark.parametrize(
    "line", ["Điện thoại: 0211 3862004.", "Số điện thoại liên hệ: 0211 3862004", "Email: khaothi@so.vn", "Địa chỉ nhận hồ sơ: số 5 Lê Lợi."]
)
def test_a_line_of_contacts_in_a_list_of_duties_is_none(line: str) -> None:
    found = tasks(f"Sở Giáo dục và Đào tạo yêu cầu các trường:\n1. Lập danh sách học sinh.\n2. {line}\n3. Gửi về Sở trước ngày 20/4/2023.")
    assert [task.label for task in found] == ["1", "3"]


def test_a_duty_below_a_theme_without_a_colon() -> None:
    found = tasks(
        "Sở Giáo dục và Đào tạo yêu cầu các trường khẩn trương thực hiện các nội dung sau đây\ncho kịp thời gian:\n"
        "1. Về phòng, chống dịch bệnh tại các điểm thi\nThủ trưởng các đơn vị, trường học có trách nhiệm quán triệt và triển khai nghiêm\n"
        "túc các biện pháp phòng, chống dịch.\n"
        "2. Báo cáo kết quả trước ngày 20/4/2023 để Sở tổng hợp báo cáo Ủy ban nhân dân tỉnh\ntheo quy định."
    )
    assert [(task.label, task.responsible[0].text) for task in found] == [
        ("1", "Thủ trưởng các đơn vị, trường học"),
        ("2", "Các trường trung học phổ thông"),
    ]
    assert found[0].text.startswith("Thủ trưởng các đơn vị, trường học có trách nhiệm")


HEADLESS = "Giải đáp thắc mắc về tuyển sinh\n\n"
HEADLESS += "1. Để kịp thời giải đáp, Sở Giáo dục và Đào tạo yêu cầu các trường:\n- Lập tổ công tác;\n- Công bố số điện thoại.\n\n"


@pytest.mark.parametrize(
    "last",
    [
        "Sở Giáo dục và Đào tạo yêu cầu các trường thực hiện nghiêm túc nội dung Công văn này./.",
        "Đề nghị các trường tổ chức triển khai Thông báo này./.",
    ],
)
def test_a_letter_without_a_head_ends_with_an_order_that_names_itself(last: str) -> None:
    found = understand([page_of_string(HEADLESS + last)])[0]
    assert [task.label for task in found.tasks] == ["1.-1", "1.-2"]


@pytest.mark.parametrize(
    "last", ["Các trường đã triển khai công văn này.", "Phụ huynh mong Sở sớm trả lời./.", "Theo Sở, công văn này có hiệu lực từ hôm nay."]
)
def test_other_endings_make_no_letter(last: str) -> None:
    assert understand([page_of_string(HEADLESS + last)])[0].tasks == ()


def test_copies_whose_purpose_stands_behind_their_mark() -> None:
    line = "Nơi nhận: - Như trên; - Văn phòng Chính phủ; (để báo cáo) - Bộ Y tế; (để phối hợp) - Cục A (để thực hiện); - Lưu: VT."
    assert len(line_breaks(line)) == 4
    text = Text.of_string(f"UBND TỈNH BÌNH LÂM\nSố: 12/UBND-TH\nKính gửi: Sở Y tế.\nĐề nghị Sở Y tế báo cáo trước ngày 20/4/2023./.\n{line}")
    assert [each.text for each in read_recipients(text, cut(text))] == [
        "Như trên", "Văn phòng Chính phủ (để báo cáo)", "Bộ Y tế (để phối hợp)", "Cục A (để thực hiện)", "Lưu: VT",
    ]  # fmt: skip


@pytest.mark.parametrize("line", ["Nơi nhận: - Sở Nội vụ (Phòng Cải cách) - cơ quan thường trực; - Lưu: VT."])
def test_a_dash_behind_a_bracket_that_goes_on_opens_no_copy(line: str) -> None:
    assert len(line_breaks(line)) == 1


@pytest.mark.parametrize(
    ("printed", "symbol"),
    [("Công văn số 194/SKH-KCHT &ĐT ngày 25/3/2009", "SKH-KCHT&ĐT"), ("văn bản số 12/STC-GCS & TCDN ngày 02/4/2010", "STC-GCS&TCDN")],
)
def test_a_space_before_the_ampersand_of_a_symbol(printed: str, symbol: str) -> None:
    (mention,) = find_references(printed)
    assert mention.symbol == symbol


def test_two_reports_by_one_day_are_one_day_to_watch() -> None:
    (task,) = tasks("Đề nghị các trường báo cáo số lớp trước ngày 15/5/2023; gửi danh sách giáo viên trước ngày 15/5/2023 và hồ sơ trước ngày 30/5/2023.")
    assert [each.date for each in task.deadlines] == [date(2023, 5, 15), date(2023, 5, 30)]


def test_a_merged_office_of_party_and_state_issues_and_gets_reports() -> None:
    head = "HUYỆN ỦY TÂN KHÊ\nCƠ QUAN TỔ CHỨC - NỘI VỤ\nSố 12-CV/TCNV\n\n"
    head += "ĐẢNG CỘNG SẢN VIỆT NAM\nTân Khê, ngày 05 tháng 4 năm 2023\n\nKính gửi: Các chi bộ cơ sở\n\n"
    order = "Yêu cầu các chi bộ cơ sở gửi lịch họp về Cơ quan Tổ chức - Nội vụ huyện trước ngày 18/4/2023."
    found = understand([page_of_string(f"{head}{order}\n\nTHỦ TRƯỞNG\n\nTrần Văn Bình")])[0]
    assert found.header.issuer is not None
    assert found.header.issuer.value.startswith("Cơ quan")
    assert [each.report_to.text for each in found.tasks if each.report_to] == ["Cơ quan Tổ chức - Nội vụ huyện"]


@pytest.mark.parametrize(
    ("text", "helpers"),
    [
        ("Giao Sở Xây dựng chủ trì, cùng Công an tỉnh và UBND huyện Sơn Hòa kiểm tra.", ["Công an tỉnh", "UBND huyện Sơn Hòa"]),
        ("Sở Tài chính chủ trì cùng các sở, ngành liên quan thẩm định.", ["các sở, ngành liên quan"]),
        ("Chủ trì, cùng Phòng Nội vụ rà soát biên chế.", ["Phòng Nội vụ"]),
        ("Sở Y tế cùng Sở Nội vụ rà soát.", []),
    ],
)
def test_who_helps_the_lead_behind_a_bare_word(text: str, helpers: list[str]) -> None:
    assert [each.text for each in read_coordinating(text)] == helpers


def test_a_letter_that_guides_bodies_how_to_do_a_thing_holds_what_it_says_they_do() -> None:
    found = tasks(
        "Sở Giáo dục và Đào tạo hướng dẫn các trường tổ chức hội thi như sau:\nI. Cấp trường\n- Thời gian: trong tháng 4.\n"
        "- Lập danh sách giáo viên dự thi, gửi về Sở trước ngày 28/4/2023.\n- Giải thưởng gồm một giải Nhất, hai giải Nhì.\n"
        "II. Cấp tỉnh\n- Trường Trung học phổ thông Lê Lợi chuẩn bị phòng thi."
    )
    assert [task.label for task in found] == ["I.-2", "II.-1"]


@pytest.mark.parametrize(
    "opening",
    ["Sở Giáo dục và Đào tạo hướng dẫn như sau:", "Sở Giáo dục và Đào tạo hướng dẫn một số nội dung về chế độ nghỉ phép như sau:"],
)
def test_a_letter_that_only_explains_holds_none(opening: str) -> None:
    assert tasks(f"{opening}\n1. Số ngày nghỉ là 12 ngày.\n2. Thời gian đi đường không tính vào ngày nghỉ.") == []


NOTICE = "Sở Giáo dục và Đào tạo thông báo:\n1. Thu hồi sách in lỗi.\n2. {} kiểm kê số sách đã phát, đổi sách cho học sinh.\n3. Phòng Kế hoạch trực giải đáp."


def test_a_notice_to_those_it_names_tells_them_to_act() -> None:
    assert "2" in [task.label for task in tasks(NOTICE.format("Các trường trung học phổ thông"))]
    assert "3" not in [task.label for task in tasks(NOTICE.format("Các trường trung học phổ thông"))]


@pytest.mark.parametrize(
    ("last", "asked"),
    [
        ("Yêu cầu các đơn vị khẩn trương thực hiện./.", False),
        ("Đề nghị các trường phối hợp chặt chẽ để thực hiện./.", False),
        ("Yêu cầu các trường khẩn trương thực hiện việc chuyển lớp trước ngày 30/4/2023./.", True),
    ],
)
def test_a_closing_that_only_urges_is_no_task(last: str, asked: bool) -> None:
    body = f"Sở Giáo dục và Đào tạo yêu cầu các trường:\n1. Lập danh sách học sinh.\n2. Gửi về Sở trước ngày 20/4/2023.\n\n{last}"
    assert (len(tasks(body)) == 3) is asked


def test_a_purpose_behind_a_short_form_stays_with_its_copy() -> None:
    letter = "BỘ Y TẾ\nSố: 12/BYT-VP\nKính gửi: Sở Y tế.\nĐề nghị Sở Y tế báo cáo trước ngày 20/4/2023./.\n"
    text = Text.of_string(letter + "Nơi nhận:\n- Như trên;\n- BT. (để b/c);\n- Lưu: VT.")
    assert [each.text for each in read_recipients(text, cut(text))] == ["Như trên", "BT. (để b/c)", "Lưu: VT"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Riêng các trường đã gửi báo cáo, đề nghị rà soát, cập nhật số liệu.", ["các trường đã gửi báo cáo"]),
        ("Đối với các đơn vị đang thi công, yêu cầu lập phương án thoát nước.", ["các đơn vị đang thi công"]),
        ("Riêng Phòng Kế hoạch, yêu cầu tổng hợp chung.", ["Phòng Kế hoạch"]),
        ("Định kỳ vào thứ Sáu hằng tuần các thôn báo cáo tiến độ.", ["các thôn"]),
        ("Trước ngày 25 hằng tháng Phòng Kinh tế rà soát giá.", ["Phòng Kinh tế"]),
        ("Chậm nhất ngày 05/7/2023 các trường gửi danh sách.", ["các trường"]),
        ("Giao đ/c Phó Giám đốc Kỹ thuật trực tiếp chỉ huy tại hiện trường.", ["đ/c Phó Giám đốc Kỹ thuật"]),
        ("Phân công đồng chí Phó Chủ tịch phụ trách văn xã theo dõi.", ["đồng chí Phó Chủ tịch phụ trách văn xã"]),
        ("Giao đồng chí Phó Hiệu trưởng phụ trách chuyên môn lập kế hoạch.", ["đồng chí Phó Hiệu trưởng phụ trách chuyên môn"]),
    ],
)
def test_the_doer_before_or_behind_what_narrows_it(text: str, expected: list[str]) -> None:
    assert doers(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Trước năm 2020 các trường đã hoàn thành.",
        "Vào mùa mưa các xã bị ngập.",
        "Theo đồng chí Giám đốc thì việc đã xong.",
        "Định kỳ hằng tháng các doanh nghiệp gửi bảng kê cho cơ quan thuế.",
        "Đồng chí Phó Chủ tịch phụ trách văn xã dự hội nghị.",
    ],
)
def test_a_time_before_what_is_told_binds_nobody(text: str) -> None:
    assert doers(text) == []


def test_a_sentence_for_some_of_the_addressees_is_theirs() -> None:
    (task,) = tasks("Riêng các trường đã gửi báo cáo, đề nghị rà soát, cập nhật biến động đến 30/4/2023.")
    assert [body.text for body in task.responsible] == ["các trường đã gửi báo cáo"]


@pytest.mark.parametrize("who", ["Thí sinh", "Người dự tuyển", "Các nhà thầu", "Nhà đầu tư"])
def test_a_notice_says_what_applicants_do(who: str) -> None:
    notice = f"Bệnh viện thông báo tuyển dụng như sau:\n1. Chỉ tiêu: 12 bác sĩ.\n2. {who} nộp hồ sơ tại Phòng Tổ chức trước ngày 20/5/2023."
    assert find_tasks(notice, kind="thông báo", issuer="Bệnh viện", issued_on=date(2023, 4, 10)) == ()


@pytest.mark.parametrize("title", ["I. KẾT QUẢ THANH TRA", "I. Kết quả kiểm tra", "I. VỀ KẾT QUẢ GIÁM SÁT", "I. Đặc điểm tình hình"])
def test_what_was_found_out_is_no_duty(title: str) -> None:
    found = tasks(f"{title}\n1. UBND xã lập dự toán đúng quy định.\n2. Kế toán xã chi sai chế độ.\nII. BIỆN PHÁP\n1. UBND xã nộp tiền trước ngày 30/8/2023.")
    assert [task.label for task in found] == ["II.1"]


def test_a_heading_that_has_results_made_known_is_a_duty_s() -> None:
    found = tasks("Sở Giáo dục và Đào tạo yêu cầu:\nI. Công khai kết quả thanh tra\n1. Các trường niêm yết kết luận.\n2. Báo cáo Sở trước ngày 30/8/2023.")
    assert [task.label for task in found] == ["I.1", "I.2"]


def test_a_proposal_asks_where_it_opens_a_unit() -> None:
    assert doers("Kiến nghị Chủ tịch UBND huyện chỉ đạo Phòng Tài chính kiểm tra.") == ["Chủ tịch UBND huyện"]


@pytest.mark.parametrize(
    "text",
    ["Công ty kiến nghị UBND tỉnh miễn tiền thuê đất.", "Theo kiến nghị của cử tri xã Minh Sơn.", "UBND xã cơ bản chấp hành quy định."],
)
def test_a_proposal_told_of_binds_nobody(text: str) -> None:
    assert doers(text) == []


WRAPPED = (
    "Để triển khai Tháng hành động, Sở Giáo dục và Đào tạo yêu cầu các phòng, các trường trên\nđịa bàn thực hiện các nội dung sau:\n"
    "1. {}\n{}\ncho kịp thời gian đã nêu.\n2. Báo cáo kết quả trước ngày 20/4/2023 để Sở tổng hợp báo cáo Ủy ban nhân dân tỉnh\ntheo quy định."
)


@pytest.mark.parametrize(
    ("heading", "duty", "expected"),
    [
        ("Phòng Kế hoạch, Phòng Nghiệp vụ", "Theo chức năng quản lý, kiểm tra các cơ sở.", ["Phòng Kế hoạch", "Phòng Nghiệp vụ"]),
        ("Đề nghị Đoàn Thanh niên tỉnh", "Phối hợp vận động đoàn viên, thanh niên tham gia hưởng ứng các hoạt động của tháng", ["Đoàn Thanh niên tỉnh"]),
        ("Trung tâm Văn hóa, Thông tin và Thể thao", "Mở chuyên mục, tăng thời lượng.", ["Trung tâm Văn hóa, Thông tin và Thể thao"]),
    ],
)  # fmt: skip
def test_a_line_of_bodies_above_its_duty_is_a_heading(heading: str, duty: str, expected: list[str]) -> None:
    first = tasks(WRAPPED.format(heading, duty))[0]
    assert [body.text for body in first.responsible] == expected
    assert first.text.startswith(duty[:20])


@pytest.mark.parametrize(
    ("line", "more"),
    [
        ("Phòng Kế hoạch phối hợp với Phòng Nghiệp vụ và các phòng có liên quan thuộc Sở", "Nội vụ rà soát số lượng biên chế của các trường"),
        ("Giao Phòng Tổ chức cán bộ, Phòng Kế hoạch, Phòng Nghiệp vụ và Trung tâm Giáo dục", "Thường xuyên rà soát số lượng học viên"),
    ],
)
def test_a_wrapped_line_of_bodies_is_none(line: str, more: str) -> None:
    assert tasks(WRAPPED.format(line, more))[0].text.startswith(line[:20])
