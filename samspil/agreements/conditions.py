# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Where it takes place besides the workplace itself, the time set aside, and how often one meets (R25, R41, R54)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samspil.agreements import questions
from samspil.agreements.models import AgreementVersion, Meets, Place, PlaceType
from samspil.agreements.rare_parts import may_have

ELSEWHERE = (PlaceType.CITIZENS_HOME, PlaceType.OUTDOORS, PlaceType.EVENT)
"""What can be added; the workplace itself is always there."""

MOST_HOURS = 300
"""More hours a month than anybody can set aside; a slip of the finger is above it."""

IN_THE_HOME = gettext_lazy("In a citizen's home, volunteers have nothing to do with keys, money or medicine.")


@dataclass(frozen=True)
class Conditions:
    """What a workplace has said about them. ``places`` has the words by type; all of it may be empty."""

    places: Mapping[str, str] = field(default_factory=dict)
    hours_of_leader: int | None = None
    hours_of_coordinator: int | None = None
    staff_meets: str = ""

    @property
    def where(self) -> tuple[tuple[str, str], ...]:
        """The added places, each by the name of its type and the words about it."""
        return tuple((str(type_.label), self.places[type_]) for type_ in ELSEWHERE if type_ in self.places)

    @property
    def at_home(self) -> str:
        """What is to be remembered in a citizen's home; empty where nobody comes there."""
        return str(IN_THE_HOME) if PlaceType.CITIZENS_HOME in self.places else ""

    @property
    def is_time_set_aside(self) -> bool:
        """Whether anybody has hours for it; none at all is an open point (R54)."""
        return bool(self.hours_of_leader or self.hours_of_coordinator)

    @property
    def time(self) -> str:
        """The hours a month in words; empty where nothing was said."""
        said = [
            (_("the leader"), self.hours_of_leader),
            (_("the coordinator"), self.hours_of_coordinator),
        ]
        words = [f"{who} {_hours(number)}" for who, number in said if number is not None]
        return _("A month: %(hours)s.") % {"hours": ", ".join(words)} if words else ""

    @property
    def meets(self) -> str:
        """How often staff and volunteers meet, in words; empty where nothing was said."""
        return str(Meets(self.staff_meets).label) if self.staff_meets else ""


def _hours(number: int) -> str:
    return ngettext("%(number)d hour", "%(number)d hours", number) % {"number": number}


def conditions_of(version: AgreementVersion) -> Conditions:
    """Return what the version says; one query at most."""
    places = questions.places(version.pk) if may_have(version, Place) else ()
    return Conditions(
        places={place.type: place.words for place in places},
        hours_of_leader=version.hours_of_leader,
        hours_of_coordinator=version.hours_of_coordinator,
        staff_meets=version.staff_meets,
    )


def conditions_content(version: AgreementVersion) -> dict[str, Any]:
    """Return what the control code covers of it: nothing at all where nothing was said, so that old codes stand."""
    said = conditions_of(version)
    content: dict[str, Any] = {}
    if said.places:
        content["places"] = [{"type": str(type_), "words": said.places[type_]} for type_ in sorted(said.places)]
    if said.time:
        content["hours_a_month"] = {"leader": said.hours_of_leader, "coordinator": said.hours_of_coordinator}
    if said.staff_meets:
        content["staff_meets"] = said.staff_meets
    return content
