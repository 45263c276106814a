"""A worker's place: a name that no other living worker bears, and that the next worker takes over after a death.

Names are handed out in order, so that a worker that starts after a kill gets the name of the killed one and with it
its unfinished jobs, on whatever host or container it runs. On SQLite a place is a locked file, on PostgreSQL an
advisory lock; both are given back by the system when the process dies.
"""

from __future__ import annotations

import fcntl
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from service.config import Settings

_PLACES = 1000  # more workers than one database serves
_LOCK_CLASS = 7_362_002  # any number that no other program uses for its locks in this database


class Slot:
    """A context in which the process holds a place; `name` is its name."""

    name: str

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._place: _File | _Lock | None = None

    def __enter__(self) -> Slot:
        kind = _File if self._settings.queue_url.startswith("sqlite") else _Lock
        self._place = kind(self._settings)
        for number in range(_PLACES):
            if self._place.take(number):
                self.name = f"worker-{number}"
                return self
        raise RuntimeError(f"{_PLACES} workers are running already")

    def __exit__(self, *_: object) -> None:
        if self._place:
            self._place.give_back()

    def is_held(self) -> bool:
        """Whether the place is still this worker's; a database that restarted forgets its locks."""
        return self._place is not None and self._place.is_held()


class _File:
    def __init__(self, settings: Settings) -> None:
        self._folder: Path = settings.data_dir
        self._file: IO[str] | None = None

    def take(self, number: int) -> bool:
        file = (self._folder / f"worker-{number}.lock").open("w")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return False
        self._file = file
        return True

    def is_held(self) -> bool:
        return self._file is not None

    def give_back(self) -> None:
        if self._file:
            self._file.close()


class _Lock:
    def __init__(self, settings: Settings) -> None:
        engine = create_engine(settings.queue_url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        self._connection: Connection = engine.connect()

    def take(self, number: int) -> bool:
        lock: dict[str, Any] = {"class": _LOCK_CLASS, "number": number}
        return bool(self._connection.scalar(text("SELECT pg_try_advisory_lock(:class, :number)"), lock))

    def is_held(self) -> bool:
        try:
            return self._connection.scalar(text("SELECT true")) is True
        except SQLAlchemyError:
            return False

    def give_back(self) -> None:
        self._connection.close()
