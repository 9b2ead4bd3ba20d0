"""The graph of citations follows the letters: whatever comes first, goes, is corrected or read anew."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from threading import Barrier, Thread

import pytest
from sqlalchemy import func, select

from ingest.errors import BadRequest
from register import audit, corrections, references
from register.database import Database
from register.graph import decisions, documents
from register.graph.backfill import backfill
from register.graph.identity import place_of
from register.models import CitedDocument, Letter, Reference, SameDocument
from register.originals import OriginalStore
from tests.register.letters import AT, receive, record
from tests.register.webs import DECREE, letter, one, refuse, shape, take

OWN = letter("Nội dung.", number="7540", symbol="BCT-CNĐT", issued_on=date(2016, 8, 15))
NEWS = letter(
    "Ngày 15/8/2016 Bộ đã có văn bản số 7540/BCT-CNĐP ngày 15/8/2016 gửi các tỉnh.", number=None, symbol=None,
    subject="tin", kind="khác",
)  # fmt: skip


def cite(code: str, number: str = "9", **more: object):  # type: ignore[no-untyped-def]
    return letter(f"Căn cứ {code};", number=number, **more)  # type: ignore[arg-type]


def test_a_stub_comes_alive_when_its_document_is_taken_in_and_is_a_stub_again_without_it(
    database: Database, store: OriginalStore
) -> None:
    take(database, store, cite("Công văn số 12/BCT-KH ngày 3/2/2023"))
    assert (one(database, "12/BCT-KH").letter_id, one(database, "12/BCT-KH").citing) == (None, 1)
    file = receive(database, store, b"the letter itself")
    [known] = record(
        database, file, letter("Nội dung.", number="12", symbol="BCT-KH", issued_on=date(2023, 2, 3))
    ).letter_ids
    assert one(database, "12/BCT-KH").letter_id == known
    refuse(database, store, file)
    assert one(database, "12/BCT-KH").letter_id is None


def test_a_refused_letter_leaves_no_trace_in_the_graph(database: Database, store: OriginalStore) -> None:
    take(database, store, cite("Công văn số 12/BCT-KH ngày 3/2/2023"))
    file = receive(database, store, b"confined")
    record(
        database, file,
        letter(
            "Căn cứ Quyết định số 77/QĐ-BCT ngày 1/2/2023 về kế hoạch mật;", number="12", symbol="BCT-KH",
            issued_on=date(2023, 2, 3), subject="kế hoạch không được lộ",
        ),
    )  # fmt: skip
    assert one(database, "12/BCT-KH").title == "kế hoạch không được lộ"
    refuse(database, store, file)
    with database.reading() as s:
        assert documents.suggest(s, "77/QĐ-BCT") == documents.suggest(s, "mật") == documents.suggest(s, "lộ") == ()
        for row in s.scalars(select(CitedDocument)):
            assert "lo" not in row.words.split()
            assert "mat" not in row.words.split()
    assert one(database, "12/BCT-KH").title is None


def test_what_nobody_cites_any_more_is_forgotten(database: Database, store: OriginalStore) -> None:
    file = receive(database, store)
    record(database, file, cite("Quyết định số 77/QĐ-BCT ngày 1/2/2023"))
    record(database, file, cite("Quyết định số 78/QĐ-BCT ngày 1/2/2023"), version="v2")
    with database.reading() as s:
        assert documents.suggest(s, "77/QĐ-BCT") == ()
        assert s.scalar(select(func.count()).where(CitedDocument.root_id == 0)) == 0
    assert one(database, "78/QĐ-BCT").citing == 1


def test_an_identity_keeps_its_id_through_a_new_reading(database: Database, store: OriginalStore) -> None:
    file = receive(database, store)
    record(database, file, cite("Quyết định số 77/QĐ-BCT ngày 1/2/2023"))
    before = one(database, "77/QĐ-BCT").id
    record(database, file, cite("Quyết định số 77/QĐ-BCT ngày 1/2/2023"), version="v2")
    assert one(database, "77/QĐ-BCT").id == before


def test_a_corrected_number_moves_the_letter(database: Database, store: OriginalStore) -> None:
    take(database, store, cite("Công văn số 12/BCT-KH ngày 3/2/2023"))
    known = take(database, store, letter("X", number="72", symbol="BCT-KH", issued_on=date(2023, 2, 3)))
    assert one(database, "12/BCT-KH").letter_id is None
    with database.transaction() as s:
        corrections.correct_letter(s, known, "number", "12", at=AT, by=None)
    assert one(database, "12/BCT-KH").letter_id == known
    with database.reading() as s:
        assert documents.suggest(s, "72/BCT-KH") == ()


def test_a_withdrawn_letter_is_no_document_and_cites_nothing(database: Database, store: OriginalStore) -> None:
    file = receive(database, store)
    first = letter("Nội dung.", number="12", symbol="BCT-KH", issued_on=date(2023, 2, 3))
    second = cite("Quyết định số 77/QĐ-BCT ngày 1/2/2023", "13")
    ids = record(database, file, first, second).letter_ids
    with database.transaction() as s:
        corrections.correct_letter(s, ids[1], "place", "Huế", at=AT, by=None)
    record(database, file, first, version="v2")
    with database.reading() as s:
        assert s.get_one(Letter, ids[1]).state == "withdrawn"
        assert documents.suggest(s, "77/QĐ-BCT") == documents.suggest(s, "13/SCT-KH") == ()
    record(database, file, first, second, version="v3")
    assert one(database, "77/QĐ-BCT").citing == 1


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ("UBND tỉnh Long An", "long an"),
        ("Bảo hiểm xã hội tỉnh Hà Sơn", "ha son"),
        ("Sở Lao động - Thương binh và Xã hội tỉnh Hà Sơn", "ha son"),
        ("Phòng Lao động - Thương binh và Xã hội huyện Tân Khê", "tan khe"),
        ("Ban Chỉ huy Quân sự xã Hội An", None),  # no name begins with "Hội" so surely that "xã hội" is none
        ("Bảo hiểm xã hội tỉnh", None),
        ("Ban Văn hóa - Xã hội", None),
        ("Các sở, ban, ngành, hội, đoàn thể tỉnh", None),
        ("Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương", None),
    ],
)
def test_a_body_tells_its_place_by_its_name(body: str, place: str | None) -> None:
    assert place_of(body) == place


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("Nghị định số 45/2022/NĐ-CP ngày 21/5/2022", "Nghị định 45/2022/ND-CP", True),
        ("Nghị định số 45/2022/NĐ-CP ngày 21/5/2022", "Nghị định 45/2022/NĐ-CP ngày 27/5/2022", True),
        ("Nghị định số 45/2022/NĐ-CP", "Nghị định 45/2023/NĐ-CP", False),
        ("Nghị định số 45/2022/NĐ-CP", "Nghị định 45/2022", True),
        ("Nghị định số 45/2022/NĐ-CP", "Thông tư 45/2022", False),
        ("Quyết định số 1288/QĐ-TTg ngày 01/8/2014", "Quyết định số 1288/QĐ-TTg", True),
        ("Quyết định số 1288/QĐ-TTg ngày 01/8/2014", "Quyết định số 1288/QĐ-TTg ngày 02/8/2015", False),
        ("Quyết định số 0012/QĐ-BCT ngày 01/8/2014", "Quyết định số 12/QĐ-BCT năm 2014", True),
        ("Nghị quyết số 02-NQ/TU ngày 5/3/2021", "Nghị quyết số 02-NQ/TU ngày 9/11/2021", False),
        ("Nghị quyết số 30/2008/NQ-CP ngày 11/12/2008", "Nghị quyết số 30/NQ-CP ngày 2/5/2008", False),
        ("Quyết định số 12/QĐ-UBND ngày 3/3/2023 của UBND tỉnh Hà Sơn", "Quyết định số 12/QĐ-UBND ngày 3/3/2023 của UBND tỉnh Bình Lâm", False),
        ("Quyết định số 12/QĐ-UBND ngày 3/3/2023 của UBND tỉnh Hà Sơn", "Quyết định số 12/QĐ-UBND ngày 3/3/2023 của UBND tỉnh Hà Sơn", True),
        ("Luật Đất đai năm 2024", "Luật Đất đai năm 2013", False),
        ("Luật Đất đai năm 2024", "Luật đất đai 2024", True),
        ("Luật Đất đai năm 2013", "Luật số 45/2013/QH13", True),
        ("Luật Đất đai ngày 29/11/2013", "Luật Đất đai số 45/2013/QH13 ngày 29/11/2013", True),
        ("Bộ luật Lao động năm 2019", "Bộ luật số 45/2019/QH14", True),
        ("Luật Đất đai", "Luật số 45/2013/QH13", False),
        ("Quyết định số 03/2005/QĐ-UB của UBND tỉnh Hà Sơn", "Quyết định số 03/2005/QĐ-UBND của UBND tỉnh Hà Sơn", True),
    ],
)  # fmt: skip
def test_citations_are_one_document_only_where_that_is_certain(
    new_database: Callable[[], Database], store: OriginalStore, left: str, right: str, same: bool
) -> None:
    database = new_database()
    take(database, store, cite(left, "8"))
    take(database, store, cite(right, "9"))
    with database.reading() as s:
        roots = s.scalars(
            select(CitedDocument.root_id).join(Reference, Reference.document_id == CitedDocument.id)
        ).all()
    assert len(roots) == 2
    assert (roots[0] == roots[1]) is same


def test_a_citation_without_a_year_belongs_to_no_document_where_there_are_two(
    database: Database, store: OriginalStore
) -> None:
    bare = take(database, store, cite("Chỉ thị số 11/CT-TTg", "7"))
    take(database, store, cite("Chỉ thị số 11/CT-TTg ngày 4/3/2020", "8"))
    assert len({row.id for row in _documents(database, "11/CT-TTg")}) == 1
    take(database, store, cite("Chỉ thị số 11/CT-TTg ngày 9/5/2021", "9"))
    rows = _documents(database, "11/CT-TTg")
    assert [row.citing for row in rows] == [1, 1, 1]
    with database.reading() as s:
        assert references.of_letter(s, bare)[0].cited_letter_id is None


def _documents(database: Database, question: str) -> tuple[documents.DocumentRow, ...]:
    with database.reading() as s:
        return documents.sought(s, documents.understand(question + " "))


LETTERS = [
    OWN,
    NEWS,
    cite("Công văn số 7540/BCT-CNĐP ngày 15/8/2016", "2"),
    cite("Công văn số 7540/BCT-CNĐP", "3"),
    cite("Chỉ thị số 11/CT-TTg ngày 4/3/2020", "4"),
    cite("Chỉ thị số 11/CT-TTg năm 2020", "5"),
]


def test_the_graph_does_not_depend_on_the_order_in_which_letters_come(
    new_database: Callable[[], Database], store: OriginalStore
) -> None:
    shapes = []
    for order in (LETTERS, LETTERS[::-1], [LETTERS[i] for i in (3, 0, 5, 2, 4, 1)]):
        database = new_database()
        for made in order:
            take(database, store, made)
        shapes.append(shape(database))
    assert shapes[0] == shapes[1] == shapes[2]
    assert {(left, right) for left, right, _ in shapes[0][1]} == {("công văn 7540/BCT-CNĐP", "công văn 7540/BCT-CNĐT")}


def test_a_graph_built_anew_from_the_register_is_the_same(database: Database, store: OriginalStore) -> None:
    for made in LETTERS:
        take(database, store, made)
    kept = shape(database)
    with database.transaction() as s:
        for table in (CitedDocument, SameDocument):
            s.query(table).delete()
        for row in (*s.scalars(select(Letter)), *s.scalars(select(Reference))):
            row.document_id = None
    with database.transaction() as s:
        assert backfill(s) == len(LETTERS)
    assert shape(database) == kept
    with database.transaction() as s:
        assert backfill(s) == 0


def test_misread_twins_are_probable_until_a_person_says_they_are_one(
    database: Database, store: OriginalStore
) -> None:
    known, news = take(database, store, OWN, "7540.pdf"), take(database, store, NEWS, "tin.txt")
    with database.reading() as s:
        found = references.find(s, "7540/BCT-CNĐP")
        assert [row.letter_id for row in found.documents] == [None]
        assert [row.letter_id for row in found.probable] == [known]
        from_there = references.find(s, "7540/BCT-CNĐT").citing
        assert [(row.letter_id, row.probable) for row in from_there] == [(news, True)]
        [pair] = decisions.pairs(s)
        assert references.of_letter(s, news)[0].cited_letter_id is None
    with database.transaction() as s:
        decisions.decide(s, pair.id, same=True, at=AT, by=None)
    with database.reading() as s:
        found = references.find(s, "7540/BCT-CNĐP")
        assert ([row.letter_id for row in found.documents], found.probable) == ([known], ())
        assert [(row.letter_id, row.probable) for row in found.citing] == [(news, False)]
        assert references.of_letter(s, news)[0].cited_letter_id == known
        assert decisions.pairs(s) == ()
        assert audit.listing(s, action="document-pair-confirmed")[0].details["left"]


@pytest.mark.parametrize("same", [True, False])
def test_a_decision_survives_a_new_reading_and_the_letter_coming_back(
    database: Database, store: OriginalStore, same: bool
) -> None:
    file = receive(database, store, b"own")
    record(database, file, OWN)
    take(database, store, NEWS)
    with database.transaction() as s:
        [pair] = decisions.pairs(s)
        decisions.decide(s, pair.id, same=same, at=AT, by=None)
    kept = shape(database)
    record(database, file, OWN, version="v2")
    assert shape(database) == kept
    record(database, file, replace(OWN, header=replace(OWN.header, number=None)), version="v3")
    record(database, file, OWN, version="v4")
    assert shape(database) == kept
    roots = {kept[0][key] for key in kept[0] if key.startswith("7540")}
    assert len(roots) == (1 if same else 2)
    with database.transaction() as s:  # and may be said anew
        decisions.decide(s, pair.id, same=not same, at=AT, by=None)
    assert len({root for key, root in shape(database)[0].items() if key.startswith("7540")}) == (2 if same else 1)


def test_there_is_no_pair_that_is_not_there(database: Database) -> None:
    with pytest.raises(BadRequest) as caught, database.transaction() as s:
        decisions.decide(s, 99, same=True, at=AT, by=None)
    assert caught.value.code == "pair-unknown"


def test_letters_that_are_recorded_at_once_meet(database: Database, store: OriginalStore) -> None:
    ready = Barrier(4)

    def work(number: int) -> None:
        ready.wait()
        for each in range(3):
            take(database, store, cite("Nghị định số 45/2022/NĐ-CP ngày 21/5/2022", f"{number}{each}"))
            take(database, store, cite("Chỉ thị số 11/CT-TTg năm 2020", f"9{number}{each}"))

    threads = [Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert one(database, "45/2022/NĐ-CP").citing == one(database, "11/CT-TTg").citing == 12


TITLE = "các nhiệm vụ, giải pháp cấp bách tháo gỡ khó khăn cho sản xuất kinh doanh"


def test_a_letter_whose_number_was_not_read_meets_its_citations_by_the_title(
    database: Database, store: OriginalStore
) -> None:
    take(database, store, cite(f"Chỉ thị số 11/CT-TTg ngày 4/3/2020 về {TITLE}"))
    take(database, store, cite("Chỉ thị số 12/CT-TTg ngày 5/3/2020 về giải pháp cấp bách tháo gỡ khó khăn cho nông dân", "10"))
    known = take(
        database, store,
        letter("X", number=None, symbol="CT-TTg", issued_on=None, kind="chỉ thị", subject=TITLE.replace("cấp", "câp")),
    )  # fmt: skip
    with database.reading() as s:
        [pair] = decisions.pairs(s)
        found = references.find(s, "11/CT-TTg năm 2020")
    assert pair.reason == "title"
    assert [row.letter_id for row in found.probable] == [known]
    with database.transaction() as s:
        decisions.decide(s, pair.id, same=True, at=AT, by=None)
    assert one(database, "11/CT-TTg").letter_id == known
    file = receive(database, store, b"once more")
    record(database, file, cite("Chỉ thị số 11/CT-TTg ngày 4/3/2020", "77"))
    assert (one(database, "11/CT-TTg").letter_id, one(database, "11/CT-TTg").citing) == (known, 2)


NOT_TWINS = [
    ("Quyết định số 15/QĐ-BNV ngày 5/3/2020", "Quyết định số 15/QĐ-BNG ngày 5/3/2020"),
    ("Quyết định số 15/QĐ-UBND ngày 5/3/2020", "Công điện số 15/CĐ-UBND ngày 5/3/2020"),
    ("Công văn số 7540/BCT-CNĐP ngày 15/8/2016", "Công văn số 7540/BCT-CNĐT ngày 16/9/2017"),
    ("Công văn số 7540/BCT-CNĐP ngày 15/8/2016", "Công văn số 7541/BCT-CNĐT ngày 15/8/2016"),
    ("Công văn số 7540/BCT-CNĐP ngày 15/8/2016", "Công văn số 7540/BCT-XNK ngày 15/8/2016"),
    ("Công văn số 35/CP-VX ngày 15/8/2016", "Công văn số 35/CT-VX ngày 5/1/2014"),
]


@pytest.mark.parametrize(("left", "right"), NOT_TWINS)
def test_two_documents_are_not_proposed_as_one(
    new_database: Callable[[], Database], store: OriginalStore, left: str, right: str
) -> None:
    database = new_database()
    take(database, store, cite(left, "8"))
    take(database, store, cite(right, "9"))
    assert shape(database)[1] == set()


TYPED = [
    ("nghị định 45", True), ("45/2022", True), ("NĐ 45 khuyến công", True), ("nd 45 khuyen cong", True),
    ("45/20", True), ("45/2022/nđ", True), ("nghị định số 45/2022/NĐ-CP", True), ("4", True), ("khuyến công", True),
    ("nghị định khuyến công", True), ("Chính phủ khuyến công", True), ("nghị định 45/2023", False),
    ("thông tư 45", False), ("NĐ 45 chợ", False), ("45/2022/QĐ", False), ("5", False), ("%", False), ("", False), ("_", False),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "hit"), TYPED)
def test_the_box_finds_a_document_while_somebody_types(
    database: Database, store: OriginalStore, typed: str, hit: bool
) -> None:
    take(database, store, letter(f"{DECREE};"))
    with database.reading() as s:
        codes = [row.code for row in documents.suggest(s, typed)]
    assert ("45/2022/NĐ-CP" in codes) is hit


def test_documents_most_relied_on_come_first(database: Database, store: OriginalStore) -> None:
    for number in range(3):
        take(database, store, cite("Nghị định số 45/2022/NĐ-CP ngày 21/5/2022", str(20 + number)))
    take(database, store, letter("Thực hiện Quyết định số 77/QĐ-BCT ngày 1/2/2023; trả lời Công văn số 5/BCT-KH ngày 1/2/2023.", number="30"))
    with database.reading() as s:
        every = [(row.code, row.citing) for row in documents.most_cited(s)]
        relied = [row.code for row in documents.most_cited(s, relations=("căn cứ", "thực hiện", "theo"))]
    assert every[0] == ("45/2022/NĐ-CP", 3)
    assert len(every) == 3
    assert relied == ["45/2022/NĐ-CP", "77/QĐ-BCT"]


def test_every_permutation_of_identities_gives_the_same_clusters() -> None:
    from register.graph import clusters
    from register.graph.identity import of_citation

    def cited(day: date | None, year: int | None, symbol: str | None = "CT-TTg"):  # type: ignore[no-untyped-def]
        found = of_citation(
            type="chỉ thị", number="11", year=year, symbol=symbol, dated_on=day, issuer=None, title=None,
            code_printed="11/CT-TTg" if symbol else "11", scope=None,
        )  # fmt: skip
        assert found
        return found

    every = [
        cited(date(2020, 3, 4), 2020), cited(date(2020, 3, 14), 2020), cited(None, 2020), cited(None, None),
        cited(date(2021, 1, 1), 2021), cited(None, 2021, None),
    ]  # fmt: skip
    shapes = set()
    for order in itertools.permutations(range(len(every))):
        nodes = {position + 1: every[index] for position, index in enumerate(order)}
        roots = clusters.roots(nodes)
        shapes.add(frozenset((nodes[a].key, nodes[b].key) for a, b in roots.items()))
    assert len(shapes) == 1


def test_a_law_cited_by_number_or_by_name_is_found_by_either(database: Database, store: OriginalStore) -> None:
    take(database, store, cite("Luật Đất đai năm 2013", "1"))
    take(database, store, cite("Luật số 45/2013/QH13", "2"))
    with database.reading() as s:
        for text in ("45/2013/QH13", "luật đất đai 2013", "Luật Đất đai"):
            found = references.find(s, text)
            assert (len(found.documents), len(found.citing)) == (1, 2), text
