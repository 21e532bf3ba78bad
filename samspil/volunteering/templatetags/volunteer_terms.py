# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What the pages about one volunteer show of the agreement, the welcome and the goodbye."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.utils.translation import gettext_lazy as _

from samspil.volunteering.models import Engagement, VolunteerAgreement
from samspil.volunteering.terms import Standing, Yes, newest_terms, said_yes, standing_now
from samspil.volunteering.terms_forms import AcceptanceForm, EndingForm, WelcomeForm
from samspil.volunteering.welcome import WelcomeShown, welcome_of

register = template.Library()

BADGES = {
    Standing.NONE: "neutral",
    Standing.WAITS: "info",
    Standing.AGREED: "success",
    Standing.CHANGED: "warning",
}


PAGES = {
    "volunteer": _("the page of the volunteer"),
    "terms": _("the agreement"),
    "certificate": _("the certificate"),
    "file": _("the list as a file"),
}
"""What the pages are called on which somebody has looked."""


@dataclass(frozen=True)
class TermsShown:
    """An agreement with a volunteer as a page shows it."""

    newest: VolunteerAgreement | None
    standing: Standing
    yes: Yes | None

    @property
    def badge(self) -> str:
        """The kind of badge that shows where it stands."""
        return BADGES[self.standing]


@register.simple_tag
def terms_shown(engagement: Engagement) -> TermsShown:
    """Return the newest agreement with a volunteer, and where it stands."""
    newest = newest_terms(engagement)
    return TermsShown(newest, standing_now(engagement, newest), said_yes(newest) if newest else None)


@register.simple_tag
def welcome_shown(engagement: Engagement) -> WelcomeShown:
    """Return the two lists of the welcome."""
    return welcome_of(engagement)


@register.simple_tag(takes_context=True)
def acceptance_form(context: dict[str, Any]) -> AcceptanceForm:
    """Return the form by which a yes is noted."""
    return AcceptanceForm(initial={"said_on": context["capacity"].on})


@register.simple_tag
def welcome_form(shown: WelcomeShown) -> WelcomeForm:
    """Return the form by which the days are noted."""
    noted = shown.noted
    days = ("first_day_on", "first_month_on", "talk_on")
    return WelcomeForm(initial={day: getattr(noted, day) for day in days} if noted else None)


@register.simple_tag
def goodbye_form(engagement: Engagement) -> EndingForm:
    """Return the two ticks of a good ending."""
    return EndingForm(
        initial={"is_thanked": engagement.thanked_on is not None, "is_back": engagement.access_back_on is not None}
    )


@register.filter
def page_looked_at(page: str) -> str:
    """Return what the page is called on which somebody has looked."""
    return str(PAGES.get(page, page))
