"""Groups under a plural word: the nouns they list, the clauses that narrow them, the bodies they belong to.

A name may hold a body and a group may follow one, so that this module and `item` call each other.
"""

from __future__ import annotations

import re
from functools import cache

from nlp.bodies import item as items
from nlp.bodies.entry import Item, is_stop, squeeze
from nlp.bodies.lexicon import Scan, head_data, lexicon
from nlp.bodies.naming import blocked
from nlp.bodies.tails import corrected, places, skip_space, tail
from nlp.folding import UPPER

_WORD = re.compile(r"\s*(?P<dash>[-–—]\s*)?(?P<word>[^\s,.;:()\[\]“”\"/–—]+(?:/[^\s,.;:()]+)?)")
_NOUN_SEP = re.compile(r"\s*,\s*(?:và\s+)?|\s*/\s*|\s*;\s*(?=[a-zđ])|\s*-\s*|\s+(?:và|hoặc|với)\s+|\s+|")
_MUST = r"cần(?!\s+(?:trục|cẩu|câu)(?!\w))"
""" "cần" that binds; "cần trục", "cần cẩu" are things."""
_RELATIVE = re.compile(
    r"\s+(?:được|có(?!\s+(?:trách nhiệm|nhiệm vụ|ý kiến|văn bản|kế hoạch|biện pháp|giải pháp|phương án)(?!\w))"
    r"|đã|đang|chưa|do|thuộc|tham gia|sử dụng|không|nhận)\s[^,.;:()]{3,110}?"
    rf"(?=\s+(?:có trách nhiệm|chịu trách nhiệm|phải|{_MUST}|nghiêm túc|khẩn trương|chủ động)(?!\w))"
    r"|\s+là\s(?:chủ|thành viên|đầu mối|cơ quan|đơn vị|điểm|hội viên|bên|chủ thể|thường trực)\s[^,.;:()]{2,90}?"
    rf"(?=\s+(?:có trách nhiệm|chịu trách nhiệm|phải|{_MUST}|nghiêm túc|khẩn trương|chủ động|trong thời hạn|trong vòng)(?!\w))"
    r"|\s+được\s[^,.;:()]{3,110}?(?=\s*$)"
    r"|\s+được\s+(?:giao|phân công|cấp phép|cho phép)\s(?:(?!phải|báo cáo|trước ngày|gửi)[^.;:()\d]){3,150}?(?=\s*:?\s*$)"
)
_UNDER = re.compile(rf"\s+(?:thuộc(?:\s+và|,)\s+)?(?:trực\s+)?thuộc\s+(?=[{UPPER}])")
_PART_OF = re.compile(
    r"\s+[-–—]\s+(?=(?:Bộ|Sở|UBND|Ủy ban|Uỷ ban|Tỉnh ủy|Chính phủ|Tổng cục|Công an|Chi nhánh)\s)"
)
_COMMA = re.compile(r"\s*,\s*")
_OF = re.compile(rf"\s+(?:của|trong)\s+(?=[{UPPER}])")
_CAPITALISED = re.compile(rf"\s+(?=[{UPPER}])")


@cache
def _owner() -> re.Pattern[str]:
    """ "Ban Tuyên giáo Hội LHPN tỉnh", "Phòng Kế toán KBNN tỉnh": a part of a body, named before it without a word between."""
    owners = "|".join(map(re.escape, sorted(head_data()["owners"], key=len, reverse=True)))
    return re.compile(rf"\s+(?=(?:{owners})\s)")


_POLICE_OF = re.compile(r"\s+(?=(?:Công an|HĐND|Bộ CHQS|Ban CHQS|Bộ Chỉ huy Quân sự|BĐBP)\s+(?:tỉnh|huyện|thành phố|quận|thị xã|TP)(?!\w))")
_WHICH = re.compile(r"\s+(?:có\s+(?:tên|nhu cầu|dự án|công trình|trụ sở|người|học sinh|đất|diện tích|sử dụng|tổ chức|phát sinh)|chưa|thuộc diện|thuộc đối tượng|nằm trong)\s[^,.;:()\n]{3,110}?(?=,\s)")
_CONCERNED = re.compile(r"(?:co\s+)?(?:lien\s+quan|rung|neu\s+tren)(?!\w)")
_WHERE = re.compile(r"\s+nơi\s+(?!nhận\s*:)(?=[^\W\d_])")
_GIVES_OUT = re.compile(r"\s*cấp\s+\d")
""" "các xã cấp 100% căn cước": here "cấp" is a verb."""
_WHOLE = re.compile(r"(?:Trung ương|Nhà nước|Thành phố|Tỉnh|Huyện|Quận|Thị xã|Ngành|Đảng)(?!\w)")


def unmarked_group(scan: Scan, at: int, depth: int) -> Item | None:
    """A group without a plural word: "sở, ban, ngành", "cơ quan, đơn vị liên quan"."""
    lex = lexicon()
    noun = lex.group_openers.at(scan, at)
    if not noun:
        return None
    described = _adjective(scan, noun[1])
    sep = _COMMA.match(scan.text, described)
    listed = sep is not None and lex.nouns.at(scan, sep.end()) is not None
    if described == noun[1] and not listed and not _told_apart(scan, noun[1]):
        return None
    return plural_group(scan, at, at, depth)


def _told_apart(scan: Scan, at: int) -> bool:
    """Whether "liên quan", "quản lý chuyên ngành", "có rừng" stands behind a noun without "các": so it names a group."""
    here = skip_space(scan.text, at)
    if here == at:
        return False
    return lexicon().qualifiers.at(scan, here) is not None or _CONCERNED.match(scan.folded, here) is not None


def _adjective(scan: Scan, at: int) -> int:
    """End of "chuyên môn" behind "phòng", or `at`."""
    found = lexicon().adjectives.at(scan, skip_space(scan.text, at))
    return found[1] if found else at


def group_behind(scan: Scan, at: int, depth: int) -> Item | None:
    """The group whose bodies are meant: "Thanh tra các Bộ, ngành", "Hội đồng thành viên các tập đoàn"."""
    here = skip_space(scan.text, at)
    if here == at or depth >= 3 or not lexicon().quantifiers.at(scan, here):
        return None
    inner = items.item(scan, here, depth + 1)
    return inner if inner and inner.group and not inner.position else None


def joined_body(scan: Scan, at: int, depth: int) -> tuple[str, int] | None:
    """Read "trực thuộc Sở X", " - Bộ Y": a body named behind another one as the one it belongs to."""
    for pattern in (_UNDER, _PART_OF, _POLICE_OF, _owner()):
        match = pattern.match(scan.text, at)
        if match and depth < 3:
            inner = items.item(scan, match.end(), depth + 1)
            if inner:
                return f" {squeeze(match[0])} {inner.text}".replace("  ", " "), inner.end
    return None


def plural_group(scan: Scan, at: int, here: int, depth: int) -> Item | None:
    """A group under "các", "toàn thể" …: one entry, whatever it lists."""
    lex = lexicon()
    found = lex.head_words.at(scan, here)
    if found and not lex.nouns.at(scan, here):
        return items.single(scan, at, here, found, depth)
    if found and _named_group(scan, found):
        return items.single(scan, at, here, found, depth)
    noun = lex.nouns.at(scan, here)
    if noun and found and noun[1] > found[1]:
        found = None
    if not noun or (found and blocked(scan, found[1], lex.heads[found[0]])):
        return None
    end = _lower_name(scan, found) or _qualifier(scan, noun[1], noun[0])
    towns = places(scan, at) if scan.text[at:here].strip() else None
    if towns and towns.many and towns.named_at is None:
        end = max(end, towns.end)
    while True:
        end = _kinds(scan, end)
        more_at = _adjective(scan, end)
        joins = _COMMA.match(scan.text, more_at) if more_at > end else None
        if joins and lex.nouns.at(scan, joins.end()):
            end = more_at
        sep = _NOUN_SEP.match(scan.text, end)
        follow = sep.end() if sep else end
        more = lex.nouns.at(scan, follow) if follow > end else None
        if not more or (not scan.text[end:follow].strip() and is_stop(scan, follow)) or _GIVES_OUT.match(scan.lower, end):
            break
        if lex.position_words.at(scan, follow) or _own_group(scan, follow, more):
            break
        single = items.item(scan, follow, depth + 1) if depth < 3 and scan.text[follow].isupper() else None
        if single and _nameless(scan, follow):
            single = None
        if single and single.head and not single.group and single.head.word.count(" ") > 1:
            break  # "các chủ đầu tư, Ban Quản lý dự án": a head of its own, if without a name
        free = single is not None and single.head is not None and single.head.names == "free"
        if single and not single.group and single.complete and not (free and scan.text[at:follow].isupper()):
            kinds = single.head is not None and single.head.company and single.text[1:].islower()
            if not kinds:  # "các Tập đoàn kinh tế, Tổng công ty nhà nước": kinds of companies, not one of them
                break
        end = _qualifier(scan, more[1])
    after = tail(scan, end)
    end = max(narrowed(scan, after.end), narrowed(scan, end))
    end = _one_more(scan, end)
    central = _CENTRAL_TOO.match(scan.folded, end)
    end = tail(scan, central.end()).end if central else end
    text = corrected(squeeze(scan.text[at:end]))
    joined = joined_body(scan, end, depth) or _belonging(scan, end, depth)
    if joined:
        text, end = f"{text}{joined[0]}", joined[1]
    return Item(
        text, at, end, prefix=squeeze(scan.text[at:here]), group=True, plural=True, place_at=after.place_at
    )


_CENTRAL_TOO = re.compile(r"\s*,\s*co quan(?=\s+(?:o\s+)?(?:trung uong|tw) cua\s)")
""" "các Bộ, cơ quan ngang Bộ, …, cơ quan trung ương của các đoàn thể": under the same plural word."""
_ONE_OF_MORE = re.compile(r"\s*,\s+")
_AND_MORE = re.compile(r"\s+và\s+(?=[a-zđ])")


def _one_more(scan: Scan, at: int) -> int:
    """End of "và địa phương có rừng" behind "các cơ quan liên quan": one more noun under the same plural word, or `at`."""
    joint = _AND_MORE.match(scan.text, at)
    noun = lexicon().group_openers.at(scan, joint.end()) if joint else None
    if not joint or not noun or " " not in noun[0] or _own_group(scan, joint.end(), noun):
        return at  # "và ban quản lý dự án": a name of its own may begin with a short noun
    listed = _ONE_OF_MORE.match(scan.text, noun[1])
    if listed and (lexicon().group_openers.at(scan, listed.end()) or lexicon().nouns.at(scan, listed.end())):
        return at  # "các cơ quan thuộc xã và cơ quan, đơn vị đóng trên địa bàn": a second list
    end = _qualifier(scan, noun[1], noun[0])
    after = tail(scan, end)
    return max(narrowed(scan, after.end), narrowed(scan, end))


def _own_group(scan: Scan, at: int, noun: tuple[str, int]) -> bool:
    """True at "đảng ủy các xã" behind another group: a body of each of several places opens a group of its own."""
    found = lexicon().head_words.at(scan, at)
    if not found or not lexicon().heads[found[0]].bare:
        return False
    place = places(scan, skip_space(scan.text, noun[1]))
    return place is not None and place.many


def _nameless(scan: Scan, at: int) -> bool:
    """True at "Bộ môn có liên quan", "Viện trực thuộc": a head word with a tail and no name is one more noun of a group."""
    found = lexicon().head_words.at(scan, at)
    here = skip_space(scan.text, found[1]) if found else 0
    if not found or lexicon().heads[found[0]].bare or scan.text[here : here + 1].isupper():
        return False
    return lexicon().tail.match(scan.folded, here) is not None


def _kinds(scan: Scan, at: int) -> int:
    """End of the kinds listed behind a noun ("trường mầm non, tiểu học và THCS"), or `at`."""
    end = at
    for _ in range(12):
        sep = _NOUN_SEP.match(scan.text, end)
        kind = lexicon().kinds.at(scan, sep.end()) if sep and sep.end() > end else None
        if not kind:
            break
        end = kind[1]
    return end


def narrowed(scan: Scan, at: int) -> int:
    """End of a clause that narrows a group ("có tên trong danh sách", "được giao rừng" before "có trách nhiệm"), or `at`."""
    clause = lexicon().narrowing.match(scan.folded, skip_space(scan.text, at))
    relative = _RELATIVE.match(scan.text, at)
    if clause and not (relative and relative.end() > clause.end()):
        return tail(scan, clause.end()).end
    return relative.end() if relative else _clause_before_comma(scan, at)


def located(scan: Scan, at: int) -> int:
    """End of "nơi đăng ký tờ khai" behind a body: the clause that says which of its kind, or `at`.

    Its own verb may be a word at which names end; the next such word ends it.
    """
    where = _WHERE.match(scan.text, at)
    if not where:
        return at
    end = where.end()
    for count in range(9):
        word = _WORD.match(scan.text, end)
        if not word or word["dash"]:
            break
        compound = lexicon().compounds.at(scan, word.start("word"))
        if compound:
            end = compound[1]
            continue
        if count > 1 and (is_stop(scan, word.start("word")) or lexicon().verbs.at(scan, word.start("word"))):
            break
        end = word.end()
    return end


def _clause_before_comma(scan: Scan, at: int) -> int:
    """End of "có nhu cầu tuyển sinh thêm" in "Các trường có nhu cầu tuyển sinh thêm, lập phương án …", or `at`."""
    clause = _WHICH.match(scan.text, at)
    behind = skip_space(scan.text, clause.end() + 1) if clause else at
    return clause.end() if clause and is_stop(scan, behind) else at


def _belonging(scan: Scan, at: int, depth: int) -> tuple[str, int] | None:
    """Read "của Mặt trận Tổ quốc", "của Trung ương" behind a group: the body its bodies belong to."""
    match = _OF.match(scan.text, at)
    if not match and scan.folded.endswith("thanh vien", 0, at):
        match = _CAPITALISED.match(scan.text, at)
    if not match:
        return None
    whole = _WHOLE.match(scan.text, match.end())
    inner = items.item(scan, match.end(), depth + 1) if depth < 3 and not whole else None
    if not whole and (not inner or inner.position):
        return None
    end = whole.end() if whole else inner.end if inner else at
    return " " + squeeze(scan.text[skip_space(scan.text, at) : end]), end


def _named_group(scan: Scan, found: tuple[str, int]) -> bool:
    """True where a name of the head's list follows ("Sở Tài chính")."""
    head = lexicon().heads[found[0]]
    table = lexicon().names.get(head.names)
    here = skip_space(scan.text, found[1])
    return bool(table and here > found[1] and scan.text[here : here + 1].isupper() and table.at(scan, here))


def _lower_name(scan: Scan, found: tuple[str, int] | None) -> int | None:
    """End of a department's name in lower case ("các phòng giáo dục và đào tạo"), of three syllables or more."""
    table = lexicon().names.get(lexicon().heads[found[0]].names) if found else None
    here = skip_space(scan.text, found[1]) if found else 0
    name = table.at(scan, here) if table else None
    return name[1] if name and scan.text[here].islower() and len(re.findall(r"\w+", name[0])) > 2 else None


_PART = re.compile(rf"\s+(?:trực\s+)?thuộc\s+(?=[{UPPER}]|(?:sở|bộ|tỉnh|huyện|thành phố|xã|phường)(?!\w))")


def _work_of_part(scan: Scan, at: int) -> tuple[str, int] | None:
    """The work a part of a body is named by ("các đơn vị truyền thông thuộc Bộ X"): a verb with "thuộc" right behind it orders nothing."""
    verb = lexicon().stops.at(scan, at)
    return verb if verb and _PART.match(scan.text, verb[1]) else None


def _qualifier(scan: Scan, at: int, noun: str = "") -> int:
    """End of the lower-case words that narrow a common noun ("đơn vị sự nghiệp công lập")."""
    end, count = at, 0
    while count < 7:
        match = _WORD.match(scan.text, end)
        if not match:
            break
        word_at = match.start("word")
        lower = scan.lower[word_at : match.end()]
        verb = lexicon().qualifiers.at(scan, word_at) if count == 0 else None
        verb = verb or lexicon().compounds.at(scan, word_at) or (_work_of_part(scan, word_at) if count == 0 else None)
        if verb:
            end, count = verb[1], count + 1
            continue
        if (
            is_stop(scan, word_at)
            or lexicon().group_stops.at(scan, word_at)
            or lower in {"và", "hoặc", "với", "&"}
            or lexicon().quantifiers.at(scan, word_at)
        ):
            break
        if (
            lexicon().tail.match(scan.folded, word_at)
            or places(scan, word_at)
            or lexicon().nouns.at(scan, word_at)
        ):
            break
        body = lexicon().head_words.at(scan, word_at) if scan.text[word_at].isupper() else None
        if (body and (count or noun not in lexicon().adjoined)) or (lower == "thuộc" and _UNDER.match(scan.text, end)):
            break
        if body:
            end, count = body[1], count + 1
            continue
        if scan.text[end:word_at].count("\n") > 1:
            break
        end, count = match.end(), count + 1
    return end
