# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The year of a body: the wheel, the suggestion, and one date at a time (R62)."""

from datetime import date
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspil.foundation.errors import Refusal
from samspil.med import actions, permissions
from samspil.med.body_forms import EntryForm, PlanForm
from samspil.med.body_models import WheelEntry
from samspil.med.calendars import CALENDAR_TYPE, calendar_file
from samspil.med.queries import calendar_dates, entries_of, follows, proposal, rhythm_of, wheel_gaps, year_to_plan
from samspil.med.views.committees import CommitteeSubjectView
from samspil.med.wheel import Kind
from samspil.med.wheel_ring import in_words, mark, ring

YEARS_AHEAD = 3


def _year(request: HttpRequest, otherwise: int, today: date) -> int:
    """Return the year asked for in the address, where it is near enough to be meant."""
    asked = request.GET.get("aar", "")
    year = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) == len("2027") else otherwise
    return year if today.year - YEARS_AHEAD <= year <= today.year + YEARS_AHEAD else otherwise


class WheelView(CommitteeSubjectView):
    """The year as a ring and as a table."""

    permission = permissions.SEE_COMMITTEE

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show the year asked for, else the one with the next date in it."""
        today, entries = timezone.localdate(), entries_of(self.subject)
        coming = [entry.on.year for entry in entries if entry.on >= today]
        year = _year(request, min(coming, default=today.year), today)
        shown = [entry for entry in entries if entry.on.year == year]
        rhythm = rhythm_of(self.subject)
        can_plan = permissions.PLAN.allows(self.capacity, self.subject)
        years = sorted({entry.on.year for entry in entries} | {today.year, today.year + 1, year})
        context = {
            "committee": self.subject,
            "year": year,
            "years": [(one, f"{reverse('year_wheel', args=[slug])}?aar={one}") for one in years],
            "ring": ring(year, shown, today),
            "words": in_words(year, shown),
            "lines": [self._line(entry, rhythm.papers_by(entry.on)) for entry in shown],
            "is_used": bool(entries),
            "gaps": wheel_gaps(self.subject, entries, today),
            "rhythm": rhythm,
            "can_plan": can_plan,
            "can_follow": follows(self.capacity.user_id, self.subject, today),
            "plan_url": f"{reverse('plan_year', args=[slug])}?aar={year if year > today.year else year_to_plan(today)}",
        }
        return render(request, "med/wheel.html", context)

    def _line(self, entry: WheelEntry, papers_by: date) -> dict[str, Any]:
        return {
            "entry": entry,
            "mark": mark(entry.kind, "wheel-cancelled" if entry.cancelled_at else ""),
            "papers_by": papers_by if entry.kind == Kind.MEETING and not entry.cancelled_at else None,
        }


class PlanYearView(CommitteeSubjectView):
    """The dates that the four numbers suggest: taken with one press, or with some of them left out."""

    permission = permissions.PLAN

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show them; nothing is written before somebody says yes."""
        del slug
        return self._page(request)

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Write those that are ticked."""
        today, year = timezone.localdate(), self._which(request)
        form = PlanForm(request.POST, proposed=proposal(self.subject, year, today))
        if not form.is_valid():
            return self._page(request, form)
        rows = actions.plan_year(
            committee=self.subject, proposed=form.chosen(), actor=self.capacity, on=today, at=timezone.now()
        )
        told = ngettext("One date is planned.", "%(count)d dates are planned.", len(rows)) % {"count": len(rows)}
        messages.success(request, told)
        return redirect(f"{reverse('year_wheel', args=[slug])}?aar={year}")

    def _which(self, request: HttpRequest) -> int:
        today = timezone.localdate()
        return _year(request, year_to_plan(today), today)

    def _page(self, request: HttpRequest, form: PlanForm | None = None) -> HttpResponse:
        year = self._which(request)
        proposed = proposal(self.subject, year, timezone.localdate())
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form else HTTPStatus.OK
        form = form or PlanForm(proposed=proposed)
        rhythm, ticked = rhythm_of(self.subject), form.ticked()
        context = {
            "committee": self.subject,
            "year": year,
            "form": form,
            "proposed": [(one, rhythm.papers_by(one.on), one.key in ticked) for one in proposed],
            "rhythm": rhythm,
            "years": range(timezone.localdate().year, timezone.localdate().year + YEARS_AHEAD),
        }
        return render(request, "med/plan_year.html", context, status=status)


class AddEntryView(CommitteeSubjectView):
    """Put one date into the year."""

    permission = permissions.PLAN

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show the form."""
        del request, slug
        return self._page(EntryForm())

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Put it in."""
        form = EntryForm(request.POST)
        if form.is_valid():
            try:
                entry = actions.add_entry(
                    committee=self.subject,
                    **form.cleaned_data,
                    actor=self.capacity,
                    on=timezone.localdate(),
                    at=timezone.now(),
                )
            except Refusal as refusal:
                form.add_error(_field(refusal, form), str(refusal))
            else:
                messages.success(request, _("The date is in the year wheel."))
                return redirect(f"{reverse('year_wheel', args=[slug])}?aar={entry.on.year}")
        return self._page(form)

    def _page(self, form: EntryForm) -> HttpResponse:
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        return render(self.request, "med/entry.html", {"form": form, "committee": self.subject}, status=status)


class EntrySubjectView(CommitteeSubjectView):
    """A page about one date of a body."""

    permission = permissions.PLAN
    entry: WheelEntry

    def load(self, **kwargs: Any) -> Any:
        """Find the body, and the date in it."""
        committee = super().load(**kwargs)
        entry = WheelEntry.objects.filter(committee=committee, pk=kwargs["pk"]).first()
        if entry is None:
            raise Http404
        self.entry = entry
        return committee


class ChangeEntryView(EntrySubjectView):
    """Move a date, call it something else, or put a cancelled one on again."""

    def get(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        """Show the form."""
        del request, slug, pk
        return self._page(EntryForm(entry=self.entry))

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        """Save it."""
        del pk
        form = EntryForm(request.POST, entry=self.entry)
        if form.is_valid():
            data = dict(form.cleaned_data)
            try:
                entry = actions.change_entry(
                    entry=self.entry,
                    expected_sequence=data.pop("sequence") or 0,
                    **data,
                    actor=self.capacity,
                    on=timezone.localdate(),
                    at=timezone.now(),
                )
            except Refusal as refusal:
                form.add_error(_field(refusal, form), str(refusal))
            else:
                messages.success(request, _("Saved. Calendars that follow the body show it within a day."))
                return redirect(f"{reverse('year_wheel', args=[slug])}?aar={entry.on.year}")
        return self._page(form)

    def _page(self, form: EntryForm) -> HttpResponse:
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        entry = self.entry
        is_past = entry.on <= timezone.localdate() and entry.cancelled_at is None
        can_say_held = is_past and entry.kind == Kind.EVALUATION and entry.held_at is None
        context = {"form": form, "committee": self.subject, "entry": entry, "can_say_held": can_say_held}
        return render(self.request, "med/entry.html", context, status=status)


class CancelEntryView(EntrySubjectView):
    """Cancel a date; it can be put on again."""

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        """Cancel it."""
        del pk
        sent = request.POST.get("sequence", "")
        is_number = sent.isascii() and sent.isdecimal() and len(sent) <= len(str(2**31))
        entry = actions.cancel_entry(
            entry=self.entry,
            expected_sequence=int(sent) if is_number else -1,
            actor=self.capacity,
            at=timezone.now(),
        )
        messages.success(request, _("The date is cancelled. You can put it on again."))
        return redirect(f"{reverse('year_wheel', args=[slug])}?aar={entry.on.year}")


class SayHeldView(EntrySubjectView):
    """Say that an evaluation was held."""

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        """Note it."""
        del pk
        entry = actions.say_held(entry=self.entry, actor=self.capacity, on=timezone.localdate(), at=timezone.now())
        messages.success(request, _("It is noted that the evaluation was held."))
        return redirect(f"{reverse('year_wheel', args=[slug])}?aar={entry.on.year}")


class WheelFileView(CommitteeSubjectView):
    """The body's dates to put into a calendar once."""

    permission = permissions.SEE_COMMITTEE

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Send the file."""
        del request
        entries = calendar_dates(timezone.localdate()).filter(committee=self.subject)
        return HttpResponse(
            calendar_file(self.subject.name, entries),
            content_type=CALENDAR_TYPE,
            headers={"Content-Disposition": f'attachment; filename="{slug}.ics"', "Cache-Control": "private, no-store"},
        )


def _field(refusal: Refusal, form: EntryForm) -> str | None:
    """Return the field that a refusal is about: without words where words are needed, else the day."""
    if form.cleaned_data.get("kind") == Kind.OTHER and not form.cleaned_data.get("title"):
        return "title"
    del refusal
    return "day"
