# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What somebody has to do about dialogues now."""

from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.foundation.capacity import Capacity
from samspil.foundation.prepared import prepared
from samspil.foundation.templatetags.samspil import danish_date
from samspil.foundation.todo import Todo
from samspil.med.models import Confirmation, CoveredByCommittee, Dialogue, Side
from samspil.med.queries.bodies import ids_reached, own_seats
from samspil.med.queries.dialogues import (
    current_confirmation,
    deferred_text,
    for_list,
    may_answer,
    read_for_speaking,
)
from samspil.med.queries.framework_dialogues import framework_todo
from samspil.med.queries.meetings import minutes_todo
from samspil.med.queries.wheel import wheel_todo
from samspil.med.states import OPEN, State
from samspil.municipalities.queries import still_open
from samspil.people.models import STAFF_ROLES, Role


def todo_for(capacity: Capacity) -> list[Todo]:
    """Return what waits for this person: to confirm, to put right, to discuss, or (the secretariat) to settle."""
    if capacity.role == Role.ADMINISTRATOR:
        return [_to_settle(dialogue) for dialogue in _unsettled(capacity.on)]
    if capacity.role not in STAFF_ROLES or capacity.user_id is None:
        return []
    seats = {(seat.committee_id, seat.side) for seat in own_seats(capacity.user_id, capacity.on)}
    bodies = {committee for committee, _side in seats}
    sat_in = tuple(sorted(bodies))
    if capacity.role == Role.LEADER:
        bodies |= ids_reached(capacity)
    found = []
    for dialogue in read_for_speaking(_open_in(tuple(sorted(bodies)), capacity.on)):
        confirmation = current_confirmation(dialogue)
        if dialogue.state != State.RECORDED:
            found.append(_to_discuss(dialogue, capacity.on))
        elif confirmation is None:
            continue
        elif confirmation.answer == Confirmation.Answer.ASKED and (dialogue.committee_id, Side.EMPLOYEES) in seats:
            if may_answer(dialogue, capacity.user_id, capacity.on):
                found.append(_to_confirm(dialogue, confirmation))
        elif confirmation.answer == Confirmation.Answer.REFUSED and capacity.role == Role.LEADER:
            found.append(_to_put_right(dialogue))
    return [*found, *minutes_todo(capacity, sat_in), *framework_todo(capacity), *wheel_todo(sat_in, capacity.on)]


def at_open_workplaces(on: date) -> Q:
    """Return the condition that a dialogue's workplace, or some unit of its body, is not closed on the day."""
    of_workplace = Q(workplace=None) | still_open(on, "workplace__")
    bodies = CoveredByCommittee.objects.filter(still_open(on, "unit__")).values("committee")
    return of_workplace & Q(committee__in=bodies)


def silent(on: date) -> QuerySet[Confirmation]:
    """Return the questions to the employee side that nobody has answered in time, where something is still open."""
    dialogues = Dialogue.objects.filter(at_open_workplaces(on), state=State.RECORDED)
    late = Confirmation.objects.filter(answer=Confirmation.Answer.ASKED, due_on__lt=on)
    return late.filter(dialogue__in=dialogues.values("pk"))


@prepared
def _open_in(bodies: tuple[int, ...], on: date) -> QuerySet[Dialogue]:
    waiting = Dialogue.objects.filter(at_open_workplaces(on), committee__in=bodies, state__in=OPEN)
    return for_list(waiting).order_by("opened_at")


@prepared
def _unsettled(on: date) -> QuerySet[Dialogue]:
    refused = Q(confirmations__answer=Confirmation.Answer.REFUSED)
    late = Q(confirmations__in=silent(on).filter(how=Confirmation.How.LOGIN).values("pk"))
    unsettled = Dialogue.objects.filter(refused | late, at_open_workplaces(on), state=State.RECORDED).values("pk")
    return for_list(Dialogue.objects.filter(pk__in=unsettled)).order_by("opened_at")


def _title(dialogue: Dialogue) -> str:
    return dialogue.current_paper.title if dialogue.current_paper else ""


def _to_settle(dialogue: Dialogue) -> Todo:
    return Todo(
        key=f"med.settle.{dialogue.pk}",
        title=_("Settle: %(matter)s") % {"matter": _title(dialogue)},
        detail=_("The employee side of %(body)s has not confirmed what was said.") % {"body": dialogue.committee.name},
        url=reverse("settle_dialogue", args=[dialogue.pk]),
        label=_("Settle it"),
    )


def _to_discuss(dialogue: Dialogue, on: date) -> Todo:
    if dialogue.state == State.DEFERRED:
        return _put_off(dialogue, on)
    return Todo(
        key=f"med.discuss.{dialogue.pk}",
        title=_("To be discussed: %(matter)s") % {"matter": _title(dialogue)},
        detail=_("In %(body)s. Sent on %(day)s.")
        % {"body": dialogue.committee.name, "day": danish_date(dialogue.opened_at)},
        url=reverse("dialogue", args=[dialogue.pk]),
        label=_("See the paper"),
    )


def _put_off(dialogue: Dialogue, on: date) -> Todo:
    """Say that it still waits; quietly until the day that was chosen."""
    return Todo(
        key=f"med.put_off.{dialogue.pk}",
        title=_("Put off: %(matter)s") % {"matter": _title(dialogue)},
        detail=deferred_text(dialogue),
        url=reverse("dialogue", args=[dialogue.pk]),
        label=_("See the paper"),
        due=dialogue.deferred_until,
        is_quiet=dialogue.deferred_until is not None and dialogue.deferred_until > on,
    )


def _to_confirm(dialogue: Dialogue, confirmation: Confirmation) -> Todo:
    return Todo(
        key=f"med.confirm.{confirmation.pk}",
        title=_("Confirm what was said: %(matter)s") % {"matter": _title(dialogue)},
        detail=_("By %(day)s. You say what was said, not that you agree.") % {"day": danish_date(confirmation.due_on)},
        url=reverse("confirm_dialogue", args=[dialogue.pk]),
        label=_("Read and answer"),
        due=confirmation.due_on,
    )


def _to_put_right(dialogue: Dialogue) -> Todo:
    return Todo(
        key=f"med.put_right.{dialogue.pk}",
        title=_("Put the record right: %(matter)s") % {"matter": _title(dialogue)},
        detail=_("The employee side of %(body)s says that this is not what was said.")
        % {"body": dialogue.committee.name},
        url=reverse("dialogue", args=[dialogue.pk]),
        label=_("See why"),
    )
