"""Words that lost the space between them."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.glued import gaps
from nlp.reading import Text


def parted(text: str) -> str:
    cuts = [0, *gaps(text), len(text)]
    return " ".join(text[a:b] for a, b in itertools.pairwise(cuts))


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("BộCông Thương đềnghị", "Bộ Công Thương đề nghị"),
        ("khẩntrương thựchiện", "khẩn trương thực hiện"),
        ("trướcngày31/8/2020", "trước ngày 31/8/2020"),
        ("công vănsố 12/UBND-VX ngày22/4/2010", "công văn số 12/UBND-VX ngày 22/4/2010"),
        ("quyết định số822-CV/TU", "quyết định số 822-CV/TU"),
        ("ngày 4tháng 2 năm 2009", "ngày 4 tháng 2 năm 2009"),
        ("cánhân, côngan, hànhchính", "cá nhân, công an, hành chính"),
        ("UBNDhuyện", "UBND huyện"),
        ("PHÓ CHỦ TỊCHTrần Thị Bình", "PHÓ CHỦ TỊCH Trần Thị Bình"),
        ("Thểthaovà Du lịch", "Thể thao và Du lịch"),
        ("đề nghịQuý cơ quan", "đề nghị Quý cơ quan"),
        ("Truyền thôngtổ chức", "Truyền thông tổ chức"),
        ("Số: 659/CĐ-TTgCỘNG HOÀ XÃ HỘI", "Số: 659/CĐ-TTg CỘNG HOÀ XÃ HỘI"),
        ("Số: 406/VPCP-ĐMDNV/v báo cáo", "Số: 406/VPCP-ĐMDN V/v báo cáo"),
        ("An toàn giao thông quốc gia.Ngày 17", "An toàn giao thông quốc gia. Ngày 17"),
        ("VỀVIỆC THAM GIA", "VỀ VIỆC THAM GIA"),
    ],
)
def test_a_lost_space_is_found(read: str, meant: str) -> None:
    assert parted(read) == meant


@pytest.mark.parametrize(
    "text",
    [
        "nghiêng Nguyễn khuếch nguyệt thưởng trường",
        "video menu logo taxi internet Facebook YouTube ioffice VnExpress",
        "KH-BCĐ389QNE, 45/2012/NĐ-CP, STC-GCS&TCDN, BCĐPCTT",
        "Krông Nô, Đắk Mil, Ea H'leo, Pleiku, Kon Plông",
        "2,8%, 30c/NQ-CP, 6h00, 1.200.000đ",
        "Wolbachia, Đ/c, đ/c, k.cách",
    ],
)
def test_words_that_only_look_glued_stay(text: str) -> None:
    assert gaps(text) == ()


def test_every_offset_leads_back_to_the_page() -> None:
    printed = "Kính gửi: Vănphòng Chính phủ.\nđềnghị gửi trướcngày31/8/2020"
    text = Text.of_string(printed)
    assert text.text == "Kính gửi: Văn phòng Chính phủ.\nđề nghị gửi trước ngày 31/8/2020"
    for at, char in enumerate(text.text):
        page, offset = text.to_page(at)
        assert page == 1
        if not char.isspace():
            assert printed[offset] == char


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạộịữ ABĐ/-.,0123456789", max_size=60))
def test_nothing_but_spaces_is_put_in(text: str) -> None:
    cuts = gaps(text)
    assert list(cuts) == sorted(set(cuts))
    assert all(0 < cut < len(text) for cut in cuts)
    assert parted(text).replace(" ", "") == text.replace(" ", "")
