"""Tasks: what is a directive and what only looks like one, and who must do it."""

from __future__ import annotations

from datetime import date

import pytest

from nlp.tasks import find_tasks
from nlp.tasks.setting import Setting, standing_for
from nlp.types import Evidence, Named, Task

ADDRESSEES = (Named("Sở Y tế", Evidence(0, 0, "test")), Named("Sở Tài chính", Evidence(0, 0, "test")))


def tasks(body: str, kind: str = "công văn", issuer: str = "Ủy ban nhân dân tỉnh Bình Sơn",
          addressees: tuple[Named, ...] = ADDRESSEES) -> list[Task]:  # fmt: skip
    return [
        t
        for t in find_tasks(body, kind=kind, issuer=issuer, addressees=addressees, issued_on=date(2023, 4, 10))
        if not t.optional
    ]


def doers(task: Task) -> list[str]:
    return [body.text for body in task.responsible]


ANNOUNCED = "Để chủ động phòng, chống dịch bệnh, UBND tỉnh yêu cầu các đơn vị thực hiện các nội dung sau:\n\n"


@pytest.mark.parametrize(
    ("body", "responsible"),
    [
        ("Chủ tịch UBND tỉnh giao Sở Xây dựng kiểm tra an toàn các chung cư cũ, báo cáo kết quả.", ["Sở Xây dựng"]),
        ("Theo đề nghị của Sở Nội vụ tại Tờ trình số 15/TTr-SNV ngày 02/3/2023, Chủ tịch UBND tỉnh giao Sở Tài chính "
         "thẩm định dự toán, trình UBND tỉnh trước ngày 20/4/2023.", ["Sở Tài chính"]),
        ("Sở Công Thương đề nghị Ban Quản lý các khu công nghiệp cung cấp danh sách doanh nghiệp đang hoạt động.",
         ["Ban Quản lý các khu công nghiệp"]),
        (ANNOUNCED + "1. Rà soát nhu cầu vắc xin trên địa bàn.\n2. Sở Nội vụ chủ trì kiểm tra công vụ.",
         ["Sở Y tế", "Sở Tài chính"]),
        (ANNOUNCED + "1. Sở Nội vụ: Kiểm tra công vụ tại các đơn vị.", ["Sở Nội vụ"]),
        (ANNOUNCED + "1. Giám đốc Sở Giao thông vận tải\n- Kiểm tra các cầu yếu trên địa bàn.",
         ["Giám đốc Sở Giao thông vận tải"]),
        (ANNOUNCED + "1. Về phòng cháy rừng, Chi cục Kiểm lâm phối hợp với UBND các huyện tổ chức trực gác.",
         ["Chi cục Kiểm lâm"]),
        (ANNOUNCED + "1. Công tác tuyên truyền: giao Đài Phát thanh và Truyền hình tỉnh xây dựng chuyên mục.",
         ["Đài Phát thanh và Truyền hình tỉnh"]),
        (ANNOUNCED + "- Các Sở: Tài chính, Văn hóa, Thể thao và Du lịch:\n+ Bố trí kinh phí cho lễ hội.",
         ["Sở Tài chính", "Sở Văn hóa, Thể thao và Du lịch"]),
        (ANNOUNCED + "1. Công an tỉnh, Bộ Chỉ huy Quân sự tỉnh phối hợp bảo đảm an ninh trật tự.",
         ["Công an tỉnh", "Bộ Chỉ huy Quân sự tỉnh"]),
        (ANNOUNCED + "1. Tham mưu UBND tỉnh giao các đơn vị xây dựng kế hoạch.", ["Sở Y tế", "Sở Tài chính"]),
        (ANNOUNCED + "1. Quý cơ quan cử cán bộ tham gia đoàn kiểm tra.", ["Sở Y tế", "Sở Tài chính"]),
        ("UBND tỉnh đề nghị các đồng chí chỉ đạo đơn vị mình góp ý dự thảo trước ngày 20/4/2023.",
         ["Sở Y tế", "Sở Tài chính"]),
        (ANNOUNCED + "1. Các đơn vị, nhất là những đơn vị còn chậm, rà soát hồ sơ tồn đọng.", ["Sở Y tế", "Sở Tài chính"]),
        ("Sở Nội vụ xin gửi dự thảo Quy chế đến quý cơ quan để nghiên cứu và có ý kiến, gửi về Sở Nội vụ trước ngày 25/4/2023.",
         ["Sở Y tế", "Sở Tài chính"]),
        ("Để chuẩn bị cho đoàn công tác, Ban Dân tộc tỉnh trân trọng đề nghị UBND các huyện chỉ đạo và giao Phòng Dân tộc khảo sát thực trạng.",
         ["UBND các huyện"]),
        (ANNOUNCED + "1. Chỉ cấp phát vật tư cho các cơ sở đã ký hợp đồng.", ["Sở Y tế", "Sở Tài chính"]),
        (ANNOUNCED + "1. Công an tỉnh thống nhất với Sở Tư pháp hướng dẫn các địa phương.", ["Công an tỉnh"]),
        ("Thực hiện Thông báo số 12/TB-UBND, UBND tỉnh giao Sở Xây dựng:\n\n- Lập danh mục công trình.\n- Trình UBND tỉnh.",
         ["Sở Xây dựng"]),
        (ANNOUNCED + "1. Ủy ban bầu cử huyện trên cơ sở đề nghị của các xã, hoàn thành danh sách đơn vị bầu cử.", ["Ủy ban bầu cử huyện"]),
        ("Điều 1. Nay giao Sở Thủy lợi chịu trách nhiệm huy động nhân lực.", ["Sở Thủy lợi"]),
        ("Báo cáo xin gửi về Văn phòng Sở trước ngày 25/4/2023 theo địa chỉ ghi dưới đây.", ["Sở Y tế", "Sở Tài chính"]),
        ("Chủ tịch UBND tỉnh có ý kiến như sau:\n\n1. Đồng ý Sở Xây dựng tổ chức khảo sát hiện trạng chung cư.", ["Sở Xây dựng"]),
        (ANNOUNCED + "1. Giám đốc Sở Nội vụ khi giải quyết khiếu nại lần hai phải ban hành quyết định.", ["Giám đốc Sở Nội vụ"]),
        ("Năm học mới sắp bắt đầu. Để chuẩn bị tốt, các trường trung học phổ thông cần làm tốt những việc sau:\n\n"
         "1. Sửa chữa phòng học đã hư hỏng.", ["Sở Y tế", "Sở Tài chính"]),
        ("Sở có ý kiến như sau:\n\n1. Đối với các đề án chưa nghiệm thu báo cáo rõ lý do, gửi về Văn phòng Sở trước ngày 05/5/2023.",
         ["Sở Y tế", "Sở Tài chính"]),
    ],
)  # fmt: skip
def test_the_first_task_goes_to_those_the_letter_names(body: str, responsible: list[str]) -> None:
    found = tasks(body)
    assert found, "no task found"
    assert doers(found[0]) == responsible


@pytest.mark.parametrize(
    "body",
    [
        "Theo số liệu của Cục Thống kê, sản xuất công nghiệp quý I tăng 4,2% so với cùng kỳ.",
        "Bộ Tài chính hướng dẫn cụ thể một số nội dung như sau:\n\n1. Hồ sơ gồm tờ khai và hóa đơn.\n"
        "2. Thời hạn kiểm tra hồ sơ không quá 02 giờ làm việc kể từ khi tiếp nhận đầy đủ hồ sơ.",
        "Sở Y tế báo cáo kết quả thực hiện quý I như sau:\n\n1. Đã tổ chức 12 lớp tập huấn.\n2. Đã tiêm 3.000 liều.",
        "Căn cứ Luật Đầu tư công ngày 13/6/2019; theo đề nghị của Sở Kế hoạch và Đầu tư tại Công văn số 44/SKHĐT-TH.",
        "UBND tỉnh đăng ký bổ sung nội dung trình HĐND tỉnh tại kỳ họp thứ 12.",
        "Trên đây là ý kiến của Sở Xây dựng, đề nghị quý cơ quan nghiên cứu, triển khai thực hiện./.",
        "Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, đề nghị các đơn vị phản ánh về Sở Nội vụ để phối hợp giải quyết./.",
        "UBND tỉnh có ý kiến như sau:\n\n1. Đồng ý cho Sở Xây dựng tổ chức lễ khởi công.",
        "Chủ tịch UBND tỉnh đồng ý đề nghị của Sở Xây dựng tại Tờ trình số 15/TTr-SXD ngày 02/3/2023.",
        ANNOUNCED + "1. Mẫu số 2: ghi họ tên người đứng đầu.\n2. Ví dụ về cách ghi: xem phụ lục.",
        "Đề nghị các đơn vị khẩn trương phối hợp thực hiện./:Ế“",
        "Văn phòng UBND tỉnh xin thông báo để Sở Y tế, các cơ quan liên quan biết, thực hiện./.",
        "Nay thông báo kết luận của Chủ tịch UBND tỉnh để các cơ quan, đơn vị, địa phương biết, triển khai thực hiện./.",
        "Kính báo đến Thường trực Tỉnh ủy, Thường trực HĐND tỉnh và thông báo đến các sở, ban, ngành biết để liên hệ công tác./.",
        "Trên đây là thông báo về việc tháo dỡ băng rôn, đề nghị các ban ngành liên quan thực hiện tốt nội dung trong thông báo.",
        "Thủ trưởng các đơn vị chịu trách nhiệm trước Giám đốc Sở nếu để xảy ra mất an toàn.",
        "Sở Tài chính hướng dẫn một số nội dung về hóa đơn. Cụ thể như sau:\n\n1. Hộ kinh doanh lập hóa đơn theo từng lần bán.",
        "Sở Tài chính giải thích như sau:\n\n1. Người nộp thuế gửi hồ sơ trong thời hạn 05 ngày kể từ ngày lập biên bản.",
        "Sở có ý kiến như sau:\n\n1. Các hồ sơ đã được gửi về Văn phòng trước ngày 05/5/2023 không phải nộp lại.",
        "Năm 2022, Thủ tướng Chính phủ đã giao Bộ Công an chủ trì xây dựng cơ sở dữ liệu và kết quả đạt được rất tích cực.",
    ],
)
def test_what_only_looks_like_a_task_gives_none(body: str) -> None:
    assert [t.text for t in tasks(body)] == []


@pytest.mark.parametrize("kind", ["khác", "báo cáo", "tờ trình", "nghị định"])
def test_kinds_that_direct_nobody_give_no_task(kind: str) -> None:
    assert tasks("1. Giao Sở Y tế rà soát trang thiết bị.", kind=kind) == []


def test_assessment_sections_give_no_task_and_the_next_section_does() -> None:
    body = (
        "Chủ tịch UBND huyện kết luận và chỉ đạo như sau:\n\nI. Đánh giá chung\n"
        "1. Các xã đã triển khai tốt công tác thu ngân sách.\n2. Tổ chức thực hiện còn chậm.\n"
        "II. Nhiệm vụ trọng tâm\n1. Giao phòng Tài chính - Kế hoạch rà soát nguồn thu.\n2. Yêu cầu UBND các xã báo cáo hàng tuần."
    )
    assert [t.label for t in tasks(body, kind="thông báo", addressees=())] == ["II.1", "II.2"]


def test_heading_bodies_pass_down_and_a_bullet_may_override_them() -> None:
    body = ANNOUNCED + (
        "1. Sở Nông nghiệp và Phát triển nông thôn:\n- Chỉ đạo vận hành hồ chứa.\n"
        "- Phòng, chống hạn: giao Chi cục Thủy lợi theo dõi nguồn nước.\n2. Sở Tài chính bố trí kinh phí."
    )
    found = tasks(body)
    assert [(t.label, doers(t)) for t in found] == [
        ("1.-1", ["Sở Nông nghiệp và Phát triển nông thôn"]),
        ("1.-2", ["Chi cục Thủy lợi"]),
        ("2", ["Sở Tài chính"]),
    ]


def test_cooperating_bodies_and_the_receiver_of_the_report_are_told_apart() -> None:
    found = tasks(
        ANNOUNCED + "1. Sở Công Thương chủ trì, phối hợp với Sở Tài chính, Cục Thuế tỉnh kiểm tra giá xăng dầu; "
        "báo cáo UBND tỉnh trước ngày 30/4/2023."
    )
    assert doers(found[0]) == ["Sở Công Thương"]
    assert [b.text for b in found[0].coordinating] == ["Sở Tài chính", "Cục Thuế tỉnh"]
    assert found[0].report_to is not None
    assert found[0].report_to.text == "UBND tỉnh"
    assert [d.date for d in found[0].deadlines] == [date(2023, 4, 30)]


def test_a_sentence_that_only_sets_the_term_belongs_to_the_one_before() -> None:
    found = tasks("UBND tỉnh giao Sở Xây dựng lập đề án quản lý cây xanh. Hoàn thành trong tháng 8 năm 2023.")
    assert [t.text for t in found] == ["UBND tỉnh giao Sở Xây dựng lập đề án quản lý cây xanh. Hoàn thành trong tháng 8 năm 2023."]
    assert [d.date for d in found[0].deadlines] == [date(2023, 8, 31)]


def test_sentences_that_name_nobody_go_on_in_their_line() -> None:
    found = tasks("UBND tỉnh giao Sở Y tế kiểm tra bếp ăn trường học. Đặc biệt, tăng cường kiểm tra nguồn nước.")
    assert len(found) == 1
    assert found[0].text.endswith("nguồn nước.")


def test_a_report_asked_for_in_a_sentence_of_its_own_is_a_duty_of_its_own() -> None:
    found = tasks("UBND tỉnh giao Sở Y tế kiểm tra bếp ăn trường học. Định kỳ báo cáo kết quả về UBND tỉnh.")
    assert [t.text for t in found][1:] == ["Định kỳ báo cáo kết quả về UBND tỉnh."]


def test_papers_are_owed_by_those_asked_before_where_the_letter_has_no_addressee() -> None:
    found = tasks("Bộ đề nghị Quý cơ quan góp ý dự thảo Quy chế.\n\nVăn bản góp ý gửi về Bộ trước ngày 25/4/2023.", addressees=())
    assert [doers(t) for t in found] == [["Quý cơ quan"], ["Quý cơ quan"]]


def test_a_sentence_with_a_doer_of_its_own_is_another_duty() -> None:
    found = tasks("UBND tỉnh giao Sở Xây dựng lập đề án. Giao Sở Tài chính thẩm định kinh phí trước ngày 20/5/2023.")
    assert [doers(t) for t in found] == [["Sở Xây dựng"], ["Sở Tài chính"]]
    assert found[0].deadlines == ()


def test_brackets_with_roles_tell_the_lead_from_those_who_help() -> None:
    found = tasks(ANNOUNCED + "1. Sở Tài chính (chủ trì), Sở Nội vụ (phối hợp) thẩm định biên chế.")
    assert doers(found[0]) == ["Sở Tài chính"]
    assert [b.text for b in found[0].coordinating] == ["Sở Nội vụ"]


@pytest.mark.parametrize(
    "closing",
    [
        "Các nhiệm vụ nêu trên hoàn thành trước ngày 30/6/2023.",
        "Toàn bộ nội dung trên phải hoàn thành trước ngày 30/6/2023./.",
        "Thời gian hoàn thành: trước ngày 30/6/2023.",
    ],
)
def test_a_term_behind_the_list_holds_for_all_tasks_without_one(closing: str) -> None:
    body = ANNOUNCED + f"1. Rà soát hồ sơ.\n2. Sở Nội vụ kiểm tra công vụ trước ngày 15/5/2023.\n\n{closing}"
    found = tasks(body)
    assert [(t.label, [d.date for d in t.deadlines]) for t in found] == [
        ("1", [date(2023, 6, 30)]),
        ("2", [date(2023, 5, 15)]),
    ]
    term = found[0].deadlines[0]
    assert term.evidence.rule == "deadline.for-all-tasks"
    assert "30/6/2023" in body[term.evidence.start : term.evidence.end]


def test_an_order_to_finish_is_a_duty_of_its_own() -> None:
    body = ANNOUNCED + "1. Rà soát hồ sơ.\n2. Kiểm tra công vụ.\n\nYêu cầu các đơn vị hoàn thành các nội dung trên trước ngày 30/6/2023, báo cáo UBND tỉnh."
    found = tasks(body)
    assert [len(t.deadlines) for t in found] == [0, 0, 1]


def test_a_date_inside_a_citation_is_no_deadline() -> None:
    found = tasks(ANNOUNCED + "1. Thực hiện nghiêm Chỉ thị số 12/CT-UBND ngày 25/12/2023 của Chủ tịch UBND tỉnh.")
    assert found[0].deadlines == ()


def test_papers_sent_to_be_handled_are_no_report() -> None:
    found = tasks(ANNOUNCED + "1. Hoàn chỉnh hồ sơ gửi Sở Xây dựng để thẩm định.")
    assert found[0].report_to is None


def test_the_article_that_names_who_executes_a_decision_is_no_task() -> None:
    body = "Điều 1. Giao Sở Xây dựng lập đề án.\nĐiều 2. Chánh Văn phòng UBND tỉnh, Giám đốc Sở Xây dựng chịu trách nhiệm thi hành Quyết định này./."
    assert [t.label for t in tasks(body, kind="quyết định", addressees=())] == ["Điều 1"]
    ordered = "Điều 1. Ban hành Quy chế.\nĐiều 2. Giao Văn phòng Sở hướng dẫn, kiểm tra, đôn đốc việc thực hiện Quyết định này."
    assert [t.label for t in tasks(ordered, kind="quyết định", addressees=())] == ["Điều 2"]


def test_a_report_that_must_make_clear_is_one_duty() -> None:
    body = ANNOUNCED + "1. Báo cáo tình hình bán nhà ở, trong đó nêu rõ:\n- Tổng số nhà;\n- Số nhà đã bán."
    assert [t.label for t in tasks(body)] == ["1"]


def test_the_basis_goes_and_the_purpose_stays() -> None:
    asked = "Để chuẩn bị họp giao ban, Bộ đề nghị UBND tỉnh báo cáo kết quả. Báo cáo gửi về Bộ trước ngày 15/6/2023."
    found = tasks(f"Thực hiện Thông báo số 121/TB-VPCP; {asked}", issuer="Bộ Y tế")
    assert [t.text[:16] for t in found] == ["Để chuẩn bị họp "]
    assert [d.date for d in found[0].deadlines] == [date(2023, 6, 15)]


def test_contents_of_a_report_are_not_tasks() -> None:
    body = ANNOUNCED + (
        "1. Sở Y tế báo cáo UBND tỉnh trước ngày 20/5/2023 các nội dung sau:\n- Tình hình dịch bệnh;\n- Số ca mắc mới."
    )
    assert [t.label for t in tasks(body)] == ["1"]


def test_every_evidence_lies_in_the_body() -> None:
    body = ANNOUNCED + "1. Sở Y tế\nchủ trì, phối hợp với\nSở Tài chính rà soát."
    for task in tasks(body):
        assert 0 <= task.evidence.start < task.evidence.end <= len(body)
        for named in task.coordinating:
            assert "Sở" in body[named.evidence.start : named.evidence.end]


def test_an_order_before_the_sentence_that_announces_a_list_is_a_task_of_its_own() -> None:
    found = tasks(
        ANNOUNCED + "1. Sở Tài chính hoàn thiện dự thảo đề án, trình UBND tỉnh trước ngày 20/5/2023. "
        "Trong đó chú ý một số nội dung sau:\n- Sở Nội vụ rà soát biên chế của các trung tâm.\n- Làm rõ nguồn vốn."
    )
    assert [doers(task) for task in found][:2] == [["Sở Tài chính"], ["Sở Nội vụ"]]
    assert found[0].deadlines[0].date == date(2023, 5, 20)


def test_a_list_before_the_announcement_of_duties_is_none_and_the_second_list_stands_by_itself() -> None:
    found = tasks(
        "Nghị định mới có một số thay đổi như:\n\n(i) Quy định cụ thể hồ sơ miễn tiền phạt.\n\n(ii) Bổ sung một số hành vi.\n\n"
        "Để thực hiện kịp thời, Sở Tư pháp yêu cầu:\n\n1. Các phòng tổ chức nghiên cứu kỹ.\n\n2. Rà soát biểu mẫu đang dùng."
    )
    assert [task.label for task in found] == ["1", "2"]


@pytest.mark.parametrize(
    "opening",
    [
        "UBND phường công khai thông tin kết quả tiếp nhận hồ sơ của đơn vị đề nghị làm chủ đầu tư cụm công nghiệp, như sau:",
        "UBND phường đã nhận được 01 hồ sơ của Công ty Sông Lam đề nghị làm chủ đầu tư, cụ thể như sau:",
    ],
)
def test_what_was_received_or_made_public_orders_nothing(opening: str) -> None:
    body = f"{opening}\n- Địa chỉ trụ sở: số 5 đường Trần Phú.\n- Ngành nghề: xây dựng nhà ở các loại; hoàn thiện công trình."
    assert tasks(body, kind="thông báo", addressees=()) == []


def test_bodies_told_apart_by_where_they_are_keep_their_clause() -> None:
    found = tasks(ANNOUNCED + "1. Chi cục Hải quan nơi lưu giữ hàng hóa phân công công chức trực 24/7.")
    assert doers(found[0]) == ["Chi cục Hải quan nơi lưu giữ hàng hóa"]


def test_orders_announced_under_a_heading_that_only_tells_are_tasks() -> None:
    found = tasks(
        "Lãnh đạo UBND huyện kết luận và chỉ đạo như sau:\n\nI. Đánh giá chung\n\nTình hình tiếp tục ổn định.\n\n"
        "Yêu cầu các cơ quan, đơn vị tập trung thực hiện các nhiệm vụ sau:\n\n1. Giao phòng Y tế chủ trì kiểm tra an toàn thực phẩm.",
        kind="thông báo", addressees=(),
    )  # fmt: skip
    assert [doers(task) for task in found if task.label] == [["phòng Y tế"]]


def test_a_heading_of_a_doer_and_helpers_without_a_colon_is_no_task() -> None:
    found = tasks(
        ANNOUNCED + "1. Sở Công Thương chủ trì, phối hợp với các sở, ngành liên quan\na) Rà soát các chợ.\nb) Báo cáo kết quả."
    )
    assert [task.label for task in found] == ["1.a", "1.b"]
    assert doers(found[0]) == ["Sở Công Thương"]
    assert [body.text for body in found[0].coordinating] == ["các sở, ngành liên quan"]


@pytest.mark.parametrize(
    ("heading", "named"),
    [
        ("1. Các tổ chức tín dụng có hoạt động thẻ", ["Các tổ chức tín dụng có hoạt động thẻ"]),
        ("1. Chủ tịch UBND các xã bị ngập lụt:", ["Chủ tịch UBND các xã bị ngập lụt"]),
        (
            "1. LĐLĐ huyện, công đoàn ngành và Công đoàn các KCN tỉnh",
            ["LĐLĐ huyện", "công đoàn ngành", "Công đoàn các KCN tỉnh"],
        ),
        (
            "1. Các Ban Quản lý rừng phòng hộ, đặc dụng, Công ty Lâm nghiệp Sông Kôn, chủ rừng khác",
            ["Các Ban Quản lý rừng phòng hộ, đặc dụng", "Công ty Lâm nghiệp Sông Kôn", "chủ rừng khác"],
        ),
        # a sentence is no heading, and a theme names nobody
        ("1. Các tổ chức tín dụng có hoạt động thẻ rất nhanh.", ["Sở Y tế", "Sở Tài chính"]),
        ("1. Các giải pháp trước mắt, lâu dài", ["Sở Y tế", "Sở Tài chính"]),
    ],
)
def test_a_heading_that_is_a_list_of_bodies(heading: str, named: list[str]) -> None:
    found = tasks(ANNOUNCED + f"{heading}\na) Rà soát các điểm giao dịch.\nb) Kiểm tra kho hàng.")
    assert [doers(task) for task in found if task.label in ("1.a", "1.b")] == [named, named]


@pytest.mark.parametrize(
    ("addressees", "heading", "named"),
    [
        (("Liên đoàn Lao động các huyện", "Công đoàn ngành Y tế"), "Các cấp công đoàn", ["Liên đoàn Lao động các huyện", "Công đoàn ngành Y tế"]),
        (("Liên đoàn Lao động các huyện", "Sở Y tế"), "Các cấp công đoàn", ["Các cấp công đoàn"]),
        (("Cục Thuế tỉnh Bắc Ninh", "Cục Thuế tỉnh Hà Nam"), "Cục Thuế các tỉnh nêu trên", ["Cục Thuế tỉnh Bắc Ninh", "Cục Thuế tỉnh Hà Nam"]),
        (
            ("Hiệu trưởng các trường Tiểu học", "Hiệu trưởng các trường THCS", "Sở Y tế"),
            "Hiệu trưởng các trường",
            ["Hiệu trưởng các trường Tiểu học", "Hiệu trưởng các trường THCS"],
        ),
    ],
)
def test_a_name_that_stands_for_those_the_letter_is_sent_to(addressees: tuple[str, ...], heading: str, named: list[str]) -> None:
    sent_to = tuple(Named(name, Evidence(0, len(name), "addressee", 0.9)) for name in addressees)
    setting = Setting("công văn", "Sở Nội vụ", sent_to, None)
    printed = Named(heading, Evidence(0, len(heading), "heading", 0.9))
    assert [body.text for body in standing_for(printed, setting)] == named


@pytest.mark.parametrize("order", ["Yêu cầu Sở Y tế:", "Để tránh thất thoát, yêu cầu Sở Y tế:"])
def test_an_order_in_a_letter_that_answers(order: str) -> None:
    found = tasks(
        "Trả lời Công văn số 12/SYT-NV của Sở Y tế về việc cấp phát thuốc, Bộ Y tế có ý kiến như sau:\n"
        f"1. Thuốc được cấp theo Thông tư số 11/2020/TT-BYT.\n2. {order}\na) Rà soát số thuốc còn lại.\nb) Không ủy quyền cho trạm y tế.",
    )
    assert [task.label for task in found] == ["2.a", "2.b"]


def test_the_heading_of_who_carries_it_out_is_no_task() -> None:
    found = tasks(ANNOUNCED + "1. Sở Y tế kiểm tra bếp ăn.\n\n2. Tổ chức thực hiện\n\nGiao Sở Nội vụ tổng hợp, báo cáo UBND tỉnh.")
    assert [task.text for task in found] == ["Sở Y tế kiểm tra bếp ăn.", "Giao Sở Nội vụ tổng hợp, báo cáo UBND tỉnh."]


def test_which_of_a_group_is_meant_stands_before_the_colon() -> None:
    found = tasks(ANNOUNCED + "1. Đối với các trường có hồ bơi: rà soát điều kiện cứu hộ.\n2. Sở Y tế kiểm tra bếp ăn.")
    assert [doers(task) for task in found] == [["các trường có hồ bơi"], ["Sở Y tế"]]


def test_an_order_to_those_the_letter_speaks_to_needs_no_name() -> None:
    found = tasks("Thường trực Huyện ủy có lịch dự đại hội. Yêu cầu gửi lịch Đại hội trước ngày 18/4/2023.")
    assert [doers(task) for task in found] == [["Sở Y tế", "Sở Tài chính"]]


@pytest.mark.parametrize(
    "body",
    [
        "Tại phiên họp, Thủ tướng giao Ủy ban nhân dân tỉnh Bình Sơn chủ trì rà soát các dự án. Sở Y tế được biết.",
        "Quyết định có hiệu lực kể từ ngày ký và giao Ủy ban nhân dân các tỉnh hoàn thành trước ngày 01/7/2028.",
    ],
)
def test_what_others_ordered_is_no_task_of_this_letter(body: str) -> None:
    assert tasks(body) == []


@pytest.mark.parametrize(
    "unit",
    ["Thứ nhất, Cục Đăng kiểm đã có văn bản gửi các đơn vị, cần xem xét.", "Sở Xây dựng đang tập trung kiểm tra, cần thêm thời gian."],
)
def test_a_unit_that_tells_what_a_body_has_done_is_no_task(unit: str) -> None:
    assert tasks(ANNOUNCED + f"1. {unit}\n2. Rà soát danh mục.")[0].label == "2"


GUIDANCE = "UBND tỉnh hướng dẫn một số nội dung như sau:\n\n1. Mức chi: theo Nghị quyết số 12/NQ-HĐND.\n"


def test_what_an_express_order_lists_is_ordered_in_a_letter_that_explains() -> None:
    found = tasks(
        GUIDANCE + "2. Để bảo đảm sử dụng kinh phí hiệu quả, UBND tỉnh:\n"
        "a) Đề nghị Thủ trưởng các bệnh viện chủ trì, phối hợp với Bảo hiểm xã hội tỉnh:\n"
        "- Tổ chức quán triệt đến người lao động các quy định về thanh toán.\n- Thực hiện đúng quy trình kê khai chi phí.\n"
    )
    assert [(task.label, doers(task)) for task in found] == [
        ("2.a.-1", ["Thủ trưởng các bệnh viện"]), ("2.a.-2", ["Thủ trưởng các bệnh viện"]),
    ]  # fmt: skip
    assert [body.text for body in found[0].coordinating] == ["Bảo hiểm xã hội tỉnh"]


def test_what_a_letter_that_explains_lists_without_an_order_is_none() -> None:
    assert tasks(GUIDANCE + "2. Hồ sơ đề nghị thanh toán của các bệnh viện gồm:\n- Lập bảng kê chi phí.\n- Gửi kèm hóa đơn.\n") == []


def test_the_bodies_of_all_provinces_are_not_the_sender_whose_name_theirs_begins_with() -> None:
    order = "Yêu cầu Bảo hiểm xã hội các tỉnh, thành phố tổ chức chi trả lương hưu tháng 01 trong kỳ chi trả tháng 12."
    found = tasks(order, issuer="Bảo hiểm xã hội", addressees=())
    assert [doers(task) for task in found] == [["Bảo hiểm xã hội các tỉnh, thành phố"]]
    assert tasks("Theo đó, yêu cầu Bảo hiểm xã hội tỉnh tổ chức chi trả lương hưu.", issuer="Bảo hiểm xã hội tỉnh Bình Lâm", addressees=()) == []


ALL = (Named("Cục Thuế các tỉnh, thành phố trực thuộc Trung ương", Evidence(0, 0, "test")),)


@pytest.mark.parametrize(
    ("order", "all_of_them"),
    [
        ("Đề nghị Cục Thuế rà soát danh sách người nộp thuế được gia hạn.", True),
        ("Đề nghị Cục Thuế tỉnh Bình Lâm rà soát danh sách người nộp thuế được gia hạn.", False),
        ("(Sau đây viết tắt là Cục Thuế địa phương)\nĐề nghị Cục Thuế địa phương rà soát danh sách người nộp thuế.", True),
    ],
)
def test_a_name_of_their_kind_or_a_short_name_stands_for_all_addressees(order: str, all_of_them: bool) -> None:
    (task,) = tasks(order, issuer="Tổng cục Thuế", addressees=ALL)
    assert (doers(task) == [ALL[0].text]) is all_of_them


def test_a_name_goes_on_as_far_as_the_addressee_has_it() -> None:
    board = "Ban Chỉ đạo quốc gia về khắc phục hậu quả bom mìn sau chiến tranh"
    (task,) = tasks(f"Giao {board} nghiên cứu báo cáo của Hội, trình Thủ tướng Chính phủ trước ngày 30/4/2023.", issuer="Văn phòng Chính phủ",
                    addressees=(Named(board, Evidence(0, 0, "test")),))  # fmt: skip
    assert doers(task) == [board]


@pytest.mark.parametrize(
    "closing",
    [
        "Văn phòng Ủy ban nhân dân thành phố truyền đạt ý kiến chỉ đạo của Phó Chủ tịch để các cơ quan liên quan tổ chức thực hiện./.",
        "Văn phòng UBND tỉnh trân trọng truyền đạt để các đơn vị biết, thực hiện./.",
    ],
)
def test_passing_an_order_on_is_no_order(closing: str) -> None:
    assert tasks(closing) == []


def test_a_sender_behind_now_directs_all_that_follow() -> None:
    (task,) = tasks("Nay UBND xã Đức Hòa đề nghị UBND huyện, Phòng Nội vụ huyện xem xét giải quyết chế độ trợ cấp.", issuer="UBND xã Đức Hòa")
    assert doers(task) == ["UBND huyện", "Phòng Nội vụ huyện"]
