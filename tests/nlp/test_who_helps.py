"""Whose names end where, and who only helps: parts of ministries, firms by name, missions abroad, branches, roles told one after the other."""

from __future__ import annotations

from datetime import date

import pytest

from nlp.bodies import body_phrase_at, split_bodies
from nlp.duties import read_coordinating, read_responsible
from nlp.tasks import find_tasks
from nlp.types import Evidence, Named


def named(text: str) -> list[str]:
    span = body_phrase_at(text, 0)
    return [body.text for body in split_bodies(text, span)] if span else []


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("Thủ trưởng các đơn vị thuộc và trực thuộc Bộ báo cáo kết quả.", ["Thủ trưởng các đơn vị thuộc và trực thuộc Bộ"]),
        ("Các phòng thuộc, trực thuộc Sở rà soát hồ sơ.", ["Các phòng thuộc, trực thuộc Sở"]),
        ("Các đơn vị thuộc và trực thuộc Sở Y tế rà soát hồ sơ.", ["Các đơn vị thuộc và trực thuộc Sở Y tế"]),
        ("UBND các huyện trong vùng dự án tuyên truyền cho dân.", ["UBND các huyện trong vùng dự án"]),
        ("Uỷ ban nhân dân các tỉnh trong vùng vận động dân trồng rừng.", ["Uỷ ban nhân dân các tỉnh trong vùng"]),
        ("Ban Chỉ đạo Phòng, chống buôn lậu, hàng giả Trung ương tổng hợp.", ["Ban Chỉ đạo Phòng, chống buôn lậu, hàng giả Trung ương"]),
        ("Trung tâm Tin học hoàn chỉnh bộ câu hỏi.", ["Trung tâm Tin học"]),
        ("Các Tổng công ty thuộc Bộ tự kiểm tra cần trục tháp.", ["Các Tổng công ty thuộc Bộ"]),
        ("Công đoàn cơ quan Bộ vận động đoàn viên.", ["Công đoàn cơ quan Bộ"]),
        ("Đài Phát thanh - Truyền hình, Đoàn Thanh niên tuyên truyền.", ["Đài Phát thanh - Truyền hình", "Đoàn Thanh niên"]),
        ("Đài Truyền thanh tuyên truyền.", ["Đài Truyền thanh"]),
        ("Bộ Ngoại giao, các Thương vụ Việt Nam ở nước ngoài cung cấp thông tin.", ["Bộ Ngoại giao", "các Thương vụ Việt Nam ở nước ngoài"]),
        ("Đại sứ quán Việt Nam hỗ trợ ngư dân.", ["Đại sứ quán Việt Nam"]),
        ("Các Công ty Thủy lợi: Sông Cầu, Nam Sông Mã nạo vét kênh.", ["Công ty Thủy lợi Sông Cầu", "Công ty Thủy lợi Nam Sông Mã"]),
        ("liên Sở Tài chính - Xây dựng công bố giá.", ["Sở Tài chính", "Sở Xây dựng"]),
        ("Liên Bộ Tài chính và Công Thương điều hành giá.", ["Bộ Tài chính", "Bộ Công Thương"]),
        ("Ban Cấp sổ, thẻ và Trung tâm Tin học rà soát.", ["Ban Cấp sổ, thẻ", "Trung tâm Tin học"]),
        ("Cäc phòng thuộc Sở rà soát.", ["Cäc phòng thuộc Sở"]),
        # what stands behind is no part of the name, or no name
        ("liên Sở Tài chính hướng dẫn.", []),
        ("Liên ngành tố tụng rà soát.", []),
        ("Phòng Thu, hướng dẫn và Phòng Chế độ rà soát.", ["Phòng Thu"]),
        ("Phòng Nội vụ, các xã và Công an rà soát.", ["Phòng Nội vụ", "các xã", "Công an"]),
        ("UBND các xã trong vùng 5 ngày tới.", ["UBND các xã"]),
        ("Ban Chỉ huy phòng chống thiên tai, báo cáo Trung ương tình hình.", ["Ban Chỉ huy phòng chống thiên tai"]),
        ("Ban Chỉ đạo Phòng, chống dịch, bão các tỉnh.", ["Ban Chỉ đạo Phòng, chống dịch"]),
        ("Công đoàn cơ quan, Bộ Y tế rà soát.", ["Công đoàn cơ quan", "Bộ Y tế"]),
        ("Các Công ty xăng dầu: Giá Bán, Lưu Lượng của quý trước.", ["Các Công ty xăng dầu"]),
        ("Các Công ty Cấp nước: Bảo đảm nước sạch, Kiểm tra đường ống.", ["Các Công ty Cấp nước"]),
        ("đài truyền thanh của xã bị hỏng.", []),
        ("thương vụ này thành công.", []),
        # persons: whoever holds a title is a doer
        ("Ông Trần Văn Nam (Giám đốc Sở Y tế) trực tiếp kiểm tra.", ["Ông Trần Văn Nam"]),
        ("Bà Lê Thị Hoa (Trưởng phòng Nội vụ) theo dõi.", ["Bà Lê Thị Hoa"]),
        ("Ông Trần Văn Nam (thôn 3) xây nhà trái phép.", []),
        ("Bà Lê Thị Hoa gửi đơn khiếu nại.", []),
    ],
)
def test_where_a_name_ends(text: str, bodies: list[str]) -> None:
    assert named(text) == bodies


@pytest.mark.parametrize(
    ("text", "leads", "helpers"),
    [
        ("Vụ Tổ chức chủ trì, Thanh tra Bộ và Công đoàn cơ quan Bộ phối hợp, kiểm tra đột xuất.", ["Vụ Tổ chức"], ["Thanh tra Bộ", "Công đoàn cơ quan Bộ"]),
        ("Giao Sở Nội vụ chủ trì; các sở, ngành liên quan phối hợp thực hiện.", ["Sở Nội vụ"], ["các sở, ngành liên quan"]),
        ("Sở Công Thương phối hợp với ngành thuế, ngành công an kiểm tra chợ.", ["Sở Công Thương"], ["ngành thuế", "ngành công an"]),
        ("Hội Nông dân tỉnh phối hợp với Tỉnh đoàn và ngành giáo dục vận động.", ["Hội Nông dân tỉnh"], ["Tỉnh đoàn", "ngành giáo dục"]),
        ("Công an tỉnh chủ trì phối hợp. với Sở Y tế kiểm tra.", ["Công an tỉnh"], ["Sở Y tế"]),
        ("Ngân hàng dữ liệu nguồn gen do Viện Nông hóa tỉnh quản lý, cập nhật.", ["Viện Nông hóa tỉnh"], []),
        ("Bà Lê Thị Hoa (Trưởng phòng Y tế) phối hợp với ông Trần Văn Nam (Chủ tịch Hội Nông dân) rà soát.", ["Bà Lê Thị Hoa"], ["ông Trần Văn Nam"]),
        ("Phân công ông Trần Văn Nam, bà Lê Thị Hoa trực cơ quan.", ["ông Trần Văn Nam", "bà Lê Thị Hoa"], []),
        ("Riêng UBND xã Tân Lập là đơn vị làm điểm chuyển đổi số báo cáo thêm kết quả.", ["UBND xã Tân Lập"], []),
        ("Riêng Sở Y tế là cơ quan thường trực.", [], []),
        # nobody only helps
        ("Giao Sở Nội vụ và Sở Y tế cùng kiểm tra.", ["Sở Nội vụ", "Sở Y tế"], []),
        ("Giao UBND tỉnh, Công an cùng cấp rà soát.", ["UBND tỉnh", "Công an cùng cấp"], []),
        ("Sở Nội vụ báo cáo cùng Sở Y tế.", ["Sở Nội vụ"], []),
        ("Giao Sở Nội vụ chủ trì, Sở Y tế tham mưu.", ["Sở Nội vụ"], []),
        ("Sở Nội vụ chủ trì, Sở Y tế phối hợp với UBND các huyện rà soát.", ["Sở Nội vụ"], ["UBND các huyện"]),
        ("Sở Công Thương kiểm tra ngành hàng bán lẻ.", ["Sở Công Thương"], []),
        ("Ngân hàng Nhà nước do Thống đốc điều hành.", ["Ngân hàng Nhà nước"], []),
    ],
)
def test_who_leads_and_who_helps(text: str, leads: list[str], helpers: list[str]) -> None:
    found = read_responsible(text, labelled=True)
    assert [body.text for body in found[0]] == leads if found else not leads
    assert [body.text for body in read_coordinating(text)] == helpers


SENT_TO = tuple(Named(name, Evidence(0, 0, "test")) for name in ("Các phòng, ban huyện", "UBND các xã"))


def starts(body: str) -> list[str]:
    found = find_tasks(body, issuer="UBND huyện Tam Nông", addressees=SENT_TO, issued_on=date(2023, 4, 10))
    return [task.text[:34] for task in found if not task.optional]


@pytest.mark.parametrize(
    ("sentence", "start"),
    [
        ("Từ năm 2024, đề nghị các đơn vị báo cáo ba tháng một lần.", "Từ năm 2024, đề nghị các đơn vị bá"),
        ("Trước ngày 30/6/2023, yêu cầu các đơn vị nộp quyết toán.", "Trước ngày 30/6/2023, yêu cầu các "),
        ("Theo Kế hoạch số 12/KH-UBND, đề nghị các đơn vị nộp quyết toán.", "đề nghị các đơn vị nộp quyết toán."),
        ("Phòng Nội vụ thu hồi giấy phép cấp sai thẩm quyền, dỡ bến bãi và chịu trách nhiệm trước Chủ tịch nếu để kéo dài.", "Phòng Nội vụ thu hồi giấy phép cấp"),
        # urging, and what follows from not doing it
        ("Thủ trưởng các đơn vị nghiêm túc triển khai thực hiện và chịu trách nhiệm trước Chủ tịch nếu để xảy ra sai sót.", None),
        ("Hiệu trưởng trường nào để xảy ra sai phạm thì bị xem xét kỷ luật.", None),
        ("Trưởng phòng để xảy ra thất thoát sẽ bị xử lý theo quy định.", None),
    ],
)
def test_what_a_sentence_of_a_letter_asks_and_where_it_begins(sentence: str, start: str | None) -> None:
    body = f"Xét báo cáo của Phòng Nội vụ, Chủ tịch UBND huyện có ý kiến như sau:\n\nGiao Công an huyện tuần tra các bến bãi.\n\n{sentence}"
    assert starts(body)[1:] == ([start] if start else [])
