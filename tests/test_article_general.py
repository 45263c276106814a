"""Pages of no known layout: what their names, headings, dates and bylines say. All pages are invented."""

import pytest
from lxml import etree

from extractors.article.authors import read_name
from extractors.article.blocks import read_blocks
from extractors.article.headings import find_heading
from extractors.article.html import parse_page
from extractors.article.markup import groups_in
from extractors.article.metadata import read_metadata
from extractors.article.read import read_article
from extractors.article.titles import find_title
from extractors.types import Page

FIRST = "Die Gemeinde Ban Lim hat in diesem Jahr 46 Hektar Teegärten neu angelegt, das sind 93 Prozent des Plans."
SECOND = "Die Genossenschaft will im Herbst weitere 12 Hektar bepflanzen, sagte ihre Vorsitzende bei der Begehung."
THIRD = "Der Tee wird bisher vor allem in der Hauptstadt verkauft, erste Säcke gingen im Frühjahr nach Übersee."
OTHER = "Im Nachbardorf wurde am selben Tag eine Brücke eröffnet, die den Weg zum Markt um eine Stunde verkürzt."
BODY = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"


def read(body: str, head: str = "<title>Tee am Hang – Bergbote</title>", url: str = "https://bote.example/tee"):
    html = f"<html><head>{head}</head><body>{body}</body></html>"
    return read_article(Page(content=html.encode(), url=url))


def lines(body: str, **rest: str) -> list[str]:
    return read(f"<h1>Tee am Hang</h1>{body}", **rest).text.split("\n")[1:]


@pytest.mark.parametrize(
    ("name", "group"),
    [
        ("comment-list", "other"),
        ("articleComments", "other"),
        ("relatedposts", "other"),
        ("box__share-bar", "noise"),
        ("rightColumn", "noise"),
        ("entry-content", "body"),
        ("post-author", "author"),
        ("documentPublished", "date"),
        ("wp-caption-text", "caption"),
    ],
)
def test_a_name_is_taken_apart_into_words(name, group):
    assert group in groups_in(name)


@pytest.mark.parametrize("name", ["tag-comments", "category-werbung", "field--comments", "sharecropper", "headline"])
def test_a_name_that_says_something_else_has_no_group(name):
    assert groups_in(name).isdisjoint({"noise", "other"})


@pytest.mark.parametrize(
    "box",
    [
        f"<div class='reader-comments'><p>{OTHER}</p><p>{OTHER} Ja.</p><p>{OTHER} Nein.</p><p>{OTHER} So.</p></div>",
        f"<div class='teaser'><h3><a href='/b'>Neue Brücke</a></h3><p>{OTHER}</p></div>",
        f"<form><p>{OTHER}</p></form>",
        f"<div id='right'><p>{OTHER}</p></div>",
        f"<div class='widget'><p>{OTHER}</p></div>",
    ],
    ids=["comments longer than the article", "teaser", "form", "side column", "widget"],
)
def test_what_is_beside_the_article_goes(box):
    assert lines(f"<div class='page'>{BODY}{box}</div>") == [FIRST, SECOND, THIRD]


def test_a_teaser_paragraph_without_a_link_is_the_lead():
    assert lines(f"<div><p class='teaser'>{OTHER}</p>{BODY}</div>")[0] == OTHER


def test_what_holds_the_title_is_no_noise():
    page = (
        f"<div class='article-meta'><h1>Tee am Hang</h1><div>{OTHER}</div></div><div class='article-body'>{BODY}</div>"
    )
    assert read(page).lead == OTHER


def test_captions_are_text_once_and_with_their_pictures():
    figure = "<div><img src='/tee.jpg'><div class='image-subtitle'>Ein Hang voller Tee bei Ban Lim.</div></div>"
    article = read(f"<h1>Tee am Hang</h1><div class='article-body'>{figure}{BODY}</div>")
    assert article.text.count("Ein Hang voller Tee bei Ban Lim.") == 1
    assert [image.caption for image in article.images] == ["Ein Hang voller Tee bei Ban Lim."]


def test_a_line_with_a_copyright_is_no_text():
    assert lines(f"<div>{BODY[: len(FIRST) + 7]}<p>Teegärten im Nebel | © Bildstelle</p>{BODY}</div>")[:2] == [
        FIRST,
        SECOND,
    ]


@pytest.mark.parametrize(
    "last", ["Zobacz także", "Vous aimerez aussi", "Weitere Artikel aus der Region", "Te puede interesar"]
)
def test_the_heading_of_what_follows_ends_the_article(last):
    assert lines(f"<div>{BODY}<h3>{last}</h3><p>{OTHER[:55]}</p></div>") == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    "last", ["Zur Karte", "Quelle: Bauernverband, 2. Mai 2024", "Reklama", "Sign up for our newsletter today"]
)
def test_loose_ends_go(last):
    assert lines(f"<div>{BODY}<p>{last}</p></div>") == [FIRST, SECOND, THIRD]


def test_an_article_may_end_in_verses():
    verses = ["Nebel am Hang", "Tee in der Hand", "Regen im Tal", "Sonne zumal"]
    assert lines(f"<div>{BODY}{''.join(f'<p>{v}</p>' for v in verses)}</div>")[-4:] == verses


def test_a_text_that_is_given_keeps_lines_that_end_a_page_of_no_known_layout():
    from extractors.article.read import read_text

    assert read_text(f"Tee am Hang\n{FIRST}\nThemen\n{SECOND}").text.endswith(SECOND)


@pytest.mark.parametrize(
    ("head", "body", "author"),
    [
        ('<meta name="author" content="Ruth Amsel">', "", "Ruth Amsel"),
        ('<meta name="author" content="Bote">', "<p class='byline'>Von Ruth Amsel</p>", "Ruth Amsel"),
        (
            '<meta property="article:author" content="https://social.example/bote">',
            "<i class='author'>Ruth Amsel</i>",
            "Ruth Amsel",
        ),
        ('<meta name="author" content="Bergbote - Ruth Amsel">', "<p class='author'>Von Ruth Amsel</p>", "Ruth Amsel"),
        ("", "<p class='meta'>3. Mai 2024 von <a rel='author' href='/a'>Ruth Amsel</a></p>", "Ruth Amsel"),
        ("", "<p class='post-meta'>Von Ruth Amsel am 3. Mai 2024</p>", "Ruth Amsel"),
        (
            "",
            "<span class='author vcard'><b class='fn'>Ruth Amsel</b> und <b class='fn'>Jan Fink</b></span>",
            "Ruth Amsel, Jan Fink",
        ),
        ("", "<div class='comments'><b class='comment-author'>Leser</b></div>", None),
    ],
)
def test_the_author(head, body, author):
    page = f"<h1>Tee am Hang</h1>{body}<div class='article-body'>{BODY}</div>"
    assert read(page, head=f"<title>Tee am Hang</title>{head}", url="https://www.bote.example/a").author == author


def test_json_ld_names_an_author_elsewhere_in_its_graph():
    graph = """{"@graph": [{"@type": "NewsArticle", "headline": "Tee am Hang", "author": {"@id": "#p"}},
        {"@type": "Person", "@id": "#p", "name": "Ruth Amsel"}]}"""
    head = f'<script type="application/ld+json">{graph}</script>'
    assert read(f"<h1>Tee am Hang</h1><div>{BODY}</div>", head=head).author == "Ruth Amsel"


def test_a_company_in_json_ld_gives_way_to_a_person_on_the_page():
    data = '{"@type": "Article", "author": {"@type": "Organization", "name": "Bote"}}'
    head = f'<script type="application/ld+json">{data}</script>'
    page = f"<h1>Tee am Hang</h1><p class='author'>Ruth Amsel</p><div>{BODY}</div>"
    assert read(page, head=head, url="https://bote.example/a").author == "Ruth Amsel"


@pytest.mark.parametrize("text", ["https://bote.example", "© Bildstelle", "Autor", "12.5.2024", "ruth@bote.example"])
def test_what_is_no_name(text):
    assert read_name(text) is None


def _said(date: str) -> str:
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", {date}}}</script>'


@pytest.mark.parametrize(
    ("head", "around", "day"),
    [
        (
            '<meta property="article:published_time" content="2024-05-03">',
            "<time datetime='2024-06-01'>1.6.</time>",
            "2024-05-03",
        ),
        ('<meta name="date" content="2024-06-01">', "<time datetime='2024-05-03'>3.5.</time>", "2024-05-03"),
        ("", "<div class='created'>3. Mai 2024</div>", "2024-05-03"),
        ("", "<abbr itemprop='datePublished' title='2024-05-03T09:00'>9 Uhr</abbr>", "2024-05-03"),
        ("", "<small>03.05.2024</small>", "2024-05-03"),
        ('<meta name="description" content="Tee (Notizia del 3 maggio 2024)">', "", "2024-05-03"),
        ('<meta property="og:updated_time" content="2024-05-03T10:00:00Z">', "", "2024-05-03"),
        ("", "<p>Vor <span title='2024-05-03T14:10:00'>2 Tagen</span></p>", "2024-05-03"),
        ("", "<p>Vor <span data-time='2024-05-03 14:10'>2 Tagen</span></p>", "2024-05-03"),
        (_said('"dateCreated": "2024-05-03"'), "", "2024-05-03"),
        (_said('"datePublished": {"@type": "Date", "@value": "2024-05-03"}'), "", "2024-05-03"),
    ],
)
def test_the_date(head, around, day):
    page = f"<h1>Tee am Hang</h1>{around}<div class='article-body'>{BODY}</div>"
    assert read(page, head=f"<title>Tee am Hang</title>{head}").published_at[:10] == day


def test_the_date_nearest_to_the_title_is_taken():
    other = "".join(f"<div class='date'>{day}.4.2024</div><p>Meldung</p>" for day in (1, 2, 3))
    page = f"<div class='date'>3.5.2024</div><h1>Tee am Hang</h1><div class='article-body'>{BODY}</div>{other}"
    assert read(page).published_at[:10] == "2024-05-03"


@pytest.mark.parametrize(
    ("title", "headings", "expected"),
    [
        ("Tee am Hang | Bote aus dem Bergland", "<h1>Bote aus dem Bergland</h1><h2>Tee am Hang</h2>", "Tee am Hang"),
        ("Tee am Hang", "<h1><span class='overline'>Reportage</span>Tee am steilen Hang</h1>", "Tee am steilen Hang"),
        ("Meldungen", "<h1>Bauern pflanzen wieder Tee</h1>", "Bauern pflanzen wieder Tee"),
        ("„Tee am Hang“ – Bote", "<h1>Bote</h1><h2>»Tee am Hang«</h2>", "»Tee am Hang«"),
        ("", "<h1><a href='/'>Der Bote</a></h1><h2>Tee am Hang</h2>", "Tee am Hang"),
        ("Bote - Tee am steilen Hang von Ban Lim - Wirtschaft - Archiv", "", "Tee am steilen Hang von Ban Lim"),
    ],
)
def test_the_title(title, headings, expected):
    html = f"<html><head><title>{title}</title></head><body>{headings}</body></html>"
    document = parse_page(Page(content=html.encode(), url=None))
    metadata = read_metadata(document)
    assert find_title(find_heading(document, metadata), metadata) == expected


def test_layout_around_blocks_changes_nothing():
    flat = lines(f"<div class='article-body'>{BODY}</div>")
    deep = lines(f"<div class='article-body'><div> <section>\n<div>{BODY}</div> </section></div></div>")
    assert flat == deep == [FIRST, SECOND, THIRD]


def test_a_noscript_that_was_never_closed_holds_the_page():
    assert lines(f"<noscript><div>{BODY}</div>") == [FIRST, SECOND, THIRD]


# --- notes that the rest is to be paid for ---


@pytest.mark.parametrize(
    "sentence",
    [
        "The fast lane of the ferry is for subscribers only, so most drivers of Ban Lim wait for an hour or longer.",
        "Visitors show a pass to read the full article.",
        "Bà con vui lòng đăng nhập để đọc tiếp hướng dẫn.",
    ],
)
def test_a_sentence_with_the_words_of_a_paywall_stays(sentence):
    article = read(f"<h1>Tee am Hang</h1><p>{FIRST}</p><p>{sentence}</p><p>{SECOND}</p><p>{THIRD}</p>")
    assert article.text.split("\n")[2] == sentence
    assert not article.warnings
    last = "<p>Der Tee wird vor allem in der Hauptstadt und im Hafen verkauft.</p>"
    assert sentence in lines(f"<p>{FIRST}</p><p>{SECOND}</p><p>{sentence}</p>{last}")


def test_a_long_last_sentence_is_no_paywall():
    sentence = "The fast lane of the ferry is for subscribers only, so drivers of Ban Lim wait for an hour or longer."
    assert lines(f"{BODY}<p>{sentence}</p>")[-1] == sentence


@pytest.mark.parametrize("offer", ["", "<p>Ein Monat kostet 9 Euro</p><p>Kündigen geht jederzeit.</p>"])
def test_a_note_at_which_a_page_breaks_off_is_a_paywall(offer):
    article = read(f"<h1>Tee am Hang</h1>{BODY}<p>Jetzt weiterlesen mit dem Bergboten!</p>{offer}")
    assert "weiterlesen" not in article.text
    assert [warning.code for warning in article.warnings] == ["paywalled"]


# --- short articles ---

TEASERS = "".join(f"<h3><a href='/{n}'>Neue Brücke im {n}. Nachbardorf</a></h3><p>{OTHER} {n}</p>" for n in range(1, 9))
SHORT = f"<h1>Tee am Hang</h1><p>{FIRST}</p><p>{SECOND}</p>"


@pytest.mark.parametrize(
    "body",
    [
        f"<article>{SHORT}</article><section>{TEASERS}</section>",
        f"<main><article>{SHORT}</article><section><div>{TEASERS}</div></section></main>",
        f"<article>{SHORT}<section>{TEASERS}</section></article>",
        f"<article>{SHORT}<aside>{TEASERS}</aside></article>",
        f"<main>{SHORT}<aside>{TEASERS}</aside></main>",
    ],
)
def test_a_short_article_among_many_teasers(body):
    article = read(body)
    assert article.text.split("\n") == ["Tee am Hang", FIRST, SECOND]
    assert not article.warnings


@pytest.mark.parametrize(
    "body",
    [
        f"<main><h1>Nachrichten</h1><section>{TEASERS}</section></main>",
        f"<main><h1>Nachrichten</h1><aside>{TEASERS}</aside></main>",
        f"<article><h1>Nachrichten</h1><section>{TEASERS}</section></article>",
        f"<article><h1><a href='/a'>Tee am Hang</a></h1><p>{FIRST}</p></article><section>{TEASERS}</section>",
    ],
)
def test_teasers_alone_are_no_article(body):
    assert [warning.code for warning in read(body).warnings] == ["not_an_article"]


@pytest.mark.parametrize("body", [f"<h1>Tee am Hang</h1><p>{FIRST}</p>", f"<h1>Tee am Hang</h1><div>{FIRST}</div>"])
def test_a_brief_of_one_sentence_is_an_article(body):
    article = read(body)
    assert article.text == f"Tee am Hang\n{FIRST}"
    assert not article.warnings


@pytest.mark.parametrize(
    "body",
    [
        f"<p>{FIRST}</p>",
        "<h1>Tee am Hang</h1><p>Bitte schalten Sie JavaScript ein, damit diese Seite so aussieht, wie sie soll.</p>",
        f"<h1>Tee am Hang</h1><p>{FIRST.rstrip('.')}</p>",
        "<h1>Tee am Hang</h1><p>Ein Film von drei Minuten.</p>",
    ],
)
def test_a_line_that_is_no_brief(body):
    assert [warning.code for warning in read(body).warnings] == ["not_an_article"]


# --- what a sentence of the body only looks like ---


def test_a_sentence_about_copyright_stays_and_a_picture_s_line_goes():
    sentence = "Das Zeichen © steht seit gestern auf jedem Beutel. Die Genossenschaft hat es sich selbst gegeben."
    credits = ["© Bildstelle Ban Lim", "Teegärten im Nebel. Blick vom Pass. © Bildstelle", "Foto © Amt | Nebel am Hang"]
    found = lines(f"<p>{FIRST}</p><p>{sentence}</p>" + "".join(f"<p>{one}</p>" for one in credits) + f"<p>{THIRD}</p>")
    assert found == [FIRST, sentence, THIRD]


def test_who_is_linked_in_a_sentence_did_not_write_the_article():
    link = "<a rel='author' href='/w/12'>Ruth Amsel</a>"
    told = f"<p>Den Roman über den Tee von Ban Lim, den {link} vor zehn Jahren schrieb, lesen hier alle.</p>"
    assert read(f"<h1>Tee am Hang</h1><p>{FIRST}</p>{told}<p>{SECOND}</p>").author is None
    assert (
        read(f"<h1>Tee am Hang</h1>{BODY}<p>Das beste Gedicht über den Tee im Nebel schrieb einst {link}.</p>").author
        is None
    )
    assert read(f"<h1>Tee am Hang</h1><p>Von {link}</p>{BODY}").author == "Ruth Amsel"
    assert read(f"<h1>Tee am Hang</h1>{BODY}<p>{link}</p>").author == "Ruth Amsel"


def test_empty_boxes_part_texts_and_breaks_part_lines():
    html = """<div><p>Der Bach</p><div></div><p></p>fließt<p></p>langsam <a href="/x">in den<br>See.<br>Dort</a> steht
    <div></div>ein Haus.
    <table><tr><td>Tag<br>eins</td><td>3 cm</td></tr><tr><td></td><td>4 cm</td></tr></table></div>"""
    blocks, _ = read_blocks(etree.HTML(html).find(".//div"))
    expected = ["Der Bach", "fließt", "langsam in den", "See.", "Dort steht", "ein Haus.", "Tag eins | 3 cm", "4 cm"]
    assert [block.text for block in blocks] == expected
