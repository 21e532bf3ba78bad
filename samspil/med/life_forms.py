# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What is asked when a matter is put off or sent on, and what a body makes of the guidelines."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from samspil.foundation.forms import DateInput
from samspil.med.forms import WordsField
from samspil.med.models import GuidelineStance
from samspil.med.queries import StanceLine


class DeferForm(forms.Form):
    """Why a matter is put off, and perhaps until when."""

    reason = WordsField(
        label=_("Why is it put off?"),
        help_text=_("Both sides and whoever sent the matter can read it."),
        error_messages={"required": _("Write why it is put off.")},
    )
    until = forms.DateField(
        label=_("Until when? (optional)"),
        widget=DateInput,
        required=False,
        error_messages={"invalid": _("Choose a date that exists.")},
    )


class SendOnForm(forms.Form):
    """Why a matter goes on to the body above."""

    reason = WordsField(
        label=_("Why is it sent on?"),
        help_text=_("The body above can read it, and so can both sides here."),
        error_messages={"required": _("Write why it is sent on.")},
    )


@dataclass(frozen=True)
class StanceFields:
    """A guideline with its two fields, for the template."""

    line: StanceLine
    stance: forms.BoundField
    words: forms.BoundField


class StancesForm(forms.Form):
    """One stance for each guideline; what nobody has chosen stays not discussed."""

    def __init__(self, data: Any = None, *, lines: Iterable[StanceLine]) -> None:
        super().__init__(data)
        self._lines = list(lines)
        for line in self._lines:
            taken = line.stance
            self.fields[f"stance_{line.element.lineage}"] = forms.ChoiceField(
                label=line.element.text,
                choices=[(one.value, capfirst(one.label)) for one in GuidelineStance.Stance],
                widget=forms.RadioSelect,
                required=False,
                initial=taken.stance if taken else None,
            )
            self.fields[f"words_{line.element.lineage}"] = WordsField(
                label=_("In our words"), required=False, initial=taken.words if taken else ""
            )

    def rows(self) -> Iterator[StanceFields]:
        """Return the guidelines with their fields."""
        for line in self._lines:
            key = line.element.lineage
            yield StanceFields(line, self[f"stance_{key}"], self[f"words_{key}"])

    def clean(self) -> dict[str, Any]:
        """Ask for words where the body says that it has its own; words alone say as much."""
        cleaned: dict[str, Any] = super().clean() or {}
        for line in self._lines:
            stance, words = f"stance_{line.element.lineage}", f"words_{line.element.lineage}"
            if cleaned.get(words) and not cleaned.get(stance):
                cleaned[stance] = GuidelineStance.Stance.OWN_WORDS
            if cleaned.get(stance) == GuidelineStance.Stance.OWN_WORDS and not cleaned.get(words):
                self.add_error(words, _("Write how you say it in your own words."))
        return cleaned

    def stances(self) -> dict[UUID, tuple[str, str]]:
        """Return what was chosen, for the action."""
        chosen = {line.element.lineage: self.cleaned_data for line in self._lines}
        return {
            key: (data[f"stance_{key}"], data[f"words_{key}"])
            for key, data in chosen.items()
            if data.get(f"stance_{key}")
        }
