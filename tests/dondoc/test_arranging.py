"""Pages of received files put right before review: turned, parted, merged, taken back; the original stays as it came."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from corpus.render import render_pdf
from corpus.specimen import letters as specimens
from dondoc.worker import Office, process_one
from ingest.arrange import Part
from ingest.errors import BadRequest, Confined
from ingest.pool import ReaderPool
from nlp.dispatch import VERSION
from register import arranging, audit, backup, corrections, intake, letters
from register.arranging import Placed, Plan
from register.clock import now
from register.originals import OriginalStore
from register.views import FileView
from search.embedded import EmbeddedEngine
from tests.registers import new_register


@pytest.fixture(scope="module")
def pool() -> Iterator[ReaderPool]:
    with ReaderPool(1) as pool:
        yield pool


@pytest.fixture
def office(tmp_path: Path, pool: ReaderPool) -> Iterator[Office]:
    with ExitStack() as stack:
        database = new_register(tmp_path / "dondoc.sqlite")
        stack.callback(database.close)
        engine = EmbeddedEngine(tmp_path / "index.sqlite")
        stack.callback(engine.close)
        yield Office(database=database, store=OriginalStore(tmp_path / "originals"), engine=engine, pool=pool)


def of_corpus(start: str) -> bytes:
    return render_pdf(next(each for each in specimens() if each.name.startswith(start)))


def joined(*contents: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as result:
        for content in contents:
            with pikepdf.open(io.BytesIO(content)) as part:
                result.pages.extend(part.pages)
        result.save(out)
    return out.getvalue()


def marked(word: str) -> bytes:
    """A page that is no letter by itself, with a word to know it by."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    canvas.drawString(72, 700, f"Trang {word} cua ban quet, co mot dong chu de nhan ra trang nay.")
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def take_in(office: Office, content: bytes, name: str) -> int:
    with office.database.transaction() as s:
        number = intake.receive(s, office.store, content, name=name, at=now(), version=VERSION).file_id
    work(office)
    return number


def work(office: Office) -> None:
    while process_one(office, "test"):
        pass


def arranged(office: Office, file_id: int, plan: Plan) -> FileView:
    with office.database.transaction() as s:
        arranging.arrange(s, file_id, plan, version=VERSION, at=now(), by=None)
    work(office)
    return seen(office, file_id)


def merged(office: Office, file_id: int, other: int) -> FileView:
    with office.database.transaction() as s:
        arranging.merge(s, file_id, other, version=VERSION, at=now(), by=None)
    work(office)
    return seen(office, file_id)


def taken_back(office: Office, file_id: int) -> FileView:
    with office.database.transaction() as s:
        arranging.undo(s, file_id, version=VERSION, at=now(), by=None)
    work(office)
    return seen(office, file_id)


def seen(office: Office, file_id: int) -> FileView:
    with office.database.reading() as s:
        return intake.get(s, file_id)


def standing(office: Office, file_id: int) -> Plan:
    with office.database.reading() as s:
        return arranging.standing(s, file_id)


def text_of(office: Office, letter_id: int) -> str:
    with office.database.reading() as s:
        return letters.get(s, letter_id).text


def test_a_turned_page_is_kept_as_data_shown_turned_and_the_original_stays(
    office: Office, tmp_path: Path
) -> None:
    content = of_corpus("binhlam_giai_ngan")
    file_id = take_in(office, content, "a.pdf")
    first, *rest = standing(office, file_id).pages
    file = arranged(office, file_id, Plan((Placed(first.file_id, first.page, 90), *rest)))
    assert file.state == "done"
    assert file.arranged
    assert office.store.read(file.sha256) == content
    with pikepdf.open(office.store.path(file.content)) as shown:
        assert shown.pages[0].get("/Rotate") == 90
    with office.database.reading() as s:
        assert [each.action for each in audit.listing(s, entity="file", entity_id=file_id)].count(
            "file-arranged"
        ) == 1
        kept = backup.backup(office.database, office.store, tmp_path / "b.zip", at=now())
    assert kept.originals == 2
    back = taken_back(office, file_id)
    assert (back.arranged, back.content) == (False, back.sha256)


def test_a_scan_is_parted_at_a_page_and_the_number_of_the_first_letter_stays(office: Office) -> None:
    both = joined(marked("mot"), marked("hai"), marked("ba"))
    file_id = take_in(office, both, "hai.pdf")
    before = seen(office, file_id).letter_ids
    assert len(before) == 1
    file = arranged(office, file_id, Plan(standing(office, file_id).pages, starts=(3,)))
    assert len(file.letter_ids) == 2
    assert file.letter_ids[0] == before[0]
    first, second = (text_of(office, each) for each in file.letter_ids)
    assert "hai" in first
    assert "ba cua" not in first
    assert "ba cua" in second
    with office.database.reading() as s:
        assert letters.get(s, file.letter_ids[1]).pages == (3,)
    assert taken_back(office, file_id).letter_ids == before


def test_pages_change_their_order(office: Office) -> None:
    file_id = take_in(office, joined(marked("hai"), marked("mot")), "dao.pdf")
    file = arranged(office, file_id, Plan(tuple(reversed(standing(office, file_id).pages))))
    text = text_of(office, file.letter_ids[0])
    assert text.index("Trang mot") < text.index("Trang hai")


def test_two_files_become_one_letter_and_two_again(office: Office) -> None:
    first = take_in(office, of_corpus("binhlam_giai_ngan"), "dau.pdf")
    second = take_in(office, marked("cuoi"), "cuoi.pdf")
    pages = seen(office, first).page_count or 0
    file = merged(office, first, second)
    assert file.page_count == pages + 1
    assert "Trang cuoi" in " ".join(text_of(office, each) for each in file.letter_ids)
    other = seen(office, second)
    assert (other.state, other.merged_into, other.letter_ids) == ("merged", first, ())
    with pytest.raises(BadRequest) as caught, office.database.transaction() as s:
        intake.requeue(s, second, version=VERSION, at=now(), force=True)
    assert caught.value.code == "file-not-processable"
    assert taken_back(office, first).page_count == pages
    assert seen(office, second).state == "done"
    assert seen(office, second).letter_ids


def test_undo_takes_back_one_step_at_a_time(office: Office) -> None:
    file_id = take_in(office, joined(marked("mot"), marked("hai")), "a.pdf")
    once = Plan(standing(office, file_id).pages, starts=(2,))
    arranged(office, file_id, once)
    arranged(office, file_id, Plan(tuple(reversed(once.pages)), starts=(2,)))
    taken_back(office, file_id)
    assert standing(office, file_id) == once
    assert not taken_back(office, file_id).arranged
    with pytest.raises(BadRequest, match="như bản gốc"):
        taken_back(office, file_id)


def test_a_page_is_dropped_and_comes_back_and_the_original_stays(office: Office) -> None:
    content = joined(marked("mot"), marked("hai"), marked("ba"))
    file_id = take_in(office, content, "a.pdf")
    first, _, third = standing(office, file_id).pages
    file = arranged(office, file_id, Plan((first, third)))
    assert (file.page_count, office.store.read(file.sha256)) == (2, content)
    text = text_of(office, file.letter_ids[0])
    assert "Trang hai" not in text
    assert "Trang ba" in text
    with office.database.reading() as s:
        [entry] = audit.listing(s, action="file-arranged")
    assert entry.details["dropped"] == [[file_id, 2]]
    with pytest.raises(BadRequest, match="ít nhất một trang"):
        arranged(office, file_id, Plan(()))
    assert "Trang hai" in text_of(office, taken_back(office, file_id).letter_ids[0])


def test_a_file_whose_pages_were_all_dropped_is_released_by_its_own_step(office: Office) -> None:
    first, second, third = (take_in(office, marked(word), f"{word}.pdf") for word in ("mot", "hai", "ba"))
    merged(office, first, second)
    arranged(office, first, Plan(standing(office, first).pages[:1]))
    merged(office, first, third)
    taken_back(office, first)
    assert (seen(office, third).state, seen(office, second).state) == ("done", "merged")
    taken_back(office, first)
    taken_back(office, first)
    assert seen(office, second).state == "done"


def test_what_somebody_reviewed_or_cannot_be_turned_is_refused(office: Office) -> None:
    file_id = take_in(office, of_corpus("binhlam_giai_ngan"), "a.pdf")
    pages = standing(office, file_id).pages
    with pytest.raises(BadRequest, match="đúng một chỗ"):
        arranged(office, file_id, Plan((*pages, pages[0])))
    with pytest.raises(BadRequest, match="đúng một chỗ"):
        arranged(office, file_id, Plan(tuple(Placed(each.file_id, each.page, 45) for each in pages)))
    plain = take_in(office, "Một tệp chữ, không có trang nào để xoay.".encode(), "a.txt")
    with pytest.raises(BadRequest, match="không có ảnh trang"):
        standing(office, plain)
    with pytest.raises(BadRequest, match="không có ảnh trang"):
        merged(office, file_id, plain)
    with office.database.transaction() as s:
        corrections.review(s, seen(office, file_id).letter_ids[0], at=now(), by=None)
    with pytest.raises(BadRequest, match="đã được rà soát"):
        arranged(office, file_id, Plan(pages, starts=(2,)))


def test_corrections_survive_a_turned_page(office: Office) -> None:
    file_id = take_in(office, of_corpus("binhlam_giai_ngan"), "a.pdf")
    letter = seen(office, file_id).letter_ids[0]
    with office.database.transaction() as s:
        corrections.correct_letter(s, letter, "place", "Bình Lâm mới", at=now(), by=None)
    *rest, last = standing(office, file_id).pages
    arranged(office, file_id, Plan((*rest, Placed(last.file_id, last.page, 180))))
    with office.database.reading() as s:
        assert letters.get(s, letter).row.place == "Bình Lâm mới"


def test_a_mark_of_secrecy_seen_only_after_merging_takes_all_files_out(office: Office) -> None:
    first = take_in(office, marked("dau"), "dau.pdf")
    second = take_in(office, marked("cuoi"), "cuoi.pdf")
    file = merged(office, first, second)
    digests = (file.sha256, file.content, seen(office, second).sha256)
    with office.database.transaction() as s:
        intake.refuse(s, office.store, first, Confined("confined", "Có dấu MẬT.", "Secret."), at=now())
    assert {seen(office, each).state for each in (first, second)} == {"refused"}
    assert not any(office.store.has(each) for each in digests)


def test_an_image_becomes_a_page_of_the_letter(office: Office, tmp_path: Path) -> None:
    photo = tmp_path / "anh.png"
    Image.new("RGB", (600, 850), "white").save(photo, dpi=(150, 150))
    out = tmp_path / "ra.pdf"
    office.pool.arrange([Part(str(photo), 1, 90)], out, "anh.png")
    with pikepdf.open(out) as made:
        assert [round(float(side)) for side in made.pages[0].mediabox[2:]] == [288, 408]
        assert made.pages[0].get("/Rotate") == 90
    with pytest.raises(BadRequest, match="không có trang 2"):
        office.pool.arrange([Part(str(photo), 2)], out, "anh.png")
