# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Signing in, the list of sessions, and choosing a capacity."""

import re
from typing import Any

from allauth.account import views as allauth_views
from allauth.usersessions.views import ListUserSessionsView
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters

from samspil.foundation import tenancy
from samspil.foundation.permission import OPEN, SIGNED_IN
from samspil.foundation.views import PermissionView
from samspil.municipalities.queries import municipalities
from samspil.people import actions
from samspil.people.forms import CodeForm, EmailForm
from samspil.people.middleware import SESSION_KEY, act_as
from samspil.people.models import Role, RoleAssignment
from samspil.people.queries import (
    capacities_of,
    capacity_of,
    cast_of,
    chosen_assignment,
    municipalities_known_to,
    municipality_of_assignment,
)

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class LogInView(PermissionView, allauth_views.RequestLoginCodeView):  # type: ignore[misc]
    """Ask for a one-time code; the answer is the same whether the address is known or not."""

    permission = OPEN
    template_name = "account/request_login_code.html"

    def get_form_class(self) -> type[EmailForm]:
        """Return the form with our own words."""
        return EmailForm


@method_decorator(sensitive_post_parameters("code"), name="dispatch")
class ConfirmCodeView(PermissionView, allauth_views.ConfirmLoginCodeView):  # type: ignore[misc]
    """Write the code from the e-mail."""

    permission = OPEN
    template_name = "account/confirm_login_code.html"

    def get_form_class(self) -> Any:
        """Return the form with our own words; asking again has no field."""
        return super().get_form_class() if self._action == "resend" else CodeForm


class LogOutView(PermissionView, allauth_views.LogoutView):  # type: ignore[misc]
    """Log out: a page that asks, and the step itself."""

    permission = OPEN


class SessionsView(PermissionView, ListUserSessionsView):  # type: ignore[misc]
    """Where I am logged in; everywhere else can be logged out."""

    permission = SIGNED_IN


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if is_ours else reverse("home")


class ChooseCapacityView(PermissionView):
    """In which role am I here today; the choice sets the municipality (R14)."""

    permission = SIGNED_IN

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the roles held today, or whom to ask where there is none."""
        capacities = capacities_of(_user_id(request), timezone.localdate())
        chosen = request.session.get(SESSION_KEY)
        return render(
            request,
            "people/choose_capacity.html",
            {
                "capacities": capacities,
                "chosen": chosen,
                "next": request.GET.get("next", ""),
                "whom_to_ask": [] if capacities else municipalities_known_to(_user_id(request)),
            },
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        """Choose one of one's own; another's is as unknown as one that does not exist."""
        choose(request, request.POST.get("assignment", ""))
        return redirect(_next(request))


def _user_id(request: HttpRequest) -> int:
    if request.user.pk is None:
        raise Http404
    return request.user.pk


def _key(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,18}", text):
        raise Http404
    return int(text)


def choose(request: HttpRequest, assignment_id: str) -> None:
    """Put the logged-in user's assignment into the session; raises ``Http404`` where it is not theirs today."""
    key = _key(assignment_id)
    municipality_id = municipality_of_assignment(key, _user_id(request))
    if municipality_id is None:
        raise Http404
    on = timezone.localdate()
    with tenancy.scope(municipality_id):
        assignment = chosen_assignment(key, _user_id(request), on)
        if assignment is None:
            raise Http404
        actions.choose_capacity(assignment=assignment, actor=capacity_of(assignment, on), at=timezone.now())
    act_as(request.session, assignment)


TRY_THIS = {
    Role.LEADER: _("Make the agreement of the workplace, send it to discussion and put it in force."),
    Role.EMPLOYEE: _("Read the agreement, take part in the discussion and confirm what was said."),
    Role.VOLUNTEER_COORDINATOR: _("See what volunteers may do at the workplace, and who is the contact person."),
    Role.ADMINISTRATOR: _("Publish the framework, enter units and people, and set up the MED bodies."),
    Role.CERTIFICATE_ORDERER: _("Order child certificates for volunteers, and note that they are in place."),
    Role.DATA_PROTECTION_OFFICER: _("Read everything across the municipality, and change nothing."),
    Role.VOLUNTEER: _("See the workplace as a volunteer sees it."),
    Role.PARTNER: _("See the workplace as an association sees it."),
}


class DemoCastView(PermissionView):
    """Everybody in the demo, one click each. Its address exists in demo mode only."""

    permission = OPEN

    def load(self, **kwargs: Any) -> None:
        """Refuse outside demo mode, whatever the addresses say."""
        del kwargs
        if not settings.DEMO:
            raise Http404

    def get(self, request: HttpRequest) -> HttpResponse:
        """List the cast of each municipality."""
        on = timezone.localdate()
        groups = []
        for municipality in municipalities():
            with tenancy.scope(municipality.pk):
                cast = [(one, TRY_THIS[Role(one.role)]) for one in cast_of(on)]
            groups.append((municipality, cast))
        groups.sort(key=lambda group: -len(group[1]))
        return render(request, "people/demo_cast.html", {"groups": groups})

    def post(self, request: HttpRequest) -> HttpResponse:
        """Log in as the person, in the role clicked on."""
        slug, assignment_id = request.POST.get("municipality", ""), request.POST.get("assignment", "")
        municipality = next((one for one in municipalities() if one.slug == slug), None)
        if municipality is None:
            raise Http404
        with tenancy.scope(municipality.pk):
            assignment = RoleAssignment.objects.select_related("user").filter(pk=_key(assignment_id)).first()
        if assignment is None:
            raise Http404
        login(request, assignment.user, backend=BACKEND)
        choose(request, assignment_id)
        return redirect("home")
