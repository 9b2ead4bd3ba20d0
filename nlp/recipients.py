"""Who receives a copy: "Nơi nhận" (ô số 9b, Nghị định 30/2020/NĐ-CP, Phụ lục I).

Each line is "- …;", the last one "- Lưu: VT, <unit> (copies)." Purposes in
brackets stay. In scans the signature's column, seals and pens run into these
lines; what is noise or belongs to the signature is cut off.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nlp.addressees import is_noise
from nlp.landmarks import is_signature_box
from nlp.mending import mend
from nlp.normalise import fold, is_syllable, squeeze
from nlp.persons import name_alone, name_at_end
from nlp.positions import positions
from nlp.rows import is_upper, rows
from nlp.signature import is_signature_row
from nlp.types import Evidence, Named

if TYPE_CHECKING:
    from nlp.reading import Text
    from nlp.sections import Sections

_BULLET = re.compile(r"^\W{0,3}[-–—•*·+]\W{0,2}\s*")
_MISREAD_BULLET = re.compile(r"^[.:~_=’'`ˆ^¬]\s*(?=[^\W\d_])")
_NOTE = re.compile(r"\(\s*(?P<for>[đd]\wể?\s+)?[bđh6ð]?\s*/\s*[ce©€]\s*\)", re.IGNORECASE)
_NOTE_BEHIND = re.compile(r"\s*[;,]\s*(?P<note>\((?:để|b/c|báo cáo|thay|phối hợp|thực hiện|theo dõi)[^()]{0,60}\))\s*[;.,]?\s*$")
""" "- Văn phòng Chính phủ; (để báo cáo)": the purpose behind the entry's own mark."""
_PURPOSE = re.compile(r"\s*\([^()]{2,60}\)\s*[;.]?\s*")
""" "BT. (để b/c)": a purpose behind a short form's full stop."""
_ONWARD = re.compile(r"(?:các|và|cùng) [^;:]{2,30}:")
"""More of an entry that its own ";" seemed to close: "VPCP: BTCN, các PCN;" / "các vụ: KTTH, QHQT;"."""
_HEADED = re.compile(r"[A-ZĐ]{2,}(?:[-/][A-ZĐ]{2,})?\s?:")
"""An entry with its office in front, where entries have no bullets: "TTUB: CT, các PCT"."""
_GROUP = re.compile(r"\W{0,4}(?:gui )?(?:ban|van ban) (?:dien tu|giay)(?: gui)?\s*:?\s*$")
""" "Bản điện tử:": another group of those who get the letter, though one before ended with the archive."""
_ARCHIVE = re.compile(r"^l[uư]u\b")
_FIRST = re.compile(r"^(?:nhu tren|nhu dieu|nhu kinh gui|luu)")
_SHORT = re.compile(r"(?<![^\W\d_])(?:[A-ZĐ]{1,6}|T[pxt]|Đ/c)\.(?=\s?[^\W\d_])")
"""A full stop inside a short form: "TT. HĐND", "Các P.GD&ĐT"."""
_KEPT = "\x00"
"""Stands for such a full stop while ends are looked for; the reading text holds no NUL."""
_SIGNED = re.compile(r"\W*\(?\s*đã\s+k[ýỹỳíi]\b\W*$", re.IGNORECASE)
_AFTER_END = re.compile(r"(?:;|\.(?!(?<=\d\.)\d))(?P<rest>[^;]*)$")
_NOTE_OPENS = re.compile(r"\(\s*[dđ][eéèẻẽẹêếềểễệ]\s+(?=\w)")
_AS_ABOVE = re.compile(r"^(?P<lead>\W*)Nh[uư]\s?tr[eéèẻêềếể]n\w?(?!\w)(?P<rest>.*)$")
""" "Nhutrén;", "Như trény PHÓ CỤC TRƯỞNG"."""
_COPIES = re.compile(r"\(\s*\d{0,2}\s?b?\s?\)")
"""The number of copies kept, with which an archive's entry ends: "(3b)"."""
_ARCHIVE_WORD = re.compile(r"\(?[A-ZĐ0-9][\w.&()/-]*|tỉnh|huyện|xã|phường|quận")
_OFFICE_BEHIND = re.compile(
    r"\s*(?:các )?(?:Bộ|Cục|Vụ|Ban|Sở|Phòng|Văn phòng|VP|Viện|Trung tâm|Hội|TT|UBND|HĐND|Thanh tra|Tổng cục|Chi cục|Kho bạc|Công an)(?:[\s.-]+\S|\s*$)"
)
""" "Cục HTQT; Cục CNTT (để phối hợp)": a further office in the same entry."""


def read_recipients(text: Text, sections: Sections) -> tuple[Named, ...]:
    """The entries of "Nơi nhận" as printed, without bullets and closing marks."""
    if sections.recipients is None:
        return ()
    start, end = sections.recipients
    items: list[tuple[str, int, int]] = []
    lines = rows(text.text, start, end)
    listed = any(_BULLET.match(row.text) for row in lines[1:])
    unmarked = not listed and not any(row.text.endswith((";", ",")) for row in lines[1:])
    open_entry = grouped = False
    for index, row in enumerate(lines):
        content, begin = row.text, row.start
        if index == 0 and not _BULLET.match(content):
            label = re.match(r"\W*(?:\w\W?){1,5}\s+(?:\w\W?){2,5}\s*[:;.]*\s*", content)
            cut = label.end() if label else len(content)
            content, begin = content[cut:], begin + cut
            if not content.strip() or is_upper(_words_of(content)):
                continue
        if is_signature_box(row) and not _BULLET.match(content):
            continue
        if _GROUP.match(row.folded):
            grouped, open_entry = True, False
            continue
        bullet = _BULLET.match(content) or (_MISREAD_BULLET.match(content) if listed else None)
        if bullet:
            if _archived(items) and not open_entry and not grouped:
                break
            grouped = False
            for part in _parts(content[bullet.end() :]):
                words, ended = _own(part)
                if _is_entry(words):
                    items.append((words, begin + bullet.end(), begin + len(content)))
                    open_entry = not ended
            continue
        if is_signature_row(row) or (name_at_end(content) and not _starts_small(content)):
            if _archived(items):
                break
            continue
        if items and open_entry and _archived(items) and row.gap:
            break
        if items and not open_entry and listed and _ONWARD.match(content) and not _archived(items):
            words, ended = _own(content)
            last, first, _ = items[-1]
            items[-1] = (f"{last.rstrip(' .')} {words}", first, row.end)
            open_entry = not ended
            continue
        anew = not listed and _HEADED.match(content) is not None
        if items and open_entry and _wraps(content) and not (anew or (unmarked and content[:1].isupper())):
            words, ended = _own(content)
            last, first, _ = items[-1]
            items[-1] = (f"{last} {words}", first, row.end)
            open_entry = not ended
            continue
        if (
            not listed
            and _is_entry(content)
            and (not items or not open_entry or unmarked or anew or _FIRST.match(row.folded))
        ):
            if _archived(items):
                break
            for part in _inline(content):
                words, ended = _own(part)
                if _is_entry(words):
                    items.append((words, begin, row.end))
                    open_entry = not ended
    return tuple(
        Named(_tidy(words), Evidence(first, last, "recipients", 0.9))
        for words, first, last in items
        if _tidy(words)
    )


def _inline(content: str) -> list[str]:
    """Entries that a flattened text keeps on one line: "- Như trên; - Bộ X; - Lưu: VT."."""
    return [part for part in re.split(r"(?<=;)\s*[-–]\s+", content) if part.strip()]


def _parts(content: str) -> list[str]:
    """Entries on one bulleted line, where each of them is one; else the line is one entry and noise."""
    parts = _inline(content)
    sound = all(_is_entry(part) and not _is_position(part) and not _is_name(part.strip()) for part in parts)
    return parts if sound else [content]


def _archived(items: list[tuple[str, int, int]]) -> bool:
    return bool(items) and bool(_ARCHIVE.match(fold(items[-1][0])))


def _own(content: str) -> tuple[str, bool]:
    """The entry's own words, without what ran in from the other column; and whether it is closed."""
    content = _NOTE_BEHIND.sub(r" \g<note>;", re.split(r"\s\S*@\S*", content)[0])
    above = _AS_ABOVE.match(content)
    if above and _ran_in_behind(above["rest"]):
        return f"{above['lead']}Như trên", True
    comma = re.search(r",(?P<rest>[^,;]*)$", content)
    if comma and is_upper(comma["rest"]) and not is_upper(content[: comma.start()]) and _is_position(comma["rest"]):
        return content[: comma.start()], True
    signed = _SIGNED.search(content)
    if signed:
        return content[: signed.start()], True
    if _ARCHIVE.match(fold(content.strip())):
        own = _archive_own(content)
        return own, own != content or bool(re.search(r"[;.]\W*$", content))
    match = _after_end(content.rstrip(" ;.")) or _after_end(content)
    while match and not _belongs(match["rest"], content):
        content = content[: match.start()] + ";"
        inner = _after_end(content[:-1])
        if not inner or _belongs(inner["rest"], content):
            break
        match = inner
    colon = re.search(r":\s*(?P<rest>[^:;]*)$", content)
    if colon and _ran_in(colon["rest"]):
        return content[: colon.start()], True  # ";" was read as ":"
    dash = re.search(r";\s*[-–—]", content)
    if dash:
        return content[: dash.start()], True
    return content, bool(re.search(r"[;.]\W*$", content))


def _after_end(content: str) -> re.Match[str] | None:
    """What follows the end of an entry inside its line; a full stop of a short form ends nothing."""
    def kept(match: re.Match[str]) -> str:
        rest = content[match.end() :].strip(" .")
        return match.group() if _is_position(rest) or _is_name(rest) else match.group()[:-1] + _KEPT

    return _AFTER_END.search(_SHORT.sub(kept, content))


def _is_name(words: str) -> bool:
    return name_alone(words) is not None


def _belongs(rest: str, content: str) -> bool:
    """Whether what follows ";" inside a line is still the entry's ("Các Cục, Vụ; các Tập đoàn …")."""
    rest = rest.replace(_KEPT, ".")
    words = rest.split()
    if not words or _PURPOSE.fullmatch(rest) or _ONWARD.match(rest.lstrip()):
        return True
    if _is_name(rest.strip()):
        return False
    if _DESKS.fullmatch(rest):
        return True
    if re.fullmatch(r"\s*[A-ZĐ]{1,2}\.[A-ZĐ&]{2,}\W*", rest):
        return True
    good = [word for word in words if is_syllable(word.strip(",.;:()")) and len(word) > 1]
    if _is_position(rest) or (is_upper(rest) and len(words) > 1 and "," not in rest):
        return False
    if _OFFICE_BEHIND.match(rest):
        return True
    return 2 * len(good) > len(words) and len("".join(good)) > 4


_ARCHIVE_PART = re.compile(r"(?:;|\.(?!\d))(?P<rest>[^;.]*)$")
_AUTHORITY_BEHIND = re.compile(r"[.,;]\s*(?:KT|TL|TM|TUQ)\s?\.\s?[A-ZĐ]{2}")


def _archive_own(content: str) -> str:
    """The archive's own words: what stands behind the number of copies, or behind a full stop and is no unit's, is the other column's."""
    copies = _COPIES.search(content)
    if copies and not _of_archive(content[copies.end() :].strip(" .;,")):
        content = content[: copies.end()]
    authority = _AUTHORITY_BEHIND.search(content)
    content = content[: authority.start()] if authority else content
    while (part := _ARCHIVE_PART.search(content.rstrip(" ;."))) and part["rest"].strip() and not _of_archive(part["rest"]) and part["rest"].count(")") <= part["rest"].count("("):
        content = content[: part.start()]
    return content


def _ran_in_behind(rest: str) -> bool:
    """Whether nothing of the entry's follows "Như trên": only its mark, a position, or scraps that are no words."""
    words = [word for word in rest.split() if is_syllable(word.strip(",.;:")) and len(word) > 1 and not word.isupper()]
    return not words and "(" not in rest and ("," not in rest or _is_position(rest))


def _of_archive(rest: str) -> bool:
    """Whether what follows a full stop is the archive's still: units, initials, a file's number ("Tr 41/4"), no pen's marks."""
    words = rest.replace(",", " ").split()
    if not words or len(rest.strip()) > 16 or not words[0].lstrip("(")[:1].isalpha():
        return False
    marked = is_upper(rest) and len(words) > 1 and any(fold(word) != word.lower().replace("đ", "d") for word in words)
    return not marked and all(_ARCHIVE_WORD.fullmatch(word) for word in words)


_DESKS = re.compile(r"\s*[A-ZĐ]{2,5}:\s*[A-ZĐ]{2,5}(?:,\s*[A-ZĐ]{2,5})*\W*")
""" "LĐVP; CV: NĐ, KT": desks of the office in front."""


def _ran_in(rest: str) -> bool:
    """Whether what follows a colon is nothing, a position, or noise of the other column."""
    words = rest.split()
    odd = [
        word
        for word in words
        if (len(word) == 1 and word.isalpha()) or re.fullmatch(r"[^\W\d]+\d+|\d+[^\W\d]+", word)
    ]
    return not words or _is_position(rest) or (bool(odd) and "," not in rest)


def _is_position(words: str) -> bool:
    """Whether words are (a damaged form of) a signer's position in capitals."""
    from rapidfuzz import fuzz

    capitals = "".join(char for char in words if char.isupper())
    if len(capitals) < 5 or "," in words:
        return False
    folded = fold(words).strip()
    return any(len(name) > 6 and fuzz.ratio(folded, name) >= 78 for name in positions())


def _wraps(content: str) -> bool:
    """Whether a line without a bullet continues the entry above."""
    return not is_noise(content) and not is_upper(content)


def _starts_small(content: str) -> bool:
    return content[:1].islower()


def _words_of(content: str) -> str:
    return " ".join(word for word in content.split() if sum(char.isalpha() for char in word) > 1)


def _is_entry(words: str) -> bool:
    letters = sum(char.isalpha() for char in words)
    return letters >= 2 and not is_noise_entry(words) and not _AUTHORITY_ALONE.fullmatch(words)


_AUTHORITY_ALONE = re.compile(r"\W*(?:KT|TL|TM|TUQ)\W*")
"""The mark of the signer's authority, parted from his position by a line's end."""


def is_noise_entry(words: str) -> bool:
    """Whether an entry holds no word: neither a syllable nor an abbreviation of two letters or more."""
    return not any(
        (is_syllable(word.strip("(),.;:")) and len(word) > 1) or re.match(r"(?:[A-ZĐ]\.)?[A-ZĐ]{2,}", word)
        for word in words.split()
    )


def _tidy(words: str) -> str:
    archive = _ARCHIVE.match(fold(words.strip()))
    name = name_at_end(words) if archive else None
    if name:
        words = words[: name[1]]
    if archive:
        words = _archive_line(words.strip())
    else:
        words = re.sub(r"(?<=[)\w]),[\s_]*[^\W\d_]$", "", words.rstrip())  # a scrap of the other column
    words = squeeze(words).strip(" -–—_~")
    words = re.sub(r"\s*[;.,:]+\W*$", lambda match: ")" if ")" in match.group() else "", words)
    words = re.sub(r"(?<=\))\W+$", "", words)
    words = re.sub(r"\([^\W\d]?áo cáo\)", "(báo cáo)", words)
    words = _NOTE_OPENS.sub("(để ", words)
    words = _NOTE.sub(lambda match: "(để b/c)" if match["for"] else "(b/c)", words)
    words = _OPENS_MISREAD.sub(lambda match: _OPENS_AS[match.group()], words.strip())
    return mend(words)


_OPENS_AS = {"Phong": "Phòng", "Cac": "Các", "Gác": "Các", "D/c": "Đ/c", "D/e": "Đ/c", "Đ/e": "Đ/c", "LD": "LĐ"}
_OPENS_MISREAD = re.compile(rf"^(?:{'|'.join(_OPENS_AS)})(?=\s+\w)")
"""The first words of entries as reading without marks gives them: "Phong TCHC", "D/c Giám đốc"."""


def _archive_line(words: str) -> str:
    """The archive's entry with its first word as it is written, and without a pen's marks behind it."""
    return f"Lưu{words[3:]}".rstrip(" £€$»«@©®*¬~^`|")
