# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Asking the database the same question once a page.

While a page is only read, what ``once_a_page`` marks is answered from memory the second time. Outside such a page (an
action, a command, a test of a query) nothing is kept, so nobody ever decides on what was true before a write.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from samspil.foundation.tenancy import current_municipality_id

P = ParamSpec("P")
R = TypeVar("R")

_answers: ContextVar[dict[Any, Any] | None] = ContextVar("answers", default=None)


@contextmanager
def reading() -> Iterator[None]:
    """Keep answers until the page is done; for requests that write nothing."""
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


def once_a_page(question: Callable[P, R]) -> Callable[P, R]:
    """Answer ``question`` once for the same arguments and municipality; callers must not change the answer."""

    @wraps(question)
    def ask(*args: P.args, **kwargs: P.kwargs) -> R:
        answers = _answers.get()
        if answers is None:
            return question(*args, **kwargs)
        key = (question, current_municipality_id(), args, tuple(sorted(kwargs.items())))
        if key not in answers:
            answers[key] = question(*args, **kwargs)
        answer: R = answers[key]
        return answer

    return ask
