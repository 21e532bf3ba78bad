# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""One volunteer: entered over coffee, what is missing, the next step, a break, and stopping."""

from functools import cached_property
from http import HTTPStatus
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.foundation.errors import Refusal
from samspil.foundation.memory import tell
from samspil.foundation.views import PermissionView
from samspil.municipalities.models import Unit
from samspil.people.models import RoleAssignment
from samspil.people.queries import staff_of
from samspil.volunteering import actions
from samspil.volunteering.definition import ComesAs, kind_words
from samspil.volunteering.forms import EndForm, NewVolunteerForm, PauseForm, VolunteerForm
from samspil.volunteering.guards import missing_at_the_workplace, missing_before_start
from samspil.volunteering.models import Engagement, Volunteer
from samspil.volunteering.models.engagements import EndedBy, PausedBy, Through
from samspil.volunteering.permissions import LOOK_AFTER, RECEIVE, SEE, note_seen, visible_engagements
from samspil.volunteering.queries import (
    chosen_lineages,
    may_be_contact_person,
    room_at,
    task_titles,
    titles_at,
    with_rare_parts,
)
from samspil.volunteering.states import HERE, State
from samspil.volunteering.views.people import BADGES
from samspil.volunteering.views.together import own_workplace


class NewVolunteerView(PermissionView):
    """*Over kaffen*: a name is enough to begin with."""

    permission = RECEIVE
    subject: Unit

    def load(self, **kwargs: Any) -> Unit:
        """Return the capacity's own unit; only a workplace receives volunteers."""
        return own_workplace(self)

    @cached_property
    def staff(self) -> list[RoleAssignment]:
        """Who can be contact person."""
        return list(staff_of(self.subject.pk, self.capacity.on))

    def form(self, data: Any = None, **initial: Any) -> NewVolunteerForm:
        """Return the form with what the agreement offers; contact person is oneself."""
        room = room_at(self.subject.pk)
        initial = {"contact_person": self.capacity.user_id, **initial}
        return NewVolunteerForm(
            data, tasks=room.tasks if room else (), staff=self.staff, on=self.capacity.on, initial=initial
        )

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form, or what the workplace needs first."""
        del request
        return self.page(self.form())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Enter the volunteer; who is none is met with kind words, and nothing is kept (R17)."""
        form = self.form(request.POST)
        if request.POST.get("comes_as") in {ComesAs.SCHEME, ComesAs.RELATIVE}:
            return self.page(form, kind=kind_words(request.POST["comes_as"]))
        if not form.is_valid():
            return self.page(form)
        entered = actions.enter_volunteer(
            workplace=self.subject,
            who=form.who,
            tasks=[UUID(lineage) for lineage in form.cleaned_data["tasks"]],
            contact_person_id=form.cleaned_data["contact_person"],
            through=Through.SELF,
            actor=self.capacity,
            on=self.capacity.on,
            at=timezone.now(),
        )
        messages.success(request, _("%(name)s is entered.") % {"name": form.who.name})
        return redirect("volunteer", entered.pk)

    def page(self, form: NewVolunteerForm, kind: str = "") -> HttpResponse:
        """Show the form; ``kind`` says why somebody is no volunteer."""
        room = room_at(self.subject.pk)
        context = {
            "workplace": self.subject,
            "form": form,
            "tasks": room.tasks if room else (),
            "missing": missing_at_the_workplace(self.subject, self.capacity.on),
            "kind": kind,
        }
        is_wrong = form.is_bound and not kind and form.errors
        status = HTTPStatus.UNPROCESSABLE_ENTITY if is_wrong else HTTPStatus.OK
        return render(self.request, "volunteering/new_volunteer.html", context, status=status)


class EngagementPage(PermissionView):
    """A page about one volunteer at one workplace."""

    permission = SEE
    subject: Engagement
    reads_as = "volunteer"

    def load(self, **kwargs: Any) -> Engagement:
        """Find the engagement among those that the capacity sees; who is forgotten is no longer there."""
        found = self.asked(visible_engagements(self.capacity).filter(volunteer__isnull=False, pk=kwargs["pk"]))
        engagement = found.select_related("volunteer", "contact_person", "workplace").prefetch_related("tasks").first()
        if engagement is None:
            raise Http404
        note_seen(self.capacity, engagement)
        self._note_read(engagement)
        return engagement

    def asked(self, found: QuerySet[Engagement]) -> QuerySet[Engagement]:
        """Ask for more along with the engagement."""
        return found

    def _note_read(self, engagement: Engagement) -> None:
        """Note who looks at a volunteer's record; the volunteer and the data protection officer can see it."""
        if self.request.method == "GET":
            at, who = timezone.now(), [engagement.volunteer]
            actions.note_reads(volunteers=who, page=self.reads_as, actor=self.capacity, at=at)

    @property
    def volunteer(self) -> Volunteer:
        """Who it is; raises ``Http404`` where they have been forgotten."""
        if self.subject.volunteer is None:
            raise Http404
        return self.subject.volunteer

    @property
    def name(self) -> str:
        """The volunteer's name."""
        return self.volunteer.name

    def back(self) -> HttpResponse:
        """Lead back to the page of the volunteer."""
        return redirect("volunteer", self.subject.pk)


class VolunteerView(EngagementPage):
    """The page of one volunteer: how far, with what, who looks after them, and the next step."""

    def asked(self, found: QuerySet[Engagement]) -> QuerySet[Engagement]:
        """Ask for whether the contact person works here, and for what not everybody has."""
        return with_rare_parts(found, self.capacity.on)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        del pk
        one = self.subject
        room = room_at(one.workplace_id)
        chosen = chosen_lineages(one)
        titles = titles_at(room, chosen)
        waits = one.state in (State.IN_CLEARANCE, State.PAUSED)
        on, contact, asked_along = self.capacity.on, one.contact_person_id, cast("Any", one)
        if contact is not None:
            tell(may_be_contact_person, asked_along.has_contact, one.workplace_id, contact, on)
        context = {
            "engagement": one,
            "volunteer": one.volunteer,
            "badge": BADGES[State(one.state)],
            "tasks": [(titles.get(lineage, ""), room is not None and room.offers(lineage)) for lineage in chosen],
            "missing": missing_before_start(one, on) if waits else [],
            "lacks_contact": one.state in HERE
            and (contact is None or not may_be_contact_person(one.workplace_id, contact, on)),
            "looks_after": LOOK_AFTER.allows(self.capacity, one),
            "pause_form": PauseForm(),
        }
        return render(request, "volunteering/volunteer.html", context)


class StepView(EngagementPage):
    """A step that is one button on the page of the volunteer."""

    permission = LOOK_AFTER

    def refuse(self, refusal: Refusal) -> HttpResponse:
        """Lead back to the page of the volunteer, where what is missing can be put right."""
        context = {"refusal": refusal, "words": {}, "back": reverse("volunteer", args=[self.subject.pk])}
        return render(self.request, "foundation/refused.html", context, status=HTTPStatus.CONFLICT)


class StartView(StepView):
    """*Kan begynde*, for the first time or after a break."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Let the volunteer start; pressing tells what is missing."""
        del pk
        actions.activate(engagement=self.subject, actor=self.capacity, on=self.capacity.on, at=timezone.now())
        messages.success(request, _("%(name)s can begin.") % {"name": self.name})
        return self.back()


class PauseView(StepView):
    """A break, at once and without a reason (R21)."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take the break."""
        del pk
        form = PauseForm(request.POST)
        if not form.is_valid():
            raise Refusal(_("Choose who wants the break."))
        actions.pause(
            engagement=self.subject,
            by=PausedBy(form.cleaned_data["by"]),
            actor=self.capacity,
            on=self.capacity.on,
            at=timezone.now(),
        )
        messages.success(request, _("%(name)s has a break.") % {"name": self.name})
        return self.back()


class EditVolunteerView(EngagementPage):
    """Put right what stands about a volunteer, choose other tasks, and another contact person."""

    permission = LOOK_AFTER

    def form(self, data: Any = None) -> VolunteerForm:
        """Return the form with what stands; a task that is no longer offered can be kept."""
        one, volunteer = self.subject, self.volunteer
        room = room_at(one.workplace_id)
        chosen = chosen_lineages(one)
        titles = task_titles(chosen)
        until = volunteer.under_18_until
        return VolunteerForm(
            data,
            tasks=room.tasks if room else (),
            kept=[
                (str(lineage), titles.get(lineage, ""))
                for lineage in chosen
                if room is None or not room.offers(lineage)
            ],
            staff=staff_of(one.workplace_id, self.capacity.on),
            on=min(until, self.capacity.on) if until else self.capacity.on,
            initial={
                "name": volunteer.name,
                "phone": volunteer.phone,
                "email": volunteer.email,
                "wishes": volunteer.wishes,
                "tasks": [str(lineage) for lineage in chosen],
                "contact_person": one.contact_person_id,
                "under_18_month": until.month if until else None,
                "under_18_year": until.year if until else None,
            },
        )

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what stands."""
        del request, pk
        return self.page(self.form())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Save it."""
        del pk
        form = self.form(request.POST)
        if not form.is_valid():
            return self.page(form)
        now, on = timezone.now(), self.capacity.on
        actions.correct_volunteer(engagement=self.subject, who=form.who, actor=self.capacity, at=now)
        tasks = [UUID(lineage) for lineage in form.cleaned_data["tasks"]]
        actions.choose_tasks(engagement=self.subject, tasks=tasks, actor=self.capacity, on=on, at=now)
        contact = form.cleaned_data["contact_person"]
        if contact is not None and contact != self.subject.contact_person_id:
            actions.set_contact_person(
                engagement=self.subject, contact_person_id=contact, actor=self.capacity, on=on, at=now
            )
        messages.success(request, _("It is saved."))
        return self.back()

    def page(self, form: VolunteerForm) -> HttpResponse:
        """Show the form."""
        room = room_at(self.subject.workplace_id)
        context = {"form": form, "engagement": self.subject, "name": self.name, "tasks": room.tasks if room else ()}
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        return render(self.request, "volunteering/edit_volunteer.html", context, status=status)


class EndView(EngagementPage):
    """Stopping at the workplace: asks first."""

    permission = LOOK_AFTER

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask."""
        del request, pk
        return self.page(EndForm(initial={"by": EndedBy.VOLUNTEER}))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Stop."""
        del pk
        form = EndForm(request.POST)
        if not form.is_valid():
            return self.page(form)
        by = EndedBy(form.cleaned_data["by"])
        actions.end_engagement(
            engagement=self.subject, by=by, actor=self.capacity, on=self.capacity.on, at=timezone.now()
        )
        messages.success(request, _("%(name)s has stopped. Remember to say thank you.") % {"name": self.name})
        return self.back()

    def page(self, form: EndForm) -> HttpResponse:
        """Ask, with what follows."""
        names = {"name": self.name, "place": self.subject.workplace.name}
        context = {
            "form": form,
            "question": _("Does %(name)s stop at %(place)s?") % names,
            "consequences": [
                _("%(name)s no longer stands among the volunteers who are here.") % names,
                _("Nobody writes down why.") % names,
                _("If %(name)s comes back, enter them again.") % names,
            ],
            "action_label": _("Yes, %(name)s stops") % names,
            "back_url": reverse("volunteer", args=[self.subject.pk]),
        }
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        return render(self.request, "foundation/confirm.html", context, status=status)
