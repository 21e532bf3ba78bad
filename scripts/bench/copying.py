# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0


"""Copies the agreement of one workplace to others, with its dialogue, its papers, what people were told and the audit."""

import copy
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models

from samspil.agreements.models import (
    Agreement,
    AgreementPerson,
    AgreementVersion,
    BoundaryDecision,
    InForce,
    LocalPrinciple,
    Section,
    Task,
)
from samspil.audit.chain import event_mac
from samspil.audit.models import ChainHead, Event
from samspil.foundation.tenancy import current_municipality_id
from samspil.med.models import (
    Committee,
    Confirmation,
    ConfirmationLink,
    Dialogue,
    Membership,
    Paper,
    Participant,
    Position,
    StandingAnswer,
)
from samspil.municipalities.models import Unit
from samspil.notifications.models import Message
from samspil.people.models import RoleAssignment, User

BATCH = 2_000
Key = tuple[type[models.Model], Any]
# How the rows of one workplace are found; in an order in which each refers to earlier ones (or is deferred).
COPIED: tuple[tuple[type[models.Model], str], ...] = (
    (Agreement, "workplace"),
    (AgreementPerson, "agreement__workplace"),
    (Dialogue, "committee__covered__unit"),
    (Paper, "dialogue__committee__covered__unit"),
    (Participant, "dialogue__committee__covered__unit"),
    (Position, "dialogue__committee__covered__unit"),
    (StandingAnswer, "dialogue__committee__covered__unit"),
    (Confirmation, "dialogue__committee__covered__unit"),
    (ConfirmationLink, "confirmation__dialogue__committee__covered__unit"),
    (AgreementVersion, "agreement__workplace"),
    (Section, "version__agreement__workplace"),
    (LocalPrinciple, "version__agreement__workplace"),
    (Task, "version__agreement__workplace"),
    (BoundaryDecision, "version__agreement__workplace"),
    (InForce, "unit"),
)


@dataclass(frozen=True)
class Original:
    """A workplace with all that the rows of its agreement refer to."""

    unit: Unit
    body: Committee
    staff: Sequence[RoleAssignment]

    def references(self, seats: dict[int, list[int]]) -> list[Key]:
        """Return what rows can refer to, in an order that is the same at every workplace."""
        people = [key for one in self.staff for key in ((User, one.user_id), (RoleAssignment, one.pk))]
        members = [(Membership, pk) for pk in seats[self.body.pk]]
        return [(Unit, self.unit.pk), (Committee, self.body.pk), *members, *people]


class _Copier:
    """Gives each copied row a key of its own, and points it to the copies of what it pointed to."""

    def __init__(self) -> None:
        self.next_key: dict[type[models.Model], int] = {}
        self.made: dict[type[models.Model], list[models.Model]] = defaultdict(list)

    def key(self, model: type[models.Model]) -> int:
        """Return a key that is free."""
        if model not in self.next_key:
            highest = model._default_manager.aggregate(highest=models.Max("pk"))["highest"]
            self.next_key[model] = (highest or 0) + 1
        key = self.next_key[model]
        self.next_key[model] = key + 1
        return key

    def copy(self, rows: Iterable[models.Model], known: dict[Key, Any], slugs: tuple[str, str]) -> None:
        """Copy the rows of one workplace; ``known`` says what each reference becomes, and learns the new keys."""
        rows = list(rows)
        for row in rows:
            known[type(row), row.pk] = self.key(type(row))
        for row in rows:
            new = copy.copy(row)
            for field in row._meta.concrete_fields:
                value = getattr(row, field.attname)
                if field.primary_key:
                    value = known[type(row), value]
                elif isinstance(field.remote_field, models.ForeignObjectRel) and field.related_model is not None:
                    value = known.get((field.related_model, value), value)
                elif field.name == "link" and isinstance(value, str):
                    value = value.replace(f"/{slugs[0]}/", f"/{slugs[1]}/")
                elif field.name == "token_sha256":
                    value = f"{new.pk:064d}"
                setattr(new, field.attname, value)
            self.made[type(row)].append(new)


def copy_agreements(original: Original, others: Sequence[Original]) -> None:
    """Give each of the other workplaces the agreement of the first, in bulk."""
    seats: dict[int, list[int]] = defaultdict(list)
    for pk, committee in Membership.objects.order_by("pk").values_list("pk", "committee_id"):
        seats[committee].append(pk)
    rows = [row for model, path in COPIED for row in model._default_manager.filter(**{path: original.unit})]
    told = list(Message.objects.filter(recipient__in=[one.user_id for one in original.staff]))
    labels = {row._meta.label_lower: type(row) for row in rows}
    keys = {(row._meta.label_lower, str(row.pk)) for row in rows}
    events = [e for e in Event.objects.order_by("sequence") if (e.subject_type, e.subject_id) in keys]
    copier, chain = _Copier(), _Chain()
    for other in others:
        known = dict(zip(original.references(seats), other.references(seats), strict=False))
        changed: dict[Key, Any] = {old: new[1] for old, new in known.items()}
        slugs = (original.unit.slug, other.unit.slug)
        # A smaller workplace has fewer to tell.
        copier.copy([*rows, *(one for one in told if (User, one.recipient_id) in changed)], changed, slugs)
        for event in events:
            model = labels[event.subject_type]
            old_key = model._meta.pk.to_python(event.subject_id)
            chain.append(event, str(changed[model, old_key]), other.staff[0])
    written: list[type[models.Model]] = [*(model for model, _ in COPIED), Message]
    for model in written:
        model._default_manager.bulk_create(copier.made[model], BATCH)
    chain.write()
    _advance_sequences(written)


class _Chain:
    """Adds copied events to the audit, so that it stays whole."""

    def __init__(self) -> None:
        self.head = ChainHead.objects.get()
        self.events: list[Event] = []

    def append(self, event: Event, subject: str, leader: RoleAssignment) -> None:
        """Let the leader of the other workplace have done the same."""
        new = copy.copy(event)
        new.pk = None
        new._state = type(event._state)()
        capacity = {**event.capacity, "user": leader.user_id, "assignment": leader.pk}
        self.head.sequence += 1
        new.sequence, new.subject_id, new.capacity, new.prev = self.head.sequence, subject, capacity, self.head.mac
        new.mac = self.head.mac = event_mac(
            municipality_id=current_municipality_id(), sequence=new.sequence, at=new.at, name=new.name,
            capacity=capacity, subject=(new.subject_type, subject), changes=new.changes, prev=new.prev,
        )  # fmt: skip
        self.events.append(new)

    def write(self) -> None:
        """Write the events and the new end of the chain."""
        Event.objects.bulk_create(self.events, BATCH)
        self.head.save(update_fields=["sequence", "mac"])


def _advance_sequences(written: Sequence[type[models.Model]]) -> None:
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(written)):
            cursor.execute(statement)
