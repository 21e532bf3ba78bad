# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The steps of the leader: take back, give up, decide on a doubt, decide on the agreement, begin it."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.agreements import actions
from samspil.agreements.forms import AdoptForm, DoubtForm, ReasonForm
from samspil.agreements.models import Agreement, AgreementVersion, BoundaryDecision, Task
from samspil.agreements.permissions import DECIDE, EDIT, TAKE_OVER
from samspil.agreements.states import MAY_FOLLOW, State
from samspil.agreements.views.base import StepView, WorkplaceView
from samspil.agreements.views.reading import again
from samspil.foundation.errors import Refusal
from samspil.foundation.templatetags.samspil import danish_date


class ConfirmView(WorkplaceView):
    """A step that asks first, with what happens and why."""

    permission = EDIT
    leads_to: State

    def words(self, version: AgreementVersion) -> dict[str, Any]:
        """Return question, consequences and the button's words."""
        raise NotImplementedError

    def carry_out(self, version: AgreementVersion, reason: str) -> str:
        """Do it; return what to say about it."""
        raise NotImplementedError

    def possible(self) -> AgreementVersion:
        """Return the version that the step is for, or refuse."""
        version = self.open_version
        if version is None or self.leads_to not in MAY_FOLLOW.get(State(version.state), ()):
            raise Refusal(_("This cannot be done now. Reload the page to see how things stand."))
        return version

    def show(self, version: AgreementVersion, form: ReasonForm, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
        """Ask."""
        context = {
            "form": form,
            "back_url": reverse("agreement", args=[self.subject.slug]),
            "lead": self.subject.name,
            **self.words(version),
        }
        return render(self.request, "foundation/confirm.html", context, status=status)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask."""
        del request, kwargs
        return self.show(self.possible(), ReasonForm())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Do it, with the reason."""
        del kwargs
        version = self.possible()
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return self.show(version, form, HTTPStatus.UNPROCESSABLE_ENTITY)
        messages.success(request, self.carry_out(version, form.cleaned_data["reason"]))
        return self.to_agreement()


class TakeBackView(ConfirmView):
    """From discussion to draft."""

    leads_to = State.DRAFT

    def words(self, version: AgreementVersion) -> dict[str, Any]:
        """Return the words of the page."""
        if version.state == State.ANNOUNCED:
            return {
                "question": _("Take the announcement back?"),
                "consequences": [
                    _("The change does not begin. What is in force goes on."),
                    _("You can change the text again, and announce it or send it to be discussed."),
                ],
                "action_label": _("Take it back"),
            }
        body = version.discussion.committee.name if version.discussion else ""
        return {
            "question": _("Take the agreement back from discussion?"),
            "consequences": [
                _("%(body)s no longer has it before them, and can read why.") % {"body": body},
                _("What was written down about the discussion does not count for the next text."),
                _("You can change the text again, and send it once more."),
            ],
            "action_label": _("Take it back"),
        }

    def carry_out(self, version: AgreementVersion, reason: str) -> str:
        """Take it back."""
        actions.take_back(version=version, reason=reason, actor=self.capacity, at=timezone.now())
        return _("The agreement is a draft again.")


class WithdrawView(ConfirmView):
    """Giving a version up for good."""

    leads_to = State.WITHDRAWN

    def words(self, version: AgreementVersion) -> dict[str, Any]:
        """Return the words of the page."""
        consequences = [
            _("The text can still be read, but never again be changed or decided on."),
            _("What is in force now goes on."),
        ]
        if version.state == State.IN_DIALOGUE:
            consequences.append(_("The body no longer has it before them."))
        return {
            "question": _("Give up version %(number)d for good?") % {"number": version.number},
            "consequences": consequences,
            "action_label": _("Give it up"),
            "is_final": True,
        }

    def carry_out(self, version: AgreementVersion, reason: str) -> str:
        """Give it up."""
        actions.withdraw(version=version, reason=reason, actor=self.capacity, at=timezone.now())
        return _("Version %(number)d is given up.") % {"number": version.number}


class DecideDoubtView(StepView):
    """Confirm or strike a task that there is doubt about (R16)."""

    permission = DECIDE

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Decide."""
        version = self.the_open_version()
        task = Task.objects.filter(version=version, pk=kwargs["pk"]).first()
        if task is None:
            raise Http404
        form = DoubtForm(request.POST, auto_id=f"id_{task.pk}_%s")
        if not form.is_valid():
            return again(self, version, {task.pk: form})
        task.version = version
        actions.decide_boundary(
            task=task,
            outcome=BoundaryDecision.Outcome(form.cleaned_data["outcome"]),
            reason=form.cleaned_data["reason"],
            actor=self.capacity,
            at=timezone.now(),
        )
        messages.success(request, _("The doubt about “%(task)s” is decided.") % {"task": task.title})
        return self.to_agreement()


class AdoptView(StepView):
    """The leader decides (R43)."""

    permission = DECIDE

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Decide; today's date puts it in force at once."""
        del kwargs
        version = self.the_open_version()
        form = AdoptForm(request.POST)
        if not form.is_valid():
            return again(self, version, {"adopt": form})
        begins = form.cleaned_data["in_force_from"]
        actions.adopt(version=version, in_force_from=begins, actor=self.capacity, on=self.on, at=timezone.now())
        if begins > self.on:
            text = _("You have decided on the agreement. It enters into force on %(day)s.") % {
                "day": danish_date(begins)
            }
        else:
            text = _("You have decided on the agreement. It is in force from today.")
        messages.success(request, text)
        return self.to_agreement()


class PutInForceView(StepView):
    """Begin what was decided, when its day has come."""

    permission = DECIDE

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Begin it."""
        del kwargs
        actions.put_in_force(version=self.the_open_version(), actor=self.capacity, on=self.on, at=timezone.now())
        messages.success(request, _("The agreement is in force."))
        return self.to_agreement()


class TakeOverView(StepView):
    """A new leader answers for the agreement (R19)."""

    permission = TAKE_OVER

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Take it over."""
        del kwargs
        agreement = Agreement.objects.filter(workplace=self.subject).first()
        if agreement is None:
            raise Http404
        actions.take_over(agreement=agreement, actor=self.capacity, on=self.on, at=timezone.now())
        messages.success(request, _("You now answer for the agreement."))
        return self.to_agreement()
