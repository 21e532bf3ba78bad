# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What Samspil writes in its log: one line for each request, errors with their traceback, nobody's name.

A line says which page, how it went and how long it took. It has no query string, no user, no address of a
machine; the secret part of a one-time link is left out.
"""

import json
import logging
import re
import time
import traceback
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

request_id: ContextVar[str] = ContextVar("request_id", default="")
log = logging.getLogger("samspil.request")

LINE_FIELDS = ("method", "path", "status", "ms", "municipality")
QUIET = ("/healthz", "/readyz")
SECRET_PARTS = {"token"}
LONGEST_UNKNOWN_PART = 40
HIDDEN = "-"
_GIVEN_ID = re.compile(r"[\w.:-]{8,80}")


def shown_path(request: HttpRequest) -> str:
    """Return the path as a log may show it: without the query and without what opens a one-time link.

    Where no address matched, long parts are left out too: somebody may have mistyped such a link.
    """
    match = getattr(request, "resolver_match", None)
    if match is None:
        return "/".join(HIDDEN if len(part) > LONGEST_UNKNOWN_PART else part for part in request.path.split("/"))
    path = request.path
    for name in SECRET_PARTS & match.kwargs.keys():
        path = path.replace(str(match.kwargs[name]), HIDDEN)
    return path


class RequestLogMiddleware:
    """Writes the line of each request, and gives it the number by which it is found again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the request's number in a header; a proxy's own number is kept."""
        given = request.headers.get("X-Request-ID", "")
        number = given if _GIVEN_ID.fullmatch(given) else uuid.uuid4().hex
        token = request_id.set(number)
        began = time.perf_counter()
        try:
            response = self.get_response(request)
            response.headers["X-Request-ID"] = number
            self._write(request, response, began)
        finally:
            request_id.reset(token)
        return response

    def _write(self, request: HttpRequest, response: HttpResponse, began: float) -> None:
        is_fine = response.status_code < HTTPStatus.BAD_REQUEST
        if is_fine and (request.path in QUIET or request.path.startswith(settings.STATIC_URL)):
            return
        municipality = getattr(request, "municipality", None)
        line = {
            "method": request.method,
            "path": shown_path(request),
            "status": response.status_code,
            "ms": round((time.perf_counter() - began) * 1000, 1),
            "municipality": municipality.pk if municipality else None,
        }
        log.info("%(method)s %(path)s %(status)s %(ms)s ms", line, extra=line)


class HideSecrets(logging.Filter):
    """Puts the shown path in the place of the real one where Django names it in an error."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through, changed where needed."""
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest) and isinstance(record.args, tuple):
            shown = shown_path(request)
            record.args = tuple(shown if value == request.path else value for value in record.args)
        return True


def _traceback(error: BaseException) -> str:
    """Return where it happened, with the first line of what was said: a database adds the row's values below it."""
    lines: list[str] = []
    for one in _chain(error):
        said = str(one).partition("\n")[0]
        lines += ["Traceback (most recent call last):\n", *traceback.format_tb(one.__traceback__)]
        lines.append(f"{type(one).__name__}: {said}\n")
    return "".join(lines)


def _chain(error: BaseException) -> list[BaseException]:
    chain = [error]
    while (cause := error.__cause__ or (None if error.__suppress_context__ else error.__context__)) is not None:
        if cause in chain:
            break
        chain.insert(0, cause)
        error = cause
    return chain


class JsonFormatter(logging.Formatter):
    """One JSON object a line, for a machine that gathers logs."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "request_id": request_id.get() or None,
        }
        if record.name == log.name and hasattr(record, "path"):
            line |= {name: getattr(record, name) for name in LINE_FIELDS}
        else:
            line["message"] = record.getMessage()
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            line |= {"error": type(error).__name__, "traceback": _traceback(error)}
        return json.dumps(line, ensure_ascii=False, default=str)


def configuration(*, form: str, level: str) -> dict[str, Any]:
    """Return Django's ``LOGGING``: ``json`` goes to standard output, ``text`` to standard error."""
    stream = "ext://sys.stdout" if form == "json" else "ext://sys.stderr"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"hide_secrets": {"()": HideSecrets}},
        "formatters": {"json": {"()": JsonFormatter}, "text": {"format": "%(message)s"}},
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "stream": stream,
                "formatter": form,
                "filters": ["hide_secrets"],
            }
        },
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            # The line of the request says 404 already.
            "django.request": {"level": "ERROR"},
            # Says each second that there is nothing to do.
            "django_tasks_db": {"level": "WARNING"},
        },
    }
