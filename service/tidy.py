"""`python -m service tidy`: deletes kept pages that nobody needs any more."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass

from service.config import Settings
from service.errors import UserError
from service.kept import KeptPages, Visit
from service.runtime import Runtime
from service.store import Store

__all__ = ["Tidied", "tidy", "tidy_pages"]

_DAY = 86_400.0


@dataclass(slots=True)
class Tidied:
    """What was deleted and what stays; sizes in bytes."""

    deleted: int = 0
    deleted_bytes: int = 0
    visits: int = 0
    kept: int = 0
    kept_bytes: int = 0

    def __str__(self) -> str:
        return (
            f"deleted: {self.deleted} pages ({_megabytes(self.deleted_bytes)}), {self.visits} visits\n"
            f"kept: {self.kept} pages ({_megabytes(self.kept_bytes)})"
        )


def tidy(settings: Settings, *, days: int, articles: bool) -> int:
    """Tidies the data folder and prints what was done. The exit code is 0. UserError where a file cannot be deleted."""
    runtime = Runtime(settings)
    try:
        print(tidy_pages(KeptPages(settings.pages_dir), runtime.store, days=days, articles=articles))
    except OSError as error:
        raise UserError(f"{error.filename}: {error.strerror}") from error
    finally:
        runtime.close()
    return 0


def tidy_pages(kept: KeptPages, store: Store, *, days: int, articles: bool = False, now: float | None = None) -> Tidied:
    """Deletes the pages that no article was made of, with `articles` those too, once they are `days` old.

    A page's age is counted from the last time that it came. Visits whose page is gone go with it.
    """
    needed = frozenset() if articles else frozenset(_needed(store))
    oldest = (time.time() if now is None else now) - days * _DAY
    done = Tidied()
    for page in kept.pages():
        if page.changed < oldest and bytes.fromhex(page.name) not in needed:
            kept.delete(page.name)
            done.deleted, done.deleted_bytes = done.deleted + 1, done.deleted_bytes + page.size
        else:
            done.kept, done.kept_bytes = done.kept + 1, done.kept_bytes + page.size
    done.visits = sum(_forget(kept, visit) for visit in kept.visits())
    kept.delete_torn(oldest)
    return done


def _needed(store: Store) -> Iterator[bytes]:
    """The hashes of the pages and texts that articles were made of."""
    for origin in store.origins():
        values = json.loads(origin)
        if name := values.get("page") or values.get("plain"):
            yield bytes.fromhex(name)


def _forget(kept: KeptPages, visit: Visit) -> bool:
    gone = not kept.has(visit.page)
    if gone:
        kept.forget(visit.url)
    return gone


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"
