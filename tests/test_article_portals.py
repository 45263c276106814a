"""Pages of communes and small papers that no family knows, as their systems make them. All are invented."""

import pytest

from extractors.article.read import read_article
from extractors.types import Article, Page

LINES = [
    "Sáng nay, xã Nậm Chà khánh thành trạm bơm thứ hai, phục vụ 46 héc ta ruộng của hai bản Nậm Pe và Huổi Lính.",
    "Theo kế hoạch, đến cuối năm có 93% số hộ được dùng nước sạch, tăng 7 điểm phần trăm so với cùng kỳ năm trước.",
    "Vốn xây trạm lấy từ chương trình xây dựng nông thôn mới, phần còn lại do bà con các bản góp ngày công làm.",
]
TITLE = "Nậm Chà khánh thành trạm bơm thứ hai"
SITE = "Cổng thông tin điện tử xã Nậm Chà"


def read(
    around: str = "",
    after: str = "",
    heading: str = f"<h1>{TITLE}</h1>",
    title: str = f"{TITLE} - {SITE}",
    host: str = "namcha.laichau.example.vn",
) -> Article:
    text = "".join(f"<p>{line}</p>" for line in LINES)
    main = f"<div class='main'>{heading}{around}<div class='noidung'>{text}{after}</div></div>"
    header = "<div class='header'><div class='clock'>Thứ Hai, 12/08/2024</div></div>"
    html = f"<html lang='vi'><head><title>{title}</title></head><body>{header}{main}</body></html>"
    return read_article(Page(content=html.encode(), url=f"https://{host}/tin/tram-bom-1234.html"))


@pytest.mark.parametrize(
    ("shown", "moment"),
    [
        ("Xuất bản: Thứ sáu, 3/5/2024 | 2:30:00 Chiều", "2024-05-03T14:30:00+07:00"),
        ("03/05/2024, 8:15 sáng", "2024-05-03T08:15:00+07:00"),
        ("7:05 tối 03/05/2024", "2024-05-03T19:05:00+07:00"),
        ("Th5 03, 2024", "2024-05-03T00:00:00+07:00"),
        ("03 Th5, 2024", "2024-05-03T00:00:00+07:00"),
        ("Th12 3, 2024 - Tin xã", "2024-12-03T00:00:00+07:00"),
    ],
)
def test_dates_as_systems_print_them(shown, moment):
    assert read(f"<div>{shown}</div>").published_at == moment


def test_the_clock_of_a_page_without_a_heading_is_no_date():
    assert read(heading="", title=TITLE).published_at is None


def test_a_date_before_the_title_counts_more_than_one_after_the_text():
    later = "".join(
        f"<div><a href='/{day}'>Tin khác của xã</a> <p>{day}. Aug 2023 // Tin</p></div>" for day in (4, 5, 6)
    )
    page = read(heading=f"<p>21. Jan 2024 / Tin xã</p><h1>{TITLE}</h1>", after=f"<div>{later}</div>")
    assert page.published_at[:10] == "2024-01-21"


@pytest.mark.parametrize(
    ("last", "author"),
    [
        ("Tác giả bài viết: Lò Pín", "Lò Pín"),
        ("Người viết: Lò Pín", "Lò Pín"),
        ("Lò Pín, Phòng Văn hóa xã", "Lò Pín"),
        ("Lò Văn Pín – Trung tâm Văn hóa huyện", "Lò Văn Pín"),
        ("Nậm Chà, ngày mùa", None),
    ],
)
def test_who_signs_an_article(last, author):
    article = read(after=f"<p>{last}</p>")
    assert article.author == author
    assert article.text.split("\n")[1:4] == LINES


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        (f"<h1>{SITE}</h1><h2>{TITLE}</h2>", SITE),
        (f"<h1>Xã Nậm Chà</h1><h3>{TITLE}</h3>", "Xã Nậm Chà - tỉnh Lai Châu"),
        (f"<h1>{TITLE.upper()}</h1>", f"{TITLE} | Xã Nậm Chà"),
        ("", f"{TITLE} - UBND xã Nậm Chà - huyện Nậm Nhùn"),
        (f"<h2>{TITLE}</h2>", f"Xã Nậm Chà | {TITLE}"),
    ],
)
def test_the_title_beside_the_names_of_site_and_office(heading, title):
    assert read(heading=heading, title=title).title == TITLE


def test_an_h1_with_most_of_the_title_goes_before_a_heading_with_its_beginning():
    full = "Trạm bơm Nậm Pe chạy thử, 46 héc ta ruộng đủ nước cho vụ xuân"
    heading = f"<h1>{full.replace('Trạm', 'Tram,')}</h1><h2>Trạm bơm Nậm Pe</h2>"
    assert read(heading=heading, title=f"{full} - {SITE}").title == full.replace("Trạm", "Tram,")


def test_of_several_h1_the_only_one_before_the_prose():
    box = "<div><h1>Nhận bản tin mỗi tuần</h1></div>"
    assert read(title="Nước sạch về bản - khám phá ngay", after=box).title == TITLE
    article = read(title="Nước sạch về bản - khám phá ngay", heading=f"<nav><h1>Xã vùng cao</h1></nav><h1>{TITLE}</h1>")
    assert article.title == TITLE
