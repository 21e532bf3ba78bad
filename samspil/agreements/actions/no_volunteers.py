# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""*Ingen frivillige hos os*: said by the leader, told to MED, asked again after a year (R4)."""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.agreements.actions.locking import refuse_closed
from samspil.agreements.models import NoVolunteersStatement
from samspil.agreements.permissions import EDIT
from samspil.agreements.queries import asked_again_on, no_volunteers, open_version, version_in_force
from samspil.audit import actions as audit
from samspil.foundation.capacity import Capacity
from samspil.foundation.errors import Refusal
from samspil.med.queries import body_for, members
from samspil.municipalities.models import Unit
from samspil.notifications.actions import tell
from samspil.notifications.kinds import Kind


@transaction.atomic
def state_no_volunteers(*, workplace: Unit, actor: Capacity, on: date, at: datetime) -> NoVolunteersStatement:
    """Say that there are no volunteers at the workplace, or say it again a year later; its MED body is told.

    Raises ``Refusal`` where an agreement is in force or on its way, and where it has been said lately.
    """
    workplace = Unit.objects.select_for_update().get(pk=workplace.pk)
    EDIT.require(actor, workplace)
    refuse_closed(workplace, on)
    if version_in_force(workplace.pk) is not None:
        raise Refusal(
            _("An agreement is in force here, so there is room for volunteers. Change the agreement instead.")
        )
    if open_version(workplace.pk) is not None:
        raise Refusal(_("A draft of the agreement is on its way. Give it up first."))
    before = no_volunteers(workplace.pk)
    if before is not None and on < asked_again_on(before):
        raise Refusal(_("It has been said already, and it still stands."))
    end_standing(workplace, on)
    statement = NoVolunteersStatement.objects.create(workplace=workplace, from_date=on, stated_by_id=actor.person)
    audit.record(
        name="agreements.workplace.state_no_volunteers",
        subject=workplace,
        actor=actor,
        at=at,
        changes={"from": on.isoformat()},
    )
    body = body_for(workplace, on)
    seats = members(body, on).exclude(user_id=actor.person).values_list("user_id", flat=True) if body else []
    tell(
        people=seats,
        key=f"agreements.no_volunteers.{statement.pk}",
        kind=Kind.AGREEMENT,
        title=_("%(workplace)s has no volunteers, says its leader") % {"workplace": workplace.name},
        link=reverse("workplace", args=[workplace.slug]),
        at=at,
    )
    return statement


@transaction.atomic
def end_no_volunteers(*, workplace: Unit, actor: Capacity, on: date, at: datetime) -> None:
    """Take the statement back: the workplace has an agreement to make again."""
    workplace = Unit.objects.select_for_update().get(pk=workplace.pk)
    EDIT.require(actor, workplace)
    if not end_standing(workplace, on):
        raise Refusal(_("Nothing has been said about the workplace having no volunteers."))
    audit.record(
        name="agreements.workplace.end_no_volunteers",
        subject=workplace,
        actor=actor,
        at=at,
        changes={"until": on.isoformat()},
    )


def end_standing(workplace: Unit, on: date) -> bool:
    """End the statement that stands, if one does; beginning an agreement does it too."""
    return bool(NoVolunteersStatement.objects.filter(workplace=workplace, ended_on=None).update(ended_on=on))
