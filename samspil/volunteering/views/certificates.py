# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The queue of those who order certificates. No certificate and no negative outcome is ever kept."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.foundation.errors import Refusal
from samspil.foundation.templatetags.samspil import danish_date
from samspil.foundation.views import PermissionView
from samspil.municipalities.models import Unit
from samspil.volunteering import actions
from samspil.volunteering.formality_permissions import ORDER_CERTIFICATES, visible_orders
from samspil.volunteering.formality_review import Stage, in_stage, queues, stage_of, titles_on
from samspil.volunteering.models import CertificateOrder
from samspil.volunteering.models.formalities import How, Outcome

PAGE_SIZE = 50


class CertificatesView(PermissionView):
    """Whom certificates are ordered for, by how far they have come; several are ticked at once."""

    permission = ORDER_CERTIFICATES

    def load(self, **kwargs: Any) -> Unit:
        """Return the unit that the role was given at."""
        del kwargs
        return Unit.objects.get(pk=self.capacity.unit_id or 0)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show one stage, by default the first in which somebody waits."""
        on = self.capacity.on
        every = queues(self.capacity, on)
        asked = request.GET.get("trin", "")
        first = next((queue.stage for queue in every if queue.count), Stage.TO_ORDER)
        stage = Stage(asked) if asked in Stage.values else first
        orders = (
            visible_orders(self.capacity)
            .filter(in_stage(stage, on))
            .select_related("engagement__volunteer", "engagement__workplace")
            .order_by("consent_until", "wanted_on", "pk")
        )
        page = Paginator(orders, PAGE_SIZE).get_page(request.GET.get("side"))
        titles = titles_on(on)
        context = {
            "queues": every,
            "stage": stage,
            "page": page,
            "rows": [(order, titles.get(order.code, order.code), self._line(order)) for order in page],
        }
        return render(request, "volunteering/certificates.html", context)

    def _line(self, order: CertificateOrder) -> str:
        place = order.engagement.workplace.name
        stage = stage_of(order, self.capacity.on)
        if stage == Stage.TO_ORDER:
            return place
        if stage == Stage.WAITS_FOR_ANSWER:
            return _("%(place)s. Consented on %(day)s") % {"place": place, "day": danish_date(order.consented_on)}
        return _("%(place)s. Consent by %(day)s") % {"place": place, "day": danish_date(order.consent_until)}

    def post(self, request: HttpRequest) -> HttpResponse:
        """Do what the button says with those who are ticked."""
        steps: dict[str, Callable[[list[CertificateOrder]], str]] = {
            "order": self._order,
            "consent": self._consent,
            "in_place": self._in_place,
            "not_in_place": self._not_in_place,
        }
        step = steps.get(request.POST.get("step", ""))
        if step is None:
            raise Refusal(_("Press one of the buttons."))
        keys = [int(key) for key in request.POST.getlist("orders") if key.isdecimal() and len(key) < 19]  # noqa: PLR2004
        orders = list(visible_orders(self.capacity).filter(pk__in=keys).select_related("engagement"))
        if len(orders) != len(set(keys)):
            raise Refusal(_("One of them is no longer waiting. Reload the page to see how things stand."))
        if not orders:
            raise Refusal(_("Tick whom it is about."))
        messages.success(request, step(orders))
        return redirect(reverse("certificates"))

    def _order(self, orders: list[CertificateOrder]) -> str:
        actions.order_certificates(orders=orders, actor=self.capacity, on=self.capacity.on, at=timezone.now())
        return _("Noted as ordered today. The volunteers have 14 days to consent.")

    def _consent(self, orders: list[CertificateOrder]) -> str:
        actions.note_consents(orders=orders, actor=self.capacity, on=self.capacity.on, at=timezone.now())
        return _("The consent is noted.")

    def _in_place(self, orders: list[CertificateOrder]) -> str:
        self._decide(orders, Outcome.IN_PLACE)
        return _("Noted as in place. Delete the certificate where you read it.")

    def _not_in_place(self, orders: list[CertificateOrder]) -> str:
        self._decide(orders, Outcome.NOT_IN_PLACE)
        return _("Taken out of the queue. Nothing is kept, and the volunteer cannot begin with it.")

    @transaction.atomic
    def _decide(self, orders: list[CertificateOrder], outcome: Outcome) -> None:
        for order in orders:
            actions.decide(
                engagement=order.engagement,
                codes=[order.code],
                outcome=outcome,
                how=How.SCREEN,
                decided_on=self.capacity.on,
                actor=self.capacity,
                on=self.capacity.on,
                at=timezone.now(),
            )
