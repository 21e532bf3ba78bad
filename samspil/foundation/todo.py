# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""A line of "what I must do now": every area makes them, the home page gathers them."""

from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Todo:
    """``title`` says what to do, ``detail`` by when and why, ``label`` stands on the button.

    A quiet one asks nothing yet: it is told in small, and not counted.
    """

    key: str
    title: Any
    detail: Any
    url: str
    label: Any
    due: date | None = None
    is_quiet: bool = False
