# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The open door: anybody may say that they would like to be a volunteer, and read the answer."""

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.agreements.queries import no_volunteers
from samspil.foundation.permission import OPEN
from samspil.foundation.views import PermissionView
from samspil.frameworks.models import Purpose
from samspil.frameworks.queries import element_with_purpose, version_in_force
from samspil.municipalities.models import Unit
from samspil.volunteering import actions
from samspil.volunteering.actions import FirstWord
from samspil.volunteering.door import ANSWER_WITHIN, answer_by, open_workplace
from samspil.volunteering.door_forms import DoorForm
from samspil.volunteering.models import Application
from samspil.volunteering.queries import room_at
from samspil.volunteering.spam import HONEYPOT, STAMP, doubts_about, is_too_many, stamp
from samspil.volunteering.states import ApplicationState


class DoorPage(PermissionView):
    """A page at the door of one workplace; it works without JavaScript."""

    permission = OPEN
    subject: Unit

    def load(self, **kwargs: Any) -> Unit:
        """Return the workplace, unless it is withheld or closed."""
        is_known = getattr(self.request, "municipality", None) is not None
        workplace = open_workplace(kwargs["slug"], timezone.localdate()) if is_known else None
        if workplace is None:
            raise Http404
        return workplace


class DoorView(DoorPage):
    """*Jeg vil gerne være frivillig*: three fields, without login."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show what volunteers do here, and the form."""
        del request, kwargs
        return self.page(DoorForm())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Receive it, and lead to the receipt; whatever is wrong, the words stand in the form."""
        del kwargs
        now = timezone.now()
        form = DoorForm(request.POST)
        if form.is_valid() and (doubt := doubts_about(request, now)):
            form.add_error(None, doubt)
        if form.is_valid() and is_too_many(request, now):
            form.add_error(None, _("Many have written from your network within the last hour. Call us, or try later."))
        if not form.is_valid():
            return self.page(form)
        said = FirstWord(**form.cleaned_data)
        received = actions.apply(workplace=self.subject, said=said, on=timezone.localdate(), at=now)
        return redirect("open_receipt", self.subject.municipality.slug, self.subject.slug, received.receipt_code)

    def page(self, form: DoorForm) -> HttpResponse:
        """Show the form, with what a volunteer is (R17) and that it is a supplement (R18)."""
        room = room_at(self.subject.pk)
        framework = room.version.framework if room else version_in_force(timezone.localdate())
        context = {
            "workplace": self.subject,
            "form": form,
            "tasks": room.tasks if room else (),
            "has_agreement": room is not None,
            "says_none": room is None and no_volunteers(self.subject.pk) is not None,
            "definition": element_with_purpose(framework, Purpose.VOLUNTEER_DEFINITION),
            "supplement": element_with_purpose(framework, Purpose.SUPPLEMENT),
            "within": ANSWER_WITHIN,
            "honeypot": HONEYPOT,
            "stamp_name": STAMP,
            "stamp": stamp(timezone.now()),
        }
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        return render(self.request, "volunteering/door.html", context, status=status)


class ReceiptView(DoorPage):
    """What happens now and by when, and later the answer; the code in the address is all that opens it."""

    def application(self, code: str) -> Application:
        """Return what was written; raises ``Http404`` where the code opens nothing here."""
        found = Application.objects.filter(workplace=self.subject, receipt_code=code).first()
        if found is None:
            raise Http404
        return found

    def get(self, request: HttpRequest, code: str, **kwargs: Any) -> HttpResponse:
        """Show it."""
        del kwargs
        application = self.application(code)
        context = {
            "workplace": self.subject,
            "application": application,
            "answer_by": answer_by(application),
            "is_waiting": application.state == ApplicationState.WAITING,
            "is_withdrawn": application.state == ApplicationState.WITHDRAWN,
            "has_agreement": room_at(self.subject.pk) is not None,
        }
        response = render(request, "volunteering/receipt.html", context)
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Cache-Control"] = "no-store"
        return response

    def post(self, request: HttpRequest, code: str, **kwargs: Any) -> HttpResponse:
        """Take it back."""
        del kwargs
        actions.withdraw(application=self.application(code), on=timezone.localdate(), at=timezone.now())
        return redirect(request.path)
