"""Figures kept in the repository, and what a change gained or lost against them.

Kept are numbers alone: a set of letters and each letter in it are known by a
hash of their gold, so neither texts nor names of letters are needed, and a set
that is not part of the project can be followed too. A letter is compared with
the figures kept for the same gold read from the same kind of file (text or
scan); one whose gold has changed counts as new.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.evaluate import MEASURES, LetterReport, Report, Tally
from ingest.errors import BadFile

FIGURES = Path(__file__).with_name("figures.json")
"""The figures of this repository."""

Sheet = Mapping[str, Tally]
"""One letter's figures: "header", each of `MEASURES`, "labels"."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One set as kept: letters by the hash of their gold."""

    letters: Mapping[str, Sheet]


@dataclass(frozen=True, slots=True)
class Change:
    """A measure of one letter that is not what it was: errors are what was missed and what was invented."""

    letter: str
    measure: str
    before: Tally
    after: Tally

    @property
    def better(self) -> bool:
        """Whether there are fewer errors than before (of as many, those with more hits)."""
        return (_errors(self.after), -self.after.hit) < (_errors(self.before), -self.before.hit)

    def __str__(self) -> str:
        return f"{self.letter}: {self.measure} {_brief(self.before)} → {_brief(self.after)}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed against the kept figures; `totals` over the letters that both know, before and now."""

    changes: tuple[Change, ...]
    totals: Mapping[str, tuple[Tally, Tally]]
    known: int
    new: tuple[str, ...]

    @property
    def gains(self) -> tuple[Change, ...]:
        """Letters and measures that got better."""
        return tuple(change for change in self.changes if change.better)

    @property
    def losses(self) -> tuple[Change, ...]:
        """Letters and measures that got worse."""
        return tuple(change for change in self.changes if not change.better)

    def table(self) -> str:
        """The changes in words, gains and losses letter by letter."""
        if not self.known:
            return "Chưa có số đo nào được giữ cho các văn bản này (ghi bằng --keep)."
        lines = [f"So với số đo đã giữ, {self.known} văn bản / letters"]
        lines += [
            f"{_title(name):<28} {before.f1:>6.3f} → {after.f1:.3f}  ({after.f1 - before.f1:+.3f})"
            for name, (before, after) in self.totals.items()
            if before != after
        ] or ["không có gì thay đổi / no change"]
        for title, changes in (("Tốt hơn (gains)", self.gains), ("Kém đi (losses)", self.losses)):
            lines += [f"{title}: {len(changes)}", *(f"   {change}" for change in changes)] if changes else []
        if self.new:
            lines.append(f"Chưa có số đo đã giữ (new): {', '.join(self.new)}")
        return "\n".join(lines)

    def to_json(self) -> dict[str, Any]:
        """The changes as a JSON-ready dict."""
        return {
            "known": self.known,
            "new": list(self.new),
            "totals": {name: {"before": a.f1, "after": b.f1} for name, (a, b) in self.totals.items()},
            "gains": [_change(each) for each in self.gains],
            "losses": [_change(each) for each in self.losses],
        }


def sheet(letter: LetterReport) -> dict[str, Tally]:
    """The figures of one letter."""
    right = sum(letter.header.values())
    header = Tally(right, len(letter.header), len(letter.header))
    return {"header": header, **letter.lists, "labels": letter.labels}


def letter_keys(report: Report, gold_dir: Path, sources: Mapping[str, str]) -> dict[str, str]:
    """Letters by name, each with its key: a hash of its gold and the kind of its source.

    `sources` gives the file name ending each letter was read from. A further
    document without gold ("NAME.2") has the key of its letter with its number.
    """
    keys = {}
    for letter in report.letters:
        path = gold_dir / f"{letter.name}.json"
        stem, _, further = letter.name.partition(".")
        gold = path if path.exists() else gold_dir / f"{stem}.json"
        source = "txt" if sources.get(stem, ".txt").lower() == ".txt" else "scan"
        digest = hashlib.sha256(gold.read_bytes()).hexdigest()[:16]
        keys[letter.name] = f"{digest}-{source}" + (f"-{further}" if gold != path else "")
    return keys


def set_key(keys: Mapping[str, str]) -> str:
    """A set's key: a hash of the keys of its letters."""
    return hashlib.sha256("\n".join(sorted(keys.values())).encode()).hexdigest()[:16]


def load(path: Path = FIGURES) -> dict[str, Kept]:
    """The sets kept in a file, by key; none where there is no file. `BadFile` where it is broken."""
    if not path.exists():
        return {}
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return {
            key: Kept({name: {m: Tally(*counts) for m, counts in figures.items()} for name, figures in letters.items()})
            for key, letters in data.items()
        }
    except (ValueError, TypeError, AttributeError) as error:
        raise BadFile("figures-broken", f"Tệp số đo {path} hỏng: {error}.", f"The figures in {path} are broken: {error}.") from error


def nearest(kept: Mapping[str, Kept], keys: Mapping[str, str]) -> str | None:
    """The key of the kept set that this one is, or was before letters were added or mended; None for a new one."""
    if set_key(keys) in kept:
        return set_key(keys)
    ours = set(keys.values())
    shared = {key: len(ours & set(each.letters)) for key, each in kept.items()}
    best = max(shared, key=lambda key: (shared[key], key), default=None)
    return best if best is not None and shared[best] else None


def compare_with_kept(report: Report, keys: Mapping[str, str], kept: Mapping[str, Kept]) -> Comparison:
    """Letter by letter against what is kept."""
    place = nearest(kept, keys)
    letters = kept[place].letters if place else {}
    changes, new = [], []
    totals = {name: (Tally(), Tally()) for name in ("header", *MEASURES, "labels")}
    for letter in report.letters:
        before = letters.get(keys[letter.name])
        if before is None:
            new.append(letter.name)
            continue
        now = sheet(letter)
        for name, (old, fresh) in totals.items():
            was = before.get(name, Tally())
            totals[name] = (old + was, fresh + now[name])
            if (_errors(was), was.hit) != (_errors(now[name]), now[name].hit):
                changes.append(Change(letter.name, name, was, now[name]))
    return Comparison(tuple(changes), totals, len(report.letters) - len(new), tuple(new))


def keep(report: Report, keys: Mapping[str, str], path: Path = FIGURES) -> None:
    """Write the figures of today in the place of those of this set; one line for each letter."""
    kept = dict(load(path))
    kept.pop(nearest(kept, keys) or "", None)
    kept[set_key(keys)] = Kept({keys[letter.name]: sheet(letter) for letter in report.letters})
    sets = [f'"{key}": {{\n{_lines(each.letters)}\n}}' for key, each in sorted(kept.items())]
    path.write_text("{\n" + ",\n".join(sets) + "\n}\n", encoding="utf-8")


def _lines(letters: Mapping[str, Sheet]) -> str:
    rows = {
        name: {m: [t.hit, t.gold, t.found] for m, t in figures.items() if t != Tally()}
        for name, figures in sorted(letters.items())
    }
    return ",\n".join(f" {json.dumps(name)}: {json.dumps(row)}" for name, row in rows.items())


def _errors(tally: Tally) -> int:
    return tally.gold + tally.found - 2 * tally.hit


def _brief(tally: Tally) -> str:
    return f"{tally.hit}/{tally.gold}" + (f" (+{tally.found - tally.hit})" if tally.found > tally.hit else "")


def _title(name: str) -> str:
    return f"{ {'header': 'Phần đầu', 'labels': 'Số mục', **MEASURES}[name]} ({name})"


def _change(change: Change) -> dict[str, object]:
    return {
        "letter": change.letter,
        "measure": change.measure,
        "before": _counts(change.before),
        "after": _counts(change.after),
    }


def _counts(tally: Tally) -> Sequence[int]:
    return [tally.hit, tally.gold, tally.found]
