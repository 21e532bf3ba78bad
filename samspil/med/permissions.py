# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Who sees the bodies and their dialogues, and who does what there."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from samspil.foundation.capacity import Capacity
from samspil.foundation.permission import Permission
from samspil.med.models import Committee, Dialogue
from samspil.med.queries import (
    OVERSEEING_ROLES,
    committees_reached,
    covered_units,
    leads_covered,
    may_answer,
    reaches_committee,
    seats,
)
from samspil.people.models import STAFF_ROLES, Role
from samspil.people.queries import reaches


def visible_committees(capacity: Capacity) -> QuerySet[Committee]:
    """Return the bodies that a capacity may see."""
    return committees_reached(capacity)


def visible_dialogues(capacity: Capacity) -> QuerySet[Dialogue]:
    """Return the dialogues that a capacity may see: those of the bodies it may see."""
    return Dialogue.objects.filter(committee__in=visible_committees(capacity))


def _takes_part(capacity: Capacity, committee: Committee) -> bool:
    if not _sees_the_committee(capacity, committee):
        return False
    return capacity.role == Role.LEADER or any(
        seat.user_id == capacity.user_id for seat in seats(committee, capacity.on)
    )


def _plans_the_year(capacity: Capacity, committee: Committee) -> bool:
    return capacity.role == Role.ADMINISTRATOR or _takes_part(capacity, committee)


def _belongs_to_the_workplace(capacity: Capacity, _subject: object) -> bool:
    return capacity.role in (*STAFF_ROLES, *OVERSEEING_ROLES)


def _sees_the_committee(capacity: Capacity, committee: Committee) -> bool:
    return reaches_committee(capacity, committee.pk)


def _sees_the_dialogue(capacity: Capacity, dialogue: Dialogue) -> bool:
    return reaches_committee(capacity, dialogue.committee_id)


def _sits_or_leads(capacity: Capacity, dialogue: Dialogue) -> bool:
    return _takes_part(capacity, dialogue.committee)


def _speaks_for_the_employees(capacity: Capacity, dialogue: Dialogue) -> bool:
    return _sees_the_dialogue(capacity, dialogue) and may_answer(dialogue, capacity.user_id, capacity.on)


def _may_settle(capacity: Capacity, dialogue: Dialogue) -> bool:
    return (
        capacity.role == Role.ADMINISTRATOR
        and capacity.user_id is not None
        and not leads_covered(capacity.user_id, dialogue.committee, capacity.on)
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
CHANGE_SETTINGS = Permission("med.change_settings", _administers, _("the HR/MED secretariat"))
