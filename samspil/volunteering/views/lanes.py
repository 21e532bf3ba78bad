# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The light ways in: trial visits, events, groups and associations of a workplace, on one page, and a form for each."""

from datetime import date
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspil.agreements.permissions import visible_workplaces
from samspil.foundation.views import PermissionView
from samspil.municipalities.models import Unit
from samspil.people.models import RoleAssignment
from samspil.people.queries import staff_of
from samspil.volunteering import actions
from samspil.volunteering.actions import NewVolunteer
from samspil.volunteering.lane_forms import GroupForm, HeadsForm, OccasionForm, TrialVisitForm
from samspil.volunteering.lane_queries import groups_at, occasions_at, partnership_lines, trial_visits_at, tried_at
from samspil.volunteering.models import GroupAgreement, Occasion, Volunteer
from samspil.volunteering.permissions import LOOK_AFTER, RECEIVE, VIEW
from samspil.volunteering.queries import room_at


class AtWorkplaceView(PermissionView):
    """A page about the volunteers of one workplace; the subject is the workplace, or belongs to one."""

    @property
    def on(self) -> date:
        """The day that rules and pages go by."""
        return timezone.localdate()

    @property
    def workplace(self) -> Unit:
        """The workplace that the page is about."""
        found: Unit = self.subject if isinstance(self.subject, Unit) else self.subject.workplace
        return found

    def load(self, **kwargs: Any) -> Any:
        """Return the workplace, or raise ``Http404``."""
        workplace = visible_workplaces(self.capacity).filter(slug=kwargs["slug"]).first()
        if workplace is None:
            raise Http404
        return workplace

    def staff(self) -> list[RoleAssignment]:
        """Return the employees of today."""
        return list(staff_of(self.workplace.pk, self.on))

    def to_lanes(self) -> HttpResponse:
        """Go back to the page that all this hangs on."""
        return redirect("lanes", self.workplace.slug)


class LanesView(AtWorkplaceView):
    """Everything that is not one volunteer at a time."""

    permission = VIEW

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show it."""
        del kwargs
        context = {
            "workplace": self.workplace,
            "receives": RECEIVE.allows(self.capacity, self.workplace),
            "has_room": room_at(self.workplace.pk) is not None,
            "occasions": occasions_at(self.workplace.pk, self.on),
            "visits": trial_visits_at(self.workplace.pk),
            "groups": groups_at(self.workplace.pk),
            "partnerships": partnership_lines(self.workplace.pk, self.on),
            "on": self.on,
        }
        return render(request, "volunteering/lanes.html", context)


class LaneFormView(AtWorkplaceView):
    """A form of one page: shown, sent, and shown again with what is wrong."""

    permission = RECEIVE
    title: Any = ""
    lead: Any = ""
    button: Any = gettext_lazy("Save")

    def form(self, sent: Any = None) -> forms.Form:
        """Return the form, with what was sent."""
        raise NotImplementedError

    def save(self, cleaned: dict[str, Any]) -> HttpResponse:
        """Do it, and go on."""
        raise NotImplementedError

    def back(self) -> str:
        """Return where one came from."""
        return reverse("lanes", args=[self.workplace.slug])

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask."""
        del request, kwargs
        return self.show(self.form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Save, or show what is wrong."""
        del kwargs
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form, HTTPStatus.UNPROCESSABLE_ENTITY)
        return self.save(form.cleaned_data)

    def show(self, form: forms.Form, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
        """Show the form."""
        context = {
            "workplace": self.workplace,
            "form": form,
            "title": self.title,
            "lead": self.lead,
            "button": self.button,
            "back_url": self.back(),
        }
        return render(self.request, "volunteering/lane_form.html", context, status=status)


class NoteTrialVisitView(LaneFormView):
    """*Prøvebesøg*: note one visit."""

    title = gettext_lazy("Note a trial visit")
    lead = gettext_lazy(
        "Up to three visits beside an employee, within three months. Then you agree on whether it shall go on."
    )
    button = gettext_lazy("Note the visit")

    def form(self, sent: Any = None) -> forms.Form:
        """Return the form with the employees, and those who have tried before."""
        return TrialVisitForm(
            self.staff(), tried_at(self.workplace.pk), sent, initial={"beside": self.capacity.user_id}
        )

    def save(self, cleaned: dict[str, Any]) -> HttpResponse:
        """Note it."""
        known = cleaned.get("known")
        who: NewVolunteer | Volunteer = (
            Volunteer.objects.get(pk=known) if known else NewVolunteer(name=cleaned["name"], phone=cleaned["phone"])
        )
        actions.note_trial_visit(
            workplace=self.workplace,
            who=who,
            beside_id=cleaned["beside"],
            visit_on=cleaned["visit_on"],
            actor=self.capacity,
            on=self.on,
            at=timezone.now(),
        )
        messages.success(self.request, _("The visit is noted."))
        return self.to_lanes()


class PlanOccasionView(LaneFormView):
    """*Arrangement*: plan it."""

    title = gettext_lazy("Plan an event")
    lead = gettext_lazy("Helpers at an event are counted, never named. They need no agreement of their own.")
    button = gettext_lazy("Plan the event")

    def form(self, sent: Any = None) -> forms.Form:
        """Return the form with the employees."""
        return OccasionForm(self.staff(), sent, initial={"leader_of_the_day": self.capacity.user_id})

    def save(self, cleaned: dict[str, Any]) -> HttpResponse:
        """Plan it."""
        leader = cleaned.pop("leader_of_the_day")
        occasion = actions.plan_occasion(
            workplace=self.workplace,
            leader_of_the_day_id=leader,
            **cleaned,
            actor=self.capacity,
            on=self.on,
            at=timezone.now(),
        )
        messages.success(self.request, _("The event is planned."))
        return redirect("occasion", occasion.pk)


class OccasionView(AtWorkplaceView):
    """One event: what everybody is told, to print; afterwards how many came."""

    permission = VIEW
    occasion: Occasion

    def load(self, **kwargs: Any) -> Any:
        """Return the workplace of the event, or raise ``Http404``."""
        rows = Occasion.objects.filter(workplace__in=visible_workplaces(self.capacity))
        occasion = rows.select_related("workplace", "leader_of_the_day").filter(pk=kwargs["pk"]).first()
        if occasion is None:
            raise Http404
        self.occasion = occasion
        return occasion.workplace

    def counting(self, sent: Any = None) -> HeadsForm:
        """Return the form that asks how many came."""
        return HeadsForm(sent, label=_("How many came?"), initial={"heads": self.occasion.came})

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show it."""
        del request, kwargs
        return self.show(self.counting())

    def show(self, form: HeadsForm, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
        """Show it; the form when the day has come."""
        receives = RECEIVE.allows(self.capacity, self.workplace) and self.occasion.cancelled_at is None
        context = {
            "workplace": self.workplace,
            "occasion": self.occasion,
            "form": form if receives and self.occasion.on <= self.on else None,
            "may_cancel": receives and self.occasion.came is None,
        }
        return render(self.request, "volunteering/occasion.html", context, status=status)


class NoteOccasionView(OccasionView):
    """How many came."""

    permission = RECEIVE

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Note it."""
        del kwargs
        form = self.counting(request.POST)
        if not form.is_valid():
            return self.show(form, HTTPStatus.UNPROCESSABLE_ENTITY)
        came = form.cleaned_data["heads"]
        actions.note_occasion(occasion=self.occasion, came=came, actor=self.capacity, on=self.on, at=timezone.now())
        messages.success(request, _("It is noted. Thank you for counting."))
        return self.to_lanes()


class CancelOccasionView(OccasionView):
    """Call the event off, after being asked."""

    permission = RECEIVE

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask."""
        del kwargs
        context = {
            "question": _("Call off “%(title)s”?") % {"title": self.occasion.title},
            "consequences": [_("It stays on the list as called off."), _("Samspil tells nobody: you do that.")],
            "action_label": _("Call it off"),
            "back_url": reverse("occasion", args=[self.occasion.pk]),
        }
        return render(request, "foundation/confirm.html", context)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Call it off."""
        del kwargs
        actions.cancel_occasion(occasion=self.occasion, actor=self.capacity, at=timezone.now())
        messages.success(request, _("The event is called off."))
        return self.to_lanes()


class AgreeWithGroupView(LaneFormView):
    """*Gruppeaftale*: receive a group."""

    title = gettext_lazy("Receive a group")
    lead = gettext_lazy("An informal group with one spokesperson. The others are counted, not named.")
    button = gettext_lazy("Receive the group")

    def form(self, sent: Any = None) -> forms.Form:
        """Return the form with the employees and what the agreement offers."""
        room = room_at(self.workplace.pk)
        return GroupForm(self.staff(), room.tasks if room else (), sent, initial={"contact": self.capacity.user_id})

    def save(self, cleaned: dict[str, Any]) -> HttpResponse:
        """Receive it."""
        actions.agree_with_group(
            workplace=self.workplace,
            name=cleaned["name"],
            heads=cleaned["heads"],
            spokesperson=NewVolunteer(name=cleaned["spokesperson"], phone=cleaned["phone"]),
            tasks=[UUID(value) for value in cleaned["tasks"]],
            contact_person_id=cleaned["contact"],
            actor=self.capacity,
            on=self.on,
            at=timezone.now(),
        )
        messages.success(self.request, _("The group is received. Its spokesperson stands among the volunteers."))
        return self.to_lanes()


class CountGroupView(LaneFormView):
    """The group has become larger or smaller."""

    permission = LOOK_AFTER
    title = gettext_lazy("How many are they now?")
    group: GroupAgreement

    def load(self, **kwargs: Any) -> Any:
        """Return the spokesperson's engagement, or raise ``Http404``."""
        rows = GroupAgreement.objects.filter(engagement__workplace__in=visible_workplaces(self.capacity))
        group = rows.select_related("engagement__workplace").filter(pk=kwargs["pk"]).first()
        if group is None:
            raise Http404
        self.group = group
        return group.engagement

    def form(self, sent: Any = None) -> forms.Form:
        """Return the form with the number of today."""
        return HeadsForm(sent, label=self.group.name, least=2, initial={"heads": self.group.heads})

    def save(self, cleaned: dict[str, Any]) -> HttpResponse:
        """Save it."""
        heads = cleaned["heads"]
        actions.count_group(group=self.group, heads=heads, actor=self.capacity, on=self.on, at=timezone.now())
        messages.success(self.request, _("It is saved."))
        return self.to_lanes()
