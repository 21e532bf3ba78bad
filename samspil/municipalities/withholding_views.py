# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Units with a secret address: taken off the open pages, and put back; both ask first."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.foundation.views import PermissionView
from samspil.municipalities import actions
from samspil.municipalities.models import Unit
from samspil.municipalities.permissions import EDIT_UNITS, visible_units


class WithholdUnitView(PermissionView):
    """Taking a unit off the open pages, or, with ``is_withheld`` False, putting it back."""

    permission = EDIT_UNITS
    subject: Unit
    is_withheld = True

    def load(self, **kwargs: Any) -> Unit:
        """Find the unit; the top one is the municipality itself."""
        unit: Unit | None = visible_units(self.capacity).filter(slug=kwargs["slug"], parent__isnull=False).first()
        if unit is None:
            raise Http404
        return unit

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Ask."""
        del slug
        if not self.is_withheld:
            question = _("Show the unit on the open pages again?")
            consequences = [_("Everybody can read its name and its agreement without logging in.")]
            label = _("Yes, show it")
        else:
            question = _("Withhold the unit from the open pages?")
            consequences = [
                _("Nobody finds its name or its agreement without logging in, not even with the address."),
                _("Posters and links to its open page no longer lead anywhere."),
                _("The agreement itself is not changed, and those who work there read it as before."),
            ]
            label = _("Yes, withhold it")
        context = {
            "lead": self.subject.name,
            "question": question,
            "consequences": consequences,
            "action_label": label,
            "back_url": reverse("edit_unit", args=[self.subject.slug]),
        }
        return render(request, "foundation/confirm.html", context)

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Do it."""
        del slug
        unit = actions.withhold_unit(
            unit=self.subject, is_withheld=self.is_withheld, actor=self.capacity, at=timezone.now()
        )
        if unit.is_withheld:
            messages.success(request, _("%(name)s is withheld from the open pages.") % {"name": unit.name})
        else:
            messages.success(request, _("%(name)s is shown on the open pages.") % {"name": unit.name})
        return redirect("edit_unit", unit.slug)
