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
_Choice = tuple[str, str]


def _reason_field(label: Any) -> CleanTextField:
    return CleanTextField(
        label=label,
        help_text=gettext_lazy("A line is enough. Everybody can read it."),
        limit=500,
        widget=forms.TextInput(attrs={"class": "input-width-xl"}),
        error_messages={"required": gettext_lazy("Write why, in a line.")},
    )


def _successors_field(label: Any, help_text: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        help_text=help_text,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose parts from the list.")},
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
    successors = _successors_field(
        gettext_lazy("Which parts of the new edition succeed it?"),
        gettext_lazy("Only if something comes instead. Choose several if it has been divided."),
    )
    others = _successors_field(gettext_lazy("Other parts"), "")

    @classmethod
    def about(cls, difference: Difference, comparison: Comparison, data: Any = None) -> Self:
        """Return the form with what has been said already; the likeliest parts first, the others folded away."""
        initial: dict[str, Any] = {}
        mark = difference.mark
        if mark:
            is_same = mark.fate == Fate.SUCCEEDED and mark.is_editorial
            initial = {"fate": _SAME_MEANING if is_same else mark.fate, "reason": mark.reason}
            initial |= {"successors": mark.successors, "others": mark.successors}
        form = cls(data, initial=initial)
        likely, others = successor_choices(difference, comparison)
        for name, choices in (("successors", likely), ("others", others)):
            field = form.fields[name]
            if isinstance(field, forms.MultipleChoiceField):
                field.choices = choices
        return form

    def clean(self) -> dict[str, Any]:
        """Ask for what succeeds it, where something does."""
        data = super().clean() or {}
        is_succeeded = data.get("fate") in (Fate.SUCCEEDED, _SAME_MEANING)
        if is_succeeded and not self.errors and not data["successors"] and not data["others"]:
            self.add_error("successors", _("Choose at least one part of the new edition that succeeds it."))
        return data

    def explanation(self) -> Explanation:
        """Return what was sent as the action takes it; only after ``is_valid``."""
        data = self.cleaned_data
        is_same = data["fate"] == _SAME_MEANING
        is_succeeded = is_same or data["fate"] == Fate.SUCCEEDED
        chosen = (*data["successors"], *data["others"]) if is_succeeded else ()
        return Explanation(
            fate=Fate.SUCCEEDED if is_succeeded else Fate.REMOVED,
            reason=data["reason"],
            successors=tuple(UUID(lineage) for lineage in chosen),
            is_editorial=is_same,
        )


def successor_choices(difference: Difference, comparison: Comparison) -> tuple[list[_Choice], list[_Choice]]:
    """Return the likely parts of the new version and the others.

    Likely are those that hold all the words, then the new ones, then those of the same kind that are worded anew.
    """
    likely: list[tuple[int, _Choice]] = []
    others: list[_Choice] = []
    for item in comparison.differences:
        if item.new is None:
            continue
        lineage = str(item.lineage)
        label = Truncator(" ".join(words_of(item.new).split())).chars(_SHOWN)
        if is_contained(difference, item.new):
            likely.append((0, (lineage, _("%(text)s (all its words stand here)") % {"text": label})))
        elif item.nature == Nature.ADDED:
            likely.append((1, (lineage, _("%(text)s (new)") % {"text": label})))
        elif item.nature == Nature.REWORDED and item.new.kind == difference.element.kind:
            likely.append((2, (lineage, label)))
        else:
            others.append((lineage, label))
    return [choice for _rank, choice in sorted(likely, key=lambda ranked: ranked[0])], others


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
