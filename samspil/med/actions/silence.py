# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What the clock brings about a record that the employee side has not answered in 10 working days (R43).

Silence itself is no row: it follows from the day. Telling people of it is, so that a job that is run again goes on
where it stopped and tells nobody twice.
"""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.audit import actions as audit
from samspil.foundation.capacity import Capacity
from samspil.med.actions.concerned import matter_of, tell_concerned
from samspil.med.actions.dialogues import lock
from samspil.med.models import Confirmation, Dialogue
from samspil.med.queries import is_late, leads_concerned, silent
from samspil.med.states import State
from samspil.notifications import actions as notifications
from samspil.notifications.kinds import Kind
from samspil.people.queries import administrators


def tell_of_silence(*, actor: Capacity, on: date, at: datetime) -> int:
    """Tell of every record that was met with silence, each in a transaction of its own; return how many."""
    found = silent(on).filter(silence_told_at=None).order_by("pk").values_list("pk", "dialogue_id")
    return sum(_tell_of(pk, dialogue_id, actor=actor, on=on, at=at) for pk, dialogue_id in list(found))


@transaction.atomic
def _tell_of(pk: int, dialogue_id: int, *, actor: Capacity, on: date, at: datetime) -> bool:
    """Say that it counts, where the minutes lie elsewhere; else ask the secretariat to settle it."""
    dialogue = lock(Dialogue(pk=dialogue_id))
    asked = Confirmation.objects.select_for_update().get(pk=pk)
    if dialogue.state != State.RECORDED or not is_late(asked, on) or asked.silence_told_at is not None:
        return False
    asked.silence_told_at = at
    asked.save(update_fields=["silence_told_at"])
    words = {"matter": matter_of(dialogue)}
    key = f"med.confirmation.{asked.pk}.silence"
    if asked.how == Confirmation.How.MINUTES:
        title = _("Discussed, nobody objected to the minutes: %(matter)s") % words
        tell_concerned(dialogue, key=key, title=title, at=at, on=on)
    else:
        settlers = [role.user_id for role in administrators(on) if not leads_concerned(role.user_id, dialogue, on)]
        notifications.tell(
            people=settlers,
            key=f"{key}.settle",
            kind=Kind.ACT,
            title=_("Unanswered for 10 working days, for you to settle: %(matter)s") % words,
            link=reverse("dialogue", args=[dialogue.pk]),
            at=at,
        )
        title = _("Not answered in time, the HR/MED secretariat is asked to settle it: %(matter)s") % words
        tell_concerned(dialogue, key=key, title=title, at=at, on=on, but=settlers)
    audit.record(name="med.confirmation.silence", subject=asked, actor=actor, at=at, changes={"how": str(asked.how)})
    return True
