# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The register of policies: entered, corrected, ended. No edition of the framework is touched by it (R7)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils.translation import gettext as _

from samspil.audit import actions as audit
from samspil.foundation.capacity import Capacity
from samspil.foundation.errors import Refusal, StaleRevisionError
from samspil.foundation.text import clean_text
from samspil.frameworks.actions.drafts import DateRefusal
from samspil.frameworks.models import Policy
from samspil.frameworks.permissions import EDIT_POLICIES
from samspil.municipalities.models import Sector

WEB_ADDRESS = URLValidator(schemes=["http", "https"])
LONGEST_ADDRESS = 500


@dataclass(frozen=True)
class PolicyFacts:
    """What is said about a policy; ``sectors`` only of a sector policy."""

    level: str
    title: str
    owner_body: str
    approved_on: date
    valid_from: date
    link: str = ""
    sectors: tuple[str, ...] = ()


def _line(value: str, limit: int) -> str:
    return " ".join(clean_text(value).split())[:limit].rstrip()


def _web_address(link: str) -> str:
    scheme, separator, rest = clean_text(link).partition("://")
    address = f"{scheme.lower()}{separator}{rest}"
    try:
        if address:
            WEB_ADDRESS(address)
    except ValidationError as error:
        raise Refusal(_("Write the whole address of the policy, beginning with https://.")) from error
    if len(address) > LONGEST_ADDRESS:
        raise Refusal(_("The address of the policy is too long. Link to the page that leads to it."))
    return address


def _write(policy: Policy, facts: PolicyFacts, on: date) -> Policy:
    title, owner_body = _line(facts.title, 200), _line(facts.owner_body, 120)
    if facts.level not in Policy.Level.values:
        raise Refusal(_("Choose what kind of policy it is."))
    if not title:
        raise Refusal(_("Write what the policy is called."))
    if not owner_body:
        raise Refusal(_("Write who approved the policy."))
    if facts.approved_on > on:
        raise DateRefusal(
            _("A policy stands here when it has been approved. Choose today or an earlier day."), field="approved_on"
        )
    if policy.valid_until is not None and facts.valid_from > policy.valid_until:
        raise DateRefusal(_("The policy has ended before that day. Choose an earlier day."), field="valid_from")
    known = [sector.value for sector in Sector if sector != Sector.OTHER and sector.value in facts.sectors]
    if (facts.level == Policy.Level.SECTOR) != bool(known) or len(known) != len(set(facts.sectors)):
        raise Refusal(_("A sector policy is for one or more sectors, and the other policies are for everybody."))
    policy.level, policy.title, policy.owner_body, policy.link = (
        facts.level,
        title,
        owner_body,
        _web_address(facts.link),
    )
    policy.approved_on, policy.valid_from, policy.sectors = facts.approved_on, facts.valid_from, known
    policy.save()
    return policy


def _locked(policy: Policy, expected_revision: int, actor: Capacity) -> Policy:
    EDIT_POLICIES.require(actor, policy)
    locked: Policy = Policy.objects.select_for_update().get(pk=policy.pk)
    if locked.revision != expected_revision:
        raise StaleRevisionError(
            _("Somebody has changed the policy since you opened the page. See how it stands now, and try again."), ()
        )
    locked.revision += 1
    return locked


def _dates(policy: Policy) -> dict[str, object]:
    return {
        "level": policy.level,
        "sectors": list(policy.sectors),
        "approved_on": policy.approved_on.isoformat(),
        "valid_from": policy.valid_from.isoformat(),
    }


@transaction.atomic
def add_policy(*, facts: PolicyFacts, actor: Capacity, at: datetime, on: date) -> Policy:
    """Enter a policy; it holds from its own date, also one to come."""
    EDIT_POLICIES.require(actor, None)
    policy = _write(Policy(), facts, on)
    audit.record(name="frameworks.policy.add", subject=policy, actor=actor, at=at, changes=_dates(policy))
    return policy


@transaction.atomic
def edit_policy(
    *, policy: Policy, facts: PolicyFacts, expected_revision: int, actor: Capacity, at: datetime, on: date
) -> Policy:
    """Correct what is said about a policy."""
    edited = _write(_locked(policy, expected_revision, actor), facts, on)
    audit.record(name="frameworks.policy.edit", subject=edited, actor=actor, at=at, changes=_dates(edited))
    return edited


@transaction.atomic
def end_policy(
    *, policy: Policy, last_day: date, expected_revision: int, actor: Capacity, at: datetime, on: date
) -> Policy:
    """Say which day is the policy's last; it stays in the register."""
    ended = _locked(policy, expected_revision, actor)
    if ended.valid_until is not None and ended.valid_until < on:
        raise Refusal(_("The policy has ended already."))
    if last_day < ended.valid_from:
        raise DateRefusal(_("The policy cannot end before the day it began. Choose a later day."), field="last_day")
    ended.valid_until = last_day
    ended.save(update_fields=["valid_until", "revision"])
    audit.record(
        name="frameworks.policy.end",
        subject=ended,
        actor=actor,
        at=at,
        changes={"valid_until": last_day.isoformat()},
    )
    return ended
