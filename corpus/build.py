"""Write NAME.txt and NAME.json beside each NAME.letter: ``python -m corpus.build``."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

from corpus.annotate import gold_of
from corpus.flatten import text_of
from corpus.source import parse
from corpus.specimen import LETTERS


def derive(path: Path) -> tuple[str, str]:
    """Text and gold (as JSON text) of a ``.letter`` file."""
    source = parse(path.stem, unicodedata.normalize("NFC", path.read_text(encoding="utf-8")))
    text = text_of(source)
    return text, json.dumps(gold_of(source, text), ensure_ascii=False, indent=1) + "\n"


def build(folder: Path = LETTERS) -> int:
    """Derive every letter of the folder; the number of letters."""
    paths = sorted(folder.glob("*.letter"))
    for path in paths:
        text, gold = derive(path)
        path.with_suffix(".txt").write_text(text, encoding="utf-8")
        path.with_suffix(".json").write_text(gold, encoding="utf-8")
    return len(paths)


if __name__ == "__main__":
    print(f"{build()} letters")
