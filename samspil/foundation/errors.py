# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The one family of errors that a person is meant to read."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Missing:
    """One thing that is missing before a step.

    ``text`` says what to do ("Skriv …"), ``anchor`` is the id of the place on the
    page where it is done, or empty.
    """

    code: str
    text: Any
    anchor: str = ""


class Refusal(Exception):  # noqa: N818 - "refusal" is the word of the field, and it is no programming error
    """A step that the rules refuse. ``message`` is a sentence that says what to do."""

    def __init__(self, message: Any, *, missing: Sequence[Missing] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.missing = tuple(missing)

    def __str__(self) -> str:
        return " ".join([str(self.message), *(str(item.text) for item in self.missing)])


class TransitionError(Refusal):
    """The state may not follow the one before; ``states.py`` of the area says which may."""


class StaleRevisionError(Refusal):
    """Somebody else has written since the page was opened.

    ``conflicts`` holds both texts of every field concerned.
    """

    def __init__(self, message: Any, conflicts: Sequence["Conflict"]) -> None:
        super().__init__(message)
        self.conflicts = tuple(conflicts)


@dataclass(frozen=True)
class Conflict:
    """Two texts for one field: what was sent now and what stands already."""

    field: str
    label: Any
    mine: str
    theirs: str
    revision: int
