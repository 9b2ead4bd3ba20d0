"""Printed names, the day and the letter they stand in, and who they are: tables with what must and what must not be found."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest

from nlp.agencies import AgencyId, Home, home_of, identify, identify_all, resolver
from nlp.jsonform import from_json, to_json
from nlp.types import AgencyRef, Dispatch, Evidence, Field, Header, Named, Task

NOWHERE = Evidence(0, 0, "test")


def letter(
    issuer: str | None, parent: str | None = None, place: str | None = None, *addressees: str
) -> tuple[Header, tuple[Named, ...]]:
    """The header and addressees of a letter."""

    def field(value: str | None) -> Field | None:
        return Field(value, NOWHERE) if value else None

    header = Header(issuer=field(issuer), parent_body=field(parent), place=field(place))
    return header, tuple(Named(text, NOWHERE) for text in addressees)


MINISTRY = letter("Bộ Công Thương", None, "Hà Nội", "Sở Công Thương các tỉnh, thành phố trực thuộc Trung ương")
TO_THANH_HOA = letter("Văn phòng Chính phủ", None, "Hà Nội", "Bộ Tài chính", "Ủy ban nhân dân tỉnh Thanh Hóa")
QUANG_NGAI = letter("Ủy ban nhân dân tỉnh Quảng Ngãi", None, "Quảng Ngãi")
DAK_NONG = letter("Sở Tài chính", "UBND tỉnh Đắk Nông", "Đắk Nông")
GIA_LAI = letter("Sở Y tế", None, "Pleiku")
KRONG_NO = letter("Ủy ban nhân dân huyện Krông Nô", None, "Krông Nô")
HANOI = letter("Ủy ban nhân dân thành phố Hà Nội", None, "Hà Nội")
HUE = letter("Văn phòng thường trực", "Ban Chỉ huy PCTT và TKCN tỉnh Thừa Thiên Huế", "Thừa Thiên Huế")
COMMUNE = letter("Ủy ban nhân dân xã Tân Lạc", None, "Tân Lạc")
HOSPITAL = letter("Bệnh viện Đa khoa tỉnh Phú Yên", "Sở Y tế tỉnh Phú Yên", "Phú Yên")
COMPANY = letter("Tổng công ty Điện lực miền Bắc", None, "Hà Nội")
INVENTED = letter("Ủy ban nhân dân tỉnh Trường Bình", None, "Trường Bình")
OLD, NEW = date(2019, 6, 1), date(2025, 9, 1)
SCRAPS = (
    "UBND các tỉnh , thành phố huyện xã : Quảng Nam Huế và Sở Bộ Y tế Tài chính cấp thuộc liên quan trực thuộc Trung ương Giám đốc Chủ tịch"
    " Phòng ( ) / Long An đặc khu Lý Sơn 13 khu vực XIV Công an & Đảng ủy"
)
Letter = tuple[Header, tuple[Named, ...]]


def who(name: str, day: date | None, source: Letter) -> AgencyRef:
    """A name identified in a letter of a day."""
    return identify(name, day, home_of(*source, day))


@pytest.mark.parametrize(
    ("source", "day", "level", "key", "basis"),
    [
        (QUANG_NGAI, OLD, "province", "51", "issuer"),
        (QUANG_NGAI, NEW, "province", "51-2025", "issuer"),
        (DAK_NONG, OLD, "province", "67", "parent_body"),
        (GIA_LAI, OLD, "province", "64", "place"),
        (KRONG_NO, OLD, "district", "67.664", "issuer"),
        (HUE, date(2022, 9, 6), "province", "46", "parent_body"),
        (COMMUNE, NEW, "commune", "25-2025.05128", "issuer"),
        (TO_THANH_HOA, OLD, "central", "38", "addressees"),
        (letter("Cục Thuế Long An"), OLD, "province", "80", "issuer"),
        (letter("Ủy ban nhân dân huyện Châu Thành", None, "Châu Thành", "Ủy ban nhân dân tỉnh Long An"), OLD, "district", "80.808", "issuer"),
        # Nothing tells the province: ministries speak of all, ten districts bear the name, the place is invented or misread.
        (MINISTRY, OLD, "central", None, None),
        (letter("Bộ Y tế", None, "Hà Nội", "UBND tỉnh Long An", "UBND tỉnh Bến Tre"), OLD, "central", None, None),
        (letter("Ủy ban nhân dân huyện Châu Thành"), OLD, "district", None, None),
        (INVENTED, OLD, "province", None, None),
        (COMPANY, OLD, None, None, None),
        (letter(None), None, None, None, None),
        (letter("Ban Văn hóa - Xã hội", "Hội đồng nhân dân tỉnh Trường Bình"), OLD, "province", None, None),
    ],
)  # fmt: skip
def test_where_a_letter_comes_from(source: Letter, day: date | None, level: str | None, key: str | None, basis: str | None) -> None:
    home = home_of(*source, day)
    assert (home.level, home.place.key if home.place else None, home.basis) == (level, key, basis)
    assert (home.evidence is None) == (basis is None)


@pytest.mark.parametrize(
    ("name", "day", "source", "found", "holders"),
    [
        # Names and abbreviations; the place of the name wins over that of the letter.
        ("Sở Tài chính", OLD, QUANG_NGAI, "so-tai-chinh@51", {"so-tai-chinh@51-2025"}),
        ("Sở Công Thương tỉnh Long An", OLD, QUANG_NGAI, "so-cong-thuong@80", {"so-cong-thuong@80-2025"}),
        ("Sở KH&ĐT", OLD, QUANG_NGAI, "so-ke-hoach-va-dau-tu@51", {"so-tai-chinh@51-2025"}),
        ("Sở VH, TT và DL", OLD, QUANG_NGAI, "so-van-hoa-the-thao-va-du-lich@51", {"so-van-hoa-the-thao-va-du-lich@51-2025"}),
        ("Sở Lao động - TB&XH", OLD, QUANG_NGAI, "so-lao-dong-thuong-binh-va-xa-hoi@51", None),
        ("CA tỉnh", OLD, QUANG_NGAI, "cong-an-tinh@51", {"cong-an-tinh@51-2025"}),
        ("KBNN tỉnh", OLD, QUANG_NGAI, "kho-bac-tinh@51", {"kho-bac-khu-vuc@51-2025"}),
        ("BHXH tỉnh", OLD, QUANG_NGAI, "bhxh-tinh@51", {"bhxh-tinh@51-2025"}),
        ("VKSND tỉnh", OLD, QUANG_NGAI, "vien-kiem-sat-tinh@51", {"vien-kiem-sat-tinh@51-2025"}),
        ("UBMTTQVN tỉnh", OLD, QUANG_NGAI, "mat-tran-tinh@51", {"mat-tran-tinh@51-2025"}),
        ("TT TU", OLD, QUANG_NGAI, "tinh-uy@51", {"tinh-uy@51-2025"}),
        ("Chi cục QLTT", OLD, QUANG_NGAI, "chi-cuc-quan-ly-thi-truong-2018@51", {"chi-cuc-quan-ly-thi-truong@51-2025"}),
        ("VPCP", OLD, QUANG_NGAI, "van-phong-chinh-phu", {"van-phong-chinh-phu"}),
        ("Ủy ban MTTQ Việt Nam tỉnh", OLD, QUANG_NGAI, "mat-tran-tinh@51", None),
        ("Sở CT", OLD, QUANG_NGAI, "so-cong-thuong@51", None),
        ("Bộ TC", OLD, QUANG_NGAI, "bo-tai-chinh", None),
        ("EVN", OLD, QUANG_NGAI, "tap-doan-dien-luc-viet-nam", None),
        ("Công ty Điện lực Long An", OLD, QUANG_NGAI, "dien-luc-tinh@80", None),
        ("UBND TPHCM", OLD, QUANG_NGAI, "ubnd-tinh@79", None),
        ("Sở Kế hoạch và Đầu tư (chủ trì)", OLD, QUANG_NGAI, "so-ke-hoach-va-dau-tu@51", None),
        ("TT. Tỉnh ủy (để b/c)", OLD, QUANG_NGAI, "tinh-uy@51", None),
        ("CT, các PCT UBND tỉnh", OLD, QUANG_NGAI, "ubnd-tinh@51", None),
        ("Ban TT UBMTTQVN tỉnh", OLD, QUANG_NGAI, "mat-tran-tinh@51", None),
        # Heads stand for their bodies.
        ("Giám đốc Sở Công Thương", OLD, QUANG_NGAI, "so-cong-thuong@51", None),
        ("Chánh Văn phòng UBND tỉnh", OLD, QUANG_NGAI, "van-phong-ubnd-tinh@51", None),
        ("CVP", OLD, QUANG_NGAI, "van-phong-ubnd-tinh@51", None),
        ("Đồng chí Bí thư Tỉnh ủy", OLD, QUANG_NGAI, "tinh-uy@51", None),
        ("Tổng Giám đốc Bảo hiểm xã hội Việt Nam", OLD, MINISTRY, "bao-hiem-xa-hoi-viet-nam", {"bhxh-viet-nam-bo-tai-chinh"}),
        ("Thống đốc Ngân hàng Nhà nước Việt Nam", OLD, MINISTRY, "ngan-hang-nha-nuoc", None),
        ("Bộ trưởng", OLD, MINISTRY, "bo-cong-thuong", None),
        ("Trưởng phòng Nội vụ", OLD, KRONG_NO, "phong-noi-vu@67.664", None),
        # As of the letter's day: renamings, mergers, splits.
        ("Bộ Nông nghiệp & PTNT", OLD, MINISTRY, "bo-nong-nghiep-va-phat-trien-nong-thon", {"bo-nong-nghiep-va-moi-truong"}),
        ("Bộ Công nghiệp", date(2005, 1, 1), MINISTRY, "bo-cong-nghiep", {"bo-cong-thuong"}),
        ("Cục Công nghiệp địa phương", date(2009, 2, 26), MINISTRY, "cuc-cong-nghiep-dia-phuong", {"cuc-doi-moi-sang-tao"}),
        ("Cục CTĐP", OLD, MINISTRY, "cuc-cong-thuong-dia-phuong", {"cuc-doi-moi-sang-tao"}),
        ("Cục Thuế", NEW, MINISTRY, "cuc-thue", {"cuc-thue"}),
        ("Tổng cục Thuế", OLD, MINISTRY, "tong-cuc-thue", {"cuc-thue"}),
        ("Cục Thuế Long An", OLD, MINISTRY, "cuc-thue-tinh@80", {"thue-tinh@80-2025"}),
        ("Sở Thương mại và Du lịch", date(2006, 1, 1), QUANG_NGAI, "so-thuong-mai-va-du-lich@51",
         {"so-cong-thuong@51-2025", "so-van-hoa-the-thao-va-du-lich@51-2025"}),
        ("Ban Tuyên giáo Trung ương", OLD, MINISTRY, "ban-tuyen-giao-trung-uong", {"ban-tuyen-giao-va-dan-van-trung-uong"}),
        ("Tòa án nhân dân huyện", OLD, KRONG_NO, "toa-an-huyen@67.664", {"toa-an-nhan-dan-khu-vuc@68-2025"}),
        # Districts and communes: who took the area, a person chooses.
        ("UBND huyện", OLD, KRONG_NO, "ubnd-huyen@67.664", {
            "ubnd-xa@68-2025.24688", "ubnd-xa@68-2025.24697", "ubnd-xa@68-2025.24678", "ubnd-xa@68-2025.24703",
            "ubnd-xa@68-2025.24712", "ubnd-tinh@68-2025"}),
        ("UBND xã Nam Đà", OLD, KRONG_NO, "ubnd-xa@67.664.24697", {"ubnd-xa@68-2025.24697"}),
        ("UBND xã Nam Đà, huyện Krông Nô, tỉnh Đắk Nông", OLD, MINISTRY, "ubnd-xa@67.664.24697", None),
        ("UBND huyện Lý Sơn", OLD, QUANG_NGAI, "ubnd-huyen@51.536", {"ubnd-xa@51-2025.21548", "ubnd-tinh@51-2025"}),
        ("UBND huyện Kỳ Anh", OLD, MINISTRY, "ubnd-huyen@42.447", None),
        ("UBND thành phố Huế", date(2022, 9, 6), HUE, "ubnd-huyen@46.474-2024", None),
        ("UBND thành phố Huế", NEW, MINISTRY, "ubnd-tinh@46", {"ubnd-tinh@46"}),
        ("UBND thành phố", OLD, HANOI, "ubnd-tinh@01", {"ubnd-tinh@01"}),
        ("Phòng Kinh tế", NEW, COMMUNE, "phong-kinh-te-xa@25-2025.05128", None),
        ("Đảng ủy", NEW, COMMUNE, "dang-uy-xa@25-2025.05128", None),
        # The territory follows from the letter, or stays unknown.
        ("UBND tỉnh", OLD, TO_THANH_HOA, "ubnd-tinh@38", {"ubnd-tinh@38"}),
        ("Sở Công Thương", OLD, MINISTRY, "so-cong-thuong", {"so-cong-thuong"}),
        ("UBND tỉnh Trường Bình", OLD, QUANG_NGAI, "ubnd-tinh", None),
        ("UBND huyện Châu Thành", OLD, MINISTRY, "ubnd-huyen", None),
    ],
)  # fmt: skip
def test_one_body(name: str, day: date, source: Letter, found: str, holders: set[str] | None) -> None:
    ref = who(name, day, source)
    assert (ref.kind, ref.id, ref.ids) == ("one", found, (found,))
    if holders is not None:
        assert set(ref.holders) == holders
        assert ref.choose == (len(holders) > 1)


@pytest.mark.parametrize(
    ("name", "day", "source", "expression", "count", "member"),
    [
        ("Sở Công Thương các tỉnh, thành phố trực thuộc Trung ương", date(2009, 2, 26), MINISTRY, "so-cong-thuong@*", 63, "so-cong-thuong@01"),
        ("Sở Công Thương các tỉnh, thành phố trực thuộc TW", NEW, MINISTRY, "so-cong-thuong@*", 34, "so-cong-thuong@51-2025"),
        ("Đồng chí Chủ tịch UBND các tỉnh, thành phố trực thuộc Trung ương", date(2005, 1, 1), MINISTRY, "ubnd-tinh@*", 64, "ubnd-tinh@28"),
        ("Các Sở Y tế", OLD, MINISTRY, "so-y-te@*", 63, "so-y-te@51"),
        ("Cục Hải quan tỉnh, thành phố", OLD, MINISTRY, "cuc-hai-quan-tinh@*", 63, "cuc-hai-quan-tinh@51"),
        ("Chủ tịch UBND các tỉnh, thành phố: Quảng Nam, Bình Định", OLD, MINISTRY, "ubnd-tinh@49+ubnd-tinh@52", 2, "ubnd-tinh@52"),
        ("UBND các huyện, thị xã, thành phố", date(2024, 9, 11), QUANG_NGAI, "ubnd-huyen@51.*", 13, "ubnd-huyen@51.536"),
        ("UBND các huyện, thị xã và thành phố Huế", date(2022, 9, 6), HUE, "ubnd-huyen@46.*", 9, "ubnd-huyen@46.474-2024"),
        ("Công an cấp huyện", OLD, QUANG_NGAI, "cong-an-huyen@51.huyen*", 11, None),
        ("TT TU, HĐND tỉnh (b/c)", OLD, QUANG_NGAI, "tinh-uy@51+hdnd-tinh@51", 2, None),
        ("Thủ tướng, các PTTg Chính phủ", OLD, MINISTRY, "thu-tuong", 1, None),
        ("các huyện, thị xã, thành phố", OLD, QUANG_NGAI, "ubnd-huyen@51.*", 13, None),
        ("UBND 13 huyện, thị xã, thành phố", OLD, QUANG_NGAI, "ubnd-huyen@51.*", 13, None),
        ("Các huyện ủy, thị ủy, thành ủy", OLD, QUANG_NGAI, "huyen-uy@51.*", 13, None),
        ("HĐND và UBND các huyện, thị xã, thành phố", OLD, QUANG_NGAI, "hdnd-huyen@51.*+ubnd-huyen@51.*", 26, None),
        ("UBND các xã, thị trấn", OLD, KRONG_NO, "ubnd-xa@67.664.*", 12, "ubnd-xa@67.664.24697"),
        ("UBND xã/thị trấn", OLD, KRONG_NO, "ubnd-xa@67.664.*", 12, None),
        ("UBND các xã, phường, đặc khu", NEW, QUANG_NGAI, "ubnd-xa@51-2025.*", 96, "ubnd-xa@51-2025.21548"),
        ("UBND các huyện, thị xã thuộc tỉnh Long An", OLD, MINISTRY, "ubnd-huyen@80.*", 15, "ubnd-huyen@80.808"),
        ("Các Bộ, cơ quan ngang Bộ, cơ quan thuộc Chính phủ", OLD, MINISTRY, "#bo+#ngang-bo+#thuoc-chinh-phu", 30, "bo-tai-chinh"),
        ("Đảng ủy, UBND các xã, thị trấn", OLD, KRONG_NO, "dang-uy-xa@67.664.*+ubnd-xa@67.664.*", 24, None),
        ("Công an xã, Ban Chỉ huy Quân sự xã", NEW, COMMUNE, "cong-an-xa@25-2025.05128+ban-chi-huy-quan-su-xa@25-2025.05128", 2, None),
        ("Bộ trưởng các Bộ: Quốc phòng, Công an, Y tế", OLD, MINISTRY, "bo-quoc-phong+bo-cong-an+bo-y-te", 3, None),
        ("Các phòng chuyên môn thuộc UBND xã", NEW, COMMUNE, "#phong@25-2025.05128", 2, None),
    ],
)  # fmt: skip
def test_groups_expand_as_of_a_day(name: str, day: date, source: Letter, expression: str, count: int, member: str | None) -> None:
    ref = who(name, day, source)
    assert (ref.kind, ref.id, len(ref.ids)) == ("group", expression, count)
    assert member is None or member in ref.ids
    assert ref.holders


@pytest.mark.parametrize(
    ("name", "day", "source", "ids"),
    [
        ("các sở, ban, ngành", OLD, QUANG_NGAI, 17),
        ("Thủ trưởng các sở, ban, ngành, đoàn thể tỉnh", OLD, QUANG_NGAI, 23),
        ("Giám đốc các Sở, Ban, Ngành", OLD, MINISTRY, 0),
        ("các Bộ, ngành, địa phương", OLD, MINISTRY, 18),
        ("các Bộ khác", OLD, MINISTRY, 0),
        ("các cơ quan liên quan", OLD, MINISTRY, 0),
        ("các đơn vị, địa phương có liên quan", OLD, QUANG_NGAI, 0),
        ("chính quyền các cấp", OLD, MINISTRY, 0),
        ("UBND các huyện, thị xã, thành phố", OLD, MINISTRY, 0),
        ("UBND các huyện, thị xã, thành phố", NEW, QUANG_NGAI, 0),
        ("UBND các tỉnh biên giới", OLD, MINISTRY, 0),
        ("UBND các xã giáp biên", OLD, KRONG_NO, 0),
        ("Chủ tịch UBND các tỉnh, thành phố nêu trên", OLD, MINISTRY, 0),
        ("Các doanh nghiệp thuộc Bộ", OLD, MINISTRY, 0),
        ("Sở Tài chính các tỉnh, thành phố", date(1991, 11, 22), MINISTRY, 0),
    ],
)
def test_open_lists_say_that_they_are_open(name: str, day: date, source: Letter, ids: int) -> None:
    ref = who(name, day, source)
    assert (ref.kind, len(ref.ids)) == ("open", ids)
    assert ref.note


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("Sở Phép thuật", QUANG_NGAI),
        ("Sở hữu trí tuệ", QUANG_NGAI),
        ("Công ty Cổ phần Điện lực Long An", QUANG_NGAI),
        ("Phòng Tài chính - Kế hoạch", HOSPITAL),
        ("Phòng Kế hoạch tổng hợp", HOSPITAL),
        ("Khoa Y", HOSPITAL),
        ("Chủ đầu tư", MINISTRY),
        ("Trưởng thôn", COMMUNE),
        ("Thanh tra Sở", QUANG_NGAI),
        ("Công an", MINISTRY),
        ("Bộ trưởng", letter(None)),
        ("Ủy ban nhân dân", MINISTRY),
        ("nghệ nhân Nguyễn Thị Tỉnh", QUANG_NGAI),
        ("", QUANG_NGAI),
    ],
)
def test_the_unknown_stays_unknown(name: str, source: Letter) -> None:
    ref = who(name, OLD, source)
    assert (ref.kind, ref.id, ref.ids, ref.holders) == ("unknown", None, (), ())
    assert ref.note


def test_a_letter_without_a_date_is_not_guessed_at() -> None:
    assert who("Sở Tài chính", None, letter("Ủy ban nhân dân tỉnh Long An")).id == "so-tai-chinh@80"
    assert who("Sở Tài chính", None, QUANG_NGAI).id == "so-tai-chinh"


def test_a_name_put_right_by_a_person_is_resolved_in_its_letter() -> None:
    find = resolver(*DAK_NONG, OLD)
    assert find("Sở Kế hoạch và Đầu tư") == "so-ke-hoach-va-dau-tu@67"
    assert find("Hội Thơ") is None


@pytest.mark.parametrize("junk", ["các", "UBND", "cấp", "UBND cấp", "UBND các", "- ; :", "của của của", "tỉnh " * 400, "các sở, " * 300, "Ủy ban " * 500])
def test_junk_is_read_quickly_and_harmlessly(junk: str) -> None:
    assert who(junk, OLD, QUANG_NGAI).name == junk


def test_home_is_a_pure_value() -> None:
    first: Any = home_of(*QUANG_NGAI, OLD)
    assert first == home_of(*QUANG_NGAI, OLD) != Home()


def test_identities_survive_the_json_form() -> None:
    body = "Sở Tài chính"
    task = Task("1", "Rà soát.", (Named(body, NOWHERE),), (Named("các cơ quan liên quan", NOWHERE),), (), None, NOWHERE)
    header, addressees = QUANG_NGAI
    dispatch = Dispatch(header, addressees, tasks=(task,), agencies=identify_all(header, addressees, (task,), OLD))
    form = to_json(dispatch)
    assert [each["name"] for each in form["agencies"]] == [body, "các cơ quan liên quan"]
    assert form["tasks"][0]["agency_ids"] == {"responsible": ["so-tai-chinh@51"], "coordinating": [None]}
    assert from_json(form) == dispatch


@pytest.mark.parametrize("text", ["bo-tai-chinh", "so-tai-chinh@51-2025", "ubnd-xa@67.664.24697"])
def test_an_id_prints_and_parses_itself(text: str) -> None:
    assert str(AgencyId.parse(text)) == text


def test_any_words_are_read_quickly_and_harmlessly() -> None:
    chance = random.Random(4)
    words = SCRAPS.split()
    home = home_of(*QUANG_NGAI, OLD)
    for _ in range(1_500):
        name = " ".join(chance.choices(words, k=chance.randint(1, 25)))
        ref = identify(name, OLD, home)
        assert (ref.kind in {"one", "group"}) <= bool(ref.ids and ref.id), name
        assert (ref.kind == "unknown") <= (not ref.ids), name
