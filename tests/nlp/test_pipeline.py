"""The spaCy pipeline keeps the text and shows what the finders found."""

import subprocess
import sys
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.pipeline import annotate, pipeline

LETTER = (
    "Thực hiện Nghị định số 45/2012/NĐ-CP ngày 21/5/2012 của Chính phủ, giao Sở Nội vụ chủ trì, phối hợp với\n"
    "Sở Tài chính báo cáo trước ngày 15/6/2024. Yêu cầu các đơn vị triển khai./."
)


@given(st.text(max_size=150))
@settings(max_examples=100, deadline=None)
def test_the_document_is_the_text(text: str) -> None:
    assert pipeline().make_doc(text).text == text


def test_what_the_finders_found_is_marked() -> None:
    doc = annotate(LETTER, issued_on=date(2024, 5, 2))
    assert doc.text == LETTER
    assert any("45/2012/NĐ-CP" in span.text for span in doc.spans["references"])
    assert any("15/6/2024" in span.text for span in doc.spans["deadlines"])
    assert [deadline.date for deadline in doc._.deadlines] == [date(2024, 6, 15)]
    assert any("Sở Nội vụ" in span.text for span in doc.spans["bodies"])
    assert len(list(doc.sents)) == 2


def test_a_date_inside_a_citation_is_no_deadline() -> None:
    doc = annotate(
        "Báo cáo theo Công văn số 12/UBND-VX trước ngày 20/7/2024 đã nêu.", issued_on=date(2024, 7, 1)
    )
    assert len(doc._.references) == 1
    assert len(annotate("Căn cứ Quyết định số 1288/QĐ-TTg ngày 01/8/2014.")._.deadlines) == 0


def test_the_pipeline_is_made_once() -> None:
    assert pipeline() is pipeline()
    assert pipeline().pipe_names[0] == "dondoc_sentences"


def test_importing_the_package_loads_no_heavy_library() -> None:
    code = (
        "import sys, nlp.pipeline, nlp.words, nlp.sections, nlp.header, nlp.recipients, nlp.reading;"
        "print([m for m in ('spacy', 'underthesea', 'numpy', 'rapidfuzz') if m in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
