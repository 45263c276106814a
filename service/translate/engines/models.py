"""Firefox Translations models on disk: which are there, putting them there from a folder.

The layout is fxtranslate's own cache: a folder a direction (`pt-en`), in it the model's files by their names.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

__all__ = ["PIVOT", "Model", "find_route", "install_from", "installed", "missing", "place"]

PIVOT = "en"  # every Firefox model has English on one side
_NAME = re.compile(r"model\.([a-z]{2,3})([a-z]{2})\..*bin")


@dataclass(frozen=True, slots=True)
class Model:
    """The files of one direction. `shortlist` makes translating twice as fast and may lack."""

    model: Path
    source_vocabulary: Path
    target_vocabulary: Path
    shortlist: Path | None

    @classmethod
    def read(cls, folder: Path) -> Model | None:
        """The model in a folder, None where its files are not all there."""
        model = next(iter(sorted(folder.glob("model.*.bin"))), None)
        shared = next(iter(sorted(folder.glob("vocab.*.spm"))), None)
        source = next(iter(sorted(folder.glob("srcvocab.*.spm"))), shared)
        target = next(iter(sorted(folder.glob("trgvocab.*.spm"))), shared)
        if not (model and source and target):
            return None
        return cls(model, source, target, next(iter(sorted(folder.glob("lex.*.bin"))), None))

    @property
    def files(self) -> list[str | None]:
        """The paths, as the worker takes them."""
        return [
            str(self.model),
            str(self.source_vocabulary),
            str(self.target_vocabulary),
            str(self.shortlist) if self.shortlist else None,
        ]

    @property
    def version(self) -> str:
        """What tells one model of a direction from another, on any machine: a hash of the model file."""
        stat = self.model.stat()
        return f"{self.model.parent.name}:{_hash(self.model, stat.st_size, stat.st_mtime_ns)}"


@lru_cache(maxsize=64)
def _hash(path: Path, size: int, changed: int) -> str:  # noqa: ARG001 - size and time tell when to read it again
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:16]


def legs(source: str, target: str) -> list[str]:
    """The directions that lead from source to target where there is no direct model."""
    return [f"{a}-{b}" for a, b in ((source, PIVOT), (PIVOT, target)) if a != b]


def find_route(models_dir: Path, source: str, target: str) -> list[Model]:
    """The models that lead from source to target: one, two through English, none where they are not there."""
    if direct := Model.read(models_dir / f"{source}-{target}"):
        return [direct]
    found = [Model.read(models_dir / leg) for leg in legs(source, target)]
    return [model for model in found if model] if all(found) else []


def missing(models_dir: Path, source: str, target: str) -> list[str]:
    """The directions whose models would have to be pulled."""
    return [leg for leg in legs(source, target) if Model.read(models_dir / leg) is None]


def installed(models_dir: Path) -> list[str]:
    """The directions whose models are there."""
    if not models_dir.is_dir():
        return []
    return sorted(p.name for p in models_dir.iterdir() if not p.name.startswith(".") and Model.read(p))


def install_from(folder: Path, models_dir: Path) -> list[str]:
    """Copies the models in a folder, or in its sub-folders, and returns their directions.

    ValueError where there is none.
    """
    done = []
    for path, direction in _found(folder):
        with tempfile.TemporaryDirectory(dir=_made(models_dir), prefix=".install-") as temporary:
            for file in path.iterdir():
                if file.suffix in {".bin", ".spm"}:
                    shutil.copy(file, temporary)
            place(Path(temporary), models_dir / direction)
        done.append(direction)
    if not done:
        raise ValueError(f"no Firefox Translations model (model.*.bin, vocab.*.spm) in {folder}")
    return sorted(done)


def _found(folder: Path) -> Iterator[tuple[Path, str]]:
    for path in sorted([folder, *folder.glob("*")]):
        model = Model.read(path) if path.is_dir() else None
        if model and (match := _NAME.fullmatch(model.model.name)):
            yield path, f"{match[1]}-{match[2]}"


def place(temporary: Path, folder: Path) -> None:
    """Moves a complete model into its place; a reader sees the old one or the new one, never half of one."""
    fresh = folder.with_name(f".new-{folder.name}-{temporary.name.strip('.')}")
    shutil.copytree(temporary, fresh, copy_function=shutil.move)
    if folder.exists():
        old = fresh.with_name(fresh.name.replace(".new-", ".old-"))
        folder.rename(old)
        fresh.rename(folder)
        shutil.rmtree(old)
    else:
        fresh.rename(folder)


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder
