"""Places of Vietnam: their official codes, names, parents and successors, and which one an article means."""

from .gazetteer import BEFORE, REFORM, SINCE, Gazetteer, Level, Place, label, load, version_at
from .resolve import PlaceRequest, Resolution, resolve

__all__ = [
    "BEFORE",
    "REFORM",
    "SINCE",
    "Gazetteer",
    "Level",
    "Place",
    "PlaceRequest",
    "Resolution",
    "label",
    "load",
    "resolve",
    "version_at",
]
