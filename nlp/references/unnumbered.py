"""Documents cited by name that bear no number: charters, resolutions of congresses and plenums, treaties."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from nlp.numbers import fold
from nlp.references.item import Item

_TRIGGER = re.compile(r"(?:(?:dieu\s+le|nghi\s+quyet|ket\s+luan)\s+(?=dang|doan|doi|cong|mat|hoi|trung|tw|dai)|(?:hiep\s+dinh|nghi\s+dinh\s+thu|cong\s+uoc)\s+(?=da|song|khung|giua|ve|sua|quoc|lien))")
_TOPIC = re.compile(r"[\s,]*\)?\s*(?:v/v|ve\s+viec|ve)\s+[“\"]?\s*")
_TOPIC_END = re.compile(r"[“”\"«»;.()\n]|,(?=\s)")
_MADE_HERE = re.compile(r"\b(?:ban hanh|sua doi|bo sung|du thao|xay dung|thong qua|phe duyet)\s+(?:ban\s+)?$")
_NUMBERED = re.compile(r"[\s,(]*(?:\(?\s*(?:nghi quyet|ket luan)\s+)?so\s*:?\s*\d|\s+ban\s+hanh\s+(?:kem\s+)?theo")
_PARTY = re.compile(r"\bĐ[aàáạãâă]ng\b")
"""The Party with its mark misread: "Điều lệ Đãng"."""
_MOST_TOPIC = 200


@dataclass(frozen=True, slots=True)
class Unnumbered:
    """One row of data/reference_unnumbered.toml."""

    type: str
    pattern: re.Pattern[str]
    example: tuple[str, str]
    counter: str


@cache
def unnumbered() -> tuple[Unnumbered, ...]:
    """The kinds of documents without a number, read once."""
    data = tomllib.loads(files("nlp").joinpath("data/reference_unnumbered.toml").read_text(encoding="utf-8"))
    return tuple(
        Unnumbered(
            type=row["type"],
            pattern=re.compile(rf"{fold(row['type'])} {row['pattern']}(?!\w)".replace(" ", r"\s+")),
            example=(row["example"][0], row["example"][1]),
            counter=row["counter"],
        )
        for row in data["document"]
    )


def unnumbered_items(text: str, folded: str, items: list[Item]) -> list[Item]:
    """Citations of documents that have no number, beside the numbered `items`; their title is what they
    are about ("về …"), else their name.
    """
    found: list[Item] = []
    for trigger in _TRIGGER.finditer(folded):
        if not text[trigger.start()].isupper() or _MADE_HERE.search(
            folded, max(0, trigger.start() - 24), trigger.start()
        ):
            continue
        for kind in unnumbered():
            match = kind.pattern.match(folded, trigger.start())
            if match is None:
                continue
            if not _NUMBERED.match(folded, match.end()) and not any(
                item.start < match.end() and match.start() < item.end for item in items
            ):
                found.append(_item(text, folded, kind.type, match))
            break
    return found


def _item(text: str, folded: str, kind: str, match: re.Match[str]) -> Item:
    title = _PARTY.sub("Đảng", " ".join(text[match.start("name") : match.end("name")].split()))
    topic = _TOPIC.match(folded, match.end())
    if topic:
        limit = min(len(text), topic.end() + _MOST_TOPIC)
        stop = _TOPIC_END.search(text, topic.end(), limit)
        about = " ".join(text[topic.end() : stop.start() if stop else limit].split())
        title = about or title
    return Item(
        match.start(), match.end(), kind, None, None, title=title, rule="unnumbered", confidence=0.8,
        anchor=match.start(),
    )  # fmt: skip
