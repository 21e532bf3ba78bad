# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Note what is in place for a volunteer, and answer what the workplace and the tasks cannot tell (R39)."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from samspil.audit import actions as audit
from samspil.foundation.capacity import Capacity
from samspil.foundation.errors import Refusal
from samspil.people.models import Role
from samspil.volunteering.actions.certificates import want_certificates
from samspil.volunteering.formality_facts import ANSWERED
from samspil.volunteering.formality_items import Item, items_for
from samspil.volunteering.formality_permissions import ORDER_CERTIFICATES
from samspil.volunteering.models import CertificateOrder, Engagement, FactAnswer, Formality, FormalityDate
from samspil.volunteering.models.formalities import SAID_BY_ONESELF, Decider, How, Outcome
from samspil.volunteering.permissions import LOOK_AFTER
from samspil.volunteering.states import HERE


def _locked(engagement: Engagement) -> Engagement:
    found = (
        Engagement.objects.select_for_update(of=("self",))
        .select_related("workplace", "volunteer")
        .prefetch_related("tasks")
        .get(pk=engagement.pk)
    )
    if found.state not in HERE:
        raise Refusal(_("The volunteer has stopped here."))
    return found


def _are_only_closed(engagement: Engagement, codes: set[str], outcome: Outcome) -> bool:
    """Whether these are orders of certificates that nobody asks for any longer, to be taken out of the queue."""
    orders = CertificateOrder.objects.filter(engagement=engagement, code__in=codes)
    return outcome == Outcome.NOT_IN_PLACE and orders.count() == len(codes)


def _check_right(item: Item | None, engagement: Engagement, actor: Capacity) -> None:
    if item is None or item.rule.decided_by == Decider.CERTIFICATE_ORDERER:
        ORDER_CERTIFICATES.require(actor, engagement.workplace)
        return
    LOOK_AFTER.require(actor, engagement)
    if item.rule.decided_by == Decider.LEADER and actor.role != Role.LEADER:
        raise Refusal(_("“%(title)s” is noted by the leader.") % {"title": item.rule.title})


@transaction.atomic
def decide(
    *,
    engagement: Engagement,
    codes: Iterable[str],
    outcome: Outcome,
    how: How,
    decided_on: date,
    actor: Capacity,
    on: date,
    at: datetime,
) -> list[str]:
    """Note that things are in place, or not; several at once, all or none. Return their codes.

    Of a certificate that is not in place nothing is kept: its row and its order are deleted. Raises ``Refusal`` for what
    does not concern the volunteer, for a day that has not come, and for somebody whose word does not count.
    """
    engagement = _locked(engagement)
    is_in_place = outcome == Outcome.IN_PLACE
    items = {item.code: item for item in items_for(engagement, on)}
    chosen = list(dict.fromkeys(codes))
    if not chosen:
        raise Refusal(_("Tick what is in place."))
    stale = set(chosen) - set(items)
    if stale and not _are_only_closed(engagement, stale, outcome):
        raise Refusal(_("This is no longer asked of the volunteer. Reload the page to see how things stand."))
    if decided_on > on:
        raise Refusal(_("Choose today or an earlier day."))
    for code in chosen:
        _check_right(items.get(code), engagement, actor)
    kept = [code for code in chosen if code in items and (is_in_place or not items[code].rule.certificate)]
    Formality.objects.filter(engagement=engagement, code__in=set(chosen) - set(kept)).delete()
    for code in kept:
        noted = {"outcome": outcome, "how": how, "decided_on": decided_on, "decided_by_id": actor.person}
        of_rule = {"rule": items[code].rule, "is_certificate": bool(items[code].rule.certificate)}
        Formality.objects.update_or_create(
            engagement=engagement, code=code, defaults={**noted, **of_rule, "decided_role": actor.role}
        )
    CertificateOrder.objects.filter(engagement=engagement, code__in=chosen).delete()
    if is_in_place:
        FormalityDate.objects.filter(engagement=engagement, code__in=chosen, closed_on=None).update(closed_on=on)
    audit.record(
        name="volunteering.formality.decide" if kept else "volunteering.certificate.close",
        subject=engagement,
        actor=actor,
        at=at,
        changes={"codes": kept, "outcome": outcome, "how": how, "on": decided_on.isoformat()} if kept else {},
    )
    return chosen


def note_said_yes(*, engagement: Engagement, how: str, decided_on: date, actor: Capacity, on: date) -> None:
    """Note what a yes to the volunteer agreement brings in place; the action that took the yes checks and records it."""
    for item in items_for(engagement, on):
        if item.code in SAID_BY_ONESELF and not item.is_in_place:
            said = {"outcome": Outcome.IN_PLACE, "how": how, "decided_on": decided_on, "rule": item.rule}
            Formality.objects.update_or_create(
                engagement=engagement,
                code=item.code,
                defaults={**said, "decided_by_id": actor.person, "decided_role": actor.role},
            )
            FormalityDate.objects.filter(engagement=engagement, code=item.code, closed_on=None).update(closed_on=on)


@transaction.atomic
def answer_facts(
    *, engagement: Engagement, answers: Mapping[str, bool], actor: Capacity, on: date, at: datetime
) -> Engagement:
    """Say what the workplace and the tasks cannot tell; what must be in place follows at once.

    Somebody who is active already is stopped by nothing new today: the next round gives a day, and tells it.
    """
    engagement = _locked(engagement)
    LOOK_AFTER.require(actor, engagement)
    if set(answers) - set(ANSWERED):
        raise Refusal(_("Nobody asks that. Reload the page to see how things stand."))
    for fact, answer in answers.items():
        FactAnswer.objects.update_or_create(
            engagement=engagement,
            fact=fact,
            defaults={"answer": answer, "answered_on": on, "answered_by_id": actor.person},
        )
    want_certificates(engagements=[engagement], on=on, at=at)
    changes = {"answers": dict(answers)}
    audit.record(name="volunteering.facts.answer", subject=engagement, actor=actor, at=at, changes=changes)
    return engagement
