# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Taking the closing of a unit back; closing itself is asked about by the pages that join areas."""

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
from samspil.municipalities.queries import closing_in_words


class ReopenUnitView(PermissionView):
    """Opening a closed unit again, or dropping a closing that is to come."""

    permission = EDIT_UNITS
    subject: Unit

    def load(self, **kwargs: Any) -> Unit:
        """Find the unit; the top one is never closed."""
        units = visible_units(self.capacity).filter(slug=kwargs["slug"], parent__isnull=False)
        unit: Unit | None = units.select_related("succeeded_by").first()
        if unit is None:
            raise Http404
        return unit

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Ask."""
        del slug
        unit = self.subject
        context = {
            "lead": closing_in_words(unit, self.capacity.on),
            "question": _("Open %(name)s again?") % {"name": unit.name},
            "consequences": [
                _("It stands in lists, choices and the overview again."),
                _("What it had agreed counts as before, and what was on its way goes on."),
                _("Its pages no longer lead anywhere else."),
            ],
            "action_label": _("Yes, open it again"),
            "back_url": reverse("edit_unit", args=[unit.slug]),
        }
        return render(request, "foundation/confirm.html", context)

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Do it."""
        del slug
        unit = actions.reopen_unit(unit=self.subject, actor=self.capacity, at=timezone.now())
        messages.success(request, _("%(name)s is open again.") % {"name": unit.name})
        return redirect("edit_unit", unit.slug)
