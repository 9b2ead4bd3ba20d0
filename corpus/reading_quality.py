"""What `dondoc evaluate --ocr` judges: pages whose text is known, and how their reading fares.

Two sources: specimen letters of this corpus, rendered and damaged in every way
`corpus.scan` knows; and transcribed pages of real scans, NAME.pN.txt beside or
below NAME.pdf.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.misreading import Misread, misread, total, truth_of
from corpus.specimen import Specimen, derived, letters

_PAGE = re.compile(r"(?P<name>.+)\.p(?P<page>\d+)\.txt")
_COUNTRY = re.compile(r"CỘNG H(?:ÒA|OÀ) XÃ HỘI|Độc lập\b")
_DAY = re.compile(r", ngày \d")
_NUMBER = re.compile(r"\s*\d{1,3}\s*")


@dataclass(frozen=True, slots=True)
class KnownScan:
    """A scan with the paragraphs of some of its pages: `pages` maps page numbers to them, 0 stands for the whole file."""

    group: str
    name: str
    pdf: bytes
    pages: dict[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Judged:
    """The counts of a group of pages ("seal", or one transcribed page)."""

    group: str
    counts: Misread


def rendered(count: int) -> Iterator[KnownScan]:
    """The first `count` printed specimens under every damage; the same pages every time.

    Letters with handwriting or an ĐẾN stamp are passed over: what is on the page
    must be what the text says.
    """
    from corpus.render import render_pdf
    from corpus.scan import PRESETS, scan

    for index, specimen in enumerate(_printed()[:count]):
        pdf = render_pdf(specimen)
        for harm, damage in PRESETS.items():
            yield KnownScan(harm, specimen.name, scan(pdf, damage, seed=index), {0: _paragraphs(specimen)})


def _printed() -> Sequence[Specimen]:
    return [
        each
        for each in letters()
        if not each.source.hand and each.source.incoming is None and each.source.layout == "decree"
    ]


def _paragraphs(specimen: Specimen) -> tuple[str, ...]:
    flow = derived(specimen, form="flow").text.splitlines()
    lines = [line for line in flow if line.strip() and not _NUMBER.fullmatch(line)]
    # On the page the right column begins with the national title: it is read behind all of the left one.
    title = [line for line in lines[:8] if _COUNTRY.match(line)]
    rest = [line for line in lines if line not in title]
    day = next((index for index, line in enumerate(rest) if _DAY.search(line)), 0)
    return (*rest[:day], *title, *rest[day:])


def transcribed(folder: Path) -> list[KnownScan]:
    """The transcribed pages in `folder` and in its subfolder `truth`, each with its scan; [] where there are none."""
    found: dict[Path, dict[int, tuple[str, ...]]] = {}
    for path in sorted([*folder.glob("*.p*.txt"), *folder.glob("truth/*.p*.txt")]):
        match = _PAGE.fullmatch(path.name)
        places = [place / f"{match['name']}.pdf" for place in (path.parent, folder)] if match else []
        pdf = next((place for place in places if place.exists()), None)
        if match and pdf:
            found.setdefault(pdf, {})[int(match["page"])] = tuple(truth_of(path.read_text(encoding="utf-8")))
    return [KnownScan("", pdf.stem, pdf.read_bytes(), pages) for pdf, pages in found.items()]


def judge(scan: KnownScan, pages: Sequence[str]) -> list[Judged]:
    """The counts of a scan, given the text read on each of its pages."""
    result = []
    for number, paragraphs in sorted(scan.pages.items()):
        read = "\n".join(pages) if number == 0 else pages[number - 1] if number <= len(pages) else ""
        group = scan.group or f"{scan.name}, trang {number}"
        result.append(Judged(group, misread(paragraphs, read)))
    return result


def table(judged: Sequence[Judged]) -> str:
    """A table of rates in per cent, a row per group and one for all."""
    groups = {each.group: total(other.counts for other in judged if other.group == each.group) for each in judged}
    rows = [_row(group, counts) for group, counts in groups.items()]
    everything = total(groups.values())
    head = f"{'':<38}{'số tệp':>8}{'ký tự':>9}{'dấu':>9}{'thứ tự':>9}{'từ':>9}{'số, ký hiệu':>13}"
    legend = (
        "Sai, %: ký tự (từng đoạn so với chỗ giống nhất), riêng phần dấu, ký tự theo đúng thứ tự đọc, từ. "
        "Số, ký hiệu: % đọc đúng.\n(Errors in %: characters in place, of these marks only, characters in order, words; "
        "numbers and codes read right.)"
    )
    return "\n".join([head, *rows, _row("Chung (all)", everything), "", legend])


def _row(name: str, counts: Misread) -> str:
    rates = counts.rates()
    cells = [rates["character"], rates["diacritic"], rates["order"], rates["word"]]
    return f"{name:<38}{counts.pages:>8}" + "".join(f"{cell:>9.2%}" for cell in cells) + f"{rates['code']:>13.2%}"
