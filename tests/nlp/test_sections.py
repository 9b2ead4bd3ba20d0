"""The parts of a letter are found in every layout that readers give."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.types import Page
from nlp.reading import Text, page_of_string
from nlp.sections import cut, split_documents
from tests.nlp.letters import ALL, NEWS, PLAIN

BODIES = {
    "plain": ("Thực hiện Kế hoạch số 31", "trước ngày 30/5/2022./."),
    "flattened": ("Thời gian qua, nắng nóng", "24/24 giờ./."),
    "boxed": ("Theo bản tin dự báo", "trực ban./."),
    "stamped": ("Thực hiện Nghị định số 64", "cây xanh./."),
    "web": ("Căn cứ Luật Tổ chức", "28/02/2014./."),
    "web letter": ("Để thống nhất thực hiện", "rà soát hồ sơ./."),
    "party": ("I- MỤC TIÊU", "đạt chuẩn."),
    "handwritten": ("Yêu cầu các đơn vị gửi", "trước ngày 15/10/2021./."),
}


@pytest.mark.parametrize("name", BODIES)
def test_the_body_is_cut_out(name: str) -> None:
    text = Text.of_string(ALL[name])
    sections = cut(text)
    begin, end = BODIES[name]
    body = sections.body.of(text.text).strip()
    assert sections.is_dispatch
    assert body.startswith(begin)
    assert body.endswith(end)


def test_a_news_item_is_no_dispatch_and_all_body() -> None:
    sections = cut(NEWS)
    assert not sections.is_dispatch
    assert sections.body == (0, len(NEWS))


@pytest.mark.parametrize(
    "text",
    [
        "Kính thưa quý vị đại biểu!\nHôm nay chúng ta họp về công tác năm 2020.\nXin cảm ơn.",
        "Theo Quyết định số 12/QĐ-UBND, tỉnh đã chi 3 tỷ đồng.\n\nÝ kiến bạn đọc\nCông văn số 5/SYT-NV đã trả lời.",
        "",
        "abc",
        "Điều 1. Phạm vi\n1. Luật này quy định về thuế.",
    ],
)
def test_texts_without_a_letters_marks_are_no_dispatch(text: str) -> None:
    assert not cut(text).is_dispatch


def test_the_head_may_be_missing() -> None:
    text = (
        "CHỈ THỊ\n\nVề công tác phòng dịch\n\nNhằm ngăn dịch, UBND huyện yêu cầu các xã trực 24/24 giờ./.\n\n"
        "Nơi nhận:\n- Các xã;\n- Lưu: VT.\n\nCHỦ TỊCH\n\nLê Văn Quý\n"
    )
    sections = cut(text)
    assert sections.title is not None
    assert sections.title.value == "chỉ thị"
    assert sections.body.of(text).startswith("Nhằm ngăn dịch")


def test_a_position_printed_before_the_recipients_is_no_body() -> None:
    text = PLAIN.replace("\nKT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n\nTrần Thị Lan Anh\n", "")
    text = text.replace("Nơi nhận:", "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n\nTrần Thị Lan Anh\n\nNơi nhận:")
    sections = cut(text)
    assert sections.body.of(text).strip().endswith("30/5/2022./.")
    assert sections.tail is not None
    assert "Trần Thị Lan Anh" in sections.tail.of(text)


@pytest.mark.parametrize(
    "annex",
    [
        "PHỤ LỤC\nDANH SÁCH ĐƠN VỊ\n1. Trường A báo cáo trước ngày 01/6/2022.",
        "Phụ lục II\n(kèm theo Công văn số 845/SNV-TCBC)\nGiao các đơn vị điền biểu.",
        "ĐỀ CƯƠNG BÁO CÁO\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nGiao đơn vị nêu rõ.",
    ],
)
def test_what_follows_the_signature_is_appendix(annex: str) -> None:
    text = Text.of_pages((page_of_string(PLAIN), page_of_string(annex, 2)))
    sections = cut(text)
    assert sections.appendix is not None
    assert sections.appendix.of(text.text).startswith(annex.split("\n")[0])
    assert annex.split("\n")[-1] not in sections.body.of(text.text)
    assert len(split_documents(text)) == 1


def test_an_annex_behind_the_signers_name_is_cut_off() -> None:
    sections = cut(ALL["web"])
    assert sections.appendix is not None
    assert sections.appendix.of(ALL["web"]).startswith("Phụ lục (Kèm theo")


def pages(*texts: str) -> tuple[Page, ...]:
    return tuple(page_of_string(text, number) for number, text in enumerate(texts, 1))


def test_a_forwarded_letter_is_a_document_of_its_own() -> None:
    text = Text.of_pages(pages(PLAIN, ALL["stamped"]))
    spans = split_documents(text)
    assert len(spans) == 2
    assert text.text[spans[1][0] :].startswith("BỘ XÂY DỰNG")
    assert spans[0][1] == spans[1][0]


def test_a_second_page_of_the_same_letter_is_none() -> None:
    first, second = PLAIN.split("Nơi nhận:")
    text = Text.of_pages(pages(first, "2\nNơi nhận:" + second))
    assert split_documents(text) == [(0, len(text.text))]


def test_a_draft_sent_along_is_none() -> None:
    draft = (
        "ỦY BAN NHÂN DÂN\nTỈNH BÌNH LÂM\nSố:     /2022/QĐ-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "Độc lập - Tự do - Hạnh phúc\nBình Lâm, ngày    tháng    năm 2022\nQUYẾT ĐỊNH\nVề biên chế\nĐiều 1. Giao biên chế."
    )
    assert len(split_documents(Text.of_pages(pages(PLAIN, draft)))) == 1
    marked = "DỰ THẢO\n" + ALL["stamped"]
    assert len(split_documents(Text.of_pages(pages(PLAIN, marked)))) == 1


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_text_is_cut_without_failure(text: str) -> None:
    reading = Text.of_string(text)
    sections = cut(reading)
    assert 0 <= sections.head.start <= sections.head.end <= len(reading.text)
    assert sections.body.start <= sections.body.end <= len(reading.text)


@given(st.sampled_from(sorted(ALL)), st.data())
@settings(max_examples=80, deadline=None)
def test_damaged_letters_are_cut_in_order(name: str, data: st.DataObject) -> None:
    lines = ALL[name].split("\n")
    kept = [line for line in lines if data.draw(st.integers(0, 9)) > 1]
    text = Text.of_string("\n".join(kept))
    sections = cut(text)
    assert sections.head.end <= sections.body.start <= sections.body.end <= len(text.text)
    if sections.tail:
        assert sections.tail.start >= sections.body.end
    starts, ends = zip(*(split_documents(text) or [(0, 0)]), strict=True)
    assert starts[0] == 0
    assert ends[-1] == len(text.text)
