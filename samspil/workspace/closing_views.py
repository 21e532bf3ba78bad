# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Closing a workplace or merging it: asks first, and says what follows in every area (R26, R46)."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.agreements.queries import in_force_today, open_version, own_version_in_force
from samspil.foundation.errors import Refusal
from samspil.foundation.views import PermissionView
from samspil.med.queries import body_for
from samspil.municipalities import actions
from samspil.municipalities.forms import CloseUnitForm
from samspil.municipalities.models import Unit
from samspil.municipalities.permissions import EDIT_UNITS, visible_units
from samspil.people.models import RoleAssignment
from samspil.people.queries import roles_from


class CloseUnitView(PermissionView):
    """From which day, what it becomes a part of, and what follows."""

    permission = EDIT_UNITS
    subject: Unit

    def load(self, **kwargs: Any) -> Unit:
        """Find the unit; the top one is the municipality itself."""
        unit: Unit | None = visible_units(self.capacity).filter(slug=kwargs["slug"], parent__isnull=False).first()
        if unit is None:
            raise Http404
        return unit

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Ask."""
        del request
        if self.subject.closed_from is not None:
            return redirect("edit_unit", slug)
        return self.show(CloseUnitForm())

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Close it; what the rules refuse is said above the form."""
        form = CloseUnitForm(request.POST)
        if not form.is_valid():
            return self.show(form)
        try:
            actions.close_unit(unit=self.subject, **form.cleaned_data, actor=self.capacity, at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.show(form)
        messages.success(request, _("Saved."))
        return redirect("edit_unit", slug)

    def show(self, form: CloseUnitForm) -> HttpResponse:
        """Ask, with what follows and who has a role there."""
        unit = self.subject
        context = {
            "unit": unit,
            "form": form,
            "question": _("Close or merge %(name)s?") % {"name": unit.name},
            "consequences": self.consequences(),
            "people": roles_from(self.capacity.on, among=RoleAssignment.objects.get_queryset().filter(unit=unit)),
            "action_label": _("Yes, close it"),
            "back_url": reverse("edit_unit", args=[unit.slug]),
        }
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        return render(self.request, "workspace/close_unit.html", context, status=status)

    def consequences(self) -> list[str]:
        """Return what follows, in sentences."""
        unit, on = self.subject, self.capacity.on
        lines = [_("From that day it stands in no lists, no choices, no reminders and not in the overview.")]
        if unit.is_workplace:
            lines += self._about_the_agreement()
            lines.append(
                _("Links and posters lead to the place that it becomes a part of. If it just closes, they say so.")
            )
            body = body_for(unit, on)
            if body is not None:
                lines.append(_("%(body)s keeps everything that was discussed.") % {"body": body.name})
        lines.append(_("It can be opened again."))
        return lines

    def _about_the_agreement(self) -> list[str]:
        unit = self.subject
        lines = []
        current, on_its_way = own_version_in_force(unit.pk), open_version(unit.pk)
        if current is not None and current.agreement.workplace_id == unit.pk:
            lines.append(_("Its agreement holds until then. After that it can be read, and nothing more."))
            held = in_force_today().filter(version=current).exclude(unit=unit).select_related("unit")
            if names := ", ".join(row.unit.name for row in held):
                lines.append(
                    _("Its agreement covers %(places)s too. They stand without one from then on.") % {"places": names}
                )
        if on_its_way is not None:
            lines.append(
                _("Version %(number)d is on its way (%(state)s). It waits, and can be neither sent nor decided on.")
                % {"number": on_its_way.number, "state": on_its_way.get_state_display()}
            )
        return lines
