# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Between two versions: stopping a task at once, beginning an activity that the body has agreed to beforehand."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.agreements import actions
from samspil.agreements.between import TaskOffered
from samspil.agreements.boundary import Boundary, Judgement, judge
from samspil.agreements.catalogue import template_for
from samspil.agreements.change_forms import ActivityForm
from samspil.agreements.forms import ReasonForm
from samspil.agreements.models import Agreement
from samspil.agreements.permissions import EDIT
from samspil.agreements.queries import tasks_offered
from samspil.agreements.views.base import WorkplaceView
from samspil.foundation.templatetags.samspil import danish_date
from samspil.med.queries import body_for, standing_consents_at


class BetweenView(WorkplaceView):
    """Something that holds at once; the next version takes it in."""

    permission = EDIT

    def agreement(self) -> Agreement:
        """Return the agreement of the workplace, or raise ``Http404``."""
        found = Agreement.objects.filter(workplace=self.subject).select_related("workplace").first()
        if found is None:
            raise Http404
        return found


class StopTaskView(BetweenView):
    """Volunteers do it no more."""

    def task(self) -> TaskOffered:
        """Return the task, or raise ``Http404`` where it is not offered."""
        offered = tasks_offered(self.agreement(), self.on)
        found = next((task for task in offered if task.lineage == self.kwargs["lineage"]), None)
        if found is None:
            raise Http404
        return found

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask."""
        del request, kwargs
        return self.show(ReasonForm())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Stop it."""
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return self.show(form, HTTPStatus.UNPROCESSABLE_ENTITY)
        stop = actions.stop_task(
            agreement=self.agreement(),
            task_lineage=kwargs["lineage"],
            reason=form.cleaned_data["reason"],
            actor=self.capacity,
            on=self.on,
            at=timezone.now(),
        )
        messages.success(
            request, _("“%(task)s” is stopped. Tell the volunteers who do it.") % {"task": stop.task_title}
        )
        return self.to_agreement()

    def show(self, form: ReasonForm, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
        """Ask, with what happens."""
        body = body_for(self.subject, self.on)
        context = {
            "question": _("Stop “%(task)s” now?") % {"task": self.task().title},
            "lead": self.subject.name,
            "consequences": [
                _("From today volunteers no longer do it. The open page says so at once."),
                _("%(body)s and the contact person are told.") % {"body": body.name}
                if body
                else _("The contact person is told."),
                _("The next version leaves it out, and MED discusses it. It cannot be taken up again before that."),
            ],
            "action_label": _("Stop it"),
            "back_url": reverse("agreement", args=[self.subject.slug]),
            "form": form,
            "is_final": True,
        }
        return render(self.request, "foundation/confirm.html", context, status=status)


class StartActivityView(BetweenView):
    """An activity of a type that the body has agreed to."""

    def types(self) -> list[str]:
        """Return the types of task that the body has agreed to here."""
        return standing_consents_at(self.subject, self.on)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the form."""
        del request, kwargs
        return self.show(ActivityForm(types=self.types(), initial={"from_date": self.on}))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Begin it, unless it is a core task or there is doubt about it."""
        del kwargs
        form = ActivityForm(request.POST, types=self.types())
        if not form.is_valid():
            return self.show(form, HTTPStatus.UNPROCESSABLE_ENTITY)
        judgement = judge(form.answers())
        if judgement.boundary != Boundary.SUPPLEMENT:
            return self.show(form, HTTPStatus.UNPROCESSABLE_ENTITY, judgement)
        begun = actions.start_activity(
            agreement=self.agreement(),
            activity=actions.Activity(form.cleaned_data["type"], form.task()),
            from_date=form.cleaned_data["from_date"],
            actor=self.capacity,
            on=self.on,
            at=timezone.now(),
        )
        words = {"task": begun.title, "day": danish_date(begun.from_date)}
        messages.success(request, _("“%(task)s” begins on %(day)s. The body has been told.") % words)
        return self.to_agreement()

    def show(
        self, form: ActivityForm, status: HTTPStatus = HTTPStatus.OK, judgement: Judgement | None = None
    ) -> HttpResponse:
        """Show the form, or what is needed first."""
        context = {
            "workplace": self.subject,
            "form": form,
            "refused": judgement,
            "is_core": judgement is not None and judgement.boundary == Boundary.CORE,
            "types": self.types(),
            "body": body_for(self.subject, self.on),
            "examples": template_for(self.subject.sector).core_examples,
        }
        return render(self.request, "agreements/activity.html", context, status=status)
