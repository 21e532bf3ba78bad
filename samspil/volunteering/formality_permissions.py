# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Who makes the rules of what must be in place, who orders certificates, and who goes through the volunteers."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samspil.foundation.capacity import Capacity
from samspil.foundation.permission import Permission
from samspil.municipalities.models import Unit
from samspil.municipalities.queries import ids_above, units_below
from samspil.people.models import STAFF_ROLES, Role
from samspil.volunteering.models import CertificateOrder, FormalityRule, InsuranceLine


def visible_rules(capacity: Capacity) -> models.QuerySet[FormalityRule]:
    """Return the rules that can be edited: all of them, by the secretariat."""
    return FormalityRule.objects.all() if capacity.role == Role.ADMINISTRATOR else FormalityRule.objects.none()


def visible_insurance_lines(capacity: Capacity) -> models.QuerySet[InsuranceLine]:
    """Return the lines of the table that can be edited: all of them, by the secretariat."""
    return InsuranceLine.objects.all() if capacity.role == Role.ADMINISTRATOR else InsuranceLine.objects.none()


def visible_orders(capacity: Capacity) -> models.QuerySet[CertificateOrder]:
    """Return the certificates that somebody orders: those for workplaces below the unit that the role was given at."""
    if capacity.role != Role.CERTIFICATE_ORDERER or capacity.unit_id is None:
        return CertificateOrder.objects.none()
    below = units_below(capacity.unit_id).values("pk")
    return CertificateOrder.objects.filter(engagement__workplace__in=below, engagement__volunteer__isnull=False)


def _administers(capacity: Capacity, _subject: object) -> bool:
    return capacity.role == Role.ADMINISTRATOR


def _orders_for(capacity: Capacity, unit: Unit) -> bool:
    """Whether the certificates of a unit are theirs: it is the unit of the role, or stands below it."""
    if capacity.role != Role.CERTIFICATE_ORDERER or capacity.unit_id is None:
        return False
    return capacity.unit_id == unit.pk or capacity.unit_id in ids_above(unit.pk)


def _looks_after_somebody(capacity: Capacity, _subject: object) -> bool:
    return capacity.role in STAFF_ROLES


EDIT_RULES = Permission("volunteering.edit_rules", _administers, _("the HR/MED secretariat"))
EDIT_INSURANCE = Permission("volunteering.edit_insurance", _administers, _("the HR/MED secretariat"))
ORDER_CERTIFICATES = Permission(
    "volunteering.order_certificates", _orders_for, _("those who have the role of orderer of certificates")
)
REVIEW = Permission("volunteering.review", _looks_after_somebody, _("those who work with the volunteers"))
