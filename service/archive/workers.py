"""A pool of processes with a bounded queue, in which no article stops the run: neither by a crash nor by a hang."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from multiprocessing.connection import wait as wait_for
from pathlib import Path
from typing import Any

from service.archive.items import Failure, Item

Work = Callable[[Item], bytes]

_QUEUE = 4  # items a process: enough that none waits for the reader, few enough for constant memory


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an item: a line of records.jsonl with what the runner needs of it, or a failure."""

    item_hash: str
    input: str
    line: bytes = b""
    id: str = ""
    target: str | None = None
    versions: dict[str, str] = field(default_factory=dict)
    memory: dict[str, int] = field(default_factory=dict)
    failure: Failure | None = None


class Workers:
    """`processes` processes that do `work`, at most `seconds` an item."""

    def __init__(self, work: Work, *, processes: int, seconds: int) -> None:
        self._work, self._processes, self._seconds = work, processes, seconds
        self._pool = self._new_pool(processes)
        self._pending: dict[Future[Outcome], Item] = {}

    def run(self, items: Iterable[Item]) -> Iterator[Outcome]:
        """The outcome of every item, in the order in which they are done."""
        for item in items:
            self._pending[_submit(self._pool, self._work, item, self._seconds)] = item
            if len(self._pending) >= self._processes * _QUEUE:
                yield from self._done()
        while self._pending:
            yield from self._done()

    def stop(self) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _done(self) -> Iterator[Outcome]:
        done, _ = wait(self._pending, return_when=FIRST_COMPLETED)
        if any(isinstance(future.exception(), BrokenProcessPool) for future in done):
            yield from self._after_crash()
            return
        for future in done:
            del self._pending[future]
            yield future.result()

    def _after_crash(self) -> Iterator[Outcome]:
        """One item took its process down, and with it the pool: each that was under way is tried alone."""
        self._pool.shutdown(wait=True)
        pending, self._pending = self._pending, {}
        alone = self._new_pool(1)
        for future, item in pending.items():
            if future.exception() is not None:
                future = _submit(alone, self._work, item, self._seconds)
            if isinstance(future.exception(), BrokenProcessPool):
                alone.shutdown(wait=True)
                alone = self._new_pool(1)
                yield _failed(item, "worker", "the process that worked on it came to a sudden end")
            else:
                yield future.result()
        alone.shutdown(wait=True)
        self._pool = self._new_pool(self._processes)

    def _new_pool(self, processes: int) -> ProcessPoolExecutor:
        # spawn: a forked child would hold the lock on the output folder and copies of the parent's threads' locks
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(processes, mp_context=context, initializer=_prepare)


def _submit(pool: ProcessPoolExecutor, work: Work, item: Item, seconds: int) -> Future[Outcome]:
    try:
        return pool.submit(_run, work, item, seconds)
    except BrokenProcessPool as error:
        failed: Future[Outcome] = Future()
        failed.set_exception(error)
        return failed


def _prepare() -> None:
    """Sets up a worker: the parent alone answers to Ctrl-C, and no worker outlives its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, _time_is_up)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None  # this is a worker
    wait_for([parent.sentinel])
    os._exit(1)


def _time_is_up(_signal: int, _frame: Any) -> None:
    raise TimeoutError("took too long")


def _run(work: Work, item: Item, seconds: int) -> Outcome:
    signal.alarm(seconds)
    try:
        record = json.loads(work(item))
    except Exception as error:  # whatever an article sets off is written down, and the run goes on
        return _failed(item, getattr(error, "stage", None) or "process", _reason(error))
    finally:
        signal.alarm(0)
    return _outcome(item, record)


def _outcome(item: Item, record: dict[str, Any]) -> Outcome:
    record["processing"] |= {"input": item.input, "content_hash": item.content_hash}
    return Outcome(
        item_hash=item.content_hash,
        input=item.input,
        line=json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode(),
        id=record["id"],
        target=record["translation"]["target"],
        versions=record["processing"]["versions"],
        memory=record["processing"].get("memory", {}),
    )


def _failed(item: Item, stage: str, reason: str) -> Outcome:
    failure = Failure(item.input, stage, reason, item.content_hash)
    return Outcome(item.content_hash, item.input, failure=failure)


def _reason(error: Exception) -> str:
    """The error's own words; for one that nobody foresaw, its kind and the line that raised it too."""
    if hasattr(error, "stage") or isinstance(error, TimeoutError):
        return str(getattr(error, "reason", error))
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error} ({Path(last.filename).name}:{last.lineno})"
