"""The source form of a specimen letter: one file from which text, gold and page all follow.

A ``NAME.letter`` file holds a TOML head between two lines ``+++`` (the fields
of Nghị định 30/2020/NĐ-CP, Phụ lục I) and then the body, one paragraph per
line. Lines that begin with ``@`` annotate the paragraph above them:

- ``@task LABEL | R=A; B | C=X | D=2024-05-15 «trước ngày 15/5/2024» | T=Sở B``
  a task; label ``~`` is none; ``R=*`` are the addressees; ``D=`` once per
  deadline, its value an ISO date, an RRULE (``FREQ=…``), a relative rule
  (``P5D after receipt``), ``now`` for immediate or ``?`` for a recurrence without
  an interval; ``from=«…»`` and ``to=«…»`` cut the text inside the paragraph;
  ``opt`` marks a sentence whose finding is not scored.
- ``@ref TYPE | CODE | DATE | provisions; … | exact words`` a cited document.
- ``@law TITLE | YEAR or DATE | provisions; … | exact words`` a law cited by its name.

A paragraph may begin with ``# `` (bold heading), ``^ `` (centred bold heading)
or ``/ `` (italic); ``**…**`` marks bold words; ``¶`` is where the page breaks in
the text file, with the number of the new page. The marks appear on the page
only. The full meaning of the gold keys is that of the annotation guide.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from ingest.errors import BadFile

Form = Literal["columns", "stacked", "flow"]
Style = Literal["plain", "heading", "centre", "italic"]

_STYLES: Mapping[str, Style] = {"# ": "heading", "^ ": "centre", "/ ": "italic"}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the body; `text` may hold ``**bold**`` and ``¶`` marks."""

    text: str
    style: Style = "plain"

    @property
    def plain(self) -> str:
        """The words without marks of weight or page."""
        return self.text.replace("**", "").replace("¶ ", "")


@dataclass(frozen=True, slots=True)
class Note:
    """One ``@`` line: what it says and the paragraph it stands under (its index)."""

    kind: str
    value: str
    paragraph: int


@dataclass(frozen=True, slots=True)
class Incoming:
    """The ĐẾN stamp of the receiving office (Phụ lục IV): body, number, ISO date."""

    body: str
    number: str
    date: str


@dataclass(frozen=True, slots=True)
class Source:
    """A letter before it becomes text or page.

    `*_print` fields are the lines as printed; the others are values as gold
    has them. `hand` names what is written by hand on the page and therefore
    blank in the text ("number", "day", "incoming"). `form` is how the
    text file flattens the page: "columns" joins the two columns of the head
    line by line, "stacked" puts one under the other, both with wrapped lines;
    "flow" keeps each paragraph on one line. `layout` "party" is the head of the
    Party's letters, "web" a news page.
    """

    name: str
    kind: str
    form: Form = "stacked"
    layout: Literal["decree", "party", "web"] = "decree"
    number: str | None = None
    symbol: str | None = None
    issuer: str | None = None
    issuer_print: tuple[str, ...] = ()
    parent: str | None = None
    parent_print: tuple[str, ...] = ()
    place: str | None = None
    date: str | None = None
    subject: str | None = None
    subject_lead: str = ""
    title: str | None = None
    urgency: str | None = None
    secrecy: str | None = None
    addressees: tuple[str, ...] = ()
    addressees_inline: bool = False
    recipients: tuple[str, ...] = ()
    authority: tuple[str, ...] = ()
    position: str | None = None
    signer: str | None = None
    signer_printed: bool = True
    incoming: Incoming | None = None
    stamp_colour: Literal["red", "black"] = "red"
    hand: frozenset[str] = frozenset()
    wrap: int = 84
    break_hyphens: bool = False
    notes: str | None = None
    body: tuple[Paragraph, ...] = ()
    annotations: tuple[Note, ...] = field(default=())

    @property
    def date_words(self) -> str:
        """The date as the decree prints it; the day left open where it is written by hand."""
        year, month, day = (self.date or "--").split("-")
        zero = month if month in ("01", "02", "10", "11", "12") else month.lstrip("0")
        shown = "     " if "day" in self.hand else day
        return f"ngày {shown} tháng {zero} năm {year}"

    @property
    def printed_number(self) -> str:
        """What is typed before the symbol: blank where the number is written by hand."""
        return "      " if "number" in self.hand or not self.number else self.number


def parse(name: str, source: str) -> Source:
    """Parse a ``.letter`` file; raises `BadFile` naming the letter and the fault."""
    parts = source.split("+++\n", 2)
    if len(parts) != 3:
        raise _bad(name, "thiếu phần đầu giữa hai dòng +++", "no head between two lines of +++")
    try:
        head: dict[str, Any] = tomllib.loads(parts[1])
    except tomllib.TOMLDecodeError as error:
        raise _bad(name, f"phần đầu sai TOML: {error}", f"head is not TOML: {error}") from error
    unknown = head.keys() - Source.__dataclass_fields__.keys()
    if unknown:
        raise _bad(name, f"khóa lạ: {sorted(unknown)}", f"unknown keys: {sorted(unknown)}")
    paragraphs: list[Paragraph] = []
    notes: list[Note] = []
    for line in filter(None, map(str.strip, parts[2].splitlines())):
        if line.startswith("@"):
            kind, _, value = line[1:].partition(" ")
            if kind not in ("task", "ref", "law") or (not paragraphs and kind == "task"):
                raise _bad(name, f"chú giải lạ: {line}", f"unknown annotation: {line}")
            notes.append(Note(kind, value.strip(), len(paragraphs) - 1))
        else:
            style = _STYLES.get(line[:2], "plain")
            paragraphs.append(Paragraph(line if style == "plain" else line[2:].strip(), style))
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in head.items()}
    values["hand"] = frozenset(head.get("hand", ()))
    if "incoming" in head:
        values["incoming"] = Incoming(**head["incoming"])
    return Source(name=name, body=tuple(paragraphs), annotations=tuple(notes), **values)


def _bad(name: str, vietnamese: str, english: str) -> BadFile:
    return BadFile("specimen-source", f"Văn bản mẫu {name}: {vietnamese}.", f"Specimen {name}: {english}.")


LABEL = re.compile(r"(?:[IVX]+[./)]|\(?\d+(?:\.\d+)*[./)]{0,2}|[a-zđ][.)]|[-–+•*])\s+")
"""A printed label at the start of a paragraph; it is no part of a task's text."""
