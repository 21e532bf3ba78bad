# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Writing down what was said at the table."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.audit import actions as audit
from samspil.foundation.capacity import Capacity
from samspil.foundation.errors import Missing, Refusal
from samspil.foundation.states import check_transition
from samspil.med.actions.concerned import tell_concerned
from samspil.med.actions.dialogues import LABELS, lock, refuse_if_relied_upon, void_confirmations
from samspil.med.actions.together import hold_for, missing_together, speakers_among, together
from samspil.med.models import (
    Committee,
    Confirmation,
    Dialogue,
    Form,
    Function,
    Membership,
    Participant,
    Position,
    Side,
    StandingAnswer,
)
from samspil.med.papers import CONFIRM_BY_LOGIN, CONFIRM_BY_MINUTES, Record, whole_sha256
from samspil.med.permissions import RECORD
from samspil.med.queries import (
    allowed_forms,
    counts,
    current_confirmation,
    employee_side,
    seats_in,
    spokespersons,
)
from samspil.med.states import MAY_FOLLOW, State
from samspil.municipalities.queries import working_days_later
from samspil.notifications import actions as notifications
from samspil.notifications.kinds import Kind

DAYS_TO_ANSWER = 10


@transaction.atomic
def record(
    *, dialogue: Dialogue, record: Record, expected_sha256: str, actor: Capacity, at: datetime, on: date
) -> Dialogue:
    """Write down what was said, and ask the employee side to confirm it.

    Can be done again until they have: the question before is void then. Refused with everything
    that is missing, each with the id of its field.
    """
    locked = lock(dialogue)
    RECORD.require(actor, locked)
    refuse_if_relied_upon(locked)
    paper = locked.current_paper
    if paper is None or whole_sha256(paper.sha256, paper.body) != expected_sha256:
        raise Refusal(
            _(
                "The text has been presented again since you opened the page. Read the new one, and write down what was said of that."
            )
        )
    confirmation = current_confirmation(locked)
    if confirmation is not None and counts(confirmation, on):
        raise Refusal(
            _(
                "The employee side has confirmed what was said. Take the discussion up again, with a reason, to change it."
            )
        )
    check_transition(MAY_FOLLOW, locked.state, State.RECORDED, LABELS)
    bodies = [locked.committee, *together(locked, record)]
    present = _present(bodies, record)
    side = spokespersons if record.confirm_by == CONFIRM_BY_MINUTES else employee_side
    asked = speakers_among(locked, bodies, side(locked.committee, on), on)
    missing = [
        *_missing_facts(locked, record, on),
        *_missing_people(locked, record, present),
        *missing_together(locked, bodies[1:], record, present),
        *_missing_words(record),
    ]
    if not asked:
        missing.append(Missing("employee_side", _nobody_to_ask(locked), "id_confirm_by_0"))
    if missing:
        raise Refusal(_("Something is missing before it can be written down."), missing=missing)
    _write(locked, record, present, actor, at)
    hold_for(locked, bodies[1:], actor, at)
    void_confirmations(locked)
    confirmation = Confirmation.objects.create(
        dialogue=locked,
        sha256=paper.sha256,
        how=Confirmation.How.MINUTES if record.confirm_by == CONFIRM_BY_MINUTES else Confirmation.How.LOGIN,
        asked_at=at,
        due_on=working_days_later(on, DAYS_TO_ANSWER),
    )
    audit.record(
        name="med.dialogue.record",
        subject=locked,
        actor=actor,
        at=at,
        changes={
            "held_on": record.held_on.isoformat(),
            "form": str(record.form),
            "sha256": paper.sha256,
            "positions": {str(side): str(said.stand) for side, said in record.positions.items()},
            "how": str(confirmation.how),
            "due_on": confirmation.due_on.isoformat(),
            "together_with": [body.pk for body in bodies[1:]],
        },
    )
    people = [seat.user_id for seat in asked]
    _ask(confirmation, people, paper.title, at)
    title = _("Written down, waits for the employee side: %(matter)s") % {"matter": paper.title}
    key = f"med.confirmation.{confirmation.pk}.recorded"
    tell_concerned(locked, key=key, title=title, at=at, on=on, but=(actor.user_id, *people))
    return locked


def _present(bodies: list[Committee], record: Record) -> list[Membership]:
    """Return the seats on the day of everybody ticked: whoever has two functions was there in both."""
    seats = seats_in(bodies, record.held_on)
    ticked = {
        (user, side)
        for user, side in Membership.objects.filter(committee__in=bodies, pk__in=record.participants).values_list(
            "user_id", "side"
        )
    }
    return [seat for seat in seats if (seat.user_id, seat.side) in ticked]


def _missing_facts(dialogue: Dialogue, record: Record, on: date) -> Iterable[Missing]:
    if record.held_on > on:
        yield Missing("date", _("Choose a day that has been: a discussion is written down afterwards."), "id_held_on")
    if record.form not in allowed_forms(dialogue.committee, dialogue.occasion, record.held_on):
        yield Missing("form", _("Choose a form that counted on that day."), "id_form_0")
    if record.confirm_by not in {CONFIRM_BY_LOGIN, CONFIRM_BY_MINUTES}:
        yield Missing("confirm_by", _("Choose how the employee side confirms."), "id_confirm_by_0")
    if record.confirm_by == CONFIRM_BY_MINUTES and not record.minutes_reference.strip():
        yield Missing("minutes", _("Write where the approved minutes lie."), "id_minutes_reference")


def _missing_people(dialogue: Dialogue, record: Record, present: list[Membership]) -> Iterable[Missing]:
    if dialogue.committee.is_staff_meeting:
        if not record.management_count or not record.management_name.strip():
            yield Missing(
                "present_management",
                _("Write how many took part for the management side, and one name."),
                "id_management_count",
            )
        if not record.employee_count or not record.employee_name.strip():
            yield Missing(
                "present_employees", _("Write how many employees took part, and one name."), "id_employee_count"
            )
        return
    known = Membership.objects.filter(committee=dialogue.committee_id, pk__in=record.participants).select_related(
        "user"
    )
    there = {(seat.user_id, seat.side) for seat in present}
    for seat in known:
        if (seat.user_id, seat.side) not in there:
            yield Missing(
                "participants",
                _("%(name)s was no member on the day you chose. Choose another day, or take away the tick.")
                % {"name": seat.user.name},
                f"id_participants_{seat.side}_0",
            )
    sides = {seat.side for seat in present if seat.committee_id == dialogue.committee_id}
    if Side.MANAGEMENT not in sides:
        yield Missing(
            "present_management",
            _("Tick who took part for the management side. Both sides must be there."),
            "id_participants_management_0",
        )
    if Side.EMPLOYEES not in sides:
        yield Missing(
            "present_employees",
            _("Tick who took part for the employee side. Both sides must be there."),
            "id_participants_employees_0",
        )


def _missing_words(record: Record) -> Iterable[Missing]:
    for side in Side:
        said = record.positions.get(side)
        if said is None or said.stand not in Position.Stand.values:
            yield Missing(f"position_{side}", _no_stand(side), f"id_{side}_stand_0")
        elif said.stand != Position.Stand.AGREE and not said.words.strip():
            yield Missing(f"words_{side}", _no_words(side), f"id_{side}_words")


def _no_stand(side: Side) -> str:
    if side == Side.MANAGEMENT:
        return _("Choose what the management side said.")
    return _("Choose what the employee side said.")


def _no_words(side: Side) -> str:
    if side == Side.MANAGEMENT:
        return _("Write the management side's remarks, in their own words.")
    return _("Write the employee side's remarks, in their own words.")


def _nobody_to_ask(dialogue: Dialogue) -> str:
    if dialogue.committee.is_staff_meeting:
        return _("Write on the body whom the staff have elected as their contact: nobody can confirm for them now.")
    return _("Put somebody on the employee side of the body: nobody can confirm for them now.")


def _write(dialogue: Dialogue, record: Record, present: list[Membership], actor: Capacity, at: datetime) -> None:
    paper = dialogue.current_paper
    sha256 = paper.sha256 if paper else ""
    Participant.objects.filter(dialogue=dialogue).delete()
    if dialogue.committee.is_staff_meeting:
        dialogue.management_count, dialogue.employee_count = record.management_count, record.employee_count
        Participant.objects.create(dialogue=dialogue, name=record.management_name, side=Side.MANAGEMENT)
        Participant.objects.create(dialogue=dialogue, name=record.employee_name, side=Side.EMPLOYEES)
    else:
        # A staff meeting of a workplace that has a committee is counted, too, where somebody counted.
        counted = record.form == Form.STAFF_MEETING
        dialogue.management_count = record.management_count if counted else None
        dialogue.employee_count = record.employee_count if counted else None
        Participant.objects.bulk_create(
            Participant(
                dialogue=dialogue,
                user_id=seat.user_id,
                name=seat.user.name,
                function=Function(seat.function),
                side=seat.side,
            )
            for seat in present
        )
    for side in Side:
        said = record.positions[side]
        Position.objects.update_or_create(
            dialogue=dialogue, side=side, defaults={"stand": said.stand, "words": said.words, "sha256": sha256}
        )
    StandingAnswer.objects.filter(dialogue=dialogue).delete()
    StandingAnswer.objects.bulk_create(
        StandingAnswer(dialogue=dialogue, lineage=lineage, question=question[:300], answer=answer)
        for lineage, question, answer in _answered(dialogue, record)
    )
    dialogue.state = State.RECORDED
    dialogue.held_on, dialogue.form = record.held_on, record.form
    dialogue.conclusion, dialogue.minutes_reference = record.conclusion, record.minutes_reference
    dialogue.guidelines_discussed = record.guidelines_discussed
    dialogue.recorded_at, dialogue.recorded_by_id = at, actor.user_id
    dialogue.revision += 1
    dialogue.save()


def _answered(dialogue: Dialogue, record: Record) -> Iterable[tuple[str, str, str]]:
    for item in dialogue.current_paper.standing_questions if dialogue.current_paper else ():
        answer = record.answers.get(item["lineage"], "").strip()
        if answer:
            yield item["lineage"], item["question"], answer


def _ask(confirmation: Confirmation, people: list[int], matter: str, at: datetime) -> None:
    """Tell them; their e-mail is a letter of our own, because it carries a one-time link as well."""
    notifications.tell(
        people=people,
        key=f"med.confirmation.{confirmation.pk}",
        kind=Kind.ACT,
        title=_("Written down, for the employee side to confirm: %(matter)s") % {"matter": matter},
        link=reverse("confirm_dialogue", args=[confirmation.dialogue_id]),
        at=at,
        letter="med.confirmation",
    )
