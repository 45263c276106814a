"""The web pages on a small app of its own, with records written by hand."""

import io
import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from threading import Thread

import jsonschema
import pytest
from bs4 import BeautifulSoup
from flask import Flask
from werkzeug.exceptions import ServiceUnavailable
from werkzeug.serving import make_server

from service.errors import UserError
from service.store import Found
from service.web import blueprint
from service.web.catalogue import Texts, catalogues
from service.web.facts import read_facts, show_day, show_moment
from service.web.marks import Mark, anchor, cut, read_paragraphs, sentence_starts

HOSTILE_WORDS = "<script>alert(1)</script> đạt 64,5%"
WEB = Path(__file__).parent.parent / "service" / "web"

VI = (
    "Xã Khuôn Lùng vượt thu ngân sách sáu tháng đầu năm\n"
    "Sáu tháng đầu năm 2024, thu ngân sách của xã Khuôn Lùng ước đạt trên 64,5% dự toán năm, "
    "tăng 12% so với cùng kỳ.\n"
    "Đồng chí Nông Thị Vân, Bí thư Đảng ủy xã Khuôn Lùng, cho biết kết quả này đến từ chè và quế. "
    "Theo ông Lý Văn Sửu, Phó Chủ tịch UBND xã, tỷ lệ hộ nghèo giảm còn 18–20%.\n"
    "Hội Nông dân xã đã kết nạp 45 trong số 60 hội viên mới theo kế hoạch. "
    "Bà Vân đề nghị các chi bộ giữ vững nhịp độ này."
)

VI_EN = [
    "Khuôn Lùng commune exceeds its budget revenue for the first half of the year",
    "In the first six months of 2024, the budget revenue of Khuôn Lùng commune reached over 64.5% "
    "of the annual estimate, up 12% on the same period.",
    "Comrade Nông Thị Vân, Secretary of the Party Committee of Khuôn Lùng commune, said that this result "
    "comes from tea and cinnamon.",
    "According to Mr Lý Văn Sửu, Vice Chairman of the commune's People's Committee, the share of poor households fell.",
    "The commune's Farmers' Union has admitted 45 of 60 new members as planned.",
    None,
]

DE = (
    "Gemeinde Khuon Lung übertrifft die Haushaltseinnahmen\n"
    "In den ersten sechs Monaten 2024 erreichten die Haushaltseinnahmen der Gemeinde Khuon Lung "
    "über 64,5 % des Jahresplans. Genossin Nong Thi Van, Sekretärin des Parteikomitees der Gemeinde Khuon Lung, "
    "sagte, man wolle daran festhalten."
)


def span(text, words, after=0):
    start = text.index(words, after)
    return {"start": start, "end": start + len(words), "text": words}


def spans(text, *words):
    """Every place of the words, in the order of the text."""
    found = {m.start(): m.group() for word in words for m in re.finditer(re.escape(word), text)}
    return [{"start": start, "end": start + len(word), "text": word} for start, word in sorted(found.items())]


def person(id, name, mentions, roles=(), **more):
    base = {"id": id, "name": name, "variants": [], "honorific": None, "gender": "unknown", "roles": list(roles)}
    return base | {"mentions": mentions, "confidence": 0.94, "rule": "title_name"} | more


def role(text, title, unit, key, status="current"):
    return {"title": title, "role": key, "unit": unit, "status": status, "evidence": span(text, title), "rule": "title"}


def unit(id, name, class_, type_, mentions, parent=None, **more):
    base = {"id": id, "name": name, "class": class_, "type": type_, "parent": parent, "code": None}
    base |= {"code_version": None, "official_name": None, "successors": [], "mentions": mentions}
    return base | {"confidence": 0.9, "rule": "unit_head"} | more


def indicator(id, value, evidence, **more):
    base = {"id": id, "kind": "percentage", "value": value, "value_max": None, "unit": "%", "comparator": "eq"}
    base |= {"direction": "level", "subject": None, "topic": None, "basis": None, "period": None, "about": None}
    base |= {"target": None, "parts": None, "percent": value, "evidence": evidence, "derived": False}
    return base | {"confidence": 0.97, "rule": "percent_sign"} | more


def record(id, text, language, **more):
    base = {
        "schema": "1.0",
        "id": id,
        "url": "https://bao.example/tin/khuon-lung-6-thang.html",
        "canonical_url": "https://bao.example/tin/khuon-lung-6-thang.html",
        "original_url": None,
        "source": {"domain": "bao.example", "name": "Báo Khuôn Lùng", "province": "VN-07"},
        "title": text.split("\n")[0],
        "lead": None,
        "author": "Hoàng Mai",
        "published_at": "2024-07-11T08:30:00+07:00",
        "published_precision": "minute",
        "language": language,
        "language_confidence": 0.99,
        "text": text,
        "translation": {"target": None, "engine": None, "status": "not_needed", "sentences": [], "checks": []},
        "people": [],
        "units": [],
        "indicators": [],
        "warnings": [],
        "processing": {
            "input": None,
            "body_start": text.index("\n") + 1,
            "fetched_at": None,
            "versions": {},
            "milliseconds": {},
        },
    }
    return base | more


HALF_YEAR = {"text": "Sáu tháng đầu năm 2024", "from": "2024-01-01", "to": "2024-06-30"}


def vietnamese() -> dict:
    starts = [start for start, _ in _split(VI)]
    ends = [end for _, end in _split(VI)]
    sentences = [{"start": a, "end": b, "text": t} for a, b, t in zip(starts, ends, VI_EN, strict=True)]
    third = span(VI, "Theo ông")["start"]
    lost = {"code": "percentage_lost", "start": third, "end": len(VI), "detail": "18–20%"}
    translation = {"target": "en", "engine": "fxtranslate vi-en", "status": "partial", "reason": "1 sentence failed"}
    return record(
        "vi00000001",
        VI,
        "vi",
        lead=VI.split("\n")[1],
        translation=translation | {"sentences": sentences, "checks": [lost]},
        people=[
            person(
                "person-7",
                "Nông Thị Vân",
                spans(VI, "Nông Thị Vân", "Bà Vân"),
                [role(VI, "Bí thư", "u-committee", "party_secretary")],
                variants=["Vân"],
                honorific="Đồng chí",
                gender="female",
            ),
            person(
                "person-9",
                "Lý Văn Sửu",
                spans(VI, "Lý Văn Sửu"),
                [role(VI, "Phó Chủ tịch", "u-people", "peoples_committee_vice_chair")],
                honorific="ông",
                gender="male",
            ),
        ],
        units=[
            unit(
                "u-commune",
                "xã Khuôn Lùng",
                "administrative",
                "commune",
                spans(VI, "Xã Khuôn Lùng", "xã Khuôn Lùng"),
                code="00001",
                code_version="2024-01-01",
                official_name="Xã Khuôn Lùng",
                successors=[{"code": "00009", "name": "Xã Mới"}],
            ),
            unit(
                "u-committee",
                "Đảng ủy xã Khuôn Lùng",
                "party",
                "party_committee",
                spans(VI, "Đảng ủy xã Khuôn Lùng"),
                "u-commune",
            ),
            unit("u-people", "UBND xã", "government", "peoples_committee", spans(VI, "UBND xã"), "u-commune"),
            unit(
                "u-farmers",
                "Hội Nông dân xã",
                "mass_organization",
                "farmers_union",
                spans(VI, "Hội Nông dân xã"),
                "u-commune",
            ),
        ],
        indicators=[
            indicator(
                "i-1",
                64.5,
                span(VI, "trên 64,5%"),
                comparator="gt",
                subject="thu ngân sách",
                topic="budget_revenue",
                basis="annual_plan",
                period=HALF_YEAR,
                about="u-commune",
            ),
            indicator(
                "i-2",
                12,
                span(VI, "12%"),
                direction="increase",
                subject="thu ngân sách",
                basis="same_period_last_year",
                period=HALF_YEAR,
                about="u-commune",
            ),
            indicator("i-3", 18, span(VI, "18–20%"), value_max=20, comparator="range", subject="tỷ lệ hộ nghèo"),
            indicator(
                "i-4",
                45,
                span(VI, "45 trong số 60 hội viên"),
                kind="count",
                unit="hội viên",
                target=60,
                percent=75,
                derived=True,
                subject="hội viên mới",
                about="u-farmers",
            ),
        ],
        warnings=[{"code": "name_variants", "message": "Two spellings of one name", "refs": ["person-7", "gone"]}],
    )


def german() -> dict:
    return record(
        "de00000001",
        DE,
        "de",
        url="https://vietnam.example/de/khuon-lung",
        original_url="https://bao.example/tin/khuon-lung-6-thang.html",
        published_at="2024-07-11T00:00:00+07:00",
        published_precision="day",
        translation={
            "target": "en",
            "engine": None,
            "status": "unavailable",
            "reason": "no model de-en here",
            "sentences": [],
            "checks": [],
        },
        people=[
            person(
                "p1",
                "Nong Thi Van",
                spans(DE, "Nong Thi Van"),
                [role(DE, "Sekretärin", "u2", "party_secretary", "former")],
                honorific="Genossin",
                gender="female",
            )
        ],
        units=[
            unit("u1", "Gemeinde Khuon Lung", "administrative", "commune", spans(DE, "Gemeinde Khuon Lung")),
            unit(
                "u2",
                "Parteikomitee der Gemeinde Khuon Lung",
                "party",
                "party_committee",
                spans(DE, "Parteikomitees der Gemeinde Khuon Lung"),
                "u1",
            ),
        ],
        indicators=[
            indicator(
                "i1",
                64.5,
                span(DE, "über 64,5 %"),
                comparator="gt",
                subject="Haushaltseinnahmen",
                topic="budget_revenue",
                basis="annual_plan",
                about="u1",
            )
        ],
        digest=[{"start": DE.index("In den"), "end": len(DE), "text": "Budget revenue: over 64.5% of the annual plan"}],
    )


EVIL = '<script>alert(1)</script><img src=x onerror="alert(2)">{{ 7*7 }}"\'>'


def hostile() -> dict:
    text = f"{EVIL}\nÔng {EVIL} nói 5% ở {EVIL}."
    where = text.index("Ông")
    name = span(text, EVIL, where)
    return record(
        'x"><script>alert(3)',
        text,
        "vi",
        url="javascript:alert(document.domain)",
        canonical_url="https://bao.example/\"onmouseover='alert(4)'",
        original_url="data:text/html,<script>alert(5)</script>",
        source={"domain": EVIL, "name": EVIL, "province": None},
        title=EVIL,
        author=EVIL,
        published_at=EVIL,
        translation={
            "target": "en",
            "engine": EVIL,
            "status": "partial",
            "reason": EVIL,
            "sentences": [{"start": where, "end": len(text), "text": EVIL}],
            "checks": [{"code": "name_lost", "start": where, "end": len(text), "detail": EVIL}],
        },
        people=[person(EVIL, EVIL, [name], [role(text, EVIL, EVIL, EVIL)], variants=[EVIL], honorific=EVIL, rule=EVIL)],
        units=[unit(EVIL, EVIL, "other", EVIL, [name], code=EVIL, official_name=EVIL)],
        indicators=[indicator(EVIL, 5, span(text, "5%"), subject=EVIL, topic=EVIL, about=EVIL, rule=EVIL)],
        warnings=[{"code": "x", "message": EVIL, "refs": [EVIL]}],
        digest=[{"start": where, "end": len(text), "text": EVIL}],
    )


def _split(text):
    from extractors.text import split_sentences

    return split_sentences(text)


class Records:
    def __init__(self, *records):
        self.records = {found["id"]: found for found in records}

    def get(self, id):
        return self.records.get(id)

    def recent(self, limit):
        return list(self.records.values())[:limit]

    def related(self, record):
        others = [one for one in self.records.values() if one["original_url"] == record["canonical_url"]]
        return [one for one in others if one["id"] != record["id"]]

    def find(self, table, asked, language):
        self.asked = (table, asked, language)
        if asked.get("from") == "soon":
            raise UserError("from: not a date")
        row = {
            "id": "vi00000001",
            "article_id": "vi00000001",
            "sentence_start": 51,
            "language": "vi",
            "title": "Khuôn Lùng",
        }
        row |= {
            "domain": "bao.vn",
            "published_at": "2024-07-11T08:00:00+07:00",
            "people": 2,
            "units": 3,
            "indicators": 4,
        }
        row |= {"sentence": HOSTILE_WORDS, "sentence_translation": "In English.", "confidence": 0.86, "text": "64,5%"}
        row |= {"statement": "Budget revenue: over 64.5 %", "about": "xã Khuôn Lùng", "about_code": "00787"}
        rows = [row] if asked.get("q") != "khongco" else []
        return Found(rows, len(rows) * 1234, "2024-07-11_a_0" if "after" not in asked and rows else None)


class Submit:
    """Takes what the form gives and answers with the Vietnamese record, or refuses the address."""

    def __init__(self):
        self.given = []

    def __call__(self, payload):
        self.given.append(payload)
        if "refuse" in payload.get("url", ""):
            raise UserError(f"not a public address: {payload['url']}")
        return vietnamese()


@pytest.fixture
def app():
    return make_app()


def make_app() -> Flask:
    app = Flask("pages")
    app.extensions["chitieu.records"] = Records(vietnamese(), german(), hostile())
    app.extensions["chitieu.submit"] = Submit()
    app.register_blueprint(blueprint)
    return app


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def given(app):
    return app.extensions["chitieu.submit"].given


def soup(answer) -> BeautifulSoup:
    return BeautifulSoup(answer.get_data(as_text=True), "lxml")


def english() -> Texts:
    return catalogues()["en"]


# --- the records of these tests ------------------------------------------------------------------


@pytest.mark.parametrize("make", [vietnamese, german])
def test_the_records_of_these_tests_keep_the_contract(make):
    shared = os.environ.get("CHITIEU_SHARED")
    if not shared:
        pytest.skip("CHITIEU_SHARED does not say where the contract is")
    found = make()
    jsonschema.validate(found, json.loads((Path(shared) / "contract" / "record.schema.json").read_text()))
    mentions = [m for name in ("people", "units") for fact in found[name] for m in fact["mentions"]]
    for each in [*mentions, *(i["evidence"] for i in found["indicators"])]:
        assert found["text"][each["start"] : each["end"]] == each["text"]


# --- marks ---------------------------------------------------------------------------------------


def test_marks_that_overlap_in_any_way_keep_the_text_whole():
    text = "0123456789"
    marks = [Mark(2, 6, "u1", "unit"), Mark(4, 8, "p1", "person"), Mark(0, 10, "i1", "indicator")]
    pieces = cut(text, 0, 10, marks)
    assert [(p.text, p.facts, p.classes, p.first) for p in pieces] == [
        ("01", "i1", "indicator", True),
        ("23", "u1 i1", "unit in-indicator", True),
        ("45", "u1 p1 i1", "unit in-person in-indicator", False),
        ("67", "p1 i1", "person in-indicator", False),
        ("89", "i1", "indicator", False),
    ]


def test_a_mark_over_two_sentences_begins_again_in_the_second():
    pieces = cut("One. Two.", 5, 9, [Mark(0, 9, "u1", "unit")])
    assert [(piece.text, piece.first) for piece in pieces] == [("Two.", True)]


def test_paragraphs_hold_the_whole_text_even_where_sentences_leave_gaps():
    found = vietnamese()
    found["translation"]["sentences"] = found["translation"]["sentences"][2:4]
    for value in (found, vietnamese(), german(), hostile()):
        paragraphs = read_paragraphs(value, read_facts(value, english()).marks)
        lines = ["".join(piece.text for s in paragraph for piece in s.pieces) for paragraph in paragraphs]
        assert "\n".join(lines) == value["text"]


def test_an_anchor_names_the_sentence_that_holds_the_offset():
    starts = sentence_starts(german())
    assert [DE[start : start + 8] for start in starts] == ["Gemeinde", "In den e", "Genossin"]
    assert anchor(starts, DE.index("Sekretärin")) == f"s{DE.index('Genossin')}"


# --- words ---------------------------------------------------------------------------------------


def test_figures_are_told_in_words():
    facts = read_facts(vietnamese(), english())
    assert [fact.cells for fact in facts.indicators] == [
        (
            ("over 64.5%",),
            ("budget revenue", "thu ngân sách", "xã Khuôn Lùng"),
            ("of the annual plan", "1 January 2024 – 30 June 2024"),
        ),
        (
            ("up 12%",),
            ("thu ngân sách", "xã Khuôn Lùng"),
            ("against the same period last year", "1 January 2024 – 30 June 2024"),
        ),
        (("18–20%",), ("tỷ lệ hộ nghèo", ""), ("", "")),
        (("45 of 60 hội viên",), ("hội viên mới", "Hội Nông dân xã"), ("", "")),
    ]
    assert ("Topic", "budget revenue") in facts.indicators[0].details
    assert ("Confidence", "97%") in facts.indicators[0].details


def test_money_is_told_in_billions():
    record = vietnamese()
    money = {"kind": "money", "value": 1.2505e12, "value_max": None, "unit": "VND", "target": None, "comparator": "gt"}
    record["indicators"] = [record["indicators"][0] | money | {"direction": "level", "basis": None}]
    assert read_facts(record, english()).indicators[0].cells[0] == ("over 1,250.5 billion VND",)


def test_people_have_their_offices_and_units_their_place():
    facts = read_facts(vietnamese(), english())
    assert facts.people[0].cells == (("Đồng chí Nông Thị Vân",), ("Bí thư, Đảng ủy xã Khuôn Lùng",))
    assert facts.units[2].cells == (("UBND xã",), ("State body", "People's Committee"), ("xã Khuôn Lùng",))
    assert ("Since 1 July 2025", "Xã Mới") in facts.units[0].details
    assert read_facts(german(), english()).people[0].cells[1] == (
        "Sekretärin, Parteikomitee der Gemeinde Khuon Lung (former)",
    )


@pytest.mark.parametrize(
    ("moment", "precision", "words"),
    [
        ("2024-07-11T08:30:00+07:00", "minute", "11 July 2024, 08:30"),
        ("2024-07-11T00:00:00+07:00", "day", "11 July 2024"),
        (None, None, ""),
        ("yesterday", "minute", "yesterday"),
    ],
)
def test_times_are_told_as_the_paper_told_them(moment, precision, words):
    assert show_moment(moment, precision, english()) == words


def test_days_are_told_in_words():
    assert show_day("2024-03-05", english()) == "5 March 2024"


# --- the article's page --------------------------------------------------------------------------


def test_the_article_shows_its_facts_in_the_text_and_in_tables(client):
    page = soup(client.get("/articles/vi00000001"))
    marks = [(mark.text, mark["data-facts"], mark["class"][1:]) for mark in page.select(".text .mark")]
    assert ("trên 64,5%", "i1", ["indicator", "first"]) in marks
    assert ("Đảng ủy ", "u2", ["unit", "first"]) in marks
    assert ("xã Khuôn Lùng", "u1 u2", ["unit", "first"]) in marks
    assert [row.th.text for row in page.select("table.people tbody tr")] == ["Đồng chí Nông Thị Vân", "ông Lý Văn Sửu"]
    assert page.select_one("h1 .source").text.strip() == VI.split("\n")[0]
    assert page.select_one(".meta time").text == "11 July 2024, 08:30"
    links = [link["href"] for link in page.select(".downloads a")]
    assert links == [
        "/v1/articles/vi00000001",
        "/v1/people?article=vi00000001&format=csv",
        "/v1/units?article=vi00000001&format=csv",
        "/v1/indicators?article=vi00000001&format=csv",
    ]


@pytest.mark.parametrize("id", ["vi00000001", "de00000001"])
def test_every_link_within_the_page_leads_somewhere(client, id):
    page = soup(client.get(f"/articles/{id}"))
    ids = [element["id"] for element in page.select("[id]")]
    assert len(ids) == len(set(ids))
    wanted = {link["href"][1:] for link in page.select("a[href^='#']")}
    cards = {f"card-{fact}" for mark in page.select(".mark") for fact in mark["data-facts"].split()}
    assert len(wanted) > 5
    assert wanted | cards <= set(ids)


def test_each_row_leads_to_the_sentence_that_proves_it(client):
    page = soup(client.get("/articles/de00000001"))
    link = page.select_one("table.people tbody a")
    assert link["href"] == f"#s{DE.index('Genossin')}"
    assert page.select_one(link["href"]).text.startswith("Genossin Nong Thi Van, Sekretärin")


def test_the_translation_stands_by_its_sentence_with_what_it_lost(client):
    page = soup(client.get("/articles/vi00000001"))
    pairs = {s.select_one(".source").text.strip(): s.select_one(".target") for s in page.select(".sentence")}
    second = next(target for source, target in pairs.items() if source.startswith("Sáu tháng"))
    assert second.text.strip() == VI_EN[1]
    lost = next(target for source, target in pairs.items() if source.startswith("Theo ông"))
    assert lost.select_one(".check").text == "percentage not in the translation: 18–20%"
    assert next(target for source, target in pairs.items() if source.startswith("Bà Vân")) is None
    warnings = page.select_one(".notice").text
    assert "Translated in part: 1 sentence failed" in warnings
    assert "lost or added something: 1" in warnings
    assert "Two spellings of one name" in warnings
    reference = page.select_one(".notice .ref")
    assert (reference["href"], reference.text) == ("#fact-p1", "Nông Thị Vân")


def test_without_translation_the_reason_and_the_facts_in_short_are_told(client):
    page = soup(client.get("/articles/de00000001"))
    assert "Not translated: no model de-en here" in page.select_one(".notice").text
    assert page.select(".view") == []
    short = page.select_one(".digest a")
    assert (short.text, short["href"]) == ("Budget revenue: over 64.5% of the annual plan", f"#s{DE.index('In den')}")


def test_an_article_without_facts_says_so(app, client):
    text = "Một dòng\nHai dòng"
    bare = record("bare0000001", text, "vi", title=None, author=None, published_at=None, url=None, canonical_url=None)
    bare["processing"]["body_start"] = 0
    app.extensions["chitieu.records"].records["bare0000001"] = bare
    page = soup(client.get("/articles/bare0000001"))
    assert page.h1.text == "Article without a title"
    assert [p.text for p in page.select(".text p")] == ["Một dòng", "Hai dòng"]
    assert [p.text for p in page.select(".facts .empty")] == [
        "No person was found.",
        "No unit was found.",
        "No figure was found.",
    ]


def test_an_unknown_article_is_404(client):
    answer = client.get("/articles/nothing")
    assert answer.status_code == 404
    assert "There is no article here." in answer.text


# --- nothing of a record is code -----------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/articles/x%22%3E%3Cscript%3Ealert(3)"])
def test_a_hostile_record_stays_text(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    page = soup(answer)
    sources = [script.get("src") for script in page.select("script")]
    assert sources == ["/assets/page.js"]
    assert "49" not in page.get_text().replace(EVIL, "")
    own = {"/assets/icon.svg"}
    assert {image.get("src") for image in page.select("img")} <= own
    for element in page.find_all(True):
        assert not [name for name in element.attrs if name.startswith("on") or name == "style"], element
        for name in ("href", "src", "action"):
            assert re.match(r"^(https?://|/|#|$)", element.get(name, "")), element
    assert EVIL in page.get_text()


def test_hostile_addresses_are_shown_but_no_links(client):
    page = soup(client.get("/articles/x%22%3E%3Cscript%3Ealert(3)"))
    assert [a.text for a in page.select(".address")] == [
        "javascript:alert(document.domain)",
        "data:text/html,<script>alert(5)</script>",
    ]


@pytest.mark.parametrize("path", ["/", "/articles/vi00000001", "/articles/nothing", "/assets/page.js"])
def test_the_policy_forbids_every_script_but_our_own(client, path):
    policy = client.get(path).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy


def test_pages_load_nothing_from_elsewhere(client):
    for path in ("/", "/articles/vi00000001"):
        page = soup(client.get(path))
        loaded = [e.get("src") or e.get("href") for e in page.select("script, link, img")]
        assert loaded
        assert all(address.startswith("/assets/") for address in loaded)
        assert all(client.get(address).status_code == 200 for address in loaded)
    assert "http" not in re.sub(r"http://www.w3.org/\S+", "", (WEB / "static" / "style.css").read_text())


@pytest.mark.skipif(shutil.which("chromium") is None, reason="no Chromium here to open the pages with")
def test_in_a_browser_our_script_runs_and_a_record_s_does_not(app, tmp_path):
    server = make_server("127.0.0.1", 0, app, threaded=True)
    Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/articles/x%22%3E%3Cscript%3Ealert(3)#s{len(EVIL) + 2}"
    options = "--headless --no-sandbox --disable-gpu --disable-background-networking --enable-logging=stderr --dump-dom"
    command = ["chromium", *options.split(), f"--user-data-dir={tmp_path}", address]
    run = subprocess.run(command, capture_output=True, text=True, timeout=60)
    server.shutdown()
    page = BeautifulSoup(run.stdout, "lxml")
    assert page.select_one("body > #card") is not None, run.stderr
    assert page.select_one(".sentence.found .mark") is not None
    assert "Content Security Policy" not in run.stderr
    assert page.select("article script, article img, aside script, aside img") == []


# --- the form ------------------------------------------------------------------------------------


def test_the_front_page_lists_articles_from_records_and_from_rows_of_the_store(app, client):
    row = {"id": "row00000001", "title": None, "language": "fr", "published_at": None, "domain": "journal.example"}
    app.extensions["chitieu.records"].records["row"] = row | {"people": 2, "units": 3, "indicators": 1}
    page = soup(client.get("/"))
    lines = [" ".join(line.get_text(" ").split()) for line in page.select(".recent li")]
    assert lines[0] == f"{VI.splitlines()[0]} Báo Khuôn Lùng 11 July 2024 Vietnamese People 2, units 4, figures 4"
    assert lines[-1] == "Article without a title journal.example French People 2, units 3, figures 1"


def test_an_address_is_submitted_and_its_record_shown(client, given):
    answer = client.post("/", data={"kind": "url", "url": " https://bao.example/1 ", "text": "not this", "to": "de"})
    assert (answer.status_code, answer.location) == (303, "/articles/vi00000001")
    assert given == [{"url": "https://bao.example/1", "to": "de"}]


def test_a_text_is_submitted_with_what_is_known_of_it(client, given):
    told = {"kind": "text", "text": "Tin\nThu 5%", "published_at": "2024-07-11", "language": "vi", "to": "en"}
    client.post("/", data=told)
    assert given == [{"text": "Tin\nThu 5%", "published_at": "2024-07-11", "language": "vi", "to": "en"}]


@pytest.mark.parametrize(
    ("name", "content", "wanted"),
    [
        ("a.html", "<meta charset=utf-8><p>Xã</p>".encode(), {"html": "<meta charset=utf-8><p>Xã</p>"}),
        (
            "A.HTM",
            "<meta charset=windows-1258><p>á</p>".encode("cp1258"),
            {"html": "<meta charset=windows-1258><p>á</p>"},
        ),
        ("a.txt", "\ufeffXã".encode(), {"text": "Xã"}),
    ],
)
def test_a_file_is_submitted_in_its_own_encoding(client, given, name, content, wanted):
    client.post("/", data={"file": (io.BytesIO(content), name), "to": "en"})
    assert given == [wanted | {"to": "en"}]


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"kind": "url", "url": ""}, "Nothing was given"),
        ({"kind": "url", "url": "javascript:alert(1)"}, "That is no web address"),
        ({"kind": "text", "text": "  "}, "Nothing was given"),
        ({"kind": "file"}, "Nothing was given"),
        ({"file": (io.BytesIO(b"x"), "a.exe")}, "a.exe: not a page"),
        ({"file": (io.BytesIO(b"ti\xeang"), "a.txt")}, "a.txt: the text is not in UTF-8"),
        ({"kind": "url", "url": "http://refuse.example/"}, "not a public address: http://refuse.example/"),
    ],
)
def test_what_cannot_be_used_is_told_on_the_form(client, form, words):
    answer = client.post("/", data=dict(form))
    assert answer.status_code == 400
    page = soup(answer)
    assert words in page.select_one("[role=alert]").text
    assert page.select_one("#url")["value"] == form.get("url", "")


def test_what_goes_wrong_inside_is_logged_and_told_without_details(app, client, caplog):
    app.register_error_handler(Exception, lambda error: ({"error": str(error)}, 500))
    app.extensions["chitieu.submit"] = lambda payload: payload["secret"]
    answer = client.post("/", data={"url": "https://bao.example/1"})
    assert answer.status_code == 500
    assert "Something went wrong inside" in soup(answer).h1.text
    assert "secret" not in answer.text
    assert "POST / failed" in caplog.text


def test_a_refusal_keeps_its_status(app, client):
    def busy(payload):
        raise ServiceUnavailable

    app.extensions["chitieu.submit"] = busy
    assert client.post("/", data={"url": "https://bao.example/1"}).status_code == 503


def test_the_app_s_limit_holds(app, client):
    app.config["MAX_CONTENT_LENGTH"] = 3_000_000
    answer = client.post("/", data={"kind": "text", "text": "Tin " * 1_000_000})
    assert answer.status_code == 413
    assert "at most 3 MB" in answer.text


def test_a_long_text_passes_and_a_larger_one_is_refused(client, given):
    assert client.post("/", data={"kind": "text", "text": "Tin " * 500_000}).status_code == 303
    answer = client.post("/", data={"kind": "text", "text": "Tin " * 6_000_000})
    assert answer.status_code == 413
    assert "at most 20 MB" in answer.text
    assert len(given) == 1


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}])
def test_another_site_cannot_send_the_form(client, given, headers):
    answer = client.post("/", data={"kind": "url", "url": "https://bao.example/1"}, headers=headers)
    assert answer.status_code == 403
    assert given == []


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://localhost"}])
def test_our_own_page_can(client, given, headers):
    assert client.post("/", data={"url": "https://bao.example/1"}, headers=headers).status_code == 303


def test_articles_of_the_same_story_are_linked(settings, article):
    from service import create_app
    from tests.fakes import FakeRuntime

    runtime = FakeRuntime(settings)
    client = create_app(runtime).test_client()
    ids = [
        client.post("/v1/articles?wait=true", json={"text": text, "url": url, "language": code}).json["id"]
        for text, url, code in ((article, "https://bao.vn/1", "vi"), (f"Neu: {article}", "https://bao.vn/1", "de"))
    ]
    for own, other in (ids, ids[::-1]):
        page = soup(client.get(f"/articles/{own}"))
        assert [link["href"] for link in page.select(".related a")] == [f"/articles/{other}"]
    alone = client.post("/v1/articles?wait=true", json={"text": "Ông Hồ Văn Sơn, xã Ea Wer.", "language": "vi"}).json[
        "id"
    ]
    assert not soup(client.get(f"/articles/{alone}")).select(".related")
    runtime.close()


# --- searching ---


@pytest.mark.parametrize(
    ("path", "table", "asked"),
    [
        ("/articles?q=quân&language=vi", "articles", {"q": "quân", "language": "vi"}),
        (
            "/figures?q=thu&unit=&basis=plan&confidence=0.8",
            "indicators",
            {"q": "thu", "basis": "plan", "confidence": "0.8"},
        ),
        ("/people?unit=00787&role=x", "people", {"unit": "00787"}),
        (
            "/units?class=party&from=2024-01-01&to=2024-02-01",
            "units",
            {"class": "party", "from": "2024-01-01", "to": "2024-02-01"},
        ),
    ],
)
def test_what_is_searched_for(app, client, path, table, asked):
    page = soup(client.get(path))
    assert app.extensions["chitieu.records"].asked == (table, asked | {"limit": "25"}, "en")
    for name, value in asked.items():
        field = page.find(attrs={"name": name})
        chosen = field.find("option", selected=True) if field.name == "select" else field
        assert chosen["value"] == value
    narrowed = asked.keys() - {"q", "unit"}
    assert page.find("details").has_attr("open") is bool(narrowed)


@pytest.mark.parametrize("name", ["articles", "figures", "people", "units"])
def test_what_is_found_leads_to_its_sentence_and_to_the_next_page(client, name):
    page = soup(client.get(f"/{name}?q=thu"))
    assert page.select_one(".hits li a")["href"] == "/articles/vi00000001" + ("" if name == "articles" else "#s51")
    assert "Found: 1,234" in page.get_text()
    assert page.select_one("a[rel=next]")["href"] == "?q=thu&after=2024-07-11_a_0"
    assert page.find("script", string=True) is None
    last = soup(client.get(f"/{name}?q=thu&after=2024-07-11_a_0"))
    assert last.select_one("a[rel=next]") is None
    assert last.select_one(".pages a")["href"] == f"/{name}?q=thu"
    csv = page.find("a", href=re.compile("format=csv"))
    assert (csv is None) if name == "articles" else csv["href"].startswith("/v1/")


def test_a_search_without_result_and_one_that_cannot_be(client):
    assert "Nothing fits" in client.get("/figures?q=khongco").text
    wrong = client.get("/figures?from=soon")
    assert wrong.status_code == 400
    assert "from: not a date" in wrong.text


def test_searching_in_the_store(settings, article):
    """The pages over the real service: facts are said in the language of the page."""
    from service import create_app
    from tests.fakes import FakeRuntime

    runtime = FakeRuntime(settings)
    client = create_app(runtime).test_client()
    assert "Nothing has been read yet" in client.get("/people").text
    client.post("/v1/articles?wait=true", json={"text": article, "published_at": "2024-07-11", "language": "vi"})
    for path, words in (
        ("/articles?q=tan+lap", "Xã Tân Lập vượt khó"),
        ("/figures?q=64", "Budget revenue: 64.5 % of the annual plan"),
        ("/people?q=lo+van+mau&unit=tan+lap", "Lò Văn Mẫu"),
        ("/units?q=tan+lap&class=administrative", "xã Tân Lập"),
    ):
        page = soup(client.get(path))
        assert words in page.select_one(".hits li a").get_text(), path
    assert client.get("/figures?confidence=much").status_code == 400
    runtime.close()


# --- the page's own texts ------------------------------------------------------------------------


def visible_texts(template: str) -> list[str]:
    """What a reader would see of a template that does not come from the catalogue."""
    bare = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", template, flags=re.DOTALL)
    page = BeautifulSoup(bare, "html.parser")
    texts = [str(text) for text in page.find_all(string=True) if text.parent.name != "doctype"]
    for element in page.find_all(True):
        texts += [element.get(name, "") for name in ("title", "alt", "aria-label", "data-busy")]
        texts.append(element.get("placeholder", "").removeprefix("https://"))
        texts.append(element.get("value", "") if element.name in ("button",) else "")
    return [text.strip() for text in texts if re.search(r"\w", text) and text.strip() not in ("doctype html", "html")]


def test_every_text_of_the_templates_comes_from_the_catalogue():
    templates = list((WEB / "templates").rglob("*.html"))
    assert len(templates) >= 4
    assert {path.name: visible_texts(path.read_text("utf-8")) for path in templates} == {p.name: [] for p in templates}


def test_a_text_outside_the_catalogue_would_be_seen():
    assert visible_texts('<p>Hello {{ t("a.b") }}</p><img alt="A picture">') == ["Hello", "A picture"]


def test_every_key_that_is_asked_for_is_in_the_catalogue_and_none_is_idle():
    code = "".join(path.read_text("utf-8") for path in [*WEB.rglob("*.html"), *WEB.glob("*.py")])
    asked = set(re.findall(r"""\b(?:t|texts)\(f?["']([a-z_]+\.[a-z_0-9]+)["'][,)]""", code))
    known = {key for texts in catalogues().values() for key in texts._texts}
    assert len(asked) > 40
    assert asked <= known
    built = ("class", "type", "language", "month", "basis", "kind", "gender", "comparator", "comparator_name")
    built += ("browse", "direction", "direction_name", "check", "field", "column", "role")
    built_keys = {f"home.{n}" for n in ("url", "text", "file")} | {
        f"article.view_{v}" for v in ("source", "both", "translation")
    }
    for name in ("people", "units", "indicators"):
        built_keys |= {f"article.{name}", f"article.no_{name}", f"article.csv_{name}"}
    built_keys |= {
        "article.json",
        *(f"figure.{scale}" for scale in ("other", "billion", "million")),
        *(f"error.{kind}{part}" for kind in ("not_found", "inside") for part in ("", "_hint")),
    }
    assert {key for key in known - asked - built_keys if key.split(".")[0] not in built} == set()
