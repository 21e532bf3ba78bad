# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Who volunteers and colleagues can ask: changed at any time, because the names stand outside the text (R22)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.agreements import actions
from samspil.agreements.forms import ContactPersonsForm
from samspil.agreements.models import AgreementVersion
from samspil.agreements.permissions import EDIT
from samspil.agreements.queries import contact_persons, version_in_force
from samspil.agreements.views.base import WorkplaceView
from samspil.people.models import User
from samspil.people.queries import staff_of


class ContactPersonsView(WorkplaceView):
    """Choose the contact persons of the agreement, whatever its text is doing."""

    permission = EDIT

    def version(self) -> AgreementVersion:
        """Return the version on its way, else the one in force; raises ``Http404`` where there is none."""
        version = self.open_version or version_in_force(self.subject.pk)
        if version is not None and version.agreement.workplace_id != self.subject.pk:
            raise Http404
        if version is None:
            raise Http404
        return version

    def form(self, version: AgreementVersion, sent: Any = None) -> ContactPersonsForm:
        """Return the form with the employees of today and who is chosen."""
        chosen = [row.user_id for row in contact_persons(version.agreement, self.on)]
        return ContactPersonsForm(staff_of(self.subject.pk, self.on), sent, initial={"contacts": chosen})

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show who can be chosen."""
        del kwargs
        return render(
            request, "agreements/contact_persons.html", {"workplace": self.subject, "form": self.form(self.version())}
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Name the chosen ones."""
        del kwargs
        version = self.version()
        form = self.form(version, request.POST)
        if not form.is_valid():
            context = {"workplace": self.subject, "form": form}
            return render(request, "agreements/contact_persons.html", context, status=422)
        users = User.objects.filter(pk__in=form.cleaned_data["contacts"])
        actions.set_contact_persons(version=version, users=users, actor=self.capacity, on=self.on, at=timezone.now())
        messages.success(request, _("It is saved."))
        return self.to_agreement()
