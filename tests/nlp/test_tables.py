"""Tables that give out work: what is a task there, who does it, with whom, by when; and tables that give out none."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.plain import lines_of
from ingest.types import Page
from nlp.lexicon import toml
from nlp.reading import Text
from nlp.tables.columns import role_of, tells
from nlp.tables.flattened import data_table
from nlp.tasks import find_tasks
from nlp.tasks.from_tables import read_time
from nlp.tasks.setting import Setting
from nlp.types import Task

OPENING = "UBND huyện ban hành Kế hoạch cải cách hành chính như sau:\n\nI. MỤC TIÊU\n- Nâng cao chất lượng phục vụ người dân.\n\nII. NHIỆM VỤ CỤ THỂ\n"
CLOSING = "\n\nIII. TỔ CHỨC THỰC HIỆN\n1. Phòng Nội vụ theo dõi, đôn đốc việc thực hiện Kế hoạch này.\n"
HEADS = ("TT", "Nội dung công việc", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành", "Sản phẩm")


def tasks(body: str, kind: str = "kế hoạch") -> list[Task]:
    text = Text.of_pages([Page(1, 595, 842, lines_of(body), "text")])
    return list(find_tasks(text.text, kind=kind, issuer="UBND huyện Tân Khê", issued_on=date(2024, 3, 5), cells=text.cells))


def told(task: Task) -> tuple[str | None, list[str], list[str], list[str]]:
    return (
        task.label,
        [body.text for body in task.responsible],
        [body.text for body in task.coordinating],
        [str(each.date or each.rule or each.kind) for each in task.deadlines],
    )


def tabbed(*rows: tuple[str, ...]) -> str:
    return "\n".join("\t".join(row) for row in rows)


@pytest.mark.parametrize("column", toml("table_columns.toml")["column"], ids=lambda column: column["role"])
def test_the_heads_of_columns_are_known_by_their_words(column: dict[str, list[str]]) -> None:
    assert [head for head in column["yes"] if role_of(head) != column["role"]] == []
    assert [head for head in column["no"] if role_of(head) == column["role"]] == []


def test_heads_that_tell_of_the_past() -> None:
    heads = toml("table_columns.toml")["told"]
    assert all(map(tells, heads["yes"]))
    assert not any(map(tells, heads["no"]))


def test_a_row_is_a_task_with_what_its_columns_say() -> None:
    body = OPENING + tabbed(
        HEADS,
        ("1", "Rà soát thủ tục hành chính", "Phòng Tư pháp", "Phòng Nội vụ; UBND các xã", "Quý II/2024", "Danh mục"),
        ("2", "Cập nhật trang thông tin", "Phòng Văn hóa và Thông tin", "", "Thường xuyên", ""),
    ) + CLOSING  # fmt: skip
    first, second, last = tasks(body)
    assert told(first) == ("II.1", ["Phòng Tư pháp"], ["Phòng Nội vụ", "UBND các xã"], ["2024-06-30"])
    assert [product.text for product in first.products] == ["Danh mục"]
    assert told(second) == ("II.2", ["Phòng Văn hóa và Thông tin"], [], [])
    assert told(last) == ("III.1", ["Phòng Nội vụ"], [], [])


ROW_1 = ("1", "Rà soát thủ tục hành chính", "Phòng Tư pháp", "Phòng Nội vụ", "Trước 30/6/2024")
ROW_2 = ("2", "Tổ chức tập huấn cho công chức cấp xã", "Phòng Nội vụ", "Phòng Tư pháp", "Tháng 9/2024")
ROW_3 = ("3", "Kiểm tra việc niêm yết thủ tục", "Thanh tra huyện", "Phòng Nội vụ", "Quý IV/2024")


@pytest.mark.parametrize(
    "table",
    [
        tabbed(HEADS[:5], ROW_1, ROW_2, ROW_3),
        "\n".join("   ".join(row) for row in (HEADS[:5], ROW_1, ROW_2, ROW_3)),
        "\n".join(f"| {' | '.join(row)} |" for row in (HEADS[:5], ("---",) * 5, ROW_1, ROW_2, ROW_3)),
        "\n".join("\n".join(row) for row in (HEADS[:5], ROW_1, ROW_2, ROW_3)),
        "\n\n".join("\n\n".join(row) for row in (HEADS[:5], ROW_1, ROW_2, ROW_3)),
        "\n".join(" ".join(row) for row in (HEADS[:5], ROW_1, ROW_2, ROW_3)),
        "\n".join([" ".join(HEADS[:5]), *(". ".join(row).replace(".", "", 1) for row in (ROW_1, ROW_2, ROW_3))]),
    ],
    ids=["tabs", "room", "bars", "a cell a line", "blank lines between", "one run", "full stops"],
)
def test_one_table_in_the_forms_it_arrives_in(table: str) -> None:
    assert [told(task) for task in tasks(OPENING + table + CLOSING)] == [
        ("II.1", ["Phòng Tư pháp"], ["Phòng Nội vụ"], ["2024-06-30"]),
        ("II.2", ["Phòng Nội vụ"], ["Phòng Tư pháp"], ["2024-09-30"]),
        ("II.3", ["Thanh tra huyện"], ["Phòng Nội vụ"], ["2024-12-31"]),
        ("III.1", ["Phòng Nội vụ"], [], []),
    ]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # A heading of rows is no task; numbers begin again below it.
        ([("I", "Cải cách thể chế", "", "", ""), ("1", "Ban hành quy chế mẫu", "Phòng Tư pháp", "", "Quý II"),
          ("II", "Cải cách bộ máy", "", "", ""), ("1", "Sắp xếp các đơn vị sự nghiệp", "Phòng Nội vụ", "", "Quý III")],
         [("II.1", ["Phòng Tư pháp"], [], ["2024-06-30"]), ("II.1", ["Phòng Nội vụ"], [], ["2024-09-30"])]),
        # One cell over several rows stands in the first of them; "nt" repeats it.
        ([("1", "Ban hành quy chế mẫu", "Phòng Tư pháp", "", "Tháng 5"), ("2", "Phổ biến quy chế mẫu", "", "UBND các xã", "Tháng 6"),
          ("3", "Kiểm tra việc áp dụng quy chế", "-nt-", "", "Tháng 12")],
         [("II.1", ["Phòng Tư pháp"], [], ["2024-05-31"]), ("II.2", ["Phòng Tư pháp"], ["UBND các xã"], ["2024-06-30"]),
          ("II.3", ["Phòng Tư pháp"], [], ["2024-12-31"])]),
        # A row that a page breaks, the heads printed again above its rest.
        ([("1", "Ban hành quy chế mẫu về tiếp nhận", "Phòng Tư pháp", "", "Tháng 5"), HEADS[:5],
          ("", "và trả kết quả tại xã", "", "Phòng Nội vụ", ""), ("2", "Phổ biến quy chế mẫu", "Phòng Nội vụ", "", "Tháng 6")],
         [("II.1", ["Phòng Tư pháp"], ["Phòng Nội vụ"], ["2024-05-31"]), ("II.2", ["Phòng Nội vụ"], [], ["2024-06-30"])]),
        # Who acts, said with roles; bodies one below the other in a cell; one that no list knows.
        ([("1", "Xây dựng phần mềm dùng chung", "Phòng Nội vụ chủ trì, phối hợp với Phòng Tư pháp", "", "15/5/2024"),
          ("2", "Trực tiếp nhận phản ánh", "Phòng Nội vụ Phòng Tư pháp", "", "Hằng tháng"),
          ("3", "Đăng tải thông tin tuyển dụng", "Đ/c Hạnh, văn thư", "", "Năm 2024")],
         [("II.1", ["Phòng Nội vụ"], ["Phòng Tư pháp"], ["2024-05-15"]), ("II.2", ["Phòng Nội vụ", "Phòng Tư pháp"], [], ["FREQ=MONTHLY"]),
          ("II.3", ["Đ/c Hạnh, văn thư"], [], ["2024-12-31"])]),
    ],
    ids=["sections", "merged cells", "broken by a page", "roles"],
)  # fmt: skip
def test_rows(rows: list[tuple[str, ...]], expected: list[object]) -> None:
    assert [told(task) for task in tasks(OPENING + tabbed(HEADS[:5], *rows) + CLOSING)][:-1] == expected


LISTED = "TT\nTên công trình\nChủ đầu tư\nĐơn vị thẩm định\n1.\nNhà văn hóa thôn Đông\nUBND xã Tân Lập\nPhòng Nội vụ\n2.\nTrạm y tế\nUBND xã Tân Hòa\nPhòng Tư pháp\n"


@pytest.mark.parametrize(
    ("table", "labels"),
    [
        (LISTED, ["II.1", "III.1"]),
        (LISTED.replace("1.", "01").replace("2.", "02"), ["II.1", "III.1"]),
        (LISTED + "3.\nCầu Sắt\nUBND xã Tân Hòa\n", ["II.1", "III.1"]),  # its last cell is empty
    ],
)
def test_a_table_of_things_with_one_cell_a_line_gives_no_tasks(table: str, labels: list[str]) -> None:
    body = f"{OPENING}1. Giao UBND các xã sửa chữa các công trình sau:\n{table}{CLOSING}"
    assert [task.label for task in tasks(body)] == labels


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["STT", "Tên cầu", "Dài (m)", "1", "Cầu Đá", "12", "2", "Cầu Sắt", "30", "Sở báo cáo."], (9, (3, 6))),
        (["TT", "Tên", "1", "Cầu Đá", "2", "Cầu Sắt", "3. Sở báo cáo."], (6, (2, 4))),
        (["TT", "Tên", "Ghi chú", "1", "Cầu Đá", "2", "Cầu Sắt", "Điều 3. Sở báo cáo."], (7, (3, 5))),
        (["TT", "Tên cầu", "1", "Cầu Đá"], (0, ())),
        (["TT HĐND tỉnh", "Tên cầu", "1", "Cầu Đá", "2", "Cầu Sắt"], (0, ())),
        (["TT", "Tên cầu", "2", "Cầu Đá", "3", "Cầu Sắt"], (0, ())),
        (["TT", "Sở rà soát các cầu trên địa bàn và báo cáo Ủy ban nhân dân tỉnh.", "1", "Cầu", "2", "Cầu"], (0, ())),
    ],
)
def test_how_far_a_table_of_things_goes(lines: list[str], found: tuple[int, tuple[int, ...]]) -> None:
    assert data_table(lines) == found


def test_heads_parted_in_two_rows() -> None:
    body = OPENING + tabbed(
        ("STT", "Nhiệm vụ", "Phân công thực hiện", "Thời gian"),
        ("", "", "Chủ trì", "Phối hợp", ""),
        ("1", "Rà soát thủ tục hành chính", "Phòng Tư pháp", "Phòng Nội vụ", "Quý II/2024"),
    )
    assert [told(task) for task in tasks(body)] == [("II.1", ["Phòng Tư pháp"], ["Phòng Nội vụ"], ["2024-06-30"])]


@pytest.mark.parametrize(
    "table",
    [
        # A timetable, the steps of a procedure, what was done, figures, members.
        tabbed(("TT", "Nội dung", "Đơn vị thực hiện", "Thời gian"), ("1", "Đón tiếp đại biểu", "Văn phòng", "7h30 - 8h00"),
               ("2", "Báo cáo trung tâm", "Phòng Nội vụ", "8 giờ 15")),
        tabbed(("TT", "Nội dung công việc", "Trách nhiệm", "Thời gian"), ("1", "Tiếp nhận hồ sơ", "Bộ phận Một cửa", "0,5 ngày"),
               ("2", "Thẩm định hồ sơ", "Phòng Tư pháp", "03 ngày làm việc")),
        tabbed(("TT", "Nhiệm vụ", "Đơn vị thực hiện", "Kết quả thực hiện"), ("1", "Rà soát thủ tục", "Phòng Tư pháp", "Đã hoàn thành"),
               ("2", "Mở lớp tập huấn", "Phòng Nội vụ", "02 lớp")),
        tabbed(("TT", "Nhiệm vụ", "Đơn vị chủ trì", "Thời gian hoàn thành"), ("1", "Rà soát thủ tục", "Phòng Tư pháp", "15/9/2023"),
               ("2", "Mở lớp tập huấn", "Phòng Nội vụ", "20/11/2023")),
        tabbed(("TT", "Tên dự án", "Chủ đầu tư", "Kinh phí"), ("1", "Đường liên xã", "UBND xã Tân Lập", "2.500"), ("2", "Trạm y tế", "UBND xã Tân Hòa", "900")),
        tabbed(("TT", "Họ và tên", "Chức vụ", "Đơn vị"), ("1", "Trần Thị Lan", "Trưởng phòng", "Phòng Nội vụ"), ("2", "Lê Văn Ba", "Chuyên viên", "Phòng Tư pháp")),
    ],
    ids=["timetable", "procedure", "results", "past", "projects", "members"],
)  # fmt: skip
def test_tables_that_give_out_no_work(table: str) -> None:
    assert [task.label for task in tasks(OPENING + table + CLOSING)] == ["III.1"]


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("Quý II/2024", ["2024-06-30"]), ("31/12/2024", ["2024-12-31"]), ("Trước 30/6", ["2024-06-30"]), ("Năm 2024", ["2024-12-31"]),
        ("Tháng 4 - 5/2024", ["2024-05-31"]), ("2024-2025", ["2025-12-31"]), ("Giai đoạn 2024-2026", ["2026-12-31"]),
        ("Từ tháng 3 đến tháng 6/2024", ["2024-06-30"]), ("Hằng năm", ["FREQ=YEARLY"]), ("Ngày 20 hằng tháng", ["FREQ=MONTHLY;BYMONTHDAY=20"]),
        ("Thường xuyên", []), ("Theo kế hoạch", []), ("Sau khi được phê duyệt", []), ("", []),
    ],
)  # fmt: skip
def test_what_a_cell_of_times_means(words: str, days: list[str]) -> None:
    found = read_time(words, Setting("kế hoạch", "", (), date(2024, 3, 5)))
    assert [str(each.date or each.rule) for each in found] == days
    assert all(0 <= each.evidence.start < each.evidence.end <= len(words) for each in found)
