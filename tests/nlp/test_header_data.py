"""The data files of the header's rules are consistent."""

from collections import Counter

import pytest

from nlp.lexicon import bodies_by_symbol, kind_codes, kinds, lines, surnames, toml
from nlp.names import ordinary
from nlp.normalise import fold, is_syllable, nfc
from nlp.positions import positions

FILES = ("places.txt", "surnames.txt", "openers.txt", "phrases.txt", "subject_openings.txt")


@pytest.mark.parametrize("name", FILES)
def test_lists_are_composed_and_hold_nothing_twice(name: str) -> None:
    entries = lines(name)
    assert all(nfc(entry) == entry for entry in entries)
    assert [entry for entry, count in Counter(entries).items() if count > 1] == []


def test_no_two_phrases_share_their_letters() -> None:
    shared = Counter(fold(phrase) for phrase in lines("phrases.txt"))
    assert [phrase for phrase, count in shared.items() if count > 1] == []


def test_the_decrees_types_and_codes_are_all_there() -> None:
    decree = [entry for entry in toml("kinds.toml")["kind"] if entry["source"] == "decree30"]
    assert len(decree) == 29
    codes = [code for entry in toml("kinds.toml")["kind"] for code in entry["codes"]]
    assert len(codes) == len(set(codes)) == len(kind_codes())
    assert kind_codes()["CT"] == "chỉ thị"
    assert kind_codes()["CTr"] == "chương trình"
    assert kinds()["to trinh"] == "tờ trình"


def test_symbols_name_bodies_in_ordinary_capitalisation() -> None:
    for symbol, body in bodies_by_symbol().items():
        assert symbol == symbol.strip()
        assert ordinary(body) == body
        assert ordinary(body.upper()) == body


def test_positions_differ_without_their_marks_but_for_one_pair() -> None:
    heads = {*toml("positions.toml")["heads"], *toml("positions.toml")["deputies"].values()}
    assert len({fold(name) for name in heads - {"THỦ TRƯỞNG"}}) == len(heads) - 1
    assert positions()["thu truong"] == "THỨ TRƯỞNG"


def test_family_names_look_like_names() -> None:
    assert all(name[0].isupper() for name in surnames())
    assert sum(is_syllable(name) for name in surnames()) > 0.9 * len(surnames())
