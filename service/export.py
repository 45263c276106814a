"""Writes rows as CSV, JSON Lines or Parquet, a part at a time: an archive of any size in constant memory."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import IO, Any

from service.errors import UserError

Row = dict[str, Any]

# What a spreadsheet takes for the start of a formula (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_PIECE = 16_384  # characters of CSV at a time: about a network buffer
_GROUP = 5_000  # rows of a group in Parquet: some 5 MB


class NoParquet(UserError):
    """pyarrow is not installed."""


def write_csv(columns: Iterable[str], rows: Iterable[Row]) -> Iterator[str]:
    """The rows as CSV, some at a time; a text that a spreadsheet would run as a formula gets a `'` in front."""
    columns = list(columns)
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_safe(row[column]) for column in columns])
        if buffer.tell() > _PIECE:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def write_lines(columns: Iterable[str], rows: Iterable[Row]) -> Iterator[str]:
    """The rows as JSON Lines."""
    columns = list(columns)
    for row in rows:
        yield json.dumps({column: row[column] for column in columns}, ensure_ascii=False) + "\n"


def write_parquet(columns: Mapping[str, type], rows: Iterable[Row], file: IO[bytes]) -> None:
    """The rows as Parquet, whose columns keep their types. Raises NoParquet."""
    try:
        import pyarrow as arrow
        from pyarrow import parquet
    except ImportError:
        raise NoParquet("Parquet needs pyarrow: pip install pyarrow") from None
    kinds = {str: arrow.string(), int: arrow.int64(), float: arrow.float64(), bool: arrow.bool_()}
    schema = arrow.schema([(name, kinds[kind]) for name, kind in columns.items()])
    rows = iter(rows)
    with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        while group := list(islice(rows, _GROUP)):
            writer.write_table(
                arrow.Table.from_pylist([{name: row[name] for name in columns} for row in group], schema)
            )


def _safe(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
