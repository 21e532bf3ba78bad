# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What is added to the page on a page of its own: a task, a principle."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.agreements import actions
from samspil.agreements.actions.drafting import AT_THE_TABLE
from samspil.agreements.boundary import Boundary, Judgement, judge
from samspil.agreements.catalogue import Template, template_for
from samspil.agreements.forms import OwnPrincipleForm, OwnTaskForm, TaskDetailsForm
from samspil.agreements.models import AgreementVersion, Task
from samspil.agreements.permissions import EDIT
from samspil.agreements.queries import open_version
from samspil.agreements.responsibility import derived_responsibility
from samspil.agreements.states import State
from samspil.agreements.views.base import WorkplaceView
from samspil.foundation.errors import Refusal
from samspil.frameworks.queries import principles
from samspil.municipalities.models import Unit

TASKS, PRINCIPLES = "tasks", "own-principles"
"""Where tasks and principles stand on the one page: what is said about them is said there."""


class PartView(WorkplaceView):
    """A page that adds a part to the version that is on its way."""

    permission = EDIT

    def writable(self) -> AgreementVersion:
        """Return the version that may be written, or refuse."""
        if self.open_version is None or self.open_version.state not in AT_THE_TABLE:
            raise Refusal(_("The text can no longer be changed here. Reload the page to see how things stand."))
        return self.open_version

    def back(self, version: AgreementVersion) -> str:
        """Return the address of the form that the part belongs to."""
        name = "amend_agreement" if version.state == State.IN_DIALOGUE else "agreement"
        return reverse(name, args=[self.subject.slug])


class AddTaskView(PartView):
    """A task of the workplace's own, with an answer that explains itself (R15, R48)."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the empty form."""
        del request, kwargs
        return self.show(OwnTaskForm(), self.writable())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Say where the boundary lies; add the task unless it is a core task."""
        del kwargs
        version = self.writable()
        form = OwnTaskForm(request.POST)
        if not form.is_valid():
            return self.show(form, version, HTTPStatus.UNPROCESSABLE_ENTITY)
        judgement = judge(form.answers())
        if judgement.boundary == Boundary.CORE and request.POST.get("intent") == "instead":
            return self.show(form.instead(), version, judgement=judgement)
        if judgement.boundary == Boundary.CORE:
            return self.show(form, version, HTTPStatus.UNPROCESSABLE_ENTITY, judgement)
        added = actions.add_task(version=version, task=form.task(), actor=self.capacity, at=timezone.now())
        if added.boundary == Boundary.DOUBT:
            reasons = [str(reason.because) for reason in judgement.reasons] or [_("Its words resemble a core task.")]
            messages.warning(
                request,
                _("“%(task)s” is added. There is doubt about it, so it must be discussed: %(because)s")
                % {"task": added.title, "because": " ".join(reasons)},
                extra_tags=TASKS,
            )
        else:
            text = _("“%(task)s” is added. It is a supplement.")
            messages.success(request, text % {"task": added.title}, extra_tags=TASKS)
        return redirect(f"{self.back(version)}#{TASKS}")

    def show(
        self,
        form: OwnTaskForm,
        version: AgreementVersion,
        status: HTTPStatus = HTTPStatus.OK,
        judgement: Judgement | None = None,
    ) -> HttpResponse:
        """Show the form; why a core task cannot be added; or the form begun anew with what volunteers may do instead."""
        template = template_for(self.subject.sector)
        context = {
            "workplace": self.subject,
            "form": form,
            "refused": judgement if form.is_bound else None,
            "instead": self.instead(template, judgement) if judgement else (),
            "examples": template.core_examples,
            "back_url": f"{self.back(version)}#{TASKS}",
        }
        return render(self.request, "agreements/task.html", context, status=status)

    def instead(self, template: Template, judgement: Judgement) -> tuple[str, ...]:
        """Return what volunteers may do instead of a core task: by the example that it resembles, else by the answers."""
        example = template.resembled(self.request.POST.get("title", ""))
        if example is not None:
            return (example.instead,)
        return tuple(str(reason.instead) for reason in judgement.reasons)


class TaskDetailsView(PartView):
    """When and where, and who does what."""

    def load(self, **kwargs: Any) -> Unit:
        """Return the workplace; the task must be one of the version that is on its way."""
        workplace = super().load(**kwargs)
        version = open_version(workplace.pk)
        self.task = Task.objects.filter(version=version, pk=kwargs["pk"]).first() if version else None
        if self.task is None:
            raise Http404
        return workplace

    def the_task(self) -> Task:
        """Return the task, with the version it belongs to, or refuse."""
        task = self.task
        if task is None:
            raise Http404
        task.version = self.writable()
        return task

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the form."""
        del request, kwargs
        task = self.the_task()
        initial = {"when_and_where": task.when_and_where, "responsibility": task.responsibility}
        return self.show(TaskDetailsForm(derived_responsibility(), initial=initial), task)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Save it."""
        del kwargs
        task = self.the_task()
        form = TaskDetailsForm(derived_responsibility(), request.POST)
        if not form.is_valid():
            return self.show(form, task, HTTPStatus.UNPROCESSABLE_ENTITY)
        actions.describe_task(task=task, **form.cleaned_data, actor=self.capacity, at=timezone.now())
        messages.success(request, _("It is saved."), extra_tags=TASKS)
        return redirect(f"{self.back(task.version)}#{TASKS}")

    def show(self, form: TaskDetailsForm, task: Task, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
        """Show the form."""
        context = {
            "workplace": self.subject,
            "task": task,
            "form": form,
            "back_url": f"{self.back(task.version)}#{TASKS}",
        }
        return render(self.request, "agreements/task_details.html", context, status=status)


class AddPrincipleView(PartView):
    """A principle of the workplace's own (R45)."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the empty form."""
        del request, kwargs
        version = self.writable()
        return self.show(OwnPrincipleForm(principles(version.framework)), version)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Add it."""
        del kwargs
        version = self.writable()
        form = OwnPrincipleForm(principles(version.framework), request.POST)
        if not form.is_valid():
            return self.show(form, version, HTTPStatus.UNPROCESSABLE_ENTITY)
        actions.add_local_principle(
            version=version,
            builds_on=form.builds_on_lineage(),
            text=form.cleaned_data["text"],
            how=form.cleaned_data["how"],
            actor=self.capacity,
            at=timezone.now(),
        )
        messages.success(request, _("Your own principle is added."), extra_tags=PRINCIPLES)
        return redirect(f"{self.back(version)}#{PRINCIPLES}")

    def show(
        self, form: OwnPrincipleForm, version: AgreementVersion, status: HTTPStatus = HTTPStatus.OK
    ) -> HttpResponse:
        """Show the form."""
        context = {"workplace": self.subject, "form": form, "back_url": f"{self.back(version)}#{PRINCIPLES}"}
        return render(self.request, "agreements/principle.html", context, status=status)
