"""Every page in `pages/` has beside it what must come out of it: a new site is a page and its JSON, no test code."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from extractors.article import read_article, read_text
from extractors.clean import is_boilerplate, is_credit, is_end, read_source_line
from extractors.dates import find_latest_date, read_moment
from extractors.packs import PackError
from extractors.selectors import compile_selector
from extractors.sites import FOLDER, families, find_host, hosts
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
