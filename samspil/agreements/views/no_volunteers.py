# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Saying that there are no volunteers here, and taking it back; both ask first."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.agreements import actions
from samspil.agreements.permissions import EDIT
from samspil.agreements.views.base import WorkplaceView


class StateNoVolunteersView(WorkplaceView):
    """*Ingen frivillige hos os* (R4)."""

    permission = EDIT

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask."""
        del kwargs
        context = {
            "lead": self.subject.name,
            "question": _("Are there no volunteers at your place?"),
            "consequences": [
                _("The MED body is told, and it stands on the workplace's page and on its open page."),
                _("You are asked again in a year."),
                _("You can begin an agreement at any time. Then this no longer stands."),
            ],
            "action_label": _("Yes, there are no volunteers here"),
            "back_url": reverse("agreement", args=[self.subject.slug]),
        }
        return render(request, "foundation/confirm.html", context)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Say it."""
        del kwargs
        actions.state_no_volunteers(workplace=self.subject, actor=self.capacity, on=self.on, at=timezone.now())
        messages.success(request, _("It is noted that there are no volunteers here. MED has been told."))
        return self.to_agreement()


class EndNoVolunteersView(WorkplaceView):
    """Taking it back."""

    permission = EDIT

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask."""
        del kwargs
        context = {
            "lead": self.subject.name,
            "question": _("Is it no longer so that there are no volunteers here?"),
            "consequences": [_("The workplace then has an agreement to make before volunteers begin.")],
            "action_label": _("Yes, it has changed"),
            "back_url": reverse("agreement", args=[self.subject.slug]),
        }
        return render(request, "foundation/confirm.html", context)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Take it back."""
        del kwargs
        actions.end_no_volunteers(workplace=self.subject, actor=self.capacity, on=self.on, at=timezone.now())
        messages.success(request, _("It no longer stands. Begin the agreement when you are ready."))
        return self.to_agreement()
