"""A small pool of translating processes, started when first needed, ended when they hang."""

from __future__ import annotations

import atexit
import json
import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from multiprocessing.connection import Connection, Pipe, wait
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)

__all__ = ["Pool"]

_WORKER = Path(__file__).with_name("worker.py")
# Sentences below which a second process costs more in waking and loading than it saves.
_SHARE = 4


class Worker:
    """A process and the connection to it."""

    def __init__(self) -> None:
        self.connection, theirs = Pipe()
        with theirs:
            command = [sys.executable, str(_WORKER), str(theirs.fileno())]
            self.process = subprocess.Popen(command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL)

    def stop(self) -> None:
        self.connection.close()
        self.process.kill()
        self.process.wait()


class Pool:
    """`size` processes at most; a batch takes those that are free, and waits where none is."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._free: list[Worker] = []
        self._busy = 0
        self._pid = os.getpid()
        self._change = threading.Condition()
        atexit.register(self.close)

    def translate(self, legs: Sequence[Sequence[str | None]], texts: Sequence[list[str]], timeout: float) -> list[Any]:
        """One answer a text (`worker.py` says what), None where the time ran out or its process died twice."""
        deadline = time.monotonic() + timeout
        answers = self._translate_once(legs, texts, deadline)
        if (left := [i for i, answer in enumerate(answers) if answer is None]) and time.monotonic() < deadline:
            for i, answer in zip(left, self._translate_once(legs, [texts[i] for i in left], deadline), strict=True):
                answers[i] = answer
        return answers

    def _translate_once(
        self, legs: Sequence[Sequence[str | None]], texts: Sequence[list[str]], deadline: float
    ) -> list[Any]:
        workers = self._take(min(self._size, max(1, len(texts) // _SHARE)), deadline)
        answers: list[Any] = [None] * len(texts)
        pending: dict[Connection, list[int]] = {}
        for number, worker in enumerate(workers):
            share = list(range(number, len(texts), len(workers)))
            request = {"legs": legs, "texts": [texts[i] for i in share]}
            if _send(worker, request):
                pending[worker.connection] = share[::-1]
        _collect(pending, answers, deadline)
        self._give_back(workers, {w for w in workers if pending.get(w.connection, [0])})
        return answers

    def _take(self, wanted: int, deadline: float) -> list[Worker]:
        with self._change:
            self._forget_after_fork()
            while self._busy >= self._size:
                if not self._change.wait(max(0.0, deadline - time.monotonic())):
                    return []
            wanted = min(wanted, self._size - self._busy)
            self._busy += wanted
            workers = [self._free.pop() for _ in range(min(wanted, len(self._free)))]
        try:
            while len(workers) < wanted:
                workers.append(Worker())
        except OSError:  # no memory or no files for another: those that are there do the work
            log.warning("a translating process cannot be started", exc_info=True)
            with self._change:
                self._busy -= wanted - len(workers)
                self._change.notify_all()
        return workers

    def _give_back(self, workers: list[Worker], broken: set[Worker]) -> None:
        for worker in broken:
            worker.stop()
        with self._change:
            self._busy -= len(workers)
            self._free += [worker for worker in workers if worker not in broken]
            self._change.notify_all()

    def _forget_after_fork(self) -> None:
        """A forked process must not speak to its parent's workers."""
        if self._pid != os.getpid():
            self._pid, self._free, self._busy = os.getpid(), [], 0

    def close(self) -> None:
        """Ends the processes that are free; a later batch would start new ones."""
        atexit.unregister(self.close)
        with self._change:
            if self._pid == os.getpid():
                for worker in self._free:
                    worker.stop()
            self._free = []


def _send(worker: Worker, request: dict[str, Any]) -> bool:
    try:
        worker.connection.send_bytes(json.dumps(request, ensure_ascii=False).encode())
    except OSError:
        return False
    return True


def _collect(pending: dict[Connection, list[int]], answers: list[Any], deadline: float) -> None:
    """Fills `answers` as they come. What a process still owes at the end stays in `pending`."""
    open_ = {connection for connection, share in pending.items() if share}
    while open_ and (ready := wait(list(open_), max(0.0, deadline - time.monotonic()))):
        for connection in ready:
            assert isinstance(connection, Connection)
            try:
                answers[pending[connection][-1]] = json.loads(connection.recv_bytes())
            except (EOFError, OSError):
                open_.discard(connection)
                continue
            pending[connection].pop()
            if not pending[connection]:
                open_.discard(connection)
