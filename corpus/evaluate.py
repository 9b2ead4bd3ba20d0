"""Measuring extracted dispatches against gold annotations.

Precision, recall and F1 for lists, accuracy for header fields; the overall
figure is the mean of six: header accuracy and the F1 of addressees, tasks,
responsible bodies, deadlines and references. What is missed is told letter by
letter, in words.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from pathlib import Path
from typing import Any

from corpus.compare import (
    Value,
    deadline_key,
    dice,
    folded,
    paired,
    reference_key,
    same_field,
    same_task,
    scored_deadlines,
)
from ingest.errors import BadFile

HEADER = ("kind", "number", "symbol", "issuer", "place", "issued_on", "subject", "signer", "incoming", "urgency")
ONLY_WHERE_PRESENT = ("incoming", "urgency")
"""Absent from most letters: their right absence earns nothing."""

MEASURES: Mapping[str, str] = {
    "addressees": "Kính gửi",
    "recipients": "Nơi nhận",
    "tasks": "Nhiệm vụ",
    "responsible": "Chủ trì",
    "coordinating": "Phối hợp",
    "deadlines": "Thời hạn",
    "report_to": "Báo cáo về",
    "references": "Dẫn chiếu",
    "provisions": "Điều khoản",
}
HEADLINE = ("addressees", "tasks", "responsible", "deadlines", "references")


@dataclass(frozen=True, slots=True)
class Tally:
    """Hits among what gold holds and what was found."""

    hit: int = 0
    gold: int = 0
    found: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.hit + other.hit, self.gold + other.gold, self.found + other.found)

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 1 when nothing was found."""
        return self.hit / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of gold that was found; 1 when there is nothing to find."""
        return self.hit / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two; 1 when there was nothing and nothing was found."""
        total = self.gold + self.found
        return 2 * self.hit / total if total else 1.0


@dataclass(frozen=True, slots=True)
class LetterReport:
    """What one letter got, and what it missed or invented, in words."""

    name: str
    header: Mapping[str, bool]
    lists: Mapping[str, Tally]
    labels: Tally
    missed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The evaluation of a set of letters."""

    letters: tuple[LetterReport, ...]

    def tally(self, measure: str) -> Tally:
        """The sum of a list measure (a key of `MEASURES`) over all letters."""
        return sum((letter.lists[measure] for letter in self.letters), Tally())

    def per_letter(self, measure: str) -> float:
        """The mean F1 of a list measure over the letters that have any of it; 1 where none has."""
        busy = [tally.f1 for letter in self.letters if (tally := letter.lists[measure]).gold + tally.found]
        return sum(busy) / len(busy) if busy else 1.0

    @property
    def header_per_letter(self) -> float:
        """The mean accuracy of the header over the letters with any field that counts."""
        parts = [sum(letter.header.values()) / len(letter.header) for letter in self.letters if letter.header]
        return sum(parts) / len(parts) if parts else 0.0

    @property
    def labels(self) -> Tally:
        """Labels right among matched tasks."""
        return sum((letter.labels for letter in self.letters), Tally())

    @property
    def fields(self) -> dict[str, Tally]:
        """Per header field: right ones among those that count."""
        return {
            name: reduce(
                lambda total, right: total + Tally(int(right), 1, 1),
                (letter.header[name] for letter in self.letters if name in letter.header),
                Tally(),
            )
            for name in HEADER
        }

    @property
    def header(self) -> float:
        """Accuracy over all header fields that count; 0 when there are none."""
        fields = self.fields.values()
        return sum(f.hit for f in fields) / max(1, sum(f.gold for f in fields))

    @property
    def headline(self) -> dict[str, float]:
        """The six figures and their mean, `overall`."""
        figures = {"header": self.header} | {name: self.tally(name).f1 for name in HEADLINE}
        return figures | {"overall": sum(figures.values()) / len(figures)}

    def table(self, *, misses: bool = False) -> str:
        """The figures as lines of text, Vietnamese with the English key; with what each letter missed on request."""
        lines = [f"{len(self.letters)} văn bản / letters", ""]
        lines.append(f"{'':<28} {'đúng':>7} {'chuẩn':>7} {'tìm':>7}  {'P':>6} {'R':>6} {'F1':>6}  {'mỗi VB':>6}")
        right = sum(f.hit for f in self.fields.values())
        counted = sum(f.gold for f in self.fields.values())
        lines.append(f"{'Phần đầu (header)':<28} {right:>7} {counted:>7} {'':>7}  {'':>6} {'':>6} {self.header:>6.3f}  {self.header_per_letter:>6.3f}")
        lines += [
            f"    {name:<24} {tally.hit:>7} {tally.gold:>7}" for name, tally in self.fields.items() if tally.gold
        ]
        for name, vietnamese in MEASURES.items():
            lines.append(_row(f"{vietnamese} ({name})", self.tally(name), self.per_letter(name)))
        labels = self.labels
        lines.append(f"{'Số mục (labels)':<28} {labels.hit:>7} {labels.gold:>7} {'':>7}  {'':>6} {'':>6} {labels.recall:>6.3f}")
        lines.append(f"{'Chung (overall)':<28} {'':>24} {'':>6} {'':>6} {self.headline['overall']:>6.3f}")
        if misses:
            for letter in self.letters:
                lines += ["", f"== {letter.name}", *(f"   {m}" for m in letter.missed)] if letter.missed else []
        return "\n".join(lines)

    def to_json(self) -> dict[str, Any]:
        """The figures and misses as a JSON-ready dict."""
        return {
            "letters": len(self.letters),
            "headline": self.headline,
            "fields": {name: {"right": t.hit, "counted": t.gold} for name, t in self.fields.items()},
            "header_per_letter": self.header_per_letter,
            "measures": {
                name: _figures(self.tally(name)) | {"per_letter": self.per_letter(name)} for name in MEASURES
            },
            "labels": {"right": self.labels.hit, "matched": self.labels.gold},
            "missed": {letter.name: list(letter.missed) for letter in self.letters if letter.missed},
        }


def _row(title: str, tally: Tally, per_letter: float) -> str:
    return (
        f"{title:<28} {tally.hit:>7} {tally.gold:>7} {tally.found:>7}  "
        f"{tally.precision:>6.3f} {tally.recall:>6.3f} {tally.f1:>6.3f}  {per_letter:>6.3f}"
    )


def _figures(tally: Tally) -> dict[str, float]:
    return {
        "hit": tally.hit,
        "gold": tally.gold,
        "found": tally.found,
        "precision": tally.precision,
        "recall": tally.recall,
        "f1": tally.f1,
    }


def evaluate(gold_dir: Path, predictions: Mapping[str, Mapping[str, Any]]) -> Report:
    """Compare predictions, by name without ".json", with the gold of a folder.

    A gold letter without a prediction counts as an empty one; a further
    document found in a gold letter's file ("NAME.2") without gold counts as
    invented; other predictions are left out. Raises `BadFile` where the
    folder holds no gold or a gold file is not JSON.
    """
    gold = {path.name.removesuffix(".json"): path for path in gold_dir.glob("*.json")}
    if not gold:
        raise BadFile(
            "gold-missing",
            f"Thư mục {gold_dir} không có tệp chuẩn nào (.json).",
            f"No gold files (.json) in {gold_dir}.",
            advice="Chỉ đúng thư mục chứa NAME.json.",
            advice_en="Name the folder that holds the NAME.json files.",
        )
    further = {name for name in predictions if name not in gold and "." in name and name.split(".")[0] in gold}
    return Report(
        tuple(
            compare(name, _read(gold[name]) if name in gold else None, predictions.get(name, {}))
            for name in sorted({*gold, *further})
        )
    )


def _read(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise BadFile("gold-broken", f"Tệp chuẩn {path} hỏng: {error}.", f"Gold file {path} is broken: {error}.") from error
    if not isinstance(value, dict):
        raise BadFile("gold-broken", f"Tệp chuẩn {path} không phải một đối tượng JSON.", f"{path} is not a JSON object.")
    return value


def compare(name: str, gold: Value | None, found: Value) -> LetterReport:
    """One letter against its gold; None for a document that is not there."""
    sheet = _Sheet()
    if gold is not None:
        _header(sheet, gold, found)
    _tasks(sheet, gold or {}, found)
    _references(sheet, gold or {}, found)
    return LetterReport(name, sheet.header, sheet.lists, sheet.labels, tuple(sheet.missed))


@dataclass(slots=True)
class _Sheet:
    """The sums of one letter while it is compared."""

    header: dict[str, bool] = field(default_factory=dict)
    lists: dict[str, Tally] = field(default_factory=lambda: dict.fromkeys(MEASURES, Tally()))
    labels: Tally = Tally()
    missed: list[str] = field(default_factory=list)

    def add(self, measure: str, hit: int, gold: int, found: int) -> None:
        self.lists[measure] += Tally(hit, gold, found)

    def names(self, measure: str, where: str, want: Sequence[str], got: Sequence[str], least: float) -> None:
        hits = len(paired(want, got, dice, least))
        self.add(measure, hits, len(want), len(got))
        if hits < max(len(want), len(got)):
            self.missed.append(f"{measure}{where}: chuẩn {list(want)}, tìm {list(got)}")


def _header(sheet: _Sheet, gold: Value, found: Value) -> None:
    for name in HEADER:
        if name in ONLY_WHERE_PRESENT and not gold.get(name) and not found.get(name):
            continue
        sheet.header[name] = same_field(name, gold, found)
        if not sheet.header[name]:
            sheet.missed.append(f"{name}: chuẩn {gold.get(name)!r}, tìm {found.get(name)!r}")
    for name in ("addressees", "recipients"):
        if name not in (gold.get("unrecoverable_from_text") or []):
            sheet.names(name, "", gold.get(name) or [], found.get(name) or [], 0.8)


def _tasks(sheet: _Sheet, gold: Value, found: Value) -> None:
    want, got = _without_optional(gold.get("tasks") or [], found.get("tasks") or [])
    partner = dict(paired(want, got, same_task, 0.6))
    sheet.add("tasks", len(partner), len(want), len(got))
    for i, task in enumerate(want):
        other: Value = got[partner[i]] if i in partner else {}
        if other:
            sheet.labels += Tally(int(folded(task.get("label")) == folded(other.get("label"))), 1, 1)
        else:
            sheet.missed.append(f"bỏ sót nhiệm vụ {task.get('label')}: {task.get('start')}")
        _task(sheet, task, other)
    for j, other in enumerate(got):
        if j not in partner.values():
            sheet.missed.append(f"nhiệm vụ không có {other.get('label')}: {str(other.get('text'))[:60]}")
            _task(sheet, {}, other)


def _without_optional(gold: Sequence[Value], found: Sequence[Value]) -> tuple[list[Value], list[Value]]:
    """Both lists without the tasks on which annotators may differ and what was found for them."""
    optional = {i for i, task in enumerate(gold) if task.get("optional")}
    spared = {j for i, j in paired(gold, found, same_task, 0.6) if i in optional}
    return (
        [task for i, task in enumerate(gold) if i not in optional],
        [task for j, task in enumerate(found) if j not in spared],
    )


def _task(sheet: _Sheet, want: Value, got: Value) -> None:
    where = f" {want.get('label') or got.get('label')}"
    for name in ("responsible", "coordinating"):
        sheet.names(name, where, want.get(name) or [], got.get(name) or [], 0.75)
    days, found = scored_deadlines(want), scored_deadlines(got)
    hits = (Counter(map(deadline_key, days)) & Counter(map(deadline_key, found))).total()
    sheet.add("deadlines", hits, len(days), len(found))
    if hits < max(len(days), len(found)):
        sheet.missed.append(f"deadlines{where}: chuẩn {list(map(_brief, days))}, tìm {list(map(_brief, found))}")
    to, sent = want.get("report_to"), got.get("report_to")
    right = bool(to and sent and dice(to, sent) >= 0.75)
    sheet.add("report_to", int(right), int(bool(to)), int(bool(sent)))
    if (to or sent) and not right:
        sheet.missed.append(f"report_to{where}: chuẩn {to!r}, tìm {sent!r}")


def _brief(deadline: Value) -> str:
    return f"{deadline.get('kind')} {deadline.get('date') or deadline.get('rule') or '-'} «{deadline.get('raw')}»"


def _references(sheet: _Sheet, gold: Value, found: Value) -> None:
    want = {reference_key(r): r for r in gold.get("references") or []}
    got = {reference_key(r): r for r in found.get("references") or []}
    named = [key for key in want if len(key) == 2 and key not in got]
    other = [key for key in got if len(key) == 2 and key not in want]
    for i, j in paired(named, other, lambda a, b: dice(a[1], b[1]), 0.6):
        got[named[i]] = got.pop(other[j])  # the name of a law varies from letter to letter
    sheet.add("references", len(want.keys() & got.keys()), len(want), len(got))
    for key, reference in want.items():
        mine = {folded(p) for p in reference.get("provisions") or []}
        theirs = {folded(p) for p in got.get(key, {}).get("provisions") or []}
        sheet.add("provisions", len(mine & theirs), len(mine), len(theirs))
        if key in got and mine != theirs:
            sheet.missed.append(f"provisions {reference.get('code') or reference.get('title')}: "
                                f"chuẩn {sorted(mine)}, tìm {sorted(theirs)}")
    if want.keys() != got.keys():
        sheet.missed.append(f"references: bỏ sót {sorted(map(str, want.keys() - got.keys()))}, "
                            f"không có {sorted(map(str, got.keys() - want.keys()))}")
