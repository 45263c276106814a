"""Every setting in one table: name, default, meaning. Read when the app or a command starts, never at import.

A setting `data_dir` is the environment variable `CHITIEU_DATA_DIR`; keys of hosted services have the names that they
have everywhere, such as `DEEPL_API_KEY`. `docs/configuration.md` is written from here.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any

from service.errors import UserError

log = logging.getLogger(__name__)

PREFIX = "CHITIEU_"
_AT_LEAST_ONE = (
    *("web_processes", "web_threads", "worker_processes", "worker_threads"),
    *("max_request_bytes", "fetch_attempts", "translation_processes"),
)
_ORIGIN = re.compile(r"https?://[^/\s]+")
_LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
_TESTS = PREFIX + "SHARED"  # the reference folder of the tests
_WRITER = "python -m service settings > docs/configuration.md"


class ConfigError(UserError):
    """A setting has a value that cannot be used."""


def _setting(default: Any, meaning: str, *, prefix: str = PREFIX, shown: bool = True) -> Any:
    return field(default=default, repr=shown, metadata={"meaning": meaning, "prefix": prefix})


def _foreign(meaning: str, *, shown: bool = True) -> Any:
    """A setting that other programs have too, under its own name."""
    return _setting("", meaning, prefix="", shown=shown)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of one run."""

    data_dir: Path = _setting(Path("data"), "Folder for databases, models and kept pages")  # noqa: RUF009
    database_url: str = _setting("", "SQLAlchemy URL of the store; empty: `chitieu.sqlite` in the data folder")
    jobs_url: str = _setting("", "SQLAlchemy URL of the job queue; empty: beside the store, or in its PostgreSQL")
    host: str = _setting("127.0.0.1", "Address that `serve` listens on")
    port: int = _setting(8000, "Port that `serve` listens on")
    public_url: str = _setting("", "URL that users reach the service at, for links in rows; empty: as requested")
    cors_origins: tuple[str, ...] = _setting(
        (), "Origins whose pages may read the API in a browser, such as `https://charts.example`; `*`: all"
    )
    web_processes: int = _setting(1, "Processes that answer HTTP")
    web_threads: int = _setting(8, "Threads in each of them")
    worker_processes: int = _setting(1, "Worker processes that `serve` starts")
    worker_threads: int = _setting(4, "Jobs that a worker process runs at a time")
    poll_seconds: float = _setting(0.05, "Time between two looks for jobs; at most threads / this jobs a second")
    job_days: float = _setting(30.0, "Days that finished jobs are remembered; their records stay")
    target: str = _setting(
        "en", "Language that HTTP translates to where the request names none; `none`: no translation"
    )
    max_request_bytes: int = _setting(10_000_000, "Largest request body; a larger one is answered with 413")
    max_text_chars: int = _setting(500_000, "Longest article text; a longer one fails in stage `read`")
    fetch_seconds: float = _setting(20.0, "Time for fetching a page, redirects included")
    fetch_connect_seconds: float = _setting(5.0, "Time for one connection, name look-up and TLS included")
    fetch_max_bytes: int = _setting(10_000_000, "Largest page, before and after decompression")
    fetch_redirects: int = _setting(5, "Redirects that are followed")
    fetch_attempts: int = _setting(3, "Attempts at a page whose server breaks off or answers 429 or 5xx")
    fetch_retry_seconds: float = _setting(1.0, "Longest pause before the second attempt; it doubles with each more")
    fetch_delay_seconds: float = _setting(0.5, "Least time between two requests to one host, in each process")
    fetch_wait_seconds: float = _setting(60.0, "Longest wait for a turn at a host, else the page fails")
    fetch_robots: bool = _setting(True, "Heed robots.txt and its crawl delay")
    fetch_keep_alive: bool = _setting(True, "Keep connections open for the next page of the same host")
    batch_max_urls: int = _setting(10_000, "Most addresses of a batch; what its feed or sitemap has beyond is left out")
    keep_pages: bool = _setting(True, "Keep fetched and given pages, so that articles can be extracted again")
    user_agent: str = _setting("Chitieu/0.1", "Name under which pages are fetched")
    contact: str = _setting("", "URL or address of who runs this service, added to the user agent")
    allow_private_addresses: bool = _setting(False, "Fetch from private and local addresses too: for tests only")
    translation_engines: tuple[str, ...] = _setting(("firefox",), "Translation engines in the order they are asked")
    translation_timeout: float = _setting(60.0, "Seconds that one engine has for an article")
    models_dir: Path = _setting(Path(), "Folder of translation models; empty: `models` in the data folder")  # noqa: RUF009
    models_url: str | None = _setting(None, "Where translation models are pulled from; empty: where Mozilla has them")
    translation_memory: bool = _setting(True, "Keep translated sentences in the store, and ask for none of them twice")
    translation_diacritics: bool = _setting(
        True, "Keep the diacritics of Vietnamese names in translations; 0: fold them"
    )
    glossary: str = _setting(
        "", "CSV or TBX file with terms and what they become in translation; `packs`: bodies and offices; empty: none"
    )
    translation_processes: int | None = _setting(None, "Processes of the local engine; empty: one a core, at most four")
    libretranslate_url: str = _setting("", "Address of a LibreTranslate server, for the engine `libretranslate`")
    google_url: str = _setting("", "Address that takes the place of the engine's own, such as that of a gateway")
    mymemory_url: str = _setting("", "The same for the engine `mymemory`")
    microsoft_url: str = _setting("", "The same for the engine `microsoft`")
    deepl_url: str = _setting("", "The same for the engine `deepl`")
    libre_api_key: str = _foreign("Key for the engine `libretranslate`, where the server wants one", shown=False)
    mymemory_email: str = _foreign("Address that raises the quota of the engine `mymemory`")
    microsoft_api_key: str = _foreign("Key for the engine `microsoft`", shown=False)
    microsoft_api_region: str = _foreign("Region of that key, where it has one")
    deepl_api_key: str = _foreign("Key for the engine `deepl`", shown=False)
    openai_base_url: str = _foreign("Address of the engine `openai`, such as `http://127.0.0.1:11434/v1`")
    openai_model: str = _foreign("Model of the engine `openai`")
    openai_api_key: str = _foreign("Key for the engine `openai`, where the server wants one", shown=False)
    log_level: str = _setting("INFO", "DEBUG, INFO, WARNING or ERROR")

    def __post_init__(self) -> None:
        for name in _AT_LEAST_ONE:
            value = getattr(self, name)
            if value is not None and value < 1:
                raise ConfigError(f"{PREFIX}{name.upper()} must be at least 1")
        for origin in self.cors_origins:
            if origin != "*" and not _ORIGIN.fullmatch(origin):
                raise ConfigError(f"{PREFIX}CORS_ORIGINS: not an origin (scheme and host, no path): {origin!r}")
        if self.log_level not in _LOG_LEVELS:
            raise ConfigError(f"{PREFIX}LOG_LEVEL must be one of {', '.join(_LOG_LEVELS)}")
        if self.models_dir == Path():
            object.__setattr__(self, "models_dir", self.data_dir / "models")

    @property
    def pages_dir(self) -> Path:
        """The folder of kept pages."""
        return self.data_dir / "pages"

    @property
    def store_url(self) -> str:
        """The SQLAlchemy URL of the store."""
        return self.database_url or f"sqlite:///{self.data_dir.absolute() / 'chitieu.sqlite'}"

    @property
    def queue_url(self) -> str:
        """The SQLAlchemy URL of the job queue: a file of its own beside SQLite, a schema of its own in PostgreSQL."""
        if self.jobs_url:
            return self.jobs_url
        if self.store_url.startswith("sqlite"):
            return f"sqlite:///{self.data_dir.absolute() / 'jobs.sqlite'}"
        return self.store_url


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings in the environment. Raises ConfigError for a value of the wrong kind.

    An unknown name is said and passed over: Kubernetes, too, writes variables that start with a service's name.
    """
    given = os.environ if environment is None else environment
    known = {_variable(item): item for item in fields(Settings)}
    values = {
        item.name: _read(name, value, str(item.type)) for name, item in known.items() if (value := given.get(name, ""))
    }
    unknown = {name for name in given if name.startswith(PREFIX)} - known.keys() - {_TESTS}
    if unknown:
        log.warning("unknown settings are passed over: %s", ", ".join(sorted(unknown)))
    return Settings(**values)


def _variable(item: Field[Any]) -> str:
    return f"{item.metadata['prefix']}{item.name.upper()}"


def _read(name: str, value: str, kind: str) -> Any:
    try:
        return _READERS[kind](value)
    except (KeyError, ValueError):
        raise ConfigError(f"{name} should be of kind {kind}, is {value!r}") from None


_READERS: dict[str, Callable[[str], Any]] = {
    "str": str,
    "str | None": str,
    "int": int,
    "int | None": int,
    "float": float,
    "bool": lambda value: {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}[
        value.lower()
    ],
    "Path": Path,
    "tuple[str, ...]": lambda value: tuple(part.strip() for part in value.split(",") if part.strip()),
}


def describe() -> str:
    """The table of settings in Markdown."""
    rows = ["# Settings", "", f"Environment variables, written from `service/config.py` by `{_WRITER}`.", ""]
    rows += ["| variable | default | meaning |", "| --- | --- | --- |"]
    for item in fields(Settings):
        rows.append(f"| `{_variable(item)}` | {_shown(item.default)} | {item.metadata['meaning']} |")
    return "\n".join(rows) + "\n"


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "`1`" if value else "`0`"
    if isinstance(value, tuple):
        value = ",".join(value)
    return f"`{value}`" if value not in ("", None, Path()) else ""
