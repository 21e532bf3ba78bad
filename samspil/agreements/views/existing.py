# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Agreements from before the framework: entered as they are, read by staff, in days that the secretariat sets."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.agreements import actions
from samspil.agreements.catalogue import template_for
from samspil.agreements.existing_forms import ExistingForm, WindowForm, own_task_forms
from samspil.agreements.forms import OwnTaskForm
from samspil.agreements.models import ExistingAgreement
from samspil.agreements.permissions import ENTER_EXISTING, OPEN_WINDOW, visible_versions
from samspil.agreements.queries import existing_window, newest_window
from samspil.agreements.views.base import WorkplaceView
from samspil.foundation.errors import Refusal
from samspil.foundation.views import PermissionView


class EnterExistingView(WorkplaceView):
    """Entering an agreement from before the framework (R28)."""

    permission = ENTER_EXISTING

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the form while the window is open."""
        del request, kwargs
        if existing_window(self.on) is None:
            raise Refusal(
                _(
                    "Existing agreements cannot be entered now. The HR/MED secretariat can open for it under Administration."
                )
            )
        return self.show(self.form(), own_task_forms())

    def form(self, *sent: Any) -> ExistingForm:
        """Return the form with the tasks of the workplace's sector."""
        return ExistingForm(template_for(self.subject.sector).tasks, self.on, *sent)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Enter it."""
        del kwargs
        form, own = self.form(request.POST, request.FILES), own_task_forms(request.POST)
        if not all([form.is_valid(), *(task.is_valid() for task in own)]):
            return self.show(form, own, HTTPStatus.UNPROCESSABLE_ENTITY)
        try:
            actions.enter_existing(
                workplace=self.subject,
                entered=form.entered(own),
                actor=self.capacity,
                on=self.on,
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.show(form, own, HTTPStatus.UNPROCESSABLE_ENTITY)
        messages.success(request, _("The agreement is entered and in force. MED has been told."))
        return self.to_agreement()

    def show(self, form: ExistingForm, own: list[OwnTaskForm], status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
        """Show the form."""
        window = existing_window(self.on)
        context = {
            "workplace": self.subject,
            "form": form,
            "own": own,
            "window": window,
            "problems": [form, *(task for task in own if task.is_bound and task.has_changed())],
        }
        return render(self.request, "agreements/existing.html", context, status=status)


class ExistingFileView(WorkplaceView):
    """The file of such an agreement, for those who work here."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Send it as a download, never shown in the browser."""
        del request
        version = visible_versions(self.capacity).filter(agreement__workplace=self.subject, number=kwargs["number"])
        found = ExistingAgreement.objects.filter(version__in=version).exclude(file_sha256="").first()
        if found is None:
            raise Http404
        response = HttpResponse(bytes(found.file), content_type=found.file_type)
        ending = {"application/pdf": "pdf", "text/plain; charset=utf-8": "txt"}.get(found.file_type, "docx")
        name = f"aftale-{self.subject.slug}-{kwargs['number']}.{ending}"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return response


class ExistingWindowView(PermissionView):
    """The days in which existing agreements can be entered; they end by themselves."""

    permission = OPEN_WINDOW

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the days, and the form that sets them."""
        del request
        newest = newest_window()
        initial = {"opens": newest.opens, "closes": newest.closes} if newest else {"opens": timezone.localdate()}
        return self.show(WindowForm(initial=initial))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Set them."""
        form = WindowForm(request.POST)
        if not form.is_valid():
            return self.show(form, HTTPStatus.UNPROCESSABLE_ENTITY)
        try:
            actions.set_existing_window(
                **form.cleaned_data, actor=self.capacity, on=timezone.localdate(), at=timezone.now()
            )
        except Refusal as refusal:
            form.add_error("closes", str(refusal))
            return self.show(form, HTTPStatus.UNPROCESSABLE_ENTITY)
        messages.success(request, _("The days are set."))
        return redirect("existing_window")

    def show(self, form: WindowForm, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
        """Show the page."""
        context = {"form": form, "newest": newest_window(), "is_open": existing_window(timezone.localdate())}
        return render(self.request, "agreements/existing_window.html", context, status=status)
