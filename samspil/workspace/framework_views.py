# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What a new framework version means for the agreements and bodies that stand above it; read before it is published."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from samspil.frameworks.permissions import PUBLISH
from samspil.frameworks.queries import comparison_of
from samspil.frameworks.views import DraftPage
from samspil.workspace import queries
from samspil.workspace.permissions import visible_workplaces

PAGE_SIZE = 25


class FrameworkReachView(DraftPage):
    """Which workplaces the draft concerns, and how many dialogues."""

    permission = PUBLISH

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show it; the workplaces 25 a page."""
        found = queries.workplaces_concerned(visible_workplaces(self.capacity)).order_by("sort_key", "pk")
        page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("side"))
        context = {
            "version": self.draft,
            "substantive": len(comparison_of(self.draft).substantive),
            "reach": queries.framework_reach(),
            "page": page,
            "lines": queries.workplace_lines(list(page)),
        }
        return render(request, "workspace/framework_reach.html", context)
