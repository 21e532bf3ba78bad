# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The package for the municipality's own archive, and the note that a version lies there."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.agreements import actions
from samspil.agreements.journal import journal_package
from samspil.agreements.models import AgreementVersion
from samspil.agreements.paper_forms import FilingForm
from samspil.agreements.permissions import FILE, PRINTED
from samspil.agreements.queries import filing_of
from samspil.agreements.views.base import WorkplaceView
from samspil.foundation.permission import Permission


class DecidedVersionView(WorkplaceView):
    """A page about a version that has been decided on, for those who file it."""

    permission = FILE

    def version(self) -> AgreementVersion:
        """Return it, or raise ``Http404``."""
        version = self.version_numbered(self.kwargs["number"])
        if version.state not in PRINTED:
            raise Http404
        return version

    def not_yours(self, permission: Permission = FILE) -> HttpResponse:
        """Say whose it is to do."""
        return super().not_yours(permission)


class FilingView(DecidedVersionView):
    """Where it is filed, and since when."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the package and the form."""
        del request, kwargs
        version = self.version()
        return self.show(version, FilingForm(on=self.on, filing=filing_of(version)))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Note it."""
        del kwargs
        version = self.version()
        form = FilingForm(request.POST, on=self.on, filing=filing_of(version))
        if not form.is_valid():
            return self.show(version, form, HTTPStatus.UNPROCESSABLE_ENTITY)
        actions.note_filing(version=version, **form.cleaned_data, actor=self.capacity, on=self.on, at=timezone.now())
        messages.success(request, _("It is noted."))
        return redirect("agreement_version", self.subject.slug, version.number)

    def show(self, version: AgreementVersion, form: FilingForm, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
        """Show the page."""
        context = {
            "workplace": self.subject,
            "version": version,
            "form": form,
            "kle_number": version.agreement.workplace.municipality.kle_number,
        }
        return render(self.request, "agreements/filing.html", context, status=status)


class PackageView(DecidedVersionView):
    """The package itself."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Send it."""
        del request, kwargs
        version = self.version()
        response = HttpResponse(journal_package(version), content_type="application/zip")
        name = f"journal-{self.subject.slug}-{version.number}.zip"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
