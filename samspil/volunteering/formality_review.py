# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Whom somebody has to look at: what opens on a day, who came for a short time and stayed, and certificates in the queue."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samspil.foundation.capacity import Capacity
from samspil.foundation.months import months_later
from samspil.foundation.prepared import prepared
from samspil.foundation.todo import Todo
from samspil.people.models import STAFF_ROLES, Role
from samspil.volunteering.formality_facts import Facts
from samspil.volunteering.formality_items import REMINDED_AFTER_DAYS, answers_about, facts_for, facts_of
from samspil.volunteering.formality_permissions import visible_orders
from samspil.volunteering.formality_rules import rules_on
from samspil.volunteering.models import CertificateOrder, Engagement, FactAnswer, FormalityDate
from samspil.volunteering.permissions import engagements_seen
from samspil.volunteering.states import HERE, State

_A_WEEK = timedelta(days=7)
_MOST_ASKED = 200


def to_review(capacity: Capacity) -> models.QuerySet[FormalityDate]:
    """Return what opens on a day for the volunteers whom somebody looks after, the nearest day first; one query."""
    return (
        _open_dates(capacity.role, capacity.unit_id, capacity.user_id or 0)
        .select_related("engagement__volunteer", "engagement__contact_person")
        .order_by("stops_on", "engagement__volunteer__name", "pk")
    )


def _open_dates(role: str, unit_id: int | None, user_id: int) -> models.QuerySet[FormalityDate]:
    mine = engagements_seen(role, unit_id, user_id).filter(
        workplace_id=unit_id or 0, state__in=HERE, volunteer__isnull=False
    )
    return FormalityDate.objects.filter(closed_on=None, engagement__in=mine)


@prepared
def _counted(role: Role, unit_id: int | None, user_id: int) -> models.QuerySet[Any, tuple[int, date]]:
    """Return one row, none where nothing is open: for how many volunteers something opens, and when the first does."""
    here = _open_dates(role, unit_id, user_id).order_by().values("engagement__workplace_id")
    counts = here.annotate(number=models.Count("engagement", distinct=True), first=models.Min("stops_on"))
    return counts.values_list("number", "first")


def titles_on(day: date) -> dict[str, str]:
    """Return what the rules of the day are called, by code."""
    return {rule.code: rule.title for rule in rules_on(day)}


def asked_whether_lasting(capacity: Capacity, on: date) -> list[Engagement]:
    """Return those who came to children for a short time and may have stayed; asked of whoever looks after them.

    Once after a week and once after three months; no attendance is counted.
    """
    some = _came_for_a_short_time(Role(capacity.role), capacity.unit_id, capacity.user_id or 0, on - _A_WEEK)
    if not some:
        return []
    models.prefetch_related_objects(some, "tasks")
    facts = facts_of(some, on)
    return [one for one in some if _is_asked(one, facts[one.pk], getattr(one, "answered_on", None), on)]


@prepared
def _came_for_a_short_time(role: Role, unit_id: int | None, user_id: int, until: date) -> models.QuerySet[Engagement]:
    answered = FactAnswer.objects.filter(engagement=models.OuterRef("pk"), fact="is_lasting")
    return (
        engagements_seen(role, unit_id, user_id)
        .filter(workplace_id=unit_id or 0, state=State.ACTIVE, is_lasting=False, started_on__lte=until)
        .annotate(answered_on=models.Subquery(answered.values("answered_on")[:1]))
        .select_related("volunteer", "workplace")
        .order_by("started_on", "pk")[:_MOST_ASKED]
    )


def is_asked_whether_lasting(engagement: Engagement, on: date) -> bool:
    """Whether it is asked about this one today."""
    if engagement.state != State.ACTIVE or engagement.is_lasting:
        return False
    row = next((row for row in answers_about(engagement) if row.fact == "is_lasting"), None)
    return _is_asked(engagement, facts_for(engagement, on), row.answered_on if row else None, on)


def _is_asked(engagement: Engagement, facts: Facts, answered_on: date | None, on: date) -> bool:
    if engagement.started_on is None or facts.is_lasting or not facts.children_under_15:
        return False
    days = (engagement.started_on + _A_WEEK, months_later(engagement.started_on, 3))
    return any(day <= on and (answered_on is None or answered_on < day) for day in days)


class Stage(models.TextChoices):
    """How far a certificate has come in the queue. Derived."""

    TO_ORDER = "to_order", gettext_lazy("To be ordered")
    NO_CONSENT = "no_consent", gettext_lazy("No consent in time: order again")
    TO_REMIND = "to_remind", gettext_lazy("Remind of the consent")
    WAITS_FOR_CONSENT = "waits_for_consent", gettext_lazy("Waits for consent")
    WAITS_FOR_ANSWER = "waits_for_answer", gettext_lazy("Waits for the answer")


def stage_of(order: CertificateOrder, on: date) -> Stage:
    """Return how far an order has come on the day."""
    if order.ordered_on is None or order.consent_until is None:
        return Stage.TO_ORDER
    if order.consented_on is not None:
        return Stage.WAITS_FOR_ANSWER
    if on > order.consent_until:
        return Stage.NO_CONSENT
    is_reminded = on >= order.ordered_on + timedelta(days=REMINDED_AFTER_DAYS)
    return Stage.TO_REMIND if is_reminded else Stage.WAITS_FOR_CONSENT


def in_stage(stage: Stage, on: date) -> models.Q:
    """Return the condition of one stage, so that the database finds its orders."""
    waits = models.Q(ordered_on__isnull=False, consented_on=None)
    reminded = on - timedelta(days=REMINDED_AFTER_DAYS)
    return {
        Stage.TO_ORDER: models.Q(ordered_on=None),
        Stage.NO_CONSENT: waits & models.Q(consent_until__lt=on),
        Stage.TO_REMIND: waits & models.Q(consent_until__gte=on, ordered_on__lte=reminded),
        Stage.WAITS_FOR_CONSENT: waits & models.Q(consent_until__gte=on, ordered_on__gt=reminded),
        Stage.WAITS_FOR_ANSWER: models.Q(consented_on__isnull=False),
    }[stage]


@dataclass(frozen=True)
class Queue:
    """One stage of the queue: what it is called, whom it is about, and what can be done."""

    stage: Stage
    count: int


def queues(capacity: Capacity, on: date) -> list[Queue]:
    """Return how many certificates are in which stage, counted by the database."""
    counts = visible_orders(capacity).aggregate(
        **{stage.value: models.Count("pk", filter=in_stage(stage, on)) for stage in Stage}
    )
    return [Queue(stage, counts[stage.value]) for stage in Stage]


def todo_about_formalities(capacity: Capacity) -> Iterable[Todo]:
    """Yield what the formalities give somebody to do now."""
    if capacity.role == Role.CERTIFICATE_ORDERER:
        yield from _todo_of_orderers(capacity)
    elif capacity.role in STAFF_ROLES and capacity.unit_id is not None:
        yield from _todo_of_staff(capacity)


def _todo_of_orderers(capacity: Capacity) -> Iterable[Todo]:
    count = {queue.stage: queue.count for queue in queues(capacity, capacity.on)}
    about: list[tuple[Stage, Any]] = [
        (Stage.TO_ORDER, _("Certificates to be ordered: %(number)d")),
        (Stage.NO_CONSENT, _("Certificates without consent in time: %(number)d")),
        (Stage.TO_REMIND, _("Volunteers to remind of their consent: %(number)d")),
    ]
    for stage, title in about:
        if count[stage]:
            yield Todo(
                key=f"volunteering.certificates.{stage.value}",
                title=title % {"number": count[stage]},
                detail=_("Nobody begins with children before it is in place."),
                url=f"{reverse('certificates')}?trin={stage.value}",
                label=_("See who"),
            )


def _todo_of_staff(capacity: Capacity) -> Iterable[Todo]:
    counted = _counted(Role(capacity.role), capacity.unit_id, capacity.user_id or 0)
    number, first = next(iter(counted), (0, None))
    asked = asked_whether_lasting(capacity, capacity.on)
    if number:
        yield Todo(
            key="volunteering.formalities",
            title=ngettext(
                "Something must be in place for a volunteer",
                "Something must be in place for %(number)d volunteers",
                number,
            )
            % {"number": number},
            detail=_("Otherwise they go on a break on the day."),
            url=reverse("formalities_to_review"),
            label=_("See what"),
            due=first,
        )
    if asked:
        yield Todo(
            key="volunteering.lasting",
            title=_("Do some of them go on coming to the children?"),
            detail=_("They came for a short time. If they go on, a child certificate is asked for."),
            url=reverse("formalities_to_review"),
            label=_("Answer"),
        )
