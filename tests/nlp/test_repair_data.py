"""The data of the repair: whole, small, free of text, and each list with examples that hold."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from importlib.resources import files

import pytest

from ingest.language.candidates import candidates, same_word, spellings
from ingest.language.channel import confusions, word_cost
from ingest.language.model import UNKNOWN, model, pack, unpack
from ingest.language.tokens import CLAUSE, COMMA, FIGURE, FOREIGN, tokens
from nlp.lexicon import lines, toml
from nlp.normalise import fold, is_syllable, plain_tone
from nlp.repair import repair_string
from nlp.repair.checks import signature_warnings
from nlp.types import Evidence, Field, Header, Signer

LANGUAGE = files("ingest").joinpath("language", "data")


def test_the_model_is_small_and_holds_syllables_only() -> None:
    assert len(LANGUAGE.joinpath("syllables.bin").read_bytes()) < 2_000_000
    known = model()
    assert len(set(known.forms)) == len(known.forms) > 2000
    for form in known.forms:
        assert form in (CLAUSE, COMMA, FIGURE, FOREIGN) or (is_syllable(form) and plain_tone(form) == form)
    assert list(known.start1) == sorted(known.start1)
    assert known.start1[-1] == len(known.second) == len(known.cost2)
    assert known.start2[-1] == len(known.third) == len(known.cost3)


def test_costs_follow_the_language() -> None:
    known = model()

    def cost(*words: str) -> float:
        return known.cost(*map(known.number, words))

    assert cost("bộ", "tài", "chính") < cost("bộ", "tài", "chỉnh")
    assert cost(CLAUSE, "căn", "cứ") < cost(CLAUSE, "căn", "cư")
    assert known.number("xyz") == UNKNOWN
    assert cost("bộ", "tài", "xyz") > 20


def test_a_model_file_is_refused_when_damaged() -> None:
    data = pack(["a", "b"], b"\1\2", b"\3\4", [0, 1, 1], [1], b"\5", b"\6", [0, 1], [0], b"\7")
    small = unpack(data)
    assert small.cost(0, 1, 0) == 7 / 8
    assert small.cost(0, 0, 1) == (3 + 5) / 8 or small.cost(0, 0, 1) == 5 / 8
    with pytest.raises(ValueError, match="model"):
        unpack(b"something else")


def test_confusions_are_counts_of_letters() -> None:
    counts = confusions()
    assert sum(good for good, _ in counts.words.values()) > 10_000
    assert all(n > 0 for n in counts.pairs.values())
    for true, read in counts.pairs:
        assert true != read
        assert 0 < len(true) <= 3
        assert 0 < len(read) <= 3
        assert (true + read).isalpha()
    assert word_cost("để", "đề") < word_cost("để", "đồ")


def test_spellings_in_use_are_never_candidates_of_each_other() -> None:
    for word in tomllib.loads(LANGUAGE.joinpath("spellings.toml").read_text(encoding="utf-8"))["word"]:
        forms = word["forms"]
        assert len({fold(form) for form in forms}) == 1
        assert all(form in word["example"] for form in forms)
        for form in forms:
            assert spellings()[form] == frozenset(forms)
            assert not {other for other, _ in candidates(form)} & set(forms)
        assert repair_string(word["example"]).corrections == ()
    assert same_word("kĩ", "kỹ")
    assert not same_word("kĩ", "kì")


def test_phrases_of_letters_are_left_alone() -> None:
    phrases = lines("repair/office_phrases.txt")
    assert len(set(phrases)) == len(phrases) > 100
    for phrase in phrases:
        assert all(token.form == COMMA or is_syllable(token.form) for token in tokens(phrase))
        assert repair_string(f"đề nghị {phrase} theo quy định.").corrections == (), phrase


def test_words_before_names_are_single_syllables() -> None:
    words = lines("repair/before_names.txt")
    assert len(set(words)) == len(words)
    assert all(is_syllable(word) and word.islower() for word in words)
    assert repair_string("đồng chí Thấm phát biểu; thôn Tố tổ chức").corrections == ()


@pytest.mark.parametrize("entry", toml("repair/issuer_heads.toml")["issuer"], ids=lambda entry: entry["opens"])
def test_issuers_and_their_heads(entry: dict[str, str]) -> None:
    def told(example: str) -> bool:
        issuer, authority = example.split(": ")
        place = Evidence(0, 0, "x")
        return any(signature_warnings(Header(issuer=Field(issuer, place)), Signer(authority, None, None, place)))

    assert not told(entry["positive"])
    assert told(entry["negative"])


def test_tokens_seal_what_holds_figures() -> None:
    text = "V/v số 45/2012/NĐ-CP, ngày 15/5/2020; 2O20 K'Bang UBND a@b.vn 1.250,07"
    sealed = [text[t.start : t.end] for t in tokens(text) if t.form == FIGURE]
    assert {"V/v", "45/2012/NĐ-CP", "15/5/2020", "2O20", "K'Bang", "a@b.vn"} <= set(sealed)
    assert [t.form for t in tokens("UBND")] == [FOREIGN]


def test_importing_nlp_reads_no_model() -> None:
    code = (
        "import nlp.dispatch, ingest.language.model as m, ingest.language.channel as c; "
        "assert m.model.cache_info().currsize == 0 == c.confusions.cache_info().currsize; "
        "import sys; assert 'numpy' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
