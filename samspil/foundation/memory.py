# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Asking the database the same question once a page, and what can never change once in the life of a worker.

While a page is only read, what ``once_a_page`` marks is answered from memory the second time. Outside such a page (an
action, a command, a test of a query) nothing is kept, so nobody ever decides on what was true before a write.

``Unchanging`` is the one place where a worker remembers rows from page to page; decision 16 says which, and why they
cannot go stale.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from inspect import unwrap
from threading import Lock
from typing import Any, ClassVar, Generic, ParamSpec, TypeVar

from samspil.foundation.tenancy import current_municipality_id

V = TypeVar("V")
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


def tell(question: Callable[P, R], answer: R, *args: P.args, **_kwargs: P.kwargs) -> None:
    """Note what the page knows already: ``question``, which ``once_a_page`` marks, is then not asked for these arguments."""
    answers = _answers.get()
    if answers is not None:
        answers.setdefault((unwrap(question), current_municipality_id(), args, ()), answer)


class Unchanging(Generic[V]):
    """Rows that no rule lets anybody change, kept in the worker: at most ``most`` answers, those used last.

    The key begins with the municipality of the scope, whatever is given, and must hold the control code of what is
    kept: other words have another code. Answers are shared between requests, so nobody may change them, and what depends
    on the reader's language or on the day is not kept.
    """

    _all: ClassVar[list["Unchanging[Any]"]] = []

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, V] = OrderedDict()
        self._lock = Lock()
        self._all.append(self)

    def of(self, *key: Hashable, ask: Callable[[], V]) -> V:
        """Return what is kept under the key in this municipality; else ``ask``, and keep the answer."""
        whole = (current_municipality_id(), *key)
        with self._lock:
            if whole in self._kept:
                self._kept.move_to_end(whole)
                return self._kept[whole]
        answer = ask()
        with self._lock:
            self._kept[whole] = answer
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return answer

    @classmethod
    def forget(cls) -> None:
        """Forget everything: between tests, whose databases begin anew."""
        for one in cls._all:
            one.clear()

    def clear(self) -> None:
        """Forget what is kept here."""
        with self._lock:
            self._kept.clear()
