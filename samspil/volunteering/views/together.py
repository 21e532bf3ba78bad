# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Many volunteers at once: read in from a list, and gone through together."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samspil.foundation.importing import Plan
from samspil.foundation.importing.pages import ExampleTable, ImportPage
from samspil.foundation.tables import Table
from samspil.foundation.views import PermissionView
from samspil.municipalities.models import Unit
from samspil.people.queries import staff_of, units_reached
from samspil.volunteering import actions, importing
from samspil.volunteering.guards import missing_at_the_workplace
from samspil.volunteering.models import Engagement
from samspil.volunteering.permissions import RECEIVE
from samspil.volunteering.queries import for_list
from samspil.volunteering.states import HERE
from samspil.volunteering.views.people import rows_of

MOST_ON_A_PAGE = 200
GONE_THROUGH, HAND_OVER = "gennemgaaet", "kontaktperson"


def own_workplace(view: PermissionView) -> Unit:
    """Return the capacity's own unit; raises ``Http404`` where there is none."""
    unit: Unit | None = units_reached(view.capacity).filter(pk=view.capacity.unit_id or 0).first()
    if unit is None:
        raise Http404
    return unit


class ImportVolunteersView(ImportPage):
    """Those who were volunteers before Samspil."""

    permission = RECEIVE
    subject: Unit
    kind = "volunteers"
    columns = importing.COLUMNS
    title = gettext_lazy("Read in your volunteers from a list")
    lead = gettext_lazy(
        "They are active at once, and you have three months to go through it all with them. "
        "Leave out CPR numbers and birthdays: Samspil never stores those."
    )
    afterwards = "go_through"
    example = "import_volunteers_example"
    template = "volunteering/import.html"

    def load(self, **kwargs: Any) -> Unit:
        """Return the own workplace."""
        return own_workplace(self)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Ask for a file; without an agreement in force lead to it."""
        if missing_at_the_workplace(self.subject, self.capacity.on):
            return redirect("new_volunteer")
        return super().get(request)

    def plan(self, table: Table) -> Plan:
        """Return what would happen."""
        return importing.plan(table, importing.here_at(self.subject.pk, self.capacity.user_id, self.capacity.on))

    def carry_out(self, table: Table, expected: str) -> Plan:
        """Read them in."""
        return actions.import_volunteers(
            table=table,
            workplace=self.subject,
            actor=self.capacity,
            on=self.capacity.on,
            at=timezone.now(),
            expected=expected,
        )


class ExampleVolunteersView(ExampleTable):
    """An example of such a table."""

    permission = RECEIVE
    columns = importing.COLUMNS
    filename = "frivillige"
    rows = importing.EXAMPLE

    def load(self, **kwargs: Any) -> Unit:
        """Return the own workplace."""
        return own_workplace(self)


class TogetherForm(forms.Form):
    """Whom, and what is done with all of them."""

    chosen = forms.TypedMultipleChoiceField(
        coerce=int,
        error_messages={
            "required": gettext_lazy("Tick at least one volunteer."),
            "invalid_choice": gettext_lazy("Choose among those who are here."),
        },
    )
    contact_person = forms.TypedChoiceField(
        label=gettext_lazy("New contact person"), coerce=int, empty_value=None, required=False
    )

    def __init__(self, data: Any, *, ids: list[int], staff: list[tuple[int, str]]) -> None:
        super().__init__(data)
        self.fields["chosen"].choices = [(pk, str(pk)) for pk in ids]  # type: ignore[attr-defined]
        self.fields["contact_person"].choices = [("", _("Choose somebody")), *staff]  # type: ignore[attr-defined]


class GoThroughView(PermissionView):
    """*Gennemgået i dag med de valgte*: everybody on one page, ticked, done together, printed."""

    permission = RECEIVE
    subject: Unit

    def load(self, **kwargs: Any) -> Unit:
        """Return the own workplace."""
        return own_workplace(self)

    @property
    def people(self) -> list[Engagement]:
        """Those who are here: first those whom nobody has gone through it with."""
        here = for_list(Engagement.objects.filter(workplace=self.subject, state__in=HERE), self.capacity.on)
        if self.request.GET.get("vis") != "alle":
            here = here.filter(gone_through_on=None, todo_until__isnull=False)
        return list(here[:MOST_ON_A_PAGE])

    def form(self, people: list[Engagement], data: Any = None) -> TogetherForm:
        """Return the form with who can be chosen."""
        staff = {row.user_id: row.user.name for row in staff_of(self.subject.pk, self.capacity.on)}
        return TogetherForm(data, ids=[one.pk for one in people], staff=list(staff.items()))

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them."""
        del request
        people = self.people
        return self.page(people, self.form(people))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Do it with all who are ticked."""
        people = self.people
        form = self.form(people, request.POST)
        wants_contact = request.POST.get("do") == HAND_OVER
        if form.is_valid() and wants_contact and form.cleaned_data["contact_person"] is None:
            form.add_error("contact_person", _("Choose a contact person who works here."))
        if not form.is_valid():
            return self.page(people, form)
        given: dict[str, Any] = {
            "workplace": self.subject,
            "engagement_ids": form.cleaned_data["chosen"],
            "actor": self.capacity,
            "on": self.capacity.on,
            "at": timezone.now(),
        }
        if wants_contact:
            count = actions.hand_over(contact_person_id=form.cleaned_data["contact_person"], **given)
            said = ngettext("One has a new contact person.", "%(count)d have a new contact person.", count)
        else:
            count = actions.note_gone_through(**given)
            said = ngettext("Gone through with one.", "Gone through with %(count)d.", count)
        messages.success(request, said % {"count": count})
        return redirect(request.get_full_path())

    def page(self, people: list[Engagement], form: TogetherForm) -> HttpResponse:
        """Show the list with what can be done."""
        context = {
            "workplace": self.subject,
            "form": form,
            "rows": rows_of(people),
            "ticked": {str(pk) for pk in form["chosen"].value() or []},
            "ticks_all": self.request.GET.get("valg") == "alle",
            "shows_all": self.request.GET.get("vis") == "alle",
            "gone_through": GONE_THROUGH,
            "hand_over": HAND_OVER,
        }
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        return render(self.request, "volunteering/go_through.html", context, status=status)
