# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Two at once, each with a connection of their own."""

from collections.abc import Callable
from contextvars import copy_context
from threading import Barrier, Thread
from typing import Any

from django.db import connections


def at_once(*steps: Callable[[], Any]) -> list[Any]:
    """Take the steps at the same moment; return what each gave, an exception where it raised one."""
    start = Barrier(len(steps))
    answers: list[Any] = [None] * len(steps)

    def take(number: int, step: Callable[[], Any]) -> None:
        start.wait(timeout=10)
        try:
            answers[number] = step()
        except Exception as error:  # noqa: BLE001 - the test looks at what came
            answers[number] = error
        finally:
            connections.close_all()

    threads = [
        Thread(target=copy_context().run, args=(take, number, step), daemon=True) for number, step in enumerate(steps)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
        assert not thread.is_alive(), "a step never ended"
    return answers
