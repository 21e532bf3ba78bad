# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What the publisher says about the changes of a draft, made clean."""

from typing import Any, Self
from uuid import UUID

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspil.frameworks.actions import Explanation
from samspil.frameworks.differences import Comparison, Difference, Fate, Nature, words_of
from samspil.frameworks.forms import CleanTextField
from samspil.frameworks.likeness import is_contained

_SHOWN = 90
_SAME_MEANING = "succeeded_editorial"


def _reason_field(label: Any) -> CleanTextField:
    return CleanTextField(
        label=label,
        help_text=gettext_lazy("A line is enough. Everybody can read it."),
        limit=500,
        widget=forms.TextInput(attrs={"class": "input-width-xl"}),
        error_messages={"required": gettext_lazy("Write why, in a line.")},
    )


class RestForm(forms.Form):
    """One reason for all that is gone and unexplained."""

    reason = _reason_field(gettext_lazy("Why are they no longer there?"))


class RewordedForm(forms.Form):
    """What other words mean."""

    fate = forms.ChoiceField(
        label=gettext_lazy("Does the change mean something for the workplaces?"),
        choices=(
            (Fate.EDITORIAL.value, gettext_lazy("No, it is editorial: the words are others, the meaning is the same")),
            (Fate.SUBSTANTIVE.value, gettext_lazy("Yes, it is substantive: the workplaces must take a stand on it")),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose whether the change is editorial or substantive.")},
    )
    reason = _reason_field(gettext_lazy("Why is it changed?"))

    @classmethod
    def about(cls, difference: Difference, _comparison: Comparison, data: Any = None) -> Self:
        """Return the form with what has been said already."""
        mark = difference.mark
        initial = {"fate": mark.fate, "reason": mark.reason} if mark else {}
        return cls(data, initial=initial, auto_id=f"id_%s_{difference.lineage}")

    def explanation(self) -> Explanation:
        """Return what was sent as the action takes it; only after ``is_valid``."""
        return Explanation(fate=self.cleaned_data["fate"], reason=self.cleaned_data["reason"])


class RemovedForm(forms.Form):
    """Why a part is gone, or what came instead."""

    fate = forms.ChoiceField(
        label=gettext_lazy("What became of the part?"),
        choices=(
            (Fate.REMOVED.value, gettext_lazy("It is removed, and nothing comes instead")),
            (_SAME_MEANING, gettext_lazy("It stands in another part now, and means the same (editorial)")),
            (Fate.SUCCEEDED.value, gettext_lazy("Another part succeeds it, and means something else (substantive)")),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what became of the part.")},
    )
    reason = _reason_field(gettext_lazy("Why?"))
    successors = forms.MultipleChoiceField(
        label=gettext_lazy("Which parts of the new edition succeed it?"),
        help_text=gettext_lazy("Only if something comes instead. Choose several if it has been divided."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose parts from the list.")},
    )

    @classmethod
    def about(cls, difference: Difference, comparison: Comparison, data: Any = None) -> Self:
        """Return the form with what has been said already, the likeliest parts first."""
        initial: dict[str, Any] = {}
        if difference.mark:
            fate = difference.mark.fate
            is_same = fate == Fate.SUCCEEDED and difference.mark.is_editorial
            initial = {
                "fate": _SAME_MEANING if is_same else fate,
                "reason": difference.mark.reason,
                "successors": difference.mark.successors,
            }
        form = cls(data, initial=initial)
        field = form.fields["successors"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = successor_choices(difference, comparison)
        return form

    def clean(self) -> dict[str, Any]:
        """Ask for what succeeds it, where something does."""
        data = super().clean() or {}
        if data.get("fate") in (Fate.SUCCEEDED, _SAME_MEANING) and "successors" in data and not data["successors"]:
            self.add_error("successors", _("Choose at least one part of the new edition that succeeds it."))
        return data

    def explanation(self) -> Explanation:
        """Return what was sent as the action takes it; only after ``is_valid``."""
        fate = self.cleaned_data["fate"]
        is_same = fate == _SAME_MEANING
        is_succeeded = is_same or fate == Fate.SUCCEEDED
        return Explanation(
            fate=Fate.SUCCEEDED if is_succeeded else Fate.REMOVED,
            reason=self.cleaned_data["reason"],
            successors=tuple(UUID(lineage) for lineage in self.cleaned_data["successors"]) if is_succeeded else (),
            is_editorial=is_same,
        )


def successor_choices(difference: Difference, comparison: Comparison) -> list[tuple[str, str]]:
    """Return the parts of the new version: those that hold all its words, then the new ones, then the others."""
    found = []
    for item in comparison.differences:
        if item.new is None:
            continue
        label = Truncator(" ".join(words_of(item.new).split())).chars(_SHOWN)
        rank = 2
        if is_contained(difference, item.new):
            rank, label = 0, _("%(text)s (all its words stand here)") % {"text": label}
        elif item.nature == Nature.ADDED:
            rank, label = 1, _("%(text)s (new)") % {"text": label}
        found.append((rank, str(item.lineage), label))
    return [(lineage, label) for _rank, lineage, label in sorted(found, key=lambda choice: choice[0])]


class AddedForm(forms.Form):
    """What a new part means."""

    weight = forms.ChoiceField(
        label=gettext_lazy("Does the new part mean something for the workplaces?"),
        choices=(
            (Fate.EDITORIAL.value, gettext_lazy("No, it is editorial: it only says what was so already")),
            (Fate.SUBSTANTIVE.value, gettext_lazy("Yes, it is substantive: the workplaces must take a stand on it")),
        ),
        widget=forms.RadioSelect,
        initial=Fate.SUBSTANTIVE.value,
        error_messages={"required": gettext_lazy("Choose whether the new part is editorial or substantive.")},
    )
    reason = _reason_field(gettext_lazy("Why is it there?"))

    @classmethod
    def about(cls, difference: Difference, _comparison: Comparison, data: Any = None) -> Self:
        """Return the form with what has been said already."""
        mark = difference.mark
        weight = Fate.EDITORIAL if mark and mark.is_editorial else Fate.SUBSTANTIVE
        return cls(data, initial={"weight": weight, "reason": difference.reason})

    def explanation(self) -> Explanation:
        """Return what was sent as the action takes it; only after ``is_valid``."""
        is_editorial = self.cleaned_data["weight"] == Fate.EDITORIAL
        return Explanation(fate=Fate.ADDED, reason=self.cleaned_data["reason"], is_editorial=is_editorial)


FORM_OF: dict[Nature, type[RewordedForm] | type[RemovedForm] | type[AddedForm]] = {
    Nature.REWORDED: RewordedForm,
    Nature.REMOVED: RemovedForm,
    Nature.ADDED: AddedForm,
}
"""What is asked about each kind of change; of what is as it was, nothing is."""
