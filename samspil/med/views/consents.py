# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Standing consents: proposed, corrected at the table, withdrawn (R53)."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.foundation.errors import Refusal
from samspil.med import actions, permissions
from samspil.med.body_forms import ConsentForm, WithdrawForm
from samspil.med.body_models import StandingConsent
from samspil.med.models import Dialogue
from samspil.med.queries import consent_line, consents_of, places_for_consent, types_at
from samspil.med.views.committees import CommitteeSubjectView


class ProposeConsentView(CommitteeSubjectView):
    """Put a standing consent before the body; ``?fra=`` names the discussion in which the thought came up."""

    permission = permissions.GIVE_CONSENT

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show the form."""
        del request, slug
        return self._page(self._form())

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Put it before the body, and go on to what the body said."""
        del slug
        form = self._form(request.POST)
        if form.is_valid():
            try:
                consent = actions.propose_consent(
                    committee=self.subject,
                    facts=form.facts(),
                    arises_from=self._arises_from(),
                    actor=self.capacity,
                    on=timezone.localdate(),
                    at=timezone.now(),
                )
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(
                    request, _("It is before the body. Write down what the two sides say when you have discussed it.")
                )
                return redirect("dialogue", pk=consent.dialogue_id)
        return self._page(form)

    def _arises_from(self) -> Dialogue | None:
        asked = self.request.GET.get("fra", "")
        if not (asked.isascii() and asked.isdecimal() and len(asked) < len(str(2**63))):
            return None
        return Dialogue.objects.filter(committee=self.subject, pk=int(asked)).select_related("current_paper").first()

    def _form(self, *args: Any, **kwargs: Any) -> ConsentForm:
        places = places_for_consent(self.subject)
        return ConsentForm(*args, types=types_at(places), units=places, **kwargs)

    def _page(self, form: ConsentForm, **more: Any) -> HttpResponse:
        context = {"form": form, "committee": self.subject, "arises_from": self._arises_from(), **more}
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        return render(self.request, "med/consent.html", context, status=status)


class ConsentSubjectView(ProposeConsentView):
    """A page about one standing consent of a body."""

    consent: StandingConsent

    def load(self, **kwargs: Any) -> Any:
        """Find the body, and the consent in it."""
        committee = super().load(**kwargs)
        consent = consents_of(committee).filter(pk=kwargs["pk"]).first()
        if consent is None:
            raise Http404
        self.consent = consent
        return committee


class CorrectConsentView(ConsentSubjectView):
    """Correct it at the table, and present it again."""

    def get(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:  # type: ignore[override]
        """Show the form with its words."""
        del request, slug, pk
        return self._page(self._form(consent=self.consent), consent=self.consent)

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:  # type: ignore[override]
        """Present it again."""
        del slug, pk
        form = self._form(request.POST, consent=self.consent)
        if form.is_valid():
            try:
                consent = actions.correct_consent(
                    consent=self.consent,
                    facts=form.facts(),
                    actor=self.capacity,
                    on=timezone.localdate(),
                    at=timezone.now(),
                )
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Corrected, and presented again."))
                return redirect("dialogue", pk=consent.dialogue_id)
        return self._page(form, consent=self.consent)


class WithdrawConsentView(ConsentSubjectView):
    """Withdraw it from a day on."""

    def get(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:  # type: ignore[override]
        """Ask from when, and why."""
        del request, slug, pk
        return self._ask(WithdrawForm(initial={"from_date": timezone.localdate()}))

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:  # type: ignore[override]
        """Withdraw it."""
        del pk
        form = WithdrawForm(request.POST)
        if form.is_valid():
            try:
                actions.withdraw_consent(
                    consent=self.consent,
                    **form.cleaned_data,
                    actor=self.capacity,
                    on=timezone.localdate(),
                    at=timezone.now(),
                )
            except Refusal as refusal:
                form.add_error("from_date", str(refusal))
            else:
                messages.success(request, _("It is withdrawn. Both sides have been told."))
                return redirect("committee", slug=slug)
        return self._ask(form)

    def _ask(self, form: WithdrawForm) -> HttpResponse:
        context = {"form": form, "committee": self.subject, "line": consent_line(self.consent, timezone.localdate())}
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        return render(self.request, "med/withdraw_consent.html", context, status=status)
