# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Whether a rule can stand among the others: it asks what can be answered, overlaps none and contradicts none (R39)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from samspil.foundation.errors import Missing
from samspil.volunteering.formality_facts import FACTS, Trigger, can_meet, unknown_in
from samspil.volunteering.models.formalities import Decider, DuePoint, FormalityRule, Level


@dataclass(frozen=True)
class RuleContent:
    """What a rule says, apart from its code and its days."""

    title: str
    text: str
    due_point: str
    level: str
    trigger: Trigger
    decided_by: str = Decider.WORKPLACE
    certificate: str = ""
    law: str = ""
    source: str = ""
    checked_on: date | None = None
    renewal_months: int | None = None
    anew_after_pause_months: int | None = None


def rules_on(day: date) -> list[FormalityRule]:
    """Return the municipality's rules as they are on the day."""
    return [rule for rule in FormalityRule.objects.filter(valid_from__lte=day) if rule.holds_on(day)]


def what_is_wrong(
    content: RuleContent, *, code: str, valid_from: date, others: Iterable[FormalityRule]
) -> list[Missing]:
    """Return why the rule cannot stand from the day on beside the ``others``; all of it at once."""
    rows = list(others)
    return [
        *_in_itself(content),
        *_overlaps(code, valid_from, rows),
        *_contradictions(content, code, valid_from, rows),
    ]


def _in_itself(content: RuleContent) -> Iterator[Missing]:
    unknown = list(unknown_in(content.trigger))
    if unknown:
        yield Missing(
            "unknown", _("Nobody can answer this: %(what)s. Choose among what is known") % {"what": ", ".join(unknown)}
        )
        return
    both = [name for name, values in content.trigger.items() if {True, False} <= set(values)]
    if both:
        yield Missing(
            "always",
            _("“%(fact)s” cannot be both yes and no. Leave it out if it does not matter")
            % {"fact": FACTS[both[0]].label},
            f"id_{both[0]}",
        )
    sectors = content.trigger.get("sector")
    tasks = content.trigger.get("task")
    if sectors and tasks and not any(str(code).partition(".")[0] in sectors for code in tasks):
        yield Missing(
            "never", _("No such task belongs to these workplaces. The rule would concern nobody"), "id_sector"
        )
    if content.level == Level.INFORMATION and content.due_point == DuePoint.BEFORE_START:
        yield Missing(
            "information",
            _("What is only good to know stops nobody. Choose a later day, or another weight"),
            "id_level",
        )


def _overlaps(code: str, valid_from: date, others: Iterable[FormalityRule]) -> Iterator[Missing]:
    """Rows of the code that begin on the day or later; an earlier one ends the day before."""
    if any(row.code == code and row.valid_from >= valid_from for row in others):
        yield Missing(
            "overlap",
            _("Another wording of the rule begins on that day or later. Choose a day after it"),
            "id_valid_from",
        )


def _contradictions(
    content: RuleContent, code: str, valid_from: date, others: Iterable[FormalityRule]
) -> Iterator[Missing]:
    """Others that ask the same of the same people at the same time, but by another day, weight or word."""
    for row in others:
        is_over = row.valid_until is not None and row.valid_until < valid_from
        if (
            row.code == code
            or is_over
            or not _asks_the_same(content, row)
            or not can_meet(content.trigger, row.trigger)
        ):
            continue
        if (row.due_point, row.level, row.decided_by) != (content.due_point, content.level, content.decided_by):
            yield Missing(
                "contradiction",
                _("“%(title)s” asks the same of the same people in another way. Change one of the two")
                % {"title": row.title},
            )


def _asks_the_same(content: RuleContent, row: FormalityRule) -> bool:
    if content.certificate or row.certificate:
        return content.certificate == row.certificate
    return content.title.strip().casefold() == row.title.strip().casefold()
