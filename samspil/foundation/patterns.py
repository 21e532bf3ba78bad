# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The pattern page: every building block once, living, with made-up content; in demo mode only."""

from collections.abc import Callable
from datetime import date
from http import HTTPStatus
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspil.foundation import errors_views
from samspil.foundation.errors import Conflict, Missing, Refusal
from samspil.foundation.forms import DateInput, LongTextarea
from samspil.foundation.permission import OPEN
from samspil.foundation.templatetags.samspil import danish_date
from samspil.foundation.views import PermissionView

_DAY = date(2026, 11, 23)


class SampleForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name"), error_messages={"required": gettext_lazy("Write the name of the contact person")}
    )
    benefit = forms.CharField(
        label=gettext_lazy("What does it give the citizen?"),
        help_text=gettext_lazy("One or two sentences are enough."),
        widget=LongTextarea,
        error_messages={"required": gettext_lazy("Write what it gives the citizen")},
    )
    form = forms.ChoiceField(
        label=gettext_lazy("How was it discussed?"),
        choices=[("meeting", gettext_lazy("Meeting")), ("staff", gettext_lazy("Staff meeting"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how it was discussed")},
    )
    sides = forms.MultipleChoiceField(
        label=gettext_lazy("Who took part?"),
        choices=[("management", gettext_lazy("The management side")), ("employees", gettext_lazy("The employee side"))],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick both sides")},
    )
    sector = forms.ChoiceField(
        label=gettext_lazy("Sector"),
        choices=[("care", gettext_lazy("Elderly care")), ("school", gettext_lazy("School"))],
    )
    held_on = forms.DateField(
        label=gettext_lazy("When was it?"),
        help_text=gettext_lazy("For example 23 November 2026"),
        widget=DateInput,
        error_messages={
            "required": gettext_lazy("Choose the day"),
            "invalid": gettext_lazy("Choose a day that exists"),
        },
    )
    minutes = forms.FileField(label=gettext_lazy("Minutes"), required=False)
    informed = forms.BooleanField(
        label=gettext_lazy("I have been told that the agreement changes nothing about pay"),
        error_messages={"required": gettext_lazy("Tick that you have been told")},
    )


class PatternsView(PermissionView):
    """``?page=`` shows one of the pages that stand alone: confirmation, refusal, errors."""

    permission = OPEN

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the blocks, or one page."""
        _demo_only()
        pages = _own_pages()
        name = request.GET.get("page", "")
        if name:
            if name not in pages:
                raise Http404
            return pages[name][1](request)
        return render(request, "foundation/patterns.html", _blocks(SampleForm(initial={"held_on": _DAY})))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Show the errors of the sample form; nothing is saved."""
        _demo_only()
        form = SampleForm(request.POST, request.FILES)
        form.is_valid()
        return render(request, "foundation/patterns.html", _blocks(form), status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _demo_only() -> None:
    if not settings.DEMO:
        raise Http404


def _blocks(form: forms.Form) -> dict[str, Any]:
    return {
        "form": form,
        "day": _DAY,
        "states": [
            {"text": _("In force"), "kind": "success"},
            {"text": _("Being discussed"), "kind": "info"},
            {"text": _("Waiting"), "kind": "warning"},
            {"text": _("Refused"), "kind": "error"},
            {"text": _("Draft"), "kind": "neutral"},
            {"text": _("to be discussed"), "kind": "outline"},
        ],
        "todos": [
            {
                "title": _("Answer a doubt"),
                "text": _("Asked by an employee. Answer by 1 December."),
                "action": _("Answer"),
            },
            {"title": _("Finish the agreement"), "text": _("One thing is missing."), "action": _("Go on")},
        ],
        "tasks": [
            {
                "value": "song",
                "label": _("Reading aloud and song"),
                "text": _("Not part: personal care"),
                "checked": True,
            },
            {
                "value": "doctor",
                "label": _("Going along to the doctor"),
                "text": _("Not part: medicine"),
                "tag": _("to be discussed"),
            },
        ],
        "missing": [Missing("benefit", _("Write what it gives the citizen"), "id_benefit")],
        "conflicts": [
            Conflict("recognition", _("How we recognise the effort"), _("A summer party."), _("A Christmas dinner."), 3)
        ],
        "columns": [_("Workplace"), _("State"), _("Next discussion")],
        "rows": [("Plejecenter Solbakken", _("In force"), danish_date(_DAY)), ("Nordre Skole", _("Draft"), "–")],
        "events": [
            {"on": _DAY, "title": _("Discussed"), "text": _("Both sides agreed.")},
            {"on": _DAY, "title": _("In force")},
        ],
        "steps": [
            {"label": _("Draft"), "state": "done"},
            {"label": _("Being discussed"), "state": "current", "hint": _("The employee side confirms")},
            {"label": _("Adopted"), "state": "ahead"},
            {"label": _("In force"), "state": "ahead"},
        ],
        "sha256": "4f1c9a20b7d3" + "0" * 52,
        "words": [_("We go for a walk on Thursdays.")],
        "pages": [{"name": name, "label": label} for name, (label, _view) in _own_pages().items()],
    }


def _own_pages() -> dict[str, tuple[str, Callable[[HttpRequest], HttpResponse]]]:
    return {
        "confirm": (_("Confirmation"), _confirmation),
        "refused": (_("Refusal"), _refusal),
        "not-yours": (_("For somebody else"), _not_yours),
        "400": (_("Cannot be read"), errors_views.bad_request),
        "403": (_("Not allowed"), errors_views.permission_denied),
        "404": (_("Not found"), errors_views.page_not_found),
        "413": (_("Too large"), errors_views.too_large),
        "500": (_("Server error"), errors_views.server_error),
        "old-page": (_("Page open too long"), errors_views.csrf_failure),
        "logged-out": (_("Logged out"), errors_views.session_lost),
    }


def _confirmation(request: HttpRequest) -> HttpResponse:
    context = {
        "question": _("Take the agreement back from the discussion?"),
        "consequences": [_("The committee is told."), _("You can change the text again.")],
        "action_label": _("Take it back"),
        "back_url": request.path,
        "is_final": True,
    }
    return render(request, "foundation/confirm.html", context)


def _refusal(request: HttpRequest) -> HttpResponse:
    refusal = Refusal(
        _("The agreement cannot be put in force yet."),
        missing=[Missing("dialogue", _("Hold the discussion first"), "states")],
    )
    context = {"refusal": refusal, "back": request.path, "words": {"benefit": _("We go for a walk on Thursdays.")}}
    return render(request, "foundation/refused.html", context, status=HTTPStatus.CONFLICT)


def _not_yours(request: HttpRequest) -> HttpResponse:
    return render(
        request, "foundation/not_yours.html", {"who": _("the leader of the workplace")}, status=HTTPStatus.FORBIDDEN
    )
