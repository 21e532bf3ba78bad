# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Which bodies have discussed the framework."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from samspil.reports.queries.framework_dialogues import CHOICES, framework_figures
from samspil.reports.views.base import PAGE_SIZE, OverseeingView


class FrameworkDialoguesView(OverseeingView):
    """The bodies within reach with how far they are; it stops nothing, and is no contest."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the list, by name; ``?vis=`` limits it."""
        figures = framework_figures(self.capacity, self.on)
        wanted = request.GET.get("vis", "")
        page = Paginator(figures.shown(wanted), PAGE_SIZE).get_page(request.GET.get("side"))
        context = {
            "figures": figures,
            "page": page,
            "choices": [(key, label, key == wanted) for key, label in CHOICES.items()],
        }
        return render(request, "reports/framework_dialogues.html", context)
