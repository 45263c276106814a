"""The bar on standard error: how far the sources are read, records a second, time left."""

from __future__ import annotations

import sys
from typing import Any

from tqdm import tqdm

_SECONDS = 0.2  # between redraws on a terminal: fast enough to look alive
_SECONDS_IN_LOG = 30.0  # where standard error is a file, a line now and then is enough
_FORMAT = "{percentage:3.0f}% |{bar}| {desc} [{elapsed} gone, {remaining} left]"


class Progress:
    """Moves with the bytes read, which is known for every kind of source, and tells the articles."""

    def __init__(self, total: int, *, shown: bool) -> None:
        interval = _SECONDS if sys.stderr.isatty() else _SECONDS_IN_LOG
        self._bar: Any = tqdm(
            total=max(total, 1), disable=not shown, bar_format=_FORMAT, mininterval=interval, file=sys.stderr
        )
        self._read = 0

    def count(self, size: int) -> None:
        """Takes note of bytes read; the bar itself moves when an article is done."""
        self._read = min(self._read + size, self._bar.total)

    def show(self, counts: dict[str, int], per_second: float) -> None:
        words = f"{counts['written']:,} records, {per_second:.1f}/s, {counts['failed']:,} failed"
        if counts["skipped"]:
            words += f", {counts['skipped']:,} skipped"
        self._bar.set_description_str(words, refresh=False)
        self._bar.update(self._read - self._bar.n)

    def close(self, *, finished: bool) -> None:
        if finished and not self._bar.disable:
            self._bar.update(self._bar.total - self._bar.n)
        self._bar.close()
