"""What follows a body and belongs to its name: places, "có liên quan", "trực thuộc …"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlp.bodies.lexicon import Scan, lexicon
from nlp.folding import UPPER
from nlp.normalise import plain_tone

_KIND = (
    r"(?:tinh|huyen|thanh\s+pho|thi\s+xa|quan|xa|phuong|thi\s+tran|tran|dac\s+khu|lien\s+tinh|tp\.?|vung|khu\s+vuc|mien)"
)
_NOT_PARTY = r"(?!\s+(?:uy|hoi(?!\s+an(?!\s+toan))|doan)(?!\w))"
_PLACES = re.compile(
    rf"(?P<many>cac\s+|cap\s+)?{_KIND}(?!\w){_NOT_PARTY}(?:\s*(?:,|/|;|va(?=\s)|-|\()\s*(?:cac\s+|cap\s+)?{_KIND}(?!\w){_NOT_PARTY})*"
)
_MORE = re.compile(rf"(?:\s*,\s*|\s+va\s+)(?:{_KIND})(?!\w){_NOT_PARTY}")
_SHORT_KIND = re.compile(rf"(?:H|Q|P|X|TX|TT|TP)\.\s?(?=[{UPPER}\d])")
_CENTRAL = re.compile(r"\s+(?:truc\s+thuoc|thuoc)\s+(?:trung\s+uong|tw|tinh)(?!\w)")
_LANDS = re.compile(r"\s+(?:ven\s+bien(?:(?:,|\s+va)\s+hai\s+dao)?|bien\s+gioi(?:(?:,|\s+va)\s+hai\s+dao)|mien\s+nui(?:\s+phia\s+bac)?|bien\s+gioi|trung\s+du|mien\s+(?:bac|trung|nam)|phia\s+(?:bac|nam))(?!\w)(?!\s+va(?!\w))")
""" "các tỉnh, thành phố ven biển": which of them by where they lie."""
_FROM = re.compile(rf"\s+từ\s+(?:tỉnh\s+|thành phố\s+|TP\.?\s*)?(?=[{UPPER}])")
_TO = re.compile(rf"\s+(?:đến|tới|vào)\s+(?:tỉnh\s+|thành phố\s+|TP\.?\s*)?(?=[{UPPER}])")
_ONWARD = re.compile(r"\s+(?:trở\s+)?(?:ra|vào)(?!\w)(?:\s+(?:phía\s+)?(?:Bắc|Nam)(?!\w))?")
_TOWNS = re.compile(r"(?:\s*,\s*thành(?=\s*,\s*thị))?(?:\s*,\s*|\s*/\s*|\s+và\s+|\s*-\s*)thị(?!\s+(?:xã|trấn|ủy|uỷ|trường|phần|hiếu)|\w)(?:\s*,\s*thành(?!\s+(?:phố|ủy|uỷ|lập|tích|viên|phần|công))(?!\w))?")
_ONE_KIND = re.compile(r"(?P<many>các\s+)?(?:tỉnh|huyện|quận|thị\s+xã|thành\s+phố|xã|phường|thị\s+trấn)\s+", re.IGNORECASE)
_ALONG = re.compile(r"\s+(?:ven|dọc)\s+(?:đê|sông|đường|quốc\s+lộ|hồ|suối|tuyến)(?!\w)(?:\s+(?:sông|biển|quốc\s+lộ)(?!\w))?")
""" "UBND các xã ven đê sông Hồng": which of them by what they lie along."""
_REGION_KIND = re.compile(r"\s+(?:thuộc\s+|ở\s+|tại\s+|trong\s+)?(?:vùng|khu\s+vực|miền)\s+(?:vùng\s+)?")
_GOES_ON = re.compile(r"(?:và|hoặc|thuộc|tỉnh|huyện|thành phố|thị xã)(?!\w)")
_PARTY = re.compile(r"\s(?:uy|doan)(?!\w)")
_OWNER = re.compile(r"thuoc(?: truong| so| bo| tong cuc| cuc| ubnd)?$")
_EXACT = {"xa": "xã", "quan": "quận", "phuong": "phường", "vung": "vùng", "mien": "miền", "tran": "trấn"}
_CORRECT = {
    "tinh": "tỉnh", "huyen": "huyện", "thi xa": "thị xã", "thanh pho": "thành phố", "thi tran": "thị trấn",
    "truc thuoc": "trực thuộc", "trung uong": "Trung ương", "lien quan": "liên quan",
}  # fmt: skip
_CORRECT_RE = re.compile(
    r"(?<!\w)(?:"
    + "|".join(k.replace(" ", r"\s+") for k in sorted(_CORRECT, key=len, reverse=True))
    + r")(?!\w)"
)
_SLASH = re.compile(r"(?<=\w)\((?=\w)(?=[^()]*$)")
_CAPITAL = re.compile(rf"\s*(?:[-–—]\s*)?([{UPPER}][^\s,.;:()/]*|\d{{1,2}}(?=[\s,.;:]|$))")


@dataclass(frozen=True, slots=True)
class Tail:
    """End of the tail; `named_at` where a proper place name closes it, else None;
    `place_at` where its place words begin, else None; `many` with "các"."""

    end: int
    named_at: int | None = None
    place_at: int | None = None
    many: bool = False


def skip_space(text: str, at: int) -> int:
    """The first offset from `at` on that is no white space."""
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def capitals(scan: Scan, at: int, limit: int = 6) -> int:
    """End of a run of capitalised words (a proper name) that begins at `at`, or `at`."""
    words, end = 0, at
    while words < limit:
        match = _CAPITAL.match(scan.text, end)
        if (
            not match
            or (words == 0 and match.start(1) != at)
            or (lexicon().head_words.at(scan, match.start(1)) and not town(scan, match.start(1)))
        ):
            break
        if (words and match[1].isdecimal()) or (len(match[1]) > 1 and match[1].isupper() and lexicon().stops.at(scan, match.start(1))):
            break  # "SỞ Y TẾ CHỦ TRÌ": a verb in a line of capitals
        if scan.lower.startswith("trung ương", match.start(1)):
            return match.start(1) + len("trung ương")
        place = lexicon().place_names.at(scan, match.start(1))
        end, words = max(match.end(), place[1] if place else 0), words + 1
    return end


def town(scan: Scan, at: int) -> int | None:
    """End of a place whose name begins as a body's does ("Hội An", not "Hội An toàn giao thông"), or None."""
    head, place = lexicon().head_words.at(scan, at), lexicon().place_names.at(scan, at)
    if not head or not place or place[1] <= head[1]:
        return None
    if scan.text.startswith(head[0], at) and not scan.lower.startswith(place[0].split()[0].lower(), at):
        return None  # "Báo Yên Bái" is printed as the head is, the district is "Bảo Yên"
    here = skip_space(scan.text, place[1])
    return None if scan.text[here : here + 1].islower() and not lexicon().stops.at(scan, here) else place[1]


def places(scan: Scan, at: int) -> Tail | None:
    """Place words at an offset with a proper name behind them: "các huyện, thị xã", "tỉnh Long An"."""
    short = _SHORT_KIND.match(scan.text, at)
    if short and (run := capitals(scan, short.end())) > short.end():
        return Tail(run, short.end(), at)
    if like_a_body := _named_as_a_body(scan, at):
        return like_a_body
    match = _PLACES.match(scan.folded, at)
    if not match:
        return None
    end = match.end()
    for word in re.finditer(r"\w+", match[0]):
        wanted = _EXACT.get(word[0])
        printed = scan.lower[at + word.start() : at + word.end()]
        if wanted and printed != wanted and word.start() and scan.text[at + word.start()].isupper():
            end = at + len(match[0][: word.start()].rstrip(" ,/;-("))  # "Công an tỉnh, Quân sự tỉnh": no "quận"
            break
        if wanted and printed != wanted and word.start() == 0 and word[0] in {"xa", "quan", "vung", "mien"}:
            return None
    if scan.lower[at : at + 4] in {"tính", "tình"} and not _province_misread(scan, at + 4):
        return None
    towns = _TOWNS.match(scan.lower, end)
    if towns:
        end = towns.end()
        more = _MORE.match(scan.folded, end)
        end = more.end() if more else end
    central = _CENTRAL.match(scan.folded, end)
    if central:
        return Tail(central.end(), None, at, bool(match["many"]))
    lying = _lying(scan, end) if match["many"] else end
    if lying > end:
        return Tail(lying, None, at, True)
    name_at = skip_space(scan.text, end)
    named = capitals(scan, name_at) if name_at > end and "\n\n" not in scan.text[end:name_at] else name_at
    if named == name_at > end and not match["many"] and (known := lexicon().place_names.at(scan, name_at)) and scan.text[name_at].isupper():
        named = known[1]  # "thành phố Hội An tổ chức": behind its kind a place's name is no body's
    if named > name_at and not lexicon().position_words.at(scan, name_at):
        return Tail(named, name_at, at, bool(match["many"]))
    return Tail(end, None, at, bool(match["many"]))


def _named_as_a_body(scan: Scan, at: int) -> Tail | None:
    """A place whose name begins as a body's does behind its kind: "xã Hội Sơn", "huyện Đoàn Hùng"; not "xã Hội Nông dân", "huyện Đoàn TNCS"."""
    kind = _ONE_KIND.match(scan.text, at)
    head = lexicon().head_words.at(scan, kind.end()) if kind else None
    if not kind or not head or not scan.text[kind.end() : kind.end() + 1].isupper() or " " in scan.text[kind.end() : head[1]]:
        return None
    second = _CAPITAL.match(scan.text, head[1])
    if not second or not second[1].istitle():
        return None
    end = max(second.end(), capitals(scan, second.start(1)))
    here = skip_space(scan.text, end)
    if scan.text[here : here + 1].islower() and not lexicon().stops.at(scan, here) and not _GOES_ON.match(scan.lower, here):
        return None
    return Tail(end, kind.end(), at, bool(kind["many"]))


def _region(scan: Scan, at: int) -> int:
    """End of a region's name ("vùng Đồng bằng sông Cửu Long", "khu vực Bắc Trung Bộ"), or `at`."""
    kind = _REGION_KIND.match(scan.lower, at)
    begins = kind.end() if kind else skip_space(scan.text, at)
    region = lexicon().regions.at(scan, begins) if begins > at else None
    return region[1] if region and (kind or scan.text[begins].isupper()) else at


def _lying(scan: Scan, at: int) -> int:
    """End of what says which of several territories are meant: "ven biển", "từ Quảng Ninh đến Cà Mau", "từ Huế trở vào"; or `at`."""
    along = _ALONG.match(scan.lower, at)
    if along:
        return capitals(scan, along.end() + 1) if scan.text[along.end() : along.end() + 1] == " " and scan.text[along.end() + 1 : along.end() + 2].isupper() else along.end()
    lands = _LANDS.match(scan.folded, at)
    end = lands.end() if lands else _region(scan, at)
    begins = _FROM.match(scan.text, end)
    first = capitals(scan, begins.end()) if begins else end
    if not begins or first == begins.end():
        return end
    goes = _TO.match(scan.text, first)
    last = capitals(scan, goes.end()) if goes else first
    if goes and last > goes.end():
        return last
    onward = _ONWARD.match(scan.text, first)
    return onward.end() if onward else end


def _province_misread(scan: Scan, at: int) -> bool:
    """Whether "tính" is a misread "tỉnh": no word in lower case follows but a verb ("UBND tính chỉ đạo")."""
    here = skip_space(scan.text, at)
    return not scan.text[here : here + 1].islower() or lexicon().stops.at(scan, here) is not None


def _verb(scan: Scan, at: int) -> bool:
    """Whether a verb of two syllables stands here just as printed: "khắc phục" is no "khác", "tinh giản" no "tỉnh"."""
    found = (lexicon().stops.at(scan, at), lexicon().verbs.at(scan, at))
    return any(verb and " " in verb[0] and " ".join(scan.lower[at : verb[1]].split()) == plain_tone(verb[0]).lower() for verb in found)


def tail(scan: Scan, at: int) -> Tail:
    """All tail phrases from `at` on (which stands right behind a name)."""
    found = Tail(at)
    for _ in range(5):
        here = skip_space(scan.text, found.end)
        if here >= len(scan.text):
            break
        phrase = lexicon().tail.match(scan.folded, here)
        if _verb(scan, here) and not (phrase and " " in phrase[0]):
            break
        place = places(scan, here)
        if place:
            if found.place_at is not None and place.many:
                break
            found = Tail(
                place.end, place.named_at, found.place_at or place.place_at, found.many or place.many
            )
            continue
        if not phrase or (phrase[0] == "cung cap" and scan.lower[here : phrase.end()] != "cùng cấp"):
            break
        end = phrase.end()
        if _PARTY.match(scan.folded, end):
            break  # "trực thuộc Tỉnh ủy"
        if _OWNER.search(phrase[0]) and scan.text[phrase.end() : phrase.end() + 2].strip()[:1].isupper():
            break  # "trực thuộc Bộ Y tế": a body with a name of its own
        named_at = skip_space(scan.text, end)
        if (
            re.search(r"(?:tinh|huyen|xa|thanh pho|phuong|cua khau|cua khau quoc te|cua khau cang|chi nhanh)$", phrase[0])
            and capitals(scan, named_at) > named_at
        ):
            end = capitals(scan, named_at)
        if phrase[0].endswith("trong nganh") and named_at > end and (field := lexicon().fields.at(scan, named_at)):
            end = field[1]
        levels = here if phrase[0] == "cac cap" else None
        found = Tail(end, None, found.place_at or levels, found.many)
    return found


def corrected(text: str) -> str:
    """Place words with reading errors mended ("thị trân" to "thị trấn", "xã(thị trấn" to "xã/thị trấn")."""
    text = _SLASH.sub("/", text)
    scan = Scan(text)

    def mend(match: re.Match[str]) -> str:
        printed = text[match.start() : match.end()]
        right = _CORRECT[" ".join(match[0].split())]
        if right == "tỉnh" and printed != "tinh":
            return printed  # "tình", "tính": words of their own
        return printed if printed[:1].isupper() or printed.lower() == right.lower() else right

    out, last = [], 0
    for match in _CORRECT_RE.finditer(scan.folded):
        out += [text[last : match.start()], mend(match)]
        last = match.end()
    return "".join([*out, text[last:]])
