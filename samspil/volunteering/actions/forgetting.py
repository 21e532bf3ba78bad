# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Forgetting: who stopped long enough ago, first words that are old, and who has read what."""

from collections.abc import Iterable
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.audit import actions as audit
from samspil.foundation import personal_data
from samspil.foundation.capacity import Capacity
from samspil.foundation.errors import Refusal
from samspil.foundation.months import months_later
from samspil.foundation.personal_data import Person
from samspil.municipalities.models import Municipality
from samspil.volunteering.models import (
    Application,
    CertificateOrder,
    Engagement,
    EngagementTask,
    FactAnswer,
    Formality,
    FormalityDate,
    GroupAgreement,
    Volunteer,
    VolunteerAgreement,
    VolunteerMessage,
    Welcome,
)
from samspil.volunteering.permissions import LOOK_AFTER
from samspil.volunteering.queries import person_of
from samspil.volunteering.states import HERE
from samspil.volunteering.terms import common_terms

APPLICATION_MONTHS = 6
ERASED_WITH_THE_PERSON = (
    VolunteerAgreement,
    Welcome,
    Application,
    Formality,
    FactAnswer,
    FormalityDate,
    CertificateOrder,
)
"""What points at an engagement and goes with the person. A new model must be put here or in ``KEPT_AS_COUNTS``."""
KEPT_AS_COUNTS = (EngagementTask, GroupAgreement)


@transaction.atomic
def forget(*, volunteer: Volunteer, actor: Capacity, on: date, at: datetime) -> None:
    """Erase who it was, everywhere; that somebody was here, and with what tasks, stays to be counted.

    Refused while the person is still a volunteer anywhere, and for anybody but a job and whoever looked after them.
    """
    volunteer = Volunteer.objects.select_for_update().get(pk=volunteer.pk)
    places = list(volunteer.engagements.select_related("workplace"))
    if not actor.is_system and not any(LOOK_AFTER.allows(actor, place) for place in places):
        raise Refusal(_("This is done by %(who)s.") % {"who": LOOK_AFTER.who})
    if any(place.state in HERE for place in places):
        raise Refusal(_("Somebody who is still a volunteer cannot be forgotten. Say first that they have stopped."))
    key = volunteer.pk
    personal_data.erase(person_of(volunteer), actor=actor, at=at)
    gone = Volunteer(pk=key)
    audit.record(
        name="volunteering.volunteer.forget",
        subject=gone,
        actor=actor,
        at=at,
        changes={"on": on.isoformat(), "engagements": len(places)},
    )


def erase_rows(*, person: Person, actor: Capacity, at: datetime) -> None:
    """Take the volunteer out of this area's rows; ``forget`` decides, and records it."""
    del actor, at
    volunteer = Volunteer.objects.get(pk=person.volunteer_id)
    engagements = list(volunteer.engagements.values_list("pk", flat=True))
    for model in ERASED_WITH_THE_PERSON:
        model.objects.filter(engagement__in=engagements).delete()
    # First words that never became anything, too, by the way to reach the same person.
    Application.objects.filter(reach_me__in=person.reached_at).delete()
    volunteer.trial_visits.all().delete()
    Engagement.objects.filter(pk__in=engagements).update(volunteer=None)
    volunteer.delete()


def forget_what_is_due(*, actor: Capacity, on: date, at: datetime) -> int:
    """Forget everybody whose day has come, and first words and messages to volunteers after six months.

    Returns how many people were forgotten.
    """
    due = Volunteer.objects.filter(forget_on__lte=on).exclude(engagements__state__in=HERE)
    forgotten = 0
    for volunteer in due:
        forget(volunteer=volunteer, actor=actor, on=on, at=at)
        forgotten += 1
    forget_applications(actor=actor, on=on, at=at)
    VolunteerMessage.objects.filter(sent_at__lt=_midnight(months_later(on, -APPLICATION_MONTHS))).delete()
    kept_from = months_later(on, -common_terms().keep_reads_months)
    audit.forget_reads(before=_midnight(kept_from))
    return forgotten


@transaction.atomic
def forget_applications(*, actor: Capacity, on: date, at: datetime) -> int:
    """Delete first words that came six months ago, answered or not; the engagement that one became stays."""
    old = Application.objects.filter(received_at__lt=_midnight(months_later(on, -APPLICATION_MONTHS)))
    count = old.count()
    if count:
        old.delete()
        audit.record(
            name="volunteering.applications.forget",
            subject=Municipality.objects.get(pk=actor.municipality_id),
            actor=actor,
            at=at,
            changes={"count": count},
        )
    return count


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()), timezone.get_default_timezone())


def note_reads(*, volunteers: Iterable[Volunteer | None], page: str, actor: Capacity, at: datetime) -> None:
    """Note that an employee looked at volunteers' records; one's own does not count."""
    if actor.user_id is not None:
        others = [one for one in volunteers if one is not None and one.user_id != actor.user_id]
        audit.note_reads(subjects=others, page=page, actor=actor, at=at)
