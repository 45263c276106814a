"""`python -m service export`: the facts or the records of the store in a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from service.config import Settings
from service.errors import UserError
from service.export import Row, write_csv, write_lines, write_parquet
from service.store import Filters, Paging, Store, open_store
from service.store.queries import types_of

_SUFFIXES = (".csv", ".jsonl", ".parquet")


def export(settings: Settings, table: str, target: Path, filters: Filters) -> int:
    """Writes a table to a file, whose name says in which format; the exit code is 0. Raises UserError.

    The file appears when it is complete.
    """
    suffix = target.suffix.lower()
    if suffix not in _SUFFIXES or (table == "records" and suffix != ".jsonl"):
        wanted = ".jsonl" if table == "records" else ", ".join(_SUFFIXES)
        raise UserError(f"{target}: {table} are written to {wanted}")
    store = open_store(settings)
    partial = target.with_name(f".{target.name}.part")
    try:
        _write(store, settings, table, suffix, partial, filters)
        partial.replace(target)
    except OSError as error:
        raise UserError(f"{target}: {error.strerror}") from error
    finally:
        partial.unlink(missing_ok=True)
        store.close()
    return 0


def _write(store: Store, settings: Settings, table: str, suffix: str, target: Path, filters: Filters) -> None:
    if table == "records":
        _write_text(target, (f"{record}\n" for record in store.records(filters)))
        return
    columns = types_of(table) | {"link": str}
    rows = _linked(store.stream_facts(table, filters, Paging(None)), settings.public_url)
    if suffix == ".parquet":
        with target.open("wb") as file:
            write_parquet(columns, rows, file)
    else:
        _write_text(target, (write_csv if suffix == ".csv" else write_lines)(columns, rows))


def _write_text(target: Path, pieces: Iterable[str]) -> None:
    with target.open("w", encoding="utf-8", newline="") as file:
        file.writelines(pieces)


def _linked(rows: Iterable[Row], public_url: str) -> Iterator[Row]:
    """The rows with the address of our page: only its path where no setting says where the service is reached."""
    base = public_url.rstrip("/")
    for row in rows:
        yield row | {"link": f"{base}/articles/{row['article_id']}#s{row['sentence_start']}"}
