# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The volunteer's own page: my agreement, whom to ask, no thank you, a break, and what is kept about me (R6, R21)."""

from datetime import timedelta
from functools import cached_property
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.audit.queries import reads_of
from samspil.foundation import personal_data
from samspil.foundation.templatetags.samspil import danish_date
from samspil.foundation.views import PermissionView
from samspil.volunteering import actions
from samspil.volunteering.actions import OwnWords
from samspil.volunteering.actions.own import TIME_TO_HAND_IN
from samspil.volunteering.models import Engagement, Volunteer
from samspil.volunteering.models.engagements import EndedBy, PausedBy
from samspil.volunteering.permissions import OWN, OWN_PAGE, own_engagements
from samspil.volunteering.queries import chosen_lineages, person_of, task_titles
from samspil.volunteering.states import HERE, State
from samspil.volunteering.terms import terms_document
from samspil.volunteering.terms_forms import OwnWordsForm
from samspil.volunteering.views.people import BADGES
from samspil.volunteering.views.terms import certificate, newest_or_404, pdf
from samspil.volunteering.welcome import customs_at

READERS_SHOWN = 50


class OwnView(PermissionView):
    """A page that is the volunteer's alone."""

    permission = OWN_PAGE

    @cached_property
    def volunteer(self) -> Volunteer | None:
        """Who it is; None where the workplace has not entered them."""
        return Volunteer.objects.filter(user_id=self.capacity.person).first()

    @property
    def the_volunteer(self) -> Volunteer:
        """Who it is, or ``Http404``."""
        if self.volunteer is None:
            raise Http404
        return self.volunteer

    @property
    def places(self) -> list[Engagement]:
        """Where one is a volunteer, what is over last."""
        rows = own_engagements(self.capacity).select_related("volunteer", "workplace", "contact_person")
        return list(rows.prefetch_related("tasks").order_by("ended_on", "workplace__sort_key"))


class OwnPageView(OwnView):
    """The front of it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show each place with what one can do there."""
        places = self.places
        chosen = {one.pk: chosen_lineages(one) for one in places}
        titles = task_titles(lineage for lineages in chosen.values() for lineage in lineages)
        context = {
            "volunteer": self.volunteer,
            "places": [
                {
                    "engagement": one,
                    "badge": BADGES[State(one.state)],
                    "is_here": one.state in HERE,
                    "tasks": sorted(
                        ((titles.get(lineage, ""), lineage) for lineage in chosen[one.pk]), key=lambda task: task[0]
                    ),
                    "customs": customs_at(one.workplace_id) if one.state in HERE else (),
                }
                for one in places
            ],
        }
        return render(request, "volunteering/own_page.html", context)


class OwnEngagementView(OwnView):
    """A page about one's own place."""

    permission = OWN
    subject: Engagement

    def load(self, **kwargs: Any) -> Engagement:
        """Find it among one's own."""
        rows = own_engagements(self.capacity).select_related("volunteer", "workplace", "contact_person")
        found = rows.prefetch_related("tasks").filter(pk=kwargs["pk"]).first()
        if found is None:
            raise Http404
        return found


class OwnStepView(OwnEngagementView):
    """A step that is one button; whoever comes by a link or a reload is shown the page."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the page instead."""
        del request, kwargs
        return redirect("own_page")


class AcceptView(OwnStepView):
    """Say yes to the agreement on the screen (R56)."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Say yes."""
        del pk
        actions.accept_terms(
            terms=newest_or_404(self.subject),
            expected_sha256=request.POST.get("sha256", ""),
            actor=self.capacity,
            on=self.capacity.on,
            at=timezone.now(),
        )
        messages.success(request, _("Thank you. You have said yes to the agreement."))
        return redirect("own_page")


class OwnPauseView(OwnStepView):
    """Take a break at once; nobody asks why (R21)."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take it."""
        del pk
        actions.pause(
            engagement=self.subject,
            by=PausedBy.VOLUNTEER,
            actor=self.capacity,
            on=self.capacity.on,
            at=timezone.now(),
        )
        messages.success(
            request, _("You have a break from today. Tell your contact person when you want to come back.")
        )
        return redirect("own_page")


class DeclineView(OwnStepView):
    """Say no to a task; nobody asks why (R21)."""

    def post(self, request: HttpRequest, pk: int, lineage: Any) -> HttpResponse:
        """Say no."""
        del pk
        actions.decline_task(
            engagement=self.subject, lineage=lineage, actor=self.capacity, on=self.capacity.on, at=timezone.now()
        )
        messages.success(request, _("You no longer have that task."))
        return redirect("own_page")


class OwnStopView(OwnEngagementView):
    """Stop at a place; asks once."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask."""
        del pk
        if self.subject.state == State.ENDED:
            return redirect("own_page")
        context = {
            "question": _("Do you want to stop at %(place)s?") % {"place": self.subject.workplace.name},
            "consequences": [
                _("You stop today. You need not say why."),
                _("Hand in badge and keys, if you have any."),
                _("You can still log in here for 30 days, and get a certificate."),
            ],
            "action_label": _("Yes, I stop"),
            "back_url": reverse("own_page"),
        }
        return render(request, "foundation/confirm.html", context)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Stop."""
        del pk
        actions.end_engagement(
            engagement=self.subject,
            by=EndedBy.VOLUNTEER,
            actor=self.capacity,
            on=self.capacity.on,
            at=timezone.now(),
        )
        messages.success(request, _("You have stopped. Thank you for your time."))
        return redirect("own_page")


class OwnTermsPdfView(OwnEngagementView):
    """One's agreement on paper."""

    large_print = False

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Return the PDF."""
        del request, pk
        newest = newest_or_404(self.subject)
        document = terms_document(newest, self.capacity.on, large_print=self.large_print)
        return pdf(document, f"{_('volunteer-agreement')}-{newest.number}")


class OwnCertificateView(OwnEngagementView):
    """One's certificate."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Return the PDF."""
        del request, pk
        return certificate(self.subject, self.capacity.on)


class OwnDataView(OwnView):
    """What is kept about me: see, correct, fetch, ask for deletion; and who has looked."""

    def load(self, **kwargs: Any) -> Volunteer:
        """Find oneself."""
        del kwargs
        return self.the_volunteer

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show it."""
        del request
        who = self.the_volunteer
        return self.page(OwnWordsForm(initial={"name": who.name, "phone": who.phone, "wishes": who.wishes}))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Correct it."""
        form = OwnWordsForm(request.POST)
        if not form.is_valid():
            return self.page(form)
        actions.correct_own_words(
            volunteer=self.the_volunteer,
            words=OwnWords(**form.cleaned_data),
            actor=self.capacity,
            at=timezone.now(),
        )
        messages.success(request, _("It is saved."))
        return redirect("own_data")

    def page(self, form: OwnWordsForm) -> HttpResponse:
        """Show the form, everything that is kept, and the readers."""
        context = {
            "form": form,
            "volunteer": self.the_volunteer,
            "entries": personal_data.find(person_of(self.the_volunteer)),
            "readers": reads_of(self.the_volunteer)[:READERS_SHOWN],
        }
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        return render(self.request, "volunteering/own_data.html", context, status=status)


class OwnDataFileView(OwnView):
    """All of it as a file, for a machine or for a person (GDPR, articles 15 and 20)."""

    def get(self, request: HttpRequest, kind: str) -> HttpResponse:
        """Answer with the file; ``kind`` is ``json`` or ``html``."""
        person = person_of(self.the_volunteer)
        name = f"{_('my-data')}.{kind}"
        if kind == "json":
            data = {"municipality": self.capacity.municipality_name, "kept": personal_data.export(person)}
            response: HttpResponse = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 2})
        elif kind == "html":
            context = {"entries": personal_data.find(person), "on": self.capacity.on}
            response = render(request, "volunteering/own_data_file.html", context)
        else:
            raise Http404
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        response.headers["Cache-Control"] = "private, no-store"
        return response


class AskToBeForgottenView(OwnView):
    """Stop everywhere and be forgotten; asks first."""

    def load(self, **kwargs: Any) -> Volunteer:
        """Find oneself."""
        del kwargs
        return self.the_volunteer

    def get(self, request: HttpRequest) -> HttpResponse:
        """Ask."""
        day = danish_date(self.capacity.on + timedelta(days=TIME_TO_HAND_IN.days))
        context = {
            "question": _("Shall everything about you be deleted?"),
            "consequences": [
                _("You stop as a volunteer today, everywhere in the municipality."),
                _("On %(day)s name, phone, e-mail and all that leads to you is deleted.") % {"day": day},
                _("If you change your mind before then, tell your contact person."),
                _("Fetch your certificate first, if you want it."),
            ],
            "action_label": _("Yes, stop and delete"),
            "back_url": reverse("own_data"),
            "is_final": True,
        }
        return render(request, "foundation/confirm.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Stop, and set the day."""
        who = actions.ask_to_be_forgotten(
            volunteer=self.the_volunteer, actor=self.capacity, on=self.capacity.on, at=timezone.now()
        )
        messages.success(
            request, _("Everything about you is deleted on %(day)s.") % {"day": danish_date(who.forget_on)}
        )
        return redirect("own_page")
