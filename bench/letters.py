"""Invented letters in numbers, as the index sees them: for search only, never read by nlp.

A letter has the words of office language (`bench.wording`), bodies of the
registry (`bench.bodies`), a day, citations of laws and of earlier letters, and
often tasks: nearly half of the letters, some of them for many bodies at once,
3.3 obligations to a letter on the whole. The texts come segmented, words of several syllables joined by
"_". Letter number n is always the same; nothing is kept in memory.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from bench.bodies import Body, Standing, standing
from bench.wording import drawn, segmented
from search.analysis import Analysis
from search.types import Document, Json, Number, PageText

TODAY = date(2025, 6, 30)
"""The day on which the bench asks what is overdue."""
_FIRST = date(2008, 1, 2)
_SEED = 2025
_TYPES = (("công văn", 0.62), ("quyết định", 0.72), ("báo cáo", 0.80), ("kế hoạch", 0.86), ("thông báo", 0.91), ("tờ trình", 0.95), ("chỉ thị", 0.97), ("giấy mời", 0.99), ("công điện", 1.0))
_SHORT_TYPES = {"quyết định": "QĐ", "báo cáo": "BC", "kế hoạch": "KH", "thông báo": "TB", "tờ trình": "TTr", "chỉ thị": "CT", "giấy mời": "GM", "công điện": "CĐ"}
_SECTIONS = ("VP", "TH", "KT", "NV", "TCCB", "KHTC", "QLCN", "TTr", "NL", "VX", "ĐT", "PC")
_LAWS = (("nghị định", "NĐ-CP", 180), ("quyết định", "QĐ-TTg", 2200), ("thông tư", "TT-BTC", 250), ("thông tư", "TT-BCT", 60), ("nghị quyết", "NQ-CP", 150), ("chỉ thị", "CT-TTg", 40), ("thông tư", "TT-BNV", 20))
_VERBS = ("báo_cáo", "rà_soát", "kiểm_tra", "tổ_chức thực_hiện", "chủ_trì, phối_hợp", "tham_mưu", "xây_dựng kế_hoạch", "đề_xuất", "tổng_hợp kết_quả", "đôn_đốc", "khẩn_trương xử_lý")
_RELATIONS = ("căn cứ", "căn cứ", "căn cứ", "thực hiện", "thực hiện", "theo", "phúc đáp")
_PAGE = 2400
"""Characters of a full page."""


def analysis() -> Analysis:
    """The program's analysis, with the words as the texts have them: nothing is left for the segmenter to do."""
    return Analysis(segment=segmented)


@dataclass(frozen=True, slots=True)
class Head:
    """What a letter is known by."""

    index: int
    issued: date
    kind: str
    number: int
    symbol: str
    issuer: Body
    topic: int

    @property
    def code(self) -> str:
        """The number as printed."""
        return f"{self.number}/{self.symbol}"

    @property
    def as_number(self) -> Number:
        """The number as the index knows it."""
        return Number(str(self.number), self.kind, self.issued.year, self.symbol)


def documents(first: int, last: int) -> Iterator[Document]:
    """Letters number `first` up to before `last`, each with its citations and obligations; always the same."""
    for index in range(first, last):
        yield from _letter(index)


@lru_cache(maxsize=4096)
def head(index: int) -> Head:
    """How letter number `index` is known."""
    chance = random.Random(_SEED * 1_000_003 + index)
    days = (TODAY - _FIRST).days
    issued = _FIRST + timedelta(days=int(days * math.sqrt(chance.random())))  # ever more letters a year
    if issued.weekday() > 4:
        issued -= timedelta(days=issued.weekday() - 4)
    kind = _pick(_TYPES, chance)
    issuer = standing(issued.year).issuer(chance)
    section = chance.choice(_SECTIONS)
    symbol = f"{_SHORT_TYPES[kind]}-{issuer.short}" if kind in _SHORT_TYPES else f"{issuer.short}-{section}"
    number = min(9999, int(math.exp(chance.gauss(6.2, 1.4))) + 1)
    return Head(index, issued, kind, number, symbol, issuer, int(800 * chance.random() ** 1.5))


@dataclass(frozen=True, slots=True)
class Outline:
    """A letter without its text: what a register keeps of it.

    `tasks` hold the text, and for each body that has to do it its due day
    or None, whether it was done, and how many days after the due day (negative: before).
    """

    head: Head
    subject: str
    direction: str
    state: str
    tasks: tuple[tuple[str, tuple[tuple[Body, date | None, bool, int], ...]], ...]


def outlines(first: int, last: int) -> Iterator[Outline]:
    """Letters number `first` up to before `last`: heads and tasks as in `documents`, terms and outcomes drawn by the same shares."""
    for index in range(first, last):
        own = head(index)
        chance = random.Random(_SEED * 7_000_003 + index)
        for _ in range(_few(chance, 2.4)):
            _cited(own, chance)
        tasks = _tasks(own, standing(own.issued.year), chance)
        subject = f"về_việc {drawn(chance, own.topic)}"
        yield Outline(
            own, subject, *_standing(own, chance),
            tuple((text, tuple((body, *_outcome(own, chance)) for body in named)) for text, named in tasks),
        )  # fmt: skip


def _standing(own: Head, chance: random.Random) -> tuple[str, str]:
    """Direction and state of a letter."""
    direction = "đi" if own.issuer.home and chance.random() < 0.4 else "đến"
    return direction, "unreviewed" if (TODAY - own.issued).days < 200 and chance.random() < 0.4 else "reviewed"


def _outcome(own: Head, chance: random.Random) -> tuple[date | None, bool, int]:
    """Due day, whether done, days after the due day: most old ones are done, a few never."""
    due = own.issued + timedelta(days=3 + int(chance.expovariate(1 / 40))) if chance.random() < 0.6 else None
    last = due or own.issued + timedelta(days=60)
    done = chance.random() < (0.975 if last < TODAY else 0.25)
    late = 1 + int(chance.expovariate(1 / 15)) if due and chance.random() < 0.22 else -int(chance.expovariate(1 / 6))
    return due, done, late


def _pick(shares: tuple[tuple[str, float], ...], chance: random.Random) -> str:
    value = chance.random()
    return next(name for name, up_to in shares if value <= up_to)


def _letter(index: int) -> Iterator[Document]:
    own = head(index)
    chance = random.Random(_SEED * 7_000_003 + index)
    id_, bodies = str(index + 1), standing(own.issued.year)
    cited = [_cited(own, chance) for _ in range(_few(chance, 2.4))]
    tasks = _tasks(own, bodies, chance)
    subject = f"về_việc {drawn(chance, own.topic)}"
    title = f"{own.kind[0].upper()}{own.kind[1:]} số {own.code}: {subject}"
    receivers = tuple(dict.fromkeys(body.name for _, named in tasks for body in named)) or (bodies.bearer(chance).name,)
    opening = f"{own.issuer.name}\nSố: {own.code} ngày {own.issued:%d/%m/%Y}\n{subject}\nKính gửi: {'; '.join(receivers[:12])}.\n"
    basis = "".join(f"{relation.capitalize()} {_printed(number)} {drawn(chance, own.topic)};\n" for number, relation in cited)
    body = "\n".join((*_paragraphs(own, chance), *(f"- {', '.join(one.name for one in named[:8])}: {text}." for text, named in tasks)))
    direction, state = _standing(own, chance)
    fields: dict[str, Json] = {"file": f"{own.number}.pdf", "file_id": index + 1, "code": own.code, "number": str(own.number), "symbol": own.symbol, "issuer": own.issuer.name, "subject": subject, "urgency": None, "task_count": len(tasks)}
    yield Document(
        "letters", id_, 1, id_, title, _pages(opening + basis + body),
        numbers=(own.as_number,), cited=tuple(number for number, _ in cited),
        agencies=tuple(dict.fromkeys((own.issuer.name, *receivers))), doc_type=own.kind, direction=direction,
        state=state, issued_on=own.issued, fields=fields,
    )  # fmt: skip
    for position, (number, relation) in enumerate(cited, 1):
        yield Document(
            "references", f"{id_}.{position}", 1, id_, f"{number.type} {number.number}/{number.symbol}",
            (PageText(1, f"{relation.capitalize()} {_printed(number)} {drawn(chance, own.topic)}"),),
            numbers=(own.as_number,), cited=(number,), agencies=(own.issuer.name,), doc_type=number.type,
            direction=direction, state=relation, issued_on=own.issued,
            fields={"file": f"{own.number}.pdf", "number": str(own.number), "symbol": own.symbol, "code": own.code, "subject": subject},
        )  # fmt: skip
    every = ((text, body) for text, named in tasks for body in named)
    for position, (text, bearer) in enumerate(every):
        yield _obligation(own, position, text, bearer, subject, direction, cited, chance)


def _few(chance: random.Random, mean: float) -> int:
    """A number from 0, seldom large, `mean` on the whole (geometric)."""
    return min(20, int(math.log(1 - chance.random()) / math.log(mean / (mean + 1))))


def _tasks(own: Head, stood: Standing, chance: random.Random) -> list[tuple[str, tuple[Body, ...]]]:
    """What is to be done and by whom; nothing in more than half of the letters."""
    if chance.random() > 0.5064:
        return []
    found = []
    for _ in range(1 + _few(chance, 1.3)):
        kind = chance.random()
        named = (
            (stood.bearer(chance),) if kind < 0.6
            else tuple(dict.fromkeys(stood.bearer(chance) for _ in range(chance.randrange(2, 5)))) if kind < 0.83
            else stood.group(chance)
        )  # fmt: skip
        found.append((f"{chance.choice(_VERBS)} {drawn(chance, own.topic)}", named))
    return found


def _cited(own: Head, chance: random.Random) -> tuple[Number, str]:
    """A law, or a third of the time an earlier letter."""
    relation = chance.choice(_RELATIONS)
    if own.index and chance.random() < 0.35:
        return head(int(own.index * (1 - chance.random() ** 3))).as_number, relation
    kind, symbol, most = _LAWS[int(len(_LAWS) * chance.random() ** 1.5)]
    year = max(1998, own.issued.year - int(12 * chance.random() ** 2))
    return Number(str(1 + int(most * chance.random() ** 1.7)), kind, year, symbol), relation


def _printed(number: Number) -> str:
    return f"{number.type} số {number.number}/{number.year}/{number.symbol}"


def _paragraphs(own: Head, chance: random.Random) -> Iterator[str]:
    """Some 1,900 characters as a rule, now and then many pages."""
    left = min(16_000.0, math.exp(chance.gauss(7.15, 0.6)))
    while left > 0:
        paragraph = "; ".join(drawn(chance, own.topic) for _ in range(1 + _few(chance, 1.5)))
        left -= len(paragraph)
        yield f"{paragraph[:1].upper()}{paragraph[1:]}."


def _pages(text: str) -> tuple[PageText, ...]:
    found: list[PageText] = []
    at = 0
    while at < len(text):
        end = len(text) if len(text) - at < _PAGE * 1.2 else text.find("\n", at + _PAGE) + 1 or len(text)
        found.append(PageText(len(found) + 1, text[at:end]))
        at = end
    return tuple(found)


def _obligation(
    own: Head, position: int, text: str, bearer: Body, subject: str, direction: str, cited: list[tuple[Number, str]], chance: random.Random
) -> Document:  # fmt: skip
    """One task for one body: most old ones are done, a few never."""
    due = own.issued + timedelta(days=3 + int(chance.expovariate(1 / 40))) if chance.random() < 0.6 else None
    last = due or own.issued + timedelta(days=60)
    state = "open"
    if chance.random() < (0.975 if last < TODAY else 0.25):
        state = "done-late" if due and chance.random() < 0.22 else "done"
    id_ = f"{own.index + 1}{position:03}"
    origin = f"{own.kind[0].upper()}{own.kind[1:]} số {own.code}: {subject}"
    deadlines = f"trước ngày {due:%d/%m/%Y}" if due else ""
    lines = " · ".join(filter(None, (bearer.name, origin, own.issuer.name, deadlines)))
    fields: dict[str, Json] = {"obligation_id": int(id_), "task_id": position, "label": str(position + 1), "body": bearer.name, "role": "lead", "agency_id": None, "file": f"{own.number}.pdf", "letter_code": own.code, "letter_subject": subject, "deadlines": [deadlines] if due else [], "report_to": None, "printed_on": None, "done_on": None}
    return Document(
        "tasks", id_, 1, str(own.index + 1), text, (PageText(1, lines),), numbers=(own.as_number,),
        cited=tuple(number for number, _ in cited), agencies=(bearer.name,), doc_type=own.kind, direction=direction,
        state=state, issued_on=own.issued, due_on=due, fields=fields,
    )  # fmt: skip
