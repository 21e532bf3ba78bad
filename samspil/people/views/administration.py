# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""People and their roles: the secretariat's pages, and the leader's own staff."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.foundation.errors import Refusal
from samspil.foundation.text import sort_key
from samspil.foundation.views import PermissionView
from samspil.municipalities.models import Unit
from samspil.municipalities.queries import has_many_units, unit_at, unit_choices
from samspil.people import actions
from samspil.people.forms import EndRoleForm, PersonForm, PersonInUnitForm
from samspil.people.models import RoleAssignment, RoleAssignmentQuerySet
from samspil.people.permissions import (
    END_ROLE,
    GRANT_ROLE,
    MANAGE_STAFF,
    OVERSEEING_ROLES,
    STAFF_A_LEADER_ENTERS,
    VIEW_PEOPLE,
    VIEW_STAFF,
    visible_assignments,
)
from samspil.people.queries import WHAT_FOLLOWS, all_roles_from, reaches, roles_from, staff_now

PAGE_SIZE = 25


class PeopleView(PermissionView):
    """Everybody with a role, to be searched and filtered by unit."""

    permission = VIEW_PEOPLE

    def get(self, request: HttpRequest) -> HttpResponse:
        """Search by name or e-mail, 25 a page."""
        wanted = request.GET.get("q", "").replace("\x00", "").strip()[:100]
        unit = request.GET.get("enhed", "").replace("\x00", "").strip()[:100]
        units = [] if has_many_units() else unit_choices(blank=_("All units"))
        on = self.capacity.on
        if wanted or unit or self.capacity.role not in OVERSEEING_ROLES:
            rows: Any = self._asked_for(wanted, unit, units)
        else:
            rows = all_roles_from.listed(on)
        return render(
            request,
            "people/people.html",
            {
                "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("side")),
                "q": wanted,
                "unit": unit,
                "units": units,
                "may_grant": GRANT_ROLE.allows(self.capacity),
            },
        )

    def _asked_for(self, wanted: str, unit: str, units: list[tuple[str, str]]) -> RoleAssignmentQuerySet:
        rows = roles_from(self.capacity.on, among=visible_assignments(self.capacity))
        if wanted:
            rows = rows.filter(Q(user__name__icontains=wanted) | Q(user__email__icontains=wanted))
        if unit and unit in dict(units):
            return rows.filter(unit_id=unit)
        return rows.filter(unit__sort_key__contains=sort_key(unit)) if unit and not units else rows


class GrantRoleView(PermissionView):
    """Give a person a role at a unit."""

    permission = GRANT_ROLE

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form."""
        del request
        return self._page(PersonInUnitForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Give the role."""
        form = PersonInUnitForm(request.POST)
        if not form.is_valid():
            return self._page(form)
        assignment = actions.grant_role(**form.cleaned_data, actor=self.capacity, at=timezone.now())
        _told(request, assignment)
        return redirect("people")

    def _page(self, form: forms.Form) -> HttpResponse:
        context = {"form": form, "back": reverse("people"), "heading": _("Give a person a role")}
        return render(self.request, "people/person_form.html", context, status=_status(form))


class StaffView(PermissionView):
    """Who works at a workplace; its leader enters them and says who has left."""

    permission = VIEW_STAFF

    def load(self, **kwargs: Any) -> Unit:
        """Find the workplace among the units within reach."""
        return _workplace(self, kwargs["slug"])

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show the staff."""
        del slug
        rows = [
            {"assignment": row, "can_end": manages and row.role in STAFF_A_LEADER_ENTERS}
            for manages in [MANAGE_STAFF.allows(self.capacity, self.subject)]
            for row in staff_now(self.subject.pk, self.capacity.on)
        ]
        context = {"unit": self.subject, "rows": rows, "manages": MANAGE_STAFF.allows(self.capacity, self.subject)}
        return render(request, "people/staff.html", context)


class AddStaffView(PermissionView):
    """Enter an employee or a volunteer coordinator at one's own workplace."""

    permission = MANAGE_STAFF

    def load(self, **kwargs: Any) -> Unit:
        """Find the workplace among the units within reach."""
        return _workplace(self, kwargs["slug"])

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show the form."""
        del request, slug
        return self._page(PersonForm())

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Enter the person."""
        form = PersonForm(request.POST)
        if not form.is_valid():
            return self._page(form)
        assignment = actions.grant_role(**form.cleaned_data, unit=self.subject, actor=self.capacity, at=timezone.now())
        _told(request, assignment)
        return redirect("staff", slug)

    def _page(self, form: forms.Form) -> HttpResponse:
        context = {
            "form": form,
            "unit": self.subject,
            "back": reverse("staff", args=[self.subject.slug]),
            "heading": _("Enter an employee"),
        }
        return render(self.request, "people/person_form.html", context, status=_status(form))


class EndRoleView(PermissionView):
    """Ask, then end a role on a day."""

    permission = END_ROLE

    def load(self, **kwargs: Any) -> RoleAssignment:
        """Find the role among those that are seen and have not ended."""
        on = timezone.localdate()
        assignment = roles_from(on, among=visible_assignments(self.capacity)).filter(pk=kwargs["pk"]).first()
        if assignment is None:
            raise Http404
        return assignment

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask."""
        del request, pk
        return self._page(EndRoleForm(initial={"on": timezone.localdate()}))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """End the role."""
        del pk
        form = EndRoleForm(request.POST)
        if form.is_valid():
            try:
                actions.end_role(
                    assignment=self.subject, on=form.cleaned_data["on"], actor=self.capacity, at=timezone.now()
                )
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("The role ends. What the person has done stays as it is."))
                return redirect(self._back())
        return self._page(form)

    def _back(self) -> str:
        if VIEW_PEOPLE.allows(self.capacity):
            return reverse("people")
        return reverse("staff", args=[self.subject.unit.slug])

    def _page(self, form: EndRoleForm) -> HttpResponse:
        assignment: RoleAssignment = self.subject
        names = {
            "name": assignment.user.name,
            "role": _("stand-in") if assignment.is_stand_in else assignment.get_role_display(),
            "unit": assignment.unit.name,
        }
        context = {
            "form": form,
            "question": _("Does %(name)s stop as %(role)s at %(unit)s?") % names,
            "consequences": [
                _("After the last day %(name)s can no longer act in this role.") % names,
                _("What %(name)s has written and confirmed stays, with name and role as they were.") % names,
                *(said for follows in WHAT_FOLLOWS for said in follows(assignment, timezone.localdate())),
            ],
            "action_label": _("Yes, end the role"),
            "back_url": self._back(),
        }
        return render(self.request, "foundation/confirm.html", context, status=_status(form))


def _workplace(view: PermissionView, slug: str) -> Unit:
    unit = unit_at(slug)
    if unit is None or not reaches(view.capacity, unit.pk):
        raise Http404
    return unit


def _status(form: forms.Form) -> HTTPStatus:
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK


def _told(request: HttpRequest, assignment: RoleAssignment) -> None:
    messages.success(
        request,
        _("%(name)s is now %(role)s at %(unit)s.")
        % {
            "name": assignment.user.name,
            "role": assignment.get_role_display(),
            "unit": assignment.unit.name,
        },
    )
