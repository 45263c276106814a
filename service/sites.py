"""`discover`, `new-site` and `check-sites`: the tools of whoever looks after sites and adapters."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from itertools import islice
from pathlib import Path

from extractors.article.fit import check_fit
from extractors.article.propose import propose_family, write_family
from extractors.article.sites import hosts
from extractors.types import Page
from service.addresses import FetchError
from service.config import Settings
from service.discover import discover
from service.errors import UserError
from service.fetch import Fetcher

_TRIES = 3  # of the newest articles; one may be a video or a picture story


@dataclass(frozen=True, slots=True)
class Check:
    """What a look at a site showed. `state`: fits, changed, or unreachable."""

    site: str
    state: str
    article: str | None = None
    adapter: str | None = None
    matched: dict[str, str | None] | None = None
    problems: tuple[str, ...] = ()


def print_articles(where: str, settings: Settings, *, since: date | None, pages: int, limit: int | None) -> int:
    """Prints the addresses of the articles that `service.discover` finds. Raises FetchError."""
    fetcher = Fetcher(settings)
    try:
        for found in islice(discover(where, fetcher, since=since, pages=pages), limit):
            print(found.url, flush=True)
    finally:
        fetcher.close()
    return 0


def new_site(where: str, settings: Settings) -> int:
    """Prints a family file proposed from a page. Raises UserError."""
    page = _read_page(where, settings)
    try:
        proposal = propose_family(page)
    except ValueError as error:
        raise UserError(f"{where}: {error}") from error
    print(write_family(proposal, url=page.url), end="")
    return 0


def check_sites(given: list[str], settings: Settings, *, as_json: bool = False) -> int:
    """Prints how the newest article of each site fits its family; 1 where a site has changed or cannot be reached."""
    fetcher = Fetcher(settings)
    code = 0
    try:
        for site in given or [domain for domain, host in hosts().items() if host.families]:
            check = _check(site, fetcher)
            code = code or int(check.state != "fits")
            print(json.dumps(asdict(check), ensure_ascii=False) if as_json else _line(check), flush=True)
    finally:
        fetcher.close()
    return code


def _check(site: str, fetcher: Fetcher) -> Check:
    """The best fit among the newest articles of a site."""
    last = Check(site, "unreachable", problems=("no article is found there",))
    try:
        for url in islice(_newest(site, fetcher), _TRIES):
            page = fetcher(url)
            fit = check_fit(page)
            state = "changed" if fit.problems else "fits"
            last = Check(site, state, page.url, fit.adapter, fit.matched, fit.problems)
            if state == "fits":
                break
    except FetchError as error:
        return last if last.state == "changed" else Check(site, "unreachable", problems=(str(error),))
    return last


def _newest(site: str, fetcher: Fetcher) -> Iterator[str]:
    for found in discover(site, fetcher, pages=1):
        yield found.url


def _line(check: Check) -> str:
    said = " ".join(f"{part}={css}" for part, css in (check.matched or {}).items() if css)
    parts = (
        check.site,
        check.state,
        check.adapter or "-",
        "; ".join(check.problems) or said or "-",
        check.article or "",
    )
    return "\t".join(parts).rstrip()


def _read_page(where: str, settings: Settings) -> Page:
    if where.startswith(("http://", "https://")):
        fetcher = Fetcher(settings)
        try:
            return fetcher(where)
        finally:
            fetcher.close()
    try:
        return Page(sys.stdin.buffer.read() if where == "-" else Path(where).read_bytes())
    except OSError as error:
        raise UserError(f"{where}: {error.strerror}") from error
