"""The web application: blueprints, documentation, errors."""

from __future__ import annotations

import logging
from typing import Any

from flask import Flask, request
from flask.json.provider import DefaultJSONProvider
from flask_openapi3.models.info import Info
from flask_openapi3.openapi import OpenAPI
from flask_openapi3_swagger.plugins import RegisterPlugin as Swagger

from service.api import (
    answers,
    articles,
    batches,
    editions,
    errors,
    facts,
    health,
    jobs,
    keys,
    libretranslate,
    subscriptions,
)
from service.config import read_settings
from service.foreign import is_foreign
from service.logs import set_up_logging
from service.runtime import Runtime

log = logging.getLogger(__name__)

_ABOUT = (
    "People, units and percentage indicators from Vietnam's provincial news. "
    "Every fact has the place in the text that proves it."
)


def build_app(runtime: Runtime | None = None) -> Flask:
    """The application over a runtime, its tables made; by default with the settings of the environment."""
    if runtime is None:
        runtime = Runtime(read_settings())
        runtime.warm_up()
    set_up_logging(runtime.settings.log_level)
    app = OpenAPI(
        "service",
        info=Info(title="Chitieu", version="1.0", description=_ABOUT),
        security_schemes=keys.SCHEMES,
        openapi_extensions=keys.SECURITY,
        doc_ui=False,
        validation_error_model=errors.ErrorBody,
        validation_error_callback=errors.invalid,
        static_folder=None,
    )
    app.config["MAX_CONTENT_LENGTH"] = app.config["MAX_FORM_MEMORY_SIZE"] = runtime.settings.max_request_bytes
    app.json = _Json(app)
    app.extensions["runtime"] = runtime
    runtime.check()
    own = (articles.api, editions.api, jobs.api, batches.api, subscriptions.api, facts.api)
    for blueprint in (*own, libretranslate.api, health.api):
        app.register_api(blueprint)
    errors.handle(app)
    keys.guard(app)
    app.before_request(_refuse_foreign)
    answers.complete(app, runtime.settings)
    _add_documentation(app)
    _add_pages(app)
    if runtime.keys.any():
        log.info("API keys are configured: nothing is answered without one")
    else:
        log.warning("no API keys are configured: the service is open to everybody who reaches it")
    return app


class _Json(DefaultJSONProvider):
    """Flask's, and what is nested too deeply to be read is no JSON."""

    ensure_ascii = sort_keys = False

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        try:
            return super().loads(s, **kwargs)
        except RecursionError as error:
            raise ValueError("nested too deeply") from error


def _refuse_foreign() -> None:
    """Forms and empty bodies, unlike JSON, can be sent by a page of any site in a visitor's browser."""
    is_form = request.method == "POST" and request.path.startswith("/v1/") and not request.is_json
    if is_form and is_foreign(request):
        raise errors.ApiError(403, "foreign_form", "forms of other sites are not taken")


def _add_documentation(app: OpenAPI) -> None:
    """`/openapi.json`, and Swagger UI at `/docs` with its files out of the wheel."""
    app.register_blueprint(Swagger.register(doc_url="openapi.json"))
    app.add_url_rule("/docs", endpoint="docs", view_func=app.view_functions["swagger.swagger"])
    app.add_url_rule("/openapi.json", endpoint="openapi", view_func=lambda: app.api_doc)


def _add_pages(app: Flask) -> None:
    from service.api import pages
    from service.web import blueprint

    app.extensions["chitieu.records"] = pages.Records()
    app.extensions["chitieu.submit"] = pages.submit
    app.register_blueprint(blueprint)
