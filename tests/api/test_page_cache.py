from __future__ import annotations

import pytest

from api.page_cache import PageCache


def test_an_image_is_made_once_and_the_oldest_goes_first() -> None:
    cache, made = PageCache(limit=25), []

    def make(key: str) -> bytes:
        made.append(key)
        return b"0123456789"

    for key in ("a", "b", "a", "c", "a", "b"):
        assert cache.get(key, lambda key=key: make(key)) == b"0123456789"  # type: ignore[misc]
    assert made == ["a", "b", "c", "b"], "b was the oldest when c came"
    assert cache.size <= 25


def test_what_is_larger_than_everything_is_given_but_not_kept() -> None:
    cache = PageCache(limit=5)
    assert cache.get("big", lambda: b"x" * 10) == b"x" * 10
    assert cache.size == 0


def test_a_failure_is_not_kept() -> None:
    cache = PageCache()

    def fail() -> bytes:
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - it has no message
        cache.get("a", fail)
    assert cache.get("a", lambda: b"x") == b"x"
