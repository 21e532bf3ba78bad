# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Who is a volunteer and who is not: one kind question, asked before anything is written down (R17)."""

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class ComesAs(models.TextChoices):
    """How somebody comes to the workplace; only the first is a volunteer, and only that is ever kept."""

    VOLUNTEER = "volunteer", gettext_lazy("because they want to, without pay, for others")
    SCHEME = "scheme", gettext_lazy("as an intern, on activation, with a wage subsidy or doing community service")
    RELATIVE = "relative", gettext_lazy("to help somebody of their own family")


def kind_words(comes_as: str) -> str:
    """Say why somebody is not entered as a volunteer, and who to turn to; empty for a volunteer."""
    return {
        ComesAs.SCHEME: _(
            "They are welcome, and they are not volunteers: they come through a scheme with rules of its own. "
            "Talk to the leader, who has the agreement with the job centre, the school or the probation service."
        ),
        ComesAs.RELATIVE: _(
            "Who helps somebody of their own family is a relative, with all that a relative may do already. "
            "If they would like to do something for others as well, enter them as a volunteer for that."
        ),
    }.get(ComesAs(comes_as), "")
