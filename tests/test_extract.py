"""Facts of whole texts: warnings, spellings of one person, places across the reform."""

import datetime
import json
import random
from datetime import date

import pytest

from extractors import extract
from extractors.packs import LANGUAGES


def codes(facts):
    return [warning.code for warning in facts.warnings]


def test_two_spellings_of_one_person_are_one_person_with_a_warning():
    text = (
        "Genosse Vu Thanh Tung, Sekretär des Parteikomitees der Gemeinde Phu Luu, eröffnete die Sitzung.\n"
        "Genosse Vu Thanh Tunk dankte allen."
    )
    facts = extract(text, "de")
    assert [person.name for person in facts.people] == ["Vu Thanh Tung"]
    assert facts.people[0].variants == ("Vu Thanh Tunk",)
    assert "name_variants" in codes(facts)


def test_a_deputy_is_never_taken_for_the_chief():
    facts = extract("Phó Chủ tịch UBND tỉnh Lào Cai Vàng A Sình và Chủ tịch UBND tỉnh Trần Văn Khởi dự.", "vi")
    assert {person.name: [role.role for role in person.roles] for person in facts.people} == {
        "Vàng A Sình": ["deputy_peoples_committee_chair"],
        "Trần Văn Khởi": ["peoples_committee_chair"],
    }


def test_a_district_named_after_the_reform_has_ended():
    text = "Tỉnh Lào Cai họp.\nNgười dân huyện Bát Xát trồng 40 ha cây."
    facts = extract(text, "vi", published=date(2025, 9, 1))
    assert "unit_dissolved" in codes(facts)
    assert "unit_dissolved" not in codes(extract(text, "vi", published=date(2025, 3, 1)))
    assert "unit_dissolved" not in codes(
        extract(text.replace("Bát Xát", "Bát Xát cũ"), "vi", published=date(2025, 9, 1))
    )


def test_a_place_is_the_one_of_the_articles_day():
    text = "Xã Lang Quán, huyện Yên Sơn, tỉnh Tuyên Quang có 5 thôn."
    (before,) = [u for u in extract(text, "vi", published=date(2024, 7, 1)).units if u.type == "commune"]
    assert (before.code, before.code_version, before.official_name) == ("02479", "2025-06", "xã Lang Quán")
    assert [successor.name for successor in before.successors] == ["xã Yên Sơn"]


def test_a_namesake_without_context_has_no_code_but_a_warning():
    facts = extract("Xã Tân Lập có 5 thôn.", "vi", published=date(2024, 7, 1))
    assert facts.units[0].code is None
    assert codes(facts) == ["place_ambiguous"]


def test_a_commune_that_bears_a_provinces_name_is_not_taken_for_the_province():
    text = "Huyện Nam Trà My, tỉnh Quảng Nam có 10 xã. Tại Trà Vinh, trạm y tế mới hoạt động từ tháng 5."
    codes_of = {u.name: u.code for u in extract(text, "vi", published=date(2024, 5, 1)).units}
    assert codes_of == {"huyện Nam Trà My": "516", "tỉnh Quảng Nam": "49", "Trà Vinh": None}


def test_a_bare_name_means_the_district_in_which_the_named_commune_lies():
    facts = extract(
        "Tỉnh Tiền Giang họp. Ở Cai Lậy, dân xã Long Khánh trồng sầu riêng.", "vi", published=date(2024, 8, 1)
    )
    types = {u.name: u.type for u in facts.units}
    assert types["Cai Lậy"] == "town"


def test_offsets_count_code_points_of_the_text():
    text = "Bà H'Luin Byă, Phó Giám đốc Sở Y tế tỉnh Đắk Lắk: 62,5 % số hộ đã có thẻ."
    facts = extract(text, "vi")
    spans = [m for fact in (*facts.people, *facts.units) for m in fact.mentions] + [
        i.evidence for i in facts.indicators
    ]
    assert spans
    assert all(text[span.start : span.end] == span.text for span in spans)


@pytest.mark.parametrize(
    ("rest", "version"),
    [
        ("Huyện Bát Xát họp.", "2025-06"),
        ("Thành phố Lào Cai họp.", "2025-06"),
        ("Huyện Bát Xát cũ có 21 xã.", None),
        ("Thành phố Hồ Chí Minh họp.", None),
        ("", None),
    ],
)
def test_districts_date_an_article_without_a_date(rest, version):
    facts = extract(f"Nhân dân xã Y Tý, tỉnh Lào Cai đón khách. {rest}", "vi")
    assert [unit.code_version for unit in facts.units if unit.type == "commune"] == [version]
    assert "unit_dissolved" not in codes(facts)


def test_figures_in_brackets_behind_places_measure_the_subject_of_the_clause():
    text = "Dư nợ quý I tăng mạnh nhất ở huyện Bắc Hà (6,4%) và huyện Si Ma Cai (5,1%)."
    found = extract(text, "vi", published=date(2024, 4, 20)).indicators
    assert [(i.value, i.direction, i.subject) for i in found] == [
        (6.4, "increase", "Dư nợ"),
        (5.1, "increase", "Dư nợ"),
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("vi", "Sở Tài chính,"),
        ("en", "Department of Finance,"),
        ("de", "Abteilung für Finanzen,"),
        ("fr", "Service des finances,"),
        ("en", "Insurers ² shaved 3 per cent, clause ① of it."),
        ("en", "January 0: of 24 classes 0 of 0 are open, 5%."),
        ("en", "5%, " * 600),
        ("en", "5% " * 600),
        ("vi", "(5% (" * 400),
        ("vi", "xã Phù Lưu, huyện Bắc Yên, " * 400),
    ],
)
def test_odd_texts_raise_nothing(language, text):
    extract(text, language)


@pytest.mark.parametrize("published", [datetime.date.min, datetime.date.max])
def test_days_that_no_newspaper_has(published):
    assert extract("Last year revenue rose 5%; in December 6%.", "en", published=published).indicators


def test_a_name_before_a_comma_that_ends_the_text():
    assert [person.name for person in extract("Dự họp có ông Trần Văn Kiệm,", "vi").people] == ["Trần Văn Kiệm"]


def sentences_of(language):
    lines = (LANGUAGES / language / "figures.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["text"].split() for line in lines]


@pytest.mark.parametrize("language", ["de", "en", "fr", "vi"])
def test_words_in_any_order_raise_no_error(language):
    """Sentences cut, joined and with words lost: what a scraper or an engine may make of any text."""
    chance = random.Random(language)
    texts = sentences_of(language)
    for _ in range(400):
        one, other = chance.choice(texts), chance.choice(texts)
        cut = one[: chance.randrange(len(one))] + other[chance.randrange(len(other)) :]
        extract(" ".join(word for word in cut if chance.random() > 0.1), language)


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "Schools that meet level 2 were 61%, up 3 points.", 61),
        ("en", "national 52.2% rate of goods inspection models, 4.9%.", 52.2),
        ("vi", "Thu qua chuyển khoản đã lên 35% tổng số tiền.", 35),
        ("fr", "Les capitaux vont pour 62 % vers la Zone économique Vũ-Cát", 62),
    ],
)
def test_numbers_of_nouns_and_names_at_the_end(language, text, value):
    assert extract(text, language).indicators[0].value == value
