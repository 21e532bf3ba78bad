# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Pages that join areas; they read and write nothing."""

from typing import Any

from django.contrib.humanize.templatetags.humanize import apnumber
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext

from samspil.agreements.queries import Coverage
from samspil.foundation.permission import OPEN
from samspil.foundation.text import sort_key
from samspil.foundation.views import PermissionView
from samspil.municipalities.models import Unit
from samspil.municipalities.permissions import ADMINISTER
from samspil.municipalities.queries import municipalities
from samspil.notifications.queries import unread
from samspil.people.permissions import MANAGE_STAFF
from samspil.workspace import queries
from samspil.workspace.permissions import VIEW_WORKPLACE, VIEW_WORKPLACES, is_staff, visible_workplaces

MOST_LINES = 3
PAGE_SIZE = 25


class HomeView(PermissionView):
    """What I must do now; for who is not logged in, what Samspil is."""

    permission = OPEN

    def get(self, request: HttpRequest) -> HttpResponse:
        """Answer with the front page, the choice of a role, or the person's own page."""
        if not request.user.is_authenticated:
            return render(request, "workspace/front.html", {"municipalities": municipalities()})
        if getattr(request, "capacity", None) is None:
            return redirect("choose_capacity")
        todos = queries.todos(self.capacity)
        shown = todos if "alle" in request.GET else todos[:MOST_LINES]
        return render(
            request,
            "workspace/home.html",
            {
                "how_much": self._how_much(len(todos)),
                "todos": shown,
                "more": len(todos) - len(shown),
                "notes": unread(request.user.pk)[:MOST_LINES],
                **self._workplaces(),
            },
        )

    def _how_much(self, count: int) -> str:
        return ngettext(
            "There is one thing you can do today.", "There are %(count)s things you can do today.", count
        ) % {"count": apnumber(count)}

    def _workplaces(self) -> dict[str, Any]:
        units = visible_workplaces(self.capacity)
        some = list(units.filter(pk=self.capacity.unit_id or 0) or units[:2])
        if len(some) == 1:
            return {
                "own": [queries.workplace(unit, self.capacity.on) for unit in some],
                "is_staff": is_staff(self.capacity),
            }
        count = queries.number_by_status(units)
        return {
            "reached": [(kind.label, queries.BADGES[kind], count.get(kind, 0)) for kind in Coverage],
            "count": sum(count.values()),
        }


class WorkplacesView(PermissionView):
    """The workplaces within reach, each with how far its agreement has come."""

    permission = VIEW_WORKPLACES

    def get(self, request: HttpRequest) -> HttpResponse:
        """Search by name, 25 a page."""
        wanted = request.GET.get("q", "").replace("\x00", "").strip()[:100]
        units = visible_workplaces(self.capacity).order_by("sort_key")
        if wanted:
            units = units.filter(sort_key__contains=sort_key(wanted))
        page = Paginator(units, PAGE_SIZE).get_page(request.GET.get("side"))
        return render(
            request,
            "workspace/workplaces.html",
            {"page": page, "lines": queries.workplace_lines(list(page)), "q": wanted},
        )


class WorkplaceView(PermissionView):
    """One workplace: agreement, body, who to ask, and what has happened."""

    permission = VIEW_WORKPLACE

    def load(self, **kwargs: Any) -> Unit:
        """Find the workplace among those within reach."""
        unit = visible_workplaces(self.capacity).filter(slug=kwargs["slug"]).first()
        if unit is None:
            raise Http404
        return unit

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show the workplace; volunteers see what has been agreed and who to ask, not how the work goes on."""
        del slug
        staff = is_staff(self.capacity)
        return render(
            request,
            "workspace/workplace.html",
            {
                "workplace": queries.workplace(self.subject, timezone.localdate()),
                "is_staff": staff,
                "history": queries.history(self.subject) if staff else [],
                "manages_staff": MANAGE_STAFF.allows(self.capacity, self.subject),
            },
        )


class AdministrationView(PermissionView):
    """The way to everything the secretariat looks after."""

    permission = ADMINISTER

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the cards."""
        return render(request, "workspace/administration.html")


class AccessibilityStatementView(PermissionView):
    """How accessible Samspil is, and where to complain."""

    permission = OPEN

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the statement."""
        return render(request, "workspace/accessibility_statement.html")


class PrivacyPolicyView(PermissionView):
    """Which data Samspil holds about people, and which cookies it sets."""

    permission = OPEN

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the policy."""
        return render(request, "workspace/privacy_policy.html")
