# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The volunteer agreement: made by the workplace, said yes to by the volunteer, in whatever way they like (R56)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from samspil.audit import actions as audit
from samspil.foundation.capacity import Capacity
from samspil.foundation.errors import Refusal
from samspil.foundation.versioning import content_sha256
from samspil.volunteering.actions.engaging import refuse
from samspil.volunteering.actions.formalities import note_said_yes
from samspil.volunteering.guards import missing_at_the_workplace
from samspil.volunteering.models import CommonTerms, Engagement, VolunteerAgreement, Welcome
from samspil.volunteering.models.terms import How
from samspil.volunteering.permissions import EDIT_COMMON_TERMS, LOOK_AFTER, OWN
from samspil.volunteering.states import HERE
from samspil.volunteering.terms import Standing, newest_terms, own_sha256, standing_of, terms_now


def _locked(engagement_id: int) -> Engagement:
    rows = Engagement.objects.select_for_update(of=("self",)).select_related("workplace").prefetch_related("tasks")
    return rows.get(pk=engagement_id)


@transaction.atomic
def make_terms(*, engagement: Engagement, actor: Capacity, on: date, at: datetime) -> VolunteerAgreement:
    """Make the agreement from the workplace's own, for the tasks that the volunteer has chosen; that is the workplace's yes.

    Made again only where what is this volunteer's own has changed: else the one there is answers.
    """
    engagement = _locked(engagement.pk)
    LOOK_AFTER.require(actor, engagement)
    if engagement.state not in HERE:
        raise Refusal(_("The volunteer has stopped here."))
    refuse(missing_at_the_workplace(engagement.workplace, on))
    content = terms_now(engagement)
    if content is None:
        raise Refusal(_("Choose at least one task that stands in the agreement"))
    newest = newest_terms(engagement)
    if newest is not None and newest.own_sha256 == own_sha256(content):
        return newest
    made = VolunteerAgreement.objects.create(
        engagement=engagement,
        number=newest.number + 1 if newest else 1,
        content=content,
        content_sha256=content_sha256(content),
        own_sha256=own_sha256(content),
        made_at=at,
        made_by_id=actor.person,
    )
    audit.record(
        name="volunteering.terms.make",
        subject=engagement,
        actor=actor,
        at=at,
        changes={"number": made.number, "sha256": made.content_sha256},
    )
    return made


@transaction.atomic
def accept_terms(*, terms: VolunteerAgreement, expected_sha256: str, actor: Capacity, on: date, at: datetime) -> None:
    """Say yes on the screen, to the very words that one has read."""
    engagement = _locked(terms.engagement_id)
    OWN.require(actor, engagement)
    found = _to_be_accepted(engagement, terms)
    if found.content_sha256 != expected_sha256:
        raise Refusal(_("The words have changed since you opened the page. Read them again."))
    _say_yes(found, How.SCREEN, on=on, actor=actor, at=at)


@transaction.atomic
def note_acceptance(
    *, terms: VolunteerAgreement, how: How, said_on: date, actor: Capacity, on: date, at: datetime
) -> None:
    """Note that the volunteer said yes on paper or by word of mouth, and on which day; who notes it stands beside it."""
    engagement = _locked(terms.engagement_id)
    LOOK_AFTER.require(actor, engagement)
    found = _to_be_accepted(engagement, terms)
    if how not in {How.PAPER, How.ALOUD}:
        raise Refusal(_("Choose how the volunteer said yes."))
    if said_on > on:
        raise Refusal(_("Write a day that has been."))
    _say_yes(found, how, on=said_on, actor=actor, at=at, noted_by_id=actor.person)


def _to_be_accepted(engagement: Engagement, terms: VolunteerAgreement) -> VolunteerAgreement:
    """Return the newest agreement, if it is the one that is meant and still waits."""
    newest = newest_terms(engagement)
    standing = standing_of(newest, terms_now(engagement))
    if newest is None or newest.pk != terms.pk or standing == Standing.CHANGED:
        raise Refusal(_("The tasks have changed since this agreement was made. Make a new one first."))
    if standing != Standing.WAITS or engagement.state not in HERE:
        raise Refusal(_("It is not waiting for a yes any more."))
    return newest


def _say_yes(
    terms: VolunteerAgreement, how: How, *, on: date, actor: Capacity, at: datetime, noted_by_id: int | None = None
) -> None:
    terms.accepted_how, terms.accepted_on, terms.accepted_at, terms.noted_by_id = how, on, at, noted_by_id
    terms.save(update_fields=["accepted_how", "accepted_on", "accepted_at", "noted_by"])
    note_said_yes(engagement=terms.engagement, how=str(how), decided_on=on, actor=actor, on=actor.on)
    audit.record(
        name="volunteering.terms.accept",
        subject=terms.engagement,
        actor=actor,
        at=at,
        changes={"number": terms.number, "how": str(how), "on": on.isoformat(), "sha256": terms.content_sha256},
    )


@dataclass(frozen=True)
class Shown:
    """On which days a newcomer was shown around; None for what has not been done."""

    first_day_on: date | None = None
    first_month_on: date | None = None
    talk_on: date | None = None


@transaction.atomic
def note_welcome(*, engagement: Engagement, shown: Shown, actor: Capacity, on: date, at: datetime) -> Welcome:
    """Note the days of the first day, the first month and the talk; nothing about what was said (R57, R66)."""
    engagement = _locked(engagement.pk)
    LOOK_AFTER.require(actor, engagement)
    days = [day for day in (shown.first_day_on, shown.first_month_on, shown.talk_on) if day is not None]
    if any(day > on for day in days):
        raise Refusal(_("Write a day that has been."))
    welcome, _created = Welcome.objects.update_or_create(
        engagement=engagement,
        defaults={
            "first_day_on": shown.first_day_on,
            "first_month_on": shown.first_month_on,
            "talk_on": shown.talk_on,
        },
    )
    audit.record(name="volunteering.welcome.note", subject=engagement, actor=actor, at=at, changes={"days": len(days)})
    return welcome


@dataclass(frozen=True)
class SaidToAll:
    """What the municipality says to all its volunteers, and how long it keeps things."""

    confidentiality: str
    forget_after_months: int
    keep_reads_months: int


@transaction.atomic
def set_common_terms(*, said: SaidToAll, actor: Capacity, at: datetime) -> CommonTerms:
    """Keep it; agreements made from now on say so, and who stops from now on is forgotten after these months."""
    EDIT_COMMON_TERMS.require(actor)
    row, _created = CommonTerms.objects.update_or_create(
        defaults={
            "confidentiality": said.confidentiality.strip(),
            "forget_after_months": said.forget_after_months,
            "keep_reads_months": said.keep_reads_months,
            "changed_at": at,
        }
    )
    audit.record(
        name="volunteering.common_terms.set",
        subject=row,
        actor=actor,
        at=at,
        changes={"forget_after_months": said.forget_after_months, "keep_reads_months": said.keep_reads_months},
    )
    return row
