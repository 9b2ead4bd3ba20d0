"""OCR repair: what is put right, what is left alone, and that nothing moves."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.types import Line, Page, Word
from nlp.dispatch import understand
from nlp.jsonform import from_json, to_json
from nlp.reading import Text
from nlp.repair import repair, repair_string
from nlp.repair.repair import as_read, put
from nlp.types import Correction, Evidence

REPAIRED = (
    ("V/v đơn độc thực hiện kế hoạch", "V/v đôn đốc thực hiện kế hoạch"),
    ("phát triển công nghiệp, tiêu thủ công nghiệp", "phát triển công nghiệp, tiểu thủ công nghiệp"),
    ("Giao Sở Kê hoạch và Đầu tư chủ trì", "Giao Sở Kế hoạch và Đầu tư chủ trì"),
    ("đề nghị các tô chức, cá nhân có liên quan", "đề nghị các tổ chức, cá nhân có liên quan"),
    ("trình cấp có thâm quyền phê duyệt", "trình cấp có thẩm quyền phê duyệt"),
    ("đây nhanh tiến độ giải ngân vốn đầu tư công", "đẩy nhanh tiến độ giải ngân vốn đầu tư công"),
    ("kết cầu hạ tầng giao thông đường bộ", "kết cấu hạ tầng giao thông đường bộ"),
    ("theo Quyết định sô 12/QĐ-UBND", "theo Quyết định số 12/QĐ-UBND"),
    ("sửa đôi, bổ sung một số điều", "sửa đổi, bổ sung một số điều"),
    ("khẩn trương tông hợp, báo cáo Ủy ban nhân dân", "khẩn trương tổng hợp, báo cáo Ủy ban nhân dân"),
    ("GIÁM ĐÓC", "GIÁM ĐỐC"),
    ("Thông tư này có hiệu lực thì hành từ ngày ký", "Thông tư này có hiệu lực thi hành từ ngày ký"),
)

LEFT_ALONE = (
    "đơn độc thân mẹ nuôi con",  # a real word that is also what "đôn đốc" is misread as
    "làm đơn xin độc lập",
    "trả tiền độ hai triệu đồng",
    "hàng năm, hằng năm báo cáo",
    "gia đình ông Nguyễn Văn Tố có công",
    "đồng chí Trần Thị Thấm phát biểu",
    "bà Lê Thị Thì, thôn Tân Tiên, xã Hòa Tiên",
    "xã Nâm N'Đir, xã Đắk Drô, buôn Choáh",
    "thôn Tố, bản Mô, làng Cồ",
    "Y Blăng Niê Kdăm",
    "huyện Krông Nô, tỉnh Đắk Nông",
    "Công văn số 4302/TCT-TTr ngày 02/11/2018",
    "số 45/2012/NĐ-CP ngày 21 tháng 5 năm 2012",
    "trước ngày l5/8/201l và 3O/9/2020",
    "VT, CNĐP, KTTH, NCPL",
    "website của Bộ, email, internet, logistics",
    "World Bank, the Mekong Delta",
    "a) b) c) d) đ) e) g)",
    "kỹ thuật, kĩ thuật; lý do, lí do",
    "đất đê bao ven sông",
    "sửa chữa cầu tạm, cống, rãnh",
    "giết mổ gia súc, gia cầm",
    "NGUYỄN THI HOA",
    "thừa kế thế vị",
)


def _ocr(text: str, confidence: float = 0.9) -> Text:
    lines = tuple(Line(tuple(Word(w, None, confidence) for w in line.split())) for line in text.splitlines())
    return Text.of_pages((Page(1, 595, 842, lines, "ocr", dpi=200),))


@pytest.mark.parametrize(("read", "right"), REPAIRED)
def test_misread_words_are_put_right(read: str, right: str) -> None:
    repaired = repair(_ocr(read))
    text = read
    for correction in reversed(repaired.corrections):
        assert text[correction.start : correction.end] == correction.read
        assert correction.reason
        assert 0.5 < correction.confidence < 1
        text = text[: correction.start] + correction.proposed + text[correction.end :]
    assert text == right


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_may_be_right_is_left_alone(text: str) -> None:
    assert repair(_ocr(text)).corrections == ()
    assert repair_string(text).text == text


def test_born_digital_pages_are_never_repaired() -> None:
    words = tuple(Word(word, None) for word in ("V/v", "đơn", "độc", "thực", "hiện", "kế", "hoạch"))
    page = Page(1, 595, 842, (Line(words),), "text-layer")
    assert repair(Text.of_pages((page,))).corrections == ()


def test_a_word_the_reader_doubted_needs_less() -> None:
    sure, unsure = (repair(_ocr("đề nghị phân đấu hoàn thành", each)).corrections for each in (0.99, 0.3))
    assert len(unsure) >= len(sure)


def test_a_clean_text_needs_more_than_one_that_shows_a_machine_read_it() -> None:
    doubtful = "phân đấu hoàn thành kế hoạch"
    shown = "các tô chức có thâm quyền. Đề nghị đây nhanh tiến độ. Sửa đôi, bổ sung. " + doubtful
    alone = {c.read for c in repair_string(doubtful).corrections}
    among = {c.read for c in repair_string(shown).corrections}
    assert alone <= among
    assert {"tô", "thâm", "đây", "đôi"} <= among


_CHUNKS = (
    *(read for read, _ in REPAIRED),
    *LEFT_ALONE,
    "\n",
    "\n\n",
    "1.250 tấn; ",
    "\u1e0d\u0323",
    "İ ",
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(_CHUNKS) | st.text(max_size=12), max_size=8).map(" ".join))
def test_nothing_moves_and_no_figure_changes(text: str) -> None:
    reading = _ocr(text)
    repaired = repair(reading)
    assert len(repaired.text) == len(reading.text)
    changed = [False] * len(reading.text)
    for c in repaired.corrections:
        assert reading.text[c.start : c.end] == c.read
        assert not re.search(r"\d", c.read + c.proposed)
        assert c.read.isalpha()
        changed[c.start : c.end] = [True] * (c.end - c.start)
    for at, (old, new) in enumerate(zip(reading.text, repaired.text, strict=True)):
        assert old == new or changed[at]
        assert not old.isdigit() or old == new
    assert put(repaired.text, [_back(c) for c in repaired.corrections if c.applied]) == reading.text


def _back(c: Correction) -> Correction:
    return Correction(c.proposed, c.read, c.reason, c.evidence)


def _letter(body: str, symbol: str = "SCT-KTNL", archive: str = "VT, KTNL", signer: str = "") -> str:
    return f"""UBND TỈNH HÀ GIANG
SỞ CÔNG THƯƠNG
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 412/{symbol}
Hà Giang, ngày 12 tháng 5 năm 2020
V/v đơn độc thực hiện kế hoạch khuyến công

Kính gửi: Phòng Kinh tế các huyện

{body}

Nơi nhận:
- Như trên;
- Lưu: {archive}.

{signer or "KT. GIÁM ĐỐC" + chr(10) + "PHÓ GIÁM ĐỐC"}

Nguyễn Văn Minh
"""


_BODY = """Căn cứ Nghị định số 45/2012/NĐ-CP ngày 21 tháng 5 năm 2012 của Chính phủ; trong đó có nhiều tô chức, cá nhân.
1. Phòng Kinh tế các huyện đây nhanh tiến độ thực hiện, tông hợp báo cáo trước ngày 15/6/2020.
2. Đề nghị khẩn trương rà soát, sửa đôi các kế hoạch đã ban hành."""


def test_a_letter_keeps_its_reading_and_its_values_are_right() -> None:
    text = _letter(_BODY)
    [letter] = understand(Text.of_string(text).pages)
    assert letter.header.subject is not None
    assert letter.header.subject.value == "đôn đốc thực hiện kế hoạch khuyến công"
    assert "V/v đơn độc thực hiện" in letter.text
    [first, second] = letter.tasks
    assert "đây nhanh tiến độ thực hiện, tông hợp" in first.text
    assert "sửa đôi" in second.text
    for each in letter.corrections:
        assert letter.text[each.start : each.end] == each.read
    assert {"đôn", "đốc", "tổ", "đẩy", "tổng", "đổi"} <= {each.proposed for each in letter.corrections}
    assert from_json(to_json(letter, with_text=True)).corrections == letter.corrections
    assert to_json(letter)["corrections"][0].keys() == {"read", "proposed", "reason", "applied", "evidence"}


def _checked(text: str) -> tuple[list[Correction], tuple[str, ...], str | None]:
    [letter] = understand(Text.of_string(text).pages)
    symbol = letter.header.symbol.value if letter.header.symbol else None
    return [c for c in letter.corrections if c.evidence.rule.startswith("repair.")], letter.warnings, symbol


def test_the_archive_line_proves_a_lost_stroke() -> None:
    corrections, _, symbol = _checked(_letter(_BODY, "SCT-CNDP", "VT, CNĐP"))
    assert symbol == "SCT-CNĐP"
    assert [c.proposed for c in corrections if c.evidence.rule == "repair.archive"] == ["CNĐP"]


def test_two_readings_of_a_symbol_ask_a_person() -> None:
    corrections, warnings, symbol = _checked(_letter(_BODY, "SCT-CNĐT", "VT, CNĐP"))
    assert symbol == "SCT-CNĐP"  # the header's own rule
    [doubt] = [c for c in corrections if c.evidence.rule == "repair.archive"]
    assert (doubt.read, doubt.proposed) == ("CNĐT", "CNĐP")
    assert doubt.confidence < 0.8
    assert any("CNĐT / CNĐP" in warning for warning in warnings)


@pytest.mark.parametrize("archive", ["VT, KTNL", "VT", "VT, TH, NV2 (3b)", "VT, QLCN"])
def test_a_symbol_that_agrees_or_is_not_like_anything_is_quiet(archive: str) -> None:
    corrections, warnings, _ = _checked(_letter(_BODY, "SCT-KTNL", archive))
    assert not [c for c in corrections if "archive" in c.evidence.rule]
    assert not [w for w in warnings if "hai cách đọc" in w]


def test_who_signs_for_a_minister_is_a_deputy() -> None:
    text = _letter(_BODY, signer="KT. BỘ TRƯỞNG\nTHỦ TRƯỞNG").replace(
        "UBND TỈNH HÀ GIANG\nSỞ CÔNG THƯƠNG", "BỘ CÔNG THƯƠNG"
    )
    [letter] = understand(Text.of_string(text).pages)
    assert letter.signer is not None
    assert letter.signer.position == "THỨ TRƯỞNG"
    assert ("THỦ", "THỨ", "repair.signature") in {(c.read, c.proposed, c.evidence.rule) for c in letter.corrections}
    assert not [w for w in letter.warnings if "ký “" in w]


def test_a_head_that_does_not_fit_the_issuer_is_told() -> None:
    _, warnings, _ = _checked(_letter(_BODY, signer="KT. BỘ TRƯỞNG\nTHỨ TRƯỞNG"))
    assert any("KT. BỘ TRƯỞNG" in warning and "Sở Công Thương" in warning for warning in warnings)


def test_a_citation_later_than_the_letter_is_told() -> None:
    body = _BODY.replace("ngày 21 tháng 5 năm 2012", "ngày 21 tháng 5 năm 2021")
    _, warnings, _ = _checked(_letter(body))
    assert any("21/05/2021" in warning and "sau ngày ban hành" in warning for warning in warnings)
    _, warnings, _ = _checked(_letter(_BODY))
    assert not [w for w in warnings if "viện dẫn" in w]


def test_a_citation_s_misread_symbol_is_shown_as_corrected() -> None:
    corrections, _, _ = _checked(_letter(_BODY.replace("45/2012/NĐ-CP", "45/2012/ND-CP")))
    assert [(c.read, c.proposed) for c in corrections if c.evidence.rule == "repair.citation"] == [
        ("ND-CP", "NĐ-CP")
    ]


def test_words_of_the_reading_are_found_again() -> None:
    read, repaired = "các  tô chức\nliên quan", "các  tổ chức\nliên quan"
    assert as_read("tổ chức liên quan", 0, len(read), read, repaired) == "tô chức liên quan"
    assert as_read("không có", 0, len(read), read, repaired) == "không có"


def test_a_correction_of_another_length_is_shown_but_not_put_in() -> None:
    longer = Correction("hon", "hơnn", "…", Evidence(0, 3, "x"), applied=False)
    assert put("hon nữa", [longer]) == "hon nữa"


@pytest.mark.parametrize(("read", "meant"), [("ƯBND", "UBND"), ("UBNĐ", "UBND"), ("HĐNĐ", "HĐND")])
def test_abbreviations_of_bodies_with_a_letter_misread(read: str, meant: str) -> None:
    found = repair_string(f"Chủ tịch {read} các huyện chịu trách nhiệm đôn đốc.")
    assert f"Chủ tịch {meant} các huyện" in found.text
    assert [(each.read, each.proposed) for each in found.corrections] == [(read, meant)]


@pytest.mark.parametrize("word", ["UBND", "HĐND", "XUBNĐX", "QĐ-UBND"])
def test_abbreviations_that_are_right_stay(word: str) -> None:
    assert repair_string(f"Chủ tịch {word} các huyện").corrections == ()
