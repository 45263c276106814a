"""`python -m service keys`: makes, lists and removes API keys."""

from __future__ import annotations

import sys

from service.config import Settings
from service.errors import UserError
from service.store import Key, Keys, open_store


def add(settings: Settings, key: Key) -> int:
    """Makes a key and prints its secret, alone on standard output. The exit code is 0. Raises UserError."""
    if not key.name.strip():
        raise UserError("the key needs a name")
    store = open_store(settings)
    print(Keys(store).add(key))
    print("This is the key: keep it, it cannot be shown again.", file=sys.stderr)
    store.close()
    return 0


def show(settings: Settings) -> int:
    """Prints the keys with their limits, a line each. The exit code is 0."""
    store = open_store(settings)
    keys = Keys(store)
    for key in keys.all():
        limits = [f"{most} a {window}" for most, window in ((key.per_minute, "minute"), (key.per_day, "day")) if most]
        used = [f"{keys.used(key)} today"] if key.per_day else []
        told = [*limits, *used, *(["read only"] if key.read_only else [])]
        print(f"{key.name}\t{key.created_at[:10]}\t{', '.join(told) or 'no limit'}")
    if not keys.any():
        print("no API keys: the service is open to everybody who reaches it", file=sys.stderr)
    store.close()
    return 0


def remove(settings: Settings, name: str) -> int:
    """Deletes a key. The exit code is 0. Raises UserError where there is none with this name."""
    store = open_store(settings)
    found = Keys(store).remove(name)
    store.close()
    if not found:
        raise UserError(f"no key {name!r}")
    return 0
