# ruff: noqa: E501 (pages and selectors are written as they come)
"""The tools for adapters: a family proposed from a page, and sites whose layout has changed."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from extractors.article import sites
from extractors.article.fit import check_fit
from extractors.article.propose import propose_family, write_family
from extractors.packs import PackError
from extractors.types import Page
from service.cli import main

PAGES = Path(__file__).parent / "pages"
ARTICLE = PAGES / "f4-vi.html"
URL = "https://baocaobang.vn/tin-moi-cua-ban-3170001.html"


@pytest.fixture(autouse=True)
def environment(monkeypatch, tmp_path):
    for name, value in {
        "DATA_DIR": str(tmp_path / "data"),
        "ALLOW_PRIVATE_ADDRESSES": "1",
        "FETCH_DELAY_SECONDS": "0",
        "FETCH_RETRY_SECONDS": "0",
        "LOG_LEVEL": "ERROR",
    }.items():
        monkeypatch.setenv(f"CHITIEU_{name}", value)


# --- new-site ---


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("f1-vi", {"title": "h1", "body": "#content", "date": "#date", "caption": "td.image_desc"}),
        ("f2-vi", {"title": ".article__title.cms-title", "body": "[itemprop=articleBody]", "lead": ".article__sapo.cms-desc"}),
        ("f3-vi", {"body": "div.b-maincontent", "date": ".sc-longform-header-date.block-sc-publish-time"}),
        ("f4-vi", {"title": "h1.name", "body": "#content-detail", "date": "div.date", "author": "div.pseudonym"}),
        ("f5-vi", {"body": ".content-fck.content-fck-font-size", "lead": "div.detail-desc", "date": "div.pubdate"}),
        ("f6-vi", {"body": "#main-detail", "lead": "div.sapo_detail", "date": "div.date_news", "author": "p.pAuthor"}),
        ("general-de", {"body": "div.story", "author": "p.byline"}),
    ],
)  # fmt: skip
def test_the_surest_selector_of_each_part(name, expected):
    proposal = propose_family(Page((PAGES / f"{name}.html").read_bytes()))
    assert {part: proposal[part][0].selector for part in expected} == expected
    for candidates in proposal.values():
        assert all(0 < one.sure < 1 for one in candidates)
    for part in ("title", "lead", "body", "date"):
        assert [one.sure for one in proposal[part]] == sorted((one.sure for one in proposal[part]), reverse=True)


@pytest.mark.parametrize("name", ["f1-vi", "f2-vi", "f3-vi", "f4-vi", "f5-vi", "f6-vi", "general-de"])
def test_a_proposal_is_a_family_file_that_reads_the_page(tmp_path, name):
    from extractors.article.html import parse_page
    from extractors.article.metadata import read_metadata
    from extractors.article.parts import read_family
    from extractors.article.read import read_article

    page = Page((PAGES / f"{name}.html").read_bytes())
    file = tmp_path / "neu.toml"
    file.write_text(write_family(propose_family(page), url=page.url), encoding="utf-8")
    family = sites._read_family(file)
    document = parse_page(page)
    assert family.fits(document)
    parts = read_family(document, family, read_metadata(document), url=None, vietnamese=True)
    article = read_article(page)
    assert parts.title == article.title
    body = " ".join(block.text for block in parts.blocks)
    lines = article.text.split("\n")[2:]
    assert sum(line in body for line in lines) >= 0.7 * len(lines)


def test_addresses_leave_slug_and_number_open():
    proposal = propose_family(Page(ARTICLE.read_bytes()))
    text = write_family(proposal, url="https://bao.vn/xa-hoi/duong-moi-ve-ban-3170001.html")
    assert r"addresses = ['/[^/]+\-\d+\.html/?$']" in text
    assert "addresses = []" in write_family(proposal, url=None)


def test_names_with_an_article_s_number_are_not_taken():
    paragraphs = (
        "<p>Xã Tân Lập đã mở con đường mới dài hơn mười cây số về tận bản xa nhất trong xã, nối {} với đường lớn.</p>"
    )
    paragraphs = "".join(paragraphs.format(name) for name in ("Nà Khau", "Cốc Lùng", "Khe Vai"))
    text = f'<html><body><h1>Mở đường</h1><div id="post-48213" class="body-48213 tin_noi_dung">{paragraphs}</div></body></html>'
    proposal = propose_family(Page(text.encode()))
    assert [one.selector for one in proposal["body"]] == ["div.tin_noi_dung"]


def test_new_site_prints_a_family(capsys):
    assert main(["new-site", str(ARTICLE)]) == 0
    out = capsys.readouterr().out
    assert 'body = ["#content-detail"' in out
    assert "# body 0." in out


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("list-vi.html", "a list or an error page"),
        ("error-vi.html", "a list or an error page"),
        ("none.html", "No such file"),
    ],
)
def test_new_site_says_what_it_cannot_use(capsys, name, message):
    assert main(["new-site", str(PAGES / name)]) == 2
    assert message in capsys.readouterr().err


def test_new_site_fetches(site, capsys):
    site.pages = {"/tin-3170001.html": ARTICLE.read_bytes()}
    assert main(["new-site", site.url("/tin-3170001.html")]) == 0
    assert r"\d+\.html" in capsys.readouterr().out


# --- how a page fits ---


def test_a_page_that_fits():
    fit = check_fit(Page(ARTICLE.read_bytes(), url=URL))
    assert (fit.adapter, fit.problems) == ("f4", ())
    assert fit.matched["body"] == "#content-detail"
    assert fit.matched["date"] == "div.date"


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (
            lambda html: html.replace("content-detail", "than-bai").replace("auto-gallery", "x"),
            "none of the site's families fits (f4, f7-picbox)",
        ),
        (lambda html: html.replace("Thứ Tư, 08/04/2015, 08:11 [GMT+7]", "vừa xong"), "no date"),
        (lambda html: html.replace("<h1", "<h4").replace("</h1", "</h4"), "no title"),
    ],
)
def test_a_layout_that_has_changed(change, problem):
    html = ARTICLE.read_text(encoding="utf-8")
    assert change(html) != html
    assert problem in check_fit(Page(change(html).encode(), url=URL)).problems


def test_a_list_in_place_of_an_article():
    assert "no article was read" in check_fit(Page((PAGES / "list-vi.html").read_bytes(), url=URL)).problems


def test_a_scrambled_body_is_no_change_of_layout():
    assert check_fit(Page((PAGES / "f6-base64.html").read_bytes(), url="https://baothanhhoa.vn/a-1.htm")).problems == ()


def test_a_layout_that_was_given_up(monkeypatch):
    old = replace(sites.families()["f4"], valid_until=date(2010, 1, 1))
    monkeypatch.setitem(sites.families(), "f4", old)
    assert "family f4 was given up on 2010-01-01" in check_fit(Page(ARTICLE.read_bytes(), url=URL)).problems


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("valid_until", '"bald"', "valid_until is a date"),
        ("paging", '["?page=2"]', "paging without {page}"),
        ("addresses", '["("]', "addresses: "),
    ],
)
def test_family_files_are_checked(tmp_path, key, value, message):
    text = write_family(propose_family(Page(ARTICLE.read_bytes())), url=None)
    lines = [f"{key} = {value}" if line.startswith(f"{key} =") else line for line in text.splitlines()]
    file = tmp_path / "neu.toml"
    file.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(PackError, match=message):
        sites._read_family(file)


# --- check-sites ---


def test_check_sites(site, capsys):
    site.pages = {
        "/rss": f"<rss><item><link>{site.url('/video-1')}</link></item><item><link>{site.url('/tin-2')}</link></item></rss>",
        "/video-1": "<html><body><h1>Video</h1></body></html>",
        "/tin-2": ARTICLE.read_bytes(),
    }
    assert main(["check-sites", site.url("/rss")]) == 0
    fields = capsys.readouterr().out.rstrip("\n").split("\t")
    assert fields[:3] == [site.url("/rss"), "fits", "f4"]
    assert "body=#content-detail" in fields[3]
    assert fields[4] == site.url("/tin-2")


def test_check_sites_sees_a_change(site, capsys):
    site.pages = {
        "/rss": f"<rss><item><link>{site.url('/tin-2')}</link></item></rss>",
        "/tin-2": "<html><body><h1>Tin</h1><p>Trang đang bảo trì.</p></body></html>",
    }
    assert main(["check-sites", "--json", site.url("/rss"), site.url("/none")]) == 1
    changed, away = map(json.loads, capsys.readouterr().out.splitlines())
    assert (changed["state"], changed["problems"][0]) == ("changed", "no article was read")
    assert (away["state"], away["problems"]) == ("unreachable", ["the server answered 404"])


# --- discover ---


def test_discover_prints_addresses(site, capsys):
    items = "".join(f"<item><link>{site.url(f'/{i}')}</link><pubDate>2024-07-1{i}</pubDate></item>" for i in range(4))
    site.pages = {"/rss": f"<rss>{items}</rss>"}
    assert main(["discover", site.url("/rss"), "--since", "2024-07-12", "--limit", "1"]) == 0
    assert capsys.readouterr().out == site.url("/2") + "\n"
    assert main(["discover", site.url("/none")]) == 2
    assert "answered 404" in capsys.readouterr().err
