"""The documentation and the program say the same: settings, commands, addresses, words on pages, links."""

from __future__ import annotations

import importlib
import pkgutil
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from api.rights import RIGHTS
from dondoc.cli import app as command_line
from dondoc.commands.keep import ROLES
from dondoc.settings import Settings
from register import users

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = sorted([*(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md")])
GUIDES = sorted((ROOT / "docs").glob("guide-*.md"))
INSTALLATION = (ROOT / "docs" / "installation.md").read_text(encoding="utf-8")
NOT_SETTINGS = {
    "DONDOC_DB_PASSWORD",  # docker-compose.yml
    "DONDOC_SKIP_ELASTICSEARCH",  # tests
    "DONDOC_PICTURES",
    "DONDOC_TEST_ELASTICSEARCH_URL",
    "DONDOC_ELASTICSEARCH_CACHE",  # tools/elasticsearch.sh
}


def settings_table() -> dict[str, tuple[str, str]]:
    """Rows of the table: variable → default and meaning."""
    rows = re.findall(r"^\| `(DONDOC_\w+)` \| (.*?) \| (.*?) \|$", INSTALLATION, re.MULTILINE)
    return {name: (default, meaning) for name, default, meaning in rows}


def test_the_table_of_settings_is_that_of_the_program() -> None:
    table = settings_table()
    assert set(table) == {f"DONDOC_{name.upper()}" for name in Settings.model_fields}
    for name, field in Settings.model_fields.items():
        assert table[f"DONDOC_{name.upper()}"][1] == field.description


def test_the_defaults_of_the_table_are_those_of_the_program() -> None:
    for name, field in Settings.model_fields.items():
        default = settings_table()[f"DONDOC_{name.upper()}"][0]
        if field.default_factory is not None:
            continue  # depends on the machine; said in words
        expected = str(field.default).lower() if isinstance(field.default, bool) else field.default
        assert default == ("–" if field.default is None else f"`{expected}`"), name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_variable_named_exists(page: Path) -> None:
    named = set(re.findall(r"\bDONDOC_[A-Z_]*[A-Z]\b", page.read_text(encoding="utf-8")))
    assert named - NOT_SETTINGS <= {f"DONDOC_{name.upper()}" for name in Settings.model_fields}


def commands(group: Any, before: str = "dondoc") -> Iterator[str]:
    """The names of all commands, those of groups with the group's name."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, f"{before} {name}")
        else:
            yield f"{before} {name}"


def every_command() -> set[str]:
    import typer.main

    return set(commands(typer.main.get_command(command_line)))


def test_every_command_is_in_the_table_of_commands() -> None:
    listed = re.findall(r"^\| `(dondoc (?:(?:index|user|db) )?[a-z]+)", INSTALLATION, re.MULTILINE)
    assert sorted(listed) == sorted(every_command())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_shown_exists(page: Path) -> None:
    shown = re.findall(r"(?:^|[`/ ])(dondoc (?:(?:index|user|db) )?[a-z]+)\b", page.read_text(encoding="utf-8"), re.MULTILINE)
    groups = {" ".join(command.split()[:2]) for command in every_command()}
    assert set(shown) <= every_command() | groups


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path) if path else page
        assert file.exists(), target
        if anchor and file.suffix == ".md":
            assert anchor in anchors(file), target


def anchors(page: Path) -> set[str]:
    """The anchors that headings get on a code hosting site."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def addresses() -> set[str]:
    """The addresses the web application answers."""
    import api.routers

    names = [each.name for each in pkgutil.iter_modules(api.routers.__path__)]
    rooms = [importlib.import_module(f"api.routers.{name}").router for name in names]
    of_the_app = {"/favicon.ico", "/static/{path}", "/api/v1/openapi.json"}
    return {route.path for room in rooms for route in room.routes} | of_the_app


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_address_shown_is_answered(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    shown = re.findall(r"`(?:GET |POST )?(/(?:api/v1/)?[a-z][a-z0-9/{}_.-]*)(?:\?[^`]*)?`", text)
    # "/api/v1" names the whole; folders of the machine are not addresses.
    shown = [each for each in shown if each != "/api/v1" and not each.startswith(("/var/", "/usr/"))]
    assert set(shown) <= addresses()


def words_on_pages(values: Any) -> Iterator[str]:
    for value in values.values():
        if isinstance(value, dict):
            yield from words_on_pages(value)
        else:
            yield value


@pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.name)
def test_what_the_guides_tell_people_to_press_is_on_the_pages(page: Path) -> None:
    on_pages = set(words_on_pages(tomllib.loads((ROOT / "api" / "locale" / "vi.toml").read_text(encoding="utf-8"))))
    told = re.findall(r"\*\*(.+?)\*\*", page.read_text(encoding="utf-8"))
    assert told
    assert set(told) - on_pages == set()


def test_the_table_of_rights_is_that_of_the_program() -> None:
    text = (ROOT / "docs" / "guide-quan-tri.md").read_text(encoding="utf-8")
    short = {words: name for name, words in ROLES.items()}
    for role, words in users.ROLES.items():
        rights = ["có", *("có" if role in RIGHTS[right] else "–" for right in RIGHTS)]
        assert f"| {words} (`{short[words]}`) | {' | '.join(rights)} |" in text


def test_every_guide_has_a_word_of_english() -> None:
    for page in (*GUIDES, ROOT / "docs" / "installation.md", ROOT / "docs" / "limits.md"):
        assert re.search(r"^\*English: ", page.read_text(encoding="utf-8"), re.MULTILINE), page.name


def test_the_changelog_begins_with_the_version_of_the_program() -> None:
    import dondoc

    first = re.search(r"^## (\d+\.\d+\.\d+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert first is not None
    assert first[1] == dondoc.__version__
