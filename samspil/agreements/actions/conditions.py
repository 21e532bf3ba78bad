# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Saying where it takes place besides the workplace itself, the time set aside, and how often one meets."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from samspil.agreements.actions.drafting import AT_THE_TABLE, changed
from samspil.agreements.actions.locking import for_writing
from samspil.agreements.conditions import ELSEWHERE, MOST_HOURS, Conditions, conditions_of
from samspil.agreements.models import AgreementVersion, Meets, Place
from samspil.audit import actions as audit
from samspil.foundation.capacity import Capacity
from samspil.foundation.errors import Refusal


@transaction.atomic
def set_conditions(
    *, version: AgreementVersion, conditions: Conditions, actor: Capacity, at: datetime
) -> AgreementVersion:
    """Write places, hours and meetings in place of those before; nothing of it is needed (R25, R41, R54)."""
    current = for_writing(version, actor, AT_THE_TABLE)
    if not set(conditions.places) <= set(ELSEWHERE):
        raise Refusal(_("Choose the places among those that are listed."))
    hours = (conditions.hours_of_leader, conditions.hours_of_coordinator)
    if any(number is not None and not 0 <= number <= MOST_HOURS for number in hours):
        raise Refusal(_("Write a number of hours a month, from 0 to %(most)d.") % {"most": MOST_HOURS})
    if conditions.staff_meets not in {"", *Meets.values}:
        raise Refusal(_("Choose how often you meet among what is listed."))
    if conditions_of(current) == conditions:
        return current
    write_conditions(current, conditions)
    changed(current, actor, at)
    audit.record(
        name="agreements.version.set_conditions",
        subject=current,
        actor=actor,
        at=at,
        changes={"places": sorted(map(str, conditions.places))},
    )
    return current


def write_conditions(version: AgreementVersion, conditions: Conditions) -> None:
    """Write the rows; the caller has locked the version and asks nothing more."""
    Place.objects.filter(version=version).delete()
    Place.objects.bulk_create(
        Place(version=version, type=type_, words=words) for type_, words in conditions.places.items()
    )
    version.hours_of_leader = conditions.hours_of_leader
    version.hours_of_coordinator = conditions.hours_of_coordinator
    version.staff_meets = conditions.staff_meets
    version.save(update_fields=["hours_of_leader", "hours_of_coordinator", "staff_meets"])
