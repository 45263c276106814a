"""Articles that tell one story: found in the store, compared, and warned of where an edition is wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from extractors.editions import Conflict, Report, compare
from extractors.editions.fingerprint import fingerprint, likeness
from extractors.record import from_json
from extractors.types import Record, Span, Warning_

if TYPE_CHECKING:
    from service.store import Store

__all__ = ["Related", "find_related", "keep", "keep_changed", "reports"]

WARNING = "edition_conflict"
# Editions of one article in tests/editions share 0.64 and more of their names and figures, other articles 0.05 at most.
_LIKE = 0.5
_LEAST_SHARED = 3  # names and figures; fewer come together by chance


@dataclass(frozen=True, slots=True)
class Related:
    """An article of the same story, and how that is known: by its address, or by its names and figures."""

    record: Record
    by: Literal["address", "fingerprint"]


def keep(store: Store, record: Record, *, origin: str | None = None, replaces: str | None = None) -> Record:
    """Stores a record and returns it as it is stored: an edition whose original is there with warnings.

    Where the record is itself an original, the editions that are there are warned of. `origin` and `replaces` are as
    in `Store.save`.
    """
    replaced = store.get(replaces) if replaces and replaces != record.id else None
    store.save(record, story_keys(record), origin=origin, replaces=replaces)
    return _compare_again(store, record, from_json(replaced) if replaced else None)


def keep_changed(store: Store, kept: str, record: Record) -> Record | None:
    """The same where the JSON `kept` is still what is stored of the article, else None."""
    if not store.replace(kept, record, story_keys(record)):
        return None
    return _compare_again(store, record)


def _compare_again(store: Store, record: Record, replaced: Record | None = None) -> Record:
    """Warns anew of the record and of what shares an address with it or with the one that it replaced."""
    keys = _address_keys(record) | (_address_keys(replaced) if replaced else frozenset())
    family = [id_ for id_ in store.find_stories(keys) if id_ != record.id] if keys else []
    for id_ in family:
        _warn(store, id_)
    is_warned = any(warning.code == WARNING for warning in record.warnings)
    return (_warn(store, record.id) or record) if family or is_warned else record


def _warn(store: Store, id_: str) -> Record | None:
    """Gives a stored article its warnings, whatever others write meanwhile; None where it is gone."""
    while kept := store.get(id_):
        record = from_json(kept)
        original = next((other for other in _by_address(store, record) if is_original_of(other, record)), None)
        after = warned(record, original)
        if after.warnings == record.warnings or store.replace(kept, after):
            return after
    return None


def warned(edition: Record, original: Record | None) -> Record:
    """The edition's record with a warning for each conflict, in place of those that it had."""
    kept = [warning for warning in edition.warnings if warning.code != WARNING]
    found = [
        Warning_(WARNING, conflict.message, _refs(edition, conflict))
        for conflict in (compare(original, edition).conflicts if original else ())
    ]
    return replace(edition, warnings=(*kept, *found))


def _refs(record: Record, conflict: Conflict) -> tuple[str, ...]:
    """The ids of the facts at the place of a conflict."""
    place = conflict.edition
    if place is None or conflict.kind == "added":
        return ()
    facts: list[tuple[str, tuple[Span, ...]]] = [(one.id, (one.evidence,)) for one in record.indicators]
    facts += [(unit.id, unit.mentions) for unit in record.units]
    facts += [(one.id, (*one.mentions, *(role.evidence for role in one.roles))) for one in record.people]
    hit = [id_ for id_, spans in facts if any(s.start < place.end and place.start < s.end for s in spans)]
    return tuple(dict.fromkeys(hit))


def find_related(store: Store, record: Record) -> list[Related]:
    """The stored articles of the same story: those tied to it by address, then those alike in names and figures."""
    tied = {other.id: Related(other, "address") for other in _by_address(store, record)}
    own = fingerprint(record)
    keys = [_hashed("f", feature) for feature in own]
    alike = {
        id_: Related(other, "fingerprint")
        for id_, other in _load(store, store.find_stories(keys, least=_LEAST_SHARED))
        if id_ not in tied and likeness(own, fingerprint(other)) >= _LIKE
    }
    return [related for related in (*tied.values(), *alike.values()) if related.record.id != record.id]


def reports(record: Record, related: list[Related]) -> Iterator[Report]:
    """Each pair of an original and an edition that the record is part of, compared.

    Which is the original is known by address; else it is the one in Vietnamese, where the other is not.
    """
    for one in related:
        for original, edition in ((record, one.record), (one.record, record)):
            translated = original.language == "vi" != edition.language
            if is_original_of(original, edition) or (one.by == "fingerprint" and translated):
                yield compare(original, edition)
                break


def is_original_of(original: Record, edition: Record) -> bool:
    """Whether the edition names the other's address as its original."""
    return edition.original_url is not None and address(edition.original_url) in {
        address(url) for url in (original.canonical_url, original.url) if url
    }


def story_keys(record: Record) -> frozenset[str]:
    """What a record is found by: the addresses of itself and its original, its names and figures, all hashed."""
    return _address_keys(record) | {_hashed("f", feature) for feature in fingerprint(record)}


def _address_keys(record: Record) -> frozenset[str]:
    urls = (record.canonical_url, record.url, record.original_url)
    return frozenset(_hashed("a", known) for url in urls if url and (known := address(url)))


def address(url: str) -> str | None:
    """What two spellings of one address share: host without www, path, query; None where it has no host or path.

    An edition that names only its paper is not thereby tied to the others that do.

    >>> address("http://www.bao.vn/a/?id=7#top"), address("https://bao.vn/a?id=7")
    ('bao.vn/a?id=7', 'bao.vn/a?id=7')
    """
    try:
        parts = urlsplit(url)
        host, path = parts.hostname, parts.path.rstrip("/")
    except ValueError:
        return None
    return f"{host.removeprefix('www.')}{path}?{parts.query}" if host and (path or parts.query) else None


def _hashed(kind: str, value: str) -> str:
    return kind + hashlib.sha256(value.encode()).hexdigest()[:19]


def _by_address(store: Store, record: Record) -> list[Record]:
    """The stored articles that share an address with the record, itself among them."""
    keys = _address_keys(record)
    return [other for _, other in _load(store, store.find_stories(keys))] if keys else []


def _load(store: Store, ids: list[str]) -> Iterator[tuple[str, Record]]:
    for id_ in ids:
        if found := store.get(id_):
            yield id_, from_json(found)
