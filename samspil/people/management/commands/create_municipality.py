# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Create a real municipality with its first administrator."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email, validate_slug
from django.db import OperationalError, ProgrammingError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.foundation import tenancy
from samspil.foundation.capacity import system_capacity
from samspil.foundation.errors import Refusal
from samspil.municipalities.actions import address_of, create_municipality
from samspil.municipalities.models import Municipality, Unit
from samspil.people.actions import grant_role
from samspil.people.models import Role


class Command(BaseCommand):
    """``samspil create-municipality "Eksempelby Kommune" --admin-name … --admin-email …``."""

    help = "Create a municipality with its first administrator, who then logs in by e-mail."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="the municipality's name, as people write it")
        parser.add_argument("--slug", help="its part of open addresses; made from the name when left out")
        parser.add_argument("--admin-name", required=True)
        parser.add_argument("--admin-email", required=True)
        parser.add_argument("--contact-email", default="")
        parser.add_argument("--contact-phone", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        del args
        slug = options["slug"] or address_of(options["name"])
        try:
            validate_slug(slug)
            validate_email(options["admin_email"])
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        try:
            municipality = self._create(slug=slug, **{key: options[key] for key in KEYS})
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        except (OperationalError, ProgrammingError) as error:
            raise CommandError(
                _("The database has no tables yet, or cannot be reached. Run samspil migrate first. (%(said)s)")
                % {"said": str(error).splitlines()[0]}
            ) from error
        self.stdout.write(
            _("%(name)s has been created. %(admin)s logs in at %(address)s with %(email)s.")
            % {
                "name": municipality.name,
                "admin": options["admin_name"],
                "address": settings.BASE_URL + reverse("account_login"),
                "email": options["admin_email"],
            }
        )

    @transaction.atomic
    def _create(
        self, *, slug: str, name: str, admin_name: str, admin_email: str, contact_email: str, contact_phone: str
    ) -> Municipality:
        at, on = timezone.now(), timezone.localdate()
        municipality = create_municipality(
            name=name, slug=slug, at=at, contact_email=contact_email, contact_phone=contact_phone
        )
        with tenancy.scope(municipality.pk):
            grant_role(
                email=admin_email,
                name=admin_name,
                role=Role.ADMINISTRATOR,
                unit=Unit.objects.get(parent=None),
                from_date=on,
                actor=system_capacity(municipality_id=municipality.pk, on=on, name="samspil create-municipality"),
                at=at,
            )
        return municipality


KEYS = ("name", "admin_name", "admin_email", "contact_email", "contact_phone")
