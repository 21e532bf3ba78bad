# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What must be in place for a volunteer, derived from rules, facts and what was noted; never stored (R39)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from samspil.agreements.conditions import conditions_of
from samspil.agreements.models import PlaceType
from samspil.agreements.queries import in_force_today, tasks_of
from samspil.foundation.errors import Missing
from samspil.foundation.memory import once_a_page
from samspil.foundation.months import months_later
from samspil.people.models import Role
from samspil.volunteering.formality_facts import Facts, applies, because
from samspil.volunteering.formality_list import given_facts
from samspil.volunteering.formality_rules import rules_on
from samspil.volunteering.models import (
    CertificateOrder,
    Engagement,
    FactAnswer,
    Formality,
    FormalityDate,
    FormalityRule,
)
from samspil.volunteering.models.formalities import SAID_BY_ONESELF, WHOSE_WORD_COUNTS, Decider, DuePoint, Outcome
from samspil.volunteering.queries import chosen_lineages, may_have, room_at

CONSENT_DAYS = 14
REMINDED_AFTER_DAYS = 10
_A_MONTH = timedelta(days=30)


class ItemState(models.TextChoices):
    """How it stands with one thing on a day. Derived."""

    OPEN = "open", pgettext_lazy("formality", "is waiting")
    IN_PLACE = "in_place", gettext_lazy("in place")
    NOT_IN_PLACE = "not_in_place", gettext_lazy("not in place")
    EXPIRED = "expired", pgettext_lazy("formality", "must be done again")


@dataclass(frozen=True)
class Item:
    """One thing that must be in place, why, and how it stands.

    ``opens_on`` is the day from which it stops somebody who is here already; None where it stops from the start.
    ``note`` says why what was noted does not count.
    """

    rule: FormalityRule
    why: str
    state: ItemState = ItemState.OPEN
    due_on: date | None = None
    opens_on: date | None = None
    expires_on: date | None = None
    noted: Formality | None = None
    order: CertificateOrder | None = None
    note: str = ""

    @property
    def code(self) -> str:
        """The code of the rule."""
        return str(self.rule.code)

    @property
    def is_in_place(self) -> bool:
        """Whether nothing is to be done."""
        return self.state == ItemState.IN_PLACE

    def stops(self, on: date) -> bool:
        """Whether nobody becomes active with it as it stands on the day."""
        return self.rule.is_hard_stop and not self.is_in_place and (self.opens_on is None or self.opens_on <= on)

    def is_late(self, on: date) -> bool:
        """Whether its day has passed; that alone stops nobody."""
        return not self.is_in_place and self.due_on is not None and self.due_on < on

    @property
    def what_to_do(self) -> str:
        """Return in a sentence what brings it in place."""
        if self.rule.certificate:
            return self._about_the_certificate
        if self.rule.decided_by == Decider.LEADER:
            return _("The leader notes it when it is in place.")
        if self.state == ItemState.EXPIRED:
            return _("Go through it again, and note that it is in place.")
        return _("Note it when it is in place.")

    @property
    def _about_the_certificate(self) -> str:
        if self.order is None:
            return _("Ask for the certificate. Whoever orders certificates notes when it is in place.")
        if self.order.ordered_on is None:
            return _("It waits to be ordered by whoever orders certificates.")
        if self.order.consented_on is None:
            return _("It has been ordered. The volunteer says yes in their digital post.")
        return _("It has been ordered. Whoever orders certificates notes when it is in place.")


@once_a_page
def answers_about(engagement: Engagement) -> tuple[FactAnswer, ...]:
    """Return what was answered about one volunteer."""
    return tuple(FactAnswer.objects.filter(engagement=engagement)) if may_have(engagement, "fact_answers") else ()


def facts_of(engagements: Sequence[Engagement], on: date) -> dict[int, Facts]:
    """Return the facts of many, by engagement; two queries, however many they are. Tasks must be prefetched."""
    tasks: dict[tuple[int, UUID], tuple[str, str]] = {}
    places: dict[int, set[str]] = {}
    agreed = in_force_today().filter(unit_id__in={engagement.workplace_id for engagement in engagements})
    for unit, lineage, code, kind, place in agreed.values_list(
        "unit_id",
        "version__tasks__lineage",
        "version__tasks__catalogue_code",
        "version__tasks__type",
        "version__places__type",
    ):
        tasks[unit, lineage] = (code, kind)
        places.setdefault(unit, set()).update({place} - {None})
    answers: dict[int, dict[str, bool]] = {}
    for row in FactAnswer.objects.filter(engagement__in=[engagement.pk for engagement in engagements]):
        answers.setdefault(row.engagement_id, {})[row.fact] = row.answer
    found = {}
    for engagement in engagements:
        unit = engagement.workplace_id
        own = [tasks[unit, lineage] for lineage in chosen_lineages(engagement) if (unit, lineage) in tasks]
        found[engagement.pk] = _facts(engagement, own, places.get(unit, set()), answers.get(engagement.pk, {}), on)
    return found


def _facts(
    engagement: Engagement, tasks: list[tuple[str, str]], places: set[str], answers: dict[str, bool], on: date
) -> Facts:
    codes = frozenset(code for code, _kind in tasks if code)
    sector = engagement.workplace.sector
    is_young = engagement.volunteer is not None and engagement.volunteer.under_18_until is not None
    # A task of the workplace's own has no code, but is a task at such a workplace all the same.
    given = given_facts(sector, codes or frozenset(kind or "own" for _code, kind in tasks))
    known: dict[str, Any] = {**given, **answers}
    return replace(
        Facts(
            sector=sector,
            place=frozenset({PlaceType.WORKPLACE.value, *places}),
            task=codes,
            task_type=frozenset(kind for _code, kind in tasks if kind),
            through=engagement.through,
            is_lasting=engagement.is_lasting,
            under_18=is_young and on < engagement.volunteer.under_18_until,  # type: ignore[union-attr, operator]
            was_here_before=engagement.here_since is not None,
        ),
        **known,
    )


@dataclass(frozen=True)
class _Noted:
    """What was noted about one engagement, by code."""

    formalities: dict[str, Formality]
    dates: dict[str, FormalityDate]
    orders: dict[str, CertificateOrder]


@once_a_page
def facts_for(engagement: Engagement, on: date) -> Facts:
    """Return the facts of one volunteer; what the workplace has room for, the page has read already."""
    room, chosen = room_at(engagement.workplace_id), chosen_lineages(engagement)
    tasks = [(row.catalogue_code, row.type) for row in tasks_of(room.version) if row.lineage in chosen] if room else []
    places = set(conditions_of(room.version).places) if room else set()
    return _facts(engagement, tasks, places, {row.fact: row.answer for row in answers_about(engagement)}, on)


def items_of(
    engagements: Sequence[Engagement],
    on: date,
    known_facts: dict[int, Facts] | None = None,
    *,
    rules: list[FormalityRule] | None = None,
) -> dict[int, list[Item]]:
    """Return what must be in place for many, by engagement; six queries, however many they are.

    ``rules`` narrows it to some of the day's rules.
    """
    rules = rules_on(on) if rules is None else rules
    facts = known_facts or facts_of(engagements, on)
    noted = {engagement.pk: _Noted({}, {}, {}) for engagement in engagements}
    judged = [engagement.pk for engagement in engagements if may_have(engagement, "formalities")]
    codes = [rule.code for rule in rules]
    judgements = Formality.objects.filter(engagement__in=judged, code__in=codes).select_related("decided_by")
    for row in judgements if judged else ():
        noted[row.engagement_id].formalities[row.code] = row
    dated = [engagement for engagement in engagements if may_have(engagement, "formality_dates")]
    begun = [engagement.pk for engagement in dated if engagement.started_on is not None]
    for day in FormalityDate.objects.filter(engagement__in=begun, closed_on=None) if begun else ():
        noted[day.engagement_id].dates[day.code] = day
    certified = [rule for rule in rules if rule.certificate]
    ordered = [engagement.pk for engagement in engagements if may_have(engagement, "certificate_orders")]
    asked = [key for key in ordered if any(applies(rule.trigger, facts[key]) for rule in certified)]
    for order in CertificateOrder.objects.filter(engagement__in=asked) if asked else ():
        noted[order.engagement_id].orders[order.code] = order
    known: dict[Facts, list[tuple[FormalityRule, str]]] = {}
    found = {}
    for engagement in engagements:
        own = facts[engagement.pk]
        if own not in known:
            known[own] = [(rule, because(rule.trigger, own)) for rule in rules if applies(rule.trigger, own)]
        found[engagement.pk] = [_item(rule, why, engagement, noted[engagement.pk], on) for rule, why in known[own]]
    return found


@once_a_page
def items_for(engagement: Engagement, on: date) -> tuple[Item, ...]:
    """Return what must be in place for one volunteer, in the order of the rules."""
    return tuple(items_of([engagement], on, {engagement.pk: facts_for(engagement, on)})[engagement.pk])


def _item(rule: FormalityRule, why: str, engagement: Engagement, noted: _Noted, on: date) -> Item:
    row, day = noted.formalities.get(rule.code), noted.dates.get(rule.code)
    state, note, expires_on = _state(rule, engagement, row, on)
    return Item(
        rule=rule,
        why=why,
        state=state,
        due_on=_due_on(rule, engagement),
        opens_on=_opens_on(engagement, day) if state != ItemState.IN_PLACE else None,
        expires_on=expires_on,
        noted=row,
        order=noted.orders.get(rule.code),
        note=note,
    )


def _state(
    rule: FormalityRule, engagement: Engagement, row: Formality | None, on: date
) -> tuple[ItemState, str, date | None]:
    """Return how it stands, why what was noted does not count, and when it has to be done again."""
    if row is None:
        return ItemState.OPEN, "", None
    if row.outcome == Outcome.NOT_IN_PLACE:
        return ItemState.NOT_IN_PLACE, "", None
    if not _word_counts(rule, row):
        return ItemState.OPEN, _("It was noted by somebody whose word does not count for this."), None
    if rule.counts_from is not None and row.decided_on < rule.counts_from:
        return ItemState.EXPIRED, _("The rule has changed since then, so it is asked again."), None
    if _was_away_long(rule, engagement, row, on):
        return ItemState.EXPIRED, _("After a long break it is asked again."), None
    expires_on = months_later(row.decided_on, rule.renewal_months) if rule.renewal_months else None
    if expires_on is not None and expires_on <= on:
        return ItemState.EXPIRED, _("It is renewed from time to time."), expires_on
    return ItemState.IN_PLACE, "", expires_on


def _word_counts(rule: FormalityRule, row: Formality) -> bool:
    is_own = row.decided_role == Role.VOLUNTEER and row.code in SAID_BY_ONESELF and not rule.certificate
    return is_own or row.decided_role in WHOSE_WORD_COUNTS[Decider(rule.decided_by)]


def _was_away_long(rule: FormalityRule, engagement: Engagement, row: Formality, on: date) -> bool:
    if rule.anew_after_pause_months is None or engagement.paused_on is None or row.decided_on > engagement.paused_on:
        return False
    return months_later(engagement.paused_on, rule.anew_after_pause_months) <= on


def _due_on(rule: FormalityRule, engagement: Engagement) -> date | None:
    if engagement.started_on is None or rule.due_point == DuePoint.BEFORE_START:
        return None
    begun = max(engagement.started_on, rule.valid_from, engagement.todo_until or engagement.started_on)
    return begun + _A_MONTH if rule.due_point == DuePoint.WITHIN_30_DAYS else begun


def _opens_on(engagement: Engagement, day: FormalityDate | None) -> date | None:
    """Return from when it stops somebody: a day they were told, or the day that existing volunteers have until."""
    if day is not None:
        return day.stops_on
    return engagement.todo_until


def missing_formalities(engagement: Engagement, on: date) -> list[Missing]:
    """Return what stops the volunteer from starting today, each with why and what to do (R39)."""
    items = items_for(engagement, on)
    if not items and not FormalityRule.objects.exists():
        return [
            Missing(
                "formality_rules", _("The municipality has not said yet what must be in place. Ask the secretariat")
            )
        ]
    return [_as_missing(item) for item in items if item.stops(on)]


def _as_missing(item: Item) -> Missing:
    said = {
        "title": item.rule.title,
        "why": item.note or (item.why if item.rule.trigger else ""),
        "todo": item.what_to_do.rstrip("."),
    }
    text = " ".join((_("“%(title)s” is not in place yet. %(why)s %(todo)s") % said).split())
    return Missing(f"formality.{item.code}", text, f"formality-{item.code}")


def by_due_point(items: Iterable[Item]) -> list[dict[str, Any]]:
    """Return the items in groups by when they are due, as the page shows them; empty groups are left out."""
    every = list(items)
    groups = [
        {"label": point.label, "point": point.value, "items": [i for i in every if i.rule.due_point == point]}
        for point in DuePoint
    ]
    return [group for group in groups if group["items"]]
