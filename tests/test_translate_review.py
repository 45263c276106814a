"""What a check of a translation may rewrite, what it flags, and what it lets pass."""

from __future__ import annotations

import pytest

from service.translate.engines.base import is_whole
from service.translate.names import Names
from service.translate.pack_glossary import PackGlossary
from service.translate.review import review


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


@pytest.mark.parametrize(
    ("languages", "source", "translation"),
    [
        (("vi", "en"), "1/3 số lớp học thêm.", "A third of classes."),
        (("vi", "en"), "Hơn 1/2 diện tích.", "More than half of the area."),
        (("vi", "fr"), "3/4 số thôn có chợ.", "Les trois quarts des hameaux ont un marché."),
        (("en", "vi"), "A quarter of the pupils.", "1/4 số học sinh."),
        (("vi", "en"), "Trao 1 tỷ đồng.", "A billion dong was handed over."),
        (("vi", "en"), "Xã đạt 17/17 tiêu chí.", "The commune met all 17 criteria."),
        (("vi", "de"), "12/12 bản có điện.", "Alle zwölf Dörfer haben Strom."),
        (("vi", "en"), "100% trẻ em tới trường.", "All children go to school."),
        (("vi", "en"), "Số khách gấp 2 lần.", "Visitors doubled."),
        (("vi", "de"), "Số khách gấp 3 lần.", "Die Zahl der Gäste verdreifachte sich."),
        (("vi", "en"), "Kế hoạch 2021-2026.", "The plan for 2021–26."),
    ],
)
def test_common_wordings_of_figures_pass(languages, source, translation):
    assert check(languages, source, translation).losses == ()


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        ("3/4 số lớp.", "A quarter of classes."),
        ("1/3 số lớp.", "Two thirds of classes."),
        ("Đạt 17/19 tiêu chí.", "All 17 criteria were met."),
        ("Toàn bộ số xã, 100% trẻ em.", "All communes, children."),
        ("98% trẻ em.", "All children."),
        ("Số khách gấp 3 lần.", "Visitors doubled."),
        ("Kế hoạch 2021-2026.", "The plan for 2021–25."),
    ],
)
def test_other_shares_are_flagged(source, translation):
    result = check(("vi", "en"), source, translation)
    assert result.losses
    assert result.text == translation


@pytest.mark.parametrize(
    ("languages", "source", "translation"),
    [
        (("vi", "en"), "Năng suất lúa 64 tạ/ha.", "Rice yields 6.4 tonnes per hectare."),
        (("vi", "de"), "Năng suất đạt 57,4 tạ/ha.", "Der Ertrag liegt bei 5,74 Tonnen je Hektar."),
        (("vi", "en"), "Thu 3 tạ cá.", "They caught 300 kg of fish."),
        (("de", "fr"), "50 bis 55 Doppelzentner Mais.", "5 à 5,5 tonnes de maïs."),
    ],
)
def test_converted_weights_are_left_alone(languages, source, translation):
    result = check(languages, source, translation)
    assert (result.text, result.losses) == (translation, ())


def test_a_wrong_conversion_is_no_excuse():
    assert check(("vi", "en"), "Năng suất lúa 64 tạ/ha.", "Rice yields 640 tonnes per hectare.").losses


def test_a_part_and_its_whole_share_a_scale():
    source, said = "Huyện đã đầu tư 38,4/70 tỷ đồng.", "Le district a investi 38,4 milliards de dongs sur 70."
    assert check(("vi", "fr"), source, said).losses == ()
    assert check(("vi", "fr"), source, said.replace("milliards", "millions")).losses


def test_a_concise_caption_is_whole():
    source = "Quang cảnh buổi lễ khánh thành cây cầu treo bắc qua suối của bản vùng cao."
    assert is_whole(source, "The new suspension bridge at its opening ceremony")
    assert not is_whole(source, "The new suspension")


@pytest.mark.parametrize(
    "translation",
    [
        "The People's Committee of the commune praised its people.",
        "The commune's people's committee praised its people.",
        "A People’s Committee praised its people.",
    ],
)
def test_a_term_of_the_packs_stands_with_any_article_and_case(translation):
    names = Names((), PackGlossary().terms("vi", "en"))
    result = review("UBND xã khen bà con.", translation, languages=("vi", "en"), names=names)
    assert result.losses == ()


def test_a_term_of_the_packs_counts_each_time():
    names = Names((), PackGlossary().terms("vi", "en"))
    said = "The People's Committee wrote to the office."
    result = review("UBND xã gửi UBND huyện.", said, languages=("vi", "en"), names=names)
    assert [loss.code for loss in result.losses] == ["name_lost"]


def test_the_packs_have_no_vague_terms():
    terms = {pair: PackGlossary().terms(*pair).keys() for pair in (("vi", "en"), ("en", "vi"), ("de", "en"))}
    assert not {"Bí thư", "Chủ tịch", "Thư ký", "Thống kê", "BTV", "BCH", "CDC"} & terms["vi", "en"]
    assert not {"Board of", "Department of", "Commission"} & terms["en", "vi"]
    assert not {"Amt für", "Bürgermeister", "Direktorin"} & terms["de", "en"]
    assert {"UBND", "Bí thư Đảng ủy", "Hội Nông dân"} <= terms["vi", "en"]
