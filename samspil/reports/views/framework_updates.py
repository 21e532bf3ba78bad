# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""How far the agreements are with a new edition of the framework."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from samspil.reports.queries.updates import update_figures
from samspil.reports.views.base import PAGE_SIZE, OverseeingView


class FrameworkUpdatesView(OverseeingView):
    """The agreements within reach with how far they are; it stops nothing, and is no contest."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the list, by name; ``?vis=`` limits it."""
        figures = update_figures(self.units, self.on)
        wanted = request.GET.get("vis", "")
        page = Paginator(figures.shown(wanted), PAGE_SIZE).get_page(request.GET.get("side"))
        context = {"figures": figures, "page": page, "choices": figures.choices(wanted)}
        return render(request, "reports/framework_updates.html", context)
