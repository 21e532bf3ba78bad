# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Noting that a version lies in the municipality's own archive: beside the text, outside its control code."""

import hashlib
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from samspil.agreements.actions.locking import locked
from samspil.agreements.file_models import Filing
from samspil.agreements.models import AgreementVersion
from samspil.agreements.permissions import FILE, PRINTED
from samspil.audit import actions as audit
from samspil.foundation.capacity import Capacity
from samspil.foundation.errors import Refusal


@transaction.atomic
def note_filing(
    *, version: AgreementVersion, case_number: str, filed_on: date | None, actor: Capacity, on: date, at: datetime
) -> Filing:
    """Note the case number and the day it was filed, by the leader or the secretariat; noted again, it is corrected."""
    current = locked(version)
    FILE.require(actor, current.agreement.workplace)
    if current.state not in PRINTED:
        raise Refusal(_("Only an agreement that has been decided on is filed."))
    if filed_on is not None and filed_on > on:
        raise Refusal(_("Choose today or a day that has passed."))
    filing, _is_new = Filing.objects.update_or_create(
        version=current,
        defaults={
            "case_number": case_number,
            "filed_on": filed_on,
            "noted_at": at,
            "noted_by_id": actor.person,
        },
    )
    audit.record(
        name="agreements.filing.note",
        subject=current,
        actor=actor,
        at=at,
        changes={
            "case_number_sha256": hashlib.sha256(case_number.encode()).hexdigest() if case_number else "",
            "filed_on": filed_on.isoformat() if filed_on else "",
        },
    )
    return filing
