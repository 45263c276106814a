"""Pages that are broken, odd or very large: what can be read of them is read, and none takes more than its length."""

import json

import pytest

from extractors.article.headings import find_heading
from extractors.article.html import parse_page
from extractors.article.metadata import read_metadata
from extractors.article.read import read_article
from extractors.article.titles import find_title
from extractors.types import Page

WORDS = "Im Dorf Na Lung wurden in diesem Sommer {} Brunnen gebohrt, die nun alle Felder am Westhang bewässern."
LINES = [WORDS.format(number) for number in range(11, 17)]
BODY = "".join(f"<p>{line}</p>" for line in LINES)
TITLE = "Wasser für den Westhang"
MANY = 20_000  # elements; a look at each for each of them would take minutes


def read(body: str, head: str = "", heading: str = f"<h1>{TITLE}</h1>"):
    html = f"<html><head><title>{TITLE}</title>{head}</head><body>{heading}{body}</body></html>"
    return read_article(Page(content=html.encode("utf-8", "surrogatepass"), url="https://bote.example/brunnen"))


def data(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


@pytest.mark.parametrize("tag", ["div", "font", "b", "section", "span", "center", "blockquote", "td", "li"])
def test_elements_that_are_never_closed(tag):
    lines = [WORDS.format(number) for number in range(400)]
    box = f"<table><tr><{tag}>" if tag == "td" else f"<{tag} class='x'>"
    article = read("".join(f"{box}<p>{line}</p>" for line in lines))
    assert article.text.split("\n") == [TITLE, *lines]


@pytest.mark.parametrize("tag", ["div", "font", "section", "ul><li", "table><tr><td"])
def test_elements_nested_without_end(tag):
    article = read(f"<{tag}>" * 50_000 + BODY)
    assert article.title == TITLE
    assert LINES[0] in article.text


@pytest.mark.parametrize("tag", ["button", "nav", "label", "noscript", "menu"])
def test_what_was_opened_above_the_article_and_never_closed(tag):
    page = f"<{tag}>Menü<h1>{TITLE}</h1><div>{BODY}</div>"
    assert read(page, heading="").text.split("\n") == [TITLE, *LINES]


@pytest.mark.parametrize(
    "box",
    [
        "<time datetime='2024-05-03'>3.5.2024</time>",
        "<span itemprop='datePublished'>vor Kurzem</span>",
        "<span class='date'>3. Mai 2024</span>",
        "<a rel='author' href='/author/amsel'>Ruth Amsel</a>",
        "<b class='author'>admin</b>",
        "<i style='display:none'>x </i>",
        "<h2>Mehr Wasser</h2>",
        "<img src='/a.jpg'>",
        "<p>Vui lòng đăng nhập để đọc tiếp.</p>",
        "<p>TIN LIÊN QUAN</p>",
        "<noscript><p>x</p></noscript>",
        "<div><h3><a href='/x'>Eine neue Brücke im Nachbardorf</a></h3></div>",
    ],
)
def test_thousands_of_a_kind(box):
    article = read(f"{BODY}<div>{box * MANY}</div>")
    assert article.title == TITLE
    assert LINES[-1] in article.text


@pytest.mark.parametrize("text", ["x" * 500_000, " " * 500_000, "2024 " * 20_000, "3.5.2024 " * 5_000, "von " * 50_000])
def test_a_line_without_end(text):
    article = read(f"{BODY}<p>{text}</p>")
    assert article.title == TITLE
    assert LINES[0] in article.text or len(set(text)) == 1


@pytest.mark.parametrize("name", ["a-" * 100_000, "relatedBox" * 20_000, "img_" * 100_000, "x " * 100_000])
def test_an_attribute_without_end(name):
    assert read(f"<div class='{name}' style='{name}'>{BODY}</div>").text.split("\n")[-1] == LINES[-1]


@pytest.mark.parametrize("tag", ["section", "blockquote", "em", "a", "pre", "x-y"])
@pytest.mark.parametrize("depth", [100, 240])
def test_elements_nested_as_deep_as_a_parser_goes(tag, depth):
    article = read(f"<{tag}>Wasser. " * depth + BODY + f"</{tag}>" * depth)
    assert article.title == TITLE
    assert tag == "a" or article.text.split("\n")[-len(LINES) :] == LINES


def test_pictures_and_breaks_inside_one_paragraph():
    article = read(f"{BODY}<p>{'Brot <img src=/a.jpg><br>' * MANY}</p>")
    assert article.text.split("\n")[1 : len(LINES) + 1] == LINES


def test_a_title_without_end():
    title = "Wasser und Brot " * 5_000
    small = "<small>Wasser</small> und <span class='kicker'>Brot</span> " * 5_000
    assert read(BODY, heading=f"<h1>{title}</h1>").text.endswith(LINES[-1])
    assert read(BODY, heading=f"<h1>{small}</h1>").text.endswith(LINES[-1])


@pytest.mark.parametrize(
    "page",
    [f"<title>{TITLE}</title><h1>{TITLE}</h1>{BODY}", f"<h1>{TITLE}</h1>{BODY}", f"<html><h1>{TITLE}</h1>{BODY}"],
)
def test_a_page_without_a_body(page):
    article = read_article(Page(content=page.encode(), url=None))
    assert article.text.split("\n") == [TITLE, *LINES]


def test_of_several_articles_the_one_with_the_title_is_read():
    others = "".join(f"<article><h2>Meldung {n}</h2><p>{WORDS.format(n)}</p></article>" for n in range(90, 93))
    article = read(f"<article><h1>{TITLE}</h1>{BODY}</article>{others}", heading="")
    assert article.text.split("\n")[:7] == [TITLE, *LINES]
    assert WORDS.format(91) not in article.text


SAID = {"@type": "NewsArticle", "datePublished": "2024-05-03T10:00:00Z", "author": {"name": "Ruth Amsel"}}
JSON = json.dumps(SAID)


@pytest.mark.parametrize(
    "text",
    [
        JSON,
        f"<!-- {JSON} -->",
        f"//<![CDATA[\n{JSON}\n//]]>",
        f"{JSON};",
        JSON.replace("}}", "},}"),
        f"[{JSON},]",
        f"{JSON}\n{JSON}",
        JSON.replace('"name"', '"job": "schreibt\nviel", "name"'),
    ],
)
def test_json_ld_that_is_broken_as_often(text):
    article = read(BODY, head=data(text))
    assert (article.author, article.published_at) == ("Ruth Amsel", "2024-05-03T10:00:00+00:00")


@pytest.mark.parametrize(
    "text",
    [
        JSON.replace('"author"', '"headline": "Sie sagt: "Wasser!"", "author"'),
        JSON.replace('{"@type"', "{'headline': 'x', \"@type\""),
        JSON[:-3],
    ],
)
def test_dates_of_json_ld_that_cannot_be_mended(text):
    assert read(BODY, head=data(text)).published_at == "2024-05-03T10:00:00+00:00"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[" * 100_000,
        '{"@graph":' * 20_000,
        '[NaN, "x", null, {"@type": null, "@graph": 3}]',
        '{"@type": ["Article", 3], "@id": ["a"], "headline": {"a": 1}, "datePublished": [["x"]], "publisher": [3]}',
        '{"@type": "Article", "author": [null, 3, {"name": [7]}], "keywords": [1, null, {}], "articleSection": [1]}',
        '{"@type": "Article", "x": ' + "1" * 10_000 + "}",
    ],
)
def test_json_ld_that_says_nothing(text):
    article = read(BODY, head=data(text))
    assert article.text.split("\n") == [TITLE, *LINES]
    assert article.author is None


def test_half_a_letter_in_json_ld_can_be_written():
    said = r'{"@type": "Article", "headline": "Wasser \ud800 Hang", "author": "Ruth \udc00", "keywords": ["\ud800"]}'
    assert repr(read(BODY, head=data(said))).encode("utf-8")


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Baden Baden, <span class='kicker'>Baden</span>: ein Bad für alle", "Baden Baden, : ein Bad für alle"),
        ("Das Tee-Fest im Tal <span class='kicker'>Tee</span>", "Das Tee-Fest im Tal"),
        ("<small>Tal</small> Talsperre im Tal ist voll", "Talsperre im Tal ist voll"),
        ("Wer <em>wer</em> wird und wer nicht wer wird", "Wer wer wird und wer nicht wer wird"),
        ("<span class='kicker'>Wasser für den Westhang</span>", "Wasser für den Westhang"),
        ("<span class='kicker'>Tal</span><span>Talsperre</span> im <b>Tal</b><br>ist voll", "Talsperre im Talist voll"),
    ],
)
def test_words_that_a_title_repeats_stay(heading, expected):
    html = f"<html><body><h1>{heading}</h1></body></html>"
    document = parse_page(Page(content=html.encode(), url=None))
    metadata = read_metadata(document)
    assert find_title(find_heading(document, metadata), metadata) == expected
