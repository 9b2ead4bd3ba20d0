"""Words that lost the space between them: "thựchiện", "BộCông", "ngày31/8".

Web pages and text layers drop spaces at line ends; nothing can be found in
words nobody knows. A run of letters that is no Vietnamese syllable is parted
where all its parts are syllables that are seen one after the other. Only marked
words are touched: "video", "menu" and other foreign words stay.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from nlp.normalise import is_syllable, plain_tone
from nlp.rows import CAPITAL, SMALL

_RUN = re.compile(r"[^\W\d_]{4,}")
_WORD_NUMBER = re.compile(r"(?<![\w/-])(?:ngày|tháng|năm|số|Số|quý|Điều|điều|khoản|Khoản)(?=\d)")
_NUMBER_WORD = re.compile(r"(?<=\d)(?=(?:tháng|năm|ngày)(?!\w))")
_ACRONYM = re.compile(r"(?:UBND|HĐND|MTTQ|TAND|VKSND|BHXH|CAND|QSDĐ|PTNT)(?=[^\W\d_])")
_AFTER_CODE = re.compile(rf"(?<=[/-])(?:TTg|[{CAPITAL}]{{2,8}})(?=(?:ngày|tháng|của|về|do|và|đề nghị|yêu cầu|hướng dẫn|quy định|thì|có|theo)(?!\w))")
""" "30/2020/NĐ-CPngày 05/3/2020": the word behind a document's symbol."""
_COLUMN = re.compile(rf"(?<=\w)(?=CỘNG H(?:ÒA|OÀ) XÃ)|(?<=[{CAPITAL}])(?=V/v\s)|(?<=[{CAPITAL}]{{3}})(?=[{CAPITAL}][{SMALL}]{{1,6}} [{CAPITAL}][{SMALL}])|(?<=[{SMALL}]{{2}})[.;](?=[{CAPITAL}][{SMALL}]+\s)")
"""Where two columns of the head, or two sentences, were set without a space: "CĐ-TTgCỘNG HÒA XÃ …", "BCT-KHV/v …"."""
_CASE_CHANGE = re.compile(
    rf"(?<![^\W\d_])(?P<left>[{CAPITAL}{SMALL}][{SMALL}]{{1,6}})(?=(?P<right>[{CAPITAL}][{SMALL}]{{1,6}})(?![^\W\d_]))"
)
_LONGEST = 24
_MOST_SYLLABLE = 7
_FREQUENT = 12.0
"""Bits a syllable costs at most where nothing vouches for the pair."""


def gaps(text: str) -> tuple[int, ...]:
    """Offsets in a line (in NFC) before which a space was lost, in order.

    >>> line = "BộCông Thương đềnghị gửi trướcngày31/8 video"
    >>> [line[i:i + 2] for i in gaps(line)]
    ['Cô', 'ng', 'ng', '31']
    """
    found = {match.end() for match in _WORD_NUMBER.finditer(text)}
    found |= {match.end() for match in _NUMBER_WORD.finditer(text)}
    found |= {match.end() for match in _CASE_CHANGE.finditer(text) if _are_words(match["left"], match["right"])}
    found |= {match.end() for match in _AFTER_CODE.finditer(text)}
    found |= {match.end() for match in _COLUMN.finditer(text)}
    for run in _RUN.finditer(text):
        word = run.group()
        if len(word) > _LONGEST or word.isascii() or (is_syllable(word) and len(word) <= _MOST_SYLLABLE):
            continue
        head = _ACRONYM.match(word)
        begin = head.end() if head else 0
        rest = word[begin:]
        if head and (is_syllable(rest) or _cuts(rest)):
            found.add(run.start() + begin)
            found |= {run.start() + begin + cut for cut in _cuts(rest)}
        elif not head:
            found |= {run.start() + cut for cut in _cuts(word)}
    found |= {match.end() for match in _WORD_NUMBER.finditer(_spaced(text, found))} if found else set()
    return tuple(sorted(found))


def _are_words(left: str, right: str) -> bool:
    """Whether both sides of a change of case are syllables, one of them with a mark ("nghịQuý"; not "ioffice", "YouTube")."""
    return is_syllable(left) and is_syllable(right) and not (left + right).isascii()


def _spaced(text: str, cuts: set[int]) -> str:
    """The text with the letter before each gap made a space, so that what follows begins a word; the length is kept."""
    chars = list(text)
    for cut in cuts:
        chars[cut - 1] = " "
    return "".join(chars)


@lru_cache(maxsize=4096)
def _cuts(word: str) -> tuple[int, ...]:
    """Where a run of letters parts into known syllables that follow one another; empty where it does not."""
    if not any(char in "đĐ" or unicodedata.normalize("NFD", char) != char for char in word):
        return ()
    from ingest.language.model import model  # read when the first such word is met

    lower = plain_tone(word.lower())
    known = model()
    best: dict[int, list[tuple[float, int, tuple[int, ...]]]] = {0: [(0.0, -1, ())]}
    for end in range(1, len(word) + 1):
        ways: list[tuple[float, int, tuple[int, ...]]] = []
        for start in range(max(0, end - _MOST_SYLLABLE), end):
            if start not in best or (end - start < 2 and lower[start:end] not in "yý"):
                continue
            number = known.number(lower[start:end])
            if number < 0 or not is_syllable(lower[start:end]):
                continue
            for cost, before, cuts in best[start]:
                if before >= 0 and known.pair(before, number) < 0:
                    continue
                step = known.cost(-1, before, number) if before >= 0 else known.cost1[number] / 8
                ways.append((cost + step, number, (*cuts, start) if start else cuts))
        if ways:
            best[end] = sorted(ways)[:4]
    ended = best.get(len(word))
    if ended:
        return ended[0][2]
    pairs = []
    for cut in range(2, len(word) - 1):  # words never seen together, both of them frequent
        halves = (lower[:cut], lower[cut:])
        costs = [known.cost1[number] / 8 for half in halves if (number := known.number(half)) >= 0 and is_syllable(half)]
        if len(costs) == 2 and max(costs) <= _FREQUENT:
            pairs.append((sum(costs), cut))
    return (min(pairs)[1],) if pairs else ()
