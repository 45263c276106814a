"""Editions that make a level a change or points percent, or exchange two figures; and those that do not."""

from __future__ import annotations

import pytest

from extractors.editions import compare
from tests.test_editions import record_of


def problems(language: str, original: str, edition: str) -> list[str]:
    report = compare(record_of(original, "vi"), record_of(edition, language))
    return [f"{conflict.kind}: {conflict.message}" for conflict in report.conflicts]


@pytest.mark.parametrize(
    ("language", "original", "edition", "problem"),
    [
        ("en", "Thu thuế đạt 107% dự toán.", "Tax revenue rose by 107% of the estimate.", "a level became an increase"),
        ("de", "Thu thuế đạt 107% dự toán.", "Die Steuern stiegen um 107 %.", "a level became an increase"),
        ("fr", "Thu thuế bằng 107% dự toán.", "Les taxes ont augmenté de 107 %.", "a level became an increase"),
        ("en", "Hộ nghèo giảm còn 4,2%.", "Poor households fell by 4.2%.", "a level became a decrease"),
        ("en", "Thu thuế vượt 7% dự toán.", "Tax revenue was equal to 7% of the estimate.", "became a level"),
        ("en", "Tỷ lệ tăng 2,3 điểm phần trăm.", "The rate rose by 2.3%.", "percentage points became percent"),
        ("de", "Giá điện tăng 2,3%.", "Der Strompreis stieg um 2,3 Prozentpunkte.", "percent became percentage points"),
        (
            "en",
            "Tỷ lệ là 7,4%, cao hơn bình quân tỉnh.",
            "The rate is 7.4%, lower than the average.",
            "more became less",
        ),
        (
            "de",
            "Quỹ chi nhiều hơn năm trước 3 tỷ đồng.",
            "Der Fonds zahlte 3 Milliarden VND weniger.",
            "increase became",
        ),
        ("fr", "Lương từ 7 triệu đồng trở lên.", "Le salaire est d'au plus 7 millions de dongs.", "above became below"),
        ("en", "Nợ thuế tăng 13%.", "Tax debts rose to 13%.", "an increase became a level"),
        ("de", "Thu thuế vượt 7% dự toán.", "Die Steuern erreichten damit 7 % der Planung.", "became a level"),
        ("en", "Tỷ lệ giảm còn 5,3%.", "The rate rose to 5.3%.", "decrease became increase"),
        ("en", "Có hơn 2.400 học sinh.", "There are 2,400 students.", "above became exact"),
        ("en", "Giá từ 900 đến 1.200 đồng.", "The price is 1,200 dong.", "lacks 900"),
    ],
)
def test_another_kind_of_figure(language, original, edition, problem):
    found = problems(language, original, edition)
    assert [problem in one for one in found] == [True], found


@pytest.mark.parametrize(
    ("language", "original", "edition"),
    [
        ("en", "Thu thuế vượt 7% dự toán.", "Tax revenue exceeded the estimate by 7%."),
        ("de", "Hộ nghèo giảm còn 4,2%.", "Die Armutsquote sank auf 4,2 %."),
        ("fr", "Hộ nghèo còn 4,2%, giảm 1,1 điểm phần trăm.", "Le taux est de 4,2 %, soit 1,1 point de moins."),
        ("en", "Cả xã có 12 hộ, tăng 3 hộ.", "The commune has 12 households, 3 more."),
        ("en", "Chi 4 triệu rưỡi.", "It cost 4.5 million."),
        ("fr", "Chi 4 triệu rưỡi.", "Cela a coûté 4 millions et demi."),
        ("de", "Làm trong 2,5 năm.", "Es dauerte zweieinhalb Jahre."),
        ("en", "Làm trong 2 năm rưỡi.", "It took two and a half years."),
        ("de", "Số hộ là 1.310, giảm 2,4%.", "Die Zahl beträgt 1.310, 2,4 % weniger."),
        ("fr", "Trước đây ông thu chưa tới 40 triệu đồng.", "Autrefois il gagnait moins de 40 millions de dongs."),
        ("de", "Đoàn viên làm 31 km đường.", "Die Mitglieder legten 31 km Wege an."),
        ("en", "Năm nay đạt 96%, hơn hẳn mức 71% năm 2015.", "It is 96% this year. In 2015 it was 71%."),
        ("de", "Ninh Sơn có 24 trường. Ở Bác Ái có 9.", "Ninh Son hat Schulen: 24. In Bac Ai sind es 9."),
    ],
)
def test_the_same_figure_said_otherwise(language, original, edition):
    assert problems(language, original, edition) == []


SUGAR = "Huyện Kông Chro đạt 82,4%, huyện Ia Pa đạt 71,9%."


@pytest.mark.parametrize(
    ("language", "original", "edition"),
    [
        ("en", SUGAR, "Kong Chro district reached 71.9%, Ia Pa district 82.4%."),
        ("en", SUGAR, "The rate is 71.9% in Kong Chro district and 82.4% in Ia Pa district."),
        ("en", "Kông Chro và Ia Pa lần lượt đạt 82% và 71%.", "Kong Chro and Ia Pa reached 71% and 82% respectively."),
        (
            "en",
            "Khu công nghiệp Tân Tạo hút 1,3 tỷ USD, Khu công nghiệp Vân Trì 720 triệu USD.",
            "Tan Tao Industrial Park attracted 720 million USD, Van Tri Industrial Park 1.3 billion USD.",
        ),
        ("fr", "Tôm 310 tấn, cua 190 tấn.", "Crevettes : 190 tonnes, crabes : 310 tonnes."),
        ("de", "Có 14 trong số 19 xã đạt.", "19 von 14 Gemeinden haben es geschafft."),
    ],
)
def test_two_figures_exchanged(language, original, edition):
    found = problems(language, original, edition)
    assert ["exchanged" in problem for problem in found] == [True, True], found


@pytest.mark.parametrize(
    ("language", "original", "edition"),
    [
        ("en", SUGAR, "Ia Pa district reached 71.9%, Kong Chro district 82.4%."),
        ("en", SUGAR, "The rate is 71.9% in Ia Pa and 82.4% in Kong Chro."),
        ("en", "Trong 19 xã, 14 xã đạt.", "14 of 19 communes have made it."),
        ("en", "Tỷ lệ giảm từ 9,4% xuống 6,1%.", "The rate fell to 6.1% from 9.4%."),
        ("de", "Năm 2021 là 9,4%, năm 2022 là 6,1%.", "Es waren 6,1 % im Jahr 2022, 9,4 % im Jahr 2021."),
    ],
)
def test_figures_that_come_in_another_order(language, original, edition):
    assert problems(language, original, edition) == []


def test_a_person_of_the_next_sentence_in_the_place_of_another():
    original = (
        "Giám đốc Sở Y tế Cao Thị Mai Lan đến dự. Hiệu trưởng Trường Tiểu học Ea Bar Phùng Văn Đại lo thiếu lớp học."
    )
    edition = (
        "Director of the Department of Health Cao Thi Mai Lan attended. "
        "{}, principal of Ea Bar Primary School, worries about the lack of classrooms."
    )
    assert problems("en", original, edition.format("Phung Van Dai")) == []
    found = problems("en", original, edition.format("Cao Thi Mai Lan"))
    assert ["another name of the original" in one for one in found] == [True], found


@pytest.mark.parametrize(
    ("original", "edition", "found"),
    [
        ("Có 25% số vụ ở huyện Tuy Đức.", "25% of cases are in Krong No district.", ["Tuy Đức became Krong No"]),
        ("Có 25% số vụ ở huyện Tuy Đức.", "25% of cases are in Tuy Duc district.", []),
        ("Có 25% số vụ ở huyện Tuy Đức.", "25% of cases are in the district.", []),
        ("Chủ tịch nước Tập Cận Bình gửi điện mừng.", "President Xi Jinping sent a telegram.", []),
    ],
)
def test_names_that_the_original_has_not(original, edition, found):
    messages = problems("en", original, edition)
    assert [one in message for one, message in zip(found, messages, strict=True)] == [True] * len(found)
