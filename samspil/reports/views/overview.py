# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The overview: the tree, the list, why, what has happened, and the list as a file."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samspil.foundation.tables import CSV_TYPE, XLSX_TYPE, write_csv, write_xlsx
from samspil.municipalities.models import Unit
from samspil.municipalities.queries import still_open
from samspil.reports.charts import bar, counts_in_words
from samspil.reports.forms import ListForm
from samspil.reports.permissions import VIEW_UNIT
from samspil.reports.queries import Counts, Line, changes_in, lines_of, support_described, wave_lines, why
from samspil.reports.views.base import PAGE_SIZE, OverseeingView

AS_A_LIST = "liste"


class OverviewView(OverseeingView):
    """How far everybody has come: the organisation as a tree, or what one searches for as a list."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the tree; a list when something is searched for."""
        form = ListForm(request.GET, area=self.area)
        counts = self.area.counts(self.area.top)
        context = {
            "form": form,
            "top": self.area.top,
            "may_remind": self.may_remind,
            "may_set_waves": self.may_set_waves,
            **_figures(counts),
        }
        if form.asks or request.GET.get("vis") == AS_A_LIST:
            return render(request, "reports/list.html", {**context, **self._list(form)})
        context["supported"] = support_described(self.area)
        waves = [(line, bar(line.counts)) for line in wave_lines(self.area, self.on)]
        return render(request, "reports/overview.html", {**context, **self.branch(self.area.top), "waves": waves})

    def _list(self, form: ListForm) -> dict[str, Any]:
        page = Paginator(form.listed(), PAGE_SIZE).get_page(self.request.GET.get("side"))
        return {
            "page": page,
            "lines": lines_of(list(page), self.on),
            "sorts": {"name": _sort("navn", form.order), "under": _sort("under", form.order)},
        }


def _figures(counts: Counts) -> dict[str, Any]:
    return {"counts": counts, "bar": bar(counts), "in_words": counts_in_words(counts)}


def _sort(key: str, order: str) -> dict[str, str]:
    """Return what a sortable heading says about itself, and what it asks for when it is pressed."""
    said = {key: "ascending", f"-{key}": "descending"}.get(order, "none")
    return {"said": said, "ask": f"-{key}" if order == key else key}


class BranchView(OverseeingView):
    """What stands under one branch: fetched into the tree when it is opened, or a page of its own."""

    permission = VIEW_UNIT

    def load(self, **kwargs: Any) -> Unit:
        """Find the branch among the units within reach."""
        unit = self.area.by_slug(kwargs["slug"])
        if unit is None:
            raise Http404
        return unit

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show the branch."""
        del request, slug
        context = {**self.branch(self.subject), **_figures(self.area.counts(self.subject))}
        return self.part_or_page("reports/_branch.html", "reports/branch.html", context)


class WhyView(OverseeingView):
    """Why one workplace stands where it stands."""

    permission = VIEW_UNIT

    def load(self, **kwargs: Any) -> Unit:
        """Find the workplace among those within reach."""
        unit = self.units.filter(still_open(self.on), slug=kwargs["slug"], is_workplace=True).first()
        if unit is None:
            raise Http404
        return unit

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show what is missing."""
        del request, slug
        reason = why(self.subject, self.on)
        context = {"unit": self.subject, "why": reason, "line": reason.line}
        return self.part_or_page("reports/_why.html", "reports/why.html", context)


class ChangesView(OverseeingView):
    """The last things that happened within reach: what, where, when, and in which function (R60)."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them."""
        return render(request, "reports/changes.html", {"changes": changes_in(self.units), "top": self.area.top})


class ExportView(OverseeingView):
    """The list as it was asked for, whole, as a file for Excel."""

    def get(self, request: HttpRequest, kind: str) -> HttpResponse:
        """Answer with the file; ``kind`` is ``csv`` or ``xlsx``."""
        if kind not in {"csv", "xlsx"}:
            raise Http404
        units = list(ListForm(request.GET, area=self.area).workplaces())
        table = _headings(), list(_rows(lines_of(units, self.on)))
        content, content_type = (write_csv(*table), CSV_TYPE) if kind == "csv" else (write_xlsx(*table), XLSX_TYPE)
        title = _("overview")
        name = f"{title}-{self.on.isoformat()}.{kind}"
        return HttpResponse(
            content, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
        )


def _headings() -> list[str]:
    return [
        _("Workplace"),
        _("Stands under"),
        _("Sector"),
        _("Agreement"),
        _("Step"),
        _("In force since"),
        _("Begun on"),
        _("Days with a framework and without a beginning"),
        _("Last discussed with MED"),
        _("Wave"),
        _("Deadline"),
        _("Late"),
    ]


def _rows(lines: Iterable[Line]) -> Iterable[list[Any]]:
    for line in lines:
        under_way = line.coverage.under_way
        yield [
            line.unit.name,
            line.unit.parent.name if line.unit.parent else "",
            line.unit.get_sector_display(),
            str(line.status.label),
            under_way.get_state_display() if under_way else "",
            line.in_force_since,
            line.begun_on,
            line.days_waited,
            line.discussed_on,
            line.wave.name if line.wave else "",
            line.wave.deadline if line.wave else None,
            _("yes") if line.is_late else "",
        ]
