# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What a next version changes, and the way forward: a dialogue, or an announcement where nothing but words differs."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.agreements import actions, questions
from samspil.agreements.actions.announcing import DAYS_TO_OBJECT
from samspil.agreements.change_forms import AnnounceForm, ObjectForm
from samspil.agreements.changes import change_of
from samspil.agreements.content import contents_of
from samspil.agreements.differences import differences
from samspil.agreements.guards import missing_before_announcing
from samspil.agreements.models import AgreementVersion
from samspil.agreements.permissions import EDIT, OBJECT, READ, READ_ANNOUNCED, note_seen, visible_announced
from samspil.agreements.queries import versions_of
from samspil.agreements.rare_parts import hand_on_before, rare_parts, rare_parts_before
from samspil.agreements.states import State
from samspil.agreements.views.base import WorkplaceView
from samspil.foundation.prepared import read_along
from samspil.foundation.templatetags.samspil import danish_date
from samspil.foundation.views import PermissionView
from samspil.med.queries import body_for
from samspil.municipalities.queries import working_days_later


class ChangeView(WorkplaceView):
    """The leader's own changes in a draft of a next version (R53)."""

    permission = EDIT

    def the_draft(self) -> AgreementVersion:
        """Return the draft of a next version, or raise ``Http404``."""
        version = self.open_version
        if version is None or version.state != State.DRAFT or version.copied_from_id is None:
            raise Http404
        for before in versions_of(self.subject.pk):
            if before.pk == version.copied_from_id:
                version.copied_from = before
        return version

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show what differs."""
        del request, kwargs
        if self.open_version is None or self.open_version.state != State.DRAFT:
            return self.to_agreement()
        version = self.the_draft()
        read_along((version, version.copied_from), "sections", questions.sections)
        read_along((version, version.copied_from), "tasks", questions.tasks)
        change = change_of(version, ())
        return self.show(
            version,
            AnnounceForm(change=change, reason=version.editorial_reason, marked=version.editorial_parts),
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Announce it."""
        del kwargs
        version = self.the_draft()
        form = AnnounceForm(request.POST, change=change_of(version, ()))
        if not form.is_valid():
            return self.show(version, form, HTTPStatus.UNPROCESSABLE_ENTITY)
        said = form.cleaned_data
        announced = actions.announce(
            version=version, reason=said["reason"], words=said["words"], actor=self.capacity, at=timezone.now()
        )
        messages.success(
            request,
            _("The change is announced. If nobody objects, it holds from %(day)s.")
            % {"day": danish_date(announced.change_from)},
        )
        return self.to_agreement()

    def show(self, version: AgreementVersion, form: AnnounceForm, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
        """Show the changes, and what can be done with them."""
        change = change_of(version, ())
        every = {part.key for part in change.words}
        missing = missing_before_announcing(version, every, self.on)
        body = body_for(self.subject, self.on)
        context = {
            "workplace": self.subject,
            "version": version,
            "before": version.copied_from,
            "change": change,
            "form": form,
            "parts": [(part, part.key in (form["words"].value() or [])) for part in change.words],
            "missing": [] if change.structure or change.is_none else missing,
            "body": body,
            "days": DAYS_TO_OBJECT,
            "last_day": working_days_later(self.on, DAYS_TO_OBJECT),
        }
        return render(self.request, "agreements/change.html", context, status=status)


class AnnouncedView(PermissionView):
    """An announced change as the body sees it: what differs, why, and until when it can be objected to (R53)."""

    permission = READ_ANNOUNCED
    subject: AgreementVersion

    def load(self, **kwargs: Any) -> AgreementVersion:
        """Return the version, or raise ``Http404``."""
        found = visible_announced(self.capacity).filter(
            agreement__workplace__slug=kwargs["slug"], number=kwargs["number"]
        )
        asked = found.annotate(**rare_parts(), **rare_parts_before())
        version: AgreementVersion | None = asked.select_related(
            "agreement__workplace", "announced_to", "copied_from__framework", "framework"
        ).first()
        if version is None:
            raise Http404
        note_seen(self.capacity, version)
        return hand_on_before(version)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show it."""
        del request, kwargs
        return self.show(ObjectForm())

    def show(self, form: ObjectForm, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
        """Show old and new side by side, and the form to those who may object."""
        version = self.subject
        workplace, before = version.agreement.workplace, version.copied_from
        is_told = version.is_editorial and before is not None
        context = {
            "workplace": workplace,
            "version": version,
            "old": before,
            "new": version,
            "parts": differences(*contents_of(before, version)) if is_told and before else (),
            "form": form if OBJECT.allows(self.capacity, version) else None,
            "sees_agreement": READ.allows(self.capacity, workplace),
            "is_waiting": version.state == State.ANNOUNCED,
        }
        return render(self.request, "agreements/announced.html", context, status=status)


class ObjectView(AnnouncedView):
    """The employee side wants to discuss it."""

    permission = OBJECT

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the announced change instead."""
        del request
        return redirect("announced_change", kwargs["slug"], kwargs["number"])

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Object, with what is to be discussed."""
        form = ObjectForm(request.POST)
        if not form.is_valid():
            return self.show(form, HTTPStatus.UNPROCESSABLE_ENTITY)
        actions.object_to(
            version=self.subject, reason=form.cleaned_data["reason"], actor=self.capacity, at=timezone.now()
        )
        messages.success(request, _("The leader has been told that you want to discuss it. The change does not begin."))
        return redirect("announced_change", kwargs["slug"], kwargs["number"])
