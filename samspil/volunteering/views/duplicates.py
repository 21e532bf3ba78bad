# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Who may be the same person, and making two into one, field by field."""

from datetime import date
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspil.foundation.views import PermissionView
from samspil.municipalities.models import Unit
from samspil.volunteering import actions
from samspil.volunteering.actions import NewVolunteer
from samspil.volunteering.duplicates import Pair, pairs_among
from samspil.volunteering.models import Engagement, Volunteer
from samspil.volunteering.permissions import RECEIVE, visible_engagements
from samspil.volunteering.queries import for_list
from samspil.volunteering.states import HERE
from samspil.volunteering.views.together import own_workplace

_LABELS = {
    "name": gettext_lazy("Name"),
    "phone": gettext_lazy("Phone"),
    "email": gettext_lazy("E-mail"),
    "wishes": gettext_lazy("Wishes"),
    "under_18_until": gettext_lazy("Turns 18"),
}
_FIRST, _SECOND = "1", "2"


class MergeForm(forms.Form):
    """For each field that differs: whose is right."""

    def __init__(self, data: Any = None, *, first: Volunteer, second: Volunteer) -> None:
        super().__init__(data)
        self.people = {_FIRST: first, _SECOND: second}
        for name, label in _LABELS.items():
            values = {key: getattr(one, name) for key, one in self.people.items()}
            if values[_FIRST] != values[_SECOND] and all(values.values()):
                choices = [(key, _in_words(value)) for key, value in values.items()]
                self.fields[name] = forms.ChoiceField(
                    label=label,
                    choices=choices,
                    initial=_FIRST,
                    widget=forms.RadioSelect,
                    error_messages={"required": _("Choose which is right.")},
                )

    @property
    def who(self) -> NewVolunteer:
        """What was chosen; where one has nothing, the other's."""
        values = {}
        for name in _LABELS:
            chosen = self.people[self.cleaned_data.get(name) or _FIRST]
            values[name] = getattr(chosen, name) or getattr(self.people[_SECOND], name)
        return NewVolunteer(**values)


def _in_words(value: Any) -> str:
    return date_format(value, "F Y") if isinstance(value, date) else str(value)


class DuplicatesView(PermissionView):
    """Those at the workplace who may be the same person."""

    permission = RECEIVE
    subject: Unit

    def load(self, **kwargs: Any) -> Unit:
        """Return the own workplace."""
        return own_workplace(self)

    def pairs(self) -> list[Pair]:
        """Return who may be one, among those whom the capacity looks after."""
        here = visible_engagements(self.capacity).filter(workplace=self.subject, state__in=HERE)
        return pairs_among(for_list(here, self.capacity.on))

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the pairs."""
        return render(request, "volunteering/duplicates.html", {"pairs": self.pairs()[:50]})


class MergeView(DuplicatesView):
    """Two side by side, and one button."""

    ones: tuple[Engagement, Engagement]

    def load(self, **kwargs: Any) -> Unit:
        """Find the two among those whom the capacity sees at its own workplace."""
        workplace = own_workplace(self)
        here = visible_engagements(self.capacity).filter(workplace=workplace, state__in=HERE)
        wanted = (kwargs["pk"], kwargs["other"])
        found = {one.pk: one for one in for_list(here.filter(Q(pk=wanted[0]) | Q(pk=wanted[1])), self.capacity.on)}
        if len(found) != 2:  # noqa: PLR2004 - a pair
            raise Http404
        self.ones = (found[wanted[0]], found[wanted[1]])
        return workplace

    def get(self, request: HttpRequest, pk: int = 0, other: int = 0) -> HttpResponse:
        """Show both."""
        del request, pk, other
        return self.page(*self.ones)

    def post(self, request: HttpRequest, pk: int, other: int) -> HttpResponse:
        """Make them one."""
        del pk, other
        first, second = self.ones
        form = _form(first, second, request.POST)
        if not form.is_valid():
            return self.page(first, second, form)
        kept = actions.merge_volunteers(
            first=first,
            second=second,
            who=form.who,
            actor=self.capacity,
            on=self.capacity.on,
            at=timezone.now(),
        )
        messages.success(request, _("The two are one now."))
        return redirect("volunteer", kept.pk)

    def page(self, first: Engagement, second: Engagement, form: MergeForm | None = None) -> HttpResponse:
        """Show both, with what differs to choose among."""
        form = form or _form(first, second)
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        context = {"form": form, "first": first, "second": second}
        return render(self.request, "volunteering/merge.html", context, status=status)


def _form(first: Engagement, second: Engagement, data: Any = None) -> MergeForm:
    if first.volunteer is None or second.volunteer is None:
        raise Http404
    return MergeForm(data, first=first.volunteer, second=second.volunteer)
