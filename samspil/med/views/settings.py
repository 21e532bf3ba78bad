# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""How the municipality has arranged MED, and the numbers of one body."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.foundation.errors import Refusal
from samspil.foundation.views import PermissionView
from samspil.med import actions, permissions
from samspil.med.body_forms import MedSettingsForm, RhythmForm
from samspil.med.body_models import NUMBERS
from samspil.med.queries import municipal_rhythm
from samspil.med.views.committees import CommitteeSubjectView


class MedSettingsView(PermissionView):
    """*MED hos os*: levels, forms that count, the four numbers."""

    permission = permissions.CHANGE_SETTINGS

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show what holds now."""
        del request
        return self._page(MedSettingsForm.as_it_stands())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Save it."""
        form = MedSettingsForm(request.POST)
        if form.is_valid():
            try:
                actions.change_settings(
                    levels=form.cleaned_data["levels"],
                    rhythm=form.rhythm(),
                    forms=form.chosen_forms(),
                    actor=self.capacity,
                    on=timezone.localdate(),
                    at=timezone.now(),
                )
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Saved."))
                return redirect("med_settings")
        return self._page(form)

    def _page(self, form: MedSettingsForm) -> HttpResponse:
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        return render(self.request, "med/settings.html", {"form": form}, status=status)


class RhythmView(CommitteeSubjectView):
    """The numbers that one body has of its own."""

    permission = permissions.PLAN

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show them."""
        del request, slug
        return self._page(RhythmForm.of(self.subject, municipal_rhythm()))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Save them."""
        form = RhythmForm.of(self.subject, municipal_rhythm(), request.POST)
        if form.is_valid():
            numbers: dict[str, Any] = {name: form.cleaned_data[name] for name in NUMBERS}
            actions.change_rhythm(committee=self.subject, numbers=numbers, actor=self.capacity, at=timezone.now())
            messages.success(request, _("Saved."))
            return redirect("year_wheel", slug=slug)
        return self._page(form)

    def _page(self, form: RhythmForm) -> HttpResponse:
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        context = {"form": form, "committee": self.subject}
        return render(self.request, "med/rhythm.html", context, status=status)
