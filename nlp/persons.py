"""Names of persons who sign: Kinh names by their family name, names of the highlands by clan or prefix.

Seals and pens cover names: a family name is mended only where one is near.
"""

from __future__ import annotations

import re

from nlp.lexicon import clan_names, clan_pairs, khmer_surnames, marked_names, places, surnames
from nlp.normalise import fold, is_syllable
from nlp.positions import position_at
from nlp.rows import CAPITAL, SMALL, is_upper

NOISE = " \t.,;:'\"`’‘“”|_~*^=<>«»()[]{}/\\-–—#!?"
"""Marks of pens, seals and rules beside words."""
_FREQUENT = ("Nguyễn", "Trần", "Phạm", "Huỳnh", "Đặng", "Trịnh", "Trương", "Đoàn", "Dương")
"""Family names so frequent that a misread mark in them is no other name."""
_SHORT = (
    "Lê",
    "Phan",
    "Vũ",
    "Võ",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Lý",
    "Hoàng",
    "Cao",
    "Đinh",
    "Mai",
    "Hà",
    "Lương",
)
"""Frequent family names too short or too alike to be mended."""
_RANK = re.compile(
    r"^(?:(?:PGS|GS|TS|ThS|Ths|(?:BS|DS)?CK(?:I{1,2}|[12])|BS|DS|LS|KS|NGƯT|TSKH|Đại tá|Thượng tá|Trung tá|Thiếu tá|Đại úy|Thượng úy"
    r"|Thiếu tướng|Trung tướng|Thượng tướng|Đại tướng|Luật sư|Bác sĩ|Kỹ sư)\s*[.,\s]+\s*)+"
)

_SIGNED_BEHIND = re.compile(r"\s*\(\s*đã ký\s*\)\s*$", re.IGNORECASE)
""" "Lê Văn Bình (đã ký)"."""
_HIGHLAND_WORD = re.compile(rf"[{CAPITAL}](?:['’`´]?[{CAPITAL}]?[{SMALL}]{{1,8}})?")
_CLANS_SPELT_AS_WORDS = ("Nay", "Siu", "Rah", "Rơ")
"""Clans that may be read as Vietnamese words: they open a name only before Y, H' or another clan's name."""
_KHMER_WORD = re.compile(rf"[{CAPITAL}][{SMALL}]{{1,6}}")
_PREFIXED = re.compile(rf"[HK]['’`´][{CAPITAL}{SMALL}]")


def name_at_end(line: str) -> tuple[str, int, int, bool] | None:
    """A person's name at the end of a line: name, start, end, and whether its family name was mended.

    >>> name_at_end("- Lưu: VT. Trần Thị Lan")
    ('Trần Thị Lan', 12, 24, False)
    """
    stripped = _SIGNED_BEHIND.sub("", line).rstrip(" .,'\"`|_~*-–—")
    if line.rstrip().endswith((";", ":")):
        return None
    words = list(re.finditer(r"\S+", stripped))
    if highland := _highland_name(stripped, words):
        return highland
    if central := _central_name(words):
        return central
    if khmer := _khmer_name(words):
        return khmer
    run: list[re.Match[str]] = []
    for match in reversed(words):
        word = match.group()
        if _given(word) and len(run) < 5:
            run.insert(0, match)
            continue
        break
    if not run:
        return _capital_name(stripped)
    if (
        len(run) in (3, 4)
        and (again := _mend(run[0].group()))
        and _ends_column(stripped[: run[0].start()].rstrip())
    ):
        name = " ".join([again, *(match.group() for match in run[1:])])
        return name, run[0].start(), run[-1].end(), True
    index = words.index(run[0])
    if index and len(run) in (2, 3, 4):
        family = words[index - 1]
        mended = _mend(family.group())
        if mended and _ends_column(stripped[: family.start()].rstrip()):
            name = " ".join([mended, *(match.group() for match in run)])
            return name, family.start(), run[-1].end(), True
    for size in range(min(len(run), 5), 1, -1):
        part = run[-size:]
        before = stripped[: part[0].start()].rstrip()
        if part[0].group() not in surnames() or not _ends_column(before):
            continue
        name = " ".join(match.group() for match in part)
        if fold(name) in places():
            return None
        return name, part[0].start(), part[-1].end(), False
    return None


def spelled_name(name: str) -> str:
    """A signer's name with marks that the reading lost, where without them a word is none, and "Thị" in a woman's name of four words.

    >>> spelled_name("Vương Thi Ngoc Lan")
    'Vương Thị Ngọc Lan'
    """
    family, *given = name.split(" ")
    if len(given) == 3 and given[0] == "Thi":
        given[0] = "Thị"
    return " ".join([family, *(marked_names().get(word, word) for word in given)])


def name_alone(line: str) -> tuple[str, int, int, bool] | None:
    """A person's name that fills its line, a rank before it aside ("BS.CKII. Lê Văn Quý")."""
    name = name_at_end(line)
    if name is None or name[2] < len(line.rstrip(NOISE)):
        return None
    before = line[: name[1]].strip()
    return name if not before or _RANK.fullmatch(before + " ") else None


def _central_name(words: list[re.Match[str]]) -> tuple[str, int, int, bool] | None:
    """A name of the central highlands alone on its line: A for a man and two syllables ("A Kim Sơn").

    Before a frequent family name an A is a mark of the seal.
    """
    parts = [match.group() for match in words]
    given = all(_HIGHLAND_WORD.fullmatch(part) for part in parts[1:])
    foreign = any(len(part) > 2 and not is_syllable(part) for part in parts[1:])
    if parts[:1] != ["A"] or not given or not (len(parts) == 3 or (len(parts) == 2 and foreign)):
        return None
    if parts[1] in _FREQUENT or parts[1] in _SHORT:
        return None
    return " ".join(parts), words[0].start(), words[-1].end(), False


def _khmer_name(words: list[re.Match[str]]) -> tuple[str, int, int, bool] | None:
    """A Khmer name of the south alone on its line: one of few family names, given names that need not be Vietnamese syllables ("Kim Sa Rươl")."""
    parts = [match.group() for match in words]
    if not 2 <= len(parts) <= 4 or parts[0] not in khmer_surnames() or not all(_KHMER_WORD.fullmatch(part) for part in parts[1:]):
        return None
    if all(is_syllable(part) for part in parts[1:]):
        return None
    return " ".join(parts), words[0].start(), words[-1].end(), False


def _highland_name(line: str, words: list[re.Match[str]]) -> tuple[str, int, int, bool] | None:
    """A name of one of the highland peoples at the end of a line: "Y Blăng Niê Kdăm", "K'Bríu", "Ksor H'Nham".

    Its words need not be Vietnamese syllables, so a clan's name or K', H' must vouch for it.
    """
    run: list[re.Match[str]] = []
    for match in reversed(words):
        if len(run) == 5 or not _HIGHLAND_WORD.fullmatch(match.group()):
            break
        run.insert(0, match)
    while run:
        parts = [match.group() for match in run]
        after_clan = len(parts) == 3 and parts[1] == "Y" and parts[0] in _CLANS_SPELT_AS_WORDS
        after_clan = after_clan or (len(parts) > 2 and " ".join(parts[:2]) in clan_pairs())
        vouched = after_clan or any(part in clan_names() or _PREFIXED.match(part) for part in parts)
        if not vouched:
            return None
        opens = (
            after_clan
            or parts[0] in clan_names()
            or parts[0] in surnames()
            or parts[0] in ("Y", "H", "A", *_CLANS_SPELT_AS_WORDS)
        )
        long_enough = len(parts) > 1 or _PREFIXED.match(parts[0])
        if (
            (opens or _PREFIXED.match(parts[0]))
            and long_enough
            and _ends_column(line[: run[0].start()].rstrip())
        ):
            return " ".join(parts), run[0].start(), run[-1].end(), False
        run.pop(0)
    return None


def _capital_name(line: str) -> tuple[str, int, int, bool] | None:
    """A name printed in capitals alone on its line."""
    words = line.split()
    begin = len(line) - len(line.lstrip())
    titled = [word.capitalize() for word in words]
    if (
        3 <= len(words) <= 5
        and all(word.isupper() and is_syllable(word) for word in words)
        and titled[0] in surnames()
        and not position_at().search(fold(line))
    ):
        return " ".join(titled), begin, len(line), False
    return None


def given_names(line: str) -> bool:
    """Whether a line is two words such as names are made of, and no place or position.

    Of three words the first would be a family name: one that is none is misread.
    """
    words = line.split()
    usual = len(words) == 2 and all(_given(word) and len(word) > 1 for word in words)
    return usual and fold(line) not in places() and not position_at().match(fold(line))


def _given(word: str) -> bool:
    """Whether a word may be part of a person's name."""
    return (
        word[:1].isupper()
        and (word[1:].islower() or (len(word) == 1 and word in "AYÝ"))
        and is_syllable(word)
    )


def _ends_column(before: str) -> bool:
    """Whether what stands before a name on its line is another column, a rank or noise."""
    if not before:
        return True
    if _RANK.fullmatch(before + " "):
        return True
    if before.endswith((";", ".", "|")) or is_upper(before):
        return True
    return not any(len(word) > 2 and is_syllable(word.strip(NOISE)) for word in before.split())


def _mend(word: str) -> str | None:
    """The family name that a damaged word stands for, where only one is near."""
    from rapidfuzz.distance import Levenshtein

    folded = fold(word.strip(NOISE))
    if is_syllable(word):
        same = [name for name in _FREQUENT if fold(name) == folded]
        return same[0] if same and word not in surnames() and word[:1].isupper() else None
    if len(word) < 5:
        return None
    near = {
        name
        for name in surnames()
        if len(name) >= 5 and Levenshtein.distance(folded, fold(name), score_cutoff=2) <= 2
    }
    return near.pop() if len(near) == 1 else None
