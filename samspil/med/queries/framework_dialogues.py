# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Which bodies have yet to discuss the framework in force: derived, so a body formed later has it too (R5)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspil.foundation.capacity import Capacity
from samspil.foundation.prepared import prepared
from samspil.foundation.templatetags.samspil import danish_date
from samspil.foundation.todo import Todo
from samspil.frameworks.models import FrameworkVersion, Wave
from samspil.frameworks.queries import version_in_force
from samspil.frameworks.waves import Reach, reach
from samspil.med.models import Committee, CoveredByCommittee, Dialogue, Function
from samspil.med.queries.bodies import covered_units, own_body, own_seats
from samspil.med.queries.dialogues import for_list
from samspil.med.states import State
from samspil.municipalities.models import Unit
from samspil.municipalities.queries import still_open
from samspil.people.models import Role

_HELD = (State.RECORDED, State.CONCLUDED)
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
    rows = _open_units_of(on, None) if committees is None else _open_units_of(on, tuple(sorted(committees)))
    units: dict[Committee, list[Unit]] = {}
    for row in rows:
        units.setdefault(row.committee, []).append(row.unit)
    if not units:
        return []
    here = reach()
    dialogues = _dialogues(version, None if committees is None else tuple(sorted(one.pk for one in units)))
    return [_line(committee, covered, version, dialogues, here) for committee, covered in units.items()]


@prepared
def _open_units_of(on: date, committees: tuple[int, ...] | None) -> QuerySet[CoveredByCommittee]:
    rows = CoveredByCommittee.objects.filter(still_open(on, "unit__")).select_related("unit", "committee")
    here = rows if committees is None else rows.filter(committee__in=committees)
    return here.order_by("committee__name", "committee_id", "pk")


def framework_dialogues_due(on: date) -> list[FrameworkLine]:
    """Return the bodies that have yet to discuss the edition in force, until a discussion is written down (R5)."""
    return [line for line in framework_lines(on) if not line.is_held]


def framework_line(committee: Committee, on: date) -> FrameworkLine | None:
    """Return how far one body is; None where there is no framework in force, or nothing of it is open any more."""
    version = version_in_force(on)
    covered = [unit for unit in covered_units(committee) if not unit.is_closed(on)]
    if version is None or version.in_force_from is None or not covered:
        return None
    return _line(committee, covered, version, _dialogues(version, (committee.pk,)), reach())


def _line(
    committee: Committee, covered: Iterable[Unit], version: FrameworkVersion, held: dict[int, Dialogue], here: Reach
) -> FrameworkLine:
    waves = {wave for unit in covered if (wave := here.of(unit)) is not None}
    starts_on, deadline = _days(waves, version.in_force_from or date.max)
    return FrameworkLine(committee, version, starts_on, deadline, held.get(committee.pk))


def _days(waves: Iterable[Wave], in_force_from: date) -> tuple[date, date | None]:
    """Return the start and the deadline; in several waves, the body has until the last of their deadlines."""
    found = list(waves)
    if not found:
        return in_force_from, None
    return max(in_force_from, min(wave.starts_on for wave in found)), max(wave.deadline for wave in found)


def _dialogues(version: FrameworkVersion, committees: tuple[int, ...] | None) -> dict[int, Dialogue]:
    """Return the dialogue about an edition that each body has held itself, or else together with another."""
    own: dict[int, Dialogue] = {}
    elsewhere: dict[int, Dialogue] = {}
    for row in _about(version.pk, committees):
        if row.met_with is not None and row.state in _HELD:
            elsewhere[row.met_with] = row
        own[row.committee_id] = row
    return elsewhere | own


@prepared
def _about(version_id: int, committees: tuple[int, ...] | None) -> QuerySet[Any]:
    """Return the dialogues about an edition, once for each body that met in it as well, which is ``met_with``."""
    about = Dialogue.objects.filter(framework=version_id).exclude(state=State.WITHDRAWN)
    if committees is not None:
        about = about.filter(Q(committee__in=committees) | Q(held_for__committee__in=committees))
    return for_list(about).annotate(met_with=F("held_for__committee_id"))


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
    seats = own_seats(capacity.user_id or 0, capacity.on)
    found = {seat.committee_id for seat in seats if seat.function in ASKED}
    if capacity.role == Role.LEADER and capacity.unit_id is not None:
        # The leader puts things before a staff meeting, which has no chair.
        body = own_body(capacity.unit_id)
        found |= {body.pk} if body and body.is_staff_meeting else set()
    return found
