# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The framework for everybody, without login (R6)."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from samspil.agreements.offers import tasks_in_force
from samspil.agreements.queries import workplaces_in_force
from samspil.agreements.questions import open_workplaces_by_name
from samspil.foundation.permission import OPEN
from samspil.foundation.text import sort_key
from samspil.foundation.views import PermissionView
from samspil.frameworks import queries
from samspil.frameworks.models import FrameworkVersion
from samspil.frameworks.views import changes_context, framework_pdf, reading_context
from samspil.municipalities.models import Municipality, PublicText
from samspil.municipalities.public_texts import shown_text

PAGE_SIZE = 25


class _OpenPage(PermissionView):
    """A page that anyone may read; its address names the municipality, which opened the scope."""

    permission = OPEN

    @property
    def municipality(self) -> Municipality:
        """The municipality of the address; raises ``Http404`` where there is none of that name."""
        municipality: Municipality | None = getattr(self.request, "municipality", None)
        if municipality is None:
            raise Http404
        return municipality

    def load(self, **_kwargs: Any) -> Any:
        """Refuse an address of no municipality before anything is looked up: without one there is no scope."""
        return self.municipality


class OpenIndexView(_OpenPage):
    """The door to a municipality's open pages."""

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Show what can be read; the workplaces 25 a page."""
        wanted = request.GET.get("q", "").replace("\x00", "").strip()[:100]
        found: Any = open_workplaces_by_name.listed(timezone.localdate())
        if wanted:
            found = workplaces_in_force().filter(sort_key__contains=sort_key(wanted)).order_by("sort_key", "pk")
        page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("side"))
        tasks = tasks_in_force(unit.pk for unit in page)
        context = {
            "municipality": self.municipality,
            "framework": queries.version_in_force(timezone.localdate()),
            "to_come": queries.version_to_come(timezone.localdate()),
            "page": page,
            "offers": [(unit, tasks.get(unit.pk, [])) for unit in page],
            "q": wanted,
            "citizenship": queries.citizenship_policies(timezone.localdate()),
        }
        return render(request, "transparency/index.html", context)


class OpenPublicTextView(_OpenPage):
    """The municipality's accessibility statement, or what it says about privacy."""

    kind = PublicText.Kind.ACCESSIBILITY

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Show the text."""
        context = {"municipality": self.municipality, "shown": shown_text(self.kind, self.municipality)}
        return render(request, "municipalities/public_text.html", context)


class _OpenFrameworkPage(_OpenPage):
    """A page about the framework in force, or about one published version by its number."""

    def load(self, **kwargs: Any) -> FrameworkVersion | None:
        """Find the version; drafts and withdrawn ones are never found."""
        super().load(**kwargs)
        if "number" not in kwargs:
            return queries.version_in_force(timezone.localdate())
        version: FrameworkVersion | None = (
            FrameworkVersion.objects.published().filter(number=kwargs["number"]).select_related("predecessor").first()
        )
        if version is None:
            raise Http404
        return version


class OpenFrameworkView(_OpenFrameworkPage):
    """The framework, readable by everybody."""

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Show it, or say that there is none yet."""
        context: dict[str, Any] = {
            "municipality": self.municipality,
            "in_force": queries.version_in_force(timezone.localdate()),
        }
        if self.subject is None:
            return render(request, "transparency/framework_none.html", context)
        if self.subject == context["in_force"]:
            context["levels"] = queries.three_levels(timezone.localdate())
        return render(request, "transparency/framework.html", {**context, **reading_context(self.subject)})


class OpenChangesView(_OpenFrameworkPage):
    """What a version changed, and why."""

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Show it; the first version changed nothing, and has no such page."""
        context = {"municipality": self.municipality, **changes_context(self.subject)}
        return render(request, "transparency/framework_changes.html", context)


class OpenFrameworkPdfView(_OpenFrameworkPage):
    """The framework on paper."""

    def get(self, _request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Send the PDF."""
        if self.subject is None:
            raise Http404
        return framework_pdf(self.subject, self.municipality.name)
