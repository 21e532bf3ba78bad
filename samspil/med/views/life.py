# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""A matter is put off, taken up again, or sent on to the body above."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.foundation.errors import Refusal
from samspil.med import actions, permissions
from samspil.med.life_forms import DeferForm, SendOnForm
from samspil.med.models import Dialogue
from samspil.med.queries import body_above
from samspil.med.views.dialogues import DialogueSubjectView


class _ReasonView(DialogueSubjectView):
    """A page that asks for a reason and does one thing."""

    permission = permissions.RECORD
    form_class: type[forms.Form]
    template = ""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask."""
        del request, pk
        return self._page(self.form_class())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do it, or say what stands in the way."""
        del pk
        form = self.form_class(request.POST)
        if form.is_valid():
            try:
                shown = self.carry_out(form.cleaned_data)
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                return redirect("dialogue", pk=shown.pk)
        return self._page(form)

    def carry_out(self, given: dict[str, Any]) -> Dialogue:
        """Do it, and return the dialogue to show."""
        raise NotImplementedError

    def _page(self, form: forms.Form) -> HttpResponse:
        dialogue: Dialogue = self.subject
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        context = {"form": form, "dialogue": dialogue, "above": body_above(dialogue.committee)}
        return render(self.request, self.template, context, status=status)


class DeferView(_ReasonView):
    """Put it off."""

    form_class = DeferForm
    template = "med/defer.html"

    def carry_out(self, given: dict[str, Any]) -> Dialogue:
        """Put it off."""
        put_off = actions.defer(
            dialogue=self.subject, **given, actor=self.capacity, at=timezone.now(), on=timezone.localdate()
        )
        messages.success(self.request, _("It is put off. It still waits, and can be taken up at any time."))
        return put_off


class SendOnView(_ReasonView):
    """Send it on to the body above."""

    form_class = SendOnForm
    template = "med/send_on.html"

    def carry_out(self, given: dict[str, Any]) -> Dialogue:
        """Send it on, and show where it went."""
        further = actions.send_on(dialogue=self.subject, **given, actor=self.capacity, at=timezone.now())
        messages.success(self.request, _("It is sent on to %(body)s.") % {"body": further.committee.name})
        return further


class TakeUpView(DialogueSubjectView):
    """Take a matter up again that was put off."""

    permission = permissions.RECORD

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take it up, unless somebody has."""
        try:
            actions.take_up(dialogue=self.subject, actor=self.capacity, at=timezone.now())
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("It is to be discussed again."))
        return redirect("dialogue", pk=pk)
