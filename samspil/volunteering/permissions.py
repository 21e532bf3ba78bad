# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Who sees the volunteers, and who looks after them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samspil.agreements.models import AgreementPerson
from samspil.agreements.permissions import is_the_accountable_leader, visible_workplaces
from samspil.foundation.capacity import Capacity
from samspil.foundation.memory import once_a_page, tell
from samspil.foundation.permission import Permission
from samspil.municipalities.models import Unit
from samspil.people.models import STAFF_ROLES, Role
from samspil.people.queries import reaches, units_reached_as
from samspil.volunteering.models import Application, Engagement, PartnershipAgreement

_OVERSEEING = (Role.ADMINISTRATOR, Role.DATA_PROTECTION_OFFICER)
_LOOKING_AFTER_ALL = (Role.LEADER, Role.VOLUNTEER_COORDINATOR)


@once_a_page
def is_contact_person(capacity: Capacity, unit_id: int) -> bool:
    """Whether the capacity is that of a contact person whom the workplace's agreement names, still working there."""
    if capacity.role not in STAFF_ROLES or capacity.unit_id != unit_id:
        return False
    return AgreementPerson.objects.filter(
        agreement__workplace_id=unit_id,
        part=AgreementPerson.Part.CONTACT_PERSON,
        user_id=capacity.user_id or 0,
        until=None,
    ).exists()


def visible_engagements(capacity: Capacity) -> models.QuerySet[Engagement]:
    """Return the volunteers somebody sees: those of the own workplace or area, or those whom one looks after."""
    return engagements_seen(capacity.role, capacity.unit_id, capacity.user_id or 0)


def engagements_seen(role: str, unit_id: int | None, user_id: int) -> models.QuerySet[Engagement]:
    """Return the same, told in what a prepared question may be asked with."""
    if role in _OVERSEEING:
        return Engagement.objects.all()
    if role == Role.LEADER:
        return Engagement.objects.filter(workplace__in=units_reached_as(role, unit_id).values("pk"))
    if role == Role.VOLUNTEER_COORDINATOR:
        return Engagement.objects.filter(workplace_id=unit_id or 0)
    if role == Role.EMPLOYEE:
        return Engagement.objects.filter(workplace_id=unit_id or 0, contact_person_id=user_id)
    return Engagement.objects.none()


def visible_applications(capacity: Capacity) -> models.QuerySet[Application]:
    """Return the first words somebody sees: whoever may answer them, the leaders above and those who oversee."""
    return applications_seen(capacity.role, capacity.unit_id, capacity.user_id or 0)


def applications_seen(role: str, unit_id: int | None, user_id: int) -> models.QuerySet[Application]:
    """Return the same, told in what a prepared question may be asked with."""
    if role in _OVERSEEING:
        return Application.objects.all()
    if role == Role.LEADER:
        return Application.objects.filter(workplace__in=units_reached_as(role, unit_id).values("pk"))
    here = Application.objects.filter(workplace_id=unit_id or 0)
    if role == Role.VOLUNTEER_COORDINATOR:
        return here
    if role == Role.EMPLOYEE:
        named = AgreementPerson.objects.filter(part=AgreementPerson.Part.CONTACT_PERSON, user_id=user_id, until=None)
        return here.filter(workplace__in=named.values("agreement__workplace_id"))
    return Application.objects.none()


def own_engagements(capacity: Capacity) -> models.QuerySet[Engagement]:
    """Return a volunteer's own places, wherever in the municipality; nobody else has any."""
    if capacity.role != Role.VOLUNTEER:
        return Engagement.objects.none()
    return Engagement.objects.filter(volunteer__user_id=capacity.user_id or 0)


def receives_volunteers_at(capacity: Capacity, unit_id: int) -> bool:
    """Whether the capacity is that of the workplace's leader, coordinator or contact person; leaders above read only."""
    if capacity.unit_id != unit_id:
        return False
    return capacity.role in _LOOKING_AFTER_ALL or is_contact_person(capacity, unit_id)


def _receives(capacity: Capacity, workplace: Unit) -> bool:
    return workplace.is_workplace and receives_volunteers_at(capacity, workplace.pk)


def _sees_the_volunteers(capacity: Capacity, workplace: Unit) -> bool:
    if not workplace.is_workplace or not reaches(capacity, workplace.pk):
        return False
    return capacity.role in (*_OVERSEEING, *_LOOKING_AFTER_ALL) or is_contact_person(capacity, workplace.pk)


@once_a_page
def _sees_number(capacity: Capacity, engagement_id: int) -> bool:
    return visible_engagements(capacity).filter(pk=engagement_id).exists()


def note_seen(capacity: Capacity, engagement: Engagement) -> None:
    """Note that the engagement was found among those that the capacity sees."""
    tell(_sees_number, True, capacity, engagement.pk)


def _sees_the_engagement(capacity: Capacity, engagement: Engagement) -> bool:
    return _sees_number(capacity, engagement.pk)


def lists_volunteers(capacity: Capacity, _subject: object) -> bool:
    """Whether somebody works here: who looks after nobody is told who does."""
    return capacity.role in (*_OVERSEEING, *STAFF_ROLES)


def _looks_after(capacity: Capacity, engagement: Engagement) -> bool:
    is_contact = capacity.role in STAFF_ROLES and engagement.contact_person_id == capacity.user_id
    is_theirs = capacity.role in _LOOKING_AFTER_ALL or is_contact
    return is_theirs and capacity.unit_id == engagement.workplace_id and _sees_the_engagement(capacity, engagement)


def _has_own_page(capacity: Capacity, _subject: object) -> bool:
    return capacity.role == Role.VOLUNTEER


def _is_own(capacity: Capacity, engagement: Engagement) -> bool:
    return own_engagements(capacity).filter(pk=engagement.pk).exists()


def _is_own_or_looked_after(capacity: Capacity, engagement: Engagement) -> bool:
    return _is_own(capacity, engagement) or _looks_after(capacity, engagement)


def _sees_who_has_read(capacity: Capacity, _subject: object) -> bool:
    return capacity.role == Role.DATA_PROTECTION_OFFICER


def _says_what_is_common(capacity: Capacity, _subject: object) -> bool:
    return capacity.role == Role.ADMINISTRATOR


def _sees_the_application(capacity: Capacity, application: Application) -> bool:
    return visible_applications(capacity).filter(pk=application.pk).exists()


def _answers(capacity: Capacity, application: Application) -> bool:
    return receives_volunteers_at(capacity, application.workplace_id) and _sees_the_application(capacity, application)


def takes_roles_at(capacity: Capacity, workplace: Unit) -> bool:
    """Whether the capacity is that of somebody who works at the workplace (R64)."""
    return capacity.role in STAFF_ROLES and capacity.unit_id == workplace.pk and workplace.is_workplace


def visible_partnerships(capacity: Capacity) -> models.QuerySet[PartnershipAgreement]:
    """Return the agreements with associations of the workplaces somebody sees: they are open to all who work there."""
    return PartnershipAgreement.objects.filter(workplace__in=visible_workplaces(capacity))


def sees_the_partnership(capacity: Capacity, partnership: PartnershipAgreement) -> bool:
    """Whether the agreement with the association may be read."""
    return visible_partnerships(capacity).filter(pk=partnership.pk).exists()


def _drafts_the_partnership(capacity: Capacity, partnership: PartnershipAgreement) -> bool:
    is_theirs = capacity.role in _LOOKING_AFTER_ALL and capacity.unit_id == partnership.workplace_id
    return is_theirs and sees_the_partnership(capacity, partnership)


def _decides_on_the_partnership(capacity: Capacity, partnership: PartnershipAgreement) -> bool:
    return sees_the_partnership(capacity, partnership) and is_the_accountable_leader(capacity, partnership.workplace)


_RECEIVERS = _("the leader, the volunteer coordinator and the contact persons of the workplace")

LIST = Permission("volunteering.list", lists_volunteers, _("those who work here"))
VIEW = Permission("volunteering.view", _sees_the_volunteers, _RECEIVERS)
RECEIVE = Permission("volunteering.receive", _receives, _RECEIVERS)
SEE = Permission("volunteering.see", _sees_the_engagement, _RECEIVERS)
LOOK_AFTER = Permission(
    "volunteering.look_after",
    _looks_after,
    _("the volunteer's contact person, the volunteer coordinator and the leader of the workplace"),
)
OWN_PAGE = Permission("volunteering.own_page", _has_own_page, _("the volunteers themselves"))
OWN = Permission("volunteering.own", _is_own, _("the volunteer"))
PAUSE_OR_STOP = Permission(
    "volunteering.pause_or_stop",
    _is_own_or_looked_after,
    _("the volunteer, the contact person, the volunteer coordinator and the leader of the workplace"),
)
SEE_READERS = Permission("volunteering.see_readers", _sees_who_has_read, _("the data protection officer"))
EDIT_COMMON_TERMS = Permission("volunteering.edit_common_terms", _says_what_is_common, _("the HR/MED secretariat"))
READ_APPLICATION = Permission("volunteering.read_application", _sees_the_application, _RECEIVERS)
ANSWER = Permission("volunteering.answer_application", _answers, _RECEIVERS)


TAKE_ROLE = Permission("volunteering.take_role", takes_roles_at, _("the people who work here"))
SEE_PARTNERSHIP = Permission("volunteering.see_partnership", sees_the_partnership, _("people who work here"))
DRAFT_PARTNERSHIP = Permission(
    "volunteering.draft_partnership",
    _drafts_the_partnership,
    _("the leader and the volunteer coordinator of the workplace"),
)
DECIDE_PARTNERSHIP = Permission(
    "volunteering.decide_partnership",
    _decides_on_the_partnership,
    _("the leader who answers for the agreement, or the stand-in"),
)
