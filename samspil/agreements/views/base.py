# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What every page about a workplace's agreement does first."""

from datetime import date
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from samspil.agreements.models import AgreementVersion
from samspil.agreements.pages import leads
from samspil.agreements.permissions import EDIT, READ, sees_the_workplace
from samspil.agreements.queries import open_version, versions_of
from samspil.foundation.permission import Permission
from samspil.foundation.views import PermissionView
from samspil.municipalities.models import Unit
from samspil.municipalities.queries import closing_in_words, workplace_at


class WorkplaceView(PermissionView):
    """A page whose subject is a workplace that the capacity may look into."""

    permission = READ
    subject: Unit

    def load(self, **kwargs: Any) -> Unit:
        """Return the workplace, or raise ``Http404``."""
        workplace = workplace_at(kwargs["slug"])
        if workplace is None or not sees_the_workplace(self.capacity, workplace):
            raise Http404
        return workplace

    @property
    def on(self) -> date:
        """The day that rules and pages go by."""
        return timezone.localdate()

    @cached_property
    def leads(self) -> bool:
        """Whether the page offers what the workplace's own leader does."""
        return leads(self.capacity, self.subject)

    @property
    def is_closed(self) -> bool:
        """Whether the workplace is closed: its agreement is read as history."""
        return self.subject.is_closed(self.on)

    @cached_property
    def closing(self) -> str:
        """Since when the workplace is closed, or from when it will be, in a sentence; empty if neither."""
        return closing_in_words(self.subject, self.on)

    @cached_property
    def open_version(self) -> AgreementVersion | None:
        """The version that is on its way."""
        return open_version(self.subject.pk)

    def the_open_version(self) -> AgreementVersion:
        """Return the version that is on its way, or raise ``Http404``."""
        if self.open_version is None:
            raise Http404
        return self.open_version

    def version_numbered(self, number: int) -> AgreementVersion:
        """Return the workplace's version of this number, or raise ``Http404``."""
        found = next((version for version in versions_of(self.subject.pk) if version.number == number), None)
        if found is None:
            raise Http404
        return found

    def to_agreement(self, suffix: str = "") -> HttpResponse:
        """Go to the page of the agreement; ``suffix`` is a query or a fragment."""
        return redirect(reverse("agreement", args=[self.subject.slug]) + suffix)

    def not_yours(self, permission: Permission = EDIT) -> HttpResponse:
        """Answer with the page that says whose it is to do; the leader's, where nothing else is said."""
        return super().not_yours(permission)


class StepView(WorkplaceView):
    """A step that is only ever posted; whoever comes by a link or a reload is shown the agreement."""

    permission = EDIT

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the agreement instead."""
        del request, kwargs
        return self.to_agreement()
