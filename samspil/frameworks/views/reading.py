# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The framework read, on the screen and on paper."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from samspil.foundation.pdf import render_pdf
from samspil.foundation.views import PermissionView
from samspil.frameworks import queries
from samspil.frameworks.document import framework_document
from samspil.frameworks.models import FrameworkVersion, Purpose
from samspil.frameworks.permissions import EDIT, READ, visible_versions
from samspil.frameworks.states import State
from samspil.people.middleware import OPEN_PREFIX


def reading_context(version: FrameworkVersion) -> dict[str, Any]:
    """Return what ``frameworks/_framework.html`` shows of a version; one query."""
    content = queries.for_reading(queries.content_of(version))
    return {
        "version": version,
        "content": content,
        "definition": queries.element_with_purpose(version, Purpose.VOLUNTEER_DEFINITION, among=content.elements),
    }


class FrameworksView(PermissionView):
    """The framework in force; for the secretariat also what to do with it."""

    permission = READ

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show it, or that there is none."""
        version = queries.version_in_force(self.capacity.on)
        may_edit = EDIT.allows(self.capacity)
        context = {
            "to_come": queries.version_to_come(self.capacity.on),
            "may_edit": may_edit,
            "open_prefix": OPEN_PREFIX,
            "draft": queries.draft() if may_edit else None,
            "levels": queries.three_levels(self.capacity.on),
            **(reading_context(version) if version else {}),
        }
        return render(request, "frameworks/frameworks.html", context)


class VersionsView(PermissionView):
    """Every version that one may see, newest first."""

    permission = READ

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the list."""
        lines = queries.version_lines(visible_versions(self.capacity), self.capacity.on)
        return render(request, "frameworks/versions.html", {"lines": lines})


class VersionPage(PermissionView):
    """A page about one version."""

    permission = READ

    def load(self, **kwargs: Any) -> FrameworkVersion:
        """Find it among the visible ones by its number."""
        version = visible_versions(self.capacity).filter(number=kwargs["number"]).select_related("predecessor").first()
        if version is None:
            raise Http404
        return version


class VersionView(VersionPage):
    """One version as it was published, or as it was withdrawn."""

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Show it; a draft has its own page."""
        version: FrameworkVersion = self.subject
        if version.state == State.DRAFT:
            return redirect("framework_draft")
        context = {
            **reading_context(version),
            "in_force": queries.version_in_force(self.capacity.on),
            "goes_on": EDIT.allows(self.capacity, version) and version == queries.latest_published(),
        }
        return render(request, "frameworks/version.html", context)


class VersionPdfView(VersionPage):
    """One version on paper."""

    def get(self, _request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Send the PDF."""
        return framework_pdf(self.subject, self.capacity.municipality_name)


def framework_pdf(version: FrameworkVersion, municipality_name: str) -> HttpResponse:
    """Answer with ``version`` as PDF, also on open pages."""
    pdf = render_pdf(framework_document(version, municipality_name))
    disposition = f'inline; filename="vaerdiramme-{version.number}.pdf"'
    return HttpResponse(pdf, content_type="application/pdf", headers={"Content-Disposition": disposition})
