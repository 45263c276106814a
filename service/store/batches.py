"""Batches, subscriptions and the addresses in them."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, select, update

from extractors.urls import normalise_url
from service.store.database import Store
from service.store.queries import Paging
from service.store.rows import Row
from service.store.tables import batch_items, batches

_REASON_CHARS = 1000  # of a failure; what is longer is a page, not a reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Addresses that are processed together: a list, or what `url` (a feed, a sitemap, a page, a host) names.

    With `every_minutes` it is a subscription: `url` is read again at `next_at`. `read_at` is when it was read last.
    """

    id: str
    url: str | None = None
    since: str | None = None
    language: str | None = None
    target: str | None = None
    every_minutes: int | None = None
    next_at: str | None = None
    read_at: str | None = None
    state: str = "starting"
    reason: str | None = None
    created_at: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """An address of a batch. `attempt` counts how often it was queued."""

    id: int
    url: str
    attempt: int


class Batches:
    """The batches in a store. Safe to share between threads."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, urls: Iterable[str] = (), **given: Any) -> Batch:
        """A new batch of these addresses, or with the `url` that names them."""
        batch = Batch(id=uuid.uuid4().hex, created_at=_iso(_now()), **given)
        with self._store.writing() as connection:
            connection.execute(insert(batches).values(asdict(batch)))
            self._store.insert_new(connection, batch_items, _item_rows(batch.id, urls))
        return batch

    def add_items(self, batch_id: str, urls: Iterable[str]) -> None:
        """Adds the addresses that are not in the batch yet."""
        with self._store.writing() as connection:
            self._store.insert_new(connection, batch_items, _item_rows(batch_id, urls))

    def get(self, batch_id: str) -> Batch | None:
        """A batch, or None."""
        with self._store.reading() as connection:
            row = connection.execute(select(batches).where(batches.c.id == batch_id)).mappings().first()
        return Batch(**row) if row else None

    def subscriptions(self) -> list[Batch]:
        """All subscriptions, the oldest first."""
        wanted = select(batches).where(batches.c.every_minutes.is_not(None)).order_by(batches.c.created_at)
        with self._store.reading() as connection:
            return [Batch(**row) for row in connection.execute(wanted).mappings()]

    def due(self, now: datetime | None = None) -> list[Batch]:
        """The subscriptions that are to be read now."""
        wanted = select(batches).where(batches.c.next_at <= _iso(now or _now()))
        with self._store.reading() as connection:
            return [Batch(**row) for row in connection.execute(wanted).mappings()]

    def postpone(self, batch: Batch, now: datetime | None = None) -> None:
        """Sets when a subscription is due again, if no other process has done it yet."""
        next_at = _iso((now or _now()) + timedelta(minutes=batch.every_minutes or 0))
        is_same = (batches.c.id == batch.id) & (batches.c.next_at == batch.next_at)
        with self._store.writing() as connection:
            connection.execute(update(batches).where(is_same).values(next_at=next_at))

    def mark(self, batch_id: str, state: str, reason: str | None = None) -> None:
        """Says what became of reading the batch's `url`."""
        values = {"state": state, "reason": reason and reason[:_REASON_CHARS], "read_at": _iso(_now())}
        with self._store.writing() as connection:
            connection.execute(update(batches).where(batches.c.id == batch_id).values(values))

    def delete(self, batch_id: str) -> bool:
        """Forgets a batch; its articles stay. False where there is none."""
        with self._store.writing() as connection:
            return connection.execute(delete(batches).where(batches.c.id == batch_id)).rowcount > 0

    def queued(self, batch_id: str) -> list[Item]:
        """The addresses that have neither an article nor a failure."""
        wanted = select(batch_items.c.id, batch_items.c.url, batch_items.c.attempt).order_by(batch_items.c.id)
        with self._store.reading() as connection:
            return [Item(*row) for row in connection.execute(wanted.where(*_where(batch_id, "queued")))]

    def finish(self, item_id: int, attempt: int, outcome: dict[str, str]) -> None:
        """Keeps what became of an attempt at an address: the `article`, or `stage` and `reason`."""
        values = {name: outcome.get(name) for name in ("article", "stage")}
        values["state"] = "done" if "article" in outcome else "failed"
        values["reason"] = outcome["reason"][:_REASON_CHARS] if "reason" in outcome else None
        with self._store.writing() as connection:
            is_it = (batch_items.c.id == item_id) & (batch_items.c.attempt == attempt)
            connection.execute(update(batch_items).where(is_it, batch_items.c.state == "queued").values(values))

    def has(self, item_id: int) -> bool:
        """Whether there is an address with this id: those of a deleted batch are gone with it."""
        with self._store.reading() as connection:
            return connection.scalar(select(batch_items.c.id).where(batch_items.c.id == item_id)) is not None

    def again(self, item_id: int, attempt: int) -> None:
        """Counts another attempt at an address, which stays queued."""
        is_it = (batch_items.c.id == item_id) & (batch_items.c.attempt == attempt)
        with self._store.writing() as connection:
            connection.execute(update(batch_items).where(is_it).values(attempt=attempt + 1))

    def retry(self, batch_id: str, stage: str | None = None) -> int:
        """Queues again what failed, all of it or in one stage; how many addresses that are."""
        values: Row = {"state": "queued", "stage": None, "reason": None, "attempt": batch_items.c.attempt + 1}
        with self._store.writing() as connection:
            wanted = [*_where(batch_id, "failed"), *([batch_items.c.stage == stage] if stage else [])]
            changed = connection.execute(update(batch_items).where(*wanted).values(values))
            connection.execute(update(batches).where(batches.c.id == batch_id).values(state="starting", reason=None))
            return changed.rowcount

    def counts(self, batch_id: str) -> dict[str, int]:
        """How many addresses there are in all, `queued`, `done` and `failed`."""
        state = batch_items.c.state
        grouped = select(state, func.count()).where(batch_items.c.batch_id == batch_id).group_by(state)
        with self._store.reading() as connection:
            found = {row[0]: row[1] for row in connection.execute(grouped)}
        return {"total": sum(found.values())} | {name: found.get(name, 0) for name in ("queued", "done", "failed")}

    def stages(self, batch_id: str) -> dict[str, int]:
        """In which stages addresses failed, and how many in each."""
        stage = batch_items.c.stage
        grouped = select(stage, func.count()).where(*_where(batch_id, "failed")).group_by(stage).order_by(stage)
        with self._store.reading() as connection:
            return {row[0]: row[1] for row in connection.execute(grouped)}

    def items(self, batch_id: str, state: str | None, paging: Paging) -> list[Row]:
        """The addresses with what became of them, in the order they were given."""
        columns = [batch_items.c[name] for name in ("url", "state", "article", "stage", "reason")]
        wanted = select(*columns).where(*_where(batch_id, state)).order_by(batch_items.c.id)
        with self._store.reading() as connection:
            rows = connection.execute(wanted.limit(paging.limit).offset(paging.offset)).mappings()
            return [dict(row) for row in rows]


def _where(batch_id: str, state: str | None) -> list[ColumnElement[bool]]:
    wanted = [batch_items.c.batch_id == batch_id]
    return [*wanted, batch_items.c.state == state] if state else wanted


def _item_rows(batch_id: str, urls: Iterable[str]) -> list[Row]:
    rows: dict[str, Row] = {}
    for url in urls:
        key = hashlib.sha256((normalise_url(url) or url).encode("utf-8", "surrogatepass")).hexdigest()
        rows.setdefault(key, {"batch_id": batch_id, "key": key, "url": url, "attempt": 1, "state": "queued"})
    return list(rows.values())


def _now() -> datetime:
    return datetime.now(UTC)


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds")
