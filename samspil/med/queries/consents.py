# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Standing consents: what a body has said yes to beforehand, and whether it counts (R53)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.foundation.templatetags.samspil import danish_date
from samspil.med.body_models import ConsentUnit, StandingConsent
from samspil.med.models import Committee, Dialogue
from samspil.med.queries.bodies import body_for, covered_units
from samspil.med.queries.dialogues import conclusion_gaps, read_whole, standing, with_standing
from samspil.med.states import State
from samspil.municipalities.models import Unit
from samspil.municipalities.queries import ids_above, still_open, units_below

MOST_PLACES = 40
"""More than can be looked over on one page."""

TASK_TYPES: list[Callable[[Sequence[Unit]], Iterable[str]]] = []
"""Who knows which types of task there are at some units: the layer that has the catalogue puts itself here."""


@dataclass(frozen=True)
class ConsentLine:
    """A standing consent for a list: a badge, and what to know about it in one sentence."""

    consent: StandingConsent
    label: str
    badge: str
    text: str
    counts: bool = False
    is_open: bool = False


def types_at(units: Iterable[Unit]) -> list[str]:
    """Return the types of task that these units can have, each once, in the catalogue's order."""
    asked = tuple(units)
    return list(dict.fromkeys(name for source in TASK_TYPES for name in source(asked)))


def places_for_consent(committee: Committee) -> QuerySet[Unit]:
    """Return the places that a consent can be for: the open workplaces under the body, or where there are many, its units.

    Both are in Danish order.
    """
    covered = [unit.pk for unit in covered_units(committee)]
    below = {unit.pk for pk in covered for unit in units_below(pk) if unit.is_workplace}
    shown = below if 0 < len(below) <= MOST_PLACES else covered
    on = timezone.localdate()
    return Unit.objects.filter(still_open(on), pk__in=shown).select_related("parent").order_by("sort_key")


def consents_of(committee: Committee) -> QuerySet[StandingConsent]:
    """Return the body's standing consents, newest first, with what a list reads."""
    chosen = ConsentUnit.objects.select_related("unit").order_by("unit__sort_key")
    return (
        committee.consents.select_related("committee")
        .prefetch_related(Prefetch("chosen", chosen), Prefetch("dialogue", with_standing(Dialogue.objects.all())))
        .order_by("-id")
    )


def has_ended(consent: StandingConsent, on: date) -> bool:
    """Say whether its last day has passed, or the day has come from which it is withdrawn."""
    is_withdrawn = consent.withdrawn_from is not None and consent.withdrawn_from <= on
    return is_withdrawn or (consent.until is not None and consent.until < on)


def consent_line(consent: StandingConsent, on: date) -> ConsentLine:
    """Return where a consent stands on the day; needs ``consents_of``."""
    if consent.withdrawn_from is not None and consent.withdrawn_from <= on:
        told = _("Withdrawn from %(day)s: %(why)s")
        words = {"day": danish_date(consent.withdrawn_from), "why": consent.withdrawn_because}
        return ConsentLine(consent, _("Withdrawn"), "neutral", told % words)
    if consent.dialogue.state == State.WITHDRAWN:
        return ConsentLine(consent, _("Taken back"), "neutral", _("It was taken back before it was discussed."))
    if has_ended(consent, on):
        return ConsentLine(
            consent, _("Ended"), "neutral", _("It held until %(day)s.") % {"day": danish_date(consent.until)}
        )
    said = standing(consent.dialogue, on)
    if not said.counts:
        return ConsentLine(consent, said.label, said.badge, said.next, is_open=consent.dialogue.relied_upon_at is None)
    if consent.withdrawn_from is not None:
        text = _("It is withdrawn from %(day)s.") % {"day": danish_date(consent.withdrawn_from)}
    elif consent.until is not None:
        text = _("It holds until %(day)s.") % {"day": danish_date(consent.until)}
    else:
        text = _("It holds until the body withdraws it.")
    return ConsentLine(consent, _("Holds"), "success", text, counts=True)


def standing_consent_for(unit: Unit, task_type: str, on: date) -> StandingConsent | None:
    """Return the standing consent by which the leader of a unit may say yes to a task of a type at once, or None.

    Only that of the body which speaks for the unit on the day: a unit that gets a body of its own asks that one.
    It counts as its discussion does: confirmed by the employee side, for these very words.
    """
    wanted = task_type.strip().casefold()
    for consent in _counting_at(unit, on):
        if wanted in {name.casefold() for name in consent.task_types}:
            return consent
    return None


def standing_consents_at(unit: Unit, on: date) -> list[str]:
    """Return the types of task that the leader of a unit may say yes to at once, each once."""
    return list(dict.fromkeys(name for consent in _counting_at(unit, on) for name in consent.task_types))


def _counting_at(unit: Unit, on: date) -> Iterator[StandingConsent]:
    body = body_for(unit, on)
    if body is None:
        return
    above = set(ids_above(unit.pk))
    for consent in consents_of(body):
        units = {row.unit_id for row in consent.chosen.all()}
        if units and not units & above:
            continue
        if not has_ended(consent, on) and not conclusion_gaps(read_whole(consent.dialogue), consent.sha256, on):
            yield consent
