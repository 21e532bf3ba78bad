# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Units, closed days and the contact of the municipality."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.foundation.errors import Refusal
from samspil.foundation.text import sort_key
from samspil.foundation.views import PermissionView
from samspil.municipalities import actions
from samspil.municipalities.forms import ClosedDayForm, ContactForm, UnitForm
from samspil.municipalities.models import ClosedDay, Municipality, Unit
from samspil.municipalities.permissions import (
    EDIT_CLOSED_DAYS,
    EDIT_CONTACT,
    EDIT_UNITS,
    visible_closed_days,
    visible_units,
)
from samspil.municipalities.queries import (
    Node,
    closed_units,
    closing_in_words,
    has_closed_units,
    has_many_units,
    path_of,
    still_open,
    top_unit,
    unit_tree,
    units_under,
    with_number_below,
)

PAGE_SIZE = 25
CLOSED = "lukkede"


class UnitsView(PermissionView):
    """The whole organisation as a tree; a big one branch by branch."""

    permission = EDIT_UNITS

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the tree, or what stands right under one unit, or what was searched for."""
        units = visible_units(self.capacity).filter(still_open(self.capacity.on))
        wanted = request.GET.get("q", "").replace("\x00", "").strip()[:100]
        on = self.capacity.on
        if request.GET.get("vis") == CLOSED:
            page = Paginator(closed_units(on), PAGE_SIZE).get_page(request.GET.get("side"))
            return render(request, "municipalities/closed_units.html", {"page": page})
        has_closed = has_closed_units(on)
        if not wanted and not has_many_units():
            return render(request, "municipalities/units.html", {"nodes": unit_tree(), "has_closed": has_closed})
        slug = request.GET.get("under", "").replace("\x00", "")
        under = (units.filter(slug=slug).first() if slug else None) or top_unit(on)
        rows: Any = units_under.listed(under.pk if under else 0, on)
        if wanted:
            rows = with_number_below(units.filter(sort_key__contains=sort_key(wanted)), on)
        page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("side"))
        context = {
            "nodes": [Node(unit, 0, []) for unit in page],
            "page": page,
            "q": wanted,
            "path": [] if wanted or under is None else path_of(under),
            "is_branch": True,
            "has_closed": has_closed,
        }
        return render(request, "municipalities/units.html", context)


class CreateUnitView(PermissionView):
    """A new unit; ``?under=`` names where it stands."""

    permission = EDIT_UNITS

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form."""
        under = visible_units(self.capacity).filter(slug=request.GET.get("under", "")).first()
        initial = {"parent": under.pk, "is_workplace": True} if under else {}
        return self._page(UnitForm(initial=initial, is_new=True))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Put the unit into the tree; what the rules refuse is said above the form."""
        form = UnitForm(request.POST, is_new=True)
        if not form.is_valid():
            return self._page(form)
        try:
            unit = actions.create_unit(**form.cleaned_data, actor=self.capacity, at=timezone.now())
        except Refusal as refusal:
            form.add_error("parent", str(refusal))
            return self._page(form)
        messages.success(request, _("%(name)s has been entered.") % {"name": unit.name})
        return redirect("units")

    def _page(self, form: UnitForm) -> HttpResponse:
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        return render(self.request, "municipalities/unit_form.html", {"form": form}, status=status)


class EditUnitView(PermissionView):
    """Name, place, sector and kind of a unit."""

    permission = EDIT_UNITS

    def load(self, **kwargs: Any) -> Unit:
        """Find the unit."""
        unit = visible_units(self.capacity).filter(slug=kwargs["slug"]).select_related("succeeded_by").first()
        if unit is None:
            raise Http404
        return unit

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show the form."""
        del request, slug
        unit: Unit = self.subject
        initial = {
            "name": unit.name,
            "parent": unit.parent_id,
            "sector": unit.sector,
            "is_workplace": unit.is_workplace,
            "is_self_owning": unit.is_self_owning,
            "data_protection_contact": unit.data_protection_contact,
        }
        return self._page(UnitForm(initial=initial, is_top=unit.parent_id is None))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Save the unit; what the rules refuse is said above the form."""
        del slug
        unit: Unit = self.subject
        form = UnitForm(request.POST, is_top=unit.parent_id is None)
        if form.is_valid():
            try:
                actions.edit_unit(
                    unit=unit, **{"parent": None, **form.cleaned_data}, actor=self.capacity, at=timezone.now()
                )
            except Refusal as refusal:
                form.add_error("parent" if "parent" in form.fields else None, str(refusal))
            else:
                messages.success(request, _("Saved."))
                return redirect("units")
        return self._page(form)

    def _page(self, form: UnitForm) -> HttpResponse:
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        unit: Unit = self.subject
        context = {
            "form": form,
            "unit": unit,
            "is_closed": unit.is_closed(self.capacity.on),
            "closing": closing_in_words(unit, self.capacity.on),
            "close_url": reverse("close_unit", args=[unit.slug]),
            "history_url": reverse("workplace", args=[unit.slug]) + "?vis=historik" if unit.is_workplace else "",
        }
        return render(self.request, "municipalities/unit_form.html", context, status=status)


class ClosedDaysView(PermissionView):
    """Days that are no working days here."""

    permission = EDIT_CLOSED_DAYS

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the days and a form for one more."""
        del request
        return self._page(ClosedDayForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Add a day."""
        form = ClosedDayForm(request.POST)
        if not form.is_valid():
            return self._page(form)
        actions.add_closed_day(**form.cleaned_data, actor=self.capacity, at=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("closed_days")

    def _page(self, form: ClosedDayForm) -> HttpResponse:
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        context = {"form": form, "days": visible_closed_days(self.capacity)}
        return render(self.request, "municipalities/closed_days.html", context, status=status)


class RemoveClosedDayView(PermissionView):
    """Make a closed day a working day again."""

    permission = EDIT_CLOSED_DAYS
    http_method_names = ["post"]

    def load(self, **kwargs: Any) -> ClosedDay:
        """Find the day."""
        closed = visible_closed_days(self.capacity).filter(pk=kwargs["pk"]).first()
        if closed is None:
            raise Http404
        return closed

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Remove it."""
        del pk
        actions.remove_closed_day(closed=self.subject, actor=self.capacity, at=timezone.now())
        messages.success(request, _("The day is a working day again."))
        return redirect("closed_days")


class ContactView(PermissionView):
    """Who people can turn to; shown at the top and the bottom of every page."""

    permission = EDIT_CONTACT

    def load(self, **kwargs: Any) -> Municipality:
        """Find one's own municipality."""
        del kwargs
        return Municipality.objects.get(pk=self.capacity.municipality_id)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form."""
        del request
        fields = ("contact_label", "contact_phone", "contact_email")
        return self._page(ContactForm(initial={name: getattr(self.subject, name) for name in fields}))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Save the contact."""
        form = ContactForm(request.POST)
        if not form.is_valid():
            return self._page(form)
        actions.set_contact(municipality=self.subject, **form.cleaned_data, actor=self.capacity, at=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("contact")

    def _page(self, form: ContactForm) -> HttpResponse:
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        return render(self.request, "municipalities/contact.html", {"form": form}, status=status)
