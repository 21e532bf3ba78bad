# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The poster of a workplace: its name, one sentence, and the way to its open page."""

from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from samspil.agreements.models import AgreementVersion
from samspil.foundation.pdf.poster import Poster
from samspil.municipalities.models import Unit


def poster_of(workplace: Unit, version: AgreementVersion) -> Poster:
    """Return the poster, in Danish whatever language the pages are read in; no names of people."""
    municipality = workplace.municipality
    path = reverse("open_workplace", args=[municipality.slug, workplace.slug])
    with override(settings.LANGUAGE_CODE):
        return Poster(
            title=_("Volunteers with us"),
            workplace=workplace.name,
            sentence=_("Read what volunteers do here, and what we have agreed."),
            scan=_("Point your phone's camera at the square."),
            address=f"{settings.BASE_URL}{path}",
            alternative=_("QR code that leads to the page “Volunteers with us” of %(workplace)s")
            % {"workplace": workplace.name},
            municipality=municipality.name,
            contact=", ".join(part for part in (municipality.contact_phone, municipality.contact_email) if part),
            date=version.in_force_from or date(2000, 1, 1),
        )
