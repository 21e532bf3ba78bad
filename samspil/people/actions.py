# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Writes about people and their roles."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from samspil.audit import actions as audit
from samspil.foundation.capacity import Capacity
from samspil.foundation.errors import Refusal
from samspil.foundation.importing import Plan, settle
from samspil.foundation.tables import Table
from samspil.municipalities.models import Municipality, Unit
from samspil.municipalities.queries import closing_in_words
from samspil.notifications.actions import forget_recipient
from samspil.people.importing import Change, NewRole, people_here, plan
from samspil.people.models import STAFF_ROLES, Role, RoleAssignment, User
from samspil.people.permissions import IMPORT_PEOPLE
from samspil.people.queries import municipalities_known_to

_BATCH = 500


@transaction.atomic
def grant_role(
    *, email: str, name: str, role: Role, unit: Unit, from_date: date, actor: Capacity, at: datetime, title: str = ""
) -> RoleAssignment:
    """Give a person a role at a unit; the person is created where the e-mail is new.

    A known e-mail keeps the name it has: one person, many capacities. Granting a role that the
    person holds already changes nothing.
    """
    if unit.is_closed(from_date):
        raise Refusal(_("%(why)s Choose another place.") % {"why": closing_in_words(unit, actor.on)})
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        user = User(email=email.lower(), name=name)
        user.set_unusable_password()
        user.save()
    held = RoleAssignment.objects.filter(user=user, role=role, unit=unit, until=None).first()
    if held is not None:
        return held
    assignment = RoleAssignment.objects.create(user=user, role=role, unit=unit, title=title, from_date=from_date)
    if role in {Role.VOLUNTEER, Role.PARTNER}:
        audit.give_pseudonym(kind="people.user", key=user.pk)
    audit.record(
        name="people.role.grant",
        subject=assignment,
        actor=actor,
        at=at,
        changes={"role": str(role), "unit": unit.slug, "from": from_date.isoformat()},
    )
    return assignment


@transaction.atomic
def end_role(*, assignment: RoleAssignment, on: date, actor: Capacity, at: datetime) -> RoleAssignment:
    """End a role; ``on`` is its last day. The last administrator cannot be taken away.

    Whoever has no role of their own here any longer stands in for nobody either.
    """
    if assignment.role == Role.ADMINISTRATOR:
        administrators = RoleAssignment.objects.get_queryset().filter(role=Role.ADMINISTRATOR)
        # Locked, so that the last two cannot end each other at once.
        list(administrators.select_for_update().order_by("pk").values_list("pk", flat=True))
        others = (
            RoleAssignment.objects.get_queryset()
            .on(on + timedelta(days=1))
            .filter(role=Role.ADMINISTRATOR)
            .exclude(pk=assignment.pk)
        )
        if not others.exists():
            raise Refusal(
                _("Somebody must be able to administer the municipality. Give another person the role first.")
            )
    assignment.until = max(on, assignment.from_date)
    assignment.save(update_fields=["until"])
    _end_standing_in(assignment.user_id, assignment.until)
    audit.record(
        name="people.role.end", subject=assignment, actor=actor, at=at, changes={"until": assignment.until.isoformat()}
    )
    return assignment


def _end_standing_in(user_id: int, on: date) -> None:
    """End where somebody stands in as a leader, when ``on`` is the last day of all their other roles here."""
    roles = RoleAssignment.objects.get_queryset().filter(user_id=user_id)
    goes_on = models.Q(until=None) | models.Q(until__gt=on)
    if roles.filter(goes_on, role__in=STAFF_ROLES, is_stand_in=False).exists():
        return
    roles.filter(is_stand_in=True, from_date__lte=on, until__gt=on).update(until=on)
    roles.filter(is_stand_in=True, from_date__gt=on).delete()


@transaction.atomic
def choose_capacity(*, assignment: RoleAssignment, actor: Capacity, at: datetime) -> None:
    """Note that somebody chose in which of their roles they act; the session keeps the choice (R14)."""
    audit.record(name="people.capacity.choose", subject=assignment, actor=actor, at=at, changes={"role": actor.role})


@transaction.atomic
def import_people(*, table: Table, actor: Capacity, on: date, at: datetime, expected: str = "") -> Plan:
    """Read employees in, all or nothing; ``expected`` is the fingerprint of the plan that somebody saw.

    Who is not in the table stays as they are. Raises ``PlanRefusedError``.
    """
    IMPORT_PEOPLE.require(actor)
    municipality = Municipality.objects.select_for_update().get(pk=actor.municipality_id)
    found = plan(table, people_here(table), on)
    settle(found, expected)
    if found.does_nothing:
        return found
    try:
        with transaction.atomic():
            _write_people(found.writes)
    except IntegrityError as error:
        raise Refusal(_("Somebody has just entered one of these people. Choose the file again.")) from error
    audit.record(
        name="people.roles.import",
        subject=municipality,
        actor=actor,
        at=at,
        changes={**found.counts, "file": table.sha256},
    )
    return found


def _write_people(writes: Sequence[Any]) -> None:
    changes = [write for write in writes if isinstance(write, Change)]
    _change(User, [change for change in changes if change.model == "user"])
    _change(RoleAssignment, [change for change in changes if change.model == "role"])
    news = [write for write in writes if isinstance(write, NewRole)]
    users: dict[str, User] = {}
    for new in news:
        if new.user_id is None and new.email not in users:
            users[new.email] = User(email=new.email, name=new.name)
            users[new.email].set_unusable_password()
    User.objects.bulk_create(users.values(), batch_size=_BATCH)
    RoleAssignment.objects.bulk_create(
        [
            RoleAssignment(
                user_id=users[new.email].pk if new.user_id is None else new.user_id,
                role=new.role,
                unit_id=new.unit_id,
                title=new.title,
                from_date=new.from_date,
                until=new.until,
                employee_number=new.number,
                username=new.username,
            )
            for new in news
        ],
        batch_size=_BATCH,
    )


def _change(model: type[models.Model], changes: Sequence[Change]) -> None:
    """Write the new values together: dates must fit at every moment."""
    values = {change.pk: dict(change.fields) for change in changes}
    names = sorted({name for fields in values.values() for name in fields})
    keys = list(values)
    for start in range(0, len(keys), _BATCH):
        rows = list(model._default_manager.filter(pk__in=keys[start : start + _BATCH]))  # noqa: SLF001 - Django's public name for it
        for row in rows:
            for name, value in values[row.pk].items():
                setattr(row, name, value)
        model._default_manager.bulk_update(rows, names)  # noqa: SLF001


@transaction.atomic
def forget_volunteers_login(*, user_id: int) -> None:
    """Take away the roles as a volunteer here; who has no role anywhere any more keeps no name, address or session.

    The emptied row stays, because other rows may point at it; nobody can log in with it.
    """
    roles = RoleAssignment.objects.get_queryset().filter(user_id=user_id)
    roles.filter(role=Role.VOLUNTEER).delete()
    if not roles.filter(role=Role.PARTNER).exists():
        audit.take_pseudonym(kind="people.user", key=user_id)
    if not roles.exists():
        forget_recipient(user_id=user_id)
    if municipalities_known_to(user_id):
        return
    user = User.objects.get(pk=user_id)
    keys = list(UserSession.objects.filter(user=user).values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(user=user).delete()
    EmailAddress.objects.filter(user=user).delete()
    user.name, user.email, user.is_active = "", f"{uuid4()}@forgotten.invalid", False
    user.save(update_fields=["name", "email", "is_active"])
