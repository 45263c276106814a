"""Every page in `pages/` has beside it what must come out of it: a new site is a page and its JSON, no test code."""

import json
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from extractors.article import sites
from extractors.article.bylines import read_byline
from extractors.article.clean import (
    is_boilerplate,
    is_date_line,
    is_end,
    is_paywall,
    mend_line,
    read_source_line,
)
from extractors.article.credits import is_credit, strip_credit
from extractors.article.dates import find_latest_date, read_moment
from extractors.article.read import read_article, read_text
from extractors.article.selectors import compile_selector
from extractors.article.sites import FOLDER, families, find_host, hosts
from extractors.packs import PackError
from extractors.types import Page
from extractors.urls import normalise_url, same_site

PAGES = Path(__file__).parent / "pages"
NAMES = sorted(path.stem for path in PAGES.glob("*.json"))
COMPARED = {
    "adapter": lambda a: a.adapter,
    "title": lambda a: a.title,
    "lead": lambda a: a.lead,
    "author": lambda a: a.author,
    "published_at": lambda a: a.published_at,
    "published_precision": lambda a: a.published_precision,
    "canonical_url": lambda a: a.canonical_url,
    "original_url": lambda a: a.original_url,
    "source": lambda a: [a.source.domain, a.source.name, a.source.province],
    "section": lambda a: a.section,
    "tags": lambda a: list(a.tags),
    "images": lambda a: [[image.url, image.caption] for image in a.images],
    "lines": lambda a: a.text.split("\n"),
    "warnings": lambda a: [warning.code for warning in a.warnings],
}
INPUT = {"url", "charset", "absent"}


@pytest.mark.parametrize("name", NAMES)
def test_page(name):
    expected = json.loads((PAGES / f"{name}.json").read_text(encoding="utf-8"))
    assert expected.keys() <= COMPARED.keys() | INPUT
    content = (PAGES / f"{name}.html").read_bytes()
    article = read_article(Page(content=content, url=expected["url"], charset=expected.get("charset")))
    found = {key: COMPARED[key](article) for key in expected if key in COMPARED}
    assert found == {key: expected[key] for key in found}
    assert [s for s in expected.get("absent", ()) if s in article.text] == []
    assert article.text[: article.body_start].rstrip("\n") == (article.title or "")


FAMILY_PAGES = [
    name for name in NAMES if name.startswith(("f1-", "f2-", "f3-", "f4-", "f5-", "f6-", "f7-", "vietnam-"))
]
NO_ARTICLES = {"f1-section-page", "f2-gone"}


@pytest.mark.parametrize("name", sorted(set(FAMILY_PAGES) - NO_ARTICLES))
def test_a_saved_page_is_known_without_its_address(name):
    expected = json.loads((PAGES / f"{name}.json").read_text(encoding="utf-8"))
    article = read_article(Page(content=(PAGES / f"{name}.html").read_bytes()))
    assert article.adapter == expected["adapter"]
    assert article.published_at == expected["published_at"]
    assert [s for s in expected.get("lines", ()) if s not in article.text.split("\n")] == []
    assert [s for s in expected.get("absent", ()) if s in article.text] == []


def test_every_family_is_read_and_every_host_known():
    for family in families().values():
        for name in ("recognise", "title", "lead", "body", "date", "author", "caption", "section", "tags", "remove"):
            for css in getattr(family, name):
                assert compile_selector(css), (family.name, name)
        assert family.body, family.name
    assert {name for host in hosts().values() for name in host.families} <= families().keys()
    assert families().keys() == {path.stem for path in FOLDER.glob("*.toml")} - {"hosts"}


def test_a_host_is_found_by_its_subdomain():
    assert find_host("en.baonghean.vn") == find_host("baonghean.vn")
    assert find_host("baonghean.vn").province == "VN-22"
    assert find_host("example.org") is None


@pytest.mark.parametrize("css", ["", "p:hover", "a >", "> a", "p::before", ".x + .y", "[a~=b]"])
def test_unknown_css_is_an_error(css):
    with pytest.raises(ValueError, match="not a selector"):
        compile_selector(css)


def test_an_unknown_key_of_a_family_is_an_error(tmp_path, monkeypatch):
    (tmp_path / "f9.toml").write_text('titel = ["h1"]\n', encoding="utf-8")
    monkeypatch.setattr(sites, "FOLDER", tmp_path)
    with pytest.raises(PackError, match="titel"):
        sites.families.__wrapped__()


TEXT = """Ban Lim pflanzt Tee
Die Gemeinde Ban Lim hat am 3. Mai 2024 und am 12.6.2024 Tee gepflanzt.
Photo: Ms. Sen (left) and members of the cooperative sort buds.
Foto: Thu Ha
Genossin Sen bei der Ernte. (Photo : NM)
[Anzeige_2]
PVQuelle: https://baohagiang.vn/kinh-te/202405/ban-lim-trong-che-3fa1c9c/
Kommentar (0)
Gleiche Kategorie
Na Lay versorgt 97 % der Haushalte.
"""


def test_a_text_keeps_its_wording_less_boilerplate():
    article = read_text(TEXT)
    assert article.text.split("\n") == [
        "Ban Lim pflanzt Tee",
        "Die Gemeinde Ban Lim hat am 3. Mai 2024 und am 12.6.2024 Tee gepflanzt.",
        "Photo: Ms. Sen (left) and members of the cooperative sort buds.",
        "Genossin Sen bei der Ernte. (Photo : NM)",
    ]
    assert article.title == "Ban Lim pflanzt Tee"
    assert article.text[article.body_start :].startswith("Die Gemeinde")
    assert article.original_url == "https://baohagiang.vn/kinh-te/202405/ban-lim-trong-che-3fa1c9c/"
    assert (article.author, article.source.province) == ("PV", "VN-03")
    assert (article.published_at, article.published_precision) == ("2024-06-12T00:00:00+07:00", "day")
    assert [w.code for w in article.warnings] == ["date_guessed"]


def test_a_given_date_and_title_are_taken():
    article = read_text("Một dòng.", title="Tên bài", published="2024-07-11")
    assert article.text == "Tên bài\nMột dòng."
    assert article.published_at == "2024-07-11T00:00:00+07:00"
    assert read_text("x", published="2024-07-11T08:30").published_at == "2024-07-11T08:30:00+07:00"
    with pytest.raises(ValueError, match="not an ISO date"):
        read_text("x", published="11/07/2024")


def test_a_text_of_one_line_has_no_title():
    article = read_text("Sáng nay xã họp.")
    assert (article.title, article.body_start, article.published_at, article.warnings) == (None, 0, None, ())


def test_a_date_given_to_a_translated_source_line_does_not_hide_the_text_before_it():
    assert read_source_line("Der Bau ist fertig. Quelle: https://bao.vn/a.html") == (
        "Der Bau ist fertig.",
        "https://bao.vn/a.html",
    )
    assert read_source_line("Nguồn: Báo Đồng Sến") == ("", None)
    assert read_source_line("Die Quelle des Flusses liegt bei Ban Lim.") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thứ Tư, 08/04/2015, 08:11 [GMT+7]", "2015-04-08T08:11:00+07:00"),
        ("Cập nhật: 17:17 24/07/2022 GMT+7", "2022-07-24T17:17:00+07:00"),
        ("Thứ 2, 04.05.2020 | 11:08:23", "2020-05-04T11:08:23+07:00"),
        ("5/3/2024 2:26:33 CH", "2024-03-05T14:26:33+07:00"),
        ("2024-07-11T02:07:00Z", "2024-07-11T09:07:00+07:00"),
        ("9. Oktober 2025", "2025-10-09T00:00:00+07:00"),
        ("1er mars 2024 à 17h40", "2024-03-01T17:40:00+07:00"),
        ("October 4, 2024", "2024-10-04T00:00:00+07:00"),
        ("ngày 12 tháng 3 năm 2024", "2024-03-12T00:00:00+07:00"),
        ("31.04.2024", None),
        ("4.209/6.216 tỷ đồng", None),
        ("Km 92+350, 22-CT/TU", None),
    ],
)
def test_dates_as_papers_print_them(text, expected):
    moment = read_moment(text)
    assert (moment[0] if moment else None) == expected


def test_the_latest_full_date_of_a_text():
    assert find_latest_date("Am 3. Mai 2024, dann am 12.6.2024, 2/9 und 62,5 %.")[0].startswith("2024-06-12")
    assert find_latest_date("Lễ 2/9, quý I.") is None


def test_addresses_are_normalised():
    assert normalise_url("http://Bao.VN:80/a?utm_source=x&id=7&fbclid=q#top") == "https://bao.vn/a?id=7"
    assert normalise_url("/a.html", "https://bao.vn/b/c") == "https://bao.vn/a.html"
    assert normalise_url("javascript:alert(1)") is None
    assert normalise_url("http://[::1") is None
    assert same_site("https://en.bao.vn/x", "http://www.bao.vn")
    assert not same_site("https://xbao.vn", "https://bao.vn")


@pytest.mark.parametrize(
    ("line", "test", "expected"),
    [
        ("Kommentar (0)", is_boilerplate, True),
        ("Bình luận (12)", is_boilerplate, True),
        ("Lượt xem: 1.202", is_boilerplate, True),
        ("Bản Lìm, 32°C/ 32°C - 33°C", is_boilerplate, True),
        ("Chia sẻ tại hội nghị, ông Kính nói.", is_boilerplate, False),
        ("2024-10-20 09:12:00", is_boilerplate, True),
        ("20/10/2024", is_boilerplate, False),
        ("20/10/2024, 9:12: xã họp", is_boilerplate, False),
        ("TIN LIÊN QUAN", is_end, True),
        ("Tin mới từ Bản Lìm", is_end, False),
        ("Ảnh: Quốc Việt", is_credit, True),
        ("Ảnh: Đồng chí Sen trao quà cho các hộ nghèo.", is_credit, False),
        ("Thứ Hai, 09/10/2023, 15:02", is_date_line, True),
        ("Ngày 09/10/2023, xã khai giảng", is_date_line, False),
        ("Thứ Hai", is_date_line, False),
        ("Bạn cần đăng ký gói thành viên để đọc tiếp bài viết này.", is_paywall, True),
        ("Cet article est réservé aux abonnés.", is_paywall, True),
        ("Các em đăng nhập để làm bài thi trực tuyến.", is_paywall, False),
    ],
)
def test_lines_of_boilerplate(line, test, expected):
    assert test(line) is expected


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"   ",
        b"\x00\xff\xfe\x00",
        b"<html></html>",
        b"<!-- -->",
        b"%PDF-1.7 \x81\x82 stream",
        b"<div>" * 5000 + b"tief" + b"</div>" * 5000,
        b"<p" * 5000,
        ("<html><head><title>x</title></head><body>" + "<a href='/'>xin</a> " * 2000 + "</body></html>").encode(),
    ],
    ids=["empty", "blank", "binary", "bare", "comment", "pdf", "deep", "open", "links"],
)
def test_what_is_no_page_gives_no_article(content):
    article = read_article(Page(content=content, url="https://bao.vn/x.html"))
    assert "not_an_article" in [warning.code for warning in article.warnings]


@pytest.mark.parametrize(
    ("caption", "left"),
    [
        ("Chợ phiên ngày cuối năm. Ảnh: C.T.V", "Chợ phiên ngày cuối năm."),
        ("Chợ phiên. (Ảnh: M.H)", "Chợ phiên."),
        ("Chợ phiên. Ảnh: K. HẰNG", "Chợ phiên."),
        ("Chợ phiên. Ảnh tư liệu", "Chợ phiên."),
        ("Chợ phiên (Ảnh minh họa).", "Chợ phiên"),
        ("Chợ phiên. Ảnh: TTXVN phát", "Chợ phiên."),
        ("Der Markt im Winter – Archivfoto", "Der Markt im Winter"),
        ("Bảo tàng nhận 300 ảnh tư liệu", "Bảo tàng nhận 300 ảnh tư liệu"),
        ("Ảnh tư liệu", "Ảnh tư liệu"),
        (
            "Cụ Sậy kể chuyện. Ảnh: tấm bia ở đầu làng được dựng năm 1902",
            "Cụ Sậy kể chuyện. Ảnh: tấm bia ở đầu làng được dựng năm 1902",
        ),
    ],
)
def test_credits_of_captions(caption, left):
    assert strip_credit(caption) == left


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("Bài, ảnh Kim Ly", "Kim Ly"),
        ("Bài và ảnh: Đồng Thành", "Đồng Thành"),
        ("Phóng viên Kim Ly", "Kim Ly"),
        ("Bài viết hay", None),
        ("Tin vui đến với xã", None),
    ],
)
def test_bylines(line, author):
    assert read_byline(line) == author


@pytest.mark.parametrize(
    ("line", "mended"),
    [
        ("Le plan a été dépasséde 23%.", "Le plan a été dépassé de 23%."),
        (
            "Die Resolutionder Partei und die Leitungdes Bezirks",
            "Die Resolution der Partei und die Leitung des Bezirks",
        ),
        (
            "The managementof forests in the province,The district",
            "The management of forests in the province, The district",
        ),
        ("SNOW WIND DNUM_ABCDEFGH 19:37Source", "SNOW WINDSource"),
        ("Il a possédé des terres; besonders der Wanderer", "Il a possédé des terres; besonders der Wanderer"),
        ("They mentioned the mentor; das Stadion des Vereins", "They mentioned the mentor; das Stadion des Vereins"),
    ],
)
def test_traces_of_translation_are_mended(line, mended):
    assert mend_line(line) == mended


@pytest.mark.parametrize(
    "word",
    # ruff: noqa: SIM905
    "Nguồn Quelle Source Källa Kilde Sumber Forrás Bron Fuente Fonte Sursă Źródło Zdroj Lähde Kaynak Πηγή Источник"
    " Джерело स्रोत מקור المصدر ソース 来源 출처 ที่มา ទីមា Eitthvað".split(),  # the last two are in no list
)
def test_the_original_is_read_in_every_language(word):
    html = f"""<h1>Tam Lung builds clinics</h1><div class="post-detail-body">
        <p>All nine hamlets of the commune have a health post, one year ahead of the plan.</p>
        <p>Households gave land and 900 working days to the nine new buildings of the commune.</p>
        <p>{word}: https://baosonla.vn/xa-hoi/nuoc-sach-a1B2c3D4e</p><p>Another article</p></div>"""
    article = read_article(Page(content=html.encode(), url="https://www.vietnam.vn/xx/tram-y-te-ve-ban"))
    assert article.original_url == "https://baosonla.vn/xa-hoi/nuoc-sach-a1B2c3D4e"
    assert article.text.endswith("of the commune.")


def test_a_part_of_a_body_that_begins_with_a_linked_name_stays():
    html = (PAGES / "f1-vi.html").read_text(encoding="utf-8")
    one = '<div><p><a href="/x">Hợp tác xã Nông nghiệp Nà Chang</a> có 86 xã viên.</p><p>Vốn điều lệ 1,2 tỷ.</p></div>'
    box = (
        '<div><h4><a href="/x">Nà Lay hoàn thành kế hoạch trồng rừng</a></h4><p>Bà Thảo chủ trì lễ tổng kết.</p></div>'
    )
    start, end = html.split("<p>Trong số đó", 1)
    text = read_article(
        Page(content=f"{start}{one}{box}<p>Trong số đó{end}".encode(), url="https://baohagiang.vn/x")
    ).text
    assert "Nà Chang có 86 xã viên.\nVốn điều lệ" in text
    assert "Nà Lay" not in text
    assert "tổng kết" not in text


def in_windows_1258(text):
    """The bytes of a Vietnamese text in windows-1258: tones apart from letters, hats and hooks on them."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    pieces = []
    for letter in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", letter)
        own = "".join(tone for tone in parts if tone in tones)
        pieces.append(unicodedata.normalize("NFC", "".join(p for p in parts if p not in tones)) + own)
    return "".join(pieces).encode("cp1258")


@pytest.mark.parametrize("charset", [None, "iso-8859-1", "windows-1252", "utf-8"])
def test_windows_1258_is_known_by_its_tones(charset):
    """No declaration, or a wrong one, and nothing else that says Vietnamese."""
    text = "Ông Lò Văn Mẫu, Bí thư Đảng ủy, cho biết: thu ngân sách sáu tháng đạt 64,5% kế hoạch, tăng nữa ở xã."
    article = read_article(
        Page(in_windows_1258(f"<html><body><h1>Xã</h1><p>{text} {text}</p></body></html>"), charset=charset)
    )
    assert f"{text} {text}" in article.text


def test_italian_in_windows_1252_stays():
    text = "Ciò che si può fare è più di così: il paese cercò lì la virtù e trovò perciò molta felicità nei libri."
    content = f"<html><body><h1>Ciò</h1><p>{text} {text}</p></body></html>".encode("cp1252")
    assert f"{text} {text}" in read_article(Page(content, charset="windows-1252")).text


def test_broken_attributes_do_no_harm():
    html = (PAGES / "f1-vi.html").read_bytes().replace(b"<p>", b"<p {}=1 {x}=2>")
    assert "412/640" in read_article(Page(content=html, url="https://baohagiang.vn/x")).text


def test_a_home_page_that_a_page_declares_is_not_its_address():
    html = b'<html><head><link rel="canonical" href="https://baohagiang.vn/"></head><body><p>x</p></body></html>'
    assert (
        read_article(Page(content=html, url="https://baohagiang.vn/a.html")).canonical_url
        == "https://baohagiang.vn/a.html"
    )


def test_the_fall_back_library_is_not_loaded_for_a_family():
    page = PAGES / "f1-vi.html"
    code = (
        "import sys; from extractors.article.read import read_article, read_text; from extractors.types import Page;"
        "read_text('Tên\\nMột dòng.'); early = 'bs4' in sys.modules;"
        f"read_article(Page(content=open({str(page)!r}, 'rb').read(), url='https://baohagiang.vn/x'));"
        "sys.exit(early or 'trafilatura' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
