"""Hosted engines through deep-translator: Google, MyMemory, LibreTranslate, Microsoft, DeepL.

deep-translator knows the providers' addresses, languages and answers. What it leaves out is added here: a time
limit, retries, limits by provider, several sentences a request. See docs/translation.md for what each lacks.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from types import FunctionType
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_plus

import requests

from service.translate.engines.base import Batch, bundles, cut, is_whole, nothing
from service.translate.engines.http import Breaker, Caller, Pacer, Refused

if TYPE_CHECKING:
    from service.config import Settings

__all__ = ["PROVIDERS", "Hosted", "Provider", "build_hosted"]


def _encoded(text: str) -> int:
    return len(quote_plus(text))


def _bytes(text: str) -> int:
    return len(text.encode())


@dataclass(frozen=True, slots=True)
class Provider:
    """One of deep-translator's classes, and what its provider bears.

    `limit`: the size of a request's text as `size` counts it; `together`: several sentences a request, a line each;
    `per_minute`: requests; `in_query`: the text stays in the address, as the provider wants it.
    """

    module: str
    class_: str
    limit: int
    size: Callable[[str], int] = len
    together: bool = True
    per_minute: int = 600
    in_query: bool = False


PROVIDERS = {
    # Five requests a second is what deep-translator quotes; a request line of 8,000 octets what RFC 9110 4.1 asks
    # every server to take, less the address.
    "google": Provider("google", "GoogleTranslator", 7500, _encoded, per_minute=300, in_query=True),
    # Documented: 500 bytes a request. A memory of sentences: each is asked for by itself.
    "mymemory": Provider("mymemory", "MyMemoryTranslator", 499, _bytes, together=False, per_minute=120, in_query=True),
    # The limit of the public servers (LT_CHAR_LIMIT); one's own is often without.
    "libretranslate": Provider("libre", "LibreTranslator", 2000),
    # Documented: 50,000 characters a request. Less is lost with a request of 10,000.
    "microsoft": Provider("microsoft", "MicrosoftTranslator", 10_000),
    # Documented: 128 KiB a request.
    "deepl": Provider("deepl", "DeeplTranslator", 30_000, _bytes),
}

_LINE_END = 3  # between two sentences of a request, percent-encoded
_NO_KEY = "none"  # LibreTranslator wants a key even where the server has none; it is not sent


def build_hosted(name: str, settings: Settings) -> Hosted:
    """The engine with the address and the key of the settings. ValueError where one that it needs is missing."""
    url: str = getattr(settings, f"{name}_url")
    if name == "libretranslate" and not url:
        raise ValueError("libretranslate: set CHITIEU_LIBRETRANSLATE_URL to the address of a server")
    options: dict[str, Any] = {}
    match name:
        case "libretranslate":
            options["api_key"] = settings.libre_api_key or _NO_KEY
        case "mymemory":
            options["email"] = settings.mymemory_email or None
        case "microsoft":
            options["api_key"], options["region"] = settings.microsoft_api_key, settings.microsoft_api_region or None
        case "deepl":
            options["api_key"] = settings.deepl_api_key
            options["use_free_api"] = settings.deepl_api_key.endswith(":fx")
    if options.get("api_key") == "":
        raise ValueError(f"{name}: set {name.upper()}_API_KEY")
    return Hosted(name, options, url=url, timeout=settings.translation_timeout)


class Hosted:
    """One provider. Sentences go out bundled up to its limit, and come back one for one or not at all."""

    hide_names = False

    def __init__(self, name: str, options: dict[str, Any], *, url: str, timeout: float) -> None:
        self.name = name
        self._provider = PROVIDERS[name]
        self._options, self._url, self._timeout = options, url, timeout
        self._session = requests.Session()
        self._pacer = Pacer(self._provider.per_minute)
        self._breaker = Breaker()

    def version(self, source: str, target: str) -> str:
        return f"{self.name} {source}-{target}"

    def translate(self, texts: Sequence[str], *, source: str, target: str) -> Batch:
        if wait := self._breaker.closed_for():
            return nothing(texts, f"paused for {wait:.0f} s after repeated failures")
        provider, done, reason = self._provider, list[str | None](), None

        def size(text: str) -> int:
            return provider.size(text) + _LINE_END

        try:
            call = self._connect(source, target)
            for group in bundles(texts, provider.limit, size=size, most=None if provider.together else 1):
                done += self._translate_group(call, group)
            if None in done:
                reason = "an answer was cut short"
        except Refused as refusal:
            reason = str(refusal)
            self._breaker.record(well=refusal.provider_is_well)
        else:
            self._breaker.record(well=True)
        return Batch((*done, *(None,) * (len(texts) - len(done))), reason)

    def _connect(self, source: str, target: str) -> Callable[[str], str]:
        """What translates one text: deep-translator's own method, its requests sent by our caller."""
        module = import_module(f"deep_translator.{self._provider.module}")
        class_ = getattr(module, self._provider.class_)
        caller = Caller(self._session, self._pacer, time.monotonic() + self._timeout)
        proxy = _Requests(caller, in_query=self._provider.in_query)
        # deep-translator calls the module `requests` with no time limit and offers no other way in.
        method = FunctionType(class_.translate.__code__, {**vars(module), "requests": proxy}, "translate")
        method.__kwdefaults__, method.__defaults__ = class_.translate.__kwdefaults__, class_.translate.__defaults__
        # Microsoft's constructor would fetch the list of languages; the provider itself refuses what it lacks.
        members = {"translate": method, "_get_supported_languages": lambda *_, **__: {c: c for c in (source, target)}}
        try:
            codes = [_code(self.name, language, module) for language in (source, target)]
            translator = type(class_.__name__, (class_,), members)(source=codes[0], target=codes[1], **self._options)
        except Exception as error:
            raise Refused(f"no {source}-{target} ({type(error).__name__})", status=400) from error
        if self._url:
            translator._base_url = self._url if self.name != "libretranslate" else self._url.rstrip("/") + "/"
        return lambda text: _call(translator, text)

    def _translate_group(self, call: Callable[[str], str], group: list[str]) -> list[str | None]:
        """A translation a sentence. A bundle that comes back in another number of lines is sent in halves."""
        if len(group) == 1 and self._provider.size(group[0]) > self._provider.limit:
            return [self._translate_long(call, group[0])]
        try:
            answer = call("\n".join(group))
            lines = [line.strip() for line in answer.strip().split("\n")]
        except Refused as refusal:
            if not refusal.too_long or len(group) == 1:
                raise
            lines = []
        if len(group) == 1:
            lines = [" ".join(lines)]
        if len(lines) == len(group) and all(map(is_whole, group, lines)):
            return list(lines)
        if len(group) == 1:
            return [None]
        half = len(group) // 2
        return self._translate_group(call, group[:half]) + self._translate_group(call, group[half:])

    def _translate_long(self, call: Callable[[str], str], text: str) -> str | None:
        limit = self._provider.limit * len(text) // self._provider.size(text) * 9 // 10  # accents are not spread evenly
        parts = [self._translate_group(call, [piece])[0] for piece in cut(text, limit)]
        return None if None in parts else " ".join(part for part in parts if part)

    def close(self) -> None:
        self._session.close()


def _call(translator: Any, text: str) -> str:
    try:
        answer = translator.translate(text)
    except Refused:
        raise
    except Exception as error:  # what deep-translator raises may hold the key or the text: only its kind is told
        raise Refused(f"the answer holds no translation ({type(error).__name__})") from None
    if not isinstance(answer, str) or not answer.strip():
        raise Refused("the answer holds no translation")
    return answer


def _code(name: str, language: str, module: Any) -> str:
    """The provider's code for a language: MyMemory has regions, Google old codes."""
    if name == "google":
        return {"zh": "zh-CN", "he": "iw", "jv": "jw"}.get(language, language)
    if name == "mymemory":
        codes = [c for c in module.MY_MEMORY_LANGUAGES_TO_CODES.values() if c.split("-")[0] == language]
        wanted = {"en": "en-GB", "zh": "zh-CN"}.get(language, f"{language}-{language.upper()}")
        return wanted if wanted in codes or not codes else str(codes[0])
    return language


class _Requests:
    """Stands for the module `requests` inside deep-translator's methods."""

    exceptions = requests.exceptions

    def __init__(self, caller: Caller, *, in_query: bool) -> None:
        self._caller, self._in_query = caller, in_query

    def get(self, url: str, params: dict[str, str], proxies: Any = None) -> requests.Response:
        if not self._in_query:
            return self._send_form(url, params, proxies)
        response = self._caller.send("GET", url, params=params, proxies=proxies)
        _look_into(response)
        return response

    def post(self, url: str, params: dict[str, str], proxies: Any = None, **options: Any) -> requests.Response:
        if "json" in options:
            return self._caller.send("POST", url, params=params, proxies=proxies, **options)
        return self._send_form(url, params, proxies)

    def _send_form(self, url: str, params: dict[str, str], proxies: Any) -> requests.Response:
        """In the body: servers log and limit what is in the address, and DeepL refuses text and key there (2025)."""
        params = dict(params)
        key = params.pop("auth_key", None)
        headers = {"Authorization": f"DeepL-Auth-Key {key}"} if key else {}
        if params.get("api_key") == _NO_KEY:
            del params["api_key"]
        return self._caller.send("POST", url, data=params, headers=headers, proxies=proxies)


def _look_into(response: requests.Response) -> None:
    """MyMemory says that a text is too long or the day's quota used up with status 200."""
    if "json" not in response.headers.get("Content-Type", ""):
        return
    try:
        status = int(response.json()["responseStatus"])
    except (ValueError, KeyError, TypeError):
        return
    if status != 200:
        raise Refused(f"status {status} in the answer", status=413 if status == 403 else status)
