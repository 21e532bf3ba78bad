# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Many units at once: read in from a table, and given sector and kind together."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext

from samspil.foundation.errors import Refusal
from samspil.foundation.importing import Plan
from samspil.foundation.importing.pages import ExampleTable, ImportPage
from samspil.foundation.tables import Table
from samspil.foundation.views import PermissionView
from samspil.municipalities import actions, importing
from samspil.municipalities.forms import FindUnitsForm, SetUnitsForm
from samspil.municipalities.models import Sector, Unit
from samspil.municipalities.permissions import EDIT_UNITS, IMPORT_UNITS, visible_units
from samspil.municipalities.queries import still_open, units_below

PAGE_SIZE = 25


class ImportUnitsView(ImportPage):
    """Units from a table."""

    permission = IMPORT_UNITS
    kind = "units"
    columns = importing.COLUMNS
    title = gettext_lazy("Import units")
    lead = gettext_lazy(
        "Fetch a list of your units from the payroll or organisation system, and choose it here. "
        "You see what would happen before anything does."
    )
    afterwards = "set_units"
    example = "import_units_example"

    def plan(self, table: Table) -> Plan:
        """Return what would happen to the units."""
        return importing.plan(table, importing.units_here(), self.capacity.on)

    def carry_out(self, table: Table, expected: str) -> Plan:
        """Read the units in."""
        return actions.import_units(table=table, actor=self.capacity, at=timezone.now(), expected=expected)


class ExampleUnitsView(ExampleTable):
    """An example of such a table."""

    permission = IMPORT_UNITS
    columns = importing.COLUMNS
    filename = "enheder"
    rows = importing.EXAMPLE


class SetUnitsView(PermissionView):
    """Sector and kind of many units at once."""

    permission = EDIT_UNITS

    def get(self, request: HttpRequest) -> HttpResponse:
        """Find units, and tick them."""
        del request
        return self._page(SetUnitsForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Give those that were ticked, or all that were found, what was chosen."""
        form = SetUnitsForm(request.POST)
        if not form.is_valid():
            return self._page(form)
        units = self._found()
        if form.cleaned_data["which"] == "ticked":
            units = units.filter(pk__in=[key for key in request.POST.getlist("units") if key.isdecimal()])
        try:
            count = actions.set_units(
                units=list(units),
                sector=form.cleaned_data["sector"],
                is_workplace=form.cleaned_data["is_workplace"],
                actor=self.capacity,
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self._page(form)
        messages.success(
            request, ngettext("%(count)d unit is changed.", "%(count)d units are changed.", count) % {"count": count}
        )
        return redirect(request.get_full_path())

    def _found(self) -> QuerySet[Unit]:
        here = visible_units(self.capacity).filter(still_open(self.capacity.on)).exclude(parent=None)
        units = here.select_related("parent").order_by("sort_key", "id")
        form = FindUnitsForm(self.request.GET)
        form.is_valid()
        wanted: dict[str, Any] = form.cleaned_data
        if wanted.get("q"):
            units = units.filter(name__icontains=wanted["q"])
        if wanted.get("under"):
            units = units.filter(pk__in=[unit.pk for unit in units_below(wanted["under"].pk)])
        if wanted.get("vis") == "uden-sektor":
            units = units.filter(sector=Sector.OTHER)
        if wanted.get("vis") == "ikke-arbejdspladser":
            units = units.filter(is_workplace=False)
        return units

    def _page(self, form: SetUnitsForm) -> HttpResponse:
        context = {
            "form": form,
            "find": FindUnitsForm(self.request.GET),
            "page": Paginator(self._found(), PAGE_SIZE).get_page(self.request.GET.get("side")),
            "ticked": self.request.POST.getlist("units"),
        }
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        return render(self.request, "municipalities/set_units.html", context, status=status)
