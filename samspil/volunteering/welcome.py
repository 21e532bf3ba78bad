# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The welcome: what a newcomer is shown on the first day and in the first month, and what the contact person remembers.

After the talk about three months there is nothing more for each head: the yearly meeting counts (R66).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspil.agreements.sections import COOPERATION, CUSTOMS, REGISTRY, SUPPORT
from samspil.foundation.capacity import Capacity
from samspil.foundation.months import months_later
from samspil.foundation.prepared import prepared
from samspil.foundation.todo import Todo
from samspil.people.models import STAFF_ROLES, Role
from samspil.volunteering.models import Engagement, VolunteerAgreement, Welcome
from samspil.volunteering.permissions import own_engagements
from samspil.volunteering.queries import room_at
from samspil.volunteering.states import HERE, State
from samspil.volunteering.terms import confidentiality_words, texts_of, to_ask_again

REMINDED_AFTER = timedelta(days=14)
TALK_MONTHS = 3
SILENT_MONTHS = 6
"""A talk that was not held by then is not asked for any more."""

Line = tuple[str, str]


@dataclass(frozen=True)
class WelcomeShown:
    """The two lists, and the days that are noted."""

    first_day: tuple[Line, ...]
    first_month: tuple[Line, ...]
    noted: Welcome | None
    talk_from: date | None

    @property
    def is_done(self) -> bool:
        """Whether there is nothing more to remember."""
        return self.noted is not None and self.noted.talk_on is not None


def customs_at(unit_id: int) -> tuple[Line, ...]:
    """Return what the agreement says that a newcomer must know on the first day (R65)."""
    return _sections(unit_id, (CUSTOMS,))


def _sections(unit_id: int, kinds: tuple[str, ...]) -> tuple[Line, ...]:
    room = room_at(unit_id)
    if room is None:
        return ()
    found = texts_of(room.version)
    return tuple((str(REGISTRY[kind].label), found[kind]) for kind in kinds if kind in found)


def welcome_of(engagement: Engagement) -> WelcomeShown:
    """Return what one newcomer is shown; the contact person stands first, always (R57, R66)."""
    sections = _sections(engagement.workplace_id, (CUSTOMS, COOPERATION, SUPPORT))
    contact = engagement.contact_person.name if engagement.contact_person else _("Choose a contact person first")
    customs = tuple(line for line in sections if line[0] == str(REGISTRY[CUSTOMS].label))
    return WelcomeShown(
        first_day=(
            (_("Contact person"), contact),
            *customs,
            (_("What stays here"), confidentiality_words()),
            (_("Where to find"), _("the way out, the meeting place, first aid, and whoever is on duty")),
        ),
        first_month=(
            *(line for line in sections if line not in customs),
            (_("Talk about"), _("how it goes, what is a joy, and what is in the way")),
        ),
        noted=getattr(engagement, "welcome", None),
        talk_from=months_later(engagement.started_on, TALK_MONTHS) if engagement.started_on else None,
    )


def todo_for(capacity: Capacity) -> list[Todo]:
    """Return what a contact person remembers: newcomers after 14 days, a talk after three months, a yes to ask for again."""
    if capacity.role == Role.VOLUNTEER:
        return _to_say_yes_to(capacity)
    if capacity.role not in STAFF_ROLES or capacity.unit_id is None:
        return []
    on = capacity.on
    days = (on - REMINDED_AFTER, months_later(on, -TALK_MONTHS), months_later(on, -SILENT_MONTHS))
    newcomers, talks = next(iter(_counted(capacity.unit_id, capacity.person, *days)), (0, 0))
    found = []
    if newcomers:
        found.append(
            Todo(
                key="volunteering.newcomers",
                title=ngettext("A volunteer is new", "%(number)d volunteers are new", newcomers)
                % {"number": newcomers},
                detail=_("They began two weeks ago or more. Ask how it goes, and note that you did."),
                url=f"{reverse('volunteers')}?kontakt={capacity.person}",
                label=_("See who"),
            )
        )
    if talks:
        found.append(
            Todo(
                key="volunteering.talks",
                title=ngettext(
                    "A volunteer has been here for three months",
                    "%(number)d volunteers have been here for three months",
                    talks,
                )
                % {"number": talks},
                detail=_("Have a talk about how it goes. Only the day is noted."),
                url=f"{reverse('volunteers')}?kontakt={capacity.person}",
                label=_("See who"),
            )
        )
    return [*found, *_to_ask(capacity)]


@prepared
def _counted(unit_id: int, person: int, reminded: date, talk_due: date, silent: date) -> QuerySet[Any, tuple[int, int]]:
    """Return one row, none where nobody is looked after: how many are new, and with how many a talk is due."""
    mine = Engagement.objects.filter(
        workplace_id=unit_id, contact_person_id=person, state=State.ACTIVE, here_since=None
    )
    is_new = Q(started_on__lte=reminded, started_on__gt=talk_due, welcome__first_month_on=None)
    is_due = Q(started_on__lte=talk_due, started_on__gt=silent, welcome__talk_on=None)
    counts = mine.order_by().values("workplace_id")
    counts = counts.annotate(newcomers=Count("pk", filter=is_new), talks=Count("pk", filter=is_due))
    return counts.values_list("newcomers", "talks")


@prepared
def _any_agreement(unit_id: int, person: int) -> QuerySet[Any, int]:
    looked_after = Q(engagement__workplace_id=unit_id, engagement__contact_person_id=person)
    return VolunteerAgreement.objects.filter(looked_after).order_by().values_list("pk", flat=True)[:1]


def _to_say_yes_to(capacity: Capacity) -> list[Todo]:
    """Return the line that asks a volunteer to read the agreement; never more than one."""
    mine = VolunteerAgreement.objects.filter(
        engagement__in=own_engagements(capacity).filter(state__in=HERE), accepted_how=""
    )
    newest = ~Exists(
        VolunteerAgreement.objects.filter(engagement=OuterRef("engagement"), number__gt=OuterRef("number"))
    )
    if not mine.filter(newest).exists():
        return []
    return [
        Todo(
            key="volunteering.say_yes",
            title=_("Your agreement is ready"),
            detail=_("Read it, and say yes if it is what you have agreed on."),
            url=reverse("own_page"),
            label=_("Read it"),
        )
    ]


def _to_ask(capacity: Capacity) -> list[Todo]:
    unit_id = capacity.unit_id or 0
    if not _any_agreement(unit_id, capacity.person):
        return []
    mine = [row for row in to_ask_again(unit_id) if row.contact_person_id == capacity.person]
    if not mine:
        return []
    names = ", ".join(row.volunteer.name for row in mine[:5] if row.volunteer)
    return [
        Todo(
            key="volunteering.ask_again",
            title=ngettext(
                "The tasks of a volunteer have changed", "The tasks of %(number)d volunteers have changed", len(mine)
            )
            % {"number": len(mine)},
            detail=_("Ask them again: %(names)s.") % {"names": names},
            url=reverse("volunteer", args=[mine[0].pk]) if len(mine) == 1 else reverse("volunteers"),
            label=_("See who"),
        )
    ]
