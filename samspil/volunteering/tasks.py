# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Work that the background worker does."""

from django.utils import timezone
from django_tasks import task

from samspil.foundation import tenancy
from samspil.volunteering.actions.reevaluating import reevaluate_some


@task()
def reevaluate(municipality_id: int, reevaluation_id: int) -> None:
    """Go over the next some hundred volunteers of a round; how far it has come stands in its row."""
    with tenancy.scope(municipality_id):
        is_more = reevaluate_some(reevaluation_id=reevaluation_id, on=timezone.localdate(), at=timezone.now())
    if is_more:
        reevaluate.enqueue(municipality_id, reevaluation_id)
