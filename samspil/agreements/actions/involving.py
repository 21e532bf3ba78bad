# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Noting who else was heard: a dated row outside the control code, which stops nothing (R55)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from samspil.agreements.actions.locking import NotTheLeaderError
from samspil.agreements.models import Agreement, Involvement
from samspil.agreements.permissions import leads_the_workplace
from samspil.audit import actions as audit
from samspil.foundation.capacity import Capacity
from samspil.foundation.errors import Refusal


def _require_leader(agreement: Agreement, actor: Capacity) -> None:
    if not leads_the_workplace(actor, agreement.workplace):
        raise NotTheLeaderError(_("Only the leader of the workplace can do this."))


@transaction.atomic
def add_involvement(
    *, agreement: Agreement, heard_on: date, words: str, actor: Capacity, on: date, at: datetime
) -> Involvement:
    """Note who was heard on a day that has been."""
    _require_leader(agreement, actor)
    if heard_on > on:
        raise Refusal(_("Choose today or a day that has been."))
    if not words.strip():
        raise Refusal(_("Write who was heard."))
    row = Involvement.objects.create(
        agreement=agreement, heard_on=heard_on, words=words, added_at=at, added_by_id=actor.person
    )
    audit.record(
        name="agreements.involvement.add",
        subject=row,
        actor=actor,
        at=at,
        changes={"agreement": agreement.pk, "heard_on": heard_on.isoformat()},
    )
    return row


@transaction.atomic
def take_out_involvement(*, involvement: Involvement, actor: Capacity, at: datetime) -> None:
    """Show a line no more that was written by mistake; the row is kept. Taken out already, it stays out."""
    row = Involvement.objects.select_for_update(of=("self",)).get(pk=involvement.pk)
    _require_leader(row.agreement, actor)
    if row.taken_out_at is not None:
        return
    row.taken_out_at = at
    row.save(update_fields=["taken_out_at"])
    audit.record(name="agreements.involvement.take_out", subject=row, actor=actor, at=at)
