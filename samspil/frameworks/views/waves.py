# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The waves: the list, one wave with whom it reaches, and the steps of the secretariat."""

from functools import cached_property
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.foundation.errors import Refusal
from samspil.foundation.text import sort_key
from samspil.foundation.views import PermissionView
from samspil.frameworks import actions
from samspil.frameworks.models import Wave
from samspil.frameworks.permissions import SET_WAVES, visible_waves
from samspil.frameworks.wave_forms import IN_THE_WAVE, FindForWaveForm, WaveForm, initial_of_wave
from samspil.frameworks.waves import branches_first, chosen_units, number_reached, overlaps, reach, workplaces_in
from samspil.municipalities.models import Unit
from samspil.municipalities.queries import still_open, units_below

PAGE_SIZE = 25


class WavesView(PermissionView):
    """Every wave: those that stand, and those that have been ended."""

    permission = SET_WAVES

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the list."""
        waves = list(visible_waves(self.capacity))
        number = number_reached()
        context = {
            "lines": [(wave, number.get(wave.pk, 0)) for wave in waves if wave.ended_on is None],
            "ended": [wave for wave in waves if wave.ended_on is not None],
        }
        return render(request, "frameworks/waves.html", context)


class _WaveFormPage(PermissionView):
    """A form with the name and the days of a wave."""

    permission = SET_WAVES

    def take(self, form: WaveForm) -> HttpResponse:
        """Save what was sent, or show it again with what must be put right."""
        if form.is_valid():
            try:
                return self.save(form.cleaned_data)
            except actions.DateRefusal as refusal:
                form.add_error(refusal.field, str(refusal))
            except Refusal as refusal:
                form.add_error("name", str(refusal))
        return self.show(form)

    def save(self, cleaned: dict[str, Any]) -> HttpResponse:
        """Call the action, and lead on."""
        raise NotImplementedError

    def show(self, form: WaveForm) -> HttpResponse:
        """Show the form."""
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        return render(self.request, "frameworks/wave_form.html", {"form": form, "wave": self.subject}, status=status)


class AddWaveView(_WaveFormPage):
    """A wave to be set."""

    def get(self, _request: HttpRequest) -> HttpResponse:
        """Show the empty form."""
        return self.show(WaveForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Set it."""
        return self.take(WaveForm(request.POST))

    def save(self, cleaned: dict[str, Any]) -> HttpResponse:
        """Set the wave, and go on to who is in it."""
        wave = actions.add_wave(**cleaned, actor=self.capacity, at=timezone.now(), on=timezone.localdate())
        messages.success(self.request, _("“%(wave)s” is set. Now choose who is in it.") % {"wave": wave.name})
        return redirect("choose_wave_units", pk=wave.pk)


class _AboutWave(PermissionView):
    """A page about one wave."""

    permission = SET_WAVES
    subject: Wave

    def load(self, **kwargs: Any) -> Wave:
        """Find the wave among the visible ones."""
        wave: Wave | None = visible_waves(self.capacity).filter(pk=kwargs["pk"]).first()
        if wave is None:
            raise Http404
        return wave

    def step(self) -> dict[str, Any]:
        """Return what every step is told: the wave as the person saw it, and who takes the step when."""
        sent = self.request.POST.get("revision", "")
        is_number = sent.isascii() and sent.isdigit() and len(sent) < len("1234567890")
        return {
            "wave": self.subject,
            "expected_revision": int(sent) if is_number else 0,
            "actor": self.capacity,
            "at": timezone.now(),
            "on": timezone.localdate(),
        }


class WaveView(_AboutWave):
    """From when to when, who was chosen, and which workplaces that reaches."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the wave, its workplaces 25 a page."""
        del pk
        page = Paginator(workplaces_in(self.subject), PAGE_SIZE).get_page(request.GET.get("side"))
        on = timezone.localdate()
        context = {
            "wave": self.subject,
            "has_begun": self.subject.has_begun(on),
            "is_past": self.subject.is_past(on),
            "chosen": chosen_units(self.subject),
            "overlaps": overlaps(self.subject),
            "page": page,
        }
        return render(request, "frameworks/wave.html", context)


class EditWaveView(_AboutWave, _WaveFormPage):
    """Another name or other days."""

    def get(self, _request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Show them in the form."""
        return self.show(WaveForm(initial=initial_of_wave(self.subject)))

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Save them."""
        return self.take(WaveForm(request.POST))

    def save(self, cleaned: dict[str, Any]) -> HttpResponse:
        """Correct the wave."""
        actions.edit_wave(**cleaned, **self.step())
        messages.success(self.request, _("It is saved."))
        return redirect("wave", pk=self.subject.pk)


class ChooseWaveUnitsView(_AboutWave):
    """Find branches and workplaces, and tick those that are in the wave."""

    def get(self, _request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Show what was found."""
        return self._page(forms.Form())

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Put in those that were ticked, and take out those that were shown and are not."""
        ticked, shown = self._sent("units"), self._sent("shown")
        form = forms.Form(request.POST)
        try:
            actions.choose_wave_units(
                add=list(Unit.objects.filter(pk__in=ticked)),
                remove=list(Unit.objects.filter(pk__in=shown - ticked)),
                **self.step(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self._page(form, ticked)
        messages.success(request, _("It is saved."))
        return redirect("wave", pk=self.subject.pk)

    def _sent(self, name: str) -> set[int]:
        longest = len(str(2**63)) - 1
        keys = self.request.POST.getlist(name)
        return {int(key) for key in keys if key.isascii() and key.isdigit() and len(key) < longest}

    @cached_property
    def find(self) -> FindForWaveForm:
        """What one looks for, from the address in both steps."""
        return FindForWaveForm(self.request.GET)

    def _found(self) -> QuerySet[Unit]:
        units = Unit.objects.filter(still_open(self.capacity.on)).select_related("parent").order_by(*branches_first())
        self.find.is_valid()
        wanted: dict[str, Any] = self.find.cleaned_data
        if wanted.get("q"):
            units = units.filter(sort_key__contains=sort_key(wanted["q"]))
        if wanted.get("under"):
            units = units.filter(pk__in=units_below(wanted["under"].pk).values("pk"))
        if wanted.get("vis") == IN_THE_WAVE:
            units = units.filter(pk__in=[pk for pk, wave in reach().own.items() if wave == self.subject])
        return units

    def _page(self, form: forms.Form, ticked: set[int] | None = None) -> HttpResponse:
        page = Paginator(self._found(), PAGE_SIZE).get_page(self.request.GET.get("side"))
        here = reach()
        lines = []
        for unit in page:
            own = here.own.get(unit.pk)
            in_it = own == self.subject if ticked is None else unit.pk in ticked
            lines.append({"unit": unit, "in_it": in_it, "wave": here.of(unit), "is_own": own is not None})
        context = {"form": form, "find": self.find, "page": page, "lines": lines, "wave": self.subject}
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        return render(self.request, "frameworks/choose_wave_units.html", context, status=status)


class EndWaveView(_AboutWave):
    """Asked for before it is done."""

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Ask first."""
        context = {
            "question": _("End “%(wave)s”?") % {"wave": self.subject.name},
            "consequences": [
                _("The workplaces in it have no deadline any longer, and none of them counts as late."),
                _("They can be put in another wave."),
                _("Their agreements stay as they are. The wave stays in the list of those that have been ended."),
            ],
            "action_label": _("End the wave"),
            "back_url": reverse("wave", args=[self.subject.pk]),
            "version": self.subject,
        }
        return render(request, "frameworks/confirm.html", context)

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """End it."""
        wave = actions.end_wave(**self.step())
        messages.success(request, _("“%(wave)s” has been ended.") % {"wave": wave.name})
        return redirect("waves")
