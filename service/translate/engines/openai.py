"""Any OpenAI-compatible endpoint (Ollama, vLLM, llama.cpp, hosted) as an engine."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import requests

from service.translate.engines.base import Batch, bundles, is_whole, nothing
from service.translate.engines.http import Breaker, Caller, Pacer, Refused

if TYPE_CHECKING:
    from service.config import Settings

__all__ = ["OpenAI", "build_openai"]

_SENTENCES = 12  # a request: more and small models lose count
_CHARACTERS = 3000
_PER_MINUTE = 600
_PROMPT = (
    "You are a translator of news. Translate each item of the JSON array from {source} to {target}. "
    "Keep names of people and places, and every number and percentage, exactly; add nothing and leave nothing out. "
    "Answer with a JSON array of the same length, the translations alone."
)


def build_openai(settings: Settings) -> OpenAI:
    """The engine with the server, model and key of the settings. ValueError where one that it needs is missing."""
    url, model = settings.openai_base_url, settings.openai_model
    if not url or not model:
        raise ValueError("openai: set OPENAI_BASE_URL (such as http://127.0.0.1:11434/v1) and OPENAI_MODEL")
    return OpenAI(url, model, key=settings.openai_api_key, timeout=settings.translation_timeout)


class OpenAI:
    """Asks for a JSON array of translations; an answer in another length is asked for again in halves."""

    name = "openai"
    hide_names = False

    def __init__(self, url: str, model: str, *, key: str = "", timeout: float = 60.0) -> None:
        self._url = url.rstrip("/") + "/chat/completions"
        self._model, self._timeout = model, timeout
        self._session = requests.Session()
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._pacer, self._breaker = Pacer(_PER_MINUTE), Breaker()

    def version(self, source: str, target: str) -> str:
        return f"{self._model} {source}-{target}"

    def translate(self, texts: Sequence[str], *, source: str, target: str) -> Batch:
        if wait := self._breaker.closed_for():
            return nothing(texts, f"paused for {wait:.0f} s after repeated failures")
        caller = Caller(self._session, self._pacer, time.monotonic() + self._timeout)
        prompt = _PROMPT.format(source=source, target=target)
        done: list[str | None] = []
        reason = None
        try:
            for group in bundles(texts, _CHARACTERS, most=_SENTENCES):
                done += self._translate_group(caller, prompt, group)
            if None in done:
                reason = "an answer was no array of whole translations"
        except Refused as refusal:
            reason = str(refusal)
        self._breaker.record(well=reason is None)
        return Batch((*done, *(None,) * (len(texts) - len(done))), reason)

    def _translate_group(self, caller: Caller, prompt: str, group: list[str]) -> list[str | None]:
        answer = self._ask(caller, prompt, json.dumps(group, ensure_ascii=False))
        items = _read_array(answer)
        if items is not None and len(items) == len(group):
            said = [" ".join(item.split()) for item in items]
            if len(group) == 1 or all(map(is_whole, group, said)):
                return [line if is_whole(text, line) else None for text, line in zip(group, said, strict=True)]
        if len(group) == 1:
            return [None]
        half = len(group) // 2
        return self._translate_group(caller, prompt, group[:half]) + self._translate_group(caller, prompt, group[half:])

    def _ask(self, caller: Caller, prompt: str, text: str) -> str:
        messages = [{"role": "system", "content": prompt}, {"role": "user", "content": text}]
        body = {"model": self._model, "temperature": 0, "messages": messages}
        response = caller.send("POST", self._url, json=body, headers=self._headers)
        try:
            return str(response.json()["choices"][0]["message"]["content"])
        except (ValueError, LookupError, TypeError):
            raise Refused("the answer is no chat completion") from None

    def close(self) -> None:
        self._session.close()


def _read_array(answer: str) -> list[str] | None:
    """The array in an answer, which models like to put between words or fences."""
    start, end = answer.find("["), answer.rfind("]")
    try:
        items: Any = json.loads(answer[start : end + 1])
    except ValueError:
        return None
    return items if isinstance(items, list) and all(isinstance(i, str) for i in items) else None
