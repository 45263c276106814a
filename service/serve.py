"""`serve`: gunicorn for HTTP and worker processes for jobs, in one process tree that comes and goes together."""

from __future__ import annotations

import ctypes
import logging
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field

from service.config import ConfigError, Settings

log = logging.getLogger(__name__)

_STOP_SECONDS = 30  # gunicorn gives requests, and the worker gives jobs, half of it
_RESTART_SECONDS = 1.0  # between a worker's death and the next one, so that a broken one does not spin
_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def serve(settings: Settings, *, workers: int) -> int:
    """Runs until SIGTERM or SIGINT, or until the web server ends; the exit code is the web server's.

    Raises ConfigError.
    """
    _check_address(settings)
    tree = _Tree(settings)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: tree.stop())
    tree.start(workers)
    return tree.watch()


def _check_address(settings: Settings) -> None:
    """Raises ConfigError where nothing can be served, before anything is started."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        socket.create_server((settings.host, settings.port), family=family).close()
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ConfigError(f"cannot listen on {settings.host}, port {settings.port}: {reason}") from error


@dataclass(slots=True)
class _Tree:
    settings: Settings
    web: subprocess.Popen[bytes] | None = None
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    stopping: bool = False

    def start(self, workers: int) -> None:
        from service.runtime import Runtime

        runtime = Runtime(self.settings)
        try:
            runtime.check()  # once here: what is wrong is said once, and the processes do not all wait for one another
        finally:
            runtime.close()
        self.workers = [self._start_worker() for _ in range(workers)]
        self.web = _start(["-m", "gunicorn", *_gunicorn(self.settings), "service:create_app()"])
        log.info("serving on http://%s:%d", self.settings.host, self.settings.port)
        if self.stopping:  # asked to end before they were there
            self.stop()

    def watch(self) -> int:
        """Starts a worker anew that died; the exit code of the web server when all have ended."""
        assert self.web is not None
        while self.web.poll() is None:
            time.sleep(0.2)
            if self.stopping:
                continue
            for place, worker in enumerate(self.workers):
                if worker.poll() is not None:
                    log.error("a worker ended with code %s, starting another", worker.returncode)
                    time.sleep(_RESTART_SECONDS)
                    self.workers[place] = self._start_worker()
        self.stop()
        self._wait()
        return max(self.web.returncode, 0)

    def stop(self) -> None:
        """Asks every process to end."""
        self.stopping = True
        for process in (self.web, *self.workers):
            if process is not None and process.poll() is None:
                process.terminate()

    def _wait(self) -> None:
        until = time.monotonic() + _STOP_SECONDS
        for worker in self.workers:
            try:
                worker.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                worker.kill()  # its jobs are run by the next worker

    def _start_worker(self) -> subprocess.Popen[bytes]:
        return _start(["-m", "service", "worker"])


def _start(arguments: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, *arguments], start_new_session=True, preexec_fn=_die_with_parent)


def _die_with_parent() -> None:
    """Lets Linux end this process when its parent is killed; elsewhere it goes on alone."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _gunicorn(settings: Settings) -> list[str]:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    options = {
        "--bind": f"{host}:{settings.port}",
        "--worker-class": "gthread",
        "--workers": settings.web_processes,
        "--threads": settings.web_threads,
        "--timeout": 120,  # of a process that answers nothing at all; a single slow answer is not affected
        "--graceful-timeout": _STOP_SECONDS // 2,
        "--config": "python:service.gunicorn_config",
        "--log-level": "warning",
    }
    return [str(part) for pair in options.items() for part in pair]
