# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Secret addresses by which somebody's own calendar reads the dates of their bodies."""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from samspil.audit import actions as audit
from samspil.foundation.capacity import Capacity
from samspil.foundation.errors import Refusal
from samspil.med.body_models import CalendarFeed
from samspil.med.models import Committee
from samspil.med.queries import follows, hash_of


@transaction.atomic
def make_feed(*, committee: Committee | None, actor: Capacity, at: datetime) -> str:
    """Make an address of one's own and return its token, which is stored nowhere; an earlier one dies.

    Without a body it shows all that the person sits in, whichever these are when it is read.
    """
    if committee is not None and not follows(actor.user_id, committee, actor.on):
        raise Refusal(_("Only those who sit in the body or lead what it covers can follow its calendar."))
    token = secrets.token_urlsafe(32)
    feed, is_new = CalendarFeed.objects.select_for_update().update_or_create(
        user_id=actor.person,
        committee=committee,
        defaults={"token_sha256": hash_of(token), "made_at": at, "revoked_at": None},
    )
    audit.record(name="med.calendar.make", subject=feed, actor=actor, at=at, changes={"instead_of_another": not is_new})
    return token


@transaction.atomic
def revoke_feed(*, feed: CalendarFeed, actor: Capacity, at: datetime) -> CalendarFeed:
    """Close an address of one's own: who reads it after this finds nothing."""
    feed = CalendarFeed.objects.select_for_update().get(pk=feed.pk)
    if feed.user_id != actor.user_id:
        raise Refusal(_("This address belongs to somebody else."))
    if feed.revoked_at is None:
        feed.revoked_at = at
        feed.save(update_fields=["revoked_at"])
        audit.record(name="med.calendar.revoke", subject=feed, actor=actor, at=at)
    return feed
