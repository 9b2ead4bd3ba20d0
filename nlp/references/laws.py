"""Laws, codes, ordinances and constitutions cited by name, and where the name ends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice, pairwise

from nlp.numbers import LOWER, UPPER, fold
from nlp.references.lexicon import bare, laws

_TRIGGER = re.compile(r"(?:luat|phap\s+lenh|hien\s+phap)\b")
_CODE_OF_LAW = re.compile(r"(?<!\w)bo\s+$")
_LETTERS = re.compile(r"\bBL(?:DS|HS|LĐ|TTHS|TTDS)\b")
_NOT_BEFORE = re.compile(
    r"\b(?:phap|dai hoc|hoc|khoa|truong|hoi|vien|van phong|cong ty|nganh|nghe|cu nhan|thac si|thac sy|tien si|tien sy|tap chi|"
    r"(?:du thao|du an)(?: cac)?)\s+$"
)
"""Schools, trades, firms and drafts: "Đại học Luật", "cử nhân Luật", "dự thảo Luật Thủ đô" cite no law."""

_AMENDING = re.compile(
    r"\s+(?P<title>(?:sua\s+doi|b\w\s+sung|thay\s+the)(?:\s*,?\s*(?:va\s+)?b\w\s+sung)?(?:\s+mot\s+so\s+(?:dieu|noi dung))?(?:\s+cua)?\s+)(?:cac\s+)?"
    r"(?=(?:bo\s+)?luat|phap\s+lenh|\d+\s+luat)"
)
_DAMAGED_ADDING = re.compile(r"(?<!\w)b[^\Wổ]\s+sung(?!\w)")
_YEARS = re.compile(
    r"\s*,?\s*(?:\(\s*)?(?:(?:duoc\s+)?(?:ban\s+hanh|thong\s+qua)\s+)?nam\s+(?P<years>(?:19|20)\d\d"
    r"(?:\s*(?:,|;|\bva\b)\s*(?:nam\s+)?(?:19|20)\d\d(?![\d/]))*)(?![\d/])|\s+\(?(?P<bare>(?:19|20)\d\d)(?![\d/%]|\.\d)"
)
_CODE_FOLLOWS = re.compile(r"\s+(?:so\s*:?\s*)?\d{1,3}/")
_REVISED = re.compile(
    r"\s*\((?:sua doi|sd|hop nhat)[^)]{0,30}\)|\s+sua\s+doi(?:\s*,?\s*bo\s+sung)?(?=\s+(?:nam\s+)?(?:19|20)\d\d(?![\d/]))"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_PLURAL = re.compile(r"\bcac\s+(?:bo\s+)?$")
_NEXT = re.compile(r"\s*(?:,|;|\bva\b)\s*")
_SHORT = re.compile(rf"[{UPPER}][{UPPER}&,]{{1,8}}(?![{LOWER}])")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ARTICLE_BEFORE = re.compile(r"\bdieu\s+\d{1,3}[a-z]?\s*,?\s*(?:(?:cua|tai)\s+)?(?:cac\s+)?$")
_LIKE = 87.0
_NEW_CLAUSE = frozenset({"cac", "nhung", "mot", "cung", "va", "hoac", "van"})
"""Words that begin something new behind a comma ("Luật Đô thị, các luật khác")."""
_MOST_WORDS = 14
_KINDS = {"luat": "luật", "bo luat": "bộ luật", "phap lenh": "pháp lệnh", "hien phap": "hiến pháp"}


@dataclass(frozen=True, slots=True)
class LawName:
    """A law as named at one place; `end` is behind the years, `name_end` behind the name."""

    start: int
    name_end: int
    end: int
    type: str
    title: str | None
    years: tuple[int, ...]
    rule: str
    """How the name was told: "name" (in the lexicon), "mended" (damaged by the reading) or "unknown"."""
    plain_word: bool = False
    """True for the word "luật" alone ("Luật số 72/2025/QH15"): a code must follow."""


def find_laws(text: str, folded: str) -> list[LawName]:
    """All laws cited by name, in order; `text` and its folded form have the same offsets."""
    found: list[LawName] = []
    position = 0
    for trigger in _TRIGGER.finditer(folded):
        start = trigger.start()
        if start < position or (start and folded[start - 1].isalnum()):
            continue
        word = " ".join(trigger[0].split())
        whole = _CODE_OF_LAW.search(folded, max(0, start - 6), start) if word == "luat" else None
        if whole:
            start, word = whole.start(), "bo luat"
        for law in _at(text, folded, start, trigger.end(), _KINDS[word]):
            found.append(law)
            position = law.end
    if "BL" in text:
        for letters in _LETTERS.finditer(text):
            kind, title = laws().letters[letters[0]]
            years, end = _years(folded, letters.end())
            found.append(LawName(letters.start(), letters.end(), end, kind, title, years, "name"))
    return sorted(found, key=lambda law: law.start)


def _at(text: str, folded: str, start: int, behind: int, kind: str) -> list[LawName]:
    before = folded[max(0, start - 24) : start]
    if kind == "luật" and before.endswith("phap "):
        return []
    capital = text[start].isupper()
    if _NOT_BEFORE.search(before):
        return []
    if kind == "hiến pháp":
        return _constitution(text, folded, start, behind)
    if _CODE_FOLLOWS.match(folded, behind):
        return [LawName(start, behind, behind, kind, None, (), "name", plain_word=True)]
    amending = _AMENDING.match(folded, behind)
    if amending and capital:
        return [_amending(text, folded, start, kind, amending)]
    named = _name(text, folded, behind, generic=capital)
    if named is None:
        return []
    title, name_end, rule = named
    years, end = _years(folded, name_end)
    if not capital and not (years or _ARTICLE_BEFORE.search(before) or _CODE_FOLLOWS.match(folded, name_end)):
        return []
    result = [LawName(start, name_end, end, kind, title, years, rule)]
    if _PLURAL.search(before) or folded[behind : behind + 1] == ":":
        result.extend(_more(text, folded, end, kind))
    return result


def _constitution(text: str, folded: str, start: int, end: int) -> list[LawName]:
    if not text[start].isupper():
        return []
    nation = re.compile(r"\s+nuoc\s+(?:cong\s+hoa|chxhcn)[^,;.\d]{0,40}?viet\s+nam").match(folded, end)
    if nation:
        end = nation.end()
    years, year_end = _years(folded, end)
    before = folded[max(0, start - 24) : start]
    if not years and not nation and not _ARTICLE_BEFORE.search(before) and not before.endswith("can cu "):
        return []
    title = " ".join(text[start:end].split()) if nation else None
    return [LawName(start, end, year_end, "hiến pháp", title, years, "name")]


def _amending(text: str, folded: str, start: int, kind: str, amending: re.Match[str]) -> LawName:
    """ "Luật sửa đổi, bổ sung một số điều của Luật X": the name runs to the end of the last law named."""
    end = amending.end()
    title = _DAMAGED_ADDING.sub("bổ sung", text[amending.start("title") : end])
    while True:
        inner = re.compile(r"(?:bo\s+luat|luat|phap\s+lenh|\d+\s+luat)\b").match(folded, end)
        if inner is None:
            break
        named = _name(text, folded, inner.end(), generic=True)
        title += text[end : inner.end()] + (f" {named[0]}" if named else "")
        end = named[1] if named else inner.end()
        more = re.compile(r"\s*(?:,|;|\bva\b|,\s*va\b)\s*(?=(?:bo\s+luat|luat|phap\s+lenh)\b)").match(
            folded, end
        )
        if more is None:
            break
        title += text[end : more.end()]
        end = more.end()
    years, year_end = _years(folded, end)
    return LawName(start, end, year_end, kind, " ".join(title.split()), years, "name")


def amended_laws(text: str, folded: str, start: int, end: int) -> list[LawName]:
    """The laws named in the title of an amending law that stands at [start, end): they are cited too."""
    found: list[LawName] = []
    for trigger in _TRIGGER.finditer(folded, start + 1, end):
        begin, word = trigger.start(), " ".join(trigger[0].split())
        whole = _CODE_OF_LAW.search(folded, max(0, begin - 6), begin) if word == "luat" else None
        if whole:
            begin, word = whole.start(), "bo luat"
        if begin <= start or folded[begin - 1].isalnum() or not text[begin].isupper():
            continue
        space = re.compile(r"\s+").match(folded, trigger.end())
        named = _lexicon(text, folded, space.end()) if space else None
        if named and named[1] <= end:
            found.append(LawName(begin, named[1], named[1], _KINDS[word], named[0], (), "name"))
    return found


def _more(text: str, folded: str, position: int, kind: str) -> list[LawName]:
    """The further names of "các Luật Đất đai, Nhà ở và Xây dựng"."""
    result: list[LawName] = []
    while True:
        joint = _NEXT.match(folded, position)
        if joint is None or not text[joint.end() : joint.end() + 1].isupper():
            return result
        named = _lexicon(text, folded, joint.end())
        if named is None:
            return result
        years, end = _years(folded, named[1])
        result.append(LawName(joint.end(), named[1], end, kind, named[0], years, "name"))
        position = end


def _years(folded: str, position: int) -> tuple[tuple[int, ...], int]:
    revised = _REVISED.match(folded, position)
    if revised:
        position = revised.end()
    match = _YEARS.match(folded, position)
    if match is None:
        return (), position
    name = "years" if match["years"] else "bare"
    return tuple(int(year) for year in _YEAR.findall(match[name])), match.end()


_YEAR_ALONE = re.compile(r"nam \d")
""" "CHƯƠNG TRÌNH XÂY DỰNG LUẬT, PHÁP LỆNH NĂM 2024": laws to be made, none by name."""


def _name(text: str, folded: str, position: int, *, generic: bool) -> tuple[str, int, str] | None:
    """Title, its end and how it was told."""
    space = re.compile(r":?\s+(?:ve\s+)?" if generic else r":?\s+").match(folded, position)
    if space is None:
        return None
    start = space.end()
    if _YEAR_ALONE.match(folded, start):
        return None
    found = _lexicon(text, folded, start)
    if found:
        title, end = found
        proper = laws().printed[bare(fold(title))]
        return (title, end, "name") if proper.lower() == title.lower() else (proper, end, "mended")
    short = _SHORT.match(text, start)
    if short:
        word = short[0].rstrip(",&")
        if word in laws().short:
            return word, start + len(word), "name"
        if generic and len(word) > 2 and _years(folded, start + len(word))[0]:
            return word, start + len(word), "unknown"
    if generic:
        damaged = _damaged(text, folded, start)
        if damaged:
            return (*damaged, "mended")
    if generic and text[start : start + 1].isupper() and not text[position - 4 : position].isupper():
        return _generic(text, folded, start)
    return None


def _damaged(text: str, folded: str, start: int) -> tuple[str, int] | None:
    """A name of the lexicon that the reading has damaged: a letter wrong in ten, marks between the words.

    Gives the name as it should be. Short names are left alone: one wrong
    letter makes another word of them.
    """
    from rapidfuzz.fuzz import ratio

    words = list(islice(_WORD.finditer(folded, start, start + 150), _MOST_WORDS))
    if (
        len(words) < 2
        or words[0].start() != start
        or words[0][0] == "luat"
        or text[start : words[0].end()].lower() in laws().ends
    ):
        return None
    best: tuple[float, str, int] | None = None
    for name, count, plain_name in laws().names:
        if (
            count < 3
            or count > len(words)
            or (plain_name[0] != words[0][0][0] and plain_name[-1] != words[count - 1][0][-1])
        ):
            continue
        read = " ".join(word[0] for word in words[:count])
        if abs(len(read) - len(plain_name)) > (2 if count > 2 else 0):
            continue
        gaps = {folded[a.end() : b.start()].strip() for a, b in pairwise(words[:count])}
        if any(len(gap) > 2 or gap in ("(", ")", ";", ":") for gap in gaps):
            continue
        likeness = ratio(plain_name, read, score_cutoff=_LIKE)
        if likeness and (best is None or (likeness, count) > (best[0], len(best[1].split()))):
            best = (likeness, name, words[count - 1].end())
    return (best[1], best[2]) if best else None


def _lexicon(text: str, folded: str, start: int) -> tuple[str, int] | None:
    first = _WORD.match(folded, start)
    if first is None:
        return None
    pattern = laws().by_first.get(first[0])
    match = pattern.match(folded, start) if pattern else None
    if match is None:
        return None
    printed = " ".join(text[start : match.end()].split())
    if " " not in printed and not printed[0].isupper() and len(fold(printed)) < 5:
        return None  # "luật gia", "luật giá": too short to be told without its capital
    return printed, match.end()


def _generic(text: str, folded: str, start: int) -> tuple[str, int, str] | None:
    """A name the lexicon lacks: a capitalised word and what follows, to the first word that cannot belong to it."""
    ends = laws().ends
    end = start
    position = start
    words = 0
    while words < _MOST_WORDS:
        word = _WORD.match(folded, position)
        if word is None:
            break
        if words and (
            text[word.start() : word.end()].lower() in ends
            or (word[0] == "va" and _ends_at_and(text, folded, word.end()))
        ):
            break
        if folded[end:position].strip() == "," and (text[word.start()].isupper() or word[0] in _NEW_CLAUSE):
            break
        if words and "\n" in folded[end:position] and text[word.start()].isupper():
            break
        if words and word[0] in ("luat", "nghi", "thong") and text[word.start()].isupper():
            break
        end = word.end()
        words += 1
        gap = re.compile(r",?[ ]{1,2}|[ ]?\n(?!\s*\n)(?!\s*[-+*\d])[ ]?").match(folded, end)
        if gap is None:
            break
        position = gap.end()
    title = " ".join(text[start:end].split())
    if words < 2 or title.endswith(","):
        return None
    return title, end, "unknown"


def _ends_at_and(text: str, folded: str, position: int) -> bool:
    follows = re.compile(r"\s+(\w+)").match(folded, position)
    if follows is None:
        return True
    return text[follows.start(1)].isupper() or follows[1] in (
        "cac",
        "van",
        "nghi",
        "quy",
        "nhung",
        "phap",
        "thong",
    )
