# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Setting up bodies, and who sits in them."""

from datetime import date
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.foundation.errors import Refusal
from samspil.foundation.text import sort_key
from samspil.foundation.views import PermissionView
from samspil.med import actions, permissions
from samspil.med.forms import CommitteeForm, MemberForm
from samspil.med.models import Committee, CoveredByCommittee
from samspil.med.queries import (
    OVERSEEING_ROLES,
    body_at,
    by_level,
    candidates,
    committees_by_name,
    committees_with_units,
    consent_line,
    consents_of,
    covered_units,
    entries_of,
    framework_line,
    latest_in,
    med_settings,
    members,
    next_meeting,
    read_standing,
    rhythm_of,
    seats,
    sides_missing,
    standing,
    wheel_gaps,
)
from samspil.people.queries import units_reached

LATEST = 10
PAGE_SIZE = 25


class CommitteesView(PermissionView):
    """The bodies that one may see."""

    permission = permissions.SEE

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the list, 25 a page; search by the name of a body or of a unit."""
        wanted = request.GET.get("q", "").replace("\x00", "").strip()[:100]
        found = permissions.visible_committees(self.capacity)
        if wanted:
            found = found.filter(
                Q(name__icontains=wanted) | Q(covered__unit__sort_key__contains=sort_key(wanted))
            ).distinct()
        is_whole = not wanted and self.capacity.role in OVERSEEING_ROLES and not med_settings().levels
        rows: Any = committees_by_name.listed() if is_whole else by_level(found)
        page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("side"))
        context = {
            "page": page,
            "committees": committees_with_units(page),
            "q": wanted,
            "can_set_up": permissions.SET_UP.allows(self.capacity),
            "has_minutes": permissions.visible_meetings(self.capacity).filter(closed_at__isnull=False).exists(),
        }
        return render(request, "med/committees.html", context)


class CreateCommitteeView(PermissionView):
    """Set up a body or a staff meeting with MED status."""

    permission = permissions.SET_UP

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form; ``?unit=`` ticks a unit."""
        wanted = request.GET.get("unit", "")
        ticked = [unit.pk for unit in units_reached(self.capacity) if unit.slug == wanted]
        return self._page(self._form(initial={"units": ticked}))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Set it up, and go on to its members."""
        form = self._form(request.POST)
        if form.is_valid():
            try:
                committee = actions.create_committee(**form.cleaned_data, actor=self.capacity, at=timezone.now())
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("%(body)s is set up. Now say who sits in it.") % {"body": committee.name})
                return redirect("committee", slug=committee.slug)
        return self._page(form)

    def _form(self, *args: Any, **kwargs: Any) -> CommitteeForm:
        return CommitteeForm(
            *args,
            units=[unit.pk for unit in units_reached(self.capacity)],
            committees=permissions.visible_committees(self.capacity),
            **kwargs,
        )

    def _page(self, form: CommitteeForm) -> HttpResponse:
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        return render(
            self.request, "med/committee_form.html", {"form": form, "levels": med_settings().levels}, status=status
        )


class CommitteeSubjectView(PermissionView):
    """A page about one body that the capacity may see."""

    def load(self, **kwargs: Any) -> Committee:
        """Find the body."""
        committee = body_at(kwargs["slug"])
        if committee is None or not permissions.SEE_COMMITTEE.allows(self.capacity, committee):
            raise Http404
        return committee


class CommitteeView(CommitteeSubjectView):
    """Who sits in the body, whom it covers, what it has discussed."""

    permission = permissions.SEE_COMMITTEE

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show the body."""
        del slug
        committee: Committee = self.subject
        on = timezone.localdate()
        dialogues = read_standing(latest_in(committee)[:LATEST])
        line = framework_line(committee, on)
        context = {
            "committee": committee,
            "members": seats(committee, on),
            "units": covered_units(committee),
            "lines": [(dialogue, standing(dialogue, on)) for dialogue in dialogues],
            "missing": sides_missing(committee, on),
            "can_edit": permissions.EDIT.allows(self.capacity, committee),
            **self._year_and_consents(committee, on),
            "framework_line": line,
            "is_asked": line is not None and line.is_asked(on),
            "is_late": line is not None and line.is_late(on),
        }
        return render(request, "med/committee.html", context)

    def _year_and_consents(self, committee: Committee, on: date) -> dict[str, Any]:
        """Return what only a body that uses it shows."""
        entries = entries_of(committee) if committee.has_entries else []
        meeting = next_meeting(entries, on)
        return {
            "meeting": meeting,
            "papers_by": rhythm_of(committee).papers_by(meeting.on) if meeting else None,
            "uses_wheel": bool(entries),
            "gaps": wheel_gaps(committee, entries, on),
            "consents": [consent_line(one, on) for one in consents_of(committee)] if committee.has_consents else [],
            "can_plan": permissions.PLAN.allows(self.capacity, committee),
            "can_give_consent": permissions.GIVE_CONSENT.allows(self.capacity, committee),
        }


class EditCommitteeView(CommitteeSubjectView):
    """Name, level and units of a body."""

    permission = permissions.EDIT

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show the form."""
        del request, slug
        committee: Committee = self.subject
        covered = CoveredByCommittee.objects.filter(committee=committee).values_list("unit_id", flat=True)
        initial = {
            "name": committee.name,
            "level": committee.level,
            "parent": committee.parent_id,
            "units": list(covered),
        }
        return self._page(self._form(initial=initial))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Save the body."""
        form = self._form(request.POST)
        if form.is_valid():
            try:
                actions.edit_committee(
                    committee=self.subject, **form.cleaned_data, actor=self.capacity, at=timezone.now()
                )
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Saved."))
                return redirect("committee", slug=slug)
        return self._page(form)

    def _form(self, *args: Any, **kwargs: Any) -> CommitteeForm:
        return CommitteeForm(
            *args,
            units=[unit.pk for unit in units_reached(self.capacity)],
            committees=permissions.visible_committees(self.capacity),
            committee=self.subject,
            **kwargs,
        )

    def _page(self, form: CommitteeForm) -> HttpResponse:
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        context = {"form": form, "committee": self.subject, "levels": med_settings().levels}
        return render(self.request, "med/committee_form.html", context, status=status)


class AddMemberView(CommitteeSubjectView):
    """Give somebody a seat."""

    permission = permissions.EDIT

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show the form."""
        del request, slug
        return self._page(self._form())

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Give the seat."""
        form = self._form(request.POST)
        if form.is_valid():
            chosen = {key: form.cleaned_data[key] for key in ("user", "side", "function")}
            try:
                actions.add_member(
                    committee=self.subject,
                    **chosen,
                    from_date=timezone.localdate(),
                    actor=self.capacity,
                    at=timezone.now(),
                )
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("%(name)s has been put in.") % {"name": chosen["user"].name})
                return redirect("committee", slug=slug)
        return self._page(form)

    def _form(self, *args: Any) -> MemberForm:
        return MemberForm(*args, committee=self.subject, people=candidates(self.subject, timezone.localdate()))

    def _page(self, form: MemberForm) -> HttpResponse:
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        context = {"form": form, "committee": self.subject}
        return render(self.request, "med/member_form.html", context, status=status)


class EndMembershipView(CommitteeSubjectView):
    """End a seat from today; asked once, without scripts."""

    permission = permissions.EDIT

    def get(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        """Ask whether it is meant."""
        del slug
        context = {"committee": self.subject, "membership": self._membership(pk)}
        return render(request, "med/end_membership.html", context)

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        """End it."""
        membership = self._membership(pk)
        actions.end_membership(membership=membership, on=timezone.localdate(), actor=self.capacity, at=timezone.now())
        messages.success(request, _("The seat has ended. What was written down keeps the name."))
        return redirect("committee", slug=slug)

    def _membership(self, pk: int) -> Any:
        membership = members(self.subject, timezone.localdate()).filter(pk=pk).first()
        if membership is None:
            raise Http404
        return membership
