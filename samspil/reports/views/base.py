# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What every page of the overview stands on: the organisation within reach."""

from datetime import date
from functools import cached_property
from typing import Any

from django.db import models
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from samspil.agreements.permissions import REMIND
from samspil.foundation.views import PermissionView
from samspil.frameworks.permissions import SET_WAVES
from samspil.municipalities.models import Unit
from samspil.reports.charts import bar
from samspil.reports.permissions import VIEW_OVERVIEW, visible_units
from samspil.reports.queries import Area, area_of, lines_of

PAGE_SIZE = 25


class OverseeingView(PermissionView):
    """A page for those who oversee something."""

    permission = VIEW_OVERVIEW

    @property
    def on(self) -> date:
        """The day that ages are counted to."""
        return timezone.localdate()

    @property
    def units(self) -> models.QuerySet[Unit]:
        """The units within reach."""
        return visible_units(self.capacity)

    @cached_property
    def area(self) -> Area:
        """The organisation within reach; raises ``Http404`` where there is none."""
        area = area_of(self.capacity)
        if area is None:
            raise Http404
        return area

    @property
    def may_remind(self) -> bool:
        """Whether the page offers to remind workplaces."""
        return REMIND.allows(self.capacity)

    @property
    def may_set_waves(self) -> bool:
        """Whether the page offers to set waves."""
        return SET_WAVES.allows(self.capacity)

    def branch(self, unit: Unit) -> dict[str, Any]:
        """Return what stands right under a unit: branches with their counts, and at most a page of workplaces."""
        leaves = list(self.area.workplaces_right_under(unit)[: PAGE_SIZE + 1])
        shown = leaves[:PAGE_SIZE]
        if unit.is_workplace:
            shown = [unit, *shown]
        below = [(child, self.area.counts(child)) for child in self.area.under(unit)]
        return {
            "unit": unit,
            "branches": [(child, counts, bar(counts)) for child, counts in below],
            "lines": lines_of(shown, self.on),
            "has_more": len(leaves) > PAGE_SIZE,
        }

    def part_or_page(self, part: str, page: str, context: dict[str, Any]) -> HttpResponse:
        """Answer with a part for the page that asks for it on the spot, else with a page of its own."""
        template = part if self.request.headers.get("HX-Request") else page
        response = render(self.request, template, context)
        patch_vary_headers(response, ["HX-Request"])
        return response
