"""API keys: kept as hashes, with what each may ask a minute and a day."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.exc import IntegrityError

from service.errors import UserError
from service.store.database import Store
from service.store.tables import api_keys, key_use

_PREFIX = "chitieu_"  # by which people and scanners of leaked secrets know what it is
_BYTES = 32  # of chance: so many that a hash without salt or stretching cannot be turned round


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A key; None is no limit. A `read_only` key puts nothing in and changes nothing."""

    name: str
    per_minute: int | None = None
    per_day: int | None = None
    read_only: bool = False
    created_at: str = ""


class Keys:
    """The keys in a store. Safe to share between threads and processes."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, key: Key) -> str:
        """Keeps a new key; the secret, which nobody can read again later. Raises UserError for a name that is taken."""
        secret = _PREFIX + secrets.token_urlsafe(_BYTES)
        row = asdict(key) | {"hash": _hash(secret), "created_at": _iso(_now())}
        try:
            with self._store.writing() as connection:
                connection.execute(insert(api_keys).values(row))
        except IntegrityError as error:
            raise UserError(f"there is a key {key.name!r} already: remove it first") from error
        return secret

    def remove(self, name: str) -> bool:
        """Deletes a key, which opens nothing from then on. False where there is none with this name."""
        with self._store.writing() as connection:
            return connection.execute(delete(api_keys).where(api_keys.c.name == name)).rowcount > 0

    def all(self) -> list[Key]:
        """The keys, the oldest first."""
        with self._store.reading() as connection:
            return [
                _key(row) for row in connection.execute(select(api_keys).order_by(api_keys.c.created_at)).mappings()
            ]

    def any(self) -> bool:
        """Whether there are keys, so that one is needed."""
        with self._store.reading() as connection:
            return connection.scalar(select(api_keys.c.name).limit(1)) is not None

    def find(self, secret: str) -> Key | None:
        """The key with this secret."""
        with self._store.reading() as connection:
            row = connection.execute(select(api_keys).where(api_keys.c.hash == _hash(secret))).mappings().first()
        return _key(row) if row else None

    def spend(self, key: Key, number: int = 1, now: datetime | None = None) -> int | None:
        """Counts requests of a key, in all processes together. The seconds to wait where they are too many, else None.

        What is refused is not counted.
        """
        moment = now or _now()
        minute, day = _iso(moment)[:16], _iso(moment)[:10]
        limits = ((minute, key.per_minute, 60 - moment.second), (day, key.per_day, _till_midnight(moment)))
        try:
            with self._store.writing() as connection:
                for window, limit, wait in limits:
                    if limit is not None and self._count(connection, key.name, window, number) > limit:
                        raise _TooMany(wait)
                mine = key_use.c.name == key.name
                connection.execute(delete(key_use).where(mine, key_use.c.window.not_in((minute, day))))
        except _TooMany as refused:
            return refused.wait
        return None

    def _count(self, connection: Any, name: str, window: str, number: int) -> int:
        row = {"name": name, "window": window, "used": number}
        added = self._store.upsert(key_use).values(row)
        changed = {"used": key_use.c.used + number}
        counted = added.on_conflict_do_update(index_elements=["name", "window"], set_=changed)
        return int(connection.scalar(counted.returning(key_use.c.used)))

    def used(self, key: Key, now: datetime | None = None) -> int:
        """How many requests of a key were counted today; only keys with a limit a day are."""
        today = (key_use.c.name == key.name) & (key_use.c.window == _iso(now or _now())[:10])
        with self._store.reading() as connection:
            return connection.scalar(select(func.coalesce(func.sum(key_use.c.used), 0)).where(today)) or 0


class _TooMany(Exception):
    def __init__(self, wait: int) -> None:
        self.wait = wait


def _key(row: Any) -> Key:
    return Key(**{name: row[name] for name in ("name", "per_minute", "per_day", "read_only", "created_at")})


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _till_midnight(moment: datetime) -> int:
    midnight = datetime(moment.year, moment.month, moment.day, tzinfo=UTC) + timedelta(days=1)
    return int((midnight - moment).total_seconds()) + 1


def _now() -> datetime:
    return datetime.now(UTC)


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds")
