# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""In which capacity somebody acts: chosen, shown, and written in the audit (R14)."""

from dataclasses import dataclass
from datetime import date

SYSTEM = "system"
ONE_TIME_LINK = "one_time_link"


@dataclass(frozen=True)
class Capacity:
    """One person in one role at one unit on one day; the actor of every action.

    ``pseudonym`` is set for volunteers and applicants, whose names never reach the
    audit. ``role`` is a value of ``people.Role``, or ``system`` or ``one_time_link``.
    """

    municipality_id: int
    role: str
    on: date
    user_id: int | None = None
    assignment_id: int | None = None
    unit_id: int | None = None
    person_name: str = ""
    title: str = ""
    role_label: str = ""
    unit_name: str = ""
    municipality_name: str = ""
    pseudonym: str = ""
    is_stand_in: bool = False

    @property
    def person(self) -> int:
        """The id of the person; raises ``ValueError`` for a job or a command."""
        if self.user_id is None:
            message = f"{self.person_name} is nobody"
            raise ValueError(message)
        return self.user_id

    @property
    def is_system(self) -> bool:
        """Whether no person stands behind it (a job, a command)."""
        return self.role == SYSTEM


def system_capacity(*, municipality_id: int, on: date, name: str) -> Capacity:
    """Return the capacity of a job or a command; ``name`` says which."""
    return Capacity(municipality_id=municipality_id, role=SYSTEM, on=on, person_name=name)
