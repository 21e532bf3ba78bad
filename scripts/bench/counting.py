# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Counts queries, and tells the number in a header: all of them, and those after the middleware."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse


class Counter:
    """Counts what passes; an ``execute_wrapper`` of Django."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute: Callable[..., Any], *query: Any) -> Any:
        """Let the query pass, and count it."""
        self.count += 1
        return execute(*query)


def _counting(header: str) -> type:
    class Middleware:
        def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
            self.get_response = get_response

        def __call__(self, request: HttpRequest) -> HttpResponse:
            counter = Counter()
            with connection.execute_wrapper(counter):
                response = self.get_response(request)
            response.headers[header] = str(counter.count)
            return response

    return Middleware


CountAll = _counting("X-Bench-All-Queries")
CountPage = _counting("X-Bench-Queries")
