"""Editions that convert a unit or share a scale word between two figures."""

from __future__ import annotations

import pytest

from extractors.editions import compare
from tests.test_editions import record_of


def conflicts(language: str, original: str, edition: str) -> list[str]:
    report = compare(record_of(original, "vi"), record_of(edition, language))
    return [conflict.message for conflict in report.conflicts if conflict.kind == "figure"]


@pytest.mark.parametrize(
    ("language", "original", "edition"),
    [
        ("en", "Năng suất lúa đạt 78 tạ/ha.", "The rice yield reached 7.8 tonnes per hectare."),
        ("en", "Năng suất ngô đạt 47,6 tạ/ha.", "The maize yield reached 4.76 tonnes per hectare."),
        ("de", "Năng suất ngô đạt 47,6 tạ/ha.", "Der Maisertrag lag bei 4,76 Tonnen je Hektar."),
        ("en", "Gia đình thu 3 tạ cá.", "The family caught 300 kg of fish."),
    ],
)
def test_converted_weights_are_no_conflict(language, original, edition):
    assert conflicts(language, original, edition) == []


def test_a_wrong_conversion_is_a_conflict():
    assert conflicts("en", "Năng suất ngô đạt 47,6 tạ/ha.", "The maize yield reached 47.6% per hectare.")
    assert conflicts("en", "Năng suất ngô đạt 47,6 tạ/ha.", "The maize yield reached 0.476 tonnes per hectare.")


@pytest.mark.parametrize(
    ("language", "edition"),
    [
        ("fr", "Le district a investi 38,4 milliards de dongs sur 70."),
        ("de", "Der Kreis investierte 38,4 Milliarden Dong von 70."),
        ("de", "Der Kreis investierte 38,4 von 70 Milliarden Dong."),
        ("en", "The district invested 38.4 billion dong out of 70 billion."),
    ],
)
def test_a_part_and_its_whole_share_a_scale(language, edition):
    assert conflicts(language, "Huyện đã đầu tư 38,4/70 tỷ đồng.", edition) == []


def test_another_scale_of_the_whole_is_a_conflict():
    edition = "The district invested 38.4 million dong out of 70."
    assert conflicts("en", "Huyện đã đầu tư 38,4/70 tỷ đồng.", edition)


@pytest.mark.parametrize(
    ("original", "edition", "found"),
    [
        ("Thôn thu 40 tạ ngô.", "The village harvested 40 tonnes of maize.", 1),
        ("Chè giá 9.000 đồng/kg.", "Tea costs 9,000 VND/tonne.", 1),
        ("Thôn thu 3 - 4 tấn ngô.", "The village harvested 3 to 4 tonnes of maize.", 0),
        ("Trường có 12 lớp, 340 học sinh.", "The school has 340 classes and 12 pupils.", 2),
        ("Trường có 12 lớp, 340 học sinh.", "The school teaches 340 pupils in 12 classes.", 0),
        ("Tiêm cho 18/21 trẻ.", "Of 21 children 18 were vaccinated.", 0),
        ("Thu ngân sách đạt 45% kế hoạch năm.", "Budget revenue reached 45% compared to the same period last year.", 1),
        ("Xã có 7 dự án từ năm 2021.", "The commune has had 7 projects since 2020.", 1),
        ("Trong 9 tháng, xã thu 812 triệu đồng.", "In 8 months the commune took in 812 million VND.", 1),
        ("Trong 9 tháng, xã thu 812 triệu đồng.", "In nine months the commune took in 812 million VND.", 0),
        ("Gia đình nuôi 1.000 con vịt.", "The family keeps a thousand ducks.", 0),
    ],
)
def test_things_bases_and_times(original, edition, found):
    assert len(conflicts("en", original, edition)) == found
