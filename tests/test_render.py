"""Facts said in four languages: expected statements are written by hand, not taken from what the code gives."""

import csv
import io
import json
import subprocess
import sys
import tomllib
from dataclasses import replace
from itertools import product
from pathlib import Path
from types import SimpleNamespace
from typing import get_args

import jsonschema
import pytest

from extractors.packs import LANGUAGES, TOPIC_COLUMNS, PackError, read_table
from extractors.people.tenure import role_key
from extractors.record import build_record, from_json, schema, to_json
from extractors.render import languages, render
from extractors.render.numbers import format_number
from extractors.render.offices import role_label
from extractors.render.periods import say_period
from extractors.render.source import load_source
from extractors.render.words import load_words
from extractors.types import (
    Article,
    Basis,
    Comparator,
    Direction,
    Facts,
    Indicator,
    Period,
    Person,
    Processing,
    Role,
    Span,
    TranslatedSentence,
    Translation,
    Unit,
    UnitClass,
)
from service.pipeline import Submission, render_facts
from tests.test_editions import record_of

ALL = ("de", "en", "fr", "vi")
N, NN = "\u00a0", "\u202f"  # no-break space, narrow no-break space
ROOT = Path(__file__).parent.parent
# Every type that the record contract lists.
TYPES = frozenset(
    """
    province city urban_district district town township commune ward special_zone village residential_group
    party_cell party_committee party_organization party_standing_committee party_executive_committee party_board
    party_office inspection_commission national_assembly national_assembly_delegation peoples_council council_committee
    peoples_committee ministry department inspectorate court procuracy treasury tax_office social_insurance
    statistics_office management_board public_service_centre forest_rangers steering_committee working_group agency
    fatherland_front trade_union farmers_union womens_union youth_union veterans_association red_cross
    elderly_association association police army_unit military_command border_guard_command border_guard_post school
    college university political_school political_centre class hospital medical_centre health_station
    disease_control_centre company bank cooperative economic_zone newspaper news_agency radio_station
    research_institute fund international_organization venue
""".split()  # noqa: SIM905
)


def during(first, last):
    return Period("x", first, last)


def figure(value=64.0, topic="budget_revenue", subject=None, at=0, **more):
    given = {
        "id": "i1", "kind": "percentage", "value": value, "value_max": None, "unit": "%", "comparator": "eq",
        "direction": "level", "subject": subject, "topic": topic, "basis": None, "period": None, "about": None,
        "target": None, "parts": None, "percent": None, "evidence": Span(at, at + 1, "6"), "derived": False,
        "confidence": 0.9, "rule": "test",
    }  # fmt: skip
    return Indicator(**(given | more))


def unit(id, name, class_="administrative", type="commune", parent=None, official=None):
    return Unit(id, name, class_, type, parent, None, None, official, (), (Span(0, 1, "x"),), 0.9, "test")


def role(key, unit=None, status="current", title="Bí thư", at=0):
    return Role(title, key, unit, status, Span(at, at + 1, "x"), "test")


def person(*roles, name="Lê Thanh Quân", gender="unknown"):
    return Person("p1", name, (), None, gender, roles, (Span(0, 1, "x"),), 0.9, "test")


def record(*facts, language="vi", text="Một câu. Hai câu.", translation=None):
    of = {kind: tuple(fact for fact in facts if isinstance(fact, kind)) for kind in (Person, Unit, Indicator)}
    return build_record(
        Article(text=text, title=None),
        (language, 1.0),
        Facts(of[Person], of[Unit], of[Indicator]),
        translation=translation or Translation(),
        processing=Processing(None, 0, None),
    )


# --- figures --------------------------------------------------------------------------------------

HALF = Period("sáu tháng", "2024-01-01", "2024-06-30")
FIGURES = [
    (
        figure(comparator="gt", basis="annual_plan", period=HALF),
        "Budget revenue: over 64 % of the annual plan, first half of 2024",
        f"Haushaltseinnahmen: mehr als 64{N}% des Jahresplans, erstes Halbjahr 2024",
        f"Recettes budgétaires{N}: plus de 64{NN}% du plan annuel, premier semestre 2024",
        "Thu ngân sách nhà nước: đạt trên 64% kế hoạch năm, 6 tháng đầu năm 2024",
    ),
    (
        figure(
            12.5,
            "exports",
            direction="increase",
            basis="same_period_last_year",
            period=during("2024-04-01", "2024-06-30"),
        ),
        "Export turnover: up 12.5 % on the same period last year, second quarter of 2024",
        f"Export: Anstieg um 12,5{N}% gegenüber dem Vorjahreszeitraum, zweites Quartal 2024",
        f"Exportations{N}: hausse de 12,5{NN}% par rapport à la même période de l'année précédente, "
        "deuxième trimestre 2024",
        "Kim ngạch xuất khẩu: tăng 12,5% so với cùng kỳ năm trước, quý II năm 2024",
    ),
    (
        figure(
            1.2,
            "poverty_rate",
            unit="pp",
            direction="decrease",
            basis="previous_period",
            period=during("2023-01-01", "2023-12-31"),
        ),
        "Poverty rate: down 1.2 percentage points on the previous period, 2023",
        f"Armutsquote: Rückgang um 1,2{N}Prozentpunkte gegenüber der Vorperiode, 2023",
        f"Taux de pauvreté{N}: baisse de 1,2{N}point de pourcentage par rapport à la période précédente, 2023",
        "Tỷ lệ hộ nghèo: giảm 1,2 điểm phần trăm so với kỳ trước, năm 2023",
    ),
    (
        figure(73.8, "forest_cover", period=during(None, "2024-08-31")),
        "Forest coverage: 73.8 %, as of 31 August 2024",
        f"Waldbedeckung: 73,8{N}%, Stand 31. August 2024",
        f"Couverture forestière{N}: 73,8{NN}%, au 31 août 2024",
        "Tỷ lệ che phủ rừng: 73,8%, tính đến ngày 31/8/2024",
    ),
    (
        figure(45.25, "new_enterprises", comparator="approx", basis="plan", period=during("2024-01-01", "2024-08-31")),
        "Newly established enterprises: about 45.25 % of the plan, first eight months of 2024",
        f"Unternehmensgründung: rund 45,25{N}% des Plans, erste acht Monate 2024",
        f"Nouvelles entreprises{N}: environ 45,25{NN}% du plan, huit premiers mois de 2024",
        "Doanh nghiệp thành lập mới: đạt khoảng 45,25% kế hoạch, 8 tháng đầu năm 2024",
    ),
    (
        figure(95, "clean_water", comparator="gte", basis="total"),
        "Clean water: at least 95 % of the total",
        f"Sauberes Wasser: Anteil von mindestens 95{N}%",
        f"Eau potable{N}: au moins 95{NN}% du total",
        "Nước sạch: chiếm ít nhất 95% tổng số",
    ),
    (
        figure(10, "costs", value_max=15, comparator="range", direction="decrease"),
        "Cost: down 10 to 15 %",
        f"Kosten: Rückgang um 10 bis 15{N}%",
        f"Coût{N}: baisse de 10 à 15{NN}%",
        "Chi phí: giảm 10–15%",
    ),
    (
        figure(66.67, "trained_workers", comparator="gt", basis="total", derived=True),
        "Trained workers: over two thirds of the total",
        "Ausgebildete Arbeitskräfte: mehr als zwei Drittel der Gesamtheit",
        f"Travailleurs formés{N}: plus de deux tiers du total",
        "Lao động qua đào tạo: chiếm trên hai phần ba tổng số",
    ),
    (
        figure(33.33, "budget_revenue", comparator="gt", basis="annual_plan", derived=True),
        "Budget revenue: over a third of the annual plan",
        "Haushaltseinnahmen: mehr als ein Drittel des Jahresplans",
        f"Recettes budgétaires{N}: plus d'un tiers du plan annuel",
        "Thu ngân sách nhà nước: đạt trên một phần ba kế hoạch năm",
    ),
    (
        figure(8, "revenue", direction="increase", basis="annual_plan", period=during("2023-01-01", "2023-09-30")),
        "Revenue: 8 % above the annual plan, first nine months of 2023",
        f"Umsatz: 8{N}% über dem Jahresplan, erste neun Monate 2023",
        f"Chiffre d'affaires{N}: 8{NN}% au-dessus du plan annuel, neuf premiers mois de 2023",
        "Doanh thu: vượt 8% kế hoạch năm, 9 tháng đầu năm 2023",
    ),
    (
        figure(
            52, "party_members", kind="count", unit="member", target=60, basis="plan", percent=86.6667, derived=True
        ),
        "Party members: 52 members against a goal of 60 (86.7 %)",
        f"Parteimitglieder: 52 Mitglieder bei einem Ziel von 60 (86,7{N}%)",
        f"Membres du Parti{N}: 52 membres pour un objectif de 60 (86,7{NN}%)",
        "Đảng viên: 52 thành viên, mục tiêu 60 (86,7%)",
    ),
    (
        figure(
            31, "households", kind="count", unit="household", target=38, basis="total", percent=81.5789, derived=True
        ),
        "Households: 31 of 38 households (81.6 %)",
        f"Haushalte: 31 von 38 Haushalten (81,6{N}%)",
        f"Ménages{N}: 31 foyers sur 38 (81,6{NN}%)",
        "Hộ: 31/38 hộ (81,6%)",
    ),
    (
        figure(1, "housing", kind="count", unit="house", target=3, basis="total", percent=33.3333, derived=True),
        None,
        None,
        f"Logements provisoires{N}: 1 maison sur 3 (33,3{NN}%)",
        None,
    ),
    (
        figure(1234, "roads", kind="count", unit="project", parts=(1000.0, 234.0)),
        "Rural roads: 1,234 projects (1,000 + 234)",
        "Straßen: 1.234 Projekte (1.000 + 234)",
        f"Routes{N}: 1{NN}234 projets (1{NN}000 + 234)",
        "Đường giao thông: 1.234 dự án (1.000 + 234)",
    ),
    (
        figure(8_249_702_000_000, kind="money", unit="VND", comparator="lte"),
        "Budget revenue: at most 8,249.702 billion VND",
        "Haushaltseinnahmen: höchstens 8.249,702 Milliarden Dong",
        f"Recettes budgétaires{N}: au plus 8{NN}249,702 milliards de dongs",
        "Thu ngân sách nhà nước: tối đa 8.249,702 tỷ đồng",
    ),
    (
        figure(1, "yield", unit="pp", direction="increase", basis="other_unit"),
        "Yield: 1 percentage point above the comparison figure",
        f"Hektarertrag: 1{N}Prozentpunkt über dem Vergleichswert",
        f"Productivité{N}: 1{N}point de pourcentage au-dessus de la valeur de comparaison",
        "Năng suất: cao hơn 1 điểm phần trăm so với mức được đối chiếu",
    ),
    (
        figure(7, "growth", comparator="lt", period=during("2020-01-01", "2025-12-31")),
        "Growth: less than 7 %, 2020–2025",
        f"Wachstum: weniger als 7{N}%, 2020–2025",
        f"Croissance{N}: moins de 7{NN}%, 2020-2025",
        "Tăng trưởng: dưới 7%, giai đoạn 2020–2025",
    ),
    (
        figure(3, "imports", comparator="approx", direction="decrease", period=during("2024-06-01", "2024-06-30")),
        "Import turnover: down about 3 %, June 2024",
        f"Import: Rückgang um rund 3{N}%, Juni 2024",
        f"Importations{N}: baisse d'environ 3{NN}%, juin 2024",
        "Kim ngạch nhập khẩu: giảm khoảng 3%, tháng 6 năm 2024",
    ),
    (
        figure(
            5,
            "imports",
            comparator="gte",
            direction="increase",
            basis="previous_period",
            period=during("2024-01-01", "2024-08-15"),
        ),
        "Import turnover: up at least 5 % on the previous period, 1 January to 15 August 2024",
        f"Import: Anstieg um mindestens 5{N}% gegenüber der Vorperiode, 1. Januar bis 15. August 2024",
        f"Importations{N}: hausse d'au moins 5{NN}% par rapport à la période précédente, "
        "du 1er janvier au 15 août 2024",
        "Kim ngạch nhập khẩu: tăng ít nhất 5% so với kỳ trước, từ ngày 1/1 đến ngày 15/8/2024",
    ),
    (
        figure(33.33, "crime", direction="decrease", derived=True),
        "Crime: down a third",
        "Straftaten: Rückgang um ein Drittel",
        f"Criminalité{N}: baisse d'un tiers",
        "Phạm pháp hình sự: giảm một phần ba",
    ),
    (
        figure(50, "crime", direction="decrease", derived=True),
        "Crime: down 50 %",
        f"Straftaten: Rückgang um 50{N}%",
        f"Criminalité{N}: baisse de 50{NN}%",
        "Phạm pháp hình sự: giảm 50%",
    ),
    (
        figure(50, None, "số hộ", basis="total", derived=True),
        "“số hộ”: half of the total",
        "„số hộ“: die Hälfte der Gesamtheit",
        f"«{N}số hộ{N}»{N}: la moitié du total",
        "Số hộ: chiếm một nửa tổng số",
    ),
    (
        figure(9, "women_share", "nữ đại biểu Hội đồng nhân dân"),
        "Women (“nữ đại biểu Hội đồng nhân dân”): 9 %",
        f"Frauen („nữ đại biểu Hội đồng nhân dân“): 9{N}%",
        f"Femmes («{N}nữ đại biểu Hội đồng nhân dân{N}»){N}: 9{NN}%",
        "Nữ đại biểu Hội đồng nhân dân: 9%",
    ),
    (
        figure(112, None, basis="same_period_last_year"),
        "112 % of the figure for the same period last year",
        f"112{N}% des Werts im Vorjahreszeitraum",
        f"112{NN}% du niveau de la même période de l'année précédente",
        "Bằng 112% so với cùng kỳ năm trước",
    ),
    (
        figure(2, "forest_cover", unit="pp", direction="increase", basis="total"),
        "Forest coverage: share of the total up 2 percentage points",
        f"Waldbedeckung: Anstieg des Anteils um 2{N}Prozentpunkte",
        f"Couverture forestière{N}: part en hausse de 2{N}points de pourcentage",
        "Tỷ lệ che phủ rừng: tỷ trọng tăng 2 điểm phần trăm",
    ),
]


def each(cases):
    """A case a language: the fact, the language, what is expected."""
    order = ("en", "de", "fr", "vi")
    return [
        pytest.param(fact, language, said, id=f"{language}-{number}")
        for number, (fact, *expected) in enumerate(cases)
        for language, said in zip(order, expected, strict=True)
        if said is not None
    ]


@pytest.mark.parametrize(("fact", "language", "expected"), each(FIGURES))
def test_figures(fact, language, expected):
    assert render(record(fact), language).indicators[0].statement == expected


@pytest.mark.parametrize("language", ALL)
def test_every_kind_of_figure_can_be_said(language):
    for kind, unit_, target in (
        ("percentage", "%", None),
        ("percentage", "pp", None),
        ("count", "tree", 9.0),
        ("money", "VND", None),
    ):
        for direction, comparator, basis in product(
            get_args(Direction), get_args(Comparator), (None, *get_args(Basis))
        ):
            more = {"value_max": 8.0} if comparator == "range" else {}
            for derived in (False, True):
                given = figure(
                    5, None, None, kind=kind, unit=unit_, target=target, direction=direction, comparator=comparator,
                    basis=basis, derived=derived, **more,
                )  # fmt: skip
                said = render(record(given), language).indicators[0].statement
                assert "5" in said, (direction, comparator, basis)
                assert not set("{}|") & set(said)
                assert "  " not in said


def test_all_that_is_counted_has_a_name():
    counted = {
        key
        for path in LANGUAGES.glob("*/figures.toml")
        for key in tomllib.loads(path.read_text(encoding="utf-8"))["counted"].values()
    }
    assert all(counted <= load_words(language).tables["counted"].keys() for language in ALL)


def test_a_subject_of_the_same_language_is_kept_and_set_in_the_nominative():
    facts = (figure(5, "party_members", "Parteimitgliedern"), figure(5, None, "Schadensquote"))
    said = [found.statement for found in render(record(*facts, language="de"), "de").indicators]
    assert said == [f"Parteimitglieder: 5{N}%", f"Schadensquote: 5{N}%"]


def test_a_subject_is_of_english_where_the_text_has_no_pack():
    found = render(record(figure(5, None, "school meals"), language="pt"), "en").indicators[0]
    assert found.statement == "School meals: 5 %"


@pytest.mark.parametrize(
    ("value", "de", "en", "fr", "vi"),
    [
        (1234.5, "1.234,5", "1,234.5", f"1{NN}234,5", "1.234,5"),
        (0.1 + 0.2, "0,3", "0.3", "0,3", "0,3"),
        (1000000, "1.000.000", "1,000,000", f"1{NN}000{NN}000", "1.000.000"),
        (-4.4, "-4,4", "-4.4", "-4,4", "-4,4"),
    ],
)
def test_numbers(value, de, en, fr, vi):
    assert [format_number(value, load_words(language)) for language in ALL] == [de, en, fr, vi]


@pytest.mark.parametrize(
    ("first", "last", "de", "en", "fr", "vi"),
    [
        (
            "2024-07-01",
            "2024-12-31",
            "zweites Halbjahr 2024",
            "second half of 2024",
            "second semestre 2024",
            "6 tháng cuối năm 2024",
        ),
        (
            "2024-10-01",
            "2024-12-31",
            "viertes Quartal 2024",
            "fourth quarter of 2024",
            "quatrième trimestre 2024",
            "quý IV năm 2024",
        ),
        (
            "2024-01-01",
            "2024-11-30",
            "erste elf Monate 2024",
            "first eleven months of 2024",
            "onze premiers mois de 2024",
            "11 tháng đầu năm 2024",
        ),
        (
            "2024-02-01",
            "2024-05-31",
            "Februar bis Mai 2024",
            "February to May 2024",
            "de février à mai 2024",
            "từ tháng 2 đến tháng 5 năm 2024",
        ),
        (
            "2024-08-01",
            "2024-10-31",
            "August bis Oktober 2024",
            "August to October 2024",
            "d'août à octobre 2024",
            "từ tháng 8 đến tháng 10 năm 2024",
        ),
        ("2024-02-29", "2024-02-29", "29. Februar 2024", "29 February 2024", "29 février 2024", "ngày 29/2/2024"),
        ("2024-05-01", None, "seit dem 1. Mai 2024", "since 1 May 2024", "depuis le 1er mai 2024", "từ ngày 1/5/2024"),
        (None, None, "", "", "", ""),
        ("9999-12-01", "9999-12-31", "Dezember 9999", "December 9999", "décembre 9999", "tháng 12 năm 9999"),
    ],
)
def test_periods(first, last, de, en, fr, vi):
    said = [say_period(Period("x", first, last), load_words(language)) for language in ALL]
    assert said == [de, en, fr, vi]


# --- people ---------------------------------------------------------------------------------------

UNITS = (
    unit("xa", "xã Lang Quán", official="xã Lang Quán"),
    unit("ea", "xã Ea Tul", parent="huyen"),
    unit("huyen", "huyện Yên Sơn", type="district", official="huyện Yên Sơn"),
    unit("tinh", "tỉnh Tuyên Quang", type="province", official="tỉnh Tuyên Quang"),
    unit("phuong", "phường 7", type="ward"),
    unit("hcm", "TP. Hồ Chí Minh", type="city", official="thành phố Hồ Chí Minh"),
    unit("thon", "thôn Nà Mằm", type="village"),
    unit("du", "Đảng ủy xã Lang Quán", "party", "party_committee", "xa"),
    unit("hu", "Huyện ủy Yên Sơn", "party", "party_committee", "huyen"),
    unit("tu", "Tỉnh ủy", "party", "party_committee", "tinh"),
    unit("btv", "Ban Thường vụ Tỉnh ủy", "party", "party_standing_committee", "tu"),
    unit("btc", "Ban Tổ chức Tỉnh ủy", "party", "party_board", "tu"),
    unit("ubnd", "UBND huyện", "government", "peoples_committee", "huyen"),
    unit("ubea", "UBND xã Ea Tul", "government", "peoples_committee", "ea"),
    unit("hdnd", "HĐND tỉnh", "government", "peoples_council", "tinh"),
    unit("so", "Sở Tài chính tỉnh Tuyên Quang", "government", "department", "tinh"),
    unit("phong", "Phòng Giáo dục và Đào tạo huyện", "government", "department", "huyen"),
    unit("chicuc", "Chi cục Chăn nuôi và Thú y", "government", "department", "tinh"),
    unit("pn", "Hội LHPN xã Lang Quán", "mass_organization", "womens_union", "xa"),
    unit("ca", "Công an phường 7", "security", "police", "phuong"),
    unit("cb", "Chi bộ 20", "party", "party_cell", "du"),
    unit("cbt", "Chi bộ thôn Nà Mằm", "party", "party_cell", "thon"),
    unit("thcs", "Trường THCS Trần Phú", "education", "school"),
    unit("htx", "HTX Chè Sử Anh", "cooperative", "cooperative"),
    unit("bv", "Bệnh viện Đa khoa tỉnh", "health", "hospital", "tinh"),
    unit("mttq", "Ủy ban MTTQ TP. Hồ Chí Minh", "mass_organization", "fatherland_front", "hcm"),
)  # fmt: skip

PEOPLE = [
    (
        person(role("party_secretary", "du")),
        "Lê Thanh Quân, Secretary of the Party Committee of Lang Quán commune",
        "Lê Thanh Quân, Sekretär des Parteikomitees der Gemeinde Lang Quán",
        "Lê Thanh Quân, secrétaire du Comité du Parti de la commune de Lang Quán",
        "Lê Thanh Quân, Bí thư Đảng ủy xã Lang Quán",
    ),
    (
        person(role("deputy_party_secretary", "hu", title="Phó Bí thư Thường trực"), gender="female"),
        "Lê Thanh Quân, Standing Deputy Secretary of the Party Committee of Yên Sơn district",
        "Lê Thanh Quân, ständige stellvertretende Sekretärin des Parteikomitees des Bezirks Yên Sơn",
        "Lê Thanh Quân, secrétaire adjointe permanente du Comité du Parti du district de Yên Sơn",
        "Lê Thanh Quân, Phó Bí thư Thường trực Huyện ủy Yên Sơn",
    ),
    (
        person(role("deputy_peoples_committee_chair", "ubnd"), gender="female"),
        "Lê Thanh Quân, Deputy Chairwoman of the People's Committee of Yên Sơn district",
        "Lê Thanh Quân, stellvertretende Vorsitzende des Volkskomitees des Bezirks Yên Sơn",
        "Lê Thanh Quân, vice-présidente du Comité populaire du district de Yên Sơn",
        "Lê Thanh Quân, Phó Chủ tịch UBND huyện Yên Sơn",
    ),
    (
        person(role("peoples_committee_chair", "ubea"), gender="male"),
        "Lê Thanh Quân, Chairman of the People's Committee of Ea Tul commune",
        "Lê Thanh Quân, Vorsitzender des Volkskomitees der Gemeinde Ea Tul",
        "Lê Thanh Quân, président du Comité populaire de la commune d'Ea Tul",
        "Lê Thanh Quân, Chủ tịch UBND xã Ea Tul",
    ),
    (
        person(role("department_director", "so", "former"), gender="male"),
        "Lê Thanh Quân, former Director of the Department of Finance of Tuyên Quang province",
        "Lê Thanh Quân, ehemaliger Direktor der Abteilung für Finanzen der Provinz Tuyên Quang",
        "Lê Thanh Quân, ancien directeur du service des finances de la province de Tuyên Quang",
        "Lê Thanh Quân, nguyên Giám đốc Sở Tài chính tỉnh Tuyên Quang",
    ),
    (
        person(role("deputy_department_head", "phong"), gender="female"),
        "Lê Thanh Quân, Deputy Head of the Department of Education and Training of Yên Sơn district",
        "Lê Thanh Quân, stellvertretende Leiterin der Abteilung für Bildung und Ausbildung des Bezirks Yên Sơn",
        "Lê Thanh Quân, cheffe adjointe du service de l'éducation et de la formation du district de Yên Sơn",
        "Lê Thanh Quân, Phó Trưởng Phòng Giáo dục và Đào tạo huyện Yên Sơn",
    ),
    (
        person(role("deputy_department_director", "chicuc")),
        "Lê Thanh Quân, Deputy Director of the department “Chi cục Chăn nuôi và Thú y”",
        "Lê Thanh Quân, stellvertretender Direktor der Abteilung „Chi cục Chăn nuôi và Thú y“",
        f"Lê Thanh Quân, directeur adjoint du service «{N}Chi cục Chăn nuôi và Thú y{N}»",
        "Lê Thanh Quân, Phó Giám đốc Chi cục Chăn nuôi và Thú y",
    ),
    (
        person(role("womens_union_chair", "pn", "acting"), gender="female"),
        "Lê Thanh Quân, Acting Chairwoman of the Women's Union of Lang Quán commune",
        "Lê Thanh Quân, amtierende Vorsitzende der Frauenunion der Gemeinde Lang Quán",
        "Lê Thanh Quân, présidente par intérim de l'Union des femmes de la commune de Lang Quán",
        "Lê Thanh Quân, Quyền Chủ tịch Hội LHPN xã Lang Quán",
    ),
    (
        person(role("party_standing_committee_member", "btv", "former"), gender="female"),
        "Lê Thanh Quân, former member of the Standing Committee of the Party Committee of Tuyên Quang province",
        "Lê Thanh Quân, ehemaliges Mitglied des Ständigen Ausschusses des Parteikomitees der Provinz Tuyên Quang",
        "Lê Thanh Quân, ancienne membre du Comité permanent du Comité du Parti de la province de Tuyên Quang",
        "Lê Thanh Quân, nguyên Ủy viên Ban Thường vụ Tỉnh ủy",
    ),
    (
        person(role("party_board_head", "btc"), role("peoples_council_chair", "hdnd"), role("party_secretary", "tu")),
        "Lê Thanh Quân, Head of the Commission for Organization of the Party Committee of Tuyên Quang province, "
        "Chair of the People's Council of Tuyên Quang province and "
        "Secretary of the Party Committee of Tuyên Quang province",
        "Lê Thanh Quân, Leiter der Kommission für Organisation des Parteikomitees der Provinz Tuyên Quang, "
        "Vorsitzender des Volksrats der Provinz Tuyên Quang und Sekretär des Parteikomitees der Provinz Tuyên Quang",
        "Lê Thanh Quân, chef de la commission de l'organisation du Comité du Parti de la province de Tuyên Quang, "
        "président du Conseil populaire de la province de Tuyên Quang et "
        "secrétaire du Comité du Parti de la province de Tuyên Quang",
        "Lê Thanh Quân, Trưởng Ban Tổ chức Tỉnh ủy, Chủ tịch HĐND tỉnh Tuyên Quang, Bí thư Tỉnh ủy Tuyên Quang",
    ),
    (
        person(role("police_head", "ca")),
        "Lê Thanh Quân, Head of the Police of Ward 7",
        "Lê Thanh Quân, Leiter der Polizei des Stadtviertels 7",
        "Lê Thanh Quân, chef de la police du quartier 7",
        "Lê Thanh Quân, Trưởng Công an phường 7",
    ),
    (
        person(role("party_cell_secretary", "cb"), gender="female"),
        "Lê Thanh Quân, Secretary of Party Cell 20 of the Party Committee of Lang Quán commune",
        "Lê Thanh Quân, Sekretärin der Parteizelle 20 des Parteikomitees der Gemeinde Lang Quán",
        f"Lê Thanh Quân, secrétaire de la cellule du Parti n°{N}20 du Comité du Parti de la commune de Lang Quán",
        "Lê Thanh Quân, Bí thư Chi bộ 20",
    ),
    (
        person(role("party_cell_secretary", "cbt"), role("village_head", "thon")),
        "Lê Thanh Quân, Secretary of the Party Cell of Nà Mằm village and Head of Nà Mằm village",
        "Lê Thanh Quân, Sekretär der Parteizelle des Dorfes Nà Mằm und Vorsteher des Dorfes Nà Mằm",
        "Lê Thanh Quân, secrétaire de la cellule du Parti du village de Nà Mằm et chef du village de Nà Mằm",
        "Lê Thanh Quân, Bí thư Chi bộ thôn Nà Mằm, Trưởng thôn Nà Mằm",
    ),
    (
        person(role("principal", "thcs"), gender="female"),
        "Lê Thanh Quân, Principal of the school “Trường THCS Trần Phú”",
        "Lê Thanh Quân, Leiterin der Schule „Trường THCS Trần Phú“",
        f"Lê Thanh Quân, directrice de l'école «{N}Trường THCS Trần Phú{N}»",
        "Lê Thanh Quân, Hiệu trưởng Trường THCS Trần Phú",
    ),
    (
        person(role("cooperative_director", "htx"), gender="female"),
        "Lê Thanh Quân, Director of the cooperative “HTX Chè Sử Anh”",
        "Lê Thanh Quân, Direktorin der Genossenschaft „HTX Chè Sử Anh“",
        f"Lê Thanh Quân, directrice de la coopérative «{N}HTX Chè Sử Anh{N}»",
        "Lê Thanh Quân, Giám đốc HTX Chè Sử Anh",
    ),
    (
        person(role("hospital_director", "bv"), gender="male"),
        "Lê Thanh Quân, Director of the hospital “Bệnh viện Đa khoa tỉnh”",
        "Lê Thanh Quân, Direktor des Krankenhauses „Bệnh viện Đa khoa tỉnh“",
        f"Lê Thanh Quân, directeur de l'hôpital «{N}Bệnh viện Đa khoa tỉnh{N}»",
        "Lê Thanh Quân, Giám đốc Bệnh viện Đa khoa tỉnh",
    ),
    (
        person(role("fatherland_front_chair", "mttq")),
        "Lê Thanh Quân, Chair of the Fatherland Front Committee of Ho Chi Minh City",
        "Lê Thanh Quân, Vorsitzender des Komitees der Vaterländischen Front von Ho-Chi-Minh-Stadt",
        "Lê Thanh Quân, président du Comité du Front de la Patrie de Hô Chi Minh-Ville",
        "Lê Thanh Quân, Chủ tịch Ủy ban MTTQ TP. Hồ Chí Minh",
    ),
    (
        person(role("deputy_editor_in_chief"), gender="female"),
        "Lê Thanh Quân, Deputy Editor-in-Chief",
        "Lê Thanh Quân, stellvertretende Chefredakteurin",
        "Lê Thanh Quân, rédactrice en chef adjointe",
        "Lê Thanh Quân, Phó Tổng Biên tập",
    ),
    (
        person(role("peoples_committee_chair"), gender="female"),
        "Lê Thanh Quân, Chairwoman of the People's Committee",
        "Lê Thanh Quân, Vorsitzende des Volkskomitees",
        "Lê Thanh Quân, présidente du Comité populaire",
        "Lê Thanh Quân, Chủ tịch Ủy ban nhân dân",
    ),
    (person(), "Lê Thanh Quân", "Lê Thanh Quân", "Lê Thanh Quân", "Lê Thanh Quân"),
]  # fmt: skip


@pytest.mark.parametrize(("fact", "language", "expected"), each(PEOPLE))
def test_people(fact, language, expected):
    assert render(record(fact, *UNITS), language).people[0].statement == expected


@pytest.mark.parametrize(
    ("language", "given", "expected"),
    [
        ("de", unit("a", "Grundschule Môn Sơn 3", "education", "school"), "Leiter der Grundschule Môn Sơn 3"),
        ("de", unit("a", "Krankenhaus Ba Tri", "health", "hospital"), "Leiter des Krankenhauses Ba Tri"),
        (
            "de",
            unit("a", "Zentrum für Bienenzucht", "government", "agency"),
            "Leiter des Zentrums für Bienenzucht",
        ),
        (
            "fr",
            unit("a", "Bureau de l'urbanisme", "government", "department"),
            "directeur du Bureau de l'urbanisme",
        ),
        ("de", unit("a", "Viettel", "enterprise", "company"), "Leiter (Viettel)"),
        (
            "fr",
            unit("a", "Université de Cần Thơ", "education", "university"),
            "directeur de l'Université de Cần Thơ",
        ),
        ("fr", unit("a", "Fonds vert", "other", "fund"), "directeur du Fonds vert"),
        (
            "en",
            unit("a", "Department of Irrigation Works", "government", "department"),
            "Principal of the Department of Irrigation Works",
        ),
        ("en", unit("a", "Muong Lat High School", "education", "school"), "Principal of Muong Lat High School"),
        ("vi", unit("a", "Trường THPT Mai Anh Tuấn", "education", "school"), "Hiệu trưởng Trường THPT Mai Anh Tuấn"),
    ],
)
def test_names_of_the_same_language_stay_with_their_own_noun(language, given, expected):
    found = render(record(person(role("principal", "a")), given, language=language), language).people[0]
    assert found.statement == f"Lê Thanh Quân, {expected}"


@pytest.mark.parametrize(
    ("name", "language", "expected"),
    [
        ("Bezirkspolizei", "de", "the Police of Yên Sơn district"),
        ("Polizei des Bezirks Yen Son", "de", "the Police of Yên Sơn district"),
        ("Yen Son District Police", "en", "the Police of Yên Sơn district"),
        ("Police of Yen Son district", "en", "the Police of Yên Sơn district"),
        ("police du district de Yen Son", "fr", "the Police of Yên Sơn district"),
        ("Công an huyện", "vi", "the Police of Yên Sơn district"),
        ("Phòng Cảnh sát giao thông", "vi", "the police “Phòng Cảnh sát giao thông”"),
    ],
)
def test_a_body_is_rendered_where_its_name_says_no_more_than_type_and_place(name, language, expected):
    police = unit("a", name, "security", "police", "huyen")
    found = render(record(person(role("police_head", "a")), police, *UNITS, language=language), "en").people[0]
    assert found.statement == f"Lê Thanh Quân, Head of {expected}"


@pytest.mark.parametrize(
    ("name", "type_", "language", "expected"),
    [
        ("Gesundheitsamt", "department", "de", "Department of Health of Yên Sơn district"),
        ("Finanzministerium des Bezirks", "department", "de", "Department of Finance of Yên Sơn district"),
        (
            "Abteilung für Finanzen und Planung",
            "department",
            "de",
            "Department of Finance and Planning of Yên Sơn district",
        ),
        ("Abteilung für Vermögensverwaltung", "department", "de", "department “Abteilung für Vermögensverwaltung”"),
        ("Organisationskomitee", "party_board", "de", "Commission for Organization of Yên Sơn district"),
        ("Yen Son Department of Health", "department", "en", "Department of Health of Yên Sơn district"),
        ("Ethnic Affairs Office", "department", "en", "Department of Ethnic Affairs of Yên Sơn district"),
        ("Service de la santé du district", "department", "fr", "Department of Health of Yên Sơn district"),
        ("Comité populaire de Yen Son", "peoples_committee", "fr", "People's Committee of Yên Sơn district"),
        ("Phòng LĐ-TB&XH", "department", "vi", "Department of Labour, Invalids and Social Affairs of Yên Sơn district"),
        ("Ban Dân tộc HĐND", "council_committee", "vi", "council committee “Ban Dân tộc HĐND”"),
    ],
)
def test_fields_of_bodies(name, type_, language, expected):
    body = unit("a", name, "government", type_, "huyen")
    found = render(record(figure(about="a"), body, *UNITS, language=language), "en").digest[0]
    assert found.text == f"{expected[0].upper()}{expected[1:]} – budget revenue: 64 %."


def test_a_body_without_its_place_names_the_level():
    committee = unit("a", "UBND tỉnh", "government", "peoples_committee")
    given = record(person(role("peoples_committee_chair", "a"), gender="male"), committee)
    said = [render(given, language).people[0].statement.removeprefix("Lê Thanh Quân, ") for language in ALL]
    assert said == [
        "Vorsitzender des Volkskomitees der Provinz",
        "Chairman of the People's Committee of the province",
        "président du Comité populaire de la province",
        "Chủ tịch UBND tỉnh",
    ]


def test_german_names_become_vietnamese():
    units = (
        unit("p", "Provinz Lao Cai", type="province", official="tỉnh Lào Cai"),
        unit("b", "Bezirk Quynh Nhai", type="district", official="huyện Quỳnh Nhai"),
        unit("c", "Parteikomitee des Bezirks Quynh Nhai", "party", "party_committee", "b"),
        unit("f", "Abteilung für Finanzen", "government", "department", "p"),
    )
    roles = (role("party_secretary", "c", title="Sekretär"), role("department_director", "f", title="Direktor"))
    found = render(record(person(*roles, name="Le Thanh Quan"), *units, language="de"), "vi").people[0]
    assert found.statement == "Le Thanh Quan, Bí thư Huyện ủy Quỳnh Nhai, Giám đốc Sở Tài chính tỉnh Lào Cai"


@pytest.mark.parametrize(("type_", "bare"), [("city", "Buôn Ma Thuột"), ("commune", "Bản Mù")])
def test_a_name_that_begins_like_a_type_word_stays_whole(type_, bare):
    found = render(record(figure(5, about="a"), unit("a", bare, type=type_)), "en").digest[0]
    assert found.text == f"{bare} {type_} – budget revenue: 5 %."


# --- labels ---------------------------------------------------------------------------------------


def test_every_type_and_class_has_a_label():
    used = {
        row["type"]
        for path in LANGUAGES.glob("*/bodies.csv")
        for row in read_table(path, ("type", "class", "tail", "forms"))
    }
    for language in ALL:
        units = load_words(language).units
        assert {*TYPES, *get_args(UnitClass), *used} - {""} <= units.keys()  # a body may have a class alone
        assert all(kind.label for kind in units.values())
        assert all(kind.gender in load_words(language).tables["of"] for kind in units.values())


def role_keys():
    """Every key that a pack's offices can give with every type of unit."""
    columns = ("office", "forms", "gender", "unit")
    offices = {
        (row["office"], row["unit"]) for path in LANGUAGES.glob("*/offices.csv") for row in read_table(path, columns)
    }
    for office, held_in in sorted(offices):
        for type_ in {*TYPES, "hospital_department", held_in, None} - {"chief"}:
            for deputy in (False, True):
                yield role_key(SimpleNamespace(entry=SimpleNamespace(key=office), deputy=deputy), type_)


def test_every_office_has_a_label():
    keys = {*role_keys()}
    assert len(keys) > 1000
    for language in ALL:
        names = SimpleNamespace(words=load_words(language), source=load_source("vi"))
        for key in keys:
            for gender in ("female", "male", "unknown"):
                assert role_label(role(key, status="former"), gender, names), (language, key)


def test_every_topic_has_a_label():
    topics = {row["key"] for path in LANGUAGES.glob("*/topics.csv") for row in read_table(path, TOPIC_COLUMNS)}
    assert all(topics == load_words(language).topics.keys() for language in ALL)


def test_an_office_of_another_version_has_none():
    found = render(record(person(role("harbour_pilot"))), "en").people[0]
    assert (found.roles[0].label, found.statement) == (None, "Lê Thanh Quân")


def test_labels_of_a_record():
    given = record(person(role("deputy_police_head", "ca"), gender="female"), figure(), *UNITS)
    assert {language: render(given, language).people[0].roles[0].label for language in ALL} == {
        "de": "stellvertretende Leiterin der Polizei",
        "en": "Deputy Head of the Police",
        "fr": "cheffe adjointe de la police",
        "vi": "Phó Trưởng Công an",
    }
    found = render(given, "de")
    assert found.units[2].label == "Bezirk"
    assert found.indicators[0].label == "Haushaltseinnahmen"
    assert found.rendered_in == "de"


def test_a_unit_without_type_is_called_by_its_class():
    assert render(record(unit("a", "Ban Chi", "party", None)), "fr").units[0].label == "organe du Parti"


def test_all_languages_have_the_same_keys():
    words = [load_words(language) for language in ALL]
    for table in ("statements", "comparators", "offices", "fractions", "scales", "counted", "periods", "fields"):
        assert len({frozenset(found.tables[table]) for found in words}) == 1, table
    assert len({frozenset(found.offices) - _only_vietnamese() for found in words}) == 1
    assert len({frozenset(found.units) for found in words}) == 1


def _only_vietnamese():
    """Offices whose word depends on the kind of unit in Vietnamese alone."""
    return frozenset(load_words("vi").offices) - frozenset(load_words("en").offices)


# --- digest ---------------------------------------------------------------------------------------

TEXT = "Lê Thanh Quân là Bí thư. Thu ngân sách đạt 64%.\nXã có 5% hộ nghèo, giảm 2%."


def test_digest_follows_the_text_and_holds_its_sentences():
    facts = (
        figure(5, "poverty_rate", at=TEXT.index("5%"), about="xa"),
        figure(64, at=TEXT.index("64"), comparator="gt", basis="annual_plan", period=HALF, about="xa"),
        person(role("party_secretary", "du", at=TEXT.index("Bí")), role("peoples_council_chair", at=TEXT.index("Bí"))),
    )
    found = render(record(*facts, *UNITS, text=TEXT), "en").digest
    assert [(TEXT[line.start : line.end], line.text) for line in found] == [
        (
            "Lê Thanh Quân là Bí thư.",
            "Lê Thanh Quân is Secretary of the Party Committee of Lang Quán commune and Chair of the People's Council.",
        ),
        (
            "Thu ngân sách đạt 64%.",
            "Lang Quán commune – budget revenue: over 64 % of the annual plan, first half of 2024.",
        ),
        ("Xã có 5% hộ nghèo, giảm 2%.", "Lang Quán commune – poverty rate: 5 %."),
    ]


def test_digest_in_every_language():
    facts = (figure(about="xa"), person(role("party_committee_member", "du", "former"), gender="female"))
    said = {language: [line.text for line in render(record(*facts, *UNITS), language).digest] for language in ALL}
    assert said == {
        "de": [
            f"Gemeinde Lang Quán – Haushaltseinnahmen: 64{N}%.",
            "Lê Thanh Quân ist ehemaliges Mitglied des Parteikomitees der Gemeinde Lang Quán.",
        ],
        "en": [
            "Lang Quán commune – budget revenue: 64 %.",
            "Lê Thanh Quân is a former member of the Party Committee of Lang Quán commune.",
        ],
        "fr": [
            f"Commune de Lang Quán – recettes budgétaires{N}: 64{NN}%.",
            "Lê Thanh Quân est une ancienne membre du Comité du Parti de la commune de Lang Quán.",
        ],
        "vi": [
            "Xã Lang Quán – thu ngân sách nhà nước: 64%.",
            "Lê Thanh Quân là nguyên Ủy viên Đảng ủy xã Lang Quán.",
        ],
    }


@pytest.mark.parametrize(
    ("status", "gender", "said"),
    [
        ("former", "male", "un ancien président"),
        ("former", "female", "une ancienne présidente"),
        ("current", "female", "présidente"),
        ("acting", "male", "président par intérim"),
    ],
)
def test_former_offices_have_an_article_in_a_french_digest(status, gender, said):
    one = person(role("womens_union_chair", "pn", status), gender=gender)
    [line] = render(record(one), "fr").digest
    assert line.text.startswith(f"Lê Thanh Quân est {said} de l'Union des femmes")


def test_what_is_counted_is_fewer_and_an_amount_is_less():
    counted = figure(5, None, kind="count", unit="household", comparator="lt")
    amount = figure(5e9, None, kind="money", unit="VND", comparator="lt")
    said = [render(record(one), "en").indicators[0].statement for one in (counted, amount)]
    assert said == ["Fewer than 5 households", "Less than 5 billion VND"]


@pytest.mark.parametrize(
    ("text", "subject", "said"),
    [
        ("Đàn trâu giảm 5%.", "Đàn trâu", "Xã Tân Lập – đàn trâu: 5%."),
        ("Nay Đàn trâu giảm 5%.", "Đàn trâu", "Xã Tân Lập – Đàn trâu: 5%."),
        ("Tân Lập giảm 5%.", "Tân Lập", "Xã Tân Lập – Tân Lập: 5%."),
        ("GDP tăng 5%.", "GDP", "Xã Tân Lập – GDP: 5%."),
    ],
)
def test_a_subject_loses_the_capital_that_opened_its_sentence(text, subject, said):
    place = unit("u", "xã Tân Lập") if subject != "Tân Lập" else unit("u", "Tân Lập")
    facts = (figure(5, None, subject=subject, about="u"), place)
    assert render(record(*facts, text=text), "vi").digest[0].text.removeprefix("Xã ") == said.removeprefix("Xã ")


def test_digest_says_the_same_of_a_sentence_once():
    assert len(render(record(figure(5), figure(5), figure(6)), "en").digest) == 2


def test_digest_holds_the_sentences_that_were_translated():
    translation = Translation("en", "fake", "done", None, (TranslatedSentence(0, 16, "One. Two."),))
    found = render(record(figure(5, at=9), translation=translation), "en").digest[0]
    assert (found.start, found.end) == (0, 16)


def test_a_record_without_facts_or_text_has_an_empty_digest():
    assert render(record(text=""), "fr").digest == ()


# --- record, packs, imports -----------------------------------------------------------------------


def test_a_rendered_record_fits_the_schema_and_is_read_back():
    found = render(record(person(role("party_secretary", "du")), figure(), *UNITS), "de")
    jsonschema.validate(json.loads(to_json(found)), schema())
    assert from_json(to_json(found)) == found
    assert render(from_json(to_json(found)), "fr") == render(
        record(*found.people, *found.units, *found.indicators), "fr"
    )


def test_a_record_without_target_says_nothing():
    plain = json.loads(to_json(record(person(role("party_secretary")), figure(), *UNITS)))
    assert (plain["digest"], plain["rendered_in"], plain["people"][0]["statement"]) == ([], None, None)
    assert {fact["label"] for fact in (*plain["units"], *plain["indicators"])} == {None}


def test_languages():
    assert languages() == ALL
    with pytest.raises(KeyError, match="de, en, fr, vi"):
        load_words("pt")


def test_a_target_that_no_pack_can_say_is_told():
    given = record(figure())
    found = render_facts(given, "pt")
    assert [warning.code for warning in found.warnings] == ["not_rendered"]
    assert replace(found, warnings=()) == given
    english = render(found, "en")
    assert english == render(given, "en")
    assert render_facts(render_facts(english, "pt"), "pt") == found


def test_a_wrong_pack_is_an_error(tmp_path, monkeypatch):
    folder = tmp_path / "en"
    folder.mkdir()
    for name in ("render.toml", "unit_types.csv", "roles.csv", "topics.csv"):
        (folder / name).write_bytes((LANGUAGES / "en" / name).read_bytes())
    with (folder / "render.toml").open("r+", encoding="utf-8") as file:
        content = file.read()
        file.seek(0)
        file.write(f'surprise = "?"\n{content}')
    monkeypatch.setattr("extractors.render.words.LANGUAGES", tmp_path)
    with pytest.raises(PackError, match="surprise"):
        load_words.__wrapped__("en")


@pytest.mark.parametrize(("arguments", "loaded"), [([], False), (["--to", "vi"], True)])
def test_rendering_is_imported_where_it_is_asked_for(tmp_path, article, arguments, loaded):
    file = tmp_path / "a.txt"
    file.write_text(article, encoding="utf-8")
    program = (
        "import sys; from service.cli import main; code = main(['extract', *sys.argv[1:]]); "
        "print('extractors.render' in sys.modules, file=sys.stderr); sys.exit(code)"
    )
    command = [sys.executable, "-c", program, *arguments, str(file)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    assert done.stderr.decode().split()[-1] == str(loaded)
    assert bool(json.loads(done.stdout)["digest"]) == loaded


# --- HTTP -----------------------------------------------------------------------------------------


@pytest.fixture
def stored(client, article):
    return client.post("/v1/articles?wait=true", json={"text": article}).json["id"]


def test_an_article_in_a_language(client, stored):
    plain, found = (client.get(f"/v1/articles/{stored}{query}").json for query in ("", "?lang=de"))
    assert plain["rendered_in"] is None
    assert found["rendered_in"] == "de"
    assert found["indicators"][0]["label"] == "Haushaltseinnahmen"
    assert found["people"][0]["statement"] == "Lò Văn Mẫu, Parteisekretär der Gemeinde Tân Lập"
    assert found["digest"][0]["text"] == "Lò Văn Mẫu ist Parteisekretär der Gemeinde Tân Lập."
    assert client.get("/v1/articles/unknown?lang=de").status_code == 404


@pytest.mark.parametrize("path", ["/v1/articles/{}", "/v1/people", "/v1/units", "/v1/indicators"])
@pytest.mark.parametrize("language", ["pt", "und", "", "EN"])
def test_a_language_without_rendering_is_told(client, stored, path, language):
    answer = client.get(f"{path.format(stored)}?lang={language}")
    assert (answer.status_code, answer.json["error"]["field"]) == (422, "lang")
    assert "de, en, fr, vi" in answer.json["error"]["message"]


def test_facts_in_a_language(client, article):
    for number in range(2):
        client.post("/v1/articles?wait=true", json={"text": f"{article} {number}"})
    people, units, indicators = (
        client.get(f"/v1/{name}?lang=fr").json["items"] for name in ("people", "units", "indicators")
    )
    assert [row["statement"] for row in people] == [
        "Lò Văn Mẫu, secrétaire du Parti de la commune de Tân Lập",
        "Hoàng Thị Thử, secrétaire du Parti de la commune de Tân Lập",
    ] * 2
    assert {row["label"] for row in people} == {"secrétaire du Parti"}
    assert {row["label"] for row in units} == {"commune"}
    assert [row["statement"] for row in indicators[:2]] == [
        f"Recettes budgétaires{N}: {n}{NN}% du plan annuel" for n in ("64,5", "3")
    ]
    assert "label" not in client.get("/v1/indicators").json["items"][0]


def test_facts_in_a_language_as_csv(client, stored):
    answer = client.get("/v1/indicators?lang=en&format=csv&limit=1").text
    row = next(csv.DictReader(io.StringIO(answer)))
    assert (row["label"], row["statement"]) == ("budget revenue", "Budget revenue: 64.5 % of the annual plan")
    assert "statement" not in next(csv.DictReader(io.StringIO(client.get("/v1/indicators?format=csv").text)))


def test_the_page_shows_what_is_said(runtime, client, article):
    runtime.store.save(render(runtime.process(Submission(text=article)), "de"))
    record_id = client.get("/v1/articles").json["items"][0]["id"]
    page = client.get(f"/articles/{record_id}").text
    assert '<li lang="de">' in page
    assert f"Haushaltseinnahmen: 64,5{N}% des Jahresplans" in page
    assert "Parteisekretär, xã Tân Lập" in page


@pytest.mark.parametrize(
    ("text", "language", "to", "said"),
    [
        (
            "Bà Lò Thị Mến, Phó Chánh Văn phòng UBND tỉnh Sơn La, chủ trì.",
            "vi",
            "vi",
            "Lò Thị Mến là Phó Chánh Văn phòng UBND tỉnh Sơn La.",
        ),
        (
            "Mr. Do Quang Tiep, Head of the Department of Health of Son La province, spoke.",
            "en",
            "vi",
            "Do Quang Tiep là Giám đốc Sở Y tế tỉnh Son La.",
        ),
        (
            "Ms. Pham Thi Ut is a manager of International Fund for Rural Roads.",
            "en",
            "en",
            "Pham Thi Ut is a manager of the International Fund for Rural Roads.",
        ),
    ],
)
def test_offices_as_a_native_speaker_says_them(text, language, to, said):
    assert [span.text for span in render(record_of(text, language), to).digest] == [said]


def test_an_office_without_its_body_is_left_out_beside_others():
    roles = (role("peoples_committee_chair", "ubnd"), role("head", None))
    found = render(record(person(*roles), *UNITS), "en").people[0]
    assert "Head" not in found.statement
