"""Bodies that stand without a name under one plural word: how far the group goes."""

from __future__ import annotations

import pytest

from nlp.bodies import split_bodies


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("các cơ quan liên quan và địa phương có rừng tuần tra", ["các cơ quan liên quan và địa phương có rừng"]),
        ("các sở, ngành có liên quan và địa phương rà soát quy hoạch", ["các sở, ngành có liên quan và địa phương"]),
        ("các ngành chức năng và đơn vị thi công kiểm tra mái đê", ["các ngành chức năng và đơn vị thi công"]),
        ("các phòng liên quan và cơ quan thuế đối chiếu số thu", ["các phòng liên quan và cơ quan thuế"]),
    ],
)
def test_nouns_joined_under_one_plural_word_are_one_group(text: str, bodies: list[str]) -> None:
    assert [body.text for body in split_bodies(text)] == bodies


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("các cơ quan liên quan và các địa phương có rừng tuần tra", ["các cơ quan liên quan", "các địa phương có rừng"]),
        ("các cơ quan thuộc huyện và đơn vị, doanh nghiệp đóng trên địa bàn huyện nộp phí", ["các cơ quan thuộc huyện", "đơn vị, doanh nghiệp đóng trên địa bàn huyện"]),
        ("các sở liên quan và UBND các xã kiểm tra", ["các sở liên quan", "UBND các xã"]),
        ("các đơn vị liên quan và phòng Y tế huyện kiểm tra", ["các đơn vị liên quan", "phòng Y tế huyện"]),
        ("các ngành liên quan và bộ đội biên phòng tuần tra", ["các ngành liên quan"]),
        ("các sở liên quan và ban quản lý các khu công nghiệp rà soát", ["các sở liên quan"]),
    ],
)
def test_a_plural_word_or_a_name_of_its_own_opens_another(text: str, bodies: list[str]) -> None:
    assert [body.text for body in split_bodies(text)] == bodies


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("các đơn vị truyền thông thuộc Bộ Xây dựng mở chuyên mục", "các đơn vị truyền thông thuộc Bộ Xây dựng"),
        ("các phòng tham mưu thuộc Sở rà soát thủ tục", "các phòng tham mưu thuộc Sở"),
        ("các trường đào tạo trực thuộc Sở Nội vụ báo cáo", "các trường đào tạo trực thuộc Sở Nội vụ"),
        ("các cơ quan báo chí, đơn vị kiểm định thuộc tỉnh đăng tin", "các cơ quan báo chí, đơn vị kiểm định thuộc tỉnh"),
    ],
)
def test_the_work_a_part_of_a_body_is_named_by_is_of_its_name(text: str, body: str) -> None:
    assert split_bodies(text)[0].text == body


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("các đơn vị truyền thông về Luật Đất đai", "các đơn vị"),
        ("các đơn vị kiểm tra thuộc tính của bản đồ", "các đơn vị"),
        ("các phòng tham mưu giải quyết hồ sơ thuộc thẩm quyền", "các phòng"),
        ("các trường báo cáo số lớp thuộc diện ghép", "các trường"),
    ],
)
def test_a_verb_with_an_object_is_no_part_of_the_name(text: str, body: str) -> None:
    assert split_bodies(text)[0].text == body


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("các Cục Thuế tỉnh, thành phố rà soát nợ đọng", "các Cục Thuế tỉnh, thành phố"),
        ("các Chi cục Kiểm lâm vùng trực cháy", "các Chi cục Kiểm lâm vùng"),
        ("các Cục Thống kê tỉnh lập biểu", "các Cục Thống kê tỉnh"),
        ("các Cục Quản lý thị trường tỉnh, thành phố kiểm tra", "các Cục Quản lý thị trường tỉnh, thành phố"),
    ],
)
def test_bureaus_of_all_provinces_are_one_group_with_its_plural_word(text: str, body: str) -> None:
    assert [each.text for each in split_bodies(text)] == [body]


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("các Vụ Pháp chế, Kế hoạch góp ý", ["Vụ Pháp chế", "Vụ Kế hoạch"]),
        ("các Cục Thuế, Hải quan đối chiếu", ["Cục Thuế", "Cục Hải quan"]),
        ("các Chi cục: Kiểm lâm, Thủy lợi trực ban", ["Chi cục Kiểm lâm", "Chi cục Thủy lợi"]),
        ("các Sở Tài chính, Nội vụ góp ý", ["Sở Tài chính", "Sở Nội vụ"]),
    ],
)
def test_several_named_bureaus_are_told_apart(text: str, bodies: list[str]) -> None:
    assert [body.text for body in split_bodies(text)] == bodies


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Viện Chiến lược, Chính sách giáo dục và đào tạo nghiên cứu mô hình", "Viện Chiến lược, Chính sách giáo dục và đào tạo"),
        ("Trung tâm Văn hóa, Thông tin và thể thao huyện tổ chức hội thi", "Trung tâm Văn hóa, Thông tin và thể thao huyện"),
        ("Viện Quy hoạch, Kiến trúc đô thị và nông thôn chủ trì", "Viện Quy hoạch, Kiến trúc đô thị và nông thôn"),
        ("Viện Kinh tế, Tài nguyên biển và hải đảo lập dự toán", "Viện Kinh tế, Tài nguyên biển và hải đảo"),
    ],
)
def test_the_last_field_of_a_name_may_stand_in_lower_case(text: str, body: str) -> None:
    assert split_bodies(text)[0].text == body


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Trung tâm Y tế, Trạm Y tế và nhân viên y tế thôn tiêm chủng", "Trung tâm Y tế"),
        ("Viện Pháp y, Nguyễn Văn Hòa và người nhà có mặt", "Viện Pháp y"),
        ("Viện Dinh dưỡng, Phối hợp điều tra và báo cáo kết quả", "Viện Dinh dưỡng"),
        ("Ban Quản lý rừng, Cộng đồng thôn và hộ nhận khoán tuần tra", "Ban Quản lý rừng"),
    ],
)
def test_another_party_behind_the_comma_is_no_field(text: str, body: str) -> None:
    assert split_bodies(text)[0].text == body


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Các Sở là chủ đầu tư có trách nhiệm hoàn thành quyết toán", "Các Sở là chủ đầu tư"),
        ("các cơ quan là thành viên Ban Chỉ đạo phải báo cáo", "các cơ quan là thành viên Ban Chỉ đạo"),
        ("Các xã là điểm đến du lịch cần niêm yết giá", "Các xã là điểm đến du lịch"),
        ("Các Bộ là chủ chương trình trong thời hạn 05 ngày phải trình lại", "Các Bộ là chủ chương trình"),
    ],
)
def test_a_clause_that_says_which_of_a_group_are_bound(text: str, body: str) -> None:
    assert split_bodies(text)[0].text == body


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Các Sở là cơ quan chuyên môn thuộc UBND tỉnh", "Các Sở"),
        ("các đơn vị là đầu mối báo cáo số liệu", "các đơn vị"),
        ("Các xã là vùng trũng, cần sơ tán dân", "Các xã"),
        ("Các ngành là nơi còn nhiều hồ sơ trễ hạn", "Các ngành"),
    ],
)
def test_what_a_group_is_told_to_be_is_no_part_of_its_name(text: str, body: str) -> None:
    assert split_bodies(text)[0].text == body
