"""Laws by name and year."""

from __future__ import annotations

import pytest

from nlp.lexicon import toml
from nlp.numbers import DocumentNumber
from nlp.references.law_numbers import law_code, law_name
from nlp.references.lexicon import laws


@pytest.mark.parametrize(
    ("kind", "name", "year", "code"),
    [
        ("luật", "Đất đai", 2013, "45/2013/QH13"),
        ("Luật", "đất đai", 2024, "31/2024/QH15"),
        ("luật", "Thuế xuất khẩu thuế nhập khẩu", 2016, "107/2016/QH13"),
        ("bộ luật", "Lao động", 2019, "45/2019/QH14"),
        ("luật", "Lao động", 2019, None),
        ("luật", "Đất đai", None, None),
        ("luật", "Đất đai", 2014, None),
        ("nghị định", "Đất đai", 2013, None),
        ("luật", None, 2013, None),
    ],
)
def test_a_law_is_known_by_kind_name_and_year(kind: str, name: str | None, year: int | None, code: str | None) -> None:
    assert law_code(kind, name, year) == code


def test_the_table_holds_codes_of_laws_each_name_once_a_year() -> None:
    names = {name for name, _, _ in laws().names}
    for table in toml("law_numbers.toml").values():
        seen = [(name, code.split("/")[1]) for code, name in table.items()]
        assert len(seen) == len(set(seen))
        assert {name for name, _ in seen} <= names
        for code in table:
            parsed = DocumentNumber.parse(code)
            assert parsed is not None
            assert (parsed.year, str(parsed)) == (int(code.split("/")[1]), code)
            assert law_name(code.lower()) == table[code]
