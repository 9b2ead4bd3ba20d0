"""What the whole letter says about its units: its kind, whom it addresses, how it announces its list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from nlp.directives import folded, lexicon
from nlp.duties import same_body
from nlp.lexicon import toml
from nlp.types import Named, Task

Mode = Literal["directive", "informing", "notice", "open"]
"""How the letter announces its list: as duties, as information, as a notice (which may hold duties), or not at all."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What the whole letter says about its units."""

    kind: str
    issuer: str
    addressees: tuple[Named, ...]
    issued_on: date | None
    mode: Mode = "open"
    announced_at: int = 0
    """Where the first announcement of duties stands in the body: what is listed before it is no duty by it."""
    short_name: str = ""
    """The short name (folded) that stands for all addressees: "(sau đây viết tắt là BHXH các tỉnh)" below "Kính gửi"."""
    short_names: tuple[tuple[str, Named], ...] = ()
    """Short names (folded) that the opening gives to single addressees: "các Bộ, … (sau đây gọi là Bộ, cơ quan trung ương)"."""
    alone: bool = False
    """The letter has no list: what its sentences ask for stands nowhere else."""
    commanded: tuple[Named, ...] = ()
    reports: bool = False
    """The letter announces its own report: what it says was ordered below is told, only what it asks for is a duty."""
    guides: bool = False
    """The letter guides those under the sender ("hướng dẫn một số nội dung sau"): what one of them owes by a day is a duty, the rest is rules."""
    contents: bool = False
    """What is listed is what a report must hold: the announcing sentence is the duty."""
    ordered: bool = False
    """A task was found before: a sentence that says whose a work is goes on with giving out work."""
    meeting: bool = False
    """The letter lists when and where people meet: what is dealt with there is no duty."""
    activity: bool = False
    """Those commanded are to carry out an activity whose time, place and contents are listed: its contents are what they must do."""
    width: int = 0
    """Characters of a full printed line of the letter; 0 where its lines are whole paragraphs."""
    asked: tuple[Named, ...] = ()
    """Who must do the last task found: they owe the paper that a later sentence wants by a day."""

    @property
    def default_bodies(self) -> tuple[Named, ...]:
        """Who must act where a unit names nobody: the addressees, else those the opening commands."""
        return self.addressees or self.commanded


_GENERAL = re.compile(
    r"(?:cac |quy |moi |tung )?(?:co quan|don vi|dia phuong|bo|so|ban|nganh|doan the|to chuc|dong chi)(?:(?:, | va |, va | ?/ ?)(?:cac )?(?:co quan|don vi|dia phuong|bo|so|ban|nganh|doan the|to chuc))*(?: (?:neu tren|tren|duoc giao|nay))?"
)


def standing_for(body: Named, setting: Setting) -> tuple[Named, ...]:
    """A general word that only stands for the addressees is written as the addressees."""
    general = re.split(r",? (?:dac biet|nhat|truoc het) la ", folded(body.text))[0]
    if meant := tuple(each for short, each in setting.short_names if general.removeprefix("cac ") == short.removeprefix("cac ")):
        return meant
    spoken_to = general.removeprefix("quy ")
    if setting.addressees and (body.text.islower() or general != spoken_to) and spoken_to in lexicon().addressed:
        return _spoken_to(spoken_to, setting) or (body,)
    if general == spoken_to and spoken_to in lexicon().addressed and _only_one_of_that_kind(spoken_to, setting):
        return setting.addressees
    if setting.addressees and (_GENERAL.fullmatch(general) or general == setting.short_name or _kind_of_all(general, setting)):
        return setting.addressees
    if (above := _ABOVE.fullmatch(general)) and setting.addressees and all(folded(each.text).startswith(above["kind"]) for each in setting.addressees):
        return setting.addressees
    kinds = toml("duty_words.toml")["levels_of"].get(general.removeprefix("cac cap ")) if general.startswith("cac cap ") else None
    if kinds and setting.addressees and all(has_any(folded(each.text), kinds) for each in setting.addressees):
        return setting.addressees  # "Các cấp công đoàn" to unions
    if shortened := _shortened(general, setting):
        return shortened
    if _TERRITORIES.fullmatch(general) and (authorities := tuple(each for each in setting.addressees if _AUTHORITY.sub("", folded(each.text)).startswith(general))):
        return authorities
    return (body,)


def _spoken_to(noun: str, setting: Setting) -> tuple[Named, ...]:
    """The addressees a common noun in the singular means ("quý Tổng cục", "đơn vị"): those of that kind, all for a noun that fits any; () where several are of another."""
    if _GENERAL.fullmatch(noun) and noun not in ("so", "bo", "ban"):
        return setting.addressees
    kind = "(?:uy ban nhan dan|ubnd)" if noun == "uy ban" else noun
    of_that_kind = tuple(each for each in setting.addressees if re.search(rf"(?<![a-z]){kind}(?![a-z])", folded(each.text)))
    return of_that_kind or (setting.addressees if len(setting.addressees) == 1 else ())


def _only_one_of_that_kind(kind: str, setting: Setting) -> bool:
    """Whether "Công ty" with a capital can but be the one addressee, "Công ty TNHH …": no such body sends the letter."""
    sent_to = folded(setting.addressees[0].text) if len(setting.addressees) == 1 else ""
    return sent_to.startswith(f"{kind} ") and not sent_to.startswith(f"{kind} cac ") and not folded(setting.issuer).startswith(f"{kind} ")


_ABOVE = re.compile(r"(?:cac )?(?P<kind>[a-z]+(?: (?!cac )[a-z]+)*?)(?: cac [a-z, ]+?)? (?:neu tren|noi tren)")
""" "Cục Hải quan các tỉnh nêu trên" where all addressees are a Cục Hải quan."""


def _shortened(name: str, setting: Setting) -> tuple[Named, ...]:
    """The addressees whose names a plural begins: "Hiệu trưởng các trường" for those of each level; () where it begins one or none."""
    begun = tuple(each for each in setting.addressees if " cac " in name and folded(each.text).startswith(f"{name} "))
    return begun if len(begun) > 1 else ()


_TERRITORIES = re.compile(r"cac (?:xa|phuong|thi tran|huyen|quan|thi xa|thanh pho|tinh)(?:, (?:xa|phuong|thi tran|huyen|quan|thi xa|thanh pho|tinh))*")
_AUTHORITY = re.compile(r"^(?:ubnd|uy ban nhan dan) ")
""" "đề nghị các xã báo cáo" in a letter to "UBND các xã ven sông": its authorities."""


_SOCIAL = re.compile(r"(?:cac )?(?:doan the|to chuc)(?: (?:chinh tri|xa hoi|thanh vien).*)?")


def named_apart(body: Named, named: Sequence[Named]) -> bool:
    """Whether a general word names others beside a body: "UBMTTQ tỉnh và các đoàn thể"."""
    return len(named) > 1 and _SOCIAL.fullmatch(folded(body.text)) is not None


def _kind_of_all(name: str, setting: Setting) -> bool:
    """Whether a name says only what kind of body all addressees are: "Cục Thuế" to "Cục Thuế các tỉnh, thành phố"."""
    heads = re.compile(rf"(?:giam doc|truong|hieu truong|chu nhiem|vien truong) {re.escape(name)}(?: loai [iv]+(?:, loai [iv]+)*)?")
    if name.startswith("cac ") and len(setting.addressees) == 1 and heads.fullmatch(folded(setting.addressees[0].text)):
        return True
    if name.startswith("cac ") and " cac " not in name and all(re.match(rf"{re.escape(name[4:])} (?!cac )[a-z ]+ cac ", folded(body.text)) for body in setting.addressees):
        return True  # "các Chi cục" to "Chi cục Thuế các huyện"
    return " " in name and all(folded(body.text).startswith(f"{name} cac ") for body in setting.addressees)


def stand_for_all(bodies: Sequence[Named], setting: Setting) -> tuple[Named, ...]:
    """The bodies, general words among them written as the addressees."""
    return tuple(each for body in bodies for each in standing_for(body, setting))


def unique(bodies: Sequence[Named]) -> tuple[Named, ...]:
    """The bodies without those named again; the first naming stays."""
    seen: dict[str, Named] = {}
    for body in bodies:
        seen.setdefault(folded(body.text), body)
    return tuple(seen.values())


def is_issuer(bodies: Sequence[Named], setting: Setting) -> bool:
    """Whether the sender itself is among the bodies."""
    return bool(setting.issuer) and any(same_body(body.text, setting.issuer) for body in bodies)


def has_any(words: str, lexemes: Sequence[str]) -> bool:
    """Whether one of the folded lexemes stands in the folded words."""
    return any(re.search(rf"(?<![a-z]){re.escape(lexeme)}(?![a-z])", words) for lexeme in lexemes)


def having_asked(setting: Setting, found: Sequence[Task]) -> Setting:
    """The setting for what follows the tasks found so far; after a list of several doers nobody is meant by sense."""
    if not found:
        return setting
    last = found[-1]
    alone = last.label is None or all(task.responsible == last.responsible for task in found)
    shortened = all(any(same_body(body.text, each.text) for each in setting.addressees) for body in last.responsible)
    return replace(setting, ordered=True, asked=last.responsible if alone and not shortened else ())
