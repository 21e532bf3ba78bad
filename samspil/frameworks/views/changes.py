# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What a version changes: said about a draft, and read of a published version."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.foundation.errors import Refusal
from samspil.frameworks import actions, queries
from samspil.frameworks.change_forms import FORM_OF, RestForm, RewordedForm
from samspil.frameworks.differences import Comparison, Difference, change_anchor
from samspil.frameworks.likeness import likely_matches
from samspil.frameworks.models import FrameworkVersion
from samspil.frameworks.views.drafting import DraftPage
from samspil.frameworks.views.reading import VersionPage


@dataclass(frozen=True)
class _Asked:
    """A change of words and the question about it."""

    difference: Difference
    form: RewordedForm


class ChangesView(DraftPage):
    """Everything that the draft changes, and what is still to be said about it."""

    def get(self, _request: HttpRequest) -> HttpResponse:
        """Show it."""
        return self._page(RestForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Recognise old parts among the new ones, or give one reason for all that is gone."""
        given: dict[str, Any] = {
            "version": self.draft,
            "expected_revision": self.revision,
            "actor": self.capacity,
            "at": timezone.now(),
        }
        if request.POST.get("step") == "recognise":
            actions.recognise_parts(same=_pairs(request.POST.getlist("same")), **given)
            messages.success(request, _("The parts are recognised. What differs in their words stands below."))
            return redirect("framework_changes")
        form = RestForm(request.POST)
        if not form.is_valid():
            return self._page(form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        actions.explain_the_rest(reason=form.cleaned_data["reason"], **given)
        return redirect("framework_changes")

    def _page(self, rest: RestForm, status: int = HTTPStatus.OK) -> HttpResponse:
        draft = self.draft
        comparison = queries.comparison_of(draft)
        matches = likely_matches(comparison)
        matched = {match.old.lineage for match in matches}
        context = {
            "version": draft,
            "comparison": comparison,
            "missing": queries.unexplained(comparison),
            "matches": [match for match in matches if not match.is_exact],
            "exact": [match for match in matches if match.is_exact],
            "reworded": [
                _Asked(difference, RewordedForm.about(difference, comparison)) for difference in comparison.reworded
            ],
            "removed": [item for item in comparison.removed if item.lineage not in matched],
            "rest": rest,
            "number_unsaid": sum(difference.is_unsaid for difference in comparison.removed),
        }
        return render(self.request, "frameworks/changes.html", context, status=status)


def _pairs(sent: list[str]) -> dict[UUID, UUID]:
    try:
        return {UUID(old): UUID(new) for old, _colon, new in (pair.partition(":") for pair in sent)}
    except ValueError as error:
        raise Refusal(_("Choose one new part for each old one.")) from error


class ChangeView(DraftPage):
    """One change: what became of an old part, what other words mean, or what a new part means."""

    def _difference(self, comparison: Comparison) -> Difference:
        difference = comparison.by_lineage.get(self.kwargs["lineage"])
        if difference is None or difference.nature not in FORM_OF:
            raise Http404
        return difference

    def get(self, _request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Ask about it."""
        comparison = queries.comparison_of(self.draft)
        difference = self._difference(comparison)
        return self._page(difference, FORM_OF[difference.nature].about(difference, comparison))

    def post(self, request: HttpRequest, lineage: UUID) -> HttpResponse:
        """Take what was said, or let the part be a new one."""
        given: dict[str, Any] = {
            "version": self.draft,
            "lineage": lineage,
            "expected_revision": self.revision,
            "actor": self.capacity,
            "at": timezone.now(),
        }
        if request.POST.get("step") == "separate":
            actions.separate_part(**given)
            messages.success(request, _("They are two parts now: the old one is gone, and the other is new."))
            return redirect("framework_changes")
        comparison = queries.comparison_of(self.draft)
        difference = self._difference(comparison)
        form = FORM_OF[difference.nature].about(difference, comparison, request.POST)
        if not form.is_valid():
            return self._page(difference, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        actions.explain_change(said=form.explanation(), **given)
        return redirect(f"{reverse('framework_changes')}#{change_anchor(lineage)}")

    def _page(self, difference: Difference, form: Any, status: int = HTTPStatus.OK) -> HttpResponse:
        context = {"version": self.draft, "difference": difference, "form": form}
        return render(self.request, "frameworks/change.html", context, status=status)


def changes_context(version: FrameworkVersion) -> dict[str, Any]:
    """Return what ``frameworks/_changes.html`` shows of a version; raises ``Http404`` for the first one."""
    if version.predecessor is None:
        raise Http404
    comparison = queries.comparison_of(version)
    told = {element.lineage for item in comparison.removed for element in item.successors}
    return {
        "version": version,
        "comparison": comparison,
        "substantive": [item for item in comparison.reworded if item.is_substantive],
        "editorial": [item for item in comparison.reworded if not item.is_substantive],
        "added": [item for item in comparison.added if item.lineage not in told],
    }


class VersionChangesView(VersionPage):
    """What a version changed, and why."""

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Show it; that of the draft has its own page."""
        version: FrameworkVersion = self.subject
        if not version.content_sha256:
            raise Http404
        return render(request, "frameworks/version_changes.html", changes_context(version))
