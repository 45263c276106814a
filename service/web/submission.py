"""The form of the front page -> the keys of `POST /v1/articles`."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from bs4.dammit import UnicodeDammit
from flask import Request
from werkzeug.datastructures import FileStorage

from service.errors import UserError
from service.web.catalogue import Texts
from service.web.links import web_link


def read_submission(request: Request, texts: Texts) -> dict[str, Any]:
    """What is to be processed. Raises UserError, in the words of the page, where nothing usable was given."""
    form = request.form
    told = {key: form.get(key, "").strip() for key in ("published_at", "language", "to")}
    content = _read_content(request, form.get("kind") or _guess_kind(request), texts)
    return content | {key: value for key, value in told.items() if value}


def _guess_kind(request: Request) -> str:
    """Which field was filled in, for a form that does not say."""
    file = request.files.get("file")
    if file and file.filename:
        return "file"
    return "text" if request.form.get("text", "").strip() else "url"


def _read_content(request: Request, kind: str, texts: Texts) -> dict[str, str]:
    if kind == "file":
        return _read_file(request.files.get("file"), texts)
    value = request.form.get("text" if kind == "text" else "url", "").strip()
    if not value:
        raise UserError(texts("error.empty"))
    if kind == "text":
        return {"text": value}
    if web_link(value) is None:
        raise UserError(texts("error.url"))
    return {"url": value}


def _read_file(file: FileStorage | None, texts: Texts) -> dict[str, str]:
    if file is None or not file.filename:
        raise UserError(texts("error.empty"))
    name, content = file.filename, file.read()
    match PurePath(name).suffix.lower():
        case ".html" | ".htm" | ".xhtml":
            return {"html": UnicodeDammit(content, is_html=True).unicode_markup or ""}
        case ".txt":
            try:
                return {"text": content.decode("utf-8-sig")}
            except UnicodeDecodeError as error:
                raise UserError(texts("error.file_text", name=name)) from error
    raise UserError(texts("error.file_kind", name=name))
