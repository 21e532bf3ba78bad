# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Which further places the agreement holds for: ticked on a page of its own, each with a note (R26)."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspil.agreements import actions
from samspil.agreements.covering import ANCHOR, covered_by, places_for
from samspil.agreements.forms import TextField
from samspil.agreements.models import AgreementVersion
from samspil.agreements.views.parts import PartView
from samspil.foundation.errors import Refusal
from samspil.foundation.forms import LongTextarea
from samspil.municipalities.models import Unit


class PlacesForm(forms.Form):
    """A tick and a note for each place that may be covered."""

    def __init__(self, units: Mapping[int, Unit], notes: Mapping[int, str], data: Any = None) -> None:
        super().__init__(data)
        self.units = units
        for pk, unit in units.items():
            self.fields[f"place_{pk}"] = forms.BooleanField(label=unit.name, required=False, initial=pk in notes)
            self.fields[f"note_{pk}"] = TextField(
                limit=300,
                label=gettext_lazy("What is special here? (may be empty)"),
                required=False,
                initial=notes.get(pk, ""),
                widget=LongTextarea,
            )

    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Return the tick and the note of each place."""
        return [(self[f"place_{pk}"], self[f"note_{pk}"]) for pk in self.units]

    def notes(self) -> dict[int, str]:
        """Return the ticked places with their notes; only after ``is_valid``."""
        ticked = [pk for pk in self.units if self.cleaned_data[f"place_{pk}"]]
        return {pk: self.cleaned_data[f"note_{pk}"] for pk in ticked}


class CoveredPlacesView(PartView):
    """Does the agreement hold for other places too?"""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the places."""
        del request, kwargs
        version = self.writable()
        return self.show(self.form(version), version)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Save which it holds for."""
        del kwargs
        version = self.writable()
        form = self.form(version, request.POST)
        if not form.is_valid():
            return self.show(form, version, HTTPStatus.UNPROCESSABLE_ENTITY)
        try:
            actions.set_covered(version=version, notes=form.notes(), actor=self.capacity, on=self.on, at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.show(form, version, HTTPStatus.CONFLICT)
        messages.success(request, _("It is saved."), extra_tags=ANCHOR)
        return redirect(f"{self.back(version)}#{ANCHOR}")

    def form(self, version: AgreementVersion, data: Any = None) -> PlacesForm:
        """Return the form with the places that may be covered, and those that are."""
        rows = covered_by(version)
        units = {row.unit_id: row.unit for row in rows}
        units |= {unit.pk: unit for unit in places_for(self.subject, self.capacity.user_id, self.on)}
        ordered = dict(sorted(units.items(), key=lambda item: item[1].sort_key))
        return PlacesForm(ordered, {row.unit_id: row.note for row in rows}, data)

    def show(self, form: PlacesForm, version: AgreementVersion, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
        """Show the form."""
        context = {"workplace": self.subject, "form": form, "back_url": f"{self.back(version)}#{ANCHOR}"}
        return render(self.request, "agreements/places.html", context, status=status)
