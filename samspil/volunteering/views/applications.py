# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What was said at the door, read and answered by who receives volunteers."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.foundation.views import PermissionView
from samspil.notifications.queries import outside_outcomes
from samspil.people.queries import staff_of
from samspil.volunteering import actions
from samspil.volunteering.definition import ComesAs, kind_words
from samspil.volunteering.door import email_in, phone_in, suggested_no, suggested_yes, waiting_for, waiting_rows
from samspil.volunteering.door_forms import AdmitForm, AnswerForm
from samspil.volunteering.models import Application
from samspil.volunteering.permissions import ANSWER, LIST, READ_APPLICATION, visible_applications
from samspil.volunteering.queries import room_at
from samspil.volunteering.states import ApplicationState

PAGE_SIZE = 25


class ApplicationsView(PermissionView):
    """What waits for an answer, oldest first; what was answered stands below until it is deleted."""

    permission = LIST

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them."""
        page = Paginator(waiting_for(self.capacity), PAGE_SIZE).get_page(request.GET.get("side"))
        answered = visible_applications(self.capacity).filter(
            state__in=(ApplicationState.ADMITTED, ApplicationState.DECLINED)
        )
        context = {
            "page": page,
            "rows": waiting_rows(page, self.capacity.on),
            "answered": answered.select_related("workplace").order_by("-answered_at")[:PAGE_SIZE],
        }
        return render(request, "volunteering/applications.html", context)


class ApplicationPage(PermissionView):
    """A page about one first word."""

    permission = READ_APPLICATION
    subject: Application

    def load(self, **kwargs: Any) -> Application:
        """Find it among those that the capacity sees."""
        found = visible_applications(self.capacity).select_related("workplace__municipality", "answered_by")
        application = found.exclude(state=ApplicationState.WITHDRAWN).filter(pk=kwargs["pk"]).first()
        if application is None:
            raise Http404
        return application


class ApplicationView(ApplicationPage):
    """One first word: what was written, by when it is answered, and the answer."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        del pk
        one = self.subject
        about = f"volunteering.application.{one.pk}"
        context = {
            "application": one,
            "row": waiting_rows([one], self.capacity.on)[0],
            "is_waiting": one.state == ApplicationState.WAITING,
            "room": room_at(one.workplace_id),
            "answers": ANSWER.allows(self.capacity, one),
            "mailed": outside_outcomes([about]).get(about),
            "email": email_in(one.reach_me),
        }
        return render(request, "volunteering/application.html", context)


class AnswerPage(ApplicationPage):
    """A form that answers one first word."""

    permission = ANSWER

    def told(self) -> None:
        """Say what happens with the answer."""
        if email_in(self.subject.reach_me):
            messages.success(self.request, _("It is answered. An e-mail leads to your words."))
        else:
            messages.success(self.request, _("It is answered. Call and say it too: no e-mail was given."))


class AdmitView(AnswerPage):
    """Yes: enter the volunteer as they wrote themselves, and write back."""

    def form(self, data: Any = None) -> AdmitForm:
        """Return the form, filled in with what was written."""
        one = self.subject
        room = room_at(one.workplace_id)
        initial = {
            "name": one.name,
            "phone": phone_in(one.reach_me),
            "email": email_in(one.reach_me),
            "wishes": one.words,
            "contact_person": self.capacity.user_id,
            "answer": suggested_yes(one, self.capacity),
        }
        staff = staff_of(one.workplace_id, self.capacity.on)
        return AdmitForm(data, tasks=room.tasks if room else (), staff=staff, on=self.capacity.on, initial=initial)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it; without an agreement there is nothing to say yes to."""
        del request
        if room_at(self.subject.workplace_id) is None or self.subject.state != ApplicationState.WAITING:
            return redirect("application", pk)
        return self.page(self.form())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Say yes; who is no volunteer is answered another way (R17)."""
        del pk
        form = self.form(request.POST)
        if request.POST.get("comes_as") in {ComesAs.SCHEME, ComesAs.RELATIVE}:
            return self.page(form, kind=kind_words(request.POST["comes_as"]))
        if not form.is_valid():
            return self.page(form)
        data = form.cleaned_data
        actions.admit(
            application=self.subject,
            who=form.who,
            tasks=[UUID(lineage) for lineage in data["tasks"]],
            contact_person_id=data["contact_person"],
            answer=data["answer"],
            actor=self.capacity,
            on=self.capacity.on,
            at=timezone.now(),
        )
        self.told()
        self.subject.refresh_from_db(fields=["engagement"])
        return redirect("volunteer", self.subject.engagement_id)

    def page(self, form: AdmitForm, kind: str = "") -> HttpResponse:
        """Show the form; ``kind`` says why somebody is no volunteer."""
        room = room_at(self.subject.workplace_id)
        context = {"form": form, "application": self.subject, "tasks": room.tasks if room else (), "kind": kind}
        is_wrong = form.is_bound and not kind and form.errors
        status = HTTPStatus.UNPROCESSABLE_ENTITY if is_wrong else HTTPStatus.OK
        return render(self.request, "volunteering/admit.html", context, status=status)


class DeclineView(AnswerPage):
    """No, in kind words that are one's own."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Suggest the words."""
        del request
        if self.subject.state != ApplicationState.WAITING:
            return redirect("application", pk)
        has_agreement = room_at(self.subject.workplace_id) is not None
        words = suggested_no(self.subject, self.capacity, has_agreement=has_agreement)
        return self.page(AnswerForm(initial={"answer": words}))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Answer."""
        form = AnswerForm(request.POST)
        if not form.is_valid():
            return self.page(form)
        actions.decline(
            application=self.subject, answer=form.cleaned_data["answer"], actor=self.capacity, at=timezone.now()
        )
        self.told()
        return redirect("application", pk)

    def page(self, form: AnswerForm) -> HttpResponse:
        """Show the form."""
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        context = {"form": form, "application": self.subject}
        return render(self.request, "volunteering/decline.html", context, status=status)
