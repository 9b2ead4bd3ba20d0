"""The words of the pages: one catalogue per language in api/locale, Vietnamese first."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

LANGUAGES = ("vi", "en")
DEFAULT = "vi"
FOLDER = Path(__file__).parent / "locale"


def _flatten(data: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in data.items():
        if isinstance(value, dict):
            flat |= _flatten(value, f"{prefix}{key}.")
        else:
            flat[prefix + key] = str(value)
    return flat


@lru_cache
def catalogue(language: str) -> Mapping[str, str]:
    """All texts of a language by dotted key."""
    return _flatten(tomllib.loads((FOLDER / f"{language}.toml").read_text("utf-8")))


class Count(str):
    """A value put into a text. `{n:day|days}` is the first word for one, else the second."""

    def __format__(self, form: str) -> str:
        """The value, or the word that goes with it."""
        if "|" not in form:
            return format(str(self), form)
        one, many = form.split("|", 1)
        return one if self == "1" else many


class Words:
    """Gives the text of a key in one language: `t("letters.title")`, `t("time.left", n=3)`.

    A key that is in no catalogue is a defect of the program and raises KeyError.
    """

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else DEFAULT
        self._texts = catalogue(self.language)

    def __call__(self, key: str, **values: object) -> str:
        """The text of a key with its values put in."""
        text = self._texts.get(key) or catalogue(DEFAULT)[key]
        return text.format(**{name: Count(value) for name, value in values.items()}) if values else text

    def get(self, key: str, default: str) -> str:
        """The text of a key that may be absent (a code that comes from data)."""
        return self._texts.get(key, default)
