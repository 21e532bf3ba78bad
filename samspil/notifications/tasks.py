# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Work that the background worker does."""

from django_tasks import task

from samspil.notifications.sending import send_what_is_due


@task()
def deliver(municipality_id: int) -> int:
    """Send what is due in a municipality, one turn at a time; return how many were sent.

    It holds no list of its own: what waits stands in ``Delivery``, so a job that is run again tells nobody twice.
    """
    turn = send_what_is_due(municipality_id)
    if turn.is_more:
        deliver.enqueue(municipality_id)
    return turn.sent
