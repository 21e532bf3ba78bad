# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""*Frivillige uden aftale*: what the situation is, and how one meets them (R28 to R32)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from samspil.foundation.views import PermissionView
from samspil.frameworks.models import Purpose
from samspil.frameworks.queries import element_with_purpose, version_in_force
from samspil.people.queries import units_reached
from samspil.volunteering.permissions import LIST


class WithoutAgreementView(PermissionView):
    """Volunteers who come without the municipality's doing."""

    permission = LIST

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show it, in the framework's words where it has them."""
        framework = version_in_force(self.capacity.on)
        own = units_reached(self.capacity).filter(pk=self.capacity.unit_id or 0, is_workplace=True).first()
        context = {
            "framework": framework,
            "rule": element_with_purpose(framework, Purpose.WITHOUT_AGREED_FRAME),
            "own": own,
        }
        return render(request, "volunteering/without_agreement.html", context)
