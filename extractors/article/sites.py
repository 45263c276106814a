"""Which site a page is of, and which family of layouts it has: data in `families/`, one file a family."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

from extractors.article.markup import Names
from extractors.article.selectors import compile_selector, compile_test
from extractors.packs import PackError, read_settings

__all__ = ["Family", "Host", "families", "family_of", "find_host", "hosts", "recognise"]

FOLDER = Path(__file__).parent / "families"
_SELECTORS = ("title", "lead", "body", "date", "author", "caption", "section", "tags", "remove")
_KNOWN = frozenset({*_SELECTORS, "recognise", "note", "options", "addresses", "paging", "valid_until"})
_UNDER_USE = ""  # what `valid_until` holds as long as papers make pages with this layout
_OPTIONS = frozenset({"aggregator", "lead_in_body"})
_HOST_KEYS = {"name": str, "province": str, "families": list}
_PROVINCE = re.compile(r"VN-[A-Z0-9]{2}")


@dataclass(frozen=True, slots=True)
class Family:
    """Where the pages of one content management system hold what: CSS selectors, the first that finds anything wins.

    `recognise`: what only these pages have. `caption` and `remove` work inside `body` and all of them apply.
    `aggregator`: the page names the article that it was translated from. `lead_in_body`: the first paragraph is the
    lead. `addresses`: how the path of an article looks. `paging`: the address of a section's page `{page}`, relative to
    the section. `valid_until`: the last day that a paper made pages with this layout; None while some do.
    """

    name: str
    recognise: tuple[str, ...]
    title: tuple[str, ...]
    lead: tuple[str, ...]
    body: tuple[str, ...]
    date: tuple[str, ...]
    author: tuple[str, ...]
    caption: tuple[str, ...]
    section: tuple[str, ...]
    tags: tuple[str, ...]
    remove: tuple[str, ...]
    aggregator: bool
    lead_in_body: bool
    addresses: tuple[re.Pattern[str], ...]
    paging: tuple[str, ...]
    valid_until: datetime.date | None

    def fits(self, document: etree._Element) -> bool:
        return _any(document, self.body)


@dataclass(frozen=True, slots=True)
class Host:
    """A paper: its domain, name and province (ISO 3166-2:VN), the families of its pages, the newest first."""

    domain: str
    name: str
    province: str | None
    families: tuple[str, ...]


@cache
def families() -> dict[str, Family]:
    """All families by name, in alphabetical order. Raises PackError where a file is wrong."""
    return {path.stem: _read_family(path) for path in sorted(FOLDER.glob("*.toml")) if path.stem != "hosts"}


def _read_family(path: Path) -> Family:
    settings = read_settings(path, _KNOWN)
    options = settings["options"]
    if wrong := set(options) - _OPTIONS:
        raise PackError(f"{path}: unknown options {sorted(wrong)}")
    values: dict[str, Any] = {key: tuple(settings[key]) for key in (*_SELECTORS, "recognise")}
    values |= {option: option in options for option in _OPTIONS}
    values |= _read_addresses(path, settings)
    return Family(name=path.stem, **values)


def _read_addresses(path: Path, settings: dict[str, Any]) -> dict[str, Any]:
    until = settings["valid_until"]
    if until != _UNDER_USE and type(until) is not datetime.date:
        raise PackError(f"{path}: valid_until is a date, or empty")
    if wrong := [pattern for pattern in settings["paging"] if "{page}" not in pattern]:
        raise PackError(f"{path}: paging without {{page}}: {wrong}")
    try:
        addresses = tuple(re.compile(pattern) for pattern in settings["addresses"])
    except re.error as error:
        raise PackError(f"{path}: addresses: {error}") from error
    return {"addresses": addresses, "paging": tuple(settings["paging"]), "valid_until": until or None}


@cache
def hosts() -> dict[str, Host]:
    """All papers by domain. Raises PackError where the file is wrong."""
    path = FOLDER / "hosts.toml"
    table = read_settings(path, frozenset({"hosts"}))["hosts"]
    return {domain: _read_host(path, domain, row) for domain, row in table.items()}


def _read_host(path: Path, domain: str, row: dict[str, Any]) -> Host:
    for key, value in row.items():
        if not isinstance(value, _HOST_KEYS.get(key, ())):
            raise PackError(f"{path}: {domain}: unknown or wrong {key}")
    province = row.get("province")
    if "name" not in row or (province and not _PROVINCE.fullmatch(province)):
        raise PackError(f"{path}: {domain}: no name, or a province that is no ISO 3166-2:VN code")
    names = tuple(row.get("families", ()))
    if unknown := [name for name in names if not (FOLDER / f"{name}.toml").exists()]:
        raise PackError(f"{path}: {domain}: unknown families {unknown}")
    return Host(domain, row["name"], province, names)


def find_host(name: str | None) -> Host | None:
    """The paper of a host name or of the domain that it belongs to (`en.baonghean.vn`)."""
    while name and "." in name:
        if host := hosts().get(name):
            return host
        name = name.partition(".")[2]
    return None


@cache
def _signs() -> tuple[tuple[Names, str, Family], ...]:
    """What each family's pages are recognised by: the names in a selector, the selector and the family."""
    return tuple((_names_in(css), css, family) for family in families().values() for css in family.recognise)


def _names_in(css: str) -> Names:
    """The names that a page must have for a selector to find anything."""
    kinds = (r"\.([\w-]+)", r"#([\w-]+)", r"\[itemprop=([\w-]+)")
    return Names([], *(frozenset(re.findall(kind, css)) for kind in kinds))


def family_of(host: Host | None, document: etree._Element) -> Family | None:
    """Of the families of a host's pages the first that fits."""
    return (
        next((family for name in host.families if (family := families()[name]).fits(document)), None) if host else None
    )


def recognise(document: etree._Element, names: Names) -> Family | None:
    """The family whose marks a page has: its names come first, looking for every selector would cost 10 ms a page."""
    for needed, css, family in _signs():
        known = needed.classes <= names.classes and needed.ids <= names.ids and needed.properties <= names.properties
        if known and compile_test(css)(document) and family.fits(document):
            return family
    return None


def _any(document: etree._Element, selectors: tuple[str, ...]) -> bool:
    return any(compile_selector(css)(document) for css in selectors)
