# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The end of a draft: published or withdrawn."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.foundation.errors import Refusal, StaleRevisionError
from samspil.frameworks import actions, queries
from samspil.frameworks.forms import PublishForm
from samspil.frameworks.permissions import PUBLISH
from samspil.frameworks.views.drafting import DraftPage

_TRANSITION = timedelta(days=92)


class PublishView(DraftPage):
    """The last look before the framework holds for everybody."""

    permission = PUBLISH

    def _form(self, data: Any = None) -> PublishForm:
        today = self.capacity.on
        latest = queries.latest_published()
        earliest = today
        if latest is not None and latest.in_force_from is not None:
            earliest = max(today, latest.in_force_from + timedelta(days=1))
        return PublishForm(
            data,
            has_predecessor=latest is not None,
            initial={"in_force_from": earliest, "predecessor_until": earliest + _TRANSITION},
        )

    def get(self, _request: HttpRequest) -> HttpResponse:
        """Say what it will mean, and ask for the date."""
        return self._page(self._form())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Publish."""
        form = self._form(request.POST)
        if not form.is_valid():
            return self._page(form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        try:
            version = actions.publish_version(
                version=self.draft,
                **form.cleaned_data,
                expected_revision=self.revision,
                actor=self.capacity,
                at=timezone.now(),
                on=timezone.localdate(),
            )
        except StaleRevisionError:
            raise
        except Refusal as refusal:
            if self.load() is None:
                raise
            field = refusal.field if isinstance(refusal, actions.DateRefusal) else None
            form.add_error(field if field in form.fields else None, str(refusal.message))
            return self._page(form, status=HTTPStatus.CONFLICT)
        messages.success(request, _("The framework is published. Everybody can read it from now on."))
        return redirect("framework_version", number=version.number)

    def _page(self, form: PublishForm, status: int = HTTPStatus.OK) -> HttpResponse:
        draft = self.draft
        elements = queries.content_of(draft).elements
        comparison = queries.comparison_of(draft, elements=elements)
        context = {
            "form": form,
            "version": draft,
            "missing": queries.missing_among(elements),
            "unexplained": queries.unexplained(comparison),
            "comparison": comparison,
            "workplaces": queries.number_of_workplaces(self.capacity.on),
            "unplaced": queries.unplaced_paragraphs(draft),
        }
        return render(self.request, "frameworks/publish.html", context, status=status)


class WithdrawView(DraftPage):
    """The end of a draft that is not to be used."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Ask first."""
        context = {
            "question": _("Withdraw the draft?"),
            "consequences": [
                _("The draft is not published. You can still read it under “All editions”."),
                _("You can begin a new edition afterwards."),
            ],
            "action_label": _("Withdraw the draft"),
            "back_url": reverse("framework_draft"),
            "is_final": True,
            "version": self.draft,
        }
        return render(request, "frameworks/confirm.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Withdraw it."""
        actions.withdraw_draft(
            version=self.draft, expected_revision=self.revision, actor=self.capacity, at=timezone.now()
        )
        messages.success(request, _("The draft is withdrawn."))
        return redirect("frameworks")
