# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The municipality's own rules of what must be in place, and its sentences about insurance."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from samspil.audit import actions as audit
from samspil.foundation.capacity import Capacity, system_capacity
from samspil.foundation.errors import Missing, Refusal
from samspil.foundation.tenancy import current_municipality_id
from samspil.municipalities.models import Municipality
from samspil.volunteering.actions.reevaluating import begin_reevaluation
from samspil.volunteering.formality_list import shipped_rules
from samspil.volunteering.formality_permissions import EDIT_INSURANCE, EDIT_RULES
from samspil.volunteering.formality_rules import RuleContent, what_is_wrong
from samspil.volunteering.models import FormalityRule, InsuranceLine


def _lock() -> Municipality:
    return Municipality.objects.select_for_update().get(pk=current_municipality_id())


@transaction.atomic
def install_rules(*, actor: Capacity, on: date, at: datetime) -> int:
    """Put those of the product's rules in place that the municipality never had; return how many."""
    EDIT_RULES.require(actor)
    municipality = _lock()
    had = set(FormalityRule.objects.values_list("code", flat=True))
    rules = [
        FormalityRule(
            code=rule.code,
            order=number * 10,
            title=rule.title,
            text=rule.text,
            law=rule.law,
            source=rule.source,
            trigger={name: list(values) for name, values in rule.trigger.items()},
            due_point=rule.due_point,
            level=rule.level,
            decided_by=rule.decided_by,
            certificate=rule.certificate,
            valid_from=on,
        )
        for number, rule in enumerate(shipped_rules(), 1)
        if rule.code not in had
    ]
    FormalityRule.objects.bulk_create(rules)
    if rules:
        begin_reevaluation(on=on, at=at)
        changes = {"codes": [rule.code for rule in rules]}
        audit.record(name="volunteering.rules.install", subject=municipality, actor=actor, at=at, changes=changes)
    return len(rules)


@transaction.atomic
def ensure_rules(*, on: date, at: datetime) -> None:
    """Begin with the product's rules where a municipality has none yet: nobody starts without any."""
    if not FormalityRule.objects.exists():
        municipality_id = current_municipality_id()
        install_rules(actor=system_capacity(municipality_id=municipality_id, on=on, name="samspil"), on=on, at=at)


@transaction.atomic
def save_rule(
    *,
    code: str,
    content: RuleContent,
    valid_from: date,
    asks_again: bool = False,
    actor: Capacity,
    on: date,
    at: datetime,
) -> FormalityRule:
    """Let a rule say this from a day on; a new one without ``code``. The wording before it ends the day before.

    ``asks_again``: what was in place by the old words no longer counts. Raises ``Refusal`` with all that is wrong.
    """
    EDIT_RULES.require(actor)
    _lock()
    rows = list(FormalityRule.objects.order_by("code", "valid_from"))
    code = code or _new_code(content.title, rows)
    wrong = what_is_wrong(content, code=code, valid_from=valid_from, others=rows)
    if valid_from < on:
        wrong.append(
            Missing("past", _("Choose today or a later day. What held before is not rewritten"), "id_valid_from")
        )
    if wrong:
        raise Refusal(_("The rule cannot stand like this:"), missing=wrong)
    before = next((row for row in reversed(rows) if row.code == code), None)
    if before is not None and (before.valid_until is None or before.valid_until >= valid_from):
        before.valid_until = valid_from - timedelta(days=1)
        before.save(update_fields=["valid_until"])
    last = max((row.order for row in rows), default=0)
    rule = FormalityRule.objects.create(
        code=code,
        order=before.order if before else last + 10,
        valid_from=valid_from,
        counts_from=valid_from if asks_again else (before.counts_from if before else None),
        title=content.title.strip(),
        text=content.text.strip(),
        due_point=content.due_point,
        level=content.level,
        trigger={name: list(values) for name, values in content.trigger.items()},
        decided_by=content.decided_by,
        certificate=content.certificate,
        law=content.law.strip(),
        source=content.source.strip(),
        checked_on=content.checked_on,
        renewal_months=content.renewal_months,
        anew_after_pause_months=content.anew_after_pause_months,
    )
    _begin_when_it_holds(valid_from, on, at)
    changes = {"code": code, "from": valid_from.isoformat(), "asks_again": asks_again}
    audit.record(name="volunteering.rule.save", subject=rule, actor=actor, at=at, changes=changes)
    return rule


def _new_code(title: str, rows: list[FormalityRule]) -> str:
    wanted = slugify(title.translate({ord("æ"): "ae", ord("ø"): "oe", ord("å"): "aa"}))[:50] or "regel"
    taken = {row.code for row in rows}
    return next(code for number in range(1, len(taken) + 2) if (code := f"{wanted}-{number}") not in taken)


@transaction.atomic
def end_rule(*, rule: FormalityRule, on: date, actor: Capacity, at: datetime) -> FormalityRule:
    """End a rule; ``on`` is its last day. What was noted by it stays."""
    EDIT_RULES.require(actor)
    _lock()
    rule = FormalityRule.objects.get(pk=rule.pk)
    if rule.valid_until is not None:
        raise Refusal(_("This wording has ended already. Reload the page to see how things stand."))
    if on < actor.on:
        raise Refusal(_("Choose today or a later day. What held before is not rewritten."))
    rule.valid_until = max(on, rule.valid_from)
    rule.save(update_fields=["valid_until"])
    changes = {"code": rule.code, "until": rule.valid_until.isoformat()}
    audit.record(name="volunteering.rule.end", subject=rule, actor=actor, at=at, changes=changes)
    return rule


def _begin_when_it_holds(valid_from: date, on: date, at: datetime) -> None:
    """Go over all volunteers now; a rule of a later day is met by that day's own round."""
    if valid_from <= on:
        begin_reevaluation(on=on, at=at)


@transaction.atomic
def save_insurance_line(*, task_type: str, sentence: str, actor: Capacity, at: datetime) -> InsuranceLine:
    """Say in one sentence what covers volunteers with a type of task; without a type, all the others."""
    EDIT_INSURANCE.require(actor)
    if not sentence.strip():
        raise Refusal(_("Write the sentence that the volunteer reads."))
    line, _created = InsuranceLine.objects.update_or_create(
        task_type=task_type, defaults={"sentence": sentence.strip(), "changed_at": at}
    )
    audit.record(name="volunteering.insurance.save", subject=line, actor=actor, at=at)
    return line


@transaction.atomic
def remove_insurance_line(*, line: InsuranceLine, actor: Capacity, at: datetime) -> None:
    """Take a line out of the table; the line for all the others then covers the type."""
    EDIT_INSURANCE.require(actor)
    line = InsuranceLine.objects.select_for_update().get(pk=line.pk)
    audit.record(name="volunteering.insurance.remove", subject=line, actor=actor, at=at)
    line.delete()
