# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Ending an agreement: why and from when, the discussion of it, the decision, and going on after all."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.agreements import actions
from samspil.agreements.between import ending_of
from samspil.agreements.change_forms import EndingForm
from samspil.agreements.change_models import Ending
from samspil.agreements.endings import end_of_notice, missing_before_ending, missing_before_ending_is_decided
from samspil.agreements.models import AgreementVersion
from samspil.agreements.permissions import DECIDE, READ
from samspil.agreements.queries import versions_of
from samspil.agreements.states import State
from samspil.agreements.views.base import WorkplaceView
from samspil.foundation.templatetags.samspil import danish_date
from samspil.med.queries import body_for, latest


class EndView(WorkplaceView):
    """Where the end of the agreement stands, for everybody who works here; its leader does what is to be done."""

    permission = READ

    def the_version(self) -> AgreementVersion:
        """Return the version in force of the workplace's own agreement, or raise ``Http404``."""
        found = next((one for one in versions_of(self.subject.pk) if one.state == State.IN_FORCE), None)
        if found is None:
            raise Http404
        return found

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the form, or how far it has come."""
        del request, kwargs
        if not any(one.state == State.IN_FORCE for one in versions_of(self.subject.pk)):
            return self.to_agreement()
        version = self.the_version()
        ending = ending_of(version)
        if ending is None and not DECIDE.allows(self.capacity, self.subject):
            return self.not_yours(DECIDE)
        return self.show(version, ending, EndingForm(is_notice=self.is_notice(version)))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Propose it, or give notice."""
        del kwargs
        if not DECIDE.allows(self.capacity, self.subject):
            return self.not_yours(DECIDE)
        version = self.the_version()
        form = EndingForm(request.POST, is_notice=self.is_notice(version))
        if not form.is_valid():
            return self.show(version, ending_of(version), form, HTTPStatus.UNPROCESSABLE_ENTITY)
        said = form.cleaned_data
        ending = actions.propose_ending(
            version=version,
            reason=said["reason"],
            ends_on=said.get("ends_on"),
            tried=said.get("tried", ""),
            actor=self.capacity,
            on=self.on,
            at=timezone.now(),
        )
        if ending.dialogue is None:
            text = _("Notice is given. The agreement ends; the first day without it is %(day)s.")
            messages.success(request, text % {"day": danish_date(ending.ends_on)})
        else:
            text = _("It has been sent to %(body)s to be discussed.")
            messages.success(request, text % {"body": ending.dialogue.committee.name})
        return redirect(request.path)

    @staticmethod
    def is_notice(version: AgreementVersion) -> bool:
        """Whether it ends by notice, because § 8 gave it its force."""
        return version.basis == AgreementVersion.Basis.SECTION_8

    def show(
        self,
        version: AgreementVersion,
        ending: Ending | None,
        form: EndingForm,
        status: HTTPStatus = HTTPStatus.OK,
    ) -> HttpResponse:
        """Show the page."""
        dialogue = latest(ending.dialogue) if ending is not None and ending.dialogue is not None else None
        context = {
            "workplace": self.subject,
            "version": version,
            "ending": ending,
            "dialogue": dialogue,
            "form": form,
            "is_notice": self.is_notice(version),
            "notice_ends": end_of_notice(self.on),
            "missing": [] if ending else missing_before_ending(version, self.on),
            "gaps": missing_before_ending_is_decided(ending, self.on)
            if ending is not None and ending.decided_at is None
            else [],
            "body": body_for(self.subject, self.on),
            "decides": DECIDE.allows(self.capacity, self.subject),
        }
        return render(self.request, "agreements/end.html", context, status=status)


class EndingStepView(EndView):
    """A step about an ending; whoever comes by a link or a reload is shown how it stands."""

    permission = DECIDE

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show how it stands instead."""
        del request, kwargs
        return redirect("end_agreement", self.subject.slug)

    def the_ending(self) -> Ending:
        """Return what was proposed, or raise ``Http404``."""
        ending = ending_of(self.the_version())
        if ending is None:
            raise Http404
        return ending


class DecideEndingView(EndingStepView):
    """The leader decides that it ends."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Decide."""
        del kwargs
        ending = actions.decide_ending(ending=self.the_ending(), actor=self.capacity, on=self.on, at=timezone.now())
        text = _("It is decided. The first day without the agreement is %(day)s.")
        messages.success(request, text % {"day": danish_date(ending.ends_on)})
        return self.to_agreement()


class GiveUpEndingView(EndingStepView):
    """The agreement goes on after all."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Give the ending up."""
        del kwargs
        actions.give_up_ending(ending=self.the_ending(), actor=self.capacity, on=self.on, at=timezone.now())
        messages.success(request, _("The agreement goes on."))
        return self.to_agreement()
