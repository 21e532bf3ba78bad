# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Several bodies in one meeting: recorded once, for all of them."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.foundation.capacity import Capacity
from samspil.foundation.errors import Missing
from samspil.med.actions.dialogues import withdraw_dialogue
from samspil.med.models import Committee, Dialogue, HeldFor, Membership, Side
from samspil.med.papers import Record
from samspil.med.queries import bodies_to_meet_with, members
from samspil.med.queries.bodies import leaders_among
from samspil.med.states import OPEN, State
from samspil.notifications import actions as notifications
from samspil.notifications.kinds import Kind


def together(dialogue: Dialogue, record: Record) -> list[Committee]:
    """Return the other bodies that met, of those that can have; a staff meeting meets with nobody."""
    if dialogue.committee.is_staff_meeting or not record.together_with:
        return []
    return [body for body in bodies_to_meet_with(dialogue.committee) if body.pk in record.together_with]


def speakers_among(
    dialogue: Dialogue, bodies: Sequence[Committee], seats: Sequence[Membership], on: date
) -> list[Membership]:
    """Return those who can speak for the employee side: nobody who leads what any of the bodies speaks for."""
    people = [seat.user_id for seat in seats]
    began_in = [dialogue.origin.committee] if dialogue.origin is not None else []
    leaders = {user for body in (*bodies[1:], *began_in) for user in leaders_among(people, body, on)}
    return [seat for seat in seats if seat.user_id not in leaders]


def missing_together(
    dialogue: Dialogue, others: Iterable[Committee], record: Record, present: Iterable[Membership]
) -> Iterable[Missing]:
    """Say what stands in the way of recording it for the other bodies: both sides of each must have been there."""
    found = list(others)
    if len(found) != len(set(record.together_with)):
        yield Missing(
            "together",
            _("Choose bodies that stand under %(body)s or beside it.") % {"body": dialogue.committee.name},
            "id_together_with_0",
        )
    sides: dict[int, set[str]] = {}
    for seat in present:
        sides.setdefault(seat.committee_id, set()).add(seat.side)
    for body in found:
        if set(Side.values) - sides.get(body.pk, set()):
            yield Missing(
                f"together_{body.pk}",
                _("Tick who took part from %(body)s. Both of its sides must be there.") % {"body": body.name},
                "id_together_with_0",
            )
        if _has_held(dialogue, body):
            yield Missing(
                f"held_{body.pk}",
                _("%(body)s has discussed this edition already. Take away the tick.") % {"body": body.name},
                "id_together_with_0",
            )


def _has_held(dialogue: Dialogue, body: Committee) -> bool:
    if dialogue.framework_id is None:
        return False
    held = Dialogue.objects.filter(framework=dialogue.framework_id, state__in=(State.RECORDED, State.CONCLUDED))
    elsewhere = HeldFor.objects.filter(dialogue__in=held.exclude(pk=dialogue.pk).values("pk"), committee=body)
    return held.filter(committee=body).exists() or elsewhere.exists()


def hold_for(dialogue: Dialogue, others: Sequence[Committee], actor: Capacity, at: datetime) -> None:
    """Note whom it was held for, and tell both of their sides; a paper of their own on the same edition is taken back."""
    HeldFor.objects.filter(dialogue=dialogue).exclude(committee__in=others).delete()
    known = set(HeldFor.objects.filter(dialogue=dialogue).values_list("committee_id", flat=True))
    HeldFor.objects.bulk_create(HeldFor(dialogue=dialogue, committee=body) for body in others if body.pk not in known)
    for body in others:
        if dialogue.framework_id is not None:
            for own in Dialogue.objects.filter(framework=dialogue.framework_id, committee=body, state__in=OPEN):
                withdraw_dialogue(dialogue=own, actor=actor, at=at)
        words = {
            "body": dialogue.committee.name,
            "matter": dialogue.current_paper.title if dialogue.current_paper else "",
        }
        notifications.tell(
            people=[seat.user_id for seat in members(body, at.date()) if seat.user_id != actor.user_id],
            key=f"med.dialogue.{dialogue.pk}.together.{dialogue.revision}",
            kind=Kind.MED,
            title=_("Written down by %(body)s, for you as well: %(matter)s") % words,
            link=reverse("dialogue", args=[dialogue.pk]),
            at=at,
        )
