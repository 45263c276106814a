"""What one process needs to make records: settings, store, queue, translator, made when first asked for."""

from __future__ import annotations

import gc
import logging
import threading
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from extractors import extract
from extractors.language import identify_language
from extractors.packs import languages
from extractors.record import from_json, to_json
from service.config import ConfigError, Settings
from service.pipeline import Clock, StageError, Submission, Tell, process

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractors.types import Page, Record, Translation
    from service.fetch import Fetcher
    from service.jobs import Queue
    from service.retranslate import Retranslation
    from service.store import Batches, Keys, Store
    from service.translate import Translator
    from service.translate.memory import Memory

log = logging.getLogger(__name__)

_RARE = "Uma frase que só a biblioteca reconhece."  # no rule of ours tells this language, so the library is loaded
_ATTEMPTS = 3  # at translating a record that others change meanwhile


class Runtime:
    """One a process, shared by its threads."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._made: dict[str, Any] = {}
        self._lock = threading.RLock()

    def process(self, given: Submission, *, tell: Tell | None = None) -> Record:
        """The record of an article. Raises service.pipeline.StageError."""
        limit = self.settings.max_text_chars
        record = process(given, translator=self, fetch=self.fetch, max_chars=limit, tell=tell)
        kept = self.store.get(given.replaces) if given.replaces else None
        if kept is None:
            return record
        from service.retranslate import losing_nothing

        with Clock().stage("translate"):
            return losing_nothing(record, from_json(kept))

    def process_and_save(self, given: Submission) -> Record:
        """The same, and the record is kept, joined with its editions."""
        record = self.process(given)
        with Clock().stage("store"):
            return self.save(given, record)

    def save(self, given: Submission, record: Record) -> Record:
        """Keeps a record, joined with its editions, and what it was made of; returns it as it is kept."""
        from service.editions import keep
        from service.origins import describe

        kept = self.fetcher.kept
        origin = describe(given, record, kept) if kept else None
        return keep(self.store, record, origin=origin, replaces=given.replaces)

    def origin(self, article_id: str) -> Submission | None:
        """What an article was made of, to be processed again; None where there is no such article, or nothing was kept.

        Its record will take the place of the article's, and be translated to the language that this is translated to.
        """
        from service.origins import read

        record, origin, kept = self.store.get(article_id), self.store.get_origin(article_id), self.fetcher.kept
        given = read(origin, article_id, kept) if record and origin and kept else None
        return replace(given, to=from_json(record).translation.target) if record and given else None

    def retranslate(self, wanted: Retranslation) -> str | None:
        """The JSON of a kept record when it has its translation, None where there is no such article.

        Raises service.pipeline.StageError.
        """
        from service.editions import keep_changed
        from service.retranslate import lacks_translation, retranslate

        for _ in range(_ATTEMPTS):
            kept = self.store.get(wanted.article)
            if kept is None:
                return None
            record = from_json(kept)
            target = self.target_of(record, wanted)
            is_own = target == record.language
            if target is None or not (is_own or lacks_translation(record, target, again=wanted.again)):
                return kept
            with Clock().stage("translate"):
                made = retranslate(record, self, target=target)
            if made == record:
                return kept
            if changed := keep_changed(self.store, kept, made):
                return to_json(changed).decode()
        raise StageError("store", "the article changed again and again while it was translated")

    def target_of(self, record: Record, wanted: Retranslation) -> str | None:
        """The language to translate a record to; None where neither it, nor the call, nor the settings name one."""
        target = wanted.to or record.translation.target or self.settings.target
        return None if target == "none" else target

    def fetch(self, url: str) -> Page:
        """The page at a URL. Raises service.fetch.FetchError."""
        return self.fetcher(url)

    def translate(
        self, text: str, sentences: Sequence[tuple[int, int]], *, source: str, target: str, keep: Sequence[str]
    ) -> Translation:
        """As service.translate.Translator does; the engines are loaded at the first text."""
        return self.translator.translate(text, sentences, source=source, target=target, keep=keep)

    @property
    def translator(self) -> Translator:
        """The translation engines that the settings name. Raises ConfigError where one of them cannot be built."""
        try:
            return self._once("translator", self._build_translator)
        except ValueError as error:
            raise ConfigError(str(error)) from error

    def _build_translator(self) -> Translator:
        from service.translate import build_translator
        from service.translate.glossary import find_glossary

        glossary = find_glossary(self.settings.glossary)
        return build_translator(self.settings, memory=self.memory, glossary=glossary)

    @property
    def memory(self) -> Memory | None:
        """The translation memory in the store, or None where the settings want none or the store cannot be opened."""
        if not self.settings.translation_memory:
            return None
        try:
            return self._once("memory", lambda: self.store.memory)
        except ConfigError as error:  # `extract --to` needs no store, and goes on without
            log.warning("no translation memory: %s", error)
            return None

    def memory_use(self) -> tuple[int, int]:
        """How many sentences this process has found in the translation memory so far, and how many it has not."""
        memory: Memory | None = self._made.get("memory")
        return (memory.hits, memory.misses) if memory else (0, 0)

    @property
    def fetcher(self) -> Fetcher:
        """What fetches pages, with its open connections and what it knows of each host."""
        from service.fetch import Fetcher

        return self._once("fetcher", partial(Fetcher, self.settings))

    @property
    def store(self) -> Store:
        """The records kept so far."""
        from service.store import open_store

        return self._once("store", partial(open_store, self.settings))

    @property
    def batches(self) -> Batches:
        """The batches and subscriptions."""
        from service.store import Batches

        return Batches(self.store)

    @property
    def keys(self) -> Keys:
        """The API keys."""
        from service.store import Keys

        return Keys(self.store)

    @property
    def queue(self) -> Queue:
        """The jobs that workers take."""
        from service.jobs import open_queue

        return self._once("queue", partial(open_queue, self.settings))

    def check(self) -> None:
        """Makes all that can be made without work to do, so that a wrong setting or a database that is away fails now.

        Raises ConfigError or sqlalchemy.exc.SQLAlchemyError.
        """
        self.store.check()
        self.queue.check()
        _ = self.translator

    def warm_up(self) -> None:
        """Loads packs and language identification, about two seconds in all.

        Else the first articles wait for them, and threads that need them at once each load them for themselves. They
        stay for as long as the process runs, so that the garbage collector need not look at them again and again.
        """
        identify_language(_RARE)
        for language in languages():
            extract("", language)
        gc.freeze()

    def close(self) -> None:
        """Gives back what was made."""
        with self._lock:
            for thing in self._made.values():
                if hasattr(thing, "close"):
                    thing.close()
            self._made.clear()

    def _once(self, name: str, make: Any) -> Any:
        with self._lock:
            if name not in self._made:
                self._made[name] = make()
            return self._made[name]
