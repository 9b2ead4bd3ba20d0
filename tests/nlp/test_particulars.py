"""Conditions, exceptions, products, receivers and channels: what a task says of itself beside who and when."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.particulars import read_particulars
from nlp.reporting import read_reporting
from nlp.tasks import find_tasks
from nlp.types import Evidence, Named


def data(name: str) -> dict:
    return tomllib.loads(files("nlp").joinpath("data", name).read_text(encoding="utf-8"))


PARTICULARS, REPORTING = data("particulars.toml"), data("reporting.toml")
OPENERS = [(kind, each) for kind in ("condition", "exception") for each in PARTICULARS[kind]]


def texts(found: tuple[Named, ...]) -> list[str]:
    return [each.text for each in found]


def openers(text: str, kind: str) -> list[str]:
    return texts(getattr(read_particulars(text), f"{kind}s"))


@pytest.mark.parametrize(("kind", "entry"), OPENERS, ids=[f"{k}-{e['words']}" for k, e in OPENERS])
def test_openers_find_their_example_and_not_their_counter_example(kind: str, entry: dict) -> None:
    assert openers(entry["yes"], kind) == [entry["gives"]]
    assert openers(entry["no"], kind) == []


@pytest.mark.parametrize("entry", PARTICULARS["product_example"], ids=lambda e: e["text"][:30])
def test_examples_of_products(entry: dict) -> None:
    reports = read_reporting(entry["text"]).reports
    assert texts(read_particulars(entry["text"], reports).products) == entry["gives"]


@pytest.mark.parametrize("entry", REPORTING["verb"], ids=lambda e: e["words"])
def test_reporting_verbs_find_their_receiver_and_not_their_counter_example(entry: dict) -> None:
    found = read_reporting(entry["yes"]).to
    assert found is not None
    assert found.text == entry["receiver"]
    assert found.evidence.rule == f"report-{entry['words'].replace(' ', '-')}"
    assert read_reporting(entry["no"]).to is None


@pytest.mark.parametrize("entry", REPORTING["medium"], ids=lambda e: e["words"])
def test_what_a_report_goes_through_need_not_be_a_body(entry: dict) -> None:
    found = read_reporting(entry["yes"]).channel
    assert found is not None
    assert entry["words"] in found.text.lower()


@pytest.mark.parametrize(
    ("text", "to", "channel"),
    [
        ("Báo cáo kết quả về Bộ Công Thương (qua Cục Điều tiết điện lực) trước ngày 15/5.", "Bộ Công Thương", "Cục Điều tiết điện lực"),
        ("gửi về Bộ Nội vụ thông qua Vụ Tổ chức cán bộ để tổng hợp", "Bộ Nội vụ", "Vụ Tổ chức cán bộ"),
        ("gửi về Bộ Y tế (Cục Phòng bệnh, số 12 phố Huế) để tổng hợp", "Bộ Y tế", "Cục Phòng bệnh"),
        ("báo cáo Sở Y tế (cơ quan thường trực) hàng tuần", "Sở Y tế", None),
        ("báo cáo tiến độ với Hiệu trưởng", "Hiệu trưởng", None),
        ("tổng hợp báo cáo Bộ trưởng trước ngày 20", "Bộ trưởng", None),
        ("báo cáo Trưởng Ban 3 giờ một lần", "Trưởng Ban", None),
        ("báo cáo Sở Tài chính để tổng hợp, báo cáo UBND tỉnh", "Sở Tài chính", None),
        ("báo cáo Sở Nội vụ; định kỳ báo cáo Chủ tịch UBND tỉnh", "Sở Nội vụ; Chủ tịch UBND tỉnh", None),
        ("báo cáo Chính phủ và kịp thời báo cáo Thủ tướng Chính phủ", "Chính phủ; Thủ tướng Chính phủ", None),
        ("nghiên cứu, góp ý bằng văn bản, gửi về Vụ Pháp chế trước ngày 25/11", None, None),
        ("gửi Hội đồng tự đánh giá góp ý trước ngày 15/01", None, None),
        ("hằng quý tổng hợp kết quả báo cáo UBND xã", "UBND xã", None),
    ],
)  # fmt: skip
def test_receivers_and_channels(text: str, to: str | None, channel: str | None) -> None:
    found = read_reporting(text)
    assert (found.to.text if found.to else None) == to
    assert (found.channel.text if found.channel else None) == channel


@pytest.mark.parametrize(
    ("text", "conditions", "exceptions"),
    [
        ("Đối với các đề án chưa nghiệm thu (trừ đề án đã có quyết định dừng), lập báo cáo riêng.",
         ["Đối với các đề án chưa nghiệm thu (trừ đề án đã có quyết định dừng)"], ["trừ đề án đã có quyết định dừng"]),
        ("Đối với Sở Y tế: chuẩn bị thuốc, hóa chất.", [], []),
        ("Chịu trách nhiệm đối với kết quả kiểm tra.", [], []),
        ("Xử phạt đối với cơ sở chưa được cấp phép.", [], []),
        ("Thu hồi đất đối với dự án quá 12 tháng không triển khai.", ["đối với dự án quá 12 tháng không triển khai"], []),
        ("Nếu có sạt lở, ngập lụt, báo cáo ngay UBND huyện.", ["Nếu có sạt lở, ngập lụt"], []),
        ("Nếu nhà thầu vi phạm thì chấm dứt hợp đồng.", ["Nếu nhà thầu vi phạm"], []),
        ("Phun trừ sâu cuốn lá, rầy nâu; khấu trừ chi phí.", [], []),
        ("Không cắt điện trong đợt nắng nóng, trừ trường hợp sự cố.", [], ["trừ trường hợp sự cố"]),
        ("Khắc phục trong vòng 24 giờ kể từ khi xảy ra ách tắc.", [], []),
    ],
)  # fmt: skip
def test_conditions_and_exceptions(text: str, conditions: list[str], exceptions: list[str]) -> None:
    found = read_particulars(text)
    assert texts(found.conditions) == conditions
    assert texts(found.exceptions) == exceptions


@pytest.mark.parametrize(
    ("text", "products"),
    [
        ("Báo cáo ngay Bộ Y tế khi xảy ra ngộ độc.", ["Báo cáo"]),
        ("Phòng Tài chính - Kế hoạch tham mưu điều chuyển vốn, trình UBND huyện.", []),
        ("Không tổ chức tham quan khi chưa có phương án bảo đảm an toàn.", []),
        ("Trình UBND huyện báo cáo tổng hợp trước ngày 20/01.", ["báo cáo tổng hợp"]),
        ("Hoàn thiện hồ sơ quyết toán các công trình đã bàn giao.", ["hồ sơ quyết toán các công trình"]),
        ("Có kế hoạch thi hành và báo cáo Hội đồng Bộ trưởng.", ["kế hoạch thi hành", "báo cáo"]),
        ("Gửi danh sách về Sở trong tuần.", ["danh sách"]),
    ],
)
def test_products(text: str, products: list[str]) -> None:
    assert texts(read_particulars(text, read_reporting(text).reports).products) == products


def test_a_task_holds_them_with_their_places_in_the_letter() -> None:
    body = (
        "UBND tỉnh yêu cầu các đơn vị thực hiện các nội dung sau:\n\n1. Sở Công Thương lập kế hoạch kiểm tra; trường hợp\n"
        "phát hiện vi phạm, báo cáo kết quả về Bộ Công Thương (qua Cục Điều tiết điện lực), trừ vi phạm đã xử lý."
    )
    (task,) = (
        t for t in find_tasks(body, addressees=(Named("Sở Công Thương", Evidence(0, 0, "test")),)) if not t.optional
    )

    def printed(found: Named | None) -> str:
        assert found is not None
        return " ".join(body[found.evidence.start : found.evidence.end].split())

    for each in (task.report_to, task.channel, *task.conditions, *task.exceptions, *task.products):
        assert each is not None
        assert printed(each) == each.text
    assert printed(task.report_to) == "Bộ Công Thương"
    assert printed(task.channel) == "Cục Điều tiết điện lực"
    assert texts(task.conditions) == ["trường hợp phát hiện vi phạm"]
    assert texts(task.exceptions) == ["trừ vi phạm đã xử lý"]
    assert texts(task.products) == ["kế hoạch kiểm tra", "báo cáo kết quả"]


@given(st.lists(st.sampled_from(
    ["Đối với", "trừ", "nếu", "khi có", "báo cáo", "gửi", "(", ")", ",", ";", "qua", "Sở Y tế", "kế hoạch", "lập", "12", "thì", "trường hợp", "."]
), max_size=40).map(" ".join))  # fmt: skip
def test_any_words_are_read_and_evidence_lies_on_them(text: str) -> None:
    reporting = read_reporting(text)
    found = read_particulars(text, reporting.reports)
    for each in (*found.conditions, *found.exceptions, *found.products, *filter(None, [reporting.channel])):
        assert text[each.evidence.start : each.evidence.end] == each.text
