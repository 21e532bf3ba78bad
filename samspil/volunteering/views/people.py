# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The volunteers of a workplace as a list, and as a file."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.agreements.queries import named_people
from samspil.foundation.tables import CSV_TYPE, XLSX_TYPE, write_csv, write_xlsx
from samspil.foundation.views import PermissionView
from samspil.municipalities.models import Unit
from samspil.people.models import User
from samspil.people.queries import units_reached
from samspil.volunteering import actions
from samspil.volunteering.door import waiting_for
from samspil.volunteering.forms import NOBODY, VolunteerListForm
from samspil.volunteering.models import Engagement
from samspil.volunteering.permissions import LIST, RECEIVE, VIEW, visible_engagements
from samspil.volunteering.queries import Room, chosen_lineages, for_list, room_at, task_titles
from samspil.volunteering.states import HERE, State

PAGE_SIZE = 25
BADGES = {
    State.IN_CLEARANCE: "info",
    State.ACTIVE: "success",
    State.PAUSED: "neutral",
    State.ENDED: "outline",
}


@dataclass(frozen=True)
class VolunteerRow:
    """One line of the list."""

    engagement: Engagement
    tasks: tuple[str, ...]

    @property
    def badge(self) -> str:
        """The kind of badge that shows how far it is."""
        return BADGES[State(self.engagement.state)]

    @property
    def lacks_contact(self) -> bool:
        """Whether nobody who works here looks after them: flagged at once (R66)."""
        return self.engagement.state in HERE and not getattr(self.engagement, "has_contact", True)


def rows_of(engagements: Iterable[Engagement]) -> list[VolunteerRow]:
    """Return the lines with what the tasks are called, in one query however many they are."""
    found = list(engagements)
    chosen = {one.pk: chosen_lineages(one) for one in found}
    titles = task_titles(lineage for lineages in chosen.values() for lineage in lineages)
    return [
        VolunteerRow(one, tuple(sorted(titles[lineage] for lineage in chosen[one.pk] if lineage in titles)))
        for one in found
    ]


class VolunteerList(PermissionView):
    """What the list, its file and what is done to many at once stand on."""

    permission = LIST

    @cached_property
    def place(self) -> Unit | None:
        """The one workplace that the list is about: the capacity's own, or the one that is asked for within reach."""
        wanted = self.request.GET.get("sted", "").strip()[:200]
        units = units_reached(self.capacity).filter(is_workplace=True)
        if wanted:
            found: Unit | None = units.filter(slug=wanted).first()
            if found is None:
                raise Http404
            return found
        own: Unit | None = units.filter(pk=self.capacity.unit_id or 0).first()
        return own

    @cached_property
    def room(self) -> Room | None:
        """What the workplace has room for today."""
        return room_at(self.place.pk) if self.place else None

    @cached_property
    def seen(self) -> models.QuerySet[Engagement]:
        """Those whom the capacity sees at the place."""
        seen = visible_engagements(self.capacity)
        return seen.filter(workplace=self.place) if self.place else seen

    @cached_property
    def form(self) -> VolunteerListForm:
        """What is looked for; many workplaces at once are looked through by name and state only."""
        contacts: Iterable[tuple[int, str]] = ()
        if self.place:
            looked_after = self.seen.filter(state__in=HERE).values("contact_person")
            contacts = User.objects.filter(pk__in=looked_after).order_by("name").values_list("pk", "name")
        return VolunteerListForm(self.request.GET, tasks=self.room.tasks if self.room else (), contacts=contacts)

    def found(self) -> models.QuerySet[Engagement]:
        """Return those who are looked for, by name."""
        form, rows = self.form, for_list(self.seen, self.capacity.on)
        state = form.wanted("tilstand")
        rows = rows.filter(state=state) if state else rows.filter(state__in=HERE)
        if form.wanted("q"):
            rows = rows.filter(volunteer__name__icontains=form.wanted("q"))
        if form.wanted("opgave"):
            rows = rows.filter(tasks__lineage=form.wanted("opgave"), tasks__declined_on=None)
        contact = form.wanted("kontakt")
        if contact == NOBODY:
            rows = rows.filter(has_contact=False)
        elif contact:
            rows = rows.filter(contact_person_id=int(contact))
        return rows


class VolunteersView(VolunteerList):
    """The volunteers of the workplace or the area, 25 a page."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them; who looks after nobody is told who does."""
        page = Paginator(self.found(), PAGE_SIZE).get_page(request.GET.get("side"))
        place = self.place
        context = {
            "page": page,
            "rows": rows_of(page),
            "form": self.form,
            "place": place,
            "room": self.room,
            "shows_places": place is None,
            "receives": place is not None and RECEIVE.allows(self.capacity, place),
            "sees_lanes": place is not None and VIEW.allows(self.capacity, place),
            "contacts": self._contacts(place),
            "waiting": waiting_for(self.capacity).count(),
        }
        return render(request, "volunteering/volunteers.html", context)

    def _contacts(self, place: Unit | None) -> list[Any]:
        """Return who receives volunteers here."""
        return [row for row in named_people(place.pk, self.capacity.on) if row.is_contact] if place else []


class ExportVolunteersView(VolunteerList):
    """The list as it was asked for, whole, as a file for Excel."""

    def get(self, request: HttpRequest, kind: str) -> HttpResponse:
        """Answer with the file; ``kind`` is ``csv`` or ``xlsx``."""
        del request
        if kind not in {"csv", "xlsx"}:
            raise Http404
        rows = rows_of(self.found())
        volunteers = [row.engagement.volunteer for row in rows]
        actions.note_reads(volunteers=volunteers, page="file", actor=self.capacity, at=timezone.now())
        table = _headings(), [list(_cells(row)) for row in rows]
        content, content_type = (write_csv(*table), CSV_TYPE) if kind == "csv" else (write_xlsx(*table), XLSX_TYPE)
        name = f"{_('volunteers')}-{self.capacity.on.isoformat()}.{kind}"
        return HttpResponse(
            content, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
        )


def _headings() -> list[str]:
    return [
        _("Name"),
        _("Phone"),
        _("E-mail"),
        _("Workplace"),
        _("How far"),
        _("Tasks"),
        _("Contact person"),
        _("Volunteer since"),
    ]


def _cells(row: VolunteerRow) -> Iterable[Any]:
    one, who = row.engagement, row.engagement.volunteer
    yield from (who.name, who.phone, who.email) if who else ("", "", "")
    yield one.workplace.name
    yield one.get_state_display()
    yield ", ".join(row.tasks)
    yield one.contact_person.name if one.contact_person else ""
    yield one.here_since or one.started_on
