# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Bodies and members read in from a table."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from samspil.audit import actions as audit
from samspil.foundation.capacity import Capacity
from samspil.foundation.errors import Refusal
from samspil.foundation.importing import Plan, settle
from samspil.foundation.tables import Table
from samspil.med.actions.committees import free_slug
from samspil.med.importing import BodyRef, NewBody, NewCover, NewLevel, NewSeat, SeatChange, med_here, plan
from samspil.med.models import Committee, CoveredByCommittee, Membership
from samspil.med.permissions import IMPORT_MEMBERS
from samspil.municipalities.models import Municipality

_BATCH = 500


@transaction.atomic
def import_members(*, table: Table, actor: Capacity, on: date, at: datetime, expected: str = "") -> Plan:
    """Read bodies and members in, all or nothing; ``expected`` is the fingerprint of the plan that somebody saw.

    Who is not in the table stays as they are. Raises ``PlanRefusedError``.
    """
    IMPORT_MEMBERS.require(actor)
    municipality = Municipality.objects.select_for_update().get(pk=actor.municipality_id)
    found = plan(table, med_here(on, actor.user_id), on)
    settle(found, expected)
    if found.does_nothing:
        return found
    try:
        with transaction.atomic():
            _write(found.writes, at)
    except IntegrityError as error:
        raise Refusal(_("Somebody has just changed one of these bodies. Choose the file again.")) from error
    audit.record(
        name="med.members.import",
        subject=municipality,
        actor=actor,
        at=at,
        changes={**found.counts, "file": table.sha256},
    )
    return found


def _write(writes: Sequence[Any], at: datetime) -> None:
    made: dict[BodyRef, int] = {}
    for new in (write for write in writes if isinstance(write, NewBody)):
        committee = Committee.objects.create(
            name=new.name,
            slug=free_slug(new.name),
            level=new.level,
            is_staff_meeting=new.is_staff_meeting,
            created_at=at,
        )
        made[new.ref] = committee.pk
    for level in (write for write in writes if isinstance(write, NewLevel)):
        Committee.objects.filter(pk=level.body).update(level=level.level)
    CoveredByCommittee.objects.bulk_create(
        [
            CoveredByCommittee(committee_id=made.get(write.body, write.body), unit_id=write.unit_id)
            for write in writes
            if isinstance(write, NewCover)
        ],
        batch_size=_BATCH,
    )
    changed = {write.pk: dict(write.fields) for write in writes if isinstance(write, SeatChange)}
    seats = list(Membership.objects.filter(pk__in=changed))
    for seat in seats:
        for name, value in changed[seat.pk].items():
            setattr(seat, name, value)
    Membership.objects.bulk_update(seats, ("function", "side", "from_date", "until"), batch_size=_BATCH)
    Membership.objects.bulk_create(
        [
            Membership(
                committee_id=made.get(write.body, write.body),
                user_id=write.user_id,
                function=write.function,
                side=write.side,
                from_date=write.from_date,
                until=write.until,
            )
            for write in writes
            if isinstance(write, NewSeat)
        ],
        batch_size=_BATCH,
    )
