"""What is found about figures: the cases of every language pack, and the parts that hold for all languages."""

import datetime
import json
import re

import pytest

from extractors.indicators.counts.goals import check_sums
from extractors.indicators.find import find_indicators
from extractors.packs import LANGUAGES
from extractors.text import split_sentences
from extractors.types import Span, Unit

PUBLISHED = datetime.date(2024, 8, 20)


def read_cases():
    for path in sorted(LANGUAGES.glob("*/figures.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            yield pytest.param(path.parent.name, json.loads(line), id=f"{path.parent.name}-{number}")


def find(text, language, units=(), published=PUBLISHED, masked=()):
    return find_indicators(
        text,
        sentences=split_sentences(text),
        language=language,
        units=units,
        published=published,
        masked=masked,
    )


def names_the_same(expected, found):
    """Whether every word that is expected is in the found phrase, and that is not much longer."""
    left, right = (re.findall(r"\w+", (phrase or "").casefold()) for phrase in (expected, found))
    return set(left) <= set(right) and len(right) <= 3 * len(left)


AMOUNTS = ("money", "measure")


def differences(case, language):
    """What the text of a case gives that it should not, and the other way round."""
    amounts = any(one.get("kind") in AMOUNTS for one in case["expect"])  # else the case is about something else
    left = [one for one in find(case["text"], language) if amounts or one.kind not in AMOUNTS]
    wrong = []
    for expected in case["expect"]:
        expected = {"kind": "percentage", **expected}
        if expected["kind"] == "percentage":
            expected = {"unit": "%", "comparator": "eq", "derived": False, **expected}
        match = next((i for i in left if i.kind == expected["kind"] and abs(i.value - expected["value"]) < 0.01), None)
        if match is None:
            wrong.append(f"missing {expected}")
            continue
        left.remove(match)
        wrong.extend(f"{key}: {value!r}" for key, value in expected.items() if not agrees(key, value, match))
    return wrong + [f"not expected: {one}" for one in left]


def agrees(key, value, found):
    if key == "subject":
        return names_the_same(value, found.subject)
    if key == "basis":
        return found.basis in value.split("|")
    if key == "period":
        return found.period is not None and [found.period.from_, found.period.to] == value
    if key == "value":
        return abs(found.value - value) < 0.01
    return getattr(found, key) == value


@pytest.mark.parametrize(("language", "case"), list(read_cases()))
def test_case_of_the_pack(language, case):
    wrong = differences(case, language)
    if case.get("known_failure"):
        assert wrong, "a known failure passes: take the mark away"
        pytest.xfail("; ".join(wrong))
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(("language", "case"), list(read_cases()))
def test_evidence_is_in_the_text(language, case):
    for one in find(case["text"], language):
        assert case["text"][one.evidence.start : one.evidence.end] == one.evidence.text
        assert one.subject is None or one.subject in case["text"]
        assert 0 < one.confidence <= 1


def unit(name, text, **fields):
    mentions = tuple(Span(m.start(), m.end(), m.group()) for m in re.finditer(re.escape(name), text))
    values = {"id": name, "class_": "administrative", "type": "district", "parent": None, **fields}
    return Unit(
        name=name, code=None, code_version=None, official_name=None, successors=(), mentions=mentions, confidence=1.0,
        rule="test", **values,
    )  # fmt: skip


def test_respectively_pairs_units_and_figures():
    text = "Ba huyện Na Rì, Chợ Mới và Pác Nặm lần lượt đạt 41,2%, 38% và 35,7% kế hoạch trồng rừng."
    units = [unit(name, text) for name in ("Na Rì", "Chợ Mới", "Pác Nặm")]
    assert [(i.value, i.about) for i in find(text, "vi", units)] == [
        (41.2, "Na Rì"),
        (38, "Chợ Mới"),
        (35.7, "Pác Nặm"),
    ]


def test_items_of_a_list_take_subject_and_period_from_its_head_line():
    text = (
        "Diện tích rừng trồng mới 7 tháng đầu năm 2024 so với kế hoạch:\n"
        "- Huyện Na Rì: 92,5%\n- Huyện Pác Nặm: trên 70%\n"
    )
    units = [unit(name, text) for name in ("Huyện Na Rì", "Huyện Pác Nặm")]
    found = find(text, "vi", units)
    assert [(i.value, i.about) for i in found] == [(92.5, "Huyện Na Rì"), (70, "Huyện Pác Nặm")]
    (subject,) = {i.subject for i in found}
    assert "rừng trồng" in subject
    assert {(i.period.from_, i.period.to) for i in found} == {("2024-01-01", "2024-07-31")}


def test_an_office_reports_on_its_place():
    text = "Laut dem Volkskomitee der Provinz Ha Nam ist die Armutsquote auf 2,1 % gesunken."
    units = [
        unit("Provinz Ha Nam", text, type="province"),
        unit("Volkskomitee der Provinz Ha Nam", text, class_="government", type="peoples_committee",
             parent="Provinz Ha Nam"),
    ]  # fmt: skip
    assert [i.about for i in find(text, "de", units)] == ["Provinz Ha Nam"]


def test_back_reference_is_resolved_to_the_unit_of_its_type():
    text = "Huyện Na Rì họp sơ kết. Chợ Mới cử đại biểu dự. Toàn huyện có 18% hộ nghèo."
    units = [unit("Huyện Na Rì", text), unit("Chợ Mới", text, type="commune")]
    assert [i.about for i in find(text, "vi", units)] == ["Huyện Na Rì"]


def test_ids_follow_the_text():
    found = find("Exports rose 5%, imports fell 3% and sales grew 2%.", "en")
    assert [(i.id, i.value) for i in found] == [("i1", 5), ("i2", 3), ("i3", 2)]


def test_sum_with_its_parts():
    (found,) = find("The goal was met: the town helped 48 households, of which 34 built and 14 repaired houses.", "en")
    assert (found.value, found.parts, found.target) == (48, (34, 14), None)


def test_language_without_a_pack_gives_the_figures():
    found = find("Recettes 12,5 % — ingresos 7%.", "xx")
    assert [(i.value, i.unit, i.comparator) for i in found] == [(12.5, "%", "eq"), (7, "%", "eq")]


def test_no_figure_gives_nothing():
    assert find("Der Rat tagte am 3. Mai.", "de") == ()


def test_without_a_day_of_publication_only_full_dates_are_resolved():
    text = "Sản lượng tháng 7 tăng 5%; sản lượng năm 2023 tăng 4%."
    first, second = find(text, "vi", published=None)
    assert first.period is None
    assert (second.period.from_, second.period.to) == ("2023-01-01", "2023-12-31")


def test_parts_that_do_not_add_up_are_a_warning():
    found = find("The town helped 48 households, consisting of 30 poor and 14 near-poor ones, a rise of 5%.", "en")
    (warning,) = check_sums(found)
    (total,) = (i for i in found if i.parts)
    assert (warning.code, warning.refs, warning.message) == ("sum_mismatch", (total.id,), "30 + 14 is 44, not 48")


def test_parts_that_add_up_are_no_warning():
    assert check_sums(find("The town helped 48 households, of which 34 built and 14 repaired houses.", "en")) == ()


def test_the_name_of_a_person_is_no_subject():
    text = "Exports grew. Last month Hoa Binh reached 64%."
    start = text.index("Hoa Binh")
    (found,) = find(text, "en", masked=[(start, start + len("Hoa Binh"))])
    assert found.subject != "Hoa Binh"


def test_a_back_reference_means_the_place_that_the_article_is_about():
    text = "Huyện Na Rì: kết quả nửa năm\nHuyện Na Rì họp, có huyện Chợ Mới dự. Toàn huyện có 18% hộ nghèo."
    units = [unit("Huyện Na Rì", text), unit("huyện Chợ Mới", text)]
    assert [i.about for i in find(text, "vi", units)] == ["Huyện Na Rì"]


def test_an_average_compared_with_is_not_what_the_next_figure_is_about():
    text = (
        "In Lac Son district 64% of roads are paved, 3 percentage points more than the average of Hoa Binh province. "
        "Some 12% of bridges are unsafe."
    )
    units = [unit("Lac Son district", text), unit("Hoa Binh province", text, type="province")]
    assert [i.about for i in find(text, "en", units)] == ["Lac Son district"] * 3


def test_a_figure_for_two_places_is_about_the_one_that_they_lie_in():
    text = "Le district de Ba Hong tarde : 60 % des retards se trouvent dans les communes de Tan Loc et de Yen Hieu."
    district = unit("district de Ba Hong", text)
    communes = [unit(n, text, type="commune", parent=district.id) for n in ("Tan Loc", "Yen Hieu")]
    assert [i.about for i in find(text, "fr", [district, *communes])] == ["district de Ba Hong"]


def test_a_figure_that_opens_the_sentence_is_about_the_place_behind_its_comma():
    text = "La province de Phu Tho progresse. Avec 88 %, le district de Lam Son occupe la première place."
    units = [unit("province de Phu Tho", text, type="province"), unit("district de Lam Son", text)]
    assert [i.about for i in find(text, "fr", units)] == ["district de Lam Son"]


def test_a_plan_beside_an_and_does_not_hide_the_place_behind_it():
    text = "La commune de Chieng Sai a réalisé 100 % de son plan et celle de Muong Lua 92 %."
    units = [unit(name, text, type="commune") for name in ("commune de Chieng Sai", "Muong Lua")]
    assert [i.about for i in find(text, "fr", units)] == ["commune de Chieng Sai", "Muong Lua"]


def test_a_column_of_a_table_names_what_its_figures_measure():
    text = "| Commune | Collection rate (July 2024) |\n| Tan Lap | 61.5% |\n| Hoa Binh | 58% |"
    found = find(text, "en")
    assert [(i.value, i.subject, i.period.from_) for i in found] == [
        (61.5, "Collection rate", "2024-07-01"),
        (58, "Collection rate", "2024-07-01"),
    ]
