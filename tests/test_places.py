"""The gazetteer: real units, before and since the reform of 1 July 2025."""

import random
from datetime import date
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from extractors.places import BEFORE, SINCE, Place, PlaceRequest, label, load, resolve, version_at
from extractors.places.names import exact_key, folded_key
from extractors.text import fold
from tools import build_places

GAZETTEER = load()
IN_2024, IN_AUTUMN_2025 = date(2024, 7, 11), date(2025, 9, 1)


def get(code: str, version: str = BEFORE) -> Place:
    place = GAZETTEER.get(code, version=version)
    assert place is not None
    return place


def all_places() -> list[Place]:
    lines = (Path(build_places.OUTPUT)).read_text(encoding="utf-8").splitlines()
    return [get(code, version) for _, version, code, *_ in (line.split("\t") for line in lines)]


def request(name, *types, parent=None, former=False):
    return PlaceRequest(name, frozenset(types), parent, former)


def codes(requests, *, day=IN_2024, province=None, diacritics=None):
    found = resolve(requests, date=day, province=province, diacritics=diacritics)
    return [r.place and f"{r.place.version}/{r.place.code}" for r in found]


# --- the table -------------------------------------------------------------------------------------


def test_numbers_of_units():
    counts = {}
    for place in all_places():
        counts[place.version, place.level] = counts.get((place.version, place.level), 0) + 1
    assert counts == {
        (BEFORE, "province"): 63,
        (BEFORE, "district"): 696,
        (BEFORE, "commune"): 10_035,
        (SINCE, "province"): 34,
        (SINCE, "commune"): 3_321,
    }


def test_every_unit_has_a_known_parent_and_known_successors():
    for place in all_places():
        assert (place.parent is None) == (place.level == "province")
        assert place.parent is None or GAZETTEER.parent(place) is not None
        assert len(GAZETTEER.successors(place)) == len(place.successors)
        assert bool(place.successors) == (place.version == BEFORE)


def test_every_new_unit_was_made_from_old_ones_of_its_province():
    for place in all_places():
        if place.version == SINCE:
            old = GAZETTEER.predecessors(place)
            assert old
            new_province = GAZETTEER.province(place)
            assert {GAZETTEER.successors(GAZETTEER.province(p)) for p in old} == {(new_province,)}


def test_a_commune_that_became_part_of_another():
    lang_quan = get("02479")
    assert label(lang_quan) == "xã Lang Quán"
    assert [label(a) for a in GAZETTEER.ancestors(lang_quan)] == ["huyện Yên Sơn", "tỉnh Tuyên Quang"]
    assert [(p.code, label(p)) for p in GAZETTEER.successors(lang_quan)] == [("02473", "xã Yên Sơn")]


def test_codes_were_used_again():
    assert label(get("02473")) == "thị trấn Yên Sơn"
    assert label(get("02473", SINCE)) == "xã Yên Sơn"
    assert label(get("15")) == "tỉnh Yên Bái"
    assert label(get("15", SINCE)) == "tỉnh Lào Cai"


def test_a_ward_that_was_split():
    assert [label(p) for p in GAZETTEER.successors(get("00073"))] == [
        "phường Ba Đình",
        "phường Hoàn Kiếm",
        "phường Cửa Nam",
        "phường Văn Miếu - Quốc Tử Giám",
    ]


def test_a_district_became_the_units_of_its_communes():
    yen_son = get("075")
    of_communes = {code for p in all_places() if p.parent == "075" and p.version == BEFORE for code in p.successors}
    assert set(yen_son.successors) == of_communes
    assert [p.type for p in GAZETTEER.successors(get("755"))] == ["special_zone"]  # Côn Đảo has no communes


def test_namesakes_in_one_new_province_are_not_joined():
    """Phường 4 of Tây Ninh is not Phường 4 of Tân An, though both are in the new Tây Ninh."""
    tay_ninh, long_an = (GAZETTEER.find("4", version=BEFORE, types=["ward"], within=code)[0] for code in ("72", "80"))
    assert [label(p) for p in GAZETTEER.successors(tay_ninh)] == ["phường Tân Ninh"]
    assert [label(p) for p in GAZETTEER.successors(long_an)] == ["phường Long An"]


def test_what_the_reform_left_alone():
    still = {p.name for p in all_places() if p.version == BEFORE and p.level == "province" and GAZETTEER.stands(p)}
    assert still == {
        *("Hà Nội", "Huế", "Lai Châu", "Điện Biên", "Sơn La", "Lạng Sơn"),
        *("Quảng Ninh", "Thanh Hóa", "Nghệ An", "Hà Tĩnh", "Cao Bằng"),
    }
    assert not GAZETTEER.stands(get("02479"))
    assert not GAZETTEER.stands(get("08"))  # Tuyên Quang took in Hà Giang


def test_labels():
    assert label(get("01")) == "thành phố Hà Nội"
    assert label(get("760")) == "Quận 1"
    assert label(get("46")) == "thành phố Huế"
    assert label(get("46"), date=IN_2024) == "tỉnh Thừa Thiên Huế"


def test_version_by_day():
    assert version_at(date(2025, 6, 30)) == BEFORE
    assert version_at(date(2025, 7, 1)) == SINCE


# --- provinces -------------------------------------------------------------------------------------


def test_iso_codes():
    old = {GAZETTEER.iso(p) for p in all_places() if p.level == "province" and p.version == BEFORE}
    new = {GAZETTEER.iso(p) for p in all_places() if p.level == "province" and p.version == SINCE}
    assert (len(old), len(new)) == (63, 34)
    assert None not in old | new
    assert new < old
    assert GAZETTEER.iso(get("02479")) is None


@pytest.mark.parametrize(
    ("iso", "name"),
    [
        ("VN-07", "Tuyên Quang"),
        ("VN-02", "Lào Cai"),
        ("VN-HN", "Hà Nội"),
        ("VN-SG", "Hồ Chí Minh"),
        ("VN-33", "Đắk Lắk"),
    ],
)
def test_province_of_iso(iso, name):
    for version in (BEFORE, SINCE):
        province = GAZETTEER.province_of_iso(iso, version=version)
        assert (province.name, GAZETTEER.iso(province)) == (name, iso)
        assert GAZETTEER.province_by_name(name, version=version) == province


def test_the_iso_code_of_a_province_that_ended_leads_to_the_one_that_took_it_over():
    assert GAZETTEER.province_of_iso("VN-03", version=BEFORE).name == "Hà Giang"
    assert GAZETTEER.province_of_iso("VN-03", version=SINCE).name == "Tuyên Quang"
    assert GAZETTEER.province_of_iso("VN-99", version=SINCE) is None


def test_provinces_csv_names_the_provinces_of_the_table():
    rows = (Path(build_places.OUTPUT).parent / "provinces.csv").read_text(encoding="utf-8").splitlines()[2:]
    for iso, name, before, since in (row.split(",") for row in rows):
        assert get(before).name == name, iso
        assert not since or get(since, SINCE).name == name, iso


# --- names -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Hanoi", "01"), ("Ha Noi", "01"), ("Hà Nội", "01"), ("HÀ NỘI", "01"), ("Danang", "48"), ("Da Nang", "48"),
        ("Haiphong", "31"), ("Hai Phong", "31"), ("Hue", "46"), ("Thừa Thiên - Huế", "46"), ("Thua Thien Hue", "46"),
        ("Ho Chi Minh City", "79"), ("HCM City", "79"), ("Ho-Chi-Minh-Stadt", "79"), ("Hô-Chi-Minh-Ville", "79"),
        ("Khánh Hoà", "56"), ("Đăk Lăk", "66"), ("Đắc Lắc", "66"), ("Dak Lak", "66"), ("Daklak", "66"),
        ("Bà Rịa-Vũng Tàu", "77"), ("Ba Ria - Vung Tau", "77"), ("Kontum", "62"), ("Phan Rang-Thap Cham", "582"),
        ("Ea H’leo", "645"), ("Ea H'Leo", "645"), ("Krông Pắk", "654"), ("Krong Pac", "654"), ("Cu Mgar", "648"),
        ("Cư M’gar", "648"), ("Qui Nhơn", "540"), ("Thuỷ Nguyên", "311"),
    ],
)  # fmt: skip
def test_spellings(name, code):
    assert code in [p.code for p in GAZETTEER.find(name, version=BEFORE)]


@pytest.mark.parametrize("name", ["Lang Quản", "Lạng Quán", "Hà Nôi", "Nirgendwo", "", "-", "Huệ Tĩnh"])
def test_what_is_no_place(name):
    assert GAZETTEER.find(name, version=BEFORE) == ()


def test_diacritics_must_agree_where_there_are_any():
    assert [p.name for p in GAZETTEER.find("Sa Pả", version=BEFORE)] == ["Sa Pả"]
    assert "Sa Pả" not in [p.name for p in GAZETTEER.find("Sa Pa", version=BEFORE)]
    assert {p.name for p in GAZETTEER.find("Sa Pa", version=BEFORE, folded=True)} == {"Sa Pa", "Sa Pả"}


def test_find_by_type_level_and_place():
    assert [p.code for p in GAZETTEER.find("Hà Tĩnh", version=BEFORE, types=["city"])] == ["436"]
    assert [p.code for p in GAZETTEER.find("Hà Tĩnh", version=BEFORE, level="province")] == ["42"]
    assert [p.code for p in GAZETTEER.find("Yên Sơn", version=BEFORE, within="075")] == ["02473"]
    assert [p.code for p in GAZETTEER.find("1", version=BEFORE, types=["ward"], within="672")] == ["24784"]
    assert GAZETTEER.find("Đà Nẵng", version=BEFORE, types=["province"])[0].type == "city"
    assert GAZETTEER.find("Tuyên Quang", version=SINCE, types=["city"]) == ()


def test_the_longest_name_at_the_start():
    def longest(text, **options):
        return GAZETTEER.longest_name(text.split(), version=BEFORE, **options)

    assert longest("Kỳ Sơn Vi Thái Hòa") == 2
    assert longest("Ky Son Vi Thai Hoa") == 2
    assert longest("Phan Rang - Tháp Chàm Nguyễn Văn A") == 5
    assert longest("Lào Cai - Yên Bái") == 2
    assert longest("Vi Thái Hòa", level="district") == 0
    assert longest("Lang Quán", within="075") == 2
    assert longest("Lang Quán", within="076") == 0
    assert longest("") == 0


def test_keys_in_the_table_are_those_of_the_code():
    for line in Path(build_places.OUTPUT).read_text(encoding="utf-8").splitlines():
        key, _, _, _, name, _, _ = line.split("\t")
        assert key == folded_key(name)


@pytest.mark.parametrize(("one", "other"), [("Bắc Ninh", "Bác Ninh"), ("Thanh An", "Thạnh An"), ("Hùng", "Hưng")])
def test_different_names(one, other):
    assert exact_key(one) != exact_key(other)


# --- an article's places ---------------------------------------------------------------------------


def test_a_commune_with_its_district_in_brackets():
    pair = [request("Lang Quan", "commune", parent=1), request("Yen Son")]
    assert codes(pair) == ["2025-06/02479", "2025-06/075"]
    assert codes(pair, province="VN-07") == ["2025-06/02479", "2025-06/075"]
    assert codes(pair, province="VN-07", day=IN_AUTUMN_2025) == ["2025-06/02479", "2025-06/075"]


def test_successors_are_given_where_the_unit_ended():
    found = resolve([request("Lang Quán", "commune"), request("Hà Nội", "city")], date=IN_2024, province="VN-07")
    assert [[label(s) for s in r.successors] for r in found] == [["xã Yên Sơn"], []]


def test_namesakes_stay_open():
    found = resolve([request("Châu Thành", "district")], date=IN_2024, province=None)[0]
    assert found.place is None
    assert len(found.candidates) > 5
    assert codes([request("1", "ward")]) == [None]
    assert codes([request("Tân Thành", "commune")]) == [None]


def test_the_province_decides_between_namesakes():
    assert codes([request("Châu Thành", "district")], province="VN-50") == ["2025-06/831"]
    assert codes([request("Châu Thành", "district", parent=1), request("Bến Tre", "province")]) == [
        "2025-06/831",
        "2025-06/83",
    ]
    assert codes([request("Châu Thành", "district"), request("Bến Tre", "province")]) == ["2025-06/831", "2025-06/83"]


def test_a_district_named_in_the_article_decides_between_namesakes():
    named = [request("Vĩnh Lợi", "commune"), request("Sơn Dương", "district")]
    (vinh_loi,) = GAZETTEER.find("Vĩnh Lợi", version=BEFORE, within="076")
    assert codes(named)[0] == f"2025-06/{vinh_loi.code}"
    assert codes(named[:1]) == [None]


def test_numbered_wards_need_their_town():
    assert codes([request("1", "ward", parent=1), request("Đà Lạt", "city")]) == ["2025-06/24784", "2025-06/672"]
    assert codes([request("01", "ward", parent=1), request("Da Lat", "city", "town", "township")])[0] == "2025-06/24784"


def test_city_and_province_of_one_name():
    named = [request("Hà Tĩnh", "city"), request("Hà Tĩnh", "province"), request("Hà Tĩnh")]
    assert codes(named, province="VN-23") == ["2025-06/436", "2025-06/42", "2025-06/42"]
    assert codes([request("Ha Tinh", "city", "town", "township")], province="VN-23") == ["2025-06/436"]
    assert codes([request("Yên Bái", "city", "town", "township", "province")]) == ["2025-06/132"]
    assert codes([request("Hà Nội", "city", "town", "township", "province")]) == ["2025-06/01"]


def test_after_the_reform():
    units = [
        request("Bát Xát", "district", former=True),
        request("Bát Xát", "district"),
        request("Bát Xát", "commune"),
        request("Hà Giang", "province"),
        request("Lào Cai", "province", former=True),
        request("Lào Cai", "province"),
    ]
    assert codes(units, province="VN-02", day=IN_AUTUMN_2025) == [
        "2025-06/082",
        "2025-06/082",
        "2025-07/02683",
        "2025-06/02",
        "2025-06/10",
        "2025-07/15",
    ]


def test_a_paper_of_a_province_that_ended():
    assert codes([request("Mèo Vạc", "commune")], province="VN-03", day=IN_AUTUMN_2025) == [
        "2025-07/" + GAZETTEER.find("Mèo Vạc", version=SINCE)[0].code
    ]


def test_a_bare_name_that_two_places_could_have_stays_open():
    assert codes([request("Quang Binh")], province="VN-03") == [None]  # the district, or the province Quảng Bình
    assert codes([request("Quang Bình")], province="VN-03") == ["2025-06/035"]
    assert codes([request("Quang Binh", "province")], province="VN-03") == ["2025-06/44"]


@pytest.mark.parametrize("district", ["Sơn Dương", "Nirgendwo"])
def test_a_parent_that_does_not_hold_the_place_or_that_nobody_knows_gives_none(district):
    pair = [request("Lang Quán", "commune", parent=1), request(district, "district")]
    assert codes(pair, province="VN-07")[0] is None


def test_a_commune_of_another_province_needs_its_province():
    assert codes([request("Lang Quán", "commune")], province="VN-HN") == [None]
    assert codes([request("Ba Đình", "urban_district")], province="VN-07") == ["2025-06/001"]


def test_hue_was_a_city_of_a_province_until_2025():
    assert codes([request("Huế", "city")], province="VN-26", day=IN_2024) == [None]
    assert codes([request("Thừa Thiên Huế", "province")], day=IN_2024) == ["2025-06/46"]
    assert codes([request("Huế", "city")], province="VN-26", day=date(2025, 2, 1)) == ["2025-06/46"]


def test_a_district_that_became_a_town_keeps_its_code():
    assert codes([request("Quế Võ", "district")], province="VN-56", day=date(2020, 5, 1)) == ["2025-06/259"]
    assert codes([request("Thủ Đức", "urban_district")], province="VN-SG", day=date(2020, 5, 1)) == [None]


def test_without_a_date_only_what_both_versions_agree_on():
    assert codes([request("Lang Quán", "commune")], province="VN-07", day=None) == ["2025-06/02479"]
    assert codes([request("Yên Sơn", "commune")], province="VN-07", day=None) == ["2025-07/02473"]
    assert codes([request("Tuyên Quang", "province")], province="VN-07", day=None) == [None]


def test_parents_in_a_circle_end():
    assert codes([request("Yên Sơn", "district", parent=1), request("Tuyên Quang", "province", parent=0)])[0] in (
        None,
        "2025-06/075",
    )


@pytest.mark.parametrize("spelling", [str, fold])
def test_no_wrong_code_with_commune_and_district(spelling):
    """A sample of all old communes, as an edition names them: "A (B)", the type of B unknown, no province."""
    communes = [p for p in all_places() if p.version == BEFORE and p.level == "commune"]
    right = 0
    for place in random.Random(7).sample(communes, 300):
        district = GAZETTEER.parent(place)
        pair = [request(spelling(place.name), place.type, parent=1), request(spelling(district.name))]
        found = resolve(pair, date=IN_2024, province=None, diacritics=spelling is str)[0].place
        assert found in (place, None)
        right += found == place
    assert right >= 0.97 * 300


# --- against the source ----------------------------------------------------------------------------


def package_data() -> Path:
    try:
        return build_places.package_data()
    except PackageNotFoundError:
        pytest.skip("vietnamadminunits is not installed")


def test_the_table_is_what_the_build_makes():
    rows = sorted(set(build_places.build_rows(package_data())))
    assert "".join("\t".join(row) + "\n" for row in rows).encode() == build_places.OUTPUT.read_bytes()


def test_agrees_with_the_package():
    package_data()
    import vietnamadminunits as oracle

    communes = [p for p in all_places() if p.version == BEFORE and p.level == "commune"]
    for place in random.Random(3).sample(communes, 60):
        address = ", ".join(label(p) for p in (place, *GAZETTEER.ancestors(place)))
        assert oracle.parse_address(address, mode="LEGACY").ward_code == place.code, address
        assert oracle.convert_address(address).ward_code in place.successors, address
