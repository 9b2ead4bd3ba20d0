"""Fixtures every room's tests may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("OMP_THREAD_LIMIT", "1")

# Times say nothing on a busy machine: examples have no deadline of their own.
settings.register_profile("dondoc", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("dondoc")

ROOT = Path(__file__).resolve().parent.parent
pytest_plugins = [f"tests.{name.stem}" for name in sorted((ROOT / "tests").glob("fixtures_*.py"))]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The developers' material beside the project; tests that need it are skipped without it."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("no ../shared beside the project")
    return folder


LONGEST = ("tests/e2e/", "tests/api/test_permissions.py", "tests/nlp/test_mutations.py")
"""Files that take minutes: they come first, so that no worker is left with one when the other has done its work."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))
