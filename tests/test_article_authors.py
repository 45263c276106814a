"""Who wrote an article: what pages of no known layout declare, mark and show. All pages and people are invented."""

import pytest

from extractors.article.authors import read_name
from extractors.article.read import read_article
from extractors.types import Page

LINES = [
    "Die Fähre von Ban Chang fährt seit Montag wieder, nachdem das Hochwasser der letzten Woche abgelaufen ist.",
    "Im vergangenen Jahr stand sie an 41 Tagen still, das sind 12 Prozent mehr als in dem Jahr zuvor.",
    "Eine Brücke soll sie ersetzen, doch der Baubeginn wurde vom Kreis schon zum dritten Mal verschoben.",
]
BODY = f"<div class='article-body'>{''.join(f'<p>{line}</p>' for line in LINES)}</div>"
TITLE = "Die Fähre fährt wieder"


def author(around: str = "", head: str = "", *, after: str = "", title: str = TITLE) -> str | None:
    html = f"<html><head><title>{title}</title>{head}</head><body><h1>{TITLE}</h1>{around}{BODY}{after}</body></html>"
    return read_article(Page(content=html.encode(), url="https://www.flussbote.example/a")).author


def meta(*pairs: tuple[str, str]) -> str:
    return "".join(f'<meta name="{name}" content="{content}">' for name, content in pairs)


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([("twitter:label1", "Verfasst von"), ("twitter:data1", "Ida Lohmann")], "Ida Lohmann"),
        ([("twitter:label2", "Được viết bởi"), ("twitter:data2", "Lò Văn Pín")], "Lò Văn Pín"),
        ([("twitter:label1", "Est. reading time"), ("twitter:data1", "3 minutes")], None),
        ([("citation_author", "Ida Lohmann"), ("citation_author", "Sồng A Tủa")], "Ida Lohmann, Sồng A Tủa"),
        ([("author", "Ida Lohmann"), ("author", "Ida Lohmann")], "Ida Lohmann"),
        ([("article:author", "https://social.example/ida"), ("dc.creator", "Ida Lohmann")], "Ida Lohmann"),
        ([("author", "https://social.example/ida")], None),
        ([("author", "Flussbote")], None),
        ([("author", "Alle Artikel von Ida Lohmann")], "Ida Lohmann"),
    ],
)
def test_what_meta_declares(pairs, expected):
    assert author(head=meta(*pairs)) == expected


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (
            "<p><a rel='author' href='/a/1'>Ida Lohmann</a>, <a rel='author' href='/a/2'>Sồng A Tủa</a></p>",
            "Ida Lohmann, Sồng A Tủa",
        ),
        (
            "<ul><li><a href='/autoren/1' class='author'>Ida Lohmann</a></li>"
            "<li><a href='/autoren/2' class='author'>Jan Rehm</a></li></ul>",
            "Ida Lohmann, Jan Rehm",
        ),
        (
            "<p>Von <b><a href='https://ida.example'>Ida Lohmann</a></b> und <b>Jan Rehm</b></p>",
            "Ida Lohmann und Jan Rehm",
        ),
        ("<h2>Kreis (1/2) <span>06.11.2023 13:30 von Ida </span></h2>", "Ida"),
        ("<p><a href='/tac-gia/12'>Lò Văn Pín</a></p>", "Lò Văn Pín"),
        ("<div class='author'>Ida Lohmann <a href='/author/ida'>Alle Artikel</a></div>", "Ida Lohmann"),
        ("<div class='author'><a href='/author/ida'>View all posts by Ida Lohmann</a></div>", "Ida Lohmann"),
        ("<div class='author'><a href='/author/ida'>Xem tất cả bài viết</a></div>", None),
        ("<div class='author'>责任编辑：孔明</div>", "孔明"),
        ("<div class='author'>Tác giả： Lò Văn Pín</div>", "Lò Văn Pín"),
        ("<div>Ida Lohmann · 3. Mai 2024 · Lesezeit: 3 Min.</div>", "Ida Lohmann"),
        ("<div>Lò Pín - 14:30 03/05/2024</div>", "Lò Pín"),
        ("<div>Thứ Tư - 14:30 03/05/2024</div>", None),
        ("<div>Tin Tức | 03/05/2024</div>", None),
        ("<div>Phòng Văn Hóa | 03/05/2024</div>", None),
        ("<p>Reporter: Ida Lohmann</p>", "Ida Lohmann"),
        ("<p>Ein Artikel von <b>Ida Lohmann</b> und <b>Jan Rehm</b></p>", "Ida Lohmann und Jan Rehm"),
        ("<p class='author'>Posted 3 May by <a href='//team-fluss.example/kreis'>Kreis</a></p>", None),
    ],
)
def test_what_a_page_shows(shown, expected):
    assert author(shown) == expected


def test_authors_of_other_articles_are_not_joined():
    other = "<div><p>Eine neue Schule für die Kinder der Fischer am anderen Ufer, sagt der Kreis.</p>{}</div>"
    link = "<a rel='author' href='/author/{0}'>{0} Rehm</a>"
    others = "".join(other.format(link.format(name)) for name in ("Jan", "Eva", "Uwe"))
    assert author(f"<p>{link.format('Ida')}</p>", after=f"<div>{others}</div>") == "Ida Rehm"


@pytest.mark.parametrize(
    ("declared", "title", "shown", "expected"),
    [
        ("Fährverein Ban Chang", f"Fährverein Ban Chang am Fluss | {TITLE}", "<i class='author'>Ida</i>", "Ida"),
        ("Fährverein Ban Chang", f"{TITLE} | Fährverein Ban Chang", "", "Fährverein Ban Chang"),
        ("Layout von Otto", TITLE, "<a rel='author' href='/author/ida'>Ida Lohmann</a>", "Ida Lohmann"),
        ("Jan Rehm", TITLE, "<i class='author'>Leserin</i>", "Jan Rehm"),
    ],
)
def test_the_owner_of_a_site_gives_way_to_whom_its_page_shows(declared, title, shown, expected):
    assert author(shown, meta(("author", declared)), title=title) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mehr Beiträge", None),
        ("Read more articles by Ida", None),
        ("Voir tous les articles", None),
        ("Thomas More", "Thomas More"),
        ("All Khan", "All Khan"),
        ("Ida Lohmann - Mehr Artikel", "Ida Lohmann"),
    ],
)
def test_links_to_more_are_no_names(text, expected):
    assert read_name(text) == expected


@pytest.mark.parametrize(
    ("declared", "last", "expected"),
    [
        ("Báo Ví Dụ", "Tin, ảnh: Lò Pín", "Lò Pín"),
        ("Redaktion Kreis", "LÒ PÍN", "LÒ PÍN"),
        ("Báo Ví Dụ", "", "Báo Ví Dụ"),
        ("Bảo Châu", "Lò Pín", "Bảo Châu"),
    ],
)
def test_a_signature_counts_more_than_an_office(declared, last, expected):
    html = f"<h1>{TITLE}</h1><div class='article-body'>{''.join(f'<p>{line}</p>' for line in [*LINES, last])}</div>"
    page = f"<html><head>{meta(('author', declared))}</head><body>{html}</body></html>"
    assert read_article(Page(content=page.encode(), url="https://vidu.example/a")).author == expected


def test_a_person_shares_a_name_with_a_site_of_their_own():
    said = '<script type="application/ld+json">{"@type": "Article", "author": {"name": "Ida Fluss"}}</script>'
    assert author(head=said) == "Ida Fluss"
    assert author(head=meta(("author", "Bote"))) == "Bote"


@pytest.mark.parametrize(
    "said",
    [
        '"author": {"@type": "Person", "givenName": "Ida", "familyName": "Lohmann"}',
        '"author": {"@type": "Person", "name": {"@value": "Ida Lohmann", "@language": "de"}}',
        '"creator": ["Ida Lohmann"]',
    ],
)
def test_forms_of_a_person_in_json_ld(said):
    assert (
        author(head=f'<script type="application/ld+json">{{"@type": "NewsArticle", {said}}}</script>') == "Ida Lohmann"
    )


def test_a_signature_in_brackets():
    lines = "".join(f"<p>{line}</p>" for line in LINES)
    page = f"<h1>{TITLE}</h1><div class='article-body'>{lines}<p><em>(Ida Lohmann)</em></p></div>"
    assert read_article(Page(content=page.encode(), url="https://vidu.example/a")).author == "Ida Lohmann"


@pytest.mark.parametrize("stamp", ["Von Ida Lohmann, 3. Mai 2024", "Ida Lohmann | 3. Mai 2024 | Lesezeit: 3 Min."])
def test_date_and_author_of_a_short_article_are_no_text(stamp):
    page = f"<html><body><h1>{TITLE}</h1><p>{stamp}</p><div><p>{LINES[0]}</p><p>{LINES[1]}</p></div></body></html>"
    article = read_article(Page(content=page.encode(), url="https://vidu.example/a"))
    assert article.text.split("\n") == [TITLE, *LINES[:2]]
    assert article.author == "Ida Lohmann"
