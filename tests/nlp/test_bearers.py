"""Bearers of a duty that are no agency by name, and subjects that are only told of."""

import pytest

from nlp.bearers import duty_bearers


def bearers(text: str) -> str | None:
    span = duty_bearers(text)
    return text[slice(*span)] if span else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cơ sở đào tạo thực hiện ký số dữ liệu.", "Cơ sở đào tạo"),
        ("Người đứng đầu cơ sở giáo dục chịu trách nhiệm về số liệu.", "Người đứng đầu cơ sở giáo dục"),
        ("Giáo viên được phân công phối hợp với cha mẹ học sinh.", "Giáo viên được phân công"),
        ("Sinh viên nộp học phí chậm nhất ngày 25/10.", "Sinh viên"),
        ("Cán bộ, công chức, viên chức nghiêm túc chấp hành giờ làm việc.", "Cán bộ, công chức, viên chức"),
        ("Các chủ hồ chứa trên địa bàn vận hành hồ đúng quy trình.", "Các chủ hồ chứa trên địa bàn"),
        ("Các hộ dân trong vùng ngập di dời đến nơi an toàn.", "Các hộ dân trong vùng ngập"),
        ("Sau mỗi đợt đồng bộ, cơ sở đào tạo thực hiện kiểm tra.", "cơ sở đào tạo"),
        ("Đối với học phí: Sinh viên nộp trước ngày 25/10.", "Sinh viên"),
        ("Người dân hạn chế ra đường khi mưa lớn.", "Người dân"),
        ("Thành viên Ban Chỉ đạo theo nhiệm vụ được giao kiểm tra địa bàn.", "Thành viên Ban Chỉ đạo theo nhiệm vụ được giao"),
    ],
)
def test_bearers_before_what_they_must_do(text: str, expected: str) -> None:
    assert bearers(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Giáo viên là lực lượng nòng cốt.",
        "Người dân được hỗ trợ 100% chi phí.",
        "Cơ sở giáo dục đã thực hiện tốt công tác tuyển sinh.",
        "Doanh nghiệp có vốn đầu tư nước ngoài chiếm 70%.",
        "Khi có mưa lớn, người dân được hỗ trợ di dời.",
        "Đối với các đề án đã duyệt, kinh phí thực hiện theo quy định.",
        "Tổ chức rà soát các hồ chứa trên địa bàn.",
        "Chủ động phương án ứng phó.",
        "Đối với bối cảnh chủ trì hội nghị, cần chuẩn bị kỹ.",
        "Khoa nào để vượt chi sẽ không xét thi đua.",
        "Công trình hoàn thành trước ngày 30/6.",
        "Các công trình thủy lợi bị hư hỏng.",
    ],
)
def test_what_is_only_told_of_bears_nothing(text: str) -> None:
    assert bearers(text) is None
