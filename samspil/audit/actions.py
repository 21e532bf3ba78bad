# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The one write: ``record``, called only from the actions of the areas."""

from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from samspil.audit.chain import event_mac
from samspil.audit.models import ChainHead, Event, Pseudonym, ReadEvent
from samspil.foundation.capacity import Capacity
from samspil.foundation.errors import Refusal
from samspil.foundation.tenancy import current_municipality_id

SAME_LOOK = timedelta(minutes=15)


class WrongMunicipalityError(Refusal):
    """Somebody of another municipality tried to do something here."""


def _as_written(actor: Capacity) -> dict[str, Any]:
    if actor.pseudonym:
        return {"pseudonym": actor.pseudonym, "role": actor.role, "unit": actor.unit_name}
    return {
        "person": actor.person_name,
        "title": actor.title,
        "role": actor.role,
        "unit": actor.unit_name,
        "user": actor.user_id,
        "assignment": actor.assignment_id,
    }


@transaction.atomic
def record(
    *, name: str, subject: models.Model, actor: Capacity, at: datetime, changes: dict[str, Any] | None = None
) -> Event:
    """Append one event; ``name`` is ``area.thing.verb``.

    ``changes`` holds codes, dates, numbers and hashes: no free text, no personal values.
    Call it last in an action, because it takes the lock of the chain. Raises
    ``WrongMunicipalityError`` for an actor of another municipality, so no action can be theirs.
    """
    municipality_id = current_municipality_id()
    if actor.municipality_id != municipality_id:
        raise WrongMunicipalityError(_("You act in another municipality. Change role, and try again."))
    ChainHead.objects.get_or_create(municipality_id=municipality_id)
    head = ChainHead.objects.select_for_update().get()
    written = _as_written(actor)
    subject_of = (subject._meta.label_lower, str(subject.pk))  # noqa: SLF001 - Django's public name for it
    sequence = head.sequence + 1
    mac = event_mac(
        municipality_id=municipality_id,
        sequence=sequence,
        at=at,
        name=name,
        capacity=written,
        subject=subject_of,
        changes=changes or {},
        prev=head.mac,
    )
    event = Event.objects.create(
        sequence=sequence,
        at=at,
        name=name,
        capacity=written,
        subject_type=subject_of[0],
        subject_id=subject_of[1],
        changes=changes or {},
        prev=head.mac,
        mac=mac,
    )
    head.sequence, head.mac = sequence, mac
    head.save(update_fields=["sequence", "mac"])
    return event


def give_pseudonym(*, kind: str, key: object) -> str:
    """Give a volunteer or an applicant the pseudonym under which they stand in the audit."""
    row, _ = Pseudonym.objects.get_or_create(kind=kind, key=str(key))
    return str(row.token)


def take_pseudonym(*, kind: str, key: object) -> None:
    """Forget who a pseudonym is; the events stay, and nobody can tell any more whose they are."""
    Pseudonym.objects.filter(kind=kind, key=str(key)).delete()


def note_read(*, subject: models.Model, page: str, actor: Capacity, at: datetime) -> None:
    """Note that somebody looked at a record; again within a quarter of an hour is the same look."""
    label, key = subject._meta.label_lower, str(subject.pk)  # noqa: SLF001 - Django's public name for it
    same = {"subject_type": label, "subject_id": key, "reader_id": actor.person, "page": page}
    if not ReadEvent.objects.filter(at__gt=at - SAME_LOOK, role=actor.role_label, **same).exists():
        ReadEvent.objects.create(role=actor.role_label, unit=actor.unit_name, at=at, **same)


def forget_reads(*, before: datetime) -> int:
    """Delete the older lines of who has read; how old, the municipality decides."""
    return ReadEvent.objects.filter(at__lt=before).delete()[0]


def forget_reads_about(*, label: str, key: object) -> None:
    """Delete who has read one record, when it goes itself."""
    ReadEvent.objects.filter(subject_type=label, subject_id=str(key)).delete()
