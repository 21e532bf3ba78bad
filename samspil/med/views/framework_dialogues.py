# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The framework before a body: when it is due, the paper, and what the body makes of the guidelines."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.foundation.errors import Refusal
from samspil.frameworks.queries import version_in_force
from samspil.med import actions, permissions
from samspil.med.life_forms import StancesForm
from samspil.med.models import Committee
from samspil.med.queries import framework_line, guidelines, stance_lines
from samspil.med.views.committees import CommitteeSubjectView

RECORD = "referer"


class FrameworkDialogueView(CommitteeSubjectView):
    """Has the body discussed the edition in force, and by when is it to?"""

    permission = permissions.SEE_COMMITTEE

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show where it stands, with the two buttons for those who can use them."""
        del slug
        committee: Committee = self.subject
        on = timezone.localdate()
        line = framework_line(committee, on)
        context = {
            "committee": committee,
            "framework_line": line,
            "is_asked": line is not None and line.is_asked(on),
            "is_late": line is not None and line.is_late(on),
            "can_hold": permissions.HOLD_FRAMEWORK.allows(self.capacity, committee),
        }
        return render(request, "med/framework_dialogue.html", context)


class OpenFrameworkDialogueView(CommitteeSubjectView):
    """Fetch the paper, or go straight on to writing down what was said."""

    permission = permissions.HOLD_FRAMEWORK

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Make the paper, or find the one that was made."""
        try:
            dialogue = actions.open_framework_dialogue(
                committee=self.subject, actor=self.capacity, at=timezone.now(), on=timezone.localdate()
            )
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect("framework_dialogue", slug=slug)
        can_be_written = request.POST.get("then") == RECORD and permissions.RECORD.allows(self.capacity, dialogue)
        return redirect("record_dialogue" if can_be_written else "dialogue", pk=dialogue.pk)


class GuidelineStancesView(CommitteeSubjectView):
    """What the body makes of each guideline; all who see the body can read it (R63)."""

    permission = permissions.SEE_COMMITTEE

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show the guidelines with where the body stands."""
        del slug
        committee: Committee = self.subject
        context = {
            "committee": committee,
            "lines": stance_lines(committee, guidelines(version_in_force(timezone.localdate()))),
            "can_take": permissions.TAKE_STANCE.allows(self.capacity, committee),
        }
        return render(request, "med/stances.html", context)


class TakeStancesView(CommitteeSubjectView):
    """Say what the body makes of the guidelines: all at once, or some now and the rest later."""

    permission = permissions.TAKE_STANCE

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show the guidelines with what was said before."""
        del request, slug
        return self._page(self._form())

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Write down what is new or changed."""
        form = self._form(request.POST)
        if form.is_valid():
            try:
                actions.take_stances(
                    committee=self.subject,
                    stances=form.stances(),
                    actor=self.capacity,
                    at=timezone.now(),
                    on=timezone.localdate(),
                )
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("It is written down, and stands beside the guidelines from now on."))
                return redirect("guideline_stances", slug=slug)
        return self._page(form)

    def _form(self, data: object = None) -> StancesForm:
        elements = guidelines(version_in_force(timezone.localdate()))
        return StancesForm(data, lines=stance_lines(self.subject, elements))

    def _page(self, form: StancesForm) -> HttpResponse:
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        context = {"form": form, "committee": self.subject}
        return render(self.request, "med/take_stances.html", context, status=status)
