# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The minutes of a meeting: who was there, what was said, closed, approved, put right beside."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.foundation.errors import Refusal
from samspil.foundation.views import PermissionView
from samspil.med import actions, permissions
from samspil.med.forms import RecordForm, show_missing
from samspil.med.meeting_forms import AttendanceForm, NoteForm, RecordAtMeetingForm
from samspil.med.minutes_pdf import meeting_pdf
from samspil.med.models import AgendaItem, Dialogue, Meeting
from samspil.med.queries import attendance_of, minutes_gaps, points_of, read_with_bodies, with_committee
from samspil.med.views.dialogues import RecordView
from samspil.med.views.meetings import MeetingSubjectView

PAGE = 25


class MinutesListView(PermissionView):
    """The minutes that are open to one: of the bodies that one sees, and of those that cover one's workplace."""

    permission = permissions.SEE

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them, the newest first."""
        closed = permissions.visible_meetings(self.capacity).filter(closed_at__isnull=False)
        page = Paginator(closed.select_related("committee").order_by("-on", "-pk"), PAGE)
        return render(request, "med/minutes_list.html", {"page": page.get_page(request.GET.get("side"))})


class AttendanceView(MeetingSubjectView):
    """Who was there."""

    permission = permissions.HOLD_MEETING

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the form: everybody, or as it was written down."""
        del request
        if self.subject.closed_at is not None:
            return redirect("meeting", pk=pk)
        return self._page(AttendanceForm(meeting=self.subject))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Write it down."""
        form = AttendanceForm(request.POST, meeting=self.subject)
        if form.is_valid():
            actions.note_attendance(meeting=self.subject, there=form.there(), actor=self.capacity, at=timezone.now())
            messages.success(request, _("Saved."))
            return redirect("meeting", pk=pk)
        return self._page(form)

    def _page(self, form: AttendanceForm) -> HttpResponse:
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        context = {"form": form, "meeting": self.subject, "committee": self.subject.committee}
        return render(self.request, "med/attendance.html", context, status=status)


class RecordAtMeetingView(RecordView):
    """What the body arrived at in a matter on the agenda: two minutes, without what the meeting says already."""

    item: AgendaItem

    def load(self, **kwargs: Any) -> Dialogue:
        """Find the dialogue by its point on the agenda."""
        rows = AgendaItem.objects.filter(
            meeting__in=permissions.visible_meetings(self.capacity).values("pk"),
            meeting=kwargs["pk"],
            pk=kwargs["item"],
        )
        item = rows.select_related("meeting__committee").first()
        dialogues = with_committee(permissions.visible_dialogues(self.capacity))
        dialogue = dialogues.filter(pk=item.dialogue_id).first() if item and item.dialogue_id else None
        if item is None or dialogue is None:
            raise Http404
        self.item = item
        return read_with_bodies(dialogue)

    def get(self, request: HttpRequest, pk: int, item: int) -> HttpResponse:  # type: ignore[override]
        """Show the form; the words of closed minutes are written no more."""
        del request, item
        if self.item.meeting.closed_at is not None:
            return redirect("meeting", pk=pk)
        return self._page(self._form())

    def post(self, request: HttpRequest, pk: int, item: int) -> HttpResponse:  # type: ignore[override]
        """Write it down and ask the employee side; on an error nothing written is lost."""
        del item
        form = self._form(request.POST)
        if form.is_valid():
            try:
                actions.record_at_meeting(
                    item=self.item,
                    record=form.record(),
                    expected_sha256=form.cleaned_data["expected_sha256"],
                    actor=self.capacity,
                    at=timezone.now(),
                    on=timezone.localdate(),
                )
            except Refusal as refusal:
                if not refusal.missing:
                    form.add_error(None, str(refusal.message))
                show_missing(form, refusal.missing)
            else:
                messages.success(request, _("It is written down. The employee side has been asked to confirm it."))
                return redirect("meeting", pk=pk)
        return self._page(form)

    def _form(self, data: Any = None) -> RecordAtMeetingForm:
        return RecordAtMeetingForm(data, dialogue=self.subject, meeting=self.item.meeting, on=timezone.localdate())

    def context(self, form: RecordForm) -> dict[str, Any]:
        """Return what the page shows, with the meeting that it is written down for."""
        return super().context(form) | {"meeting": self.item.meeting}


class CloseMinutesView(MeetingSubjectView):
    """Close the minutes; asked once, with what is missing or what follows."""

    permission = permissions.HOLD_MEETING

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask."""
        del request
        if self.subject.closed_at is not None:
            return redirect("meeting", pk=pk)
        return self._page(HTTPStatus.OK)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Close them, or say what is undecided."""
        try:
            actions.close_minutes(meeting=self.subject, actor=self.capacity, at=timezone.now(), on=timezone.localdate())
        except Refusal as refusal:
            if not refusal.missing:
                raise
            return self._page(HTTPStatus.UNPROCESSABLE_ENTITY)
        messages.success(request, _("The minutes are closed. Both sides have been asked to approve them."))
        return redirect("meeting", pk=pk)

    def _page(self, status: HTTPStatus) -> HttpResponse:
        meeting: Meeting = self.subject
        points, there = points_of(meeting), attendance_of(meeting)
        context = {
            "meeting": meeting,
            "committee": meeting.committee,
            "points": points,
            "missing": minutes_gaps(meeting, points, there, timezone.localdate()),
        }
        return render(self.request, "med/close_minutes.html", context, status=status)


class ApproveMinutesView(MeetingSubjectView):
    """Approve the minutes for one's own side."""

    permission = permissions.APPROVE_MINUTES

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Approve them."""
        actions.approve_minutes(
            meeting=self.subject,
            expected_sha256=request.POST.get("sha256", ""),
            actor=self.capacity,
            at=timezone.now(),
            on=timezone.localdate(),
        )
        messages.success(request, _("You have approved the minutes for your side."))
        return redirect("meeting", pk=pk)


class CorrectMinutesView(MeetingSubjectView):
    """A note beside closed minutes."""

    permission = permissions.HOLD_MEETING

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the form."""
        del request
        if self.subject.closed_at is None:
            return redirect("meeting", pk=pk)
        return self._page(NoteForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Write it."""
        form = NoteForm(request.POST)
        if form.is_valid():
            actions.correct_minutes(
                meeting=self.subject, text=form.cleaned_data["text"], actor=self.capacity, at=timezone.now()
            )
            messages.success(request, _("The correction stands beside the minutes. The members have been told."))
            return redirect("meeting", pk=pk)
        return self._page(form)

    def _page(self, form: NoteForm) -> HttpResponse:
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        context = {"form": form, "meeting": self.subject, "committee": self.subject.committee}
        return render(self.request, "med/correct_minutes.html", context, status=status)


class MeetingPdfView(MeetingSubjectView):
    """The agenda, or the minutes, to print or to send along."""

    permission = permissions.SEE_MEETING

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Answer with the PDF."""
        del request
        meeting: Meeting = self.subject
        kind = "referat" if meeting.closed_at else "dagsorden"
        return HttpResponse(
            meeting_pdf(meeting, self.capacity.municipality_name),
            content_type="application/pdf",
            headers={"Content-Disposition": f'inline; filename="{kind}-{pk}.pdf"'},
        )
