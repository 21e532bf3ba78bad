# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What the contact person does about the agreement with a volunteer, the welcome, and the goodbye."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.foundation.errors import Refusal
from samspil.foundation.pdf import Document, render_pdf
from samspil.volunteering import actions
from samspil.volunteering.actions import Shown
from samspil.volunteering.models import Engagement, VolunteerAgreement
from samspil.volunteering.models.terms import How
from samspil.volunteering.permissions import LOOK_AFTER
from samspil.volunteering.states import State
from samspil.volunteering.terms import certificate_document, newest_terms, terms_document
from samspil.volunteering.terms_forms import AcceptanceForm, EndingForm, OwnPageForm, WelcomeForm
from samspil.volunteering.views.volunteer import EngagementPage, StepView


def first_error(form: forms.Form) -> Refusal:
    """Return what must be put right first, as a refusal: for the small forms that stand on another page."""
    return Refusal(str(next(iter(form.errors.values()))[0]))


def pdf(document: Document, name: str) -> HttpResponse:
    """Answer with a paper, shown in the browser."""
    response = HttpResponse(render_pdf(document), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def newest_or_404(engagement: Engagement) -> VolunteerAgreement:
    """Return the newest agreement with a volunteer, or raise ``Http404``."""
    newest = newest_terms(engagement)
    if newest is None:
        raise Http404
    return newest


class TermsStepView(StepView):
    """A step of the contact person's; whoever comes by a link or a reload is shown the volunteer."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the volunteer instead."""
        del request, kwargs
        return self.back()


class MakeTermsView(TermsStepView):
    """Make the agreement from the workplace's own, or make it again."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Make it."""
        del pk
        actions.make_terms(engagement=self.subject, actor=self.capacity, on=self.capacity.on, at=timezone.now())
        messages.success(request, _("The agreement is made. Print it, read it together, or let it be read here."))
        return redirect(reverse("volunteer", args=[self.subject.pk]) + "#terms")


class NoteAcceptanceView(TermsStepView):
    """Note a yes on paper or by word of mouth."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Note it."""
        del pk
        form = AcceptanceForm(request.POST)
        if not form.is_valid():
            raise first_error(form)
        actions.note_acceptance(
            terms=newest_or_404(self.subject),
            how=How(form.cleaned_data["how"]),
            said_on=form.cleaned_data["said_on"],
            actor=self.capacity,
            on=self.capacity.on,
            at=timezone.now(),
        )
        messages.success(request, _("It is noted that %(name)s said yes.") % {"name": self.name})
        return redirect(reverse("volunteer", args=[self.subject.pk]) + "#terms")


class NoteWelcomeView(TermsStepView):
    """Note on which days a newcomer was shown around."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Note it."""
        del pk
        form = WelcomeForm(request.POST)
        if not form.is_valid():
            raise first_error(form)
        actions.note_welcome(
            engagement=self.subject,
            shown=Shown(**form.cleaned_data),
            actor=self.capacity,
            on=self.capacity.on,
            at=timezone.now(),
        )
        messages.success(request, _("It is saved."))
        return redirect(reverse("volunteer", args=[self.subject.pk]) + "#welcome")


class NoteEndingView(TermsStepView):
    """Tick that the volunteer was thanked, and that badge and keys are back."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Note it."""
        del pk
        form = EndingForm(request.POST)
        form.is_valid()
        actions.note_ending(
            engagement=self.subject,
            is_thanked=form.cleaned_data["is_thanked"],
            is_access_back=form.cleaned_data["is_back"],
            actor=self.capacity,
            on=self.capacity.on,
            at=timezone.now(),
        )
        messages.success(request, _("It is saved."))
        return self.back()


class TermsPdfView(EngagementPage):
    """The agreement with a volunteer, on paper."""

    large_print = False

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Return the PDF."""
        del request, pk
        newest = newest_or_404(self.subject)
        document = terms_document(newest, self.capacity.on, large_print=self.large_print)
        return pdf(document, f"{_('volunteer-agreement')}-{newest.engagement_id}-{newest.number}")


class CertificateView(EngagementPage):
    """The certificate of volunteering; whoever has not begun has none."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Return the PDF."""
        del request, pk
        return certificate(self.subject, self.capacity.on)


def certificate(engagement: Engagement, on: Any) -> HttpResponse:
    """Answer with the certificate, or raise ``Http404`` for who never began."""
    if engagement.started_on is None and engagement.here_since is None:
        raise Http404
    return pdf(certificate_document(engagement, on), f"{_('certificate')}-{engagement.pk}")


class GiveOwnPageView(EngagementPage):
    """Let a volunteer log in, where they want to."""

    permission = LOOK_AFTER

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for the e-mail."""
        del request, pk
        return self.page(OwnPageForm(initial={"email": self.volunteer.email}))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Give the page."""
        del pk
        form = OwnPageForm(request.POST)
        if not form.is_valid():
            return self.page(form)
        try:
            actions.give_own_page(
                engagement=self.subject,
                email=form.cleaned_data["email"],
                actor=self.capacity,
                on=self.capacity.on,
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error("email", str(refusal))
            return self.page(form)
        messages.success(
            request,
            _("%(name)s can log in with that e-mail. The code comes by e-mail each time.") % {"name": self.name},
        )
        return self.back()

    def page(self, form: OwnPageForm) -> HttpResponse:
        """Ask, with what it means."""
        names = {"name": self.name}
        context = {
            "form": form,
            "question": _("Shall %(name)s have a page of their own?") % names,
            "consequences": [
                _("There %(name)s can see the agreement, say no to a task, take a break, and see what is kept.")
                % names,
                _("It is only for those who would like it. Paper and word of mouth count as much."),
            ],
            "action_label": _("Yes, let %(name)s log in") % names,
            "back_url": reverse("volunteer", args=[self.subject.pk]),
        }
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        return render(self.request, "foundation/confirm.html", context, status=status)


class ForgetView(EngagementPage):
    """Forget somebody who has stopped, before the day; asks first, for it cannot be undone."""

    permission = LOOK_AFTER

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask."""
        del pk
        if self.subject.state != State.ENDED:
            return self.back()
        names = {"name": self.name}
        context = {
            "question": _("Forget %(name)s now?") % names,
            "consequences": [
                _("Name, phone, e-mail and everything that leads to %(name)s is deleted.") % names,
                _("That somebody was a volunteer here is still counted, without a name."),
                _("A certificate can no longer be made. Print it first, if it is wanted."),
            ],
            "action_label": _("Yes, forget now"),
            "back_url": reverse("volunteer", args=[self.subject.pk]),
            "is_final": True,
        }
        return render(request, "foundation/confirm.html", context)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Forget."""
        del pk
        actions.forget(volunteer=self.volunteer, actor=self.capacity, on=self.capacity.on, at=timezone.now())
        messages.success(request, _("It is deleted."))
        return redirect("volunteers")
