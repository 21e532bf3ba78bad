# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Reading the audit: is it whole, and what happened to one thing."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models.functions import Cast

from samspil.audit.chain import event_mac
from samspil.audit.models import ChainHead, Event, Pseudonym, ReadEvent
from samspil.foundation.tenancy import current_municipality_id


@dataclass(frozen=True)
class Break:
    """A place where the chain does not hold."""

    sequence: int
    reason: str


@dataclass(frozen=True)
class Head:
    """How far the chain had come; exported daily and kept elsewhere."""

    sequence: int
    mac: str


def head() -> Head:
    """Return the end of this municipality's chain; (0, "") before the first event."""
    row = ChainHead.objects.first()
    return Head(row.sequence, row.mac) if row else Head(0, "")


def breaks(*, exported: Head | None = None) -> Iterator[Break]:
    """Yield every break: a row changed, removed or put in without the key, or a tail cut off.

    A cut tail is seen against the head table and, where the whole database was turned
    back, against the last ``exported`` head.
    """
    expected, prev = 1, ""
    seen: dict[int, str] = {}
    for event in Event.objects.order_by("sequence").iterator(chunk_size=2000):
        if event.sequence != expected:
            yield Break(expected, "missing")
            expected = event.sequence
        mac = event_mac(
            municipality_id=current_municipality_id(),
            sequence=event.sequence,
            at=event.at,
            name=event.name,
            capacity=event.capacity,
            subject=(event.subject_type, event.subject_id),
            changes=event.changes,
            prev=event.prev,
        )
        if mac != event.mac:
            yield Break(event.sequence, "changed")
        elif event.prev != prev:
            yield Break(event.sequence, "not chained")
        if exported and event.sequence == exported.sequence:
            seen[event.sequence] = event.mac
        expected, prev = event.sequence + 1, event.mac
    last = head()
    if last.sequence != expected - 1 or last.mac != prev:
        yield Break(expected, "cut")
    if exported and exported.sequence and seen.get(exported.sequence) != exported.mac:
        yield Break(exported.sequence, "differs from the export")


def events_of(subject: models.Model) -> models.QuerySet[Event]:
    """Return what happened to ``subject``, oldest first."""
    return Event.objects.filter(
        subject_type=subject._meta.label_lower,  # noqa: SLF001 - Django's public name for it
        subject_id=str(subject.pk),
    ).order_by("sequence")


def events_about(subjects: Mapping[str, Iterable[int]]) -> models.QuerySet[Event]:
    """Return what happened to many things at once, given as keys by the label of their model, oldest first.

    Keys can be a QuerySet of rows: they are then found in the same query.
    """
    about = models.Q(pk__in=[])
    for label, keys in subjects.items():
        about |= models.Q(subject_type=label, subject_id__in=_as_text(keys))
    return Event.objects.filter(about).order_by("sequence")


def _as_text(keys: Iterable[int]) -> Any:
    if isinstance(keys, models.QuerySet):
        return keys.annotate(_key=Cast("pk", models.CharField())).values("_key")
    return [str(key) for key in keys]


def pseudonym_of(*, kind: str, key: object) -> str:
    """Return the pseudonym of a person; raises ``Pseudonym.DoesNotExist`` where none was given."""
    return str(Pseudonym.objects.get(kind=kind, key=str(key)).token)


def reads_of(subject: models.Model) -> models.QuerySet[ReadEvent]:
    """Return who has looked at a record, newest first."""
    return ReadEvent.objects.filter(
        subject_type=subject._meta.label_lower,  # noqa: SLF001 - Django's public name for it
        subject_id=str(subject.pk),
    ).select_related("reader")
