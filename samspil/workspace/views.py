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
from samspil.municipalities.models import Municipality, PublicText, Unit
from samspil.municipalities.permissions import ADMINISTER
from samspil.municipalities.public_texts import shown_text
from samspil.municipalities.queries import municipalities, predecessors_of, successor_of, workplace_at
from samspil.notifications.queries import some_unread
from samspil.people.permissions import MANAGE_STAFF
from samspil.workspace import queries
from samspil.workspace.permissions import (
    VIEW_WORKPLACE,
    VIEW_WORKPLACES,
    is_staff,
    listed_workplaces,
)

MOST_LINES = 3
PAGE_SIZE = 25
HISTORY = "historik"


class HomeView(PermissionView):
    """What I must do now; for who is not logged in, what Samspil is."""

    permission = OPEN

    def get(self, request: HttpRequest) -> HttpResponse:
        """Answer with the front page, the choice of a role, or the person's own page."""
        if not request.user.is_authenticated:
            return render(request, "workspace/front.html", {"municipalities": municipalities()})
        if getattr(request, "capacity", None) is None:
            return redirect("choose_capacity")
        found = queries.todos(self.capacity)
        todos = [todo for todo in found if not todo.is_quiet]
        shown = todos if "alle" in request.GET else todos[:MOST_LINES]
        asked_above = [todo.url for todo in shown]
        messages = some_unread(request.user.pk or 0, tuple(map(str, asked_above)))
        return render(
            request,
            "workspace/home.html",
            {
                "how_much": self._how_much(len(todos)),
                "todos": shown,
                "more": len(todos) - len(shown),
                "quiet": [todo for todo in found if todo.is_quiet],
                "notes": messages,
                **self._workplaces(),
            },
        )

    def _how_much(self, count: int) -> str:
        return ngettext(
            "There is one thing you can do today.", "There are %(count)s things you can do today.", count
        ) % {"count": apnumber(count)}

    def _workplaces(self) -> dict[str, Any]:
        own = queries.own_workplace(self.capacity)
        some = [own] if own else queries.some_listed(self.capacity)
        if len(some) == 1:
            return {
                "own": [queries.workplace(unit, self.capacity.on) for unit in some],
                "is_staff": is_staff(self.capacity),
            }
        count = queries.number_by_status(self.capacity)
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
        units = queries.listed(self.capacity)
        if wanted:
            found = listed_workplaces(self.capacity).filter(sort_key__contains=sort_key(wanted))
            units = found.order_by("sort_key")
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
        unit = workplace_at(kwargs["slug"])
        if unit is None or not VIEW_WORKPLACE.allows(self.capacity, unit):
            raise Http404
        return unit

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show the workplace; volunteers see what has been agreed and who to ask, not how the work goes on."""
        del slug
        successor = successor_of(self.subject, self.capacity.on) if self.subject.is_closed(self.capacity.on) else None
        if (
            successor is not None
            and request.GET.get("vis") != HISTORY
            and VIEW_WORKPLACE.allows(self.capacity, successor)
        ):
            return redirect("workplace", successor.slug)
        staff = is_staff(self.capacity)
        return render(
            request,
            "workspace/workplace.html",
            {
                "workplace": queries.workplace(self.subject, timezone.localdate()),
                "is_staff": staff,
                "history": queries.history(self.subject) if staff else [],
                "manages_staff": MANAGE_STAFF.allows(self.capacity, self.subject),
                "merged": predecessors_of(self.subject, self.capacity.on) if staff else (),
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
        return _municipalitys_own(request, PublicText.Kind.ACCESSIBILITY) or render(
            request, "workspace/accessibility_statement.html"
        )


class PrivacyPolicyView(PermissionView):
    """Which data Samspil holds about people, and which cookies it sets."""

    permission = OPEN

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the policy."""
        return _municipalitys_own(request, PublicText.Kind.PRIVACY) or render(request, "workspace/privacy_policy.html")


def _municipalitys_own(request: HttpRequest, kind: PublicText.Kind) -> HttpResponse | None:
    """Show the text of the municipality in which somebody acts; None where nobody has chosen one."""
    municipality: Municipality | None = getattr(request, "municipality", None)
    if municipality is None:
        return None
    return render(request, "municipalities/public_text.html", {"shown": shown_text(kind, municipality)})
