# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""How Samspil runs, for the secretariat: what works in the background, and whether the e-mails get there."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.foundation.health import AUDIT_WHOLE, HOURLY, LATE_AFTER, WORKER, last_beats
from samspil.foundation.views import PermissionView
from samspil.municipalities import actions
from samspil.municipalities.models import Municipality
from samspil.municipalities.permissions import RUN_MAIL, SEE_OPERATIONS, visible_failures
from samspil.notifications.models import Delivery
from samspil.notifications.queries import mail_switch, post

PAGE_SIZE = 25
MISSED_AFTER = timedelta(hours=2)
UNCHECKED_AFTER = timedelta(days=8)
WORTH_A_BAR = 25


class OperationsView(PermissionView):
    """Signs of life, what waits, and what did not get there."""

    permission = SEE_OPERATIONS

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show it; no address of anybody."""
        now, beats = timezone.now(), last_beats()
        mail = post(now)
        failed = Paginator(visible_failures(self.capacity), PAGE_SIZE).get_page(request.GET.get("side"))
        context = {
            "parts": [
                (_("Work in the background"), *_sign(beats.get(WORKER), now, LATE_AFTER)),
                (_("The hourly run"), *_sign(beats.get(HOURLY), now, MISSED_AFTER)),
                (_("The record was found whole"), *_sign(beats.get(AUDIT_WHOLE), now, UNCHECKED_AFTER)),
            ],
            "is_silent": WORKER not in beats or now - beats[WORKER] >= LATE_AFTER,
            "switch": mail_switch(),
            "mail": mail,
            "waits_for": mail.next_at if mail.next_at and mail.next_at > now else None,
            "round": mail.done + mail.due if mail.due >= WORTH_A_BAR else 0,
            "page": failed,
        }
        return render(request, "municipalities/operations.html", context)


def _sign(at: datetime | None, now: datetime, late_after: timedelta) -> tuple[datetime | None, bool]:
    return at, at is not None and now - at < late_after


class SwitchMailView(PermissionView):
    """Switching e-mail about messages off or, with ``is_on``, on; both ask first."""

    permission = RUN_MAIL
    is_on = False

    def get(self, request: HttpRequest) -> HttpResponse:
        """Ask."""
        if self.is_on:
            question = _("Switch e-mail about messages on?")
            consequences = [
                _("From now on people get an e-mail when there is something for them in Samspil."),
                _("Nobody is mailed about what they were told before now. It stands on their home page."),
            ]
            label = _("Yes, switch it on")
        else:
            question = _("Switch e-mail about messages off?")
            consequences = [
                _("Nobody is mailed about messages any more, not even to confirm a discussion."),
                _("What waits to be sent is called off, and is not sent later either."),
                _("Messages still stand on the home page, and codes to log in are still sent."),
            ]
            label = _("Yes, switch it off")
        context = {
            "question": question,
            "consequences": consequences,
            "action_label": label,
            "back_url": reverse("operations"),
        }
        return render(request, "foundation/confirm.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Do it."""
        municipality = Municipality.objects.get(pk=self.capacity.municipality_id)
        actions.switch_mail(municipality=municipality, is_on=self.is_on, actor=self.capacity, at=timezone.now())
        messages.success(request, _("E-mail is switched on.") if self.is_on else _("E-mail is switched off."))
        return redirect("operations")


class TryMailAgainView(PermissionView):
    """One more attempt at an e-mail."""

    permission = RUN_MAIL
    http_method_names = ["post"]

    def load(self, **kwargs: Any) -> Delivery:
        """Find it among those that did not get there."""
        delivery = visible_failures(self.capacity).filter(pk=kwargs["pk"]).first()
        if delivery is None:
            raise Http404
        return delivery

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Plan it."""
        del pk
        actions.try_mail_again(delivery=self.subject, actor=self.capacity, at=timezone.now())
        messages.success(request, _("It is sent again in a moment."))
        return redirect("operations")
