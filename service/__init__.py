"""The service around `extractors`: it fetches, translates, stores and answers. `pipeline.py` is where to start."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from service.runtime import Runtime


def create_app(runtime: Runtime | None = None) -> Flask:
    """The web application; by default with the settings of the environment. `service.app` has it."""
    from service.app import build_app

    return build_app(runtime)
