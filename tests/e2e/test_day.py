"""Every role's day over one letter, from the scan to the report, each in a browser of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, time
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.e2e import day
from tests.e2e.conftest import Clock, Site, running
from tests.e2e.offices import of_the_corpus, really_scanned
from tests.e2e.people import Case, Office, Person
from tests.e2e.pictures import ANEW, BYTES, DOCS, WIDTH, Album, named

Visit = Callable[..., Page]


@pytest.fixture(params=[of_the_corpus, really_scanned], ids=["corpus", "real"])
def case(request: pytest.FixtureRequest, tmp_path: Path) -> Case:
    made: Case = request.param(tmp_path)
    return made


@pytest.fixture
def clock(case: Case) -> Clock:
    return Clock(datetime.combine(case.arrives, time(8, 30)))


@pytest.fixture
def site(case: Case, clock: Clock, tmp_path: Path) -> Iterator[Site]:
    with running(tmp_path, home=case.home, clock=clock) as site:
        yield site


@pytest.fixture
def office(site: Site, clock: Clock, case: Case, visit: Visit, tmp_path: Path) -> Office:
    (tmp_path / "pictures").mkdir()

    def person(login: str, name: str, role: str) -> Person:
        return Person(visit(1280, 800), login, name, role)

    return Office(
        site, clock, case, Album(tmp_path / "pictures", keep=ANEW and case.ours), tmp_path,
        admin=person("nhung", "Trần Thị Hồng Nhung", "Quản trị"), clerk=person("thu", "Lê Thị Anh Thư", "Văn thư"),
        officer=person("viet", "Trần Quốc Việt", "Chuyên viên"), legal=person("dung", "Phạm Hùng Dũng", "Pháp chế"),
        leader=person("long", "Lê Hoàng Long", "Lãnh đạo"),
    )  # fmt: skip


@pytest.mark.timeout(900)  # scans are read, and the machine may be busy
def test_the_days_of_a_letter(office: Office, case: Case) -> None:
    if case.ours:
        day.set_up(office)
        day.follow(office)
    else:
        day.begin(office)
    day.take_in(office)
    day.review(office)
    day.assign(office)
    day.note(office)
    office.morning_of(case.reminds)
    day.be_reminded(office)
    day.ask_for_time(office)
    day.decide(office)
    office.morning_of(case.answers)
    day.answer(office)
    day.look_up(office)
    office.morning_of(case.reports)
    day.read_figures(office)
    if case.ours:
        day.oversee(office)
        assert named() == office.album.taken, "guides show what the walk takes, and all of it"


def test_the_pictures_of_the_guides_are_there_and_small() -> None:
    from PIL import Image

    for name in named():
        path = DOCS / "images" / name
        assert path.stat().st_size < BYTES, name
        with Image.open(path) as image:
            assert image.width <= WIDTH, name
