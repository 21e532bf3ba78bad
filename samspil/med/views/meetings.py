# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""A body's meetings and their agendas."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.foundation.errors import Refusal
from samspil.foundation.views import PermissionView
from samspil.med import actions, permissions
from samspil.med.body_models import WheelEntry
from samspil.med.meeting_forms import ConclusionForm, MeetingForm, PointForm
from samspil.med.minutes_pdf import approved
from samspil.med.models import AgendaItem, Meeting
from samspil.med.queries import (
    Point,
    approvals_of,
    attendance_of,
    meeting_lines,
    minutes_gaps,
    points_of,
    rhythm_of,
    side_to_approve,
    stage,
    title_of,
    to_be_minuted,
    waiting_for,
)
from samspil.med.sides import Side
from samspil.med.views.committees import CommitteeSubjectView

PAGE = 25


class MeetingsView(CommitteeSubjectView):
    """The meetings of a body, and whether it writes agenda and minutes here at all."""

    permission = permissions.SEE_COMMITTEE

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show them, the newest first; without any, what it would mean to begin."""
        del slug
        on, committee = timezone.localdate(), self.subject
        page = Paginator(meeting_lines(committee), PAGE).get_page(request.GET.get("side"))
        can_plan = permissions.PLAN.allows(self.capacity, committee)
        context = {
            "committee": committee,
            "page": page,
            "lines": [(meeting, stage(meeting, meeting.number_of_approvals)) for meeting in page],
            "entries": to_be_minuted(committee, on) if committee.keeps_minutes_here and can_plan else [],
            "can_plan": can_plan,
        }
        return render(request, "med/meetings.html", context)


class MinutesHereView(CommitteeSubjectView):
    """Write agenda and minutes here, or no longer."""

    permission = permissions.PLAN

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Choose it."""
        is_here = request.POST.get("here") == "yes"
        actions.keep_minutes_here(committee=self.subject, is_here=is_here, actor=self.capacity, at=timezone.now())
        told = (
            _("You write agenda and minutes here now. Begin with the next meeting.")
            if is_here
            else _("You write agenda and minutes somewhere else now. What has been written here can still be read.")
        )
        messages.success(request, told)
        return redirect("committee_meetings", slug=slug)


class OpenMeetingView(CommitteeSubjectView):
    """Begin the agenda of a date in the year wheel."""

    permission = permissions.PLAN

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        """Begin it, with every matter that waits."""
        del slug
        entry = WheelEntry.objects.filter(committee=self.subject, pk=pk).first()
        if entry is None:
            raise Http404
        meeting = actions.open_meeting(entry=entry, actor=self.capacity, at=timezone.now())
        messages.success(request, _("The agenda is begun. What waits for you stands on it already."))
        return redirect("meeting", pk=meeting.pk)


class AddMeetingView(CommitteeSubjectView):
    """Begin the agenda of a meeting that stands in no year wheel."""

    permission = permissions.PLAN

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show the form."""
        del request, slug
        return self._page(MeetingForm(committee=self.subject))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Begin it."""
        del slug
        form = MeetingForm(request.POST, committee=self.subject)
        if form.is_valid():
            try:
                meeting = actions.add_meeting(
                    committee=self.subject,
                    **form.cleaned_data,
                    actor=self.capacity,
                    on=timezone.localdate(),
                    at=timezone.now(),
                )
            except Refusal as refusal:
                form.add_error("day", str(refusal))
            else:
                messages.success(request, _("The agenda is begun. What waits for you stands on it already."))
                return redirect("meeting", pk=meeting.pk)
        return self._page(form)

    def _page(self, form: MeetingForm) -> HttpResponse:
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        return render(self.request, "med/add_meeting.html", {"form": form, "committee": self.subject}, status=status)


class MeetingSubjectView(PermissionView):
    """A page about one meeting that the capacity may see."""

    def load(self, **kwargs: Any) -> Meeting:
        """Find the meeting with its body."""
        meeting = (
            permissions.visible_meetings(self.capacity).select_related("committee", "entry").filter(pk=kwargs["pk"])
        ).first()
        if meeting is None:
            raise Http404
        return meeting


class MeetingView(MeetingSubjectView):
    """The agenda; once it is closed, the minutes."""

    permission = permissions.SEE_MEETING

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it all on one page."""
        del pk
        meeting: Meeting = self.subject
        on, can_hold = timezone.localdate(), permissions.HOLD_MEETING.allows(self.capacity, meeting)
        points, approvals = points_of(meeting), approvals_of(meeting)
        there = attendance_of(meeting)
        context: dict[str, Any] = {
            "meeting": meeting,
            "committee": meeting.committee,
            "points": points,
            "there": there,
            "has_attendance": any(side["people"] or side["count"] for side in there),
            "stage": stage(meeting, len(approvals)),
            "can_hold": can_hold,
            "sees_body": permissions.SEE_COMMITTEE.allows(self.capacity, meeting.committee),
        }
        if meeting.closed_at is not None:
            return render(request, "med/minutes.html", context | self._of_minutes(meeting, points, approvals))
        if can_hold:
            is_ahead = meeting.on > on and meeting.agenda_sent_at is None
            context |= {
                "waiting": [] if meeting.called_off_at else list(waiting_for(meeting)),
                "papers_by": rhythm_of(meeting.committee).papers_by(meeting.on) if is_ahead else None,
                "is_to_come": meeting.on >= on,
                "is_held": meeting.on <= on,
                "missing": minutes_gaps(meeting, points, there, on) if meeting.on <= on else [],
            }
        return render(request, "med/meeting.html", context)

    def _of_minutes(self, meeting: Meeting, points: list[Point], approvals: dict[str, Any]) -> dict[str, Any]:
        side = None
        if permissions.APPROVE_MINUTES.allows(self.capacity, meeting):
            side = side_to_approve(self.capacity, meeting.committee)
        can_approve = side is not None and side not in approvals
        return {
            "approved": [approved(one, approvals) for one in Side],
            "notes": list(meeting.notes.all()),
            "can_approve": can_approve,
            "confirms": side == Side.EMPLOYEES and any(point.said.get("revision") for point in points),
        }


class ArrangeView(MeetingSubjectView):
    """Up, down, off the agenda, and what waits onto it: one button each."""

    permission = permissions.HOLD_MEETING

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do what the button says; one that says nothing known changes nothing."""
        step, _dash, key = request.POST.get("step", "").partition("-")
        at, meeting = timezone.now(), self.subject
        if step == "on":
            actions.put_matters_on(meeting=meeting, actor=self.capacity, at=at)
        elif step in {"up", "down", "off"}:
            item = self._item(key)
            if step == "off":
                actions.take_off(item=item, actor=self.capacity, at=at)
                messages.success(request, _("%(point)s is off the agenda.") % {"point": title_of(item)})
            else:
                actions.move_item(item=item, is_up=step == "up", actor=self.capacity, at=at)
        return redirect("meeting", pk=pk)

    def _item(self, key: str) -> AgendaItem:
        is_number = key.isascii() and key.isdecimal() and len(key) < len(str(2**63))
        rows = AgendaItem.objects.filter(meeting=self.subject).select_related("dialogue__current_paper", "meeting")
        item = rows.filter(pk=int(key)).first() if is_number else None
        if item is None:
            raise Refusal(_("The point has been taken off the agenda."))
        return item


class AddPointView(MeetingSubjectView):
    """Put a point in one's own words on the agenda."""

    permission = permissions.HOLD_MEETING

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the form."""
        del request, pk
        return self.show(PointForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Put it on."""
        form = PointForm(request.POST)
        if form.is_valid():
            try:
                actions.add_item(meeting=self.subject, **form.cleaned_data, actor=self.capacity, at=timezone.now())
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("The point stands last on the agenda. You can move it."))
                return redirect("meeting", pk=pk)
        return self.show(form)

    def show(self, form: forms.Form, **more: Any) -> HttpResponse:
        """Show the form of a point."""
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        context = {"form": form, "meeting": self.subject, "committee": self.subject.committee, **more}
        return render(self.request, "med/point.html", context, status=status)


class PointView(AddPointView):
    """What a point is about, and what the body arrived at."""

    item: AgendaItem

    def load(self, **kwargs: Any) -> Meeting:
        """Find the meeting, and the point on its agenda; a matter has its own page."""
        meeting = super().load(**kwargs)
        item = AgendaItem.objects.filter(meeting=meeting, pk=kwargs["item"], dialogue=None).first()
        if item is None:
            raise Http404
        self.item = item
        return meeting

    def get(self, request: HttpRequest, pk: int, item: int) -> HttpResponse:  # type: ignore[override]
        """Show the form."""
        del request, pk, item
        if self.subject.closed_at is not None:
            return redirect("meeting", pk=self.subject.pk)
        return self.show(ConclusionForm.of(self.item), item=self.item)

    def post(self, request: HttpRequest, pk: int, item: int) -> HttpResponse:  # type: ignore[override]
        """Save it."""
        del item
        form = ConclusionForm(request.POST)
        if form.is_valid():
            data = dict(form.cleaned_data)
            try:
                actions.change_item(
                    item=self.item,
                    expected_revision=data.pop("revision"),
                    **data,
                    actor=self.capacity,
                    at=timezone.now(),
                )
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Saved."))
                return redirect("meeting", pk=pk)
        return self.show(form, item=self.item)


class SendAgendaView(MeetingSubjectView):
    """Tell the members that the agenda is ready."""

    permission = permissions.HOLD_MEETING

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Tell them."""
        actions.send_agenda(meeting=self.subject, actor=self.capacity, on=timezone.localdate(), at=timezone.now())
        messages.success(request, _("The members have been told. They read the agenda and the papers here."))
        return redirect("meeting", pk=pk)


class CallOffView(MeetingSubjectView):
    """Call off a meeting that stands in no year wheel."""

    permission = permissions.HOLD_MEETING

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask whether it is meant."""
        context = {"meeting": self.subject, "committee": self.subject.committee}
        if self.subject.closed_at or self.subject.called_off_at or self.subject.entry_id:
            return redirect("meeting", pk=pk)
        return render(request, "med/call_off_meeting.html", context)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Call it off."""
        actions.call_off_meeting(meeting=self.subject, actor=self.capacity, at=timezone.now())
        messages.success(request, _("The meeting is called off. Its matters wait for the next one."))
        return redirect("meeting", pk=pk)
