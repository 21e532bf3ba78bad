# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Who may change the municipality itself. Its rows are seen by the administrator only, on these pages."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samspil.foundation.capacity import Capacity
from samspil.foundation.permission import Permission
from samspil.municipalities.models import ClosedDay, Unit
from samspil.notifications.models import Delivery
from samspil.notifications.queries import failures

ADMINISTRATOR = "administrator"
"""``people.Role.ADMINISTRATOR``: people stand above and cannot be asked here."""


def visible_units(capacity: Capacity) -> models.QuerySet[Unit]:
    """Return the units that can be administered."""
    return Unit.objects.all() if capacity.role == ADMINISTRATOR else Unit.objects.none()


def visible_closed_days(capacity: Capacity) -> models.QuerySet[ClosedDay]:
    """Return the closed days that can be administered."""
    return ClosedDay.objects.all() if capacity.role == ADMINISTRATOR else ClosedDay.objects.none()


def visible_failures(capacity: Capacity) -> models.QuerySet[Delivery]:
    """Return the e-mails that did not get there, for the secretariat."""
    return failures() if capacity.role == ADMINISTRATOR else Delivery.objects.none()


def administers_the_municipality(capacity: Capacity, _subject: object) -> bool:
    """Whether the capacity is that of the secretariat."""
    return capacity.role == ADMINISTRATOR


ADMINISTER = Permission("municipalities.administer", administers_the_municipality, _("the HR/MED secretariat"))
EDIT_UNITS = Permission("municipalities.edit_units", administers_the_municipality, _("the HR/MED secretariat"))
IMPORT_UNITS = Permission("municipalities.import_units", administers_the_municipality, _("the HR/MED secretariat"))
EDIT_CLOSED_DAYS = Permission(
    "municipalities.edit_closed_days", administers_the_municipality, _("the HR/MED secretariat")
)
EDIT_JOURNAL = Permission("municipalities.edit_journal", administers_the_municipality, _("the HR/MED secretariat"))
EDIT_CONTACT = Permission("municipalities.edit_contact", administers_the_municipality, _("the HR/MED secretariat"))
EDIT_PUBLIC_TEXTS = Permission(
    "municipalities.edit_public_texts", administers_the_municipality, _("the HR/MED secretariat")
)
SEE_OPERATIONS = Permission("municipalities.see_operations", administers_the_municipality, _("the HR/MED secretariat"))
RUN_MAIL = Permission("municipalities.run_mail", administers_the_municipality, _("the HR/MED secretariat"))
