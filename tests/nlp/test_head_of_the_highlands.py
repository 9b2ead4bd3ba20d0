"""Marks of a letter that are no plain Vietnamese words: highland names, symbols with a plus, damaged labels."""

from __future__ import annotations

import pytest

from nlp.header import read_header
from nlp.issuer import read_issuer
from nlp.landmarks import find_recipients
from nlp.persons import name_at_end
from nlp.reading import Text
from nlp.recipients import read_recipients
from nlp.references import find_references
from nlp.sections import cut
from nlp.signature import read_signer

LETTER = """ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
{level} Độc lập - Tự do - Hạnh phúc
Số: 77/{symbol} Kon Tum, ngày 04 tháng 3 năm 2019

Kính gửi: Sở Y tế.

Đề nghị Sở Y tế báo cáo trước ngày 20/3/2019./.

{label} TM. ỦY BAN NHÂN DÂN
- Như trên; KT. CHỦ TỊCH
- Bộ Y tế (để b/c); PHÓ CHỦ TỊCH
- Lưu: VT, KGVX.


{signer}
"""


def letter(
    *,
    level: str = "TỈNH KON TUM",
    symbol: str = "UBND-KGVX",
    label: str = "Nơi nhận:",
    signer: str = "Lê Văn Hòa",
) -> Text:
    return Text.of_string(LETTER.format(level=level, symbol=symbol, label=label, signer=signer))


@pytest.mark.parametrize(
    "name",
    [
        "Y Thuân Mlô",
        "K'Broi",
        "H'Giang Niê",
        "Ksor Phước",
        "Rmah H'Bé",
        "Hoàng Văn K'Thế",
        "Điểu K'Rứ",
        "Y Ly Kpă",
        "Bríu Pố",
        "A Ngọc Hưng",
        "Nay Y Thoan",
        "Siu H'Liên",
    ],
)
def test_signer_of_a_highland_people(name: str) -> None:
    text = letter(signer=name)
    found = read_signer(text, cut(text))
    assert found
    assert (found.name, found.position) == (name, "PHÓ CHỦ TỊCH")
    assert find_recipients(text.text) is not None


@pytest.mark.parametrize("line", ["A Nguyễn Hưng", "A Lê Văn Hưng"])
def test_a_mark_of_the_seal_before_a_frequent_family_name_is_no_part_of_the_name(line: str) -> None:
    found = name_at_end(line)
    assert found
    assert found[0] == line[2:]


@pytest.mark.parametrize(
    "line",
    [
        "UBND huyện Krông Pa",
        "- UBND xã Ea Kpam;",
        "Các buôn Niê",
        "Công ty TNHH Mlô",
        "Trạm Kpă",
        "X'Jq",
        "Chợ H'Hen",
        "Y",
    ],
)
def test_no_name(line: str) -> None:
    assert name_at_end(line) is None


@pytest.mark.parametrize(
    ("level", "issuer"),
    [
        ("TỈNH ĐẮK NÔNG", "Ủy ban nhân dân tỉnh Đắk Nông"),
        ("TỈNH ĐẮK LẮK", "Ủy ban nhân dân tỉnh Đắk Lắk"),
        ("HUYỆN ĐẮK MIL", "Ủy ban nhân dân huyện Đắk Mil"),
        ("TỈNH QUẢNG NGÃI", "Ủy ban nhân dân tỉnh Quảng Ngãi"),
    ],
)
def test_issuer_with_a_place_of_other_syllables(level: str, issuer: str) -> None:
    text = letter(level=level)
    found, _ = read_issuer(text, cut(text))
    assert found
    assert found.value == issuer


@pytest.mark.parametrize("symbol", ["EVNNPC-KT+AT", "UBND-TH+NC", "BQL-KH3", "PC-P4+P5"])
def test_symbol_with_a_plus_or_a_figure(symbol: str) -> None:
    text = letter(symbol=symbol)
    found = read_header(text, cut(text)).symbol
    assert found
    assert found.value == symbol


def test_cited_symbol_with_a_plus() -> None:
    assert [m.symbol for m in find_references("Công văn số 912/EVNNPC-KT+AT ngày 02/3/2018")] == [
        "EVNNPC-KT+AT"
    ]
    assert [m.symbol for m in find_references("Quyết định số 12/QĐ-UBND + phụ lục")] == ["QĐ-UBND"]


@pytest.mark.parametrize(
    "label",
    [
        "ơi nhận:",
        "Noi nhận:",
        "Nơi nhậnˆ:",
        "Nởi nhận:",
        "Nơi nhân:",
        "ơi nhận;",
        "ơi nhận",
        "Mơi nhận:",
        "WNơi nhận:",
        "/Vơi nhận:",
        "x ơi nhận:",
    ],
)
def test_damaged_label_of_the_recipients(label: str) -> None:
    text = letter(label=label)
    parts = cut(text)
    assert parts.body.of(text.text).strip().endswith("20/3/2019./.")
    assert [name.text for name in read_recipients(text, parts)] == [
        "Như trên",
        "Bộ Y tế (để b/c)",
        "Lưu: VT, KGVX",
    ]


@pytest.mark.parametrize(
    "body",
    [
        "Nơi nào hồ sơ\nmới nhận thì giải quyết trước.",
        "Các xã đối chiếu số\nkhi nhận: gạo, muối, thuốc.",
        "Đơn vị nào chưa cử người\nđôi nhân lực thì bổ sung.",
    ],
)
def test_words_of_the_body_are_no_label(body: str) -> None:
    assert find_recipients(body) is None
