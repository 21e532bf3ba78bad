# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Who wants e-mail about what, and whether the municipality sends any."""

from collections.abc import Mapping
from datetime import datetime

from django.db import models, transaction
from django.utils.translation import gettext as _

from samspil.foundation.errors import Refusal
from samspil.notifications.kinds import CHOSEN_BY_THE_READER, How, Kind
from samspil.notifications.models import Delivery, MailSwitch, Message, Preference


@transaction.atomic
def choose_mail(*, user_id: int, choices: Mapping[Kind, How], at: datetime) -> None:
    """Keep how somebody wants to hear of each kind; a no counts for the e-mail that still waits, too.

    Raises ``Refusal`` for a kind that somebody must act on: only what is chosen by the reader can be chosen.
    """
    if not set(choices) <= set(CHOSEN_BY_THE_READER):
        raise Refusal(_("You are always mailed about what you are asked to answer or put right."))
    for kind, how in choices.items():
        Preference.objects.update_or_create(user_id=user_id, kind=kind, defaults={"how": how})
    unwanted = [kind for kind, how in choices.items() if how == How.NEVER]
    _call_off(Message.objects.filter(recipient=user_id, kind__in=unwanted), at)


@transaction.atomic
def switch_mail_on(*, at: datetime) -> bool:
    """Send e-mail about what is told from now on, and never about what was told before; say if it was off."""
    return bool(MailSwitch.objects.filter(on_since=None).update(on_since=at))


@transaction.atomic
def switch_mail_off(*, at: datetime) -> bool:
    """Send no e-mail about messages any more, nor what waits; say if it was on. Codes to log in still go."""
    switch, is_new = MailSwitch.objects.get_or_create()
    if not is_new and switch.on_since is None:
        return False
    switch.on_since = None
    switch.save(update_fields=["on_since"])
    _call_off(Message.objects.all(), at)
    Delivery.objects.filter(message=None, outcome="", claimed_at=None).update(
        outcome=Delivery.Outcome.CALLED_OFF, ended_at=at
    )
    return True


def _call_off(messages: models.QuerySet[Message], at: datetime) -> None:
    waiting = Delivery.objects.filter(message__in=messages, outcome="", claimed_at=None)
    waiting.update(outcome=Delivery.Outcome.CALLED_OFF, ended_at=at)
    messages.filter(how=How.WEEKLY, emailed_at=None).update(how=How.NEVER)
