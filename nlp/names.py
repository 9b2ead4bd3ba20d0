"""Names of bodies printed in capitals brought to ordinary capitalisation, and reading errors in them mended."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from nlp.lexicon import bodies_by_symbol, place_spellings, places, toml
from nlp.mending import mend
from nlp.normalise import fold, is_syllable, plain_tone, squeeze

_PARTY_HEADS = ("tỉnh ủy", "thành ủy", "huyện ủy", "quận ủy", "thị ủy", "đảng ủy xã", "đảng ủy phường")
_SMALL = ("va", "cua", "cac", "so", "bo", "tai", "ve", "thuoc", "ban", "phong")
"""Words with which no place's name begins."""
_SCHOOL = re.compile(
    r"(?<!\w)((?:THPT|THCS|THCS&THPT|TH&THCS|tiểu học|mầm non|mẫu giáo|trung học cơ sở|trung học phổ thông)"
    r"(?: (?:chuyên|bán công|dân lập|tư thục|công lập|nội trú))*) (\S.*)$"
)
"""A school's own name follows its level: "Trường THPT Lê Quý Đôn"."""
_TERRITORY = (
    "tỉnh",
    "thành phố",
    "huyện",
    "quận",
    "thị xã",
    "xã",
    "phường",
    "thị trấn",
    "đặc khu",
    "tp.",
    "tp",
)


@cache
def _known() -> dict[str, str]:
    """Names of bodies by their folded form without spaces."""
    data = toml("issuers.toml")
    names = list(bodies_by_symbol().values())
    names += [f"{head} {field}" for head in ("Bộ", "Sở") for field in data["fields"]]
    names += ["Ủy ban nhân dân", "Hội đồng nhân dân", "Văn phòng Chính phủ", "Công an tỉnh", "Thanh tra tỉnh"]
    return {_key(name): name for name in names}


def _key(name: str) -> str:
    return re.sub(r"\W+", "", fold(name))


def known_body(name: str) -> bool:
    """Whether a printed name is the full name of a body on the list (diacritics and spaces aside)."""
    return _key(name) in _known() and fold(name) not in ("uy ban nhan dan", "hoi dong nhan dan")


def near_body(name: str) -> str | None:
    """The body of the whole country, in capitals, that a line misread in one letter or two names: "TONG CYC THUE"."""
    from rapidfuzz.distance import Levenshtein

    folded = fold(name)
    near = [body for body in bodies_by_symbol().values() if len(body) > 10 and len(body.split()) > 2 and Levenshtein.distance(folded, fold(body), score_cutoff=len(body) // 10) <= len(body) // 10]
    return near[0].upper() if len(set(near)) == 1 else None


def ordinary(name: str) -> str:
    """A body's name in ordinary capitalisation, as the gold format has it.

    >>> ordinary("ỦY BAN NHÂN DÂN TỈNH HÀ GIANG")
    'Ủy ban nhân dân tỉnh Hà Giang'
    >>> ordinary("SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI")
    'Sở Lao động - Thương binh và Xã hội'
    >>> ordinary("BAN CHỈ HUY PCTT VÀ TKCN TỈNH LÀO CAI")
    'Ban Chỉ huy PCTT và TKCN tỉnh Lào Cai'
    """
    name = plain_tone(squeeze(name)).strip(" .,;:|_*-–")
    known = _known().get(_key(name))
    if known:
        return known
    if any(char.islower() for char in name):
        return name
    if placed := _known_with_place(name):
        return placed
    return _mend_places(_capitalise(name))


def _known_with_place(name: str) -> str | None:
    """A body of the list with the name of its place behind it ("SỞ Y TẾ HÀ GIANG"), None for anything else."""
    words = name.split()
    for end in range(len(words) - 1, max(1, len(words) - 4), -1):
        known = _known().get(_key(" ".join(words[:end])))
        behind = words[end:]
        if known and known_body(known) and all(map(str.isalpha, behind)) and _is_place(behind):
            return _mend_places(f"{known} {_proper(' '.join(behind))}")
    return None


def _is_place(words: list[str]) -> bool:
    heads = {fold(head).split()[0] for head in toml("issuers.toml")["heads"]}
    return (
        len(words) > 1
        and fold(words[0]) not in heads
        and fold(words[0]) not in _SMALL
        and not any(fold(" ".join(words)).startswith(fold(level) + " ") for level in _TERRITORY)
    )


def _capitalise(name: str) -> str:
    words = name.split()
    lower = [word.lower() if _spoken(word) else word for word in words]
    text = _mend_level(mend(" ".join(lower)))
    text = re.sub(r"(?<!\w)tp(?!\w)", "TP", _write_known(text))
    heads = sorted([*_PARTY_HEADS, *_TERRITORY], key=len, reverse=True)
    word = r"(?:[^\W\d_]|['’])+"
    pattern = rf"\b({'|'.join(map(re.escape, heads))})\s+(?!(?:đoàn|đội|ủy|hội)\b)({word}(?:\s+{word})*)"
    text = re.sub(pattern, lambda m: f"{m[1]} {_proper(m[2])}", text, count=1, flags=re.IGNORECASE)
    text = _SCHOOL.sub(lambda m: f"{m[1][:1].upper()}{m[1][1:]} {_names_in(m[2])}", text)
    text = text[:1].upper() + text[1:]
    head = re.match(
        r"(?:Bộ|Sở|Ban|Cục|Vụ|Phòng|Viện|Trung tâm|Tổng cục|Chi cục|Trường (?:Đại học|Cao đẳng|Trung cấp)|Trường|Học viện"
        r"|Bệnh viện|Công ty(?! (?:cổ phần|TNHH))|Tập đoàn|Hội(?! đồng)|Đoàn|Quỹ)\s+",
        text,
        re.IGNORECASE,
    )
    if head and not text.startswith(("Bộ phận", "Ban nhân")):
        lead = (
            text[: head.end()]
            .replace("đại học", "Đại học")
            .replace("cao đẳng", "Cao đẳng")
            .replace("trung cấp", "Trung cấp")
        )
        text = lead + text[head.end() : head.end() + 1].upper() + text[head.end() + 1 :]
    return re.sub(r"(?<=\s[-–]\s)(\w)", lambda m: m[1].upper(), text)


def _names_in(words: str) -> str:
    """A proper name with the place behind it, whose level stays small: "Lê Quý Đôn huyện Tân Khê"."""
    levels = "|".join(map(re.escape, sorted(_TERRITORY, key=len, reverse=True)))
    return "".join(
        part if re.fullmatch(rf"\s*(?:{levels})\s*", part) else re.sub(r"\S+", lambda m: _proper(m[0]), part)
        for part in re.split(rf"(\s(?:{levels})\s)", words)
    )


def _mend_level(text: str) -> str:
    """The word for the level after a body that has levels, with its own tone ("ubnd tĩnh …" is tỉnh)."""
    by_fold = {fold(word): word for word in _TERRITORY if word.isalpha() or " " in word}
    match = re.match(
        r"(ủy ban nhân dân|hội đồng nhân dân|ubnd|hđnd|UBND|HĐND) (\w+ (?:phố|xã|trấn)|\w+)(?= )", text
    )
    if match and fold(match[2]) in by_fold:
        return f"{match[1]} {by_fold[fold(match[2])]}{text[match.end() :]}"
    return text


def _spoken(word: str) -> bool:
    """Whether a word in capitals is a syllable and not an abbreviation."""
    bare = word.strip("(),.;:-–“”\"‘’'«»…!?")
    return not bare or all(is_syllable(part) for part in re.split(r"[-–]", bare) if part) or bare in ("TP",)


def _write_known(text: str) -> str:
    """Write known fields and proper names in a lower-case text as they are written."""
    if re.match(r"(?:bộ|sở|phòng|ban) ", text):
        text = _write(text, toml("issuers.toml")["fields"])
    return _write_proper(text)


def _write_proper(text: str) -> str:
    """Write proper names ("Việt Nam", "Trung ương") in a lower-case text as they are written."""
    return _write(text, toml("issuers.toml")["proper"])


def _write(text: str, names: Sequence[str]) -> str:
    for name in sorted(names, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(plain_tone(name.lower()))}(?!\w)", name, text)
    return text


def _proper(words: str) -> str:
    """The words after a territory's kind: a proper name ends where a small word of another phrase begins."""
    return " ".join(
        word if _abbreviation(word) else word[:1].upper() + word[1:].lower() for word in words.split()
    )


def _abbreviation(word: str) -> bool:
    """Letters that stand for words ("PCTT"), not a syllable of another tongue in a place's name ("ĐẮK MIL")."""
    plain = word.isupper() and word.isascii() and len(word) <= 4 and not is_syllable(word)
    return plain and not re.fullmatch(r"[BCDGHKLMNPRSTVWY]{1,2}[AEIOU]{1,2}[BDGHJKLMNPRSTW]?", word)


def _mend_places(name: str) -> str:
    """The place name at the end with its diacritics, where reading lost them."""
    words = name.split()
    for size in range(min(5, len(words) - 1), 0, -1):
        tail = " ".join(words[-size:])
        known = places().get(fold(tail))
        if known and _bare(tail, known):
            return " ".join([*words[:-size], known])
    return name


def mend_place(name: str) -> tuple[str, bool]:
    """A place name as the list has it where only diacritics differ; and whether that changed it."""
    if plain_tone(name) in place_spellings():
        return name, False
    known = places().get(fold(name))
    if known and _bare(name, known):
        return known, True
    if fold(name) == "noi":  # "là Nội, ngày …": the capital's first word was misread
        return "Hà Nội", True
    city = _CITY.match(name)
    if city and (near := _one_letter_off(name[city.end() :])):
        return f"{city.group()}{near}", True
    return name, False


_CITY = re.compile(r"(?:Thành phố|TP\.?|Tp\.?|Tỉnh|tỉnh)\s*(?=[A-ZĐ])")


def _one_letter_off(name: str) -> str | None:
    """The place whose long name a misreading changed by one letter: "Hà Chi Minh"."""
    from rapidfuzz.distance import Levenshtein

    folded = fold(name)
    if folded in places():
        known = places()[folded]
        return known if plain_tone(name) not in place_spellings() and _bare(name, known) else None
    near = [known for key, known in places().items() if len(key) > 9 and Levenshtein.distance(folded, key, score_cutoff=1) <= 1]
    return near[0] if len(near) == 1 else None


def _bare(printed: str, known: str) -> bool:
    """Whether a printed place lacks marks of the known one and has none that differ.

    "Ha Nội" is Hà Nội with a mark lost, "ĐÁK" is no syllable; the commune Thạnh Hòa is not Thanh Hóa.
    """
    if plain_tone(printed) in place_spellings():
        return False
    pairs = zip(plain_tone(printed).lower().split(), plain_tone(known).lower().split(), strict=False)
    return all(word in (right, fold(word), _toneless(right)) or not is_syllable(word) for word, right in pairs)


def _toneless(word: str) -> str:
    """A syllable without its tone, its vowels kept: "nội" to "nôi"."""
    return unicodedata.normalize("NFC", re.sub("[\u0300\u0301\u0303\u0309\u0323]", "", unicodedata.normalize("NFD", word)))


def sentence_case(capitals: str) -> str:
    """A phrase printed in capitals in sentence case; abbreviations and known names keep theirs."""
    text = " ".join(word.lower() if _spoken(word) else word for word in capitals.split())
    text = _write_proper(text)
    for known in sorted(place_spellings(), key=len, reverse=True):
        if " " in known:
            text = re.sub(rf"(?<!\w){re.escape(known.lower())}(?!\w)", known, text, flags=re.IGNORECASE)
    fields = "|".join(map(re.escape, toml("issuers.toml")["fields"]))
    text = re.sub(
        rf"(?<!\w)(sở|bộ) ({fields})(?!\w)",
        lambda match: f"{match[1].capitalize()} {_field(match[2])}",
        text,
        flags=re.IGNORECASE,
    )
    return text[:1].upper() + text[1:]


def _field(words: str) -> str:
    """A field's name as it is written."""
    return next(str(name) for name in toml("issuers.toml")["fields"] if name.lower() == words.lower())
