"""How communes, schools and party cells of the provinces write: offices without a capital, orders apart from the programme, pages without a head."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import date

import pytest

from ingest.plain import lines_of
from ingest.types import Page
from nlp.bodies import body_phrase_at
from nlp.directives import directing_clauses
from nlp.dispatch import understand
from nlp.duties import read_responsible
from nlp.lexicon import toml
from nlp.outline import outline
from nlp.reading import Text
from nlp.recipients import read_recipients
from nlp.reporting import read_reporting
from nlp.sections import cut
from nlp.tasks import find_tasks
from nlp.tasks.unmarked import with_unmarked
from nlp.telling import gives_new_wording
from nlp.types import Evidence, Named, Task
from tests.nlp.letters import PLAIN
from tests.nlp.test_head_forms import value

SCHOOLS = (Named("Các trường tiểu học", Evidence(0, 0, "test")), Named("Các trường mầm non", Evidence(0, 0, "test")))
BOTH = ["Các trường tiểu học", "Các trường mầm non"]


def tasks(body: str, kind: str = "công văn", addressees: tuple[Named, ...] = SCHOOLS) -> list[Task]:
    found = find_tasks(body, kind=kind, issuer="Phòng Giáo dục và Đào tạo huyện Tân Khê", addressees=addressees, issued_on=date(2023, 4, 10))
    return [task for task in found if not task.optional]


def doers(task: Task) -> list[str]:
    return [body.text for body in task.responsible]


def told(text: str) -> list[str]:
    return [text[clause.bodies_start : clause.bodies_end] for clause in directing_clauses(text)]


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("Đề nghị thành viên Tổ thẩm định huyện kiểm tra hồ sơ.", "thành viên Tổ thẩm định huyện"),
        ("Yêu cầu chủ tịch UBND các xã ký cam kết.", "chủ tịch UBND các xã"),
        ("Giao trưởng phòng Nội vụ rà soát biên chế.", "trưởng phòng Nội vụ"),
        ("Yêu cầu hiệu trưởng trường tiểu học báo cáo sĩ số.", "hiệu trưởng trường tiểu học"),
        ("Giao các đồng chí Phó trưởng phòng phụ trách các cấp học rà soát.", "các đồng chí Phó trưởng phòng phụ trách các cấp học"),
        ("Giao đồng chí Phó Chủ tịch UBND xã phụ trách văn hóa chỉ đạo.", "đồng chí Phó Chủ tịch UBND xã phụ trách văn hóa"),
        # spoken of, not told
        ("Theo đề nghị của giám đốc Sở Y tế, giá thuốc được giữ nguyên.", None),
        ("Yêu cầu thành viên trong gia đình khai báo lịch trình.", None),
        ("Đề nghị lãnh đạo, chỉ đạo chặt chẽ công tác thu.", None),
        ("Giao các đồng chí Phó trưởng phòng phụ trách xây dựng đề cương.", "các đồng chí Phó trưởng phòng"),
    ],
)
def test_an_order_to_an_office_written_small(text: str, whom: str | None) -> None:
    assert told(text) == ([whom] if whom else [])


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("Phòng tổ chức họp giao ban Hiệu trưởng quý II.", []),
        ("Văn phòng chuẩn bị nội dung giao ban cụm thi đua số 3.", []),
        ("Giao ban công tác tháng 5 vào ngày 03/5/2023.", []),
        ("Sở họp giao ban đầu tuần với các phòng.", []),
        ("UBND huyện giao Ban Quản lý dự án huyện lập hồ sơ.", ["Ban Quản lý dự án huyện"]),
        ("UBND huyện giao ban Quản lý dự án huyện lập hồ sơ.", ["ban Quản lý dự án huyện"]),
        ("Giao Ban Tuyên giáo Huyện ủy chuẩn bị nội dung giao ban báo chí.", ["Ban Tuyên giáo Huyện ủy"]),
        ("Giao Ban Chỉ huy Quân sự xã trực sẵn sàng.", ["Ban Chỉ huy Quân sự xã"]),
    ],
)
def test_a_meeting_is_no_order_to_a_board(text: str, whom: list[str]) -> None:
    assert told(text) == whom


PROGRAMME = (
    "Phòng Giáo dục và Đào tạo tổ chức tập huấn sử dụng học bạ số.\n\n"
    "1. Thời gian, địa điểm:\n- Sáng 15/4/2023: cấp tiểu học.\n- Chiều 15/4/2023: cấp mầm non."
)


@pytest.mark.parametrize(
    ("paragraph", "responsible"),
    [
        ("Giao Trường Tiểu học Tân Khê chuẩn bị hội trường.", [["Trường Tiểu học Tân Khê"]]),
        ("Yêu cầu Hiệu trưởng các trường cử giáo viên dự đủ.", [["Hiệu trưởng các trường"]]),
        ("Đề nghị Trạm Y tế xã trực cấp cứu.", [["Trạm Y tế xã"]]),
        ("Giao các đồng chí Phó trưởng phòng phụ trách cấp học chuẩn bị tài liệu.", [["các đồng chí Phó trưởng phòng phụ trách cấp học"]]),
        ("Hội trường có 200 chỗ, có máy chiếu.", []),
        ("Trường Tiểu học Tân Khê tổ chức ăn trưa.", []),
        ("Giáo viên được giao nhiệm vụ giảng bài đến trước 30 phút.", []),
        ("Việc in tài liệu đã giao Trường Tiểu học Tân Khê.", []),
    ],
)
def test_an_order_apart_from_the_programme_above_it(paragraph: str, responsible: list[list[str]]) -> None:
    found = tasks(f"{PROGRAMME}\n\n{paragraph}\n\nTrân trọng thông báo để các trường biết.")
    assert [doers(task) for task in found] == responsible


@pytest.mark.parametrize(
    ("text", "receiver"),
    [
        ("Nộp báo cáo về Phòng Nội vụ trước ngày 12/5 để Phòng tổng hợp báo cáo UBND huyện.", "Phòng Nội vụ"),
        ("Gửi số liệu về Sở Xây dựng trước ngày 20/5 để Sở tổng hợp, báo cáo UBND tỉnh.", "Sở Xây dựng"),
        ("Gửi kết quả về Bộ Y tế để Bộ kịp thời báo cáo Thủ tướng Chính phủ.", "Bộ Y tế"),
        ("Báo cáo Ban Chỉ đạo tỉnh để Ban Chỉ đạo tỉnh xem xét, báo cáo Trung ương.", "Ban Chỉ đạo tỉnh"),
        # the report is the doer's own
        ("Rà soát các hộ để hỗ trợ, báo cáo UBND xã.", "UBND xã"),
        ("Kiểm tra để phòng ngừa sai phạm, báo cáo Sở Y tế.", "Sở Y tế"),
        ("Bố trí người trực để UBND xã hoạt động liên tục, báo cáo Sở Nội vụ.", "Sở Nội vụ"),
        ("Họp dân để Phòng Nội vụ lấy ý kiến; báo cáo UBND huyện.", "UBND huyện"),
    ],
)
def test_what_the_receiver_reports_on_is_no_report_of_the_doer(text: str, receiver: str) -> None:
    found = read_reporting(text).to
    assert found is not None
    assert found.text == receiver


SEPARATE = "Phòng yêu cầu các trường thực hiện:\n\n{0}\nRà soát cơ sở vật chất.\n{0}\nLập danh sách học sinh.\n\n{0}\nBáo cáo trước ngày 20/4/2023.\n"


@pytest.mark.parametrize("mark", ["-", "•", "–", "- \n"])
def test_bullets_on_lines_of_their_own_go_with_the_lines_below(mark: str) -> None:
    text = SEPARATE.format(mark)
    assert [(task.label, text[task.evidence.start : task.evidence.end]) for task in tasks(text)] == [
        ("-1", "Rà soát cơ sở vật chất."), ("-2", "Lập danh sách học sinh."), ("-3", "Báo cáo trước ngày 20/4/2023."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Phòng đề nghị các trường báo cáo sĩ số.\n-\nTrân trọng cảm ơn.",
        "Phòng đề nghị các trường rà soát sĩ số năm 2021\n-\n2022 và báo cáo.",
        "Phòng Lao động\n-\nThương binh và Xã hội đề nghị các trường báo cáo sĩ số.",
        "Phòng đề nghị các trường báo cáo sĩ số, gồm\n-\nsố học sinh\n-\nsố giáo viên.",
    ],
)
def test_a_dash_alone_is_no_bullet(text: str) -> None:
    assert [item.label for item in outline(text).items] == []


GREEN = (
    "Phòng đề nghị các trường {0}, cụ thể như sau:\n\n1. Thời gian: ngày 22/4/2023.\n\n2. Nội dung:\n\n"
    "- Tổng vệ sinh sân trường, trồng cây xanh.\n\n- Thăm hỏi gia đình chính sách."
)
ACTIVITIES = ["triển khai đồng loạt Ngày Chủ nhật xanh", "tổ chức hưởng ứng Tháng Thanh niên", "phát động Tuần lễ trồng cây", "ra quân làm sạch biển"]
MEETINGS = ["tổ chức hội nghị viên chức", "cử giáo viên dự tập huấn", "tổ chức Lễ ra quân", "tổ chức hội thi nấu ăn", "biết nội dung lớp bồi dưỡng"]


@pytest.mark.parametrize("what", ACTIVITIES)
def test_the_contents_of_an_activity_are_what_is_to_be_done(what: str) -> None:
    assert [(task.label, doers(task)) for task in tasks(GREEN.format(what))] == [("2.-1", BOTH), ("2.-2", BOTH)]


@pytest.mark.parametrize("what", MEETINGS)
def test_the_contents_of_a_meeting_are_its_programme(what: str) -> None:
    assert tasks(GREEN.format(what)) == []


@pytest.mark.parametrize(
    ("sentence", "helpers"),
    [
        ("UBND các xã có trách nhiệm phối hợp chặt chẽ với Phòng Nội vụ để thống kê.", ["UBND các xã"]),
        ("Công an huyện, UBND các xã trong vùng dự án phối hợp với Phòng Nội vụ kiểm đếm.", ["Công an huyện", "UBND các xã trong vùng dự án"]),
        ("Đồng thời, Hội Nông dân huyện chủ động phối hợp với cơ quan chủ trì vận động hội viên.", ["Hội Nông dân huyện"]),
        ("Trạm Y tế xã có nhiệm vụ phối hợp kịp thời với đơn vị được giao chủ trì.", ["Trạm Y tế xã"]),
        # with others than the lead, or nothing of the kind
        ("UBND các xã phối hợp với Trạm Y tế xã phun thuốc.", ["Trạm Y tế xã"]),
        ("UBND các xã bố trí địa điểm.", []),
        ("Việc thống kê phải có sự phối hợp chặt chẽ.", []),
        ("Kết quả gửi Phòng Nội vụ trước ngày 20/4/2023.", []),
    ],
)
def test_who_helps_the_lead_by_a_sentence_of_their_own(sentence: str, helpers: list[str]) -> None:
    articles = f"UBND huyện quyết định:\n\nĐiều 1. Giao Phòng Nội vụ chủ trì thống kê lao động. {sentence}\n\nĐiều 2. Giao Phòng Y tế trực."
    first, *_ = tasks(articles, kind="quyết định")
    assert doers(first) == ["Phòng Nội vụ"]
    assert [body.text for body in first.coordinating] == helpers


@pytest.mark.parametrize(
    ("opening", "changed"),
    [
        ("Điểm 2 Công văn số 12/PGDĐT-TH được sửa đổi, bổ sung như sau:", True),
        ("Phòng xin đính chính nội dung tại mục III Kế hoạch số 5/KH-PGDĐT như sau:", True),
        ("Trang 3, dòng 5 của Hướng dẫn số 7/HD-PGDĐT nay sửa lại là:", True),
        ("Khoản 1 phần B được thay thế thành:", True),
        ("Đề nghị các trường bổ sung nội dung sau vào kế hoạch như sau:", False),
        ("Phòng có ý kiến như sau:", False),
        ("Các trường điều chỉnh thời gian học như sau:", False),
        ("Phòng chỉ đạo thực hiện một số nội dung sau:", False),
        ("Về việc điều chỉnh Quyết định số 12/QĐ-UBND, Phó Chủ tịch UBND huyện có ý kiến như sau:", False),
    ],
)
def test_words_that_another_paper_now_has_order_nothing(opening: str, changed: bool) -> None:
    found = tasks(f"{opening}\n\nTrường Tiểu học Tân Khê có trách nhiệm tập huấn cho giáo viên.", kind="thông báo")
    assert gives_new_wording(opening) is changed
    assert [doers(task) for task in found] == ([] if changed else [["Trường Tiểu học Tân Khê"]])


NOTICE_BODY = "\nThực hiện Công văn số 5/UBND-VX ngày 02/4/2023 của UBND tỉnh, các thôn tạm dừng lễ hội.\n"


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        # issuer, type and subject on one line; the closing "./."
        (f"UBND XÃ TÂN LÂM THÔNG BÁO TẠM DỪNG CHỢ PHIÊN{NOTICE_BODY}Yêu cầu các thôn thực hiện./.", "thông báo"),
        (f"TRƯỜNG TIỂU HỌC TÂN KHÊ THÔNG BÁO VỀ VIỆC NGHỈ HỌC{NOTICE_BODY}Yêu cầu phụ huynh quản lý con em./.", "thông báo"),
        (f"BỆNH VIỆN ĐA KHOA TỈNH BÌNH LÂM THÔNG BÁO LỊCH KHÁM TẾT{NOTICE_BODY}Các khoa bố trí người trực./.", "thông báo"),
        # the closing words of a notice
        (f"Thông báo nghỉ chợ phiên\n{NOTICE_BODY}UBND xã Tân Lâm thông báo để các thôn, các hộ kinh doanh biết.", "thông báo"),
        (f"Thông báo nghỉ chợ\n{NOTICE_BODY}Vậy, Phòng Y tế kính thông báo tới các trạm để biết, thực hiện.\n(Nguồn: Thông báo số 8/TB-PYT)", "thông báo"),
        # told from outside, or no more than a headline
        (f"UBND XÃ TÂN LÂM VỪA CÓ THÔNG BÁO TẠM DỪNG CHỢ PHIÊN{NOTICE_BODY}Chợ mở lại tuần sau./.", "khác"),
        ("UBND XÃ TÂN LÂM THÔNG BÁO TẠM DỪNG CHỢ PHIÊN\nTheo đó, chợ nghỉ đến hết tháng 4. Nhiều tiểu thương lo lắng./.", "khác"),
        (f"Thông báo nghỉ chợ phiên\n{NOTICE_BODY}Các tiểu thương thông báo để khách quen biết.", "khác"),
        (f"Thông báo nghỉ chợ phiên\n{NOTICE_BODY}UBND xã Tân Lâm vừa ban hành thông báo, theo đó các hộ được biết.", "khác"),
        ("TỈNH BÌNH LÂM THÔNG BÁO TẠM DỪNG CHỢ PHIÊN\nSáng nay chợ vẫn đông người mua bán.", "khác"),
    ],
)
def test_a_notice_without_a_head(page: str, kind: str) -> None:
    assert value(page, "kind") == kind


def test_what_a_one_line_head_says() -> None:
    page = f"UBND XÃ TÂN LÂM THÔNG BÁO TẠM DỪNG CHỢ PHIÊN{NOTICE_BODY}Yêu cầu các thôn thực hiện./."
    assert (value(page, "issuer"), value(page, "subject")) == ("UBND xã Tân Lâm", "Tạm dừng chợ phiên")


INTRODUCED = "{0}\n\n1. Giao Sở Xây dựng kiểm tra trước ngày 25/4/2023.\n2. Yêu cầu UBND huyện Tân Khê báo cáo.\n"


@pytest.mark.parametrize(
    ("line", "subject"),
    [
        ("Công văn số 59/VP-XD ngày 12/4/2023 của Văn phòng UBND tỉnh gửi Sở Xây dựng và UBND huyện Tân Khê:", None),
        ("Công văn số 59/VP-XD ngày 12-4-2023 do Văn phòng UBND tỉnh ban hành truyền đạt ý kiến của Chủ tịch UBND tỉnh:", None),
        ("Công văn 59/VP-XD của Văn phòng UBND tỉnh về việc kiểm tra nhà cũ như sau:", "kiểm tra nhà cũ"),
        ("Công văn số 59/VP-XD, ngày 12 tháng 4 năm 2023 của Văn phòng UBND tỉnh đối với các đơn vị:", None),
    ],
)
def test_a_line_that_introduces_the_letter_names_it(line: str, subject: str | None) -> None:
    found, *_ = understand([Page(1, 595.0, 842.0, lines_of(INTRODUCED.format(line)), "text")])
    assert found.header.kind is not None
    assert found.header.number is not None
    assert (found.header.kind.value, found.header.number.value) == ("công văn", "59")
    assert (found.header.subject.value if found.header.subject else None) == subject
    assert [task.label for task in found.tasks] == ["1", "2"]
    assert found.references == ()


@pytest.mark.parametrize(
    "line",
    [
        "Công văn số 59/VP-XD của Văn phòng UBND tỉnh nêu rõ một số nội dung:",
        "Công văn số 59/VP-XD của Văn phòng UBND tỉnh có những điểm mới sau:",
        "Theo Công văn số 59/VP-XD của Văn phòng UBND tỉnh gửi các sở:",
        "Công văn số 59/VP-XD được gửi các sở:",
    ],
)
def test_a_line_that_tells_of_a_letter_introduces_none(line: str) -> None:
    assert value(INTRODUCED.format(line), "kind") == "khác"


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Lãnh đạo Học viện các số liệu về sĩ số.", "Lãnh đạo Học viện"),
        ("Lãnh đạo Trường những khó khăn của khối.", "Lãnh đạo Trường"),
        ("Lãnh đạo Bệnh viện các trường hợp nặng.", "Lãnh đạo Bệnh viện"),
        ("Ban Quản lý các Khu công nghiệp tỉnh rà soát.", "Ban Quản lý các Khu công nghiệp tỉnh"),
        ("Trung tâm các huyện rà soát.", "Trung tâm các huyện"),
        ("Viện Các vấn đề phát triển báo cáo.", "Viện Các vấn đề phát triển"),
    ],
)
def test_what_is_told_to_a_body_is_no_part_of_its_name(text: str, body: str) -> None:
    span = body_phrase_at(text, 0)
    assert span is not None
    assert text[slice(*span)] == body


UNMARKED = (
    "Để phòng dịch sởi, Phòng Giáo dục và Đào tạo {0}:\n\nCác trường tiểu học rà soát trẻ chưa tiêm.\n\n{1}\n\n"
    "Báo cáo kết quả về Phòng trước ngày 20/4/2023. Trường nào có ca bệnh báo ngay.\n\nPhòng trân trọng thông báo để các trường biết."
)
CLASSES = "Giáo viên chủ nhiệm phải theo dõi sĩ số từng buổi. Phụ huynh có trách nhiệm báo khi con ốm."


@pytest.mark.parametrize("order", ["yêu cầu", "yêu cầu các trường thực hiện một số việc sau", "đề nghị các trường tập trung làm tốt các nội dung", "chỉ đạo"])
def test_a_list_that_lost_its_marks_is_a_task_a_paragraph(order: str) -> None:
    found = tasks(UNMARKED.format(order, CLASSES))
    assert [(task.label, task.text.split()[0], doers(task)) for task in found] == [
        (None, "Các", BOTH[:1]), (None, "Giáo", ["Giáo viên chủ nhiệm"]), (None, "Báo", BOTH),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("order", "paragraph"),
    [
        ("thông báo", CLASSES),
        ("trả lời câu hỏi của phụ huynh", CLASSES),
        ("yêu cầu", "Bệnh sởi lây qua đường hô hấp:"),
        ("yêu cầu", "bệnh sởi lây qua đường hô hấp."),
    ],
)
def test_paragraphs_without_an_order_above_them_are_no_list(order: str, paragraph: str) -> None:
    assert with_unmarked(UNMARKED.format(order, paragraph), outline(UNMARKED.format(order, paragraph))).items == ()


@pytest.mark.parametrize(
    ("unit", "responsible"),
    [
        ("Trạm Y tế xã, cán bộ y tế thôn tuyệt đối nghiêm túc giờ trực.", ["Trạm Y tế xã", "cán bộ y tế thôn"]),
        ("Sở Y tế, cán bộ y tế xã kiểm tra ổ dịch.", ["Sở Y tế", "cán bộ y tế xã"]),
        ("Công đoàn trường, giáo viên chủ nhiệm quyên góp sách.", ["Công đoàn trường", "giáo viên chủ nhiệm"]),
        ("Đoàn Thanh niên xã và đoàn viên các chi đoàn tổ chức ra quân.", ["Đoàn Thanh niên xã", "đoàn viên các chi đoàn"]),
        # no more than told, or people who are no doers
        ("Sở Y tế, cán bộ đã tiêm đủ.", None),
        ("Hội Nông dân, hội viên là nòng cốt.", None),
        ("Công an xã phối hợp với cán bộ thôn tuần tra.", ["Công an xã"]),
        ("UBND xã cần bổ sung hồ sơ, cán bộ nhận hồ sơ tại trụ sở.", ["UBND xã"]),
    ],
)
def test_bodies_and_people_bound_to_the_same(unit: str, responsible: list[str] | None) -> None:
    found = read_responsible(unit, labelled=True)
    assert (None if found is None else [body.text for body in found[0]]) == responsible


COMMANDED = "Trồng cây đầu xuân\n\n{0}\n\n1. Chuẩn bị cây giống và đất trồng.\n\n2. Báo cáo kết quả trước ngày 20/02/2023{1}\n"


@pytest.mark.parametrize(
    "line",
    [
        "Ngày 30/1, UBND tỉnh ban hành văn bản yêu cầu các sở, ngành và UBND các huyện tổ chức trồng cây:",
        "UBND tỉnh Bình Lâm vừa có công văn chỉ đạo các sở, ngành, UBND các huyện thực hiện tốt việc trồng cây:",
        "(Binhlam.gov.vn) - Ngày 30/1/2023, Chủ tịch UBND tỉnh đã ký văn bản đề nghị các sở, ngành, UBND các huyện trồng cây:",
        "Sáng 30/1, Ban Chỉ đạo tỉnh phát đi công văn hỏa tốc yêu cầu UBND các huyện trồng cây như sau:",
    ],
)
def test_a_page_that_gives_all_orders_of_a_dispatch_behind_a_sentence(line: str) -> None:
    found, *_ = understand([Page(1, 595.0, 842.0, lines_of(COMMANDED.format(line, "./.")), "text")])
    assert found.header.kind is not None
    assert found.header.kind.value == "công văn"
    assert found.header.issuer is not None
    assert [task.label for task in found.tasks] == ["1", "2"]
    assert all("UBND các huyện" in doers(task) for task in found.tasks)


@pytest.mark.parametrize(
    ("line", "end"),
    [
        ("Ngày 30/1, UBND tỉnh ban hành văn bản yêu cầu các sở, ngành và UBND các huyện tổ chức trồng cây:", "."),
        ("Ngày 30/1, UBND tỉnh ban hành văn bản về trồng cây với các nội dung chính:", "./."),
        ("Phong trào trồng cây gồm các việc sau:", "./."),
        ("Ngày 30/1, UBND tỉnh ban hành văn bản yêu cầu các sở trồng cây:\n\nTheo ghi nhận của phóng viên, cây giống còn thiếu.", "./."),
    ],
)
def test_a_page_that_only_tells_of_orders_stays_news(line: str, end: str) -> None:
    assert value(COMMANDED.format(line, end), "kind") == "khác"


COPIES = PLAIN[: PLAIN.index("Nơi nhận")] + "Nơi nhận:\n- Lưu: VT;\n{0}\n- Như kính gửi;\n- Lãnh đạo Sở.\n\nKT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n\nTrần Thị Lan Anh\n"


@pytest.mark.parametrize(
    ("line", "copies"),
    [
        ("Bản điện tử:", ["Lưu: VT", "Như kính gửi", "Lãnh đạo Sở"]),
        ("Gửi bản điện tử:", ["Lưu: VT", "Như kính gửi", "Lãnh đạo Sở"]),
        ("* Văn bản giấy:", ["Lưu: VT", "Như kính gửi", "Lãnh đạo Sở"]),
        ("Bản giấy gửi:", ["Lưu: VT", "Như kính gửi", "Lãnh đạo Sở"]),
        ("", ["Lưu: VT"]),
        ("Điện thoại: 0211.3862000", ["Lưu: VT"]),
        ("Bản đồ kèm theo:", ["Lưu: VT"]),
        ("PHỤ LỤC", ["Lưu: VT"]),
    ],
)
def test_groups_of_those_who_get_a_copy(line: str, copies: list[str]) -> None:
    text = Text.of_string(COPIES.format(line))
    assert [name.text for name in read_recipients(text, cut(text))] == copies


TABLED = (
    "ĐOÀN TỈNH BÌNH LÂM\nBCH ĐOÀN HUYỆN TÂN KHÊ\n***\nSố:\n7-CV/ĐTN\n{0}\n|\n"
    "ĐOÀN TNCS HỒ CHÍ MINH\n{1}\nngày 17 tháng 3 năm 2023\n|\nKính gửi: Đoàn các xã.\n\nHuyện Đoàn đề nghị Đoàn các xã trồng cây."
)


@pytest.mark.parametrize(
    ("about", "place", "expected"),
    [
        ("“V/v tổ chức\nNgày Chủ nhật xanh\n26/3/2023”", "Tân Khê,", ("tổ chức Ngày Chủ nhật xanh 26/3/2023", "Tân Khê")),
        ("\"V/v trồng cây\nNăm Thanh niên\"", "Bình Lâm,", ("trồng cây Năm Thanh niên", "Bình Lâm")),
        ("V/v trồng cây", "Tân Khê", ("trồng cây", None)),
        ("V/v trồng cây", "Huyện Đoàn kính báo,", ("trồng cây", None)),
    ],
)
def test_a_head_broken_by_the_cells_of_a_table(about: str, place: str, expected: tuple[str, str | None]) -> None:
    text = TABLED.format(about, place)
    found = (value(text, "subject") or "").strip("“”\""), value(text, "place")
    assert found == expected


@pytest.mark.parametrize(
    ("symbol", "title", "read"),
    [
        ("Tr-LĐTBXH", "TỜ TRÌNH", "TTr-LĐTBXH"), ("TT-LĐTBXH", "TỜ TRÌNH", "TT-LĐTBXH"), ("Tr-UBND", "CHƯƠNG TRÌNH", "CTr-UBND"),
        ("CT-UBND", "CHƯƠNG TRÌNH", "CT-UBND"), ("KH-UBND", "TỜ TRÌNH", "KH-UBND"), ("LĐTBXH-NV", "TỜ TRÌNH", "LĐTBXH-NV"),
    ],
)  # fmt: skip
def test_a_letter_lost_from_the_code_of_the_type(symbol: str, title: str, read: str) -> None:
    head = f"UBND HUYỆN TÂN KHÊ\nPHÒNG NỘI VỤ\nSố: 31/{symbol}\nTân Khê, ngày 17 tháng 3 năm 2023\n{title}\n"
    text = head + "Về việc cấp kinh phí\nKính gửi: UBND huyện.\nĐề nghị UBND huyện xem xét."
    assert value(text, "symbol") == read


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("people_beside", lambda text: len((read_responsible(text, labelled=True) or ((), ""))[0]) > 1),
        ("told_behind", lambda text: body_phrase_at(text, 0) == (0, len("Lãnh đạo Học viện"))),
        ("gatherings", lambda text: tasks(GREEN.format(text)) == []),
    ],
)
def test_the_words_of_the_lists(words: str, found: Callable[[str], bool]) -> None:
    entry = toml("duty_words.toml")[words]
    assert found(entry["yes"])
    assert not found(entry["no"])


@pytest.mark.parametrize(
    ("second", "count"),
    [
        ("Đồng thời, báo cáo đề xuất UBND huyện xem xét, hỗ trợ thêm.", 1),
        ("Đồng thời tổng hợp khó khăn của các trường.", 1),
        ("Đồng thời, kịp thời thông báo cho phụ huynh.", 1),
        ("Đồng thời, đề xuất UBND huyện sửa chữa phòng học.", 1),
        ("Đồng thời, báo cáo kết quả về UBND huyện trước ngày 20/4/2023.", 2),
        ("Báo cáo kết quả về UBND huyện.", 2),
        ("Đồng thời, giao Phòng Nội vụ tổng hợp.", 2),
        ("Định kỳ báo cáo kết quả về UBND huyện.", 2),
    ],
)
def test_a_second_sentence_of_the_same_work(second: str, count: int) -> None:
    assert len(tasks(f"Đề nghị Trường Tiểu học Tân Khê rà soát phòng học hư hỏng. {second}")) == count


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("các đơn vị quản lý hồ chứa thủy lợi, thủy điện xả lũ đúng quy trình", "các đơn vị quản lý hồ chứa thủy lợi, thủy điện"),
        ("Các đơn vị quản lý, vận hành hồ chứa thủy lợi kiểm tra đập", "Các đơn vị quản lý, vận hành hồ chứa thủy lợi"),
        ("các công ty thủy lợi, thủy điện vận hành hồ", "các công ty thủy lợi, thủy điện"),
        ("Các đơn vị quản lý công trình thủy lợi nạo vét kênh", "Các đơn vị quản lý công trình thủy lợi"),
        ("Các đơn vị quản lý chặt chẽ lao động", "Các đơn vị"),
        ("Các đơn vị quản lý tốt hồ sơ", "Các đơn vị"),
        ("Các xã quản lý chợ đúng quy định", "Các xã"),
        ("Các đơn vị quản lý, sử dụng tài sản công kiểm kê", "Các đơn vị"),
    ],
)
def test_groups_by_the_works_they_manage(text: str, group: str) -> None:
    span = body_phrase_at(text, 0)
    assert span is not None
    assert text[slice(*span)] == group


@pytest.mark.parametrize(("text", "receiver"), [("Rà soát, báo cáo đề xuất UBND huyện xử lý.", "UBND huyện"), ("Rà soát, đề xuất UBND huyện xử lý.", None)])
def test_a_report_that_proposes(text: str, receiver: str | None) -> None:
    found = read_reporting(text).to
    assert (found.text if found else None) == receiver


def test_what_compares_names_is_loaded_before_two_letters_are_read_at_once() -> None:
    """rapidfuzz's modules import each other; two threads that import it at the same time get halves of it."""
    loaded = "import sys, nlp.dispatch; print('rapidfuzz.fuzz' in sys.modules, 'rapidfuzz.distance' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["True", "True"]
