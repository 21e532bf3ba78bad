# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Addresses for one's own calendar; what a calendar reads there is gathered by the workspace."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.foundation.views import PermissionView
from samspil.med import actions, permissions
from samspil.med.body_models import CalendarFeed
from samspil.med.models import Committee
from samspil.med.queries import bodies_sat_in, feeds_of, follows
from samspil.people.models import Role


class CalendarsView(PermissionView):
    """One's own addresses: made here, and closed here."""

    permission = permissions.SEE

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them; an address itself is shown only when it is made."""
        return self._page(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Make one and show it. It is kept nowhere, so the answer is the page itself."""
        committee = self._body(request.POST.get("body", ""))
        token = actions.make_feed(committee=committee, actor=self.capacity, at=timezone.now())
        municipality = request.municipality.slug  # type: ignore[attr-defined]
        path = reverse("calendar_feed", args=[municipality, token])
        return self._page(request, made=settings.BASE_URL + path, made_for=committee)

    def _page(self, request: HttpRequest, **made: Any) -> HttpResponse:
        on, user_id = timezone.localdate(), self.capacity.person
        own = {feed.committee_id: feed for feed in feeds_of(user_id)}
        bodies = {body.pk: body for body in bodies_sat_in(user_id, on).order_by("name")}
        asked = self._asked(request)
        if asked is not None and follows(user_id, asked, on):
            bodies[asked.pk] = asked
        bodies |= {feed.committee.pk: feed.committee for feed in own.values() if feed.committee is not None}
        lines: list[dict[str, Any]] = [
            {"body": body, "name": body.name, "feed": own.get(pk)} for pk, body in bodies.items()
        ]
        is_leader = self.capacity.role == Role.LEADER
        if is_leader or None in own or bodies_sat_in(user_id, on).exists():
            lines.insert(0, {"body": None, "name": _("All bodies that you sit in"), "feed": own.get(None)})
        return render(request, "med/calendars.html", {"lines": lines, "back": asked, "is_leader": is_leader, **made})

    def _asked(self, request: HttpRequest) -> Committee | None:
        return self._body(request.GET.get("udvalg", "") or request.POST.get("body", ""))

    def _body(self, slug: str) -> Committee | None:
        if not slug or "\x00" in slug:
            return None
        committee = permissions.visible_committees(self.capacity).filter(slug=slug).first()
        if committee is None:
            raise Http404
        return committee


class RevokeCalendarView(PermissionView):
    """Close an address of one's own."""

    permission = permissions.SEE

    def load(self, **kwargs: Any) -> CalendarFeed:
        """Find it among one's own."""
        feed = feeds_of(self.capacity.person).filter(pk=kwargs["pk"]).first()
        if feed is None:
            raise Http404
        return feed

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Close it."""
        del pk
        actions.revoke_feed(feed=self.subject, actor=self.capacity, at=timezone.now())
        messages.success(request, _("The address is closed. A calendar that reads it gets nothing more."))
        return redirect("calendars")
