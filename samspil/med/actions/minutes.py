# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The minutes of a meeting: who was there, what was said of a matter, closed, approved by both sides, put right beside."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from samspil.audit import actions as audit
from samspil.foundation.capacity import Capacity
from samspil.foundation.errors import Refusal
from samspil.foundation.versioning import content_sha256
from samspil.med.actions.confirmations import confirm_by_minutes
from samspil.med.actions.meetings import lock_open, send_agenda, tell_of_meeting
from samspil.med.actions.records import record as write_record
from samspil.med.models import (
    AgendaItem,
    Attendance,
    Dialogue,
    Function,
    Meeting,
    MinutesApproval,
    MinutesNote,
    Side,
)
from samspil.med.papers import CONFIRM_BY_LOGIN, Record
from samspil.med.permissions import APPROVE_MINUTES, HOLD_MEETING
from samspil.med.queries import (
    agendas_due,
    approvers,
    attendance_of,
    content_of_minutes,
    matters_to_confirm,
    minutes_gaps,
    points_of,
    reference,
    seats,
    side_to_approve,
)
from samspil.notifications.kinds import Kind


@dataclass(frozen=True)
class There:
    """Who was at a meeting: people of the body by id; a staff meeting has head-counts and two names instead."""

    people: Collection[int | None] = ()
    guests: str = ""
    management_count: int | None = None
    management_name: str = ""
    employee_count: int | None = None
    employee_name: str = ""


def send_agendas_due(*, actor: Capacity, on: date, at: datetime) -> int:
    """Send the agendas whose day has come, each in a transaction of its own: run again, it goes on where it stopped."""
    sent = 0
    for meeting in agendas_due(on):
        send_agenda(meeting=meeting, actor=actor, on=on, at=at)
        sent += 1
    return sent


@transaction.atomic
def note_attendance(*, meeting: Meeting, there: There, actor: Capacity, at: datetime) -> Meeting:
    """Write down who was there, with side and function in the words of the day; in place of what stood before."""
    locked = lock_open(meeting, actor)
    Attendance.objects.filter(meeting=locked).delete()
    with translation.override(settings.LANGUAGE_CODE):
        rows = _two_names(locked, there) if locked.committee.is_staff_meeting else _people(locked, there)
    Attendance.objects.bulk_create(rows)
    locked.guests = there.guests
    if locked.committee.is_staff_meeting:
        locked.management_count, locked.employee_count = there.management_count, there.employee_count
    locked.save(update_fields=["guests", "management_count", "employee_count"])
    audit.record(name="med.minutes.attendance", subject=locked, actor=actor, at=at, changes={"people": len(rows)})
    return locked


def _people(meeting: Meeting, there: There) -> list[Attendance]:
    found: dict[tuple[int, str], Attendance] = {}
    for seat in seats(meeting.committee, meeting.on):
        if seat.user_id not in there.people:
            continue
        row = found.setdefault(
            (seat.user_id, seat.side),
            Attendance(meeting=meeting, user_id=seat.user_id, name=seat.user.name, side=seat.side),
        )
        if seat.function != Function.MEMBER:
            row.function = ", ".join(filter(None, (row.function, str(seat.get_function_display()))))
    for row in found.values():
        row.function = capfirst(row.function)[:120]
    return list(found.values())


def _two_names(meeting: Meeting, there: There) -> list[Attendance]:
    names = {Side.MANAGEMENT: there.management_name, Side.EMPLOYEES: there.employee_name}
    return [Attendance(meeting=meeting, name=name, side=side) for side, name in names.items() if name.strip()]


@transaction.atomic
def record_at_meeting(
    *, item: AgendaItem, record: Record, expected_sha256: str, actor: Capacity, at: datetime, on: date
) -> Dialogue:
    """Write down what was said of a matter on the agenda: the one record of its dialogue, held at this meeting.

    Day, form and where the minutes lie are the meeting's. The employee side is asked as ever; silence is no yes,
    because the minutes lie here, where both sides approve them.
    """
    meeting = lock_open(item.meeting, actor)
    dialogue = item.dialogue
    if dialogue is None or meeting.called_off_at is not None:
        raise Refusal(_("This point is no matter before the body. Write its conclusion on the agenda."))
    held = replace(
        record,
        held_on=meeting.on,
        form=meeting.form,
        minutes_reference=reference(meeting),
        confirm_by=CONFIRM_BY_LOGIN,
        together_with=(),
    )
    written = write_record(dialogue=dialogue, record=held, expected_sha256=expected_sha256, actor=actor, at=at, on=on)
    audit.record(name="med.minutes.matter", subject=item, actor=actor, at=at, changes={"dialogue": written.pk})
    return written


@transaction.atomic
def close_minutes(*, meeting: Meeting, actor: Capacity, at: datetime, on: date) -> Meeting:
    """Close the minutes: their words are frozen under a control code, and both sides are asked to approve them.

    Refused with everything that is undecided.
    """
    locked = lock_open(meeting, actor)
    AgendaItem.objects.select_for_update().filter(meeting=locked).count()
    points, there = points_of(locked), attendance_of(locked)
    missing = minutes_gaps(locked, points, there, on)
    if missing:
        raise Refusal(_("The minutes cannot be closed yet:"), missing=missing)
    for point in points:
        point.item.as_minuted = dict(point.said)
    AgendaItem.objects.bulk_update([point.item for point in points], ["as_minuted"])
    locked.sha256 = content_sha256(content_of_minutes(locked, [point.said for point in points], there))
    locked.closed_at = at
    locked.save(update_fields=["sha256", "closed_at"])
    audit.record(
        name="med.minutes.close",
        subject=locked,
        actor=actor,
        at=at,
        changes={"sha256": locked.sha256, "points": len(points)},
    )
    asked = [user for side in Side for user in approvers(locked.committee, side, on)]
    title = _("The minutes are ready to be approved: %(body)s, %(day)s")
    tell_of_meeting(locked, key="approve", title=title, at=at, kind=Kind.ACT, people=asked, but=actor.user_id)
    title = _("The minutes are ready: %(body)s, %(day)s")
    others = [seat.user_id for seat in seats(locked.committee, on) if seat.user_id not in asked]
    tell_of_meeting(locked, key="closed", title=title, at=at, people=others, but=actor.user_id)
    return locked


def _lock_closed(meeting: Meeting) -> Meeting:
    locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if locked.closed_at is None:
        raise Refusal(_("The minutes are not closed yet."))
    return locked


@transaction.atomic
def approve_minutes(
    *, meeting: Meeting, expected_sha256: str, actor: Capacity, at: datetime, on: date
) -> MinutesApproval:
    """Approve closed minutes for one's own side.

    The employee side's yes is their word on every matter in them too, where it has not been given and what was
    said stands as it did when the minutes were closed.
    """
    locked = _lock_closed(meeting)
    APPROVE_MINUTES.require(actor, locked)
    side = side_to_approve(actor, locked.committee)
    if side is None:
        raise Refusal(_("This is done by %(who)s.") % {"who": APPROVE_MINUTES.who})
    if locked.sha256 != expected_sha256:
        raise Refusal(_("These are other minutes than those that you read. Reload the page."))
    before = MinutesApproval.objects.filter(meeting=locked, side=side).first()
    if before is not None:
        return before
    approval = MinutesApproval.objects.create(
        meeting=locked, side=side, user_id=actor.user_id, name=actor.person_name, sha256=locked.sha256, approved_at=at
    )
    confirmed = _confirm_matters(locked, actor, at, on) if side == Side.EMPLOYEES else 0
    audit.record(
        name="med.minutes.approve",
        subject=locked,
        actor=actor,
        at=at,
        changes={"side": str(side), "sha256": locked.sha256, "confirmed": confirmed},
    )
    if MinutesApproval.objects.filter(meeting=locked).count() == len(Side):
        title = _("Approved by both sides: minutes of %(body)s, %(day)s")
        tell_of_meeting(locked, key="approved", title=title, at=at, but=actor.user_id)
    return approval


def _confirm_matters(meeting: Meeting, actor: Capacity, at: datetime, on: date) -> int:
    matters = matters_to_confirm(meeting, actor.user_id, on)
    for dialogue, revision in matters:
        confirm_by_minutes(dialogue=dialogue, actor=actor, at=at, on=on, expected_revision=revision)
    return len(matters)


@transaction.atomic
def correct_minutes(*, meeting: Meeting, text: str, actor: Capacity, at: datetime) -> MinutesNote:
    """Put something right about closed minutes: a note with its date and name, beside words that do not change."""
    locked = _lock_closed(meeting)
    HOLD_MEETING.require(actor, locked)
    if not text.strip():
        raise Refusal(_("Write what is to be put right."))
    note = MinutesNote.objects.create(
        meeting=locked, text=text, written_at=at, written_by_id=actor.user_id, name=actor.person_name
    )
    audit.record(name="med.minutes.correct", subject=note, actor=actor, at=at, changes={"sha256": locked.sha256})
    title = _("A correction has been written to the minutes of %(body)s, %(day)s")
    tell_of_meeting(locked, key=f"note.{note.pk}", title=title, at=at, but=actor.user_id)
    return note
