# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What volunteering keeps about a person."""

from typing import Any

from django.utils.translation import gettext as _

from samspil.foundation.personal_data import Area, Entry, Person
from samspil.foundation.templatetags.samspil import danish_date
from samspil.volunteering.actions.forgetting import erase_rows
from samspil.volunteering.models import Application, Engagement, Volunteer
from samspil.volunteering.terms import said_yes, titles_of


def _entry(what: str, *fields: tuple[Any, Any]) -> Entry:
    return Entry(what, tuple((str(name), str(value)) for name, value in fields if value))


def find(person: Person) -> list[Entry]:
    """Return the volunteer, each place with its agreements, and the first word."""
    volunteer = Volunteer.objects.filter(pk=person.volunteer_id).first()
    if volunteer is None:
        return []
    entries = [
        _entry(
            _("You"),
            (_("Name"), volunteer.name),
            (_("Phone"), volunteer.phone),
            (_("E-mail"), volunteer.email),
            (_("What I would like to do"), volunteer.wishes),
            (_("Under 18 until"), danish_date(volunteer.under_18_until)),
            (_("Forgotten on"), danish_date(volunteer.forget_on)),
        )
    ]
    rows = volunteer.engagements.select_related("workplace", "contact_person", "welcome").prefetch_related("tasks")
    for engagement in rows:
        entries.append(_place(engagement))
        entries += [
            _entry(
                _("Volunteer agreement number %(number)d") % {"number": terms.number},
                (_("Yes from the workplace"), said_yes(terms).workplace),
                (_("Yes from the volunteer"), said_yes(terms).volunteer),
            )
            for terms in engagement.terms.select_related("made_by", "noted_by")
        ]
    entries += [
        _entry(
            _("First word"),
            (_("Received"), danish_date(word.received_at)),
            (_("Name"), word.name),
            (_("How we reach you"), word.reach_me),
            (_("In your own words"), word.words),
            (_("The answer"), word.answer),
        )
        for word in Application.objects.filter(engagement__volunteer=volunteer)
    ]
    return entries


def _place(engagement: Engagement) -> Entry:
    welcome = getattr(engagement, "welcome", None)
    return _entry(
        engagement.workplace.name,
        (_("State"), engagement.get_state_display()),
        (_("Through"), engagement.get_through_display()),
        (_("Tasks"), ", ".join(titles_of(engagement))),
        (_("Contact person"), engagement.contact_person.name if engagement.contact_person else ""),
        (_("Entered"), danish_date(engagement.entered_at)),
        (_("Volunteer since"), danish_date(engagement.here_since or engagement.started_on)),
        (_("On a break since"), danish_date(engagement.paused_on)),
        (_("Stopped"), danish_date(engagement.ended_on)),
        (_("Thanked"), danish_date(engagement.thanked_on)),
        (_("Badge and keys back"), danish_date(engagement.access_back_on)),
        (_("Shown around on the first day"), danish_date(welcome.first_day_on) if welcome else ""),
        (_("Shown around in the first month"), danish_date(welcome.first_month_on) if welcome else ""),
        (_("The talk after three months"), danish_date(welcome.talk_on) if welcome else ""),
    )


AREA = Area("volunteering", find, erase_rows)
