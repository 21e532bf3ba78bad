# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What one looks for in the overview; it comes by the address, so that a list can be bookmarked and sent."""

from typing import Any

from django import forms
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspil.agreements.leading import WITHOUT_LEADER, without_leader
from samspil.agreements.queries import Coverage
from samspil.agreements.update_stages import updates_due
from samspil.foundation.text import sort_key
from samspil.frameworks.waves import NO_WAVE, standing_waves, with_wave
from samspil.municipalities.models import Sector
from samspil.reports.queries import Area
from samspil.reports.queries.waves import late_among

BEHIND = "ny-udgave"
"""What the list is asked for in its address: agreements that are not done with the edition of the framework in force."""
ORDERS = {
    "navn": ("sort_key", "pk"),
    "-navn": ("-sort_key", "-pk"),
    "under": ("parent__sort_key", "sort_key", "pk"),
    "-under": ("-parent__sort_key", "sort_key", "pk"),
}
"""By name or by what they stand under: never by how far they have come, as this is no contest."""


class PlaceForm(forms.Form):
    """Which workplaces: by name, by what they stand under, by sector, and by wave where waves are set."""

    q = forms.CharField(label=_("Name of the workplace"), required=False, widget=forms.TextInput)
    under = forms.ChoiceField(label=_("Stands under"), required=False)
    sektor = forms.ChoiceField(label=_("Sector"), required=False, choices=[("", _("All sectors")), *Sector.choices])
    boelge = forms.ChoiceField(label=_("Wave"), required=False)

    def __init__(self, data: Any, *, area: Area) -> None:
        super().__init__(data)
        self.area = area
        indented = [(unit.slug, "\u2003" * area.depth(unit) + unit.name) for unit in area.walk(area.top)[1:]]
        self.fields["under"].choices = [("", _("All")), *indented]  # type: ignore[attr-defined]
        waves = [(str(wave.pk), wave.name) for wave in standing_waves()]
        self.fields["boelge"].choices = [  # type: ignore[attr-defined]
            ("", _("All")),
            *waves,
            (str(NO_WAVE), _("In no wave")),
        ]
        if not waves:
            self.without_waves()

    def without_waves(self) -> None:
        """Ask nothing about waves where none is set."""
        del self.fields["boelge"]

    def wanted(self, name: str) -> str:
        """Return what was asked for; nothing where it makes no sense."""
        self.is_valid()
        return str(self.cleaned_data.get(name) or "")[:100]

    @property
    def asks(self) -> bool:
        """Whether anything at all was asked for."""
        return any(self.wanted(name) for name in self.fields)

    def workplaces(self) -> models.QuerySet[Any]:
        """Return the workplaces asked for, by name, each with its ``status``."""
        rows = self.area.workplaces(self.area.by_slug(self.wanted("under")) or self.area.top)
        if self.wanted("q"):
            rows = rows.filter(sort_key__contains=sort_key(self.wanted("q")))
        if self.wanted("sektor"):
            rows = rows.filter(sector=self.wanted("sektor"))
        if self.wanted("boelge"):
            rows = with_wave(rows).filter(wave_id=int(self.wanted("boelge")))
        return rows.order_by(*ORDERS["navn"])


class ListForm(PlaceForm):
    """Which workplaces, by how far they have come as well, and whether they are late."""

    forsinket = forms.BooleanField(label=_("Only those that are late"), required=False)
    status = forms.ChoiceField(label=_("Agreement"), required=False)
    sorter = forms.ChoiceField(
        label=_("Sorted by"),
        required=False,
        choices=[
            ("navn", _("name, from A")),
            ("-navn", _("name, from Å")),
            ("under", _("what they stand under, from A")),
            ("-under", _("what they stand under, from Å")),
        ],
    )

    def __init__(self, data: Any, *, area: Area) -> None:
        super().__init__(data, area=area)
        statuses = [(status.value, str(status.label).capitalize()) for status in Coverage]
        without = (WITHOUT_LEADER, _("No leader given"))
        behind = (BEHIND, _("Not done with the new edition"))
        self.fields["status"].choices = [("", _("All")), *statuses, without, behind]  # type: ignore[attr-defined]

    def without_waves(self) -> None:
        """Ask nothing about waves where none is set: without a deadline nobody is late."""
        super().without_waves()
        del self.fields["forsinket"]

    @property
    def order(self) -> str:
        """How the list is sorted."""
        return self.wanted("sorter") or "navn"

    def workplaces(self) -> models.QuerySet[Any]:
        """Return the workplaces asked for in the order asked for."""
        rows = super().workplaces()
        if self.wanted("status") == WITHOUT_LEADER:
            rows = without_leader(rows, timezone.localdate())
        elif self.wanted("status") == BEHIND:
            rows = rows.filter(pk__in=[found.workplace_id for found in updates_due(timezone.localdate())])
        elif self.wanted("status"):
            rows = rows.filter(status=self.wanted("status"))
        if self.wanted("forsinket"):
            rows = late_among(with_wave(rows), timezone.localdate())
        return rows.order_by(*ORDERS[self.order]).select_related("parent")

    def listed(self) -> Any:
        """Return the same for showing in pages; where nothing is asked for, by a question that is prepared."""
        return self.workplaces() if self.asks else self.area.listed(self.area.top)
