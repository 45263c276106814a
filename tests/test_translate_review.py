"""What a check of a translation may rewrite, what it flags, and what it lets pass."""

from __future__ import annotations

import pytest

from service.translate.checks import review
from service.translate.names import Names


def check(languages: tuple[str, str], source: str, translation: str):
    return review(source, translation, languages=languages, names=Names(()))


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        ("Thu thuế của xã mới đạt 93% dự toán.", "Tax revenue of the commune is 7% short of the estimate."),
        ("Còn 14% số trường chưa có thư viện.", "86% of schools have a library."),
        ("Còn 45,5% số hộ chưa nối mạng.", "54.5% of households are connected."),
        ("Sản lượng cá đạt 108% kế hoạch.", "The catch was 8% above the plan."),
    ],
)
def test_another_percentage_is_flagged_and_never_rewritten(source, translation):
    result = check(("vi", "en"), source, translation)
    assert result.text == translation
    assert result.losses


@pytest.mark.parametrize(
    ("source", "translation", "repaired"),
    [
        ("đạt 63,7% dự toán", "reached 637% of the estimate", "reached 63.7% of the estimate"),
        ("đạt 63,7% dự toán", "reached 67.3% of the estimate", "reached 63.7% of the estimate"),
    ],
)
def test_a_percentage_with_its_digits_is_repaired(source, translation, repaired):
    result = check(("vi", "en"), source, translation)
    assert (result.text, result.losses) == (repaired, ())


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        ("Cà phê chín đỏ trên đồi.", "The coffee ripened red on the hill."),
        ("Chuối đã chín.", "The bananas are ripe."),
        ("Hồ nước đầy bốn mùa.", "The lake is full all year round."),
        ("Xã có chín hộ nghèo.", "The commune has nine poor households."),
    ],
)
def test_ripe_and_all_seasons_are_no_numbers(source, translation):
    assert check(("vi", "en"), source, translation).losses == ()


def test_nine_things_are_still_counted():
    losses = check(("vi", "en"), "Xã có chín thôn, bốn trường.", "The commune has hamlets and schools.").losses
    assert [loss.detail for loss in losses] == ["chín", "bốn"]


@pytest.mark.parametrize(
    ("languages", "source", "translation"),
    [
        (("vi", "en"), "Cô giáo vượt 12 km đường đèo tới lớp.", "The teacher covers 12 km of mountain road to class."),
        (("vi", "de"), "Bản ở gần 4 con suối.", "Das Dorf liegt an 4 Bächen."),
        (("vi", "en"), "Trên 350 ha đồi, xã trồng chè.", "On 350 ha of hills the commune grows tea."),
        (("de", "en"), "Unter 240 Gästen waren viele Frauen.", "Among 240 guests were many women."),
        (("vi", "en"), "Không quá 7% số lớp.", "Not over 7% of classes."),
        (("vi", "en"), "Hơn 7% số lớp.", "A good 7% of classes."),
        (("vi", "de"), "Hơn 7% số lớp.", "Gut 7 % der Klassen."),
        (("de", "fr"), "Gut 420 Bäume.", "Un peu plus de 420 arbres."),
        (("vi", "fr"), "Trên 420 cây.", "Un peu plus de 420 arbres."),
    ],
)
def test_places_are_no_bounds_and_bounds_have_other_words(languages, source, translation):
    assert check(languages, source, translation).losses == ()


@pytest.mark.parametrize(
    ("languages", "source", "translation"),
    [
        (("vi", "en"), "Hỗ trợ trên 350 ha chè.", "Support for 350 ha of tea."),
        (("de", "en"), "Gut 7 % der Klassen.", "7% of classes."),
        (("de", "en"), "Gut 7 % der Klassen.", "Fewer than 7% of classes."),
        (("vi", "en"), "Không quá 7% số lớp.", "Over 7% of classes."),
        (("vi", "en"), "Vượt 420 cây.", "420 trees."),
    ],
)
def test_bounds_are_still_kept(languages, source, translation):
    assert check(languages, source, translation).losses
