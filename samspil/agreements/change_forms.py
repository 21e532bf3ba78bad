# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The forms about a change: announcing it, objecting to it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from samspil.agreements.changes import Change
from samspil.agreements.forms import OwnTaskForm, TextField
from samspil.foundation.forms import DateInput, LongTextarea


class AnnounceForm(forms.Form):
    """Which of the changed texts are only worded otherwise, and why the change is needed."""

    words = forms.MultipleChoiceField(
        label=_("Only worded otherwise"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("The text has been changed since. Look at it again.")},
    )
    reason = TextField(
        limit=500,
        label=_("Why do you change it?"),
        help_text=_("The employee side reads it. For example: A typing error is put right."),
        widget=LongTextarea,
        error_messages={"required": _("Write why, in a sentence.")},
    )

    def __init__(self, data: Any = None, *, change: Change, reason: str = "", marked: list[str] | None = None) -> None:
        super().__init__(data, initial={"reason": reason, "words": marked or []})
        self.keys = [part.key for part in change.words]
        self.fields["words"].choices = [(part.key, part.title) for part in change.words]  # type: ignore[attr-defined]

    def clean_words(self) -> list[str]:
        """Ask for every changed text: what is not only words is discussed, and then all of it is."""
        words: list[str] = self.cleaned_data["words"]
        if set(words) != set(self.keys):
            raise ValidationError(
                _(
                    "Tick every text that only is worded otherwise. If one of them means something new, send it all to be discussed."
                )
            )
        return words


class ObjectForm(forms.Form):
    """What the employee side wants to discuss."""

    reason = TextField(
        limit=500,
        label=_("What do you want to discuss?"),
        widget=LongTextarea,
        error_messages={"required": _("Write what you want to discuss, in a sentence.")},
    )


class ActivityForm(OwnTaskForm):
    """A task that begins at once, of one of the types that the body has agreed to."""

    type = forms.ChoiceField(
        label=_("Which type of task is it?"),
        help_text=_("The body has agreed that new activities of these types may begin at once."),
        error_messages={"required": _("Choose a type."), "invalid_choice": _("Choose a type on the list.")},
    )
    from_date = forms.DateField(
        label=_("From when?"),
        widget=DateInput,
        error_messages={"required": _("Choose a day."), "invalid": _("Choose a day that exists.")},
    )

    def __init__(self, *args: Any, types: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["type"].choices = [(name, name) for name in types]  # type: ignore[attr-defined]


class EndingForm(forms.Form):
    """Why an agreement ends, and from when; under § 8 how a change was tried, and the time follows."""

    reason = TextField(
        limit=500,
        label=_("Why does it end?"),
        help_text=_("Everybody who works here and the body read it."),
        widget=LongTextarea,
        error_messages={"required": _("Write why it ends, in a sentence.")},
    )
    tried = TextField(
        limit=500,
        label=_("How have you tried to change it first?"),
        help_text=_("The discussion of a change that was held, or that you asked for: when and with whom."),
        widget=LongTextarea,
        error_messages={"required": _("Write how you have tried to change it first.")},
    )
    ends_on = forms.DateField(
        label=_("The first day without the agreement"),
        widget=DateInput,
        error_messages={"required": _("Choose a day."), "invalid": _("Choose a day that exists.")},
    )

    def __init__(self, data: Any = None, *, is_notice: bool) -> None:
        super().__init__(data)
        del self.fields["ends_on" if is_notice else "tried"]
