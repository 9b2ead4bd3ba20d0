"""Which units of a letter are tasks: rights, rewards, papers and answers are none; what is told with its ground, in a case or behind the list, is."""

from __future__ import annotations

from datetime import date

import pytest

from nlp.outline import outline
from nlp.tasks import find_tasks
from nlp.types import Evidence, Named, Task


def tasks(body: str, *, kind: str = "công văn", issuer: str = "Sở Y tế", sent_to: tuple[str, ...] = ("UBND các xã", "Các bệnh viện công lập")) -> list[Task]:
    addressees = tuple(Named(each, Evidence(0, 0, "test")) for each in sent_to)
    return list(find_tasks(body, kind=kind, issuer=issuer, addressees=addressees, issued_on=date(2023, 5, 9)))


LISTED = "Sở Y tế yêu cầu thực hiện các nội dung sau:\n\n1. Rà soát kho thuốc.\n\n2. {unit}\n"


@pytest.mark.parametrize(
    ("unit", "is_task"),
    [
        ("Người lao động có quyền chọn nơi khám bệnh ban đầu.", False),
        ("Người lao động phải đăng ký nơi khám bệnh ban đầu.", True),
        ("Tập thể, cá nhân làm tốt được xem xét khen thưởng; nơi nào để lọt ổ dịch thì bị phê bình.", False),
        ("Tập thể, cá nhân làm tốt phải được bình xét công khai.", True),
        ("Giám đốc Sở Y tế lấy kết quả tiêm chủng là tiêu chí đánh giá cuối năm.", False),
        ("Giám đốc Sở Y tế lấy ý kiến các bệnh viện trước ngày 30/5/2023.", True),
        ("Qua kiểm tra, nhiều trạm chưa ghi sổ thuốc. Do đó, trưởng trạm phải ghi sổ hằng ngày.", True),
        ("Qua kiểm tra, nhiều trạm chưa ghi sổ thuốc. Do đó, tỷ lệ sử dụng thuốc chưa rõ.", False),
        ("Khi có ca bệnh, đơn vị báo cáo nhanh cho Sở Y tế.", True),
        ("Khi có ca bệnh, số ngày điều trị tăng lên.", False),
        ("Tranh thủ tiêm vét cho trẻ vắng nhà.", True),
        ("Tranh thiếu nhi về tiêm chủng.", False),
    ],
)
def test_units_of_a_list_of_orders(unit: str, is_task: bool) -> None:
    assert [task.label for task in tasks(LISTED.format(unit=unit))] == (["1", "2"] if is_task else ["1"])


def test_papers_below_a_duty_are_its_contents() -> None:
    body = "Sở Y tế yêu cầu thực hiện như sau:\n\n1. Đăng ký cấp phép:\n\nNộp hồ sơ gồm các {what} sau đây:\n\n- Các giấy tờ có công chứng theo quy định;\n\n- Đơn đăng ký.\n"
    assert [(task.label, task.text[:10]) for task in tasks(body.format(what="giấy tờ"))] == [("1", "Nộp hồ sơ ")]
    orders = "Sở Y tế yêu cầu thực hiện như sau:\n\n1. Đăng ký cấp phép:\n\nLàm các việc sau đây:\n\n- Lập đơn đăng ký;\n\n- Nộp đơn tại Sở.\n"
    assert [task.label for task in tasks(orders)] == ["1.-1", "1.-2"]


def test_who_it_is_stands_below_a_role() -> None:
    body = "Sở Y tế yêu cầu thực hiện như sau:\n\n1. Cơ quan tiếp nhận hồ sơ:\n\na) UBND các xã:\n\nTiếp nhận hồ sơ của hộ kinh doanh.\n\nb) Phòng Y tế:\n\nTiếp nhận hồ sơ của doanh nghiệp.\n"
    assert [(task.label, [each.text for each in task.responsible]) for task in tasks(body)] == [("1.a", ["UBND các xã"]), ("1.b", ["Phòng Y tế"])]


def test_overdue_work_is_told() -> None:
    told = "Qua theo dõi, các đơn vị còn 2 nhiệm vụ quá hạn, cụ thể:\n\n1. UBND xã An Hòa: lập danh sách trẻ chưa tiêm.\n\n2. UBND xã An Bình: tổng hợp số liệu quý I.\n"
    assert tasks(told) == []
    assert [task.label for task in tasks(told.replace("Qua theo dõi, các đơn vị còn 2 nhiệm vụ quá hạn, cụ thể:", "Sở Y tế giao nhiệm vụ cho các đơn vị, cụ thể:"))] == ["1", "2"]


def test_guided_work_is_to_be_done() -> None:
    body = "Sở Y tế hướng dẫn một số {what} như sau:\n\n1. Công tác vận động: các xã phối hợp với trường học tuyên truyền tiêm chủng.\n\n2. UBND các xã phải hoàn thành sửa chữa trạm y tế.\n"
    assert [task.label for task in tasks(body.format(what="công việc chuẩn bị chiến dịch"))] == ["1", "2"]
    assert tasks(body.format(what="quy định của Thông tư số 12/2023/TT-BYT")) == []


@pytest.mark.parametrize(
    ("sentence", "doers"),
    [
        ("Giao bộ phận Tổng hợp của Sở theo dõi, tổng hợp báo cáo UBND tỉnh.", [["bộ phận Tổng hợp của Sở"]]),
        ("Giao diện phần mềm đã được thay đổi từ tháng trước.", []),
        ("Xã nào còn sót thì khẩn trương lập danh sách gửi về Sở trước ngày 30/5/2023.", [["UBND các xã", "Các bệnh viện công lập"]]),
        ("Xã nào còn sót thì bị trừ điểm thi đua cuối năm nay.", []),
        ("Kết quả tiêm chủng báo cáo về Bảo hiểm xã hội tỉnh trước ngày 30/5/2023.", [["UBND các xã", "Các bệnh viện công lập"]]),
        ("Kết quả tiêm chủng theo báo cáo của Bảo hiểm xã hội tỉnh đạt 95% vào cuối tháng.", []),
    ],
)
def test_sentences_that_stand_apart(sentence: str, doers: list[list[str]]) -> None:
    found = tasks(f"Sở Y tế đề nghị UBND các xã, các bệnh viện rà soát trẻ trong độ tuổi tiêm chủng. {sentence}")
    assert [[each.text for each in task.responsible] for task in found[1:]] == doers


def test_a_report_whose_contents_stand_below() -> None:
    body = "Sở Y tế yêu cầu thực hiện các nội dung sau:\n\n1. Rà soát kho thuốc.\n\n2. Về tổng kết: số liệu lấy đến hết tháng 5. Báo cáo gửi Sở Y tế {day}. Báo cáo gồm các nội dung:\n\n- Kết quả tiêm chủng;\n\n- Khó khăn, vướng mắc.\n"
    assert [task.label for task in tasks(body.format(day="chậm nhất là ngày 05/6/2023"))] == ["1", "2"]
    assert [task.label for task in tasks(body.format(day="như mọi năm"))] == ["1"]


def test_an_opinion_asked_by_points() -> None:
    body = "Sở Y tế gửi kèm dự thảo và đề nghị Quý cơ quan nghiên cứu, tham gia ý kiến bằng văn bản, trong đó đề nghị tập trung vào các nội dung sau:\n\n- Phạm vi điều chỉnh;\n\n- Mức thu phí.\n\nÝ kiến tham gia xin gửi về Sở Y tế trước ngày 30/5/2023./.\n"
    assert [task.label for task in tasks(body) if "ý kiến" in task.text.lower()] == [None, None]


def test_what_closes_the_letter_behind_its_list() -> None:
    listed = "Sở Y tế yêu cầu thực hiện các nội dung sau:\n\n1. Rà soát kho thuốc.\n\n2. Bố trí đội tiêm lưu động.\n\n"
    reports = tasks(listed + "Các đơn vị báo cáo kết quả gửi Sở Y tế chậm nhất ngày 30/5/2023. Giao Văn phòng Sở tổng hợp, báo cáo UBND tỉnh.\n\nSở Y tế yêu cầu các đơn vị nghiêm túc thực hiện./.\n")
    assert [task.label for task in reports] == ["1", "2", None, None]
    own = tasks(listed + "Đội tiêm báo cáo bệnh viện mỗi buổi.\n\nSở Y tế yêu cầu các đơn vị nghiêm túc thực hiện./.\n")
    assert None not in [task.label for task in own]


def test_an_order_before_what_is_said_of_difficulties() -> None:
    listed = "Sở Y tế yêu cầu thực hiện các nội dung sau:\n\n1. Rà soát kho thuốc.\n\nThực hiện ý kiến của UBND tỉnh, Sở Y tế đề nghị các đơn vị "
    ordered = tasks(listed + "hoàn thành các việc nêu trên trước ngày 30/5/2023; trường hợp có khó khăn, vướng mắc thì báo cáo Sở./.\n")
    assert [task.label for task in ordered] == ["1", None]
    assert [task.label for task in tasks(listed + "phản ánh về Sở nếu có khó khăn, vướng mắc./.\n")] == ["1"]


def test_the_senders_own_duty_below_its_name() -> None:
    body = "Sở Y tế triển khai thực hiện như sau:\n\n1. UBND các xã:\n\nLập danh sách trẻ.\n\n2. Sở Y tế:\n\nHằng quý, Sở Y tế có trách nhiệm tổng hợp, báo cáo UBND tỉnh./.\n"
    assert [task.label for task in tasks(body)] == ["1", "2"]


def test_who_answers_for_an_order_and_reports() -> None:
    listed = "Chủ tịch UBND tỉnh yêu cầu:\n\n1. Sở Y tế rà soát kho thuốc.\n\n2. Sở Tài chính bố trí kinh phí.\n\nThủ trưởng các sở, Giám đốc Bệnh viện đa khoa chịu trách nhiệm thi hành Chỉ thị này{more}./.\n"
    due = tasks(listed.format(more=" và báo cáo kết quả về UBND tỉnh trước ngày 30/6/2023"), kind="chỉ thị", issuer="UBND tỉnh", sent_to=())
    assert [task.label for task in due] == ["1", "2", None]
    assert [task.label for task in tasks(listed.format(more=""), kind="chỉ thị", issuer="UBND tỉnh", sent_to=())] == ["1", "2"]


ANSWER = "Sở Y tế nhận được công văn của Công ty An Phát đề nghị hướng dẫn.\n\nVề việc này, Sở Y tế có ý kiến như sau:\n\nCăn cứ Điều 8 Luật Dược quy định như sau:\n\n"


@pytest.mark.parametrize("mark", ["", "”"])
def test_a_quoted_provision_whose_mark_is_missing(mark: str) -> None:
    quoted = f"“...3. Cơ sở thu hồi thuốc như sau:\n\na) Lập danh sách thuốc phải thu hồi;\n\nb) Nộp danh sách cho Sở Y tế.{mark}\n\nCăn cứ quy định nêu trên, Công ty tự xác định thuốc phải thu hồi.\n\nSở Y tế thông báo để Công ty được biết./.\n"
    assert tasks(ANSWER + quoted, sent_to=("Công ty An Phát",)) == []
    assert not outline(ANSWER + quoted).items
    assert outline(ANSWER + quoted.replace("“...3", "3").replace("”", "")).items


def test_what_follows_from_the_quoted_law_is_an_answer() -> None:
    body = "Sở Y tế có ý kiến như sau:\n\n- Điều 8 Luật Dược quy định về thu hồi thuốc.\n\n- Căn cứ quy định nêu trên, {answer}\n"
    assert tasks(body.format(answer="người đứng đầu Công ty ký hoặc giao cấp phó ký biên bản.")) == []
    assert len(tasks(body.format(answer="đề nghị UBND các xã lập biên bản."))) == 1


def test_an_opening_with_a_dash_opens_an_answer() -> None:
    body = "- {opening}, Sở Y tế có ý kiến như sau:\n\n- Căn cứ Luật Dược.\n\nĐối với thuốc nhập khẩu thì nộp hồ sơ theo quý, chậm nhất là ngày 30 tháng đầu quý sau.\n"
    assert tasks(body.format(opening="Trả lời công văn số 12/CV của Công ty An Phát về thu hồi thuốc"), sent_to=("Công ty An Phát",)) == []


@pytest.mark.parametrize(
    ("first", "second", "paragraphs"),
    [
        ("1. Cơ sở nộp báo cáo theo", "mẫu số 02 kèm theo Thông tư này.", 1),
        ("1. Cơ sở nộp báo cáo của", "kho thuốc và quầy thuốc.", 1),
        ("1. Cơ sở nộp báo cáo theo", "Mẫu số 02 kèm theo Thông tư này.", 2),
        ("1. Cơ sở nộp báo cáo quý", "kho thuốc lập sổ riêng.", 2),
    ],
)
def test_a_sentence_broken_by_an_empty_line(first: str, second: str, paragraphs: int) -> None:
    (item,) = outline(f"{first}\n\n{second}\n").items
    assert len(item.paragraphs) == paragraphs


def test_what_a_petition_wants_is_told() -> None:
    petition = "Sở Y tế nhận được công văn số 12/CV của Công ty An Phát, đề nghị hướng dẫn thu hồi thuốc."
    assert tasks(petition, sent_to=("Công ty An Phát",)) == []
    assert len(tasks("Nhận được công văn này, đề nghị báo cáo kết quả trước ngày 30/5/2023.")) == 1
