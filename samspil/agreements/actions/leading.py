# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Who answers for an agreement, and who stands in: outside the text, so no new version (R19)."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.agreements.leading import candidates
from samspil.agreements.models import Agreement, AgreementPerson
from samspil.agreements.permissions import NAME_STAND_IN, TAKE_OVER
from samspil.agreements.queries import accountable_leader
from samspil.audit import actions as audit
from samspil.foundation.capacity import Capacity
from samspil.foundation.errors import Refusal
from samspil.foundation.templatetags.samspil import danish_date
from samspil.med.models import Function
from samspil.med.queries import body_for, seats
from samspil.municipalities.models import Unit
from samspil.notifications.actions import tell
from samspil.notifications.kinds import Kind
from samspil.people.models import Role, RoleAssignment, User
from samspil.people.queries import leaders_of

_A_YEAR = timedelta(days=365)


def make_accountable(agreement: Agreement, actor: Capacity, on: date) -> None:
    """Let the leader who acts answer for it, else the only leader; where there are several, the next takes it over."""
    part = AgreementPerson.Part.LEADER
    leaders = {row.user_id for row in leaders_of(agreement.workplace_id, on)}
    wanted = actor.person if actor.person in leaders else next(iter(leaders)) if len(leaders) == 1 else None
    if wanted is None:
        return
    AgreementPerson.objects.filter(agreement=agreement, part=part, until=None).update(until=on)
    AgreementPerson.objects.create(agreement=agreement, part=part, user_id=wanted, from_date=on)


@transaction.atomic
def take_over(*, agreement: Agreement, actor: Capacity, on: date, at: datetime) -> Agreement:
    """Make a new leader of the workplace the one who answers for the agreement, when nobody does; MED is told."""
    agreement = Agreement.objects.select_for_update().get(pk=agreement.pk)
    workplace = agreement.workplace
    if not TAKE_OVER.allows(actor, workplace):
        raise Refusal(_("Only the leader of the workplace can take the agreement over."))
    if accountable_leader(agreement, on) is not None:
        raise Refusal(_("Somebody answers for the agreement already."))
    make_accountable(agreement, actor, on)
    audit.record(name="agreements.agreement.take_over", subject=agreement, actor=actor, at=at)
    body = body_for(workplace, on)
    at_the_head = [
        seat.user_id
        for seat in (seats(body, on) if body else ())
        if seat.function in {Function.CHAIR, Function.DEPUTY} and seat.user_id != actor.user_id
    ]
    tell(
        people=at_the_head,
        key=f"agreements.take_over.{agreement.pk}.{on.isoformat()}",
        kind=Kind.AGREEMENT,
        title=_("%(name)s now answers for the agreement of %(workplace)s")
        % {"name": actor.person_name, "workplace": workplace.name},
        link=reverse("workplace", args=[workplace.slug]),
        at=at,
    )
    return agreement


@transaction.atomic
def name_stand_in(
    *, workplace: Unit, user: User, from_date: date, until: date, actor: Capacity, on: date, at: datetime
) -> RoleAssignment:
    """Name who leads the workplace in the leader's place from one day until another, both included.

    One at a time, twelve months at most. Raises ``Refusal``.
    """
    NAME_STAND_IN.require(actor, workplace)
    workplace = Unit.objects.select_for_update().get(pk=workplace.pk)
    if from_date < on:
        raise Refusal(_("Choose today or a later day. Nobody can have stood in before they were named."))
    if until < from_date:
        raise Refusal(_("The last day is before the first."))
    if until - from_date > _A_YEAR:
        raise Refusal(_("Choose twelve months at most. Is the leader away for longer, name the stand-in again then."))
    if user.pk not in {row.user_id for row in candidates(workplace.pk, on)}:
        raise Refusal(_("Choose somebody who works here, or a leader from elsewhere in the municipality."))
    stand_ins = RoleAssignment.objects.get_queryset().filter(unit=workplace, is_stand_in=True)
    other = stand_ins.filter(from_date__lte=until, until__gte=from_date).select_related("user").first()
    if other is not None:
        words = {"name": other.user.name, "from": danish_date(other.from_date), "until": danish_date(other.until)}
        raise Refusal(
            _("%(name)s stands in from %(from)s until %(until)s. Choose other days, or end that first.") % words
        )
    row = RoleAssignment.objects.create(
        user=user,
        role=Role.LEADER,
        unit=workplace,
        title=_("stand-in"),
        from_date=from_date,
        until=until,
        is_stand_in=True,
    )
    dates = {"from": from_date.isoformat(), "until": until.isoformat()}
    audit.record(
        name="people.stand_in.name", subject=workplace, actor=actor, at=at, changes={"assignment": row.pk, **dates}
    )
    tell(
        people={user.pk, *(leader.user_id for leader in leaders_of(workplace.pk, on))} - {actor.user_id},
        key=f"people.stand_in.{row.pk}",
        kind=Kind.AGREEMENT,
        title=_("%(name)s stands in for the leader of %(workplace)s from %(from)s until %(until)s")
        % {
            "name": user.name,
            "workplace": workplace.name,
            "from": danish_date(from_date),
            "until": danish_date(until),
        },
        link=reverse("choose_capacity"),
        at=at,
    )
    return row


@transaction.atomic
def end_stand_in(*, stand_in: RoleAssignment, actor: Capacity, on: date, at: datetime) -> None:
    """Let today be the last day; what has not begun yet is called off."""
    NAME_STAND_IN.require(actor, stand_in.unit)
    rows = RoleAssignment.objects.get_queryset().select_for_update()
    row = rows.filter(pk=stand_in.pk, is_stand_in=True, until__gte=on).first()
    if row is None:
        raise Refusal(_("It has ended already."))
    key, workplace = row.pk, stand_in.unit
    if row.from_date > on:
        row.delete()
    else:
        row.until = on
        row.save(update_fields=["until"])
    audit.record(
        name="people.stand_in.end",
        subject=workplace,
        actor=actor,
        at=at,
        changes={"assignment": key, "until": on.isoformat()},
    )
