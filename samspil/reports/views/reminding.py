# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""A friendly reminder to the workplaces that have not begun: whom, in which words, then send."""

import hashlib
from functools import cached_property
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext

from samspil.agreements import actions
from samspil.agreements.permissions import REMIND
from samspil.agreements.reminders import DAYS_BETWEEN, Round, round_of_reminders
from samspil.municipalities.models import Unit
from samspil.notifications.mail import neutral_mail
from samspil.reports.forms import PlaceForm
from samspil.reports.views.base import OverseeingView


class RemindView(OverseeingView):
    """Choose by filter, read the very words, see how many are told, and confirm."""

    permission = REMIND

    @cached_property
    def form(self) -> PlaceForm:
        """What was chosen, from the address in both steps."""
        return PlaceForm(self.request.GET, area=self.area)

    @cached_property
    def chosen(self) -> list[Unit]:
        """The workplaces that were chosen among, begun or not."""
        return list(self.form.workplaces())

    @cached_property
    def round(self) -> Round:
        """Who would be told now."""
        return round_of_reminders([unit.pk for unit in self.chosen], timezone.now())

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show who would be told what."""
        return self._show(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Tell them, if it still is those that were shown."""
        if request.POST.get("shown") != _mark(self.round):
            return self._show(request, HTTPStatus.CONFLICT, has_changed=True)
        told = actions.remind_not_begun(workplaces=self.chosen, actor=self.capacity, at=timezone.now())
        number = len(told.leaders)
        messages.success(
            request,
            ngettext("One leader has been told.", "%(number)d leaders have been told.", number) % {"number": number},
        )
        return redirect("overview")

    def _show(self, request: HttpRequest, status: int = HTTPStatus.OK, **more: Any) -> HttpResponse:
        example = self.round.reminders[0] if self.round.reminders else None
        subject, body = neutral_mail(example.link) if example else ("", "")
        context = {
            "form": self.form,
            "round": self.round,
            "workplaces": len(self.round.reminders),
            "leaders": len(self.round.leaders),
            "example": example,
            "subject": subject,
            "body": body,
            "mark": _mark(self.round),
            "days": DAYS_BETWEEN,
        }
        return render(request, "reports/remind.html", {**context, **more}, status=status)


def _mark(shown: Round) -> str:
    """Return what tells one list of people from another."""
    told = [f"{reminder.workplace.pk}:{reminder.leaders}" for reminder in shown.reminders]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]
