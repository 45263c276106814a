# ruff: noqa: E501 (feeds are written as they come)
import gzip
from datetime import date

import pytest

from extractors.types import Page
from service.addresses import FetchError
from service.discover import discover
from service.feeds import Found, read_day, read_listing
from service.fetch import Fetcher
from service.sections import choose_articles, read_section

RSS = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Báo Mẫu</title><link>https://bao.vn/</link>
<item><title>Một</title><link>https://bao.vn/mot-con-duong-moi-1.html</link><pubDate>Thu, 11 Jul 2024 09:07:00 +0700</pubDate></item>
<item><title>Hai</title><link> /hai-cay-cau-moi-2.html#top </link><pubDate>7/10/2024 3:05:00 PM</pubDate></item>
<item><title>Ba</title><guid isPermaLink="true">https://bao.vn/ba-3.html</guid><dc:date xmlns:dc="http://purl.org/dc/elements/1.1/">2024-07-09T01:00:00Z</dc:date></item>
<item><title>Bốn</title><guid isPermaLink="false">4</guid></item>
<item><title>Năm</title><link>javascript:alert(1)</link></item>
<item><title>Một</title><link>https://bao.vn/mot-con-duong-moi-1.html</link><pubDate>Thu, 11 Jul 2024 09:07:00 +0700</pubDate></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><link href="https://bao.vn/"/>
<entry><link rel="enclosure" href="https://bao.vn/a.jpg"/><link rel="alternate" href="https://bao.vn/a-1.html"/>
<published>2024-07-11T09:00:00+07:00</published><updated>2024-08-01T09:00:00+07:00</updated></entry>
<entry><link href="https://bao.vn/b-2.html"/><updated>2024-07-10T09:00:00+07:00</updated></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel rdf:about="https://bao.vn/"><link>https://bao.vn/</link></channel>
<item rdf:about="https://bao.vn/a"><link>https://bao.vn/a-1.html</link></item></rdf:RDF>"""


def sitemap(*rows, root="urlset", entry="url"):
    inner = "".join(
        f"<{entry}><loc>{url}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</{entry}>" for url, day in rows
    )
    return f'<?xml version="1.0"?><{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inner}</{root}>'


def index(*rows):
    return sitemap(*rows, root="sitemapindex", entry="sitemap")


def read(text, limit=1_000_000):
    return read_listing(text if isinstance(text, bytes) else text.encode(), "https://bao.vn/rss", limit)


# --- feeds and sitemaps ---


def test_rss():
    listing = read(RSS)
    assert listing.kind == "feed"
    assert listing.found == (
        Found("https://bao.vn/mot-con-duong-moi-1.html", date(2024, 7, 11)),
        Found("https://bao.vn/hai-cay-cau-moi-2.html", None),  # month and day cannot be told apart
        Found("https://bao.vn/ba-3.html", date(2024, 7, 9)),
    )


def test_atom_and_rdf():
    assert read(ATOM).found == (
        Found("https://bao.vn/a-1.html", date(2024, 7, 11)),
        Found("https://bao.vn/b-2.html", date(2024, 7, 10)),
    )
    assert read(RDF).found == (Found("https://bao.vn/a-1.html"),)


def test_sitemaps():
    news = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
    <url><loc>https://bao.vn/a-1.html</loc><lastmod>2024-08-01</lastmod><news:news><news:publication_date>2024-07-11</news:publication_date>
    <news:title>A</news:title></news:news></url></urlset>"""
    assert read(news).found == (Found("https://bao.vn/a-1.html", date(2024, 7, 11)),)
    assert read(gzip.compress(news.encode())) == read(news)
    found = read(index(("https://bao.vn/s-2024-7.xml.gz", "2024-07")))
    assert (found.kind, found.found) == ("index", (Found("https://bao.vn/s-2024-7.xml.gz", date(2024, 7, 1)),))


def test_broken_feeds_are_mended():
    cut = RSS[: RSS.index("<item><title>Bốn")].replace("<title>Một", "<title>A & B <b>")
    assert [one.url for one in read(cut).found][:1] == ["https://bao.vn/mot-con-duong-moi-1.html"]
    assert len(read("\n\n  " + RSS.replace("Hai", "\x0bHai")).found) == 3
    assert len(read(RSS.replace("utf-8", "utf-16").encode("utf-16")).found) == 3


@pytest.mark.parametrize(
    "text", ["", "<html><rss/></html>", "<!DOCTYPE html><p>", "nothing", "{}", b"\xff\xfe\x00", "<other/>"]
)
def test_what_is_no_listing(text):
    assert read(text) is None


LAUGHS = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))


@pytest.mark.parametrize(
    "text",
    [
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">{LAUGHS}]><rss><item><link>https://bao.vn/&l9;</link></item></rss>',
        f'<!DOCTYPE rss [<!ENTITY l0 "ha">{LAUGHS}]><feed><entry><link href="https://bao.vn/&l9;"/></entry></feed>',
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><item><link>https://bao.vn/&x;</link></item></rss>',
        '<!doctype rss [<!entity % p SYSTEM "http://127.0.0.1/x.dtd"> %p;]><rss/>',
    ],
)
@pytest.mark.parametrize("charset", ["utf-8", "utf-16"])
def test_entities_are_refused(text, charset):
    with pytest.raises(FetchError, match="entities"):
        read(text.encode(charset))


def test_an_external_dtd_is_not_loaded():
    text = (
        '<!DOCTYPE rss SYSTEM "http://127.0.0.1:1/x.dtd"><rss><item><link>https://bao.vn/a-1.html</link></item></rss>'
    )
    assert len(read(text).found) == 1


def test_a_packed_bomb():
    with pytest.raises(FetchError, match="larger than 100000 bytes"):
        read(gzip.compress(b"<urlset>" + bytes(30_000_000)), limit=100_000)


def test_entries_in_entries():
    inner = "<item><link>https://bao.vn/2.html</link></item>"
    text = f"<rss>{'<item>' * 100}<link>https://bao.vn/1.html</link>{inner}{'</item>' * 100}</rss>"
    assert {one.url[-6:] for one in read(text).found} <= {"1.html", "2.html"}


def test_deep_nesting():
    assert read("<rss>" + "<a>" * 100_000) is None or read("<rss>" + "<a>" * 100_000).found == ()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Thu, 11 Jul 2024 09:07:00 GMT", date(2024, 7, 11)),
        ("2024-07-11T23:30:00+07:00", date(2024, 7, 11)),
        ("2024-07", date(2024, 7, 1)),
        ("11/07/2024 09:07", date(2024, 7, 11)),
        ("7/11/2024 9:07:00 AM", None),
        ("2024-13-45", None),
        ("hôm nay", None),
        ("", None),
        (None, None),
    ],
)
def test_days(text, day):
    assert read_day(text) == day


# --- section pages ---


def section(*hrefs, url="https://bao.vn/chinh-tri/", head=""):
    links = "".join(f'<a href="{href}">x</a>' for href in hrefs)
    return read_section(Page(f"<html><head>{head}</head><body>{links}</body></html>".encode(), url=url))


def urls(found):
    return [one.url for one in found]


def test_articles_of_a_section():
    found = section(
        "/chinh-tri/", "/van-hoa-xa-hoi/", "mo-rong-duong-vao-ban-12.html", "https://other.vn/mot-hai-ba-bon-5.html",
        "/mo-rong-duong-vao-ban-12.html#binh-luan", "/anh/mo-rong-duong-vao.jpg", "/chinh-tri/trang-2.html", "http://[", "tel:1",
        "https://en.bao.vn/a-new-road-opened-9.html",
    )  # fmt: skip
    assert urls(found.articles) == [
        "https://bao.vn/chinh-tri/mo-rong-duong-vao-ban-12.html",
        "https://bao.vn/mo-rong-duong-vao-ban-12.html",
        "https://en.bao.vn/a-new-road-opened-9.html",
    ]


@pytest.mark.parametrize("path", ["ban-lim-trong-che", "de/ban-lim-trong-che", "zh-CN/ban-lim-trong-che"])
def test_an_aggregator_has_its_languages_in_its_addresses(path):
    found = [
        Found(f"https://www.vietnam.vn/{one}") for one in (path, "de/category/ban-lim", "de/video-cua-ngay-hom-nay/9")
    ]
    assert choose_articles(found) == found[:1]


def test_a_known_paper_writes_its_addresses_its_own_way():
    known = [
        Found("https://baotayninh.vn/cau-moi-a12345.html"),
        Found("https://baotayninh.vn/gioi-thieu-ve-bao-cua-chung-toi"),
    ]
    assert choose_articles(known) == known[:1]
    assert choose_articles(known[1:]) == known[1:]  # where none fits, the layout has changed


@pytest.mark.parametrize(
    ("url", "links", "following"),
    [
        ("https://bao.vn/chinh-tri/", ["?page=3", "/xa-hoi/?page=2", "?page=2"], "https://bao.vn/chinh-tri/?page=2"),
        ("https://bao.vn/chinh-tri/?page=2", ["?page=1", "?page=3"], "https://bao.vn/chinh-tri/?page=3"),
        ("https://bao.vn/ct.html", ["/ct/trang-2.html"], "https://bao.vn/ct/trang-2.html"),
        ("https://bao.vn/ct/trang-2.html", ["/ct/trang-3.html", "/ct/"], "https://bao.vn/ct/trang-3.html"),
        ("https://bao.vn/ct/page/9/", ["/ct/page/10/"], "https://bao.vn/ct/page/10/"),
        ("https://bao.vn/ct/", ["/ct/page/3/"], None),
        ("https://baotayninh.vn/xa-hoi/", [], "https://baotayninh.vn/xa-hoi/?p=2"),  # its family's own numbering
        ("https://baotayninh.vn/xa-hoi/?p=2", [], "https://baotayninh.vn/xa-hoi/?p=3"),
    ],
)
def test_the_next_page(url, links, following):
    assert section(*links, url=url).next == following


def test_the_next_page_as_declared():
    assert section(head='<link rel="next" href="/ct/2">').next == "https://bao.vn/ct/2"
    assert section(head='<link rel="next" href="https://evil.vn/2">').next is None


# --- a whole site ---


@pytest.fixture
def fetcher(settings):
    made = Fetcher(settings)
    yield made
    made.close()


def paths(site, where, fetcher, **more):
    return [one.url.removeprefix(site.url("")) for one in discover(where, fetcher, **more)]


def feed(site, *names):
    return "<rss>" + "".join(f"<item><link>{site.url(name)}</link></item>" for name in names) + "</rss>"


def test_feed_and_sitemaps_of_a_site(site, fetcher):
    site.pages = {
        "/robots.txt": f"Sitemap: {site.url('/index.xml')}",
        "/": '<html><head><link rel="alternate" type="application/rss+xml" href="/tin.rss"></head></html>',
        "/tin.rss": feed(site, "/mot-con-duong-moi-1.html"),
        "/index.xml": index(
            (site.url("/news-2024-6.xml"), None), (site.url("/news-2024-7.xml.gz"), None), (site.url("/gone.xml"), None)
        ),
        "/news-2024-6.xml": sitemap(
            (site.url("/hai-cay-cau-moi-2.html"), "2024-06-30"), (site.url("/gioi-thieu"), None)
        ),
        "/news-2024-7.xml.gz": gzip.compress(
            sitemap((site.url("/mot-con-duong-moi-1.html?utm_source=x"), "2024-07-02")).encode()
        ),
    }
    assert paths(site, site.url(), fetcher) == ["/mot-con-duong-moi-1.html", "/hai-cay-cau-moi-2.html"]
    site.requests.clear()
    assert paths(site, site.url(), fetcher, since=date(2024, 7, 1)) == ["/mot-con-duong-moi-1.html"]
    assert "/news-2024-6.xml" not in site.paths()


def test_a_site_that_says_nothing_is_read_by_its_usual_places(site, fetcher):
    site.pages = {
        "/": "<html></html>",
        "/rss": feed(site, "/a-1.html"),
        "/sitemap.xml": sitemap((site.url("/mot-con-duong-moi-2"), None)),
    }
    assert paths(site, site.url(), fetcher) == ["/a-1.html", "/mot-con-duong-moi-2"]


def test_a_site_without_feeds_is_read_by_its_home_page(site, fetcher):
    site.pages = {"/": '<html><a href="/mot-con-duong-moi-1.html">x</a><a href="/?page=2">2</a></html>'}
    site.pages["/?page=2"] = '<html><a href="/hai-cay-cau-moi-2.html">x</a><a href="/?page=3">3</a></html>'
    assert paths(site, site.url(), fetcher) == ["/mot-con-duong-moi-1.html", "/hai-cay-cau-moi-2.html"]


def test_a_section_is_turned_as_far_as_wanted(site, fetcher):
    for n in range(1, 6):
        links = f'<a href="/202407/bai-bao-thu-{n}-1234567/">x</a><a href="/xh/?page={n + 1}">sau</a>'
        site.pages["/xh/" if n == 1 else f"/xh/?page={n}"] = f"<html>{links}</html>"
    assert len(paths(site, site.url("/xh/"), fetcher, pages=3)) == 3
    assert len(paths(site, site.url("/xh/"), fetcher)) == 5
    site.requests.clear()
    assert paths(site, site.url("/xh/"), fetcher, since=date(2025, 1, 1)) == []
    assert len(site.paths()) == 1  # all of the first page is older


def test_a_section_that_repeats_itself_ends(site, fetcher):
    def endless(_):
        number = len(site.paths()) + 1
        return f'<html><a href="/mot-con-duong-moi-1.html">x</a><a href="/xh/?page={number}">sau</a></html>'

    site.pages = {"/xh/": endless, "/xh/?page=2": endless}
    assert paths(site, site.url("/xh/"), fetcher, pages=50) == ["/mot-con-duong-moi-1.html"]
    assert len(site.paths()) == 2


def test_indexes_that_name_each_other_end(site, fetcher):
    site.pages = {
        "/a.xml": index((site.url("/b.xml"), None)),
        "/b.xml": index((site.url("/a.xml"), None), (site.url("/b.xml"), None)),
    }
    assert paths(site, site.url("/a.xml"), fetcher) == []
    assert len(site.paths()) <= 3


def test_what_cannot_be_had_is_said(site, fetcher):
    with pytest.raises(FetchError, match="answered 404"):
        list(discover(site.url("/none.xml"), fetcher))
    with pytest.raises(FetchError):
        list(discover(site.url("/"), fetcher))
