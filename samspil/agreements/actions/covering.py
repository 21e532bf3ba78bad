# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Saying which further places the agreement holds for, and holding them when it begins (R26, R46)."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.agreements.actions.drafting import AT_THE_TABLE, changed
from samspil.agreements.actions.locking import for_writing
from samspil.agreements.covering import covered_by, places_for
from samspil.agreements.models import AgreementVersion, CoveredUnit, InForce
from samspil.audit import actions as audit
from samspil.foundation.capacity import Capacity
from samspil.foundation.errors import Refusal
from samspil.municipalities.models import Unit


@transaction.atomic
def set_covered(
    *, version: AgreementVersion, notes: Mapping[int, str], actor: Capacity, on: date, at: datetime
) -> AgreementVersion:
    """Say which further places the agreement holds for, each with its note; part of the content.

    Raises ``Refusal`` for a place that neither has the same leader nor stands right under the workplace.
    """
    current = for_writing(version, actor, AT_THE_TABLE)
    before = {row.unit_id: row for row in covered_by(current)}
    may = {unit.pk for unit in places_for(current.agreement.workplace, actor.user_id, on)}
    for unit in Unit.objects.filter(pk__in=notes.keys() - before.keys() - may):
        raise Refusal(_("%(place)s is not led by the same leader, and cannot be covered.") % {"place": unit.name})
    wanted = {pk: note for pk, note in notes.items() if pk in before or pk in may}
    if wanted == {pk: row.note for pk, row in before.items()}:
        return current
    CoveredUnit.objects.filter(version=current).delete()
    CoveredUnit.objects.bulk_create(CoveredUnit(version=current, unit_id=pk, note=wanted[pk]) for pk in sorted(wanted))
    changed(current, actor, at)
    audit.record(
        name="agreements.version.set_covered", subject=current, actor=actor, at=at, changes={"units": sorted(wanted)}
    )
    return current


def hold_places(version: AgreementVersion) -> None:
    """Let the version be what is in force at its workplace and its further places; release those of the one before.

    A place that somebody else holds is never taken: the rows are unique. What a closed workplace still held is let go.
    """
    units = [version.agreement.workplace_id, *(row.unit_id for row in covered_by(version))]
    InForce.objects.filter(version__agreement=version.agreement_id).delete()
    held = InForce.objects.filter(unit_id__in=units)
    held.filter(version__agreement__workplace__closed_from__lte=timezone.localdate()).delete()
    InForce.objects.bulk_create(InForce(unit_id=unit, version=version) for unit in units)
