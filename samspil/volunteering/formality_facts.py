# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What is known of a volunteer's place: the facts that the municipality's rules ask about, and how they are said."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspil.agreements.catalogue import template_for
from samspil.agreements.models import PlaceType
from samspil.municipalities.models import Sector
from samspil.volunteering.models.engagements import Through

Trigger = Mapping[str, Collection[Any]]
"""Values by the name of a fact. All the facts named must fit; of each one value is enough. Nothing named fits everybody."""


@dataclass(frozen=True)
class Facts:
    """What the rules can ask about one volunteer at one workplace; nothing here says who it is."""

    sector: str
    place: frozenset[str] = frozenset()
    task: frozenset[str] = frozenset()
    task_type: frozenset[str] = frozenset()
    through: str = Through.SELF
    children_under_15: bool = False
    is_lasting: bool = True
    under_18: bool = False
    drives_citizens: bool = False
    kitchen: bool = False
    keys: bool = False
    was_here_before: bool = False

    def values(self, name: str) -> frozenset[Any]:
        """Return what is true of a fact; one without several values has a single one."""
        value = getattr(self, name)
        return value if isinstance(value, frozenset) else frozenset({value})


@dataclass(frozen=True)
class Fact:
    """A fact with the values it can have, and the words in which a value is the reason for something."""

    label: Any
    words: Callable[[Any], str]
    known: Callable[[], Collection[Any]] = field(default=lambda: (True, False))
    is_answered: bool = False


def _sectors() -> Collection[str]:
    return [sector.value for sector in Sector]


def _tasks() -> Collection[str]:
    return [task.code for sector in Sector for task in template_for(sector.value).tasks]


def _task_types() -> Collection[str]:
    return list(dict.fromkeys(task.type for sector in Sector for task in template_for(sector.value).tasks))


def _in_sector(value: str) -> str:
    return _("the workplace belongs to “%(sector)s”") % {"sector": Sector(value).label}


def _through(value: str) -> str:
    if value == Through.ASSOCIATION:
        return _("the volunteer comes through an association")
    return _("the volunteer comes in a group") if value == Through.GROUP else _("the volunteer comes by themselves")


def _yes_no(yes: Any, no: Any) -> Callable[[Any], str]:
    return lambda value: str(yes if value else no)


FACTS: Mapping[str, Fact] = {
    "sector": Fact(gettext_lazy("Kind of workplace"), _in_sector, _sectors),
    "place": Fact(
        gettext_lazy("Place"),
        lambda value: (
            _("the task can be in the citizen’s home")
            if value == PlaceType.CITIZENS_HOME
            else _("the place is “%(place)s”") % {"place": PlaceType(value).label}
        ),
        lambda: [place.value for place in PlaceType],
    ),
    "task": Fact(gettext_lazy("Task"), lambda _value: _("one of the chosen tasks calls for it"), _tasks),
    "task_type": Fact(
        gettext_lazy("Type of task"),
        lambda value: _("the task is of the type “%(type)s”") % {"type": value},
        _task_types,
    ),
    "through": Fact(gettext_lazy("Through whom"), _through, lambda: [through.value for through in Through]),
    "children_under_15": Fact(
        gettext_lazy("Direct contact with children under 15 is part of the task"),
        _yes_no(
            gettext_lazy("the task is directly with children under 15"),
            gettext_lazy("the task is not directly with children under 15"),
        ),
        is_answered=True,
    ),
    "is_lasting": Fact(
        gettext_lazy("Meant to last"),
        _yes_no(gettext_lazy("it is meant to last"), gettext_lazy("it is for a short time")),
        is_answered=True,
    ),
    "under_18": Fact(
        gettext_lazy("Under 18"),
        _yes_no(gettext_lazy("the volunteer is under 18"), gettext_lazy("the volunteer is of age")),
    ),
    "drives_citizens": Fact(
        gettext_lazy("Drives citizens in a car"),
        _yes_no(gettext_lazy("the volunteer drives citizens"), gettext_lazy("the volunteer drives nobody")),
        is_answered=True,
    ),
    "kitchen": Fact(
        gettext_lazy("Makes or handles food for others"),
        _yes_no(gettext_lazy("the task is with food"), gettext_lazy("the task is not with food")),
        is_answered=True,
    ),
    "keys": Fact(
        gettext_lazy("Is given keys, a card or access to a system"),
        _yes_no(gettext_lazy("keys or a card are handed out"), gettext_lazy("no keys are handed out")),
        is_answered=True,
    ),
    "was_here_before": Fact(
        gettext_lazy("Was a volunteer before Samspil"),
        _yes_no(
            gettext_lazy("the volunteer was here before Samspil"), gettext_lazy("the volunteer came after Samspil did")
        ),
    ),
}

ANSWERED = tuple(name for name, fact in FACTS.items() if fact.is_answered)
"""What whoever looks after the volunteer can answer; until then it follows from the workplace and the tasks."""


def applies(trigger: Trigger, facts: Facts) -> bool:
    """Say whether a rule with this trigger concerns somebody of whom these are the facts."""
    return all(not facts.values(name).isdisjoint(values) for name, values in trigger.items())


def because(trigger: Trigger, facts: Facts) -> str:
    """Return in one sentence why it concerns them; facts that the rule hardly narrows are left out."""
    clauses = [
        FACTS[name].words(value)
        for name, values in trigger.items()
        if not (name == "through" and len(values) > 1)
        for value in sorted(facts.values(name) & set(values), key=str)[:1]
    ]
    return _("Because %(reasons)s.") % {"reasons": _listed(clauses)} if clauses else _("It goes for all volunteers.")


def _listed(clauses: list[str]) -> str:
    if len(clauses) < 2:  # noqa: PLR2004 - one clause needs no "and"
        return "".join(clauses)
    return _("%(first)s and %(last)s") % {"first": ", ".join(clauses[:-1]), "last": clauses[-1]}


def can_meet(one: Trigger, other: Trigger) -> bool:
    """Say whether somebody can exist whom both triggers concern."""
    return all(set(values) & set(other[name]) for name, values in one.items() if name in other)


def unknown_in(trigger: Trigger) -> Iterable[str]:
    """Yield what the trigger asks that nobody can answer: names of no fact, and values that a fact never has."""
    for name, values in trigger.items():
        if name not in FACTS:
            yield name
        elif not values:
            yield f"{name}: –"
        else:
            known = FACTS[name].known()
            yield from (f"{name}: {value}" for value in values if value not in known)
