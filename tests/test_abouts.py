"""Which unit a figure is about, by the units that an article really holds."""

import datetime

import pytest

from extractors import extract
from extractors.indicators.abouts.choice import read_weights

PUBLISHED = datetime.date(2024, 8, 20)


@pytest.mark.parametrize(
    ("text", "abouts"),
    [
        (
            "Thu ngân sách của thị xã Hoàng Mai (Nghệ An) đạt 118% dự toán, trong khi huyện Quế Phong chỉ 62%.",
            ["thị xã Hoàng Mai", "huyện Quế Phong"],
        ),
        (
            "Nợ xấu của Quỹ tín dụng nhân dân Cẩm Bình là 0,3%, thấp nhất trong 16 quỹ trên địa bàn Hà Tĩnh. "
            "Huy động vốn tăng 9% so với đầu năm.",
            ["Quỹ tín dụng nhân dân Cẩm Bình", "Quỹ tín dụng nhân dân Cẩm Bình"],
        ),
        ("Trẻ thấp còi ở Mường Nhé đã giảm xuống 28,7%.", ["Mường Nhé"]),
    ],
)
def test_about(text, abouts):
    facts = extract(text, "vi", published=PUBLISHED)
    names = {unit.id: unit.name for unit in facts.units}
    assert [names.get(i.about or "") for i in facts.indicators] == abouts


@pytest.mark.parametrize(
    ("language", "text", "abouts"),
    [
        ("vi", "Huyện Na Rì thu ngân sách khá, cao hơn huyện Chợ Mới. Toàn huyện đạt 71% dự toán.", ["huyện Na Rì"]),
        (
            "en",
            "Quang Binh province has planted more trees than Bac Kan province. The province is 68% forest.",
            ["Quang Binh province"],
        ),
    ],
)
def test_a_word_for_a_level_means_the_place_of_the_article(language, text, abouts):
    facts = extract(text, language, published=PUBLISHED)
    names = {unit.id: unit.name for unit in facts.units}
    assert [names.get(i.about or "") for i in facts.indicators] == abouts


def test_weights_are_whole_hundredths_by_signal():
    weights = read_weights()
    assert weights["LdA.0"] > weights.get("LdA.2", 0)
    assert all(-10 < weight < 10 for weight in weights.values())
