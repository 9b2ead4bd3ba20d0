"""The registry of agencies: its data hold together, names resolve as of a day, groups expand, duties pass on."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from nlp.bodies.registry import (
    AgencyId,
    agencies,
    canonical,
    expand,
    holders,
    resolve,
    territories,
    territories_on,
    territory,
)


def test_data_hold_together() -> None:
    known = agencies()
    for agency in known.values():
        assert agency.names, agency.id
        assert agency.level in {"central", "province", "district", "commune"}
        assert set(agency.successors) <= known.keys(), agency.id
        assert agency.id not in agency.successors
        if agency.successors:
            assert agency.until is not None, f"{agency.id} has successors but no end"
        if agency.since and agency.until:
            assert agency.since < agency.until
        for successor in agency.successors:
            begins = known[successor].since
            assert begins is None or agency.until is None or begins <= agency.until + timedelta(days=366)
            ends = known[successor].until
            assert ends is None or agency.until is None or ends > agency.until, (agency.id, successor)


def test_no_name_means_two_bodies_of_one_time() -> None:
    seen: dict[str, list[str]] = {}
    for agency in agencies().values():
        for name in (*agency.names, *agency.abbreviations):
            seen.setdefault(name.casefold(), []).append(agency.id)
    assert {name: ids for name, ids in seen.items() if len(ids) > 1} == {}


def test_territories_hold_together() -> None:
    known = territories()
    for place in known.values():
        if place.until:
            assert place.successor in known, place.key
            after = known[str(place.successor)]
            assert after.until is None or after.until > place.until


@pytest.mark.parametrize(
    ("day", "count"),
    [(date(1998, 5, 1), 61), (date(2004, 1, 1), 64), (date(2008, 7, 31), 64), (date(2008, 8, 1), 63),
     (date(2025, 6, 30), 63), (date(2025, 7, 1), 34)],
)  # fmt: skip
def test_number_of_provinces(day: date, count: int) -> None:
    assert len(territories_on(day)) == count


@pytest.mark.parametrize(
    ("printed", "full"),
    [
        ("Sở KH&ĐT", "Sở Kế hoạch và Đầu tư"),
        ("Sở NN&PTNT", "Sở Nông nghiệp và Phát triển nông thôn"),
        ("Sở LĐTBXH", "Sở Lao động - Thương binh và Xã hội"),
        ("Bộ TN&MT", "Bộ Tài nguyên và Môi trường"),
        ("Sở GTVT", "Sở Giao thông vận tải"),
        ("Sở VHTTDL", "Sở Văn hóa, Thể thao và Du lịch"),
        ("UBND tỉnh", "Ủy ban nhân dân tỉnh"),
        ("VPCP", "Văn phòng Chính phủ"),
        ("Câu lạc bộ thơ", "Câu lạc bộ thơ"),
    ],
)
def test_canonical_names(printed: str, full: str) -> None:
    assert canonical(printed) == full


def test_resolve_takes_the_province_of_the_name_before_that_of_the_letter() -> None:
    day = date(2019, 6, 1)
    assert resolve("Giám đốc Sở Công Thương", day, "Quảng Ngãi") == AgencyId("so-cong-thuong", "51")
    assert resolve("Sở Công Thương tỉnh Long An", day, "Quảng Ngãi") == AgencyId("so-cong-thuong", "80")
    assert resolve("Sở Công Thương", day) == AgencyId("so-cong-thuong", None)
    assert resolve("Bộ Nông nghiệp & PTNT", day) == AgencyId("bo-nong-nghiep-va-phat-trien-nong-thon")
    assert resolve("Sở Phép thuật", day) is None


def test_identity_of_a_territory_is_not_its_name() -> None:
    before, after = territory("Đắk Lắk", date(2025, 6, 30)), territory("Đắk Lắk", date(2025, 7, 1))
    assert before
    assert after
    assert before.key != after.key
    assert territory("Hà Nội", date(2025, 7, 1)) == territory("Hà Nội", date(2010, 1, 1))


def test_duties_pass_to_the_successors() -> None:
    today = date(2025, 9, 1)
    old = resolve("Sở Kế hoạch và Đầu tư", date(2019, 6, 1), "Long An")
    assert old
    assert holders(old, today) == (AgencyId("so-tai-chinh", "80-2025"),)
    assert holders(AgencyId("bo-cong-nghiep"), today) == (AgencyId("bo-cong-thuong"),)
    assert holders(AgencyId("bo-cong-nghiep"), date(2005, 1, 1)) == (AgencyId("bo-cong-nghiep"),)
    assert len(holders(AgencyId("so-thuong-mai-va-du-lich", "51"), date(2010, 1, 1))) == 2
    assert holders(AgencyId("ubnd-huyen", "51.525"), today) == ()


def test_groups_expand_as_of_a_day() -> None:
    group = "Sở Công Thương các tỉnh, thành phố trực thuộc Trung ương"
    assert len(expand(group, date(2009, 2, 26)) or ()) == 63
    found = expand(group, date(2025, 8, 1)) or ()
    assert len(found) == 34
    assert AgencyId("so-cong-thuong", "01") in found
    assert (
        len(expand("Chủ tịch UBND các tỉnh, thành phố trực thuộc Trung ương", date(2005, 1, 1)) or ()) == 64
    )
    districts = expand("UBND các huyện, thị xã, thành phố", date(2024, 9, 1), "Long An")
    assert districts
    assert expand("UBND các huyện, thị xã, thành phố", date(2025, 8, 1), "Long An") == ()
    assert expand("Sở Tài chính", date(2020, 1, 1)) is None


def test_provinces_agree_with_the_facts_given(shared: Path) -> None:
    rows = (shared / "agencies" / "provinces.tsv").read_text(encoding="utf-8").splitlines()[1:]
    for row in rows:
        code, name, after, _ = row.split("\t")
        place = territory(name, date(2025, 6, 30))
        assert place, name
        assert place.code == code
        assert territories()[place.successor or place.key].code == after
