# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""E-mail to people without a login: a neutral mail with a link, once for each matter."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from django.db import transaction

from samspil.foundation.tenancy import current_municipality_id
from samspil.notifications.actions.mailing import WAITS
from samspil.notifications.mail import mail_opens
from samspil.notifications.models import Delivery, OutsideMail
from samspil.notifications.queries import mail_switch

Outcome = Delivery.Outcome
BATCH = 1000


@transaction.atomic
def mail_outside(*, letters: Mapping[str, tuple[str, str]], at: datetime) -> bool:
    """Plan an e-mail for each matter: its key leads to an address and a path of ours.

    Returns whether any is sent: none while the municipality sends no e-mail.
    """
    if not letters or not mail_switch().is_on:
        return False
    due_at = mail_opens(at)
    rows = [
        OutsideMail(about=about, address=address, link=link, due_at=due_at)
        for about, (address, link) in letters.items()
    ]
    OutsideMail.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    if due_at <= at:
        from samspil.notifications.tasks import deliver  # noqa: PLC0415 - tasks import actions

        transaction.on_commit(partial(deliver.enqueue, current_municipality_id()))
    return True


@transaction.atomic
def claim_outside(*, mail_id: int, at: datetime) -> OutsideMail | None:
    """Take an e-mail for sending: it is due again later, should whoever sends it fall; None where another has it."""
    mail = OutsideMail.objects.select_for_update().filter(pk=mail_id, outcome="", due_at__lte=at).first()
    if mail is None:
        return None
    mail.attempt += 1
    mail.due_at = at + WAITS[min(mail.attempt, len(WAITS)) - 1]
    mail.save(update_fields=["attempt", "due_at"])
    return mail


@transaction.atomic
def end_outside(*, mail: OutsideMail, outcome: Delivery.Outcome, error: str, at: datetime) -> Delivery.Outcome:
    """Note how it went; what could not be taken just now waits, and is given up after the last wait."""
    if outcome == Outcome.POSTPONED and mail.attempt <= len(WAITS):
        OutsideMail.objects.filter(pk=mail.pk).update(error=error[:60])
        return outcome
    ended = Outcome.GIVEN_UP if outcome == Outcome.POSTPONED else outcome
    OutsideMail.objects.filter(pk=mail.pk, outcome="").update(
        outcome=ended, error=error[:60], ended_at=at, address="", link=""
    )
    return ended
