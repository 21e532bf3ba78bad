# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Which bodies have yet to discuss the framework in force: derived, so a body formed later has it too (R5)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspil.foundation.capacity import Capacity
from samspil.foundation.templatetags.samspil import danish_date
from samspil.foundation.todo import Todo
from samspil.frameworks.models import FrameworkVersion, Wave
from samspil.frameworks.queries import version_in_force
from samspil.frameworks.waves import reach
from samspil.med.models import Committee, CoveredByCommittee, Dialogue, Function, HeldFor, Membership
from samspil.med.queries.dialogues import with_standing
from samspil.med.states import State
from samspil.municipalities.models import Unit
from samspil.municipalities.queries import still_open
from samspil.people.models import Role

ASKED = (Function.CHAIR, Function.DEPUTY, Function.EMPLOYEE_CONTACT)
"""Who is reminded of it: they put things on the agenda."""


@dataclass(frozen=True)
class FrameworkLine:
    """How far a body is with an edition. ``dialogue`` is its own, or the one that it was held together with."""

    committee: Committee
    version: FrameworkVersion
    starts_on: date
    deadline: date | None
    dialogue: Dialogue | None = None

    @property
    def is_held(self) -> bool:
        """Whether it has been discussed and written down."""
        return self.dialogue is not None and self.dialogue.state in {State.RECORDED, State.CONCLUDED}

    @property
    def is_held_elsewhere(self) -> bool:
        """Whether it was discussed in a body that this one met together with."""
        return self.is_held and self.dialogue is not None and self.dialogue.committee_id != self.committee.pk

    def is_asked(self, on: date) -> bool:
        """Whether anything is asked of the body: not before the start of its wave."""
        return not self.is_held and self.starts_on <= on

    def is_late(self, on: date) -> bool:
        """Whether the deadline has passed; on the last day it has not, and without a wave it never does."""
        return not self.is_held and self.deadline is not None and self.deadline < on


def framework_lines(on: date, committees: Collection[int] | None = None) -> list[FrameworkLine]:
    """Return how far each body is with the edition in force, by name; of ``committees`` only, where they are given.

    A fixed number of queries, however many bodies there are. A body whose units are all closed is asked nothing.
    """
    version = version_in_force(on)
    if version is None or version.in_force_from is None:
        return []
    rows = CoveredByCommittee.objects.filter(still_open(on, "unit__")).select_related("unit")
    if committees is not None:
        rows = rows.filter(committee__in=committees)
    units: dict[int, list[Unit]] = {}
    for row in rows:
        units.setdefault(row.committee_id, []).append(row.unit)
    if not units:
        return []
    here = reach()
    dialogues = _dialogues(version, units)
    lines = []
    for committee in Committee.objects.filter(pk__in=units).order_by("name", "pk"):
        waves = {wave for unit in units[committee.pk] if (wave := here.of(unit)) is not None}
        starts_on, deadline = _days(waves, version.in_force_from)
        lines.append(FrameworkLine(committee, version, starts_on, deadline, dialogues.get(committee.pk)))
    return lines


def framework_dialogues_due(on: date) -> list[FrameworkLine]:
    """Return the bodies that have yet to discuss the edition in force, until a discussion is written down (R5)."""
    return [line for line in framework_lines(on) if not line.is_held]


def framework_line(committee: Committee, on: date) -> FrameworkLine | None:
    """Return how far one body is; None where there is no framework in force, or nothing of it is open any more."""
    return next(iter(framework_lines(on, (committee.pk,))), None)


def _days(waves: Iterable[Wave], in_force_from: date) -> tuple[date, date | None]:
    """Return the start and the deadline; in several waves, the body has until the last of their deadlines."""
    found = list(waves)
    if not found:
        return in_force_from, None
    return max(in_force_from, min(wave.starts_on for wave in found)), max(wave.deadline for wave in found)


def _dialogues(version: FrameworkVersion, committees: Collection[int]) -> dict[int, Dialogue]:
    about = Dialogue.objects.filter(framework=version).exclude(state=State.WITHDRAWN)
    together = HeldFor.objects.filter(
        dialogue__in=about.filter(state__in=(State.RECORDED, State.CONCLUDED)).values("pk"), committee__in=committees
    )
    elsewhere = dict(together.values_list("committee_id", "dialogue_id"))
    own = about.filter(committee__in=committees)
    of_key = {row.pk: row for row in with_standing(own | about.filter(pk__in=elsewhere.values()))}
    found = {key: of_key[dialogue] for key, dialogue in elsewhere.items()}
    return found | {row.committee_id: row for row in of_key.values() if row.committee_id in committees}


def framework_todo(capacity: Capacity) -> list[Todo]:
    """Return one line for whoever puts things on the agenda of a body that has yet to discuss the framework."""
    bodies = _bodies_of_agenda(capacity)
    if not bodies:
        return []
    due = [line for line in framework_lines(capacity.on, bodies) if line.is_asked(capacity.on) and not line.dialogue]
    if not due:
        return []
    first = min(due, key=lambda line: (line.deadline or date.max, line.committee.name))
    words: dict[str, Any] = {"body": first.committee.name, "number": first.version.number}
    title = _("Discuss the framework, edition %(number)d, in %(body)s") % words
    detail = (
        _("By %(day)s. The paper is ready.") % {"day": danish_date(first.deadline)}
        if first.deadline
        else _("The paper is ready. Nothing waits for it.")
    )
    if len(due) > 1:
        more = len(due) - 1
        detail += " " + ngettext("The same in %(count)d more body.", "The same in %(count)d more bodies.", more) % {
            "count": more
        }
    return [
        Todo(
            key=f"med.framework.{first.version.pk}.{first.committee.pk}",
            title=title,
            detail=detail,
            url=reverse("framework_dialogue", args=[first.committee.slug]),
            label=_("Fetch the paper"),
            due=first.deadline,
        )
    ]


def _bodies_of_agenda(capacity: Capacity) -> set[int]:
    seats = Membership.objects.on(capacity.on).filter(user_id=capacity.user_id or 0, function__in=ASKED)
    found = set(seats.values_list("committee_id", flat=True))
    if capacity.role == Role.LEADER and capacity.unit_id is not None:
        # The leader puts things before a staff meeting, which has no chair.
        led = CoveredByCommittee.objects.filter(unit=capacity.unit_id, committee__is_staff_meeting=True)
        found |= set(led.values_list("committee_id", flat=True))
    return found
