# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The municipality's table of insurance: a sentence for each type of task."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.foundation.views import PermissionView
from samspil.volunteering import actions
from samspil.volunteering.formality_forms import InsuranceForm
from samspil.volunteering.formality_permissions import EDIT_INSURANCE, visible_insurance_lines
from samspil.volunteering.models import InsuranceLine


class InsuranceView(PermissionView):
    """The table, and a line more; a line of a type that is there already is written anew."""

    permission = EDIT_INSURANCE

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the table."""
        del request
        return self._page(InsuranceForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Save a line."""
        form = InsuranceForm(request.POST)
        if not form.is_valid():
            return self._page(form)
        actions.save_insurance_line(**form.cleaned_data, actor=self.capacity, at=timezone.now())
        messages.success(request, _("Saved. Volunteers with such tasks read it from now on."))
        return redirect("insurance")

    def _page(self, form: InsuranceForm) -> HttpResponse:
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        context = {"form": form, "lines": visible_insurance_lines(self.capacity)}
        return render(self.request, "volunteering/insurance.html", context, status=status)


class RemoveLineView(PermissionView):
    """Take a line out."""

    permission = EDIT_INSURANCE
    http_method_names = ["post"]

    def load(self, **kwargs: Any) -> InsuranceLine:
        """Find the line."""
        line = visible_insurance_lines(self.capacity).filter(pk=kwargs["pk"]).first()
        if line is None:
            raise Http404
        return line

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take it out."""
        del pk
        actions.remove_insurance_line(line=self.subject, actor=self.capacity, at=timezone.now())
        messages.success(request, _("The line is taken out."))
        return redirect("insurance")
