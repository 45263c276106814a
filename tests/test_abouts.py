"""Which unit a figure is about, by the units that an article really holds."""

import datetime

import pytest

from extractors import extract

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
