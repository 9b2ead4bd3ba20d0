"""The registry of agencies as data: ids, dates, successions and territories hold together, every name finds its own body."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from nlp.agencies.groups import expand
from nlp.agencies.home import Home
from nlp.agencies.keys import key, plain, read, written_out
from nlp.agencies.places import heirs, named, provinces_on, territories, up, within
from nlp.agencies.registry import agencies, without_title
from nlp.agencies.resolve import resolve
from nlp.agencies.succession import holders
from nlp.agencies.values import Agency, AgencyId, Level
from nlp.normalise import plain_tone

TODAY = date(2025, 9, 1)
SHORTS = tomllib.loads(read("short.toml"))["short"]
PARTS = tomllib.loads(read("groups.toml"))["part"]


def test_successions_hold_together() -> None:
    known = agencies()
    for agency in known.values():
        assert agency.names, agency.id
        assert set(agency.successors) <= known.keys(), agency.id
        assert bool(agency.successors) <= (agency.until is not None), f"{agency.id} has successors but no end"
        assert agency.until is None or agency.successors, f"{agency.id} ended and nobody holds its duties"
        assert not (agency.since and agency.until) or agency.since < agency.until, agency.id
        assert not agency.office or agency.office in known, agency.id
        for successor in map(known.__getitem__, agency.successors):
            assert agency.until
            assert successor.since is None or successor.since <= agency.until + timedelta(days=366), agency.id
            assert successor.until is None or successor.until > agency.until, (agency.id, successor.id)


def test_no_succession_runs_in_a_circle() -> None:
    def walk(agency: str, above: tuple[str, ...]) -> None:
        assert agency not in above, above
        for successor in agencies()[agency].successors:
            walk(successor, (*above, agency))

    for agency in agencies():
        walk(agency, ())


def test_no_name_means_two_bodies_of_one_level_and_time() -> None:
    seen: dict[tuple[str, Level], list[Agency]] = {}
    for agency in agencies().values():
        for name in {key(name) for name in agency.names} | {plain(short) for short in agency.abbreviations}:
            seen.setdefault((name, agency.level), []).append(agency)
    for (name, level), bodies in seen.items():
        ordered = sorted(bodies, key=lambda each: each.since or date.min)
        for first, second in pairwise(ordered):
            assert (first.until or date.max) < (second.since or date.min), (name, level)


def _home(level: Level, day: date) -> Home:
    """A letter of some body of a level, of Hà Tĩnh, which no reform renamed."""
    province = territories()["42"]
    if level in {"province", "region"}:
        return Home("province", province)
    if level == "district":
        return Home("district", territories()["42.447"])
    return Home(level, within(province, "commune", day)[0] if level == "commune" else None)


@pytest.mark.parametrize("agency", agencies().values(), ids=lambda each: each.id)
def test_every_name_finds_its_own_body_on_a_day_it_stood(agency: Agency) -> None:
    day = agency.until or max(agency.since or TODAY, TODAY)
    home = _home(agency.level, day)
    for name in (*agency.names, *agency.abbreviations):
        found = resolve(name, day, home)
        assert found, name
        assert found.id.agency == agency.id, name


@pytest.mark.parametrize("agency", agencies().values(), ids=lambda each: each.id)
def test_every_duty_has_a_present_holder(agency: Agency) -> None:
    place = up(_home(agency.level, agency.until or TODAY).place, "province") if agency.level == "region" else None
    place = place or _home(agency.level, agency.until or TODAY).place
    found = holders(AgencyId(agency.id, place.key if place else None))
    assert found
    for holder in found:
        assert agencies()[holder.agency].until is None
        assert holder.territory is None or territories()[holder.territory].until is None


def test_territories_hold_together() -> None:
    known = territories()
    for place in known.values():
        assert not (place.since and place.until) or place.since < place.until, place.key
        assert set(place.successors) <= known.keys(), place.key
        assert place.parent is None or place.parent in known, place.key
        if place.until:
            assert place.successors, place.key
            assert all(known[each].until is None for each in heirs(place.key, None)), place.key
    levels = [place.level for place in known.values() if place.until is None]
    assert (levels.count("province"), levels.count("district"), levels.count("commune")) == (34, 0, 3321)


@pytest.mark.parametrize(
    ("day", "count"),
    [(date(1998, 5, 1), 61), (date(2004, 1, 1), 64), (date(2008, 7, 31), 64), (date(2008, 8, 1), 63),
     (date(2025, 6, 30), 63), (date(2025, 7, 1), 34)],
)  # fmt: skip
def test_number_of_provinces(day: date, count: int) -> None:
    assert len(provinces_on(day)) == count


@pytest.mark.parametrize(
    ("day", "ministries", "rank", "government"),
    [(date(2016, 5, 1), 18, 4, 7), (date(2019, 5, 1), 18, 4, 8), (date(2025, 3, 1), 14, 3, 5)],
)
def test_number_of_ministries(day: date, ministries: int, rank: int, government: int) -> None:
    for words, count in (("các Bộ", ministries), ("các cơ quan ngang Bộ", rank), ("các cơ quan thuộc Chính phủ", government)):
        group = expand(words, day, Home())
        assert group
        assert len(group.ids) == count, words


def test_identity_of_a_territory_is_not_its_name() -> None:
    [before], [after] = (named("dak lak", day, levels=("province",)) for day in (date(2025, 6, 30), date(2025, 7, 1)))
    assert before.key != after.key
    assert heirs(before.key, None) == (after.key,)
    assert named("ha noi", TODAY) == named("ha noi", date(2010, 1, 1))
    assert [place.key for place in named("dong nai", date(2025, 9, 1))] == ["75-2025"]
    assert [place.level for place in named("hue", date(2022, 9, 6), levels=("province", "district"))] == ["district"]
    assert [place.level for place in named("hue", TODAY, levels=("province", "district"))] == ["province"]


@pytest.mark.parametrize("entry", SHORTS, ids=lambda each: each["forms"][0])
def test_abbreviations_are_written_out(entry: dict[str, str]) -> None:
    assert key(entry["long"]) in key(entry["example"])
    text, _ = without_title(key(entry["example"]))
    assert resolve(entry["example"], date(2019, 6, 1), _home("province", date(2019, 6, 1))), text
    assert entry["long"] not in written_out(entry["counter"])


@pytest.mark.parametrize("entry", PARTS, ids=lambda each: each["words"][0])
def test_words_of_groups(entry: dict[str, str]) -> None:
    assert expand(entry["example"], date(2019, 6, 1), _home("province", TODAY))
    group = expand(entry["counter"], date(2019, 6, 1), _home("province", TODAY))
    assert group is None or not group.ids


def test_provinces_and_districts_agree_with_the_facts_given(shared: Path) -> None:
    for row in (shared / "agencies" / "provinces.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        code, name, after, _ = row.split("\t")
        [place] = [each for each in provinces_on(date(2025, 6, 30)) if each.code == code]
        assert plain_tone(place.name) == plain_tone(name)
        [heir] = heirs(place.key, None)
        assert territories()[heir].code == after
    for row in (shared / "agencies" / "districts.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        code, name, province = row.split("\t")[:3]
        assert plain_tone(territories()[f"{province}.{code}"].name) == plain_tone(name)
