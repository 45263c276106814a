"""The engines by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.translate.engines.base import Engine

if TYPE_CHECKING:
    from service.config import Settings

__all__ = ["ENGINES", "build_engine"]

ENGINES = ("firefox", "google", "mymemory", "libretranslate", "microsoft", "deepl", "openai")


def build_engine(name: str, settings: Settings) -> Engine:
    """The engine of that name. ValueError where there is none, or what it needs is not in the settings."""
    if name == "firefox":
        from service.translate.engines.firefox import Firefox

        timeout, processes = settings.translation_timeout, settings.translation_processes
        return Firefox(settings.models_dir, timeout=timeout, processes=processes)
    if name == "openai":
        from service.translate.engines.openai import build_openai

        return build_openai(settings)
    if name in ENGINES:
        from service.translate.engines.hosted import build_hosted

        return build_hosted(name, settings)
    raise ValueError(f"no translation engine {name!r}; there are {', '.join(ENGINES)}")
