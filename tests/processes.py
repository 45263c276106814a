"""Real processes of the service, and how a test waits for them and speaks with them."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent
PATIENCE = 30  # seconds until a test gives up; nothing is measured with it


def run(settings, *command, **more):
    """A command of the service that has ended, with what it said; `more` are environment variables."""
    environment = os.environ | {"CHITIEU_DATA_DIR": str(settings.data_dir)} | more
    return subprocess.run(
        [sys.executable, "-m", "service", *command], cwd=ROOT, env=environment, capture_output=True, encoding="utf-8"
    )


@contextmanager
def running(settings, *command, **more):
    """A process of the service, killed at the end if it has not ended; `more` are environment variables."""
    environment = (
        os.environ
        | more
        | {
            "CHITIEU_DATA_DIR": str(settings.data_dir),
            "CHITIEU_ALLOW_PRIVATE_ADDRESSES": "1",
            "CHITIEU_TARGET": "none",
            "CHITIEU_LOG_LEVEL": "WARNING",
        }
    )
    process = subprocess.Popen([sys.executable, "-m", "service", *command], cwd=ROOT, env=environment)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def until(ask, want):
    """Asks until the answer is as wanted."""
    end = time.monotonic() + PATIENCE
    while not want(answer := ask()):
        assert time.monotonic() < end, answer
        time.sleep(0.05)
    return answer


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def call(url, body=None):
    data = json.dumps(body).encode() if body is not None else None
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=PATIENCE) as response:
        return response.status, json.load(response)


def answers(url):
    try:
        return call(url)[0] == 200
    except OSError:
        return False
