"""Where an article comes from: its day, its paper and province; and what was doubtful, as warnings."""

from __future__ import annotations

from dataclasses import replace

from extractors.article.dates import Moment, find_latest_date
from extractors.article.sites import find_host
from extractors.types import Article, Source, Warning_
from extractors.urls import host_of

__all__ = ["dated", "source_of", "warned"]


def dated(article: Article, moment: Moment | None) -> Article:
    """The article with its date; without one, the latest full date of its text, said to be guessed."""
    if moment is None:
        moment = find_latest_date(article.text)
        if moment is None:
            return article
        article = warned(article, "date_guessed", "no date of publication was given: the latest full date in the text")
    return replace(article, published_at=moment[0], published_precision=moment[1])


def warned(article: Article, code: str, message: str) -> Article:
    return replace(article, warnings=(*article.warnings, Warning_(code, message)))


def source_of(url: str | None, original_url: str | None) -> Source:
    """The paper, and its province; an aggregator's article has the province of its original."""
    domain = host_of(url) or host_of(original_url)
    host, original = find_host(domain), find_host(host_of(original_url))
    province = (host.province if host else None) or (original.province if original else None)
    return Source(domain, host.name if host else None, province)
