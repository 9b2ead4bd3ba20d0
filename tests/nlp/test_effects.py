"""What a letter says of changes among documents: forms that change something, and forms that only speak of it."""

from __future__ import annotations

from datetime import date

import pytest

from nlp.references.effects import Cited, Effect, find_effects
from nlp.references.find import find_references
from nlp.references.resolve import resolve

SELF = "văn bản này"


def found(text: str, kind: str | None = "quyết định", subject: str | None = None) -> set[tuple[str, str, str]]:
    return {(actor, effect.kind, target) for actor, effect, target in _effects(text, kind, subject)}


def _effects(text: str, kind: str | None, subject: str | None) -> list[tuple[str, Effect, str]]:
    references = resolve(find_references(text))
    names = [each.code or each.title or "" for each in references]
    cited = [Cited(e.start, e.end, index) for index, each in enumerate(references) for e in each.mentions]
    effects = find_effects(text, cited, kind=kind, issued_on=date(2025, 6, 20), subject=subject)
    return [(SELF if e.actor is None else names[e.actor], e, names[e.target]) for e in effects]


CHANGES = [
    ("Nghị định số 235/2031/NĐ-CP ngày 27/8/2031 của Chính phủ sửa đổi, bổ sung một số điều của Nghị định số 45/2022/NĐ-CP.",
     "công văn", ("235/2031/NĐ-CP", "sửa đổi", "45/2022/NĐ-CP")),
    ("Căn cứ Nghị định số 45/2022/NĐ-CP ngày 21/5/2022 (đã được sửa đổi, bổ sung tại Nghị định số 235/2031/NĐ-CP);",
     "công văn", ("235/2031/NĐ-CP", "sửa đổi", "45/2022/NĐ-CP")),
    ("Nghị định số 45/2022/NĐ-CP thay thế Nghị định số 134/2014/NĐ-CP.", "công văn",
     ("45/2022/NĐ-CP", "thay thế", "134/2014/NĐ-CP")),
    ("Thông tư số 09/2029/TT-BXD của Bộ trưởng Bộ Xây dựng sửa đổi Thông tư số 02/2028/TT-BXD.", "công văn",
     ("09/2029/TT-BXD", "sửa đổi", "02/2028/TT-BXD")),
    ("Điều 2. Quyết định này có hiệu lực thi hành kể từ ngày 01/7/2025 và thay thế Quyết định số 12/2019/QĐ-UBND.",
     "quyết định", (SELF, "thay thế", "12/2019/QĐ-UBND")),
    ("Công văn này thay thế Công văn số 100/SCT-KH ngày 3/3/2020.", "công văn", (SELF, "thay thế", "100/SCT-KH")),
    ("Luật Hải quan số 54/2034/QH13 đã được thông qua. Luật này thay thế Luật Hải quan số 29/2021/QH10.", "công văn",
     ("54/2034/QH13", "thay thế", "29/2021/QH10")),
    ("Nghị định số 9/2034/NĐ-CP thay thế Nghị định số 7/2021/NĐ-CP ngày 2/3/2021 và Nghị định số 8/2021/NĐ-CP.", "công văn",
     ("9/2034/NĐ-CP", "thay thế", "8/2021/NĐ-CP")),
    ("Điều 3. Bãi bỏ Quyết định số 12/2019/QĐ-UBND ngày 05/3/2019.", "quyết định",
     (SELF, "bãi bỏ", "12/2019/QĐ-UBND")),
    ("Điều 1. Sửa đổi, bổ sung khoản 2 Điều 4 Quy định ban hành kèm theo Quyết định số 12/2019/QĐ-UBND\nngày 05/3/2019 như sau:",
     "quyết định", (SELF, "sửa đổi", "12/2019/QĐ-UBND")),
    ("Điều 2. Bãi bỏ các văn bản sau:\n1. Quyết định số 12/2019/QĐ-UBND;\n2. Quyết định số 13/2019/QĐ-UBND.", "quyết định",
     (SELF, "bãi bỏ", "13/2019/QĐ-UBND")),
    ("Quyết định số 12/2019/QĐ-UBND hết hiệu lực kể từ ngày Quyết định này có hiệu lực.", "quyết định",
     (SELF, "bãi bỏ", "12/2019/QĐ-UBND")),
]  # fmt: skip

NOTHING_CHANGES = [
    ("Bộ Công Thương đề nghị sửa đổi Nghị định số 45/2022/NĐ-CP cho phù hợp.", "công văn"),
    ("Bộ đang xây dựng dự thảo Nghị định sửa đổi, bổ sung Nghị định số 45/2022/NĐ-CP.", "công văn"),
    ("Thực hiện Công văn số 12/BCT-KH về việc đề nghị sửa đổi Nghị định số 45/2022/NĐ-CP.", "công văn"),
    ("Quyết định số 7/QĐ-BCT giao Vụ Pháp chế nghiên cứu thay thế Thông tư số 02/2028/TT-BCT.", "công văn"),
    ("Tiếp theo Công văn số 100/SCT-KH ngày 3/3/2020, sửa đổi thời gian họp tại Công văn số 120/SCT-KH.", "công văn"),
    ("Căn cứ Nghị định số 45/2022/NĐ-CP; Căn cứ Quyết định số 12/2019/QĐ-UBND;", "quyết định"),
    ("Bãi bỏ Quyết định số 12/2019/QĐ-UBND là cần thiết.", "công văn"),
    ("Thông tư này thay thế Thông tư số 12/2019/TT-BTC.", "công văn"),
    ("Dự thảo Quyết định này sẽ thay thế Quyết định số 12/2019/QĐ-UBND.", "tờ trình"),
]


@pytest.mark.parametrize(("text", "kind", "effect"), CHANGES)
def test_a_change_is_found_with_who_makes_it(text: str, kind: str, effect: tuple[str, str, str]) -> None:
    assert effect in found(text, kind)
    assert all(each[0] == effect[0] for each in found(text, kind))


@pytest.mark.parametrize(("text", "kind"), NOTHING_CHANGES)
def test_what_is_only_spoken_of_changes_nothing(text: str, kind: str) -> None:
    assert found(text, kind) == set()


def test_the_subject_of_a_decision_says_what_it_amends() -> None:
    text = "về việc sửa đổi, bổ sung một số điều của Quyết định số 12/2019/QĐ-UBND\nỦY BAN NHÂN DÂN TỈNH"
    subject = "sửa đổi, bổ sung một số điều của Quyết định số 12/2019/QĐ-UBND"
    assert found(text, "quyết định", subject) == {(SELF, "sửa đổi", "12/2019/QĐ-UBND")}
    assert found(text, "công văn", subject) == set()


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("có hiệu lực thi hành kể từ ngày 01 tháng 7 năm 2025", date(2025, 7, 1)),
        ("có hiệu lực từ ngày 15/8/2025", date(2025, 8, 15)),
        ("có hiệu lực kể từ ngày ký", date(2025, 6, 20)),
    ],
)
def test_the_day_of_effect_is_read(words: str, day: date) -> None:
    text = f"Điều 2. Quyết định này {words} và thay thế Quyết định số 12/2019/QĐ-UBND."
    [(_, effect, _)] = _effects(text, "quyết định", None)
    assert effect.from_day == day


def test_the_day_of_effect_of_a_law_told_of_is_read() -> None:
    text = "Luật Hải quan số 54/2034/QH13 có hiệu lực thi hành từ ngày 01/01/2035. Luật này thay thế Luật Hải quan số 29/2021/QH10."
    [(_, effect, _)] = _effects(text, "công văn", None)
    assert effect.from_day == date(2035, 1, 1)


def test_the_span_holds_the_words_that_say_so() -> None:
    text = "Thực hiện Nghị định số 45/2022/NĐ-CP thay thế Nghị định số 134/2014/NĐ-CP, các sở báo cáo."
    [(_, effect, _)] = _effects(text, "công văn", None)
    assert "thay thế Nghị định số 134/2014/NĐ-CP" in text[effect.start : effect.end]
