"""The local engine: Firefox Translations models, translated by fxtranslate in processes of their own."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from service.translate.engines.base import Batch, cut, nothing
from service.translate.engines.models import find_route, missing
from service.translate.engines.pool import Pool

__all__ = ["Firefox"]

# The engine drops what goes beyond its model's context (128 subword pieces are sure). The longest sentences of
# newspapers are cut at a pause before that; 3 characters a piece is the low end for accented text.
_LONGEST = 380
_PROCESSES = max(1, min(4, os.cpu_count() or 1))  # more than four share the memory bandwidth for nothing


class Firefox:
    """Needs no network: a model that is not there makes the batch unavailable, and the reason says how to get it."""

    name = "firefox"
    hide_names = True

    def __init__(self, models_dir: Path, *, timeout: float = 60.0, processes: int | None = None) -> None:
        self._models_dir = models_dir
        self._timeout = timeout
        self._pool = Pool(processes or _PROCESSES)

    def version(self, source: str, target: str) -> str:
        return "+".join(model.version for model in find_route(self._models_dir, source, target))

    def translate(self, texts: Sequence[str], *, source: str, target: str) -> Batch:
        route = find_route(self._models_dir, source, target)
        if not route:
            return nothing(texts, self._advice(source, target))
        pieces = [cut(text, _LONGEST) for text in texts]
        answers = self._pool.translate([model.files for model in route], pieces, self._timeout)
        errors = [answer["error"] for answer in answers if isinstance(answer, dict)]
        if None in answers:
            errors.append(f"not done within {self._timeout:g} s, or the process died")
        return Batch(tuple(a if isinstance(a, str) else None for a in answers), errors[0] if errors else None)

    def _advice(self, source: str, target: str) -> str:
        names = missing(self._models_dir, source, target)
        return f"no model {' and '.join(names)}; run: " + " && ".join(
            f"python -m service models pull {name}" for name in names
        )

    def close(self) -> None:
        self._pool.close()
