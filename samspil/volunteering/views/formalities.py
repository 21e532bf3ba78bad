# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""*Det skal vi have på plads*: noting it for one volunteer, and whom to look at."""

from http import HTTPStatus

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspil.foundation.errors import Refusal
from samspil.foundation.views import PermissionView
from samspil.volunteering import actions
from samspil.volunteering.formality_facts import ANSWERED
from samspil.volunteering.formality_forms import FactsForm, NoteForm
from samspil.volunteering.formality_items import facts_for
from samspil.volunteering.formality_permissions import REVIEW
from samspil.volunteering.formality_review import asked_whether_lasting, titles_on, to_review
from samspil.volunteering.models.formalities import How, Outcome
from samspil.volunteering.permissions import LOOK_AFTER
from samspil.volunteering.views.volunteer import EngagementPage, StepView

PAGE_SIZE = 25


class NoteFormalitiesView(StepView):
    """What was ticked is in place, or is not; several at once."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Note it, and lead back to the list."""
        del pk
        form = NoteForm(request.POST)
        if not form.is_valid():
            raise Refusal(_("Choose a day and how it was done."))
        decided = actions.decide(
            engagement=self.subject,
            codes=request.POST.getlist("codes"),
            outcome=Outcome(form.cleaned_data["outcome"]),
            how=How(form.cleaned_data["how"]),
            decided_on=form.cleaned_data["decided_on"],
            actor=self.capacity,
            on=self.capacity.on,
            at=timezone.now(),
        )
        if form.cleaned_data["outcome"] == Outcome.IN_PLACE:
            said = ngettext("It is noted as in place.", "%(number)d things are noted as in place.", len(decided))
            messages.success(request, said % {"number": len(decided)})
        else:
            messages.success(request, _("It is noted as not in place. Nobody writes down why."))
        return self.back()


class AnswerFactsView(EngagementPage):
    """What the workplace and the tasks cannot tell."""

    permission = LOOK_AFTER

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what is taken for granted until somebody answers."""
        del request, pk
        facts = facts_for(self.subject, self.capacity.on)
        return self.page(FactsForm(initial={name: "yes" if getattr(facts, name) else "no" for name in ANSWERED}))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Save the answers; what must be in place follows."""
        del pk
        form = FactsForm(request.POST)
        if not form.is_valid():
            return self.page(form)
        actions.answer_facts(
            engagement=self.subject,
            answers=form.cleaned_data,
            actor=self.capacity,
            on=self.capacity.on,
            at=timezone.now(),
        )
        messages.success(request, _("Thank you. What must be in place follows from your answers."))
        return self.back()

    def page(self, form: FactsForm) -> HttpResponse:
        """Show the form."""
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        context = {"form": form, "engagement": self.subject, "name": self.name}
        return render(self.request, "volunteering/answer_facts.html", context, status=status)


class LastingView(StepView):
    """The one question about somebody who came for a short time: do they go on coming?"""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Keep the answer."""
        del pk
        answer = request.POST.get("is_lasting")
        if answer not in {"yes", "no"}:
            raise Refusal(_("Answer yes or no."))
        actions.answer_facts(
            engagement=self.subject,
            answers={"is_lasting": answer == "yes"},
            actor=self.capacity,
            on=self.capacity.on,
            at=timezone.now(),
        )
        messages.success(request, _("Thank you. What must be in place follows from your answers."))
        return self.back()


class AskForCertificateView(StepView):
    """Ask whoever orders certificates."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask."""
        del pk
        actions.ask_for_certificate(
            engagement=self.subject, actor=self.capacity, on=self.capacity.on, at=timezone.now()
        )
        messages.success(request, _("Whoever orders certificates has been told."))
        return self.back()


class ToReviewView(PermissionView):
    """Whom I look after, for whom something has a day, and who came for a short time and may have stayed."""

    permission = REVIEW

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them, the nearest day first."""
        page = Paginator(to_review(self.capacity), PAGE_SIZE).get_page(request.GET.get("side"))
        titles = titles_on(self.capacity.on)
        context = {
            "page": page,
            "rows": [(row, titles.get(row.code, row.code)) for row in page],
            "asked": asked_whether_lasting(self.capacity, self.capacity.on),
            "on": self.capacity.on,
        }
        return render(request, "volunteering/formalities_to_review.html", context)
