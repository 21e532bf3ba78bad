# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Order certificates, and follow the volunteer's consent. The certificate itself is never kept here."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.audit import actions as audit
from samspil.foundation.capacity import Capacity
from samspil.foundation.errors import Refusal
from samspil.municipalities.queries import ids_above
from samspil.notifications.actions import tell
from samspil.notifications.kinds import Kind
from samspil.people.models import Role, RoleAssignment
from samspil.volunteering.formality_items import CONSENT_DAYS, items_of
from samspil.volunteering.formality_permissions import visible_orders
from samspil.volunteering.models import CertificateOrder, Engagement
from samspil.volunteering.permissions import LOOK_AFTER
from samspil.volunteering.states import HERE


def want_certificates(*, engagements: Sequence[Engagement], on: date, at: datetime) -> int:
    """Put the certificates that are not in place before whoever orders them, once each; those no longer asked go.

    Called by the actions that make them needed, so no actor is asked here. Return how many are new.
    """
    items = items_of(engagements, on)
    open_codes = {
        (key, item.code)
        for key, found in items.items()
        for item in found
        if item.rule.certificate and not item.is_in_place
    }
    rows = list(CertificateOrder.objects.filter(engagement__in=list(items)))
    gone = [row.pk for row in rows if (row.engagement_id, row.code) not in open_codes]
    CertificateOrder.objects.filter(pk__in=gone).delete()
    new = open_codes - {(row.engagement_id, row.code) for row in rows}
    add_orders(wanted=new, on=on)
    if new:
        concerned = {key for key, _code in new}
        tell_orderers(units={e.workplace_id for e in engagements if e.pk in concerned}, on=on, at=at)
    return len(new)


def add_orders(*, wanted: Iterable[tuple[int, str]], on: date) -> None:
    """Put certificates before whoever orders them, by engagement and code; those that wait already stay."""
    rows = [CertificateOrder(engagement_id=key, code=code, wanted_on=on) for key, code in sorted(wanted)]
    CertificateOrder.objects.bulk_create(rows, ignore_conflicts=True)


def tell_orderers(*, units: Iterable[int], on: date, at: datetime) -> None:
    """Tell whoever orders for these workplaces that somebody waits; once a day at most."""
    covering = {above for unit in set(units) for above in [unit, *ids_above(unit)]}
    orderers = RoleAssignment.objects.on(on).filter(role=Role.CERTIFICATE_ORDERER, unit__in=covering)
    tell(
        people=orderers.values_list("user_id", flat=True),
        key=f"volunteering.certificates:{on.isoformat()}",
        kind=Kind.ACT,
        title=_("A certificate is to be ordered for a volunteer"),
        link=reverse("certificates"),
        at=at,
    )


@transaction.atomic
def ask_for_certificate(*, engagement: Engagement, actor: Capacity, on: date, at: datetime) -> int:
    """Ask whoever orders certificates for those that are not in place."""
    engagement = (
        Engagement.objects.select_for_update(of=("self",))
        .select_related("workplace", "volunteer")
        .prefetch_related("tasks")
        .get(pk=engagement.pk)
    )
    LOOK_AFTER.require(actor, engagement)
    if engagement.state not in HERE:
        raise Refusal(_("The volunteer has stopped here."))
    asked = want_certificates(engagements=[engagement], on=on, at=at)
    audit.record(name="volunteering.certificate.ask", subject=engagement, actor=actor, at=at)
    return asked


def _orders(orders: Iterable[CertificateOrder], actor: Capacity) -> list[CertificateOrder]:
    """Lock the orders; raises ``Refusal`` when one of them is gone or not theirs."""
    keys = {order.pk for order in orders}
    theirs = visible_orders(actor).filter(pk__in=keys).values("pk")
    rows = list(
        CertificateOrder.objects.select_for_update(of=("self",))
        .filter(pk__in=theirs)
        .select_related("engagement__workplace")
        .order_by("pk")
    )
    if not keys:
        raise Refusal(_("Tick whom it is about."))
    if len(rows) != len(keys):
        raise Refusal(_("One of them is no longer waiting. Reload the page to see how things stand."))
    return rows


def _note(name: str, rows: list[CertificateOrder], actor: Capacity, at: datetime) -> None:
    for row in rows:
        audit.record(name=f"volunteering.certificate.{name}", subject=row.engagement, actor=actor, at=at)


@transaction.atomic
def order_certificates(*, orders: Iterable[CertificateOrder], actor: Capacity, on: date, at: datetime) -> int:
    """Note that certificates were ordered today, or again: the volunteer has fourteen days to consent."""
    rows = _orders(orders, actor)
    for row in rows:
        row.ordered_on, row.consent_until, row.consented_on = on, on + timedelta(days=CONSENT_DAYS), None
    CertificateOrder.objects.bulk_update(rows, ["ordered_on", "consent_until", "consented_on"])
    _note("order", rows, actor, at)
    return len(rows)


@transaction.atomic
def note_consents(*, orders: Iterable[CertificateOrder], actor: Capacity, on: date, at: datetime) -> int:
    """Note that the volunteers have consented, so that the answer is what is waited for."""
    rows = _orders(orders, actor)
    if any(row.ordered_on is None for row in rows):
        raise Refusal(_("Note first that the certificate was ordered."))
    for row in rows:
        row.consented_on = on
    CertificateOrder.objects.bulk_update(rows, ["consented_on"])
    _note("consent", rows, actor, at)
    return len(rows)
