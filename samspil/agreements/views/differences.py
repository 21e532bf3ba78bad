# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What differs between two versions of a workplace's agreement."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from samspil.agreements.content import contents_of
from samspil.agreements.differences import differences
from samspil.agreements.models import AgreementVersion
from samspil.agreements.paper_forms import CompareForm
from samspil.agreements.queries import versions_of
from samspil.agreements.views.base import WorkplaceView


class DifferencesView(WorkplaceView):
    """The version beside the one that it was copied from, or beside another that is chosen (R53, R61)."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show what was added, removed and changed, the older version first."""
        version = self.version_numbered(kwargs["number"])
        others = [other for other in versions_of(self.subject.pk) if other.pk != version.pk]
        context = {"workplace": self.subject, "version": version, "parts": (), "form": None}
        if not others:
            return render(request, "agreements/differences.html", context)
        usual = _usual(version, others)
        form = CompareForm(request.GET if "med" in request.GET else None, others, usual.number)
        number = form.cleaned_data["med"] if form.is_valid() else usual.number
        other = next(one for one in others if one.number == number)
        old, new = sorted((version, other), key=lambda one: one.number)
        context |= {
            "form": form,
            "old": old,
            "new": new,
            "parts": differences(*contents_of(old, new)),
        }
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        return render(request, "agreements/differences.html", context, status=status)


def _usual(version: AgreementVersion, others: list[AgreementVersion]) -> AgreementVersion:
    """Return the version that it was copied from, else the one before it, else the next."""
    copied = [other for other in others if other.pk == version.copied_from_id]
    before = [other for other in others if other.number < version.number]
    return (copied or before or others[-1:])[0]
