# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Words to the volunteers of the workplace, how they got there, and the page where they are read."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspil.agreements.between import TaskOffered
from samspil.agreements.forms import TextField
from samspil.foundation.forms import LongTextarea
from samspil.foundation.permission import OPEN
from samspil.foundation.views import PermissionView
from samspil.municipalities.models import Unit
from samspil.notifications.models import Delivery
from samspil.notifications.queries import outside_outcomes
from samspil.volunteering import actions
from samspil.volunteering.models import VolunteerMessage
from samspil.volunteering.permissions import RECEIVE
from samspil.volunteering.queries import readers_of, room_at, task_titles
from samspil.volunteering.views.together import own_workplace

PAGE_SIZE = 25


class MessageForm(forms.Form):
    """To whom, and what."""

    to = forms.ChoiceField(label=gettext_lazy("To"), required=False)
    text = TextField(
        label=gettext_lazy("What do you want to tell them?"),
        limit=3000,
        widget=LongTextarea(attrs={"rows": 6}),
        error_messages={"required": gettext_lazy("Write what you want to tell them.")},
    )

    def __init__(self, data: Any = None, *, tasks: tuple[TaskOffered, ...]) -> None:
        super().__init__(data)
        offered = [(str(task.lineage), task.title) for task in tasks]
        self.fields["to"].choices = [("", _("All our volunteers")), *offered]  # type: ignore[attr-defined]


class MessagesView(PermissionView):
    """Write to them, and see what was written before."""

    permission = RECEIVE
    subject: Unit

    def load(self, **kwargs: Any) -> Unit:
        """Return the own workplace."""
        return own_workplace(self)

    def form(self, data: Any = None) -> MessageForm:
        """Return the form with the tasks that are offered."""
        room = room_at(self.subject.pk)
        return MessageForm(data, tasks=room.tasks if room else ())

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form."""
        del request
        return self.page(self.form())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Send it."""
        form = self.form(request.POST)
        if not form.is_valid():
            return self.page(form)
        to = form.cleaned_data["to"]
        sent = actions.send_message(
            workplace=self.subject,
            lineage=UUID(to) if to else None,
            text=form.cleaned_data["text"],
            actor=self.capacity,
            at=timezone.now(),
        )
        messages.success(request, _("It is on its way. See below whom to call."))
        return redirect("volunteer_message", sent.pk)

    def page(self, form: MessageForm) -> HttpResponse:
        """Show the form and what was sent."""
        sent = VolunteerMessage.objects.filter(workplace=self.subject).select_related("sent_by").order_by("-sent_at")
        readers = readers_of(self.subject.pk, None)
        context = {
            "workplace": self.subject,
            "form": form,
            "page": Paginator(sent, PAGE_SIZE).get_page(self.request.GET.get("side")),
            "count": len(readers),
            "by_phone": sum(not one.email for one in readers),
        }
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        return render(self.request, "volunteering/messages.html", context, status=status)


class MessageView(PermissionView):
    """One message: whom it reached by e-mail, and whom to call."""

    permission = RECEIVE
    message: VolunteerMessage

    def load(self, **kwargs: Any) -> Unit:
        """Find the message among those of the own workplace."""
        workplace = own_workplace(self)
        found = VolunteerMessage.objects.filter(workplace=workplace, pk=kwargs["pk"]).select_related("sent_by").first()
        if found is None:
            raise Http404
        self.message = found
        return workplace

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        del pk
        message = self.message
        readers = readers_of(self.subject.pk, message.lineage)
        outcomes = outside_outcomes([message.about(one.pk) for one in readers])
        by = [(one, outcomes.get(message.about(one.pk))) for one in readers]
        context = {
            "message": message,
            "task": task_titles([message.lineage]).get(message.lineage, "") if message.lineage else "",
            "sent": sum(outcome == Delivery.Outcome.SENT for _one, outcome in by),
            "waiting": sum(outcome == "" for _one, outcome in by),
            "to_call": [one for one, outcome in by if outcome not in {"", Delivery.Outcome.SENT}],
        }
        return render(request, "volunteering/message.html", context)


class OpenMessageView(PermissionView):
    """The words as a volunteer reads them, without login; the code in the address is all that opens it."""

    permission = OPEN

    def get(self, request: HttpRequest, code: str, **kwargs: Any) -> HttpResponse:
        """Show them."""
        del kwargs
        is_known = getattr(request, "municipality", None) is not None
        found = VolunteerMessage.objects.filter(code=code).select_related("workplace", "sent_by") if is_known else ()
        message = next(iter(found), None)
        if message is None:
            raise Http404
        response = render(request, "volunteering/open_message.html", {"message": message})
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Cache-Control"] = "no-store"
        return response
