# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""How the municipality files its agreements."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.foundation.views import PermissionView
from samspil.municipalities import actions
from samspil.municipalities.forms import JournalForm
from samspil.municipalities.models import Municipality
from samspil.municipalities.permissions import EDIT_JOURNAL


class JournalView(PermissionView):
    """The KLE number that the packages for the archive carry."""

    permission = EDIT_JOURNAL

    def load(self, **kwargs: Any) -> Municipality:
        """Find one's own municipality."""
        del kwargs
        return Municipality.objects.get(pk=self.capacity.municipality_id)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form."""
        del request
        return self._page(JournalForm(initial={"kle_number": self.subject.kle_number}))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Save the number."""
        form = JournalForm(request.POST)
        if not form.is_valid():
            return self._page(form)
        actions.set_kle_number(
            municipality=self.subject,
            kle_number=form.cleaned_data["kle_number"],
            actor=self.capacity,
            at=timezone.now(),
        )
        messages.success(request, _("Saved."))
        return redirect("journal")

    def _page(self, form: JournalForm) -> HttpResponse:
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        return render(self.request, "municipalities/journal.html", {"form": form}, status=status)
