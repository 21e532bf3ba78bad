# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What is asked when something is noted as in place, and when the municipality writes its rules."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from samspil.agreements.catalogue import template_for
from samspil.agreements.forms import TextField
from samspil.agreements.models import PlaceType
from samspil.foundation.forms import DateInput, LongTextarea
from samspil.municipalities.models import Sector
from samspil.volunteering.formality_facts import ANSWERED, FACTS
from samspil.volunteering.formality_rules import RuleContent
from samspil.volunteering.models import FormalityRule
from samspil.volunteering.models.engagements import Through
from samspil.volunteering.models.formalities import Certificate, Decider, DuePoint, How, Level, Outcome

_DATE = {"required": _("Choose a date."), "invalid": _("Choose a date that exists.")}
_YES_NO = [("", _("Does not matter")), ("yes", _("Yes")), ("no", _("No"))]
_YES_OR_NO_FACTS = tuple(name for name, fact in FACTS.items() if True in fact.known())


class NoteForm(forms.Form):
    """How and when; what is in place is ticked on the cards of the page."""

    how = forms.ChoiceField(
        label=_("How?"),
        choices=[(value, capfirst(label)) for value, label in How.choices],
        initial=How.ALOUD,
        error_messages={"required": _("Choose how.")},
    )
    decided_on = forms.DateField(label=_("On"), widget=DateInput, error_messages=_DATE)
    outcome = forms.ChoiceField(choices=Outcome.choices, widget=forms.HiddenInput)


class FactsForm(forms.Form):
    """What the workplace and the tasks cannot tell: yes or no to each."""

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for name in ANSWERED:
            self.fields[name] = forms.TypedChoiceField(
                label=FACTS[name].label,
                choices=_YES_NO[1:],
                coerce=lambda value: value == "yes",
                widget=forms.RadioSelect,
                error_messages={"required": _("Answer yes or no.")},
            )


class RuleForm(forms.Form):
    """One rule, in the municipality's own words."""

    title = TextField(
        label=_("What must be in place"), limit=120, error_messages={"required": _("Write in a few words what it is.")}
    )
    text = TextField(
        label=_("What and why"),
        limit=1000,
        widget=LongTextarea,
        help_text=_("The volunteer and the contact person read it. Say “you” to the volunteer."),
        error_messages={"required": _("Write what it is, and why.")},
    )
    due_point = forms.ChoiceField(
        label=_("By when"),
        choices=DuePoint.choices,
        widget=forms.RadioSelect,
        help_text=_("Only what is due before the first time stops anybody."),
        error_messages={"required": _("Choose by when.")},
    )
    level = forms.ChoiceField(
        label=_("Why we ask it"),
        choices=[(value, capfirst(label)) for value, label in Level.choices],
        error_messages={"required": _("Choose why we ask it.")},
    )
    decided_by = forms.ChoiceField(
        label=_("Who notes it"),
        choices=[(value, capfirst(label)) for value, label in Decider.choices if value != Decider.CERTIFICATE_ORDERER],
        help_text=_("A certificate is always noted by an orderer of certificates."),
    )
    certificate = forms.ChoiceField(
        label=_("Certificate"),
        required=False,
        choices=[("", _("None")), *((value, capfirst(label)) for value, label in Certificate.choices)],
    )
    sector = forms.MultipleChoiceField(
        label=_("Only at these kinds of workplaces"),
        required=False,
        choices=Sector.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick none, and it goes for all."),
    )
    place = forms.MultipleChoiceField(
        label=_("Only where the task can be here"),
        required=False,
        choices=[(value, capfirst(label)) for value, label in PlaceType.choices],
        widget=forms.CheckboxSelectMultiple,
    )
    through = forms.MultipleChoiceField(
        label=_("Only those who come"),
        required=False,
        choices=[(value, capfirst(label)) for value, label in Through.choices],
        widget=forms.CheckboxSelectMultiple,
    )
    task = forms.MultipleChoiceField(
        label=_("Only with these tasks"), required=False, widget=forms.CheckboxSelectMultiple
    )
    law = TextField(label=_("Legal basis"), limit=200, required=False)
    source = TextField(label=_("Where it can be read"), limit=300, required=False)
    checked_on = forms.DateField(
        label=_("Checked by the municipality on"), required=False, widget=DateInput, error_messages=_DATE
    )
    renewal_months = forms.IntegerField(
        label=_("Done again after (months)"), required=False, min_value=1, max_value=120
    )
    anew_after_pause_months = forms.IntegerField(
        label=_("Done again after a break of (months)"), required=False, min_value=1, max_value=60
    )
    valid_from = forms.DateField(label=_("Holds from"), widget=DateInput, error_messages=_DATE)
    asks_again = forms.BooleanField(
        label=_("Ask everybody again, also those who have it in place by the old words"), required=False
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["task"].choices = _tasks_by_sector()  # type: ignore[attr-defined]
        for name in _YES_OR_NO_FACTS:
            self.fields[name] = forms.ChoiceField(label=FACTS[name].label, required=False, choices=_YES_NO)

    @property
    def about_whom(self) -> Iterable[forms.BoundField]:
        """The fields that narrow whom it concerns, apart from the kind of workplace."""
        return [self[name] for name in ("place", "through", *_YES_OR_NO_FACTS)]

    @property
    def is_narrowed(self) -> bool:
        """Whether one of them is in use, so that they are not folded away."""
        return any(self[name].value() for name in ("place", "through", "task", *_YES_OR_NO_FACTS))

    @property
    def content(self) -> RuleContent:
        """What the rule says, as it was filled in."""
        data = self.cleaned_data
        trigger: dict[str, list[Any]] = {
            name: data[name] for name in ("sector", "place", "through", "task") if data[name]
        }
        trigger |= {name: [data[name] == "yes"] for name in _YES_OR_NO_FACTS if data[name]}
        return RuleContent(
            title=data["title"],
            text=data["text"],
            due_point=data["due_point"],
            level=data["level"],
            trigger=trigger,
            decided_by=Decider.CERTIFICATE_ORDERER.value if data["certificate"] else data["decided_by"],
            certificate=data["certificate"],
            law=data["law"],
            source=data["source"],
            checked_on=data["checked_on"],
            renewal_months=data["renewal_months"],
            anew_after_pause_months=data["anew_after_pause_months"],
        )


def _tasks_by_sector() -> list[tuple[Any, list[tuple[str, str]]]]:
    return [
        (sector.label, [(task.code, task.title) for task in template_for(sector.value).tasks])
        for sector in Sector
        if template_for(sector.value).tasks
    ]


def initial_of(rule: FormalityRule) -> dict[str, Any]:
    """Return what stands in the form of a rule that is there already."""
    asked = {
        name: ("yes" if values[0] else "no") if name in _YES_OR_NO_FACTS else values
        for name, values in rule.trigger.items()
    }
    said = ("title", "text", "due_point", "level", "certificate", "law", "source", "checked_on")
    names = (*said, "renewal_months", "anew_after_pause_months")
    decided_by = rule.decided_by if not rule.certificate else Decider.WORKPLACE
    return {**{name: getattr(rule, name) for name in names}, "decided_by": decided_by, **asked}


class EndRuleForm(forms.Form):
    """The last day of a rule."""

    on = forms.DateField(label=_("Last day"), widget=DateInput, error_messages=_DATE)


class InsuranceForm(forms.Form):
    """One line of the table of insurance."""

    task_type = forms.ChoiceField(label=_("Type of task"), required=False)
    sentence = TextField(
        label=_("What the volunteer reads"),
        limit=300,
        widget=LongTextarea,
        help_text=_("One sentence: what covers, and where one turns."),
        error_messages={"required": _("Write the sentence that the volunteer reads.")},
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        known = [(kind, kind) for kind in sorted(FACTS["task_type"].known())]
        self.fields["task_type"].choices = [("", _("All the others")), *known]  # type: ignore[attr-defined]
