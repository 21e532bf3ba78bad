# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The forms of a comment round."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspil.agreements.forms import TextField
from samspil.foundation.forms import DateInput, LongTextarea


class CommentRoundForm(forms.Form):
    """Until when the colleagues are asked, and perhaps a line to them."""

    last_day = forms.DateField(
        label=_("Last day for comments"),
        widget=DateInput,
        error_messages={"required": _("Choose the last day."), "invalid": _("Choose a day that exists.")},
    )
    words = TextField(
        limit=300,
        label=_("A line to your colleagues (may be empty)"),
        help_text=_("For example what you are in doubt about yourself."),
        required=False,
        widget=LongTextarea({"rows": 2}),
    )


class CommentForm(forms.Form):
    """A comment of one's own."""

    text = TextField(
        limit=1000,
        label=_("Your comment"),
        help_text=_(
            "Your colleagues and your leader see your name. MED sees the comment without it. Name no citizens."
        ),
        widget=LongTextarea({"rows": 4}),
        error_messages={"required": _("Write your comment.")},
    )


class AnswerForm(forms.Form):
    """What the leader says to a comment."""

    answer = TextField(
        limit=300,
        label=_("Your answer"),
        help_text=_("One line is enough. It comes along to MED, without names."),
        required=False,
        widget=LongTextarea({"rows": 2}),
    )

    def __init__(self, *args: Any, needs_words: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.needs_words = needs_words

    def clean_answer(self) -> str:
        """Ask for words where the answer is all there is."""
        answer: str = self.cleaned_data["answer"]
        if self.needs_words and not answer:
            raise forms.ValidationError(_("Write an answer in a line."))
        return answer
