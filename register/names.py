"""File names for people: shown and kept, never used as a path."""

from __future__ import annotations

import unicodedata

LONGEST_NAME = 200
"""Characters of a file's name that are kept."""


def safe_name(name: str | None) -> str:
    """A file's name for people: no folders, no control characters, no tricks of direction, NFC.

    The name is shown and kept, never used as a path.
    """
    name = unicodedata.normalize("NFC", name or "")
    name = name.replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(" " if char.isspace() else char for char in name)
    name = "".join(char for char in name if unicodedata.category(char)[0] != "C")
    name = " ".join(name.split()).strip(". ") or "khong-ten"
    if len(name) <= LONGEST_NAME:
        return name
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 10:
        return name[:LONGEST_NAME]
    return stem[: LONGEST_NAME - len(ending) - 1] + "." + ending
