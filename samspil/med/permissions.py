# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Who sees the bodies and their dialogues, and who does what there."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from samspil.foundation.capacity import Capacity
from samspil.foundation.permission import Permission
from samspil.foundation.prepared import Listed, prepared
from samspil.med.models import Committee, Dialogue, Meeting
from samspil.med.queries import (
    OVERSEEING_ROLES,
    committees_reached,
    covered_units,
    first_what_waits,
    for_list,
    ids_held_for,
    ids_reached,
    leads_concerned,
    may_answer,
    meetings_seen,
    reaches_committee,
    seats,
    side_to_approve,
    speaks_for,
)
from samspil.med.states import OPEN, State
from samspil.people.models import STAFF_ROLES, Role
from samspil.people.queries import reaches


def visible_committees(capacity: Capacity) -> QuerySet[Committee]:
    """Return the bodies that a capacity may see."""
    return committees_reached(capacity)


def visible_dialogues(capacity: Capacity) -> QuerySet[Dialogue]:
    """Return the dialogues that a capacity may see: of the bodies it may see, and all about one of their matters."""
    if capacity.role in OVERSEEING_ROLES:
        return Dialogue.objects.all()
    return _of_matters_in(visible_committees(capacity).values("pk"))


def _of_matters_in(committees: Any) -> QuerySet[Dialogue]:
    own = Dialogue.objects.filter(ids_held_for(committees))
    began = own.exclude(origin=None).values("origin")
    of_matter = Q(pk__in=began) | Q(origin__in=began) | Q(origin__in=own.values("pk"))
    return Dialogue.objects.filter(Q(pk__in=own.values("pk")) | of_matter)


def visible_meetings(capacity: Capacity) -> QuerySet[Meeting]:
    """Return the meetings that a capacity may see; closed minutes are open to all whose workplace the body covers."""
    return meetings_seen(capacity)


def _sees_the_meeting(capacity: Capacity, meeting: Meeting) -> bool:
    return (
        reaches_committee(capacity, meeting.committee_id) or visible_meetings(capacity).filter(pk=meeting.pk).exists()
    )


def _holds_the_meeting(capacity: Capacity, meeting: Meeting) -> bool:
    return _plans_the_year(capacity, meeting.committee)


def _approves_the_minutes(capacity: Capacity, meeting: Meeting) -> bool:
    return _sees_the_meeting(capacity, meeting) and side_to_approve(capacity, meeting.committee) is not None


@prepared
def _listed_in(committees: tuple[int, ...] | None) -> QuerySet[Dialogue]:
    seen = Dialogue.objects.all() if committees is None else _of_matters_in(committees)
    return for_list(first_what_waits(seen.filter(state__in=(*OPEN, State.CONCLUDED))))


def listed_dialogues(capacity: Capacity) -> Listed:
    """Return the dialogues that a capacity may see and that were not taken back, first what waits, for showing in pages."""
    everything = capacity.role in OVERSEEING_ROLES
    seen = ids_reached(capacity) if capacity.role in STAFF_ROLES else frozenset()
    return _listed_in.listed(None if everything else tuple(sorted(seen)))


def _takes_part(capacity: Capacity, committee: Committee) -> bool:
    if not _sees_the_committee(capacity, committee):
        return False
    return capacity.role == Role.LEADER or _sits_in(capacity, committee)


def _plans_the_year(capacity: Capacity, committee: Committee) -> bool:
    return capacity.role == Role.ADMINISTRATOR or _takes_part(capacity, committee)


def _belongs_to_the_workplace(capacity: Capacity, _subject: object) -> bool:
    return capacity.role in (*STAFF_ROLES, *OVERSEEING_ROLES)


def _sees_the_committee(capacity: Capacity, committee: Committee) -> bool:
    return reaches_committee(capacity, committee.pk)


def _sees_the_dialogue(capacity: Capacity, dialogue: Dialogue) -> bool:
    return (
        reaches_committee(capacity, dialogue.committee_id)
        or visible_dialogues(capacity).filter(pk=dialogue.pk).exists()
    )


def _sits_or_leads(capacity: Capacity, dialogue: Dialogue) -> bool:
    if not _sees_the_dialogue(capacity, dialogue):
        return False
    return capacity.role == Role.LEADER or _sits_in(capacity, dialogue.committee)


def _sits_in(capacity: Capacity, committee: Committee) -> bool:
    return any(seat.user_id == capacity.user_id for seat in seats(committee, capacity.on))


def _sits_in_it_or_leads(capacity: Capacity, committee: Committee) -> bool:
    if not _sees_the_committee(capacity, committee):
        return False
    leads = capacity.role == Role.LEADER and capacity.unit_id is not None and speaks_for(committee, capacity.unit_id)
    return leads or _sits_in(capacity, committee)


def _speaks_for_the_employees(capacity: Capacity, dialogue: Dialogue) -> bool:
    return _sees_the_dialogue(capacity, dialogue) and may_answer(dialogue, capacity.user_id, capacity.on)


def _may_settle(capacity: Capacity, dialogue: Dialogue) -> bool:
    return (
        capacity.role == Role.ADMINISTRATOR
        and capacity.user_id is not None
        and not leads_concerned(capacity.user_id, dialogue, capacity.on)
    )


def _leads_or_administers(capacity: Capacity, _subject: object) -> bool:
    return capacity.role in {Role.ADMINISTRATOR, Role.LEADER}


def _administers(capacity: Capacity, _subject: object) -> bool:
    return capacity.role == Role.ADMINISTRATOR


def _reaches_all_of_it(capacity: Capacity, committee: Committee) -> bool:
    if not _leads_or_administers(capacity, committee) or not _sees_the_committee(capacity, committee):
        return False
    return capacity.role == Role.ADMINISTRATOR or all(reaches(capacity, unit.pk) for unit in covered_units(committee))


SEE = Permission("med.see", _belongs_to_the_workplace, _("leaders, employees and the HR/MED secretariat"))
SEE_COMMITTEE = Permission("med.see_committee", _sees_the_committee, _("the members, and those that the body covers"))
SEE_DIALOGUE = Permission("med.see_dialogue", _sees_the_dialogue, _("the members, and those that the body covers"))
RECORD = Permission("med.record", _sits_or_leads, _("the members of the body and the leader of the workplace"))
HOLD_FRAMEWORK = Permission(
    "med.hold_framework", _sits_in_it_or_leads, _("the members of the body and the leaders of what it covers")
)
TAKE_STANCE = Permission(
    "med.take_stance", _sits_in_it_or_leads, _("the members of the body and the leaders of what it covers")
)
ANSWER = Permission("med.answer", _speaks_for_the_employees, _("the employee side of the body"))
SETTLE = Permission("med.settle", _may_settle, _("the HR/MED secretariat"))
IMPORT_MEMBERS = Permission("med.import_members", _administers, _("the HR/MED secretariat"))
SET_UP = Permission("med.set_up", _leads_or_administers, _("leaders and the HR/MED secretariat"))
EDIT = Permission(
    "med.edit", _reaches_all_of_it, _("the leader of all units that the body covers, and the HR/MED secretariat")
)
GIVE_CONSENT = Permission("med.give_consent", _takes_part, _("the members of the body and the leader of the workplace"))
PLAN = Permission(
    "med.plan", _plans_the_year, _("the members of the body, the leader of the workplace and the HR/MED secretariat")
)
SEE_MEETING = Permission("med.see_meeting", _sees_the_meeting, _("the members, and those that the body covers"))
HOLD_MEETING = Permission(
    "med.hold_meeting",
    _holds_the_meeting,
    _("the members of the body, the leader of the workplace and the HR/MED secretariat"),
)
APPROVE_MINUTES = Permission(
    "med.approve_minutes", _approves_the_minutes, _("chair and deputy chair, each for their own side")
)
CHANGE_SETTINGS = Permission("med.change_settings", _administers, _("the HR/MED secretariat"))
