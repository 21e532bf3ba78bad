# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The employee side's answer, logged in or by a one-time link, and the secretariat's settlement."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from samspil.foundation.errors import Refusal
from samspil.foundation.permission import OPEN
from samspil.foundation.views import PermissionView
from samspil.med import actions, permissions
from samspil.med.corrections import corrections_of, is_corrected
from samspil.med.forms import AnswerForm, SettleForm
from samspil.med.models import Confirmation, ConfirmationLink, Dialogue
from samspil.med.queries import link_by_token, may_answer, read_with_bodies, with_committee
from samspil.med.views.dialogues import DialogueSubjectView, record_context

_FEW = 3
"""So many corrections stand open; more are folded."""


def _send(form: AnswerForm, yes: Callable[..., Dialogue], no: Callable[..., Dialogue], **given: Any) -> bool:
    """Give the answer by one of two actions; say whether it was taken. What stands in the way stands on the form."""
    if not form.is_valid():
        return False
    given |= {"expected_revision": form.cleaned_data["revision"], "at": timezone.now(), "on": timezone.localdate()}
    try:
        if form.cleaned_data["answer"] == AnswerForm.YES:
            yes(**given)
        else:
            no(**given, reason=form.cleaned_data["reason"])
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


class ConfirmView(DialogueSubjectView):
    """For whoever speaks for the employee side: is this what was said?"""

    permission = permissions.ANSWER

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the record and the two buttons."""
        del request, pk
        return self._page(AnswerForm(initial={"revision": self.subject.revision}))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take the answer."""
        form = AnswerForm(request.POST)
        if _send(form, actions.confirm, actions.refuse_confirmation, dialogue=self.subject, actor=self.capacity):
            messages.success(request, _("Thank you. Your answer has been written down."))
            return redirect("dialogue", pk=pk)
        return self._page(form)

    def _page(self, form: AnswerForm) -> HttpResponse:
        context = record_context(self.subject) | corrected_context(self.subject) | {"form": form}
        context["is_open"] = _is_open(context["confirmation"])
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        return render(self.request, "med/confirm.html", context, status=status)


def corrected_context(dialogue: Dialogue) -> dict[str, Any]:
    """Return what ``med/_corrections.html`` shows to whoever confirms."""
    corrections = corrections_of(dialogue)
    is_short = len(corrections) <= _FEW
    return {"is_corrected": is_corrected(dialogue), "corrections": corrections, "is_short": is_short}


def _is_open(confirmation: Confirmation | None) -> bool:
    return confirmation is not None and confirmation.answer == Confirmation.Answer.ASKED


class ConfirmByLinkView(PermissionView):
    """The same for whoever has a one-time link. Reading does nothing; a button uses the link up."""

    permission = OPEN

    def load(self, **kwargs: Any) -> ConfirmationLink:
        """Find the link in the municipality of the address."""
        link = link_by_token(kwargs["token"]) if getattr(self.request, "municipality", None) else None
        if link is None:
            raise Http404
        return link

    def get(self, request: HttpRequest, municipality: str, token: str) -> HttpResponse:
        """Show the record and the two buttons; mail scanners fetch links, so nothing happens here."""
        del request, municipality, token
        return self._page(AnswerForm(initial={"revision": self.subject.confirmation.dialogue.revision}))

    def post(self, request: HttpRequest, municipality: str, token: str) -> HttpResponse:
        """Take the answer."""
        form = AnswerForm(request.POST)
        if _send(form, actions.confirm_by_link, actions.refuse_by_link, token=token):
            return redirect("confirm_by_link", municipality=municipality, token=token)
        return self._page(form)

    def _page(self, form: AnswerForm) -> HttpResponse:
        link: ConfirmationLink = self.subject
        dialogue = read_with_bodies(with_committee(Dialogue.objects.all()).get(pk=link.confirmation.dialogue_id))
        confirmation = link.confirmation
        may = may_answer(dialogue, link.membership.user_id, timezone.localdate())
        context = record_context(dialogue) | corrected_context(dialogue)
        context |= {
            "form": form,
            "person": link.membership.user.name,
            "is_used": link.used_at is not None,
            "is_open": link.used_at is None and may and _is_open(confirmation),
            "is_void": confirmation.answer == Confirmation.Answer.VOIDED or not may,
            "asked": confirmation,
        }
        status = HTTPStatus.OK
        if form.errors:
            status = HTTPStatus.UNPROCESSABLE_ENTITY
        elif context["is_void"] and not context["is_used"]:
            status = HTTPStatus.GONE
        response = render(self.request, "med/confirm_by_link.html", context, status=status)
        add_never_cache_headers(response)
        return response


class SettleView(DialogueSubjectView):
    """For the secretariat, when the employee side has said no or nothing."""

    permission = permissions.SETTLE

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the record, the no, and a field for the reason."""
        del request, pk
        return self._page(SettleForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Settle it."""
        form = SettleForm(request.POST)
        if form.is_valid():
            try:
                actions.settle(
                    dialogue=self.subject,
                    reason=form.cleaned_data["reason"],
                    actor=self.capacity,
                    at=timezone.now(),
                    on=timezone.localdate(),
                )
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("It is settled. The discussion counts now."))
                return redirect("dialogue", pk=pk)
        return self._page(form)

    def _page(self, form: SettleForm) -> HttpResponse:
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        return render(self.request, "med/settle.html", record_context(self.subject) | {"form": form}, status=status)
