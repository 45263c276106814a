"""The engines by name."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from service.translate.engine import Engine

if TYPE_CHECKING:
    from service.translate import Settings

__all__ = ["ENGINES", "build_engine"]

ENGINES = ("firefox", "google", "mymemory", "libretranslate", "microsoft", "deepl", "openai")


def build_engine(name: str, settings: Settings, environment: Mapping[str, str] | None = None) -> Engine:
    """The engine of that name. ValueError where there is none, or what it needs is not in the environment."""
    environment = os.environ if environment is None else environment
    timeout = settings.translation_timeout
    if name == "firefox":
        from service.translate.firefox import Firefox

        processes = environment.get("CHITIEU_TRANSLATION_PROCESSES", "")
        if processes and not (processes.isdigit() and int(processes)):
            raise ValueError(f"CHITIEU_TRANSLATION_PROCESSES is {processes!r}, should be a number above 0")
        return Firefox(settings.models_dir, timeout=timeout, processes=int(processes) if processes else None)
    if name == "openai":
        from service.translate.openai import build_openai

        return build_openai(environment, timeout=timeout)
    if name in ENGINES:
        from service.translate.hosted import build_hosted

        return build_hosted(name, environment, timeout=timeout)
    raise ValueError(f"no translation engine {name!r}; there are {', '.join(ENGINES)}")
