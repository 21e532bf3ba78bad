# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What employees have taken on for the volunteers; seen by all who work here, handed over when one likes (R64)."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspil.agreements.permissions import READ, visible_workplaces
from samspil.foundation.errors import Refusal
from samspil.volunteering import actions
from samspil.volunteering.lane_forms import HandOverForm
from samspil.volunteering.lane_queries import roles_taken_at
from samspil.volunteering.models import StaffRole
from samspil.volunteering.permissions import TAKE_ROLE
from samspil.volunteering.views.lanes import AtWorkplaceView, LaneFormView


class StaffRolesView(AtWorkplaceView):
    """Who has taken on what, and what one could take on."""

    permission = READ

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show it."""
        del kwargs
        taken = list(roles_taken_at(self.workplace.pk))
        mine = {row.kind for row in taken if row.user_id == self.capacity.user_id}
        takes = TAKE_ROLE.allows(self.capacity, self.workplace)
        kinds = [
            {
                "value": kind.value,
                "label": kind.label,
                "rows": [row for row in taken if row.kind == kind],
                "may_take": takes and kind not in mine,
            }
            for kind in StaffRole.Kind
        ]
        context = {"workplace": self.workplace, "kinds": kinds, "me": self.capacity.user_id if takes else None}
        return render(request, "volunteering/staff_roles.html", context)


class TakeRoleView(AtWorkplaceView):
    """Take a role on."""

    permission = TAKE_ROLE

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Take it on."""
        del kwargs
        if request.POST.get("kind") not in StaffRole.Kind.values:
            raise Refusal(_("Choose what you take on."))
        kind = StaffRole.Kind(request.POST["kind"])
        actions.take_role(workplace=self.workplace, kind=kind, actor=self.capacity, on=self.on, at=timezone.now())
        messages.success(request, _("Thank you. It stands on the list now."))
        return redirect("staff_roles", self.workplace.slug)


class HandOverRoleView(LaneFormView):
    """Lay a role down, or hand it over."""

    permission = TAKE_ROLE
    title = gettext_lazy("Hand the role over")
    button = gettext_lazy("Hand over")
    role: StaffRole

    def load(self, **kwargs: Any) -> Any:
        """Return the workplace of one's own role, or raise ``Http404``."""
        rows = StaffRole.objects.filter(
            workplace__in=visible_workplaces(self.capacity), user_id=self.capacity.user_id or 0, until=None
        )
        role = rows.select_related("workplace").filter(pk=kwargs["pk"]).first()
        if role is None:
            raise Http404
        self.role = role
        return role.workplace

    @property
    def lead(self) -> str:
        """Which role."""
        return self.role.get_kind_display()

    def back(self) -> str:
        """Go back to the list."""
        return reverse("staff_roles", args=[self.workplace.slug])

    def form(self, sent: Any = None) -> forms.Form:
        """Return the form with one's colleagues."""
        return HandOverForm([row for row in self.staff() if row.user_id != self.capacity.user_id], sent)

    def save(self, cleaned: dict[str, Any]) -> HttpResponse:
        """Hand it over."""
        actions.hand_over_role(role=self.role, to_id=cleaned["to"], actor=self.capacity, on=self.on, at=timezone.now())
        messages.success(self.request, _("The role is handed over.") if cleaned["to"] else _("The role is laid down."))
        return redirect(self.back())
