# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Other places, time set aside and meetings: on a page of its own, so that the one page stays as light as it is."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.agreements import actions
from samspil.agreements.condition_forms import ConditionsForm
from samspil.agreements.conditions import conditions_of
from samspil.agreements.models import AgreementVersion
from samspil.agreements.views.parts import PartView


class ConditionsView(PartView):
    """Where it also takes place, the time set aside, and how often one meets (R25, R41, R54)."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show what is said now."""
        del request, kwargs
        version = self.writable()
        return self.show(ConditionsForm(said=conditions_of(version)), version)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Save it."""
        del kwargs
        version = self.writable()
        form = ConditionsForm(request.POST, said=conditions_of(version))
        if not form.is_valid():
            return self.show(form, version, HTTPStatus.UNPROCESSABLE_ENTITY)
        actions.set_conditions(version=version, conditions=form.conditions(), actor=self.capacity, at=timezone.now())
        messages.success(request, _("It is saved."), extra_tags="more")
        return redirect(f"{self.back(version)}#more")

    def show(self, form: ConditionsForm, version: AgreementVersion, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
        """Show the form."""
        context = {"workplace": self.subject, "form": form, "back_url": f"{self.back(version)}#more"}
        return render(self.request, "agreements/conditions.html", context, status=status)
