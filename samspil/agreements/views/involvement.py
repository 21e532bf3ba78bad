# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Who was heard about the agreement: the list, one more line, and a line taken out again (R55)."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.agreements import actions
from samspil.agreements.involvement import heard_about, standing_rows
from samspil.agreements.involvement_forms import InvolvementForm
from samspil.agreements.models import Agreement
from samspil.agreements.permissions import EDIT
from samspil.agreements.views.base import StepView, WorkplaceView


class InvolvementView(WorkplaceView):
    """The list, and a form for one more line."""

    permission = EDIT

    def agreement(self) -> Agreement:
        """Return the agreement, or raise ``Http404`` where none has been begun."""
        agreement = Agreement.objects.filter(workplace=self.subject).select_related("workplace").first()
        if agreement is None:
            raise Http404
        return agreement

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show it."""
        del request, kwargs
        return self.show(InvolvementForm(), self.agreement())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Add the line."""
        del kwargs
        agreement = self.agreement()
        form = InvolvementForm(request.POST)
        if form.is_valid() and form.cleaned_data["heard_on"] > self.on:
            form.add_error("heard_on", _("Choose today or a day that has been."))
        if not form.is_valid():
            return self.show(form, agreement, HTTPStatus.UNPROCESSABLE_ENTITY)
        actions.add_involvement(
            agreement=agreement, **form.cleaned_data, actor=self.capacity, on=self.on, at=timezone.now()
        )
        messages.success(request, _("It is noted."))
        return redirect("involvement", self.subject.slug)

    def show(self, form: InvolvementForm, agreement: Agreement, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
        """Show the list and the form."""
        context = {"workplace": self.subject, "form": form, "heard": heard_about(agreement)}
        return render(self.request, "agreements/involvement.html", context, status=status)


class TakeOutInvolvementView(StepView):
    """Take out a line that was written by mistake."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Take it out."""
        agreement = Agreement.objects.filter(workplace=self.subject).select_related("workplace").first()
        rows = standing_rows(agreement) if agreement else []
        row = next((row for row in rows if row.pk == kwargs["pk"]), None)
        if row is None:
            raise Http404
        actions.take_out_involvement(involvement=row, actor=self.capacity, at=timezone.now())
        messages.success(request, _("The line is taken out."))
        return redirect("involvement", self.subject.slug)
