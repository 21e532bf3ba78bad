# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What is asked about the agreement, the welcome, the goodbye, and of the volunteer on their own page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from samspil.agreements.forms import TextField
from samspil.foundation.forms import DateInput, LongTextarea
from samspil.people.forms import PersonEmailField, PersonField
from samspil.volunteering.models.terms import How

_A_DAY = {"required": _("Write the day."), "invalid": _("Write the day as a date, such as 24-11-2026.")}


class AcceptanceForm(forms.Form):
    """How, and on which day, the volunteer said yes."""

    how = forms.ChoiceField(
        label=_("How did they say yes?"),
        choices=[(How.PAPER, How.PAPER.label), (How.ALOUD, How.ALOUD.label)],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how they said yes.")},
    )
    said_on = forms.DateField(label=_("On which day?"), widget=DateInput, error_messages=_A_DAY)


class WelcomeForm(forms.Form):
    """On which days a newcomer was shown around; a day can be left out."""

    first_day_on = forms.DateField(
        label=_("Shown around on the first day"), required=False, widget=DateInput, error_messages=_A_DAY
    )
    first_month_on = forms.DateField(
        label=_("Gone through in the first month"), required=False, widget=DateInput, error_messages=_A_DAY
    )
    talk_on = forms.DateField(
        label=_("The talk after about three months"), required=False, widget=DateInput, error_messages=_A_DAY
    )


class EndingForm(forms.Form):
    """The two ticks of a good ending."""

    is_thanked = forms.BooleanField(label=_("We have said thank you"), required=False)
    is_back = forms.BooleanField(label=_("Badge, keys and access are handed in, or there were none"), required=False)


class OwnPageForm(forms.Form):
    """Where the code to log in is sent."""

    email = PersonEmailField(
        label=_("The volunteer’s own e-mail"),
        max_length=254,
        help_text=_("The code to log in is sent there, so nobody else may read it."),
        error_messages={
            "required": _("Write the e-mail."),
            "invalid": _("Write a whole e-mail address, such as name@mail.dk."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class OwnWordsForm(forms.Form):
    """What a volunteer says of themselves."""

    name = PersonField(label=_("Name"), max_length=120, error_messages={"required": _("Write your name.")})
    phone = PersonField(
        label=_("Phone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    wishes = TextField(label=_("What I would like to do"), limit=1000, required=False, widget=LongTextarea)


class CommonTermsForm(forms.Form):
    """What the municipality says to all its volunteers, and how long it keeps what it knows of them."""

    confidentiality = TextField(
        label=_("What stays at the workplace?"),
        limit=600,
        required=False,
        widget=LongTextarea,
        help_text=_("Empty: Samspil’s own sentence."),
    )
    forget_after_months = forms.IntegerField(
        label=_("Months until somebody who has stopped is forgotten"),
        min_value=0,
        max_value=36,
        help_text=_("0 to 36. It holds for those who stop from now on."),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), _("Write a number from 0 to 36.")
        ),
    )
    keep_reads_months = forms.IntegerField(
        label=_("Months that it can be seen who has looked at a volunteer’s record"),
        min_value=1,
        max_value=36,
        help_text=_("1 to 36."),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), _("Write a number from 1 to 36.")
        ),
    )
