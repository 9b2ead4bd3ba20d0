"""Fixed names with a wrong mark: bodies, positions, kinds of documents.

A name of the lexicons is recognised by its letters without marks; a word of it
whose marks differ is put right where the rest of the name vouches for it. A
name that stands for two things without its marks ("THỦ TRƯỞNG", "THỨ TRƯỞNG")
is left to the checks.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from ingest.language.candidates import same_word
from ingest.language.spelling import in_case
from ingest.language.tokens import CLAUSE, COMMA, Token, tokens
from nlp.lexicon import kinds, toml
from nlp.normalise import fold, plain_tone
from nlp.repair.decode import bits
from nlp.types import Correction, Evidence

_SHARE = 2
"""A name in mixed case needs so many right words for each wrong one."""

_LEAST_GAIN = 2.0


@cache
def _names() -> dict[tuple[str, str], tuple[tuple[tuple[str, ...], bool], ...]]:
    """Names by their first two words without marks: their words, and whether they count in capitals only."""
    whole: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    capitals = {tuple(_words(name)) for name in _headings()}
    mixed = {tuple(_words(name)) for name in _bodies()}
    for words in capitals | mixed:
        if len(words) > 1:
            whole.setdefault(tuple(map(fold, words)), set()).add(words)
    found: dict[tuple[str, str], list[tuple[tuple[str, ...], bool]]] = {}
    for bare, readings in whole.items():
        if len(readings) == 1:
            words = next(iter(readings))
            found.setdefault((bare[0], bare[1]), []).append((words, words not in mixed or len(words) < 3))
    return {
        key: tuple(sorted(names, key=lambda name: -len(name[0])))
        for key, names in found.items()
    }


def _words(name: str) -> list[str]:
    return [token.form for token in tokens(name) if token.form != COMMA]


def _headings() -> Iterator[str]:
    data = toml("positions.toml")
    yield from data["heads"]
    yield from data["deputies"].values()
    yield from kinds().values()


def _bodies() -> Iterator[str]:
    folder = files("nlp").joinpath("data", "agencies")
    for name in ("central.toml", "provincial.toml"):
        for body in tomllib.loads(folder.joinpath(name).read_text(encoding="utf-8")).get("body", []):
            yield from body["names"]


def known_names(text: str, found: Sequence[Token]) -> tuple[Correction, ...]:
    """Words of known names whose marks were misread.

    >>> line = "Giao Sở Kê hoạch và Đầu tư"
    >>> [(c.read, c.proposed) for c in known_names(line, tokens(line))]
    [('Kê', 'Kế')]
    """
    spoken = [token for token in found if token.form != COMMA]
    bare = [fold(token.form) if token.is_word else "" for token in spoken]
    result: list[Correction] = []
    at = 0
    while at + 1 < len(spoken):
        match = _match(text, spoken, bare, at)
        if match is None:
            at += 1
            continue
        words, capitals = match
        changes = list(_differences(text, spoken[at : at + len(words)], words, capitals))
        if changes and _likelier(spoken, at, words):
            result += changes
        at += len(words)
    return tuple(result)


@cache
def _misread_letters() -> tuple[re.Pattern[str], dict[str, str]]:
    meant = {reading: letters for letters, readings in toml("repair/letters.toml")["letters"].items() for reading in readings}
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, meant))})(?!\w)"), meant


def known_letters(text: str) -> tuple[Correction, ...]:
    """Abbreviations of bodies with a letter misread.

    >>> [(c.read, c.proposed) for c in known_letters("Chủ tịch ƯBND các huyện")]
    [('ƯBND', 'UBND')]
    """
    pattern, meant = _misread_letters()
    return tuple(
        Correction(
            match[0],
            meant[match[0]],
            f"tên viết tắt có trong danh mục: “{meant[match[0]]}”",
            Evidence(*match.span(), "repair.letters", 0.95),
        )
        for match in pattern.finditer(text)
    )


def _likelier(spoken: Sequence[Token], at: int, words: Sequence[str]) -> bool:
    """Whether the language, too, would rather have the name here than what was read."""
    before = [CLAUSE, CLAUSE, *(token.form for token in spoken[max(0, at - 2) : at])][-2:]
    end = at + len(words)
    after = [*(token.form for token in spoken[end : end + 2]), CLAUSE, CLAUSE][:2]
    read = [token.form for token in spoken[at:end]]
    return bits([*before, *read, *after]) - bits([*before, *words, *after]) >= _LEAST_GAIN


def _match(
    text: str, spoken: Sequence[Token], bare: Sequence[str], at: int
) -> tuple[tuple[str, ...], bool] | None:
    for words, capitals_only in _names().get((bare[at], bare[at + 1]), ()):
        here = spoken[at : at + len(words)]
        if len(here) < len(words) or any(b != fold(w) for b, w in zip(bare[at:], words, strict=False)):
            continue
        read = [text[token.start : token.end] for token in here]
        capitals = all(word.isupper() for word in read)
        if capitals or (not capitals_only and read[0][:1].isupper()):
            return words, capitals
    return None


def _differences(
    text: str, here: Sequence[Token], words: Sequence[str], capitals: bool
) -> Iterator[Correction]:
    wrong = [
        (token, word)
        for token, word in zip(here, words, strict=True)
        if plain_tone(token.form) != plain_tone(word) and not same_word(token.form, word)
    ]
    if not capitals and len(wrong) * (_SHARE + 1) > len(words):
        return
    for token, word in wrong:
        read = text[token.start : token.end]
        proposed = in_case(word, read)
        name = " ".join(words)
        yield Correction(
            read,
            proposed,
            f"tên có trong danh mục: “{in_case(name, name.upper()) if capitals else name}”",
            Evidence(token.start, token.end, "repair.lexicon", 0.95),
        )
