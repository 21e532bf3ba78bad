# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""A body's meetings with their agendas, where it wants to have them here."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.audit import actions as audit
from samspil.foundation.capacity import Capacity
from samspil.foundation.errors import Refusal
from samspil.foundation.templatetags.samspil import danish_date
from samspil.med.actions.life import take_up
from samspil.med.body_models import WheelEntry
from samspil.med.models import AgendaItem, Committee, Form, Meeting
from samspil.med.permissions import HOLD_MEETING, PLAN, RECORD
from samspil.med.queries import leaders_of_bodies, seats, waiting_for
from samspil.med.states import State
from samspil.notifications import actions as notifications
from samspil.notifications.kinds import Kind

MEETING_FORMS = (Form.MEETING, Form.EXTRAORDINARY)
LONGEST_BACK = timedelta(days=366)


def lock_open(meeting: Meeting, actor: Capacity) -> Meeting:
    """Return the meeting as it is now, held until the transaction ends; closed minutes are never written in."""
    locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
    HOLD_MEETING.require(actor, locked)
    if locked.closed_at is not None:
        raise Refusal(_("The minutes are closed. Write a correction: it stands beside them with its date."))
    return locked


def tell_of_meeting(
    meeting: Meeting,
    *,
    key: str,
    title: str,
    at: datetime,
    kind: Kind = Kind.MED,
    people: list[int] | None = None,
    but: int | None = None,
) -> None:
    """Tell the members of the body, or the ``people`` named, once a ``key``; a staff meeting has its leaders too."""
    if people is None:
        day = at.date()
        people = [seat.user_id for seat in seats(meeting.committee, day)]
        if meeting.committee.is_staff_meeting:
            people += leaders_of_bodies([meeting.committee], day)
    notifications.tell(
        people=[user for user in people if user != but],
        key=f"med.meeting.{meeting.pk}.{key}",
        kind=kind,
        title=title % {"body": meeting.committee.name, "day": danish_date(meeting.on)},
        link=reverse("meeting", args=[meeting.pk]),
        at=at,
    )


@transaction.atomic
def keep_minutes_here(*, committee: Committee, is_here: bool, actor: Capacity, at: datetime) -> Committee:
    """Let the body write agenda and minutes here, or no longer; what has been written stays to be read."""
    committee = Committee.objects.select_for_update().get(pk=committee.pk)
    PLAN.require(actor, committee)
    if committee.keeps_minutes_here != is_here:
        committee.keeps_minutes_here = is_here
        committee.save(update_fields=["keeps_minutes_here"])
        audit.record(
            name="med.committee.minutes_here", subject=committee, actor=actor, at=at, changes={"is_here": is_here}
        )
    return committee


def _refuse_elsewhere(committee: Committee) -> None:
    if not committee.keeps_minutes_here:
        raise Refusal(_("The body writes its agenda and minutes somewhere else. Choose first to write them here."))


@transaction.atomic
def open_meeting(*, entry: WheelEntry, actor: Capacity, at: datetime) -> Meeting:
    """Begin the agenda of a date in the year wheel, with every matter that waits; the one there is, where there is one."""
    entry = WheelEntry.objects.select_for_update().get(pk=entry.pk)
    PLAN.require(actor, entry.committee)
    _refuse_elsewhere(entry.committee)
    before = Meeting.objects.filter(entry=entry).first()
    if before is not None:
        return before
    if entry.kind != WheelEntry.Kind.MEETING or entry.cancelled_at is not None:
        raise Refusal(_("Choose a meeting in the year wheel that is not cancelled."))
    usual = Form.STAFF_MEETING if entry.committee.is_staff_meeting else Form.MEETING
    return _begin(entry.committee, actor, at, form=usual, on=entry.on, time=entry.time, entry=entry)


@transaction.atomic
def add_meeting(
    *,
    committee: Committee,
    day: date,
    form: str,
    actor: Capacity,
    on: date,
    at: datetime,
    time: time | None = None,
    place: str = "",
) -> Meeting:
    """Begin the agenda of a meeting that stands in no year wheel; one that has been held can be written up as well."""
    committee = Committee.objects.select_for_update().get(pk=committee.pk)
    PLAN.require(actor, committee)
    _refuse_elsewhere(committee)
    fits = (Form.STAFF_MEETING,) if committee.is_staff_meeting else MEETING_FORMS
    if form not in fits:
        raise Refusal(_("Choose what kind of meeting it is."))
    if abs(day - on) > LONGEST_BACK:
        raise Refusal(_("Choose a day within a year from today."))
    return _begin(committee, actor, at, form=form, on=day, time=time, place=place)


def _begin(committee: Committee, actor: Capacity, at: datetime, *, form: str, on: date, **facts: Any) -> Meeting:
    same = Meeting.objects.filter(committee=committee, on=on, form=form, called_off_at=None)
    if same.exists():
        raise Refusal(_("The body has an agenda for a meeting on %(day)s already.") % {"day": danish_date(on)})
    meeting = Meeting.objects.create(committee=committee, created_at=at, form=form, on=on, **facts)
    audit.record(
        name="med.meeting.begin",
        subject=meeting,
        actor=actor,
        at=at,
        changes={"on": meeting.on.isoformat(), "form": str(meeting.form), "entry": meeting.entry_id},
    )
    _put_on(meeting, actor, at)
    return meeting


def follow(entry: WheelEntry) -> None:
    """Let an open meeting follow its date in the year wheel: moved, cancelled, put on again."""
    meeting = Meeting.objects.select_for_update().filter(entry=entry, closed_at=None).first()
    if meeting is None:
        return
    clash = Meeting.objects.filter(committee=meeting.committee_id, on=entry.on, form=meeting.form, called_off_at=None)
    if entry.cancelled_at is None and clash.exclude(pk=meeting.pk).exists():
        raise Refusal(_("The body has an agenda for a meeting on %(day)s already.") % {"day": danish_date(entry.on)})
    meeting.on, meeting.time, meeting.called_off_at = entry.on, entry.time, entry.cancelled_at
    meeting.save(update_fields=["on", "time", "called_off_at"])


@transaction.atomic
def call_off_meeting(*, meeting: Meeting, actor: Capacity, at: datetime) -> Meeting:
    """Call off a meeting that stands in no year wheel; its matters wait for the next one, and members who were told are."""
    locked = lock_open(meeting, actor)
    if locked.entry_id is not None:
        raise Refusal(_("The meeting stands in the year wheel. Cancel the date there: calendars are told then."))
    if locked.called_off_at is None:
        locked.called_off_at = at
        locked.save(update_fields=["called_off_at"])
        audit.record(name="med.meeting.call_off", subject=locked, actor=actor, at=at)
        if locked.agenda_sent_at is not None:
            title = _("Called off: the meeting of %(body)s on %(day)s")
            tell_of_meeting(locked, key="called_off", title=title, at=at, but=actor.user_id)
    return locked


# The agenda ---------------------------------------------------------------------------------------


def _put_on(meeting: Meeting, actor: Capacity, at: datetime) -> int:
    """Put every matter that waits on the agenda; one that was put off is taken up again by it."""
    last = AgendaItem.objects.filter(meeting=meeting).aggregate(last=Max("position"))["last"] or 0
    number = 0
    for dialogue in waiting_for(meeting):
        if dialogue.state == State.DEFERRED:
            if not RECORD.allows(actor, dialogue):
                continue
            take_up(dialogue=dialogue, actor=actor, at=at)
        number += 1
        AgendaItem.objects.create(
            meeting=meeting, position=last + number, dialogue=dialogue, added_at=at, added_by_id=actor.user_id
        )
    return number


@transaction.atomic
def put_matters_on(*, meeting: Meeting, actor: Capacity, at: datetime) -> int:
    """Put the matters that wait on the agenda, last; return how many."""
    locked = lock_open(meeting, actor)
    number = _put_on(locked, actor, at)
    audit.record(name="med.agenda.put_on", subject=locked, actor=actor, at=at, changes={"matters": number})
    return number


@transaction.atomic
def add_item(*, meeting: Meeting, title: str, text: str, actor: Capacity, at: datetime) -> AgendaItem:
    """Put a point in one's own words on the agenda, last."""
    locked = lock_open(meeting, actor)
    if not title.strip():
        raise Refusal(_("Write what the point is called."))
    last = AgendaItem.objects.filter(meeting=locked).aggregate(last=Max("position"))["last"] or 0
    item = AgendaItem.objects.create(
        meeting=locked, position=last + 1, title=title, text=text, added_at=at, added_by_id=actor.user_id
    )
    audit.record(name="med.agenda.add", subject=item, actor=actor, at=at)
    return item


@transaction.atomic
def change_item(
    *,
    item: AgendaItem,
    title: str,
    text: str,
    conclusion: str,
    expected_revision: int,
    actor: Capacity,
    at: datetime,
) -> AgendaItem:
    """Write what a point of one's own is about and what the body arrived at; a matter has its own record."""
    locked = lock_open(item.meeting, actor)
    item = AgendaItem.objects.select_for_update().get(pk=item.pk, meeting=locked)
    if item.dialogue_id is not None:
        raise Refusal(_("This matter is written down on its own page."))
    if item.revision != expected_revision:
        raise Refusal(
            _("Somebody has written in this point since you opened the page. Reload it to see how it stands.")
        )
    if not title.strip():
        raise Refusal(_("Write what the point is called."))
    item.title, item.text, item.conclusion = title, text, conclusion
    item.revision += 1
    item.save(update_fields=["title", "text", "conclusion", "revision"])
    audit.record(
        name="med.agenda.change",
        subject=item,
        actor=actor,
        at=at,
        changes={"is_concluded": bool(conclusion.strip()), "revision": item.revision},
    )
    return item


@transaction.atomic
def move_item(*, item: AgendaItem, is_up: bool, actor: Capacity, at: datetime) -> None:
    """Let a point change places with the one before or after it; the first and the last stay where they are."""
    locked = lock_open(item.meeting, actor)
    items = list(AgendaItem.objects.select_for_update().filter(meeting=locked).order_by("position", "pk"))
    place = next((number for number, one in enumerate(items) if one.pk == item.pk), None)
    if place is None:
        raise Refusal(_("The point has been taken off the agenda."))
    other = place - 1 if is_up else place + 1
    if not 0 <= other < len(items):
        return
    items[place], items[other] = items[other], items[place]
    for number, one in enumerate(items, start=1):
        one.position = number
    AgendaItem.objects.bulk_update(items, ["position"])
    audit.record(name="med.agenda.move", subject=item, actor=actor, at=at, changes={"position": other + 1})


@transaction.atomic
def take_off(*, item: AgendaItem, actor: Capacity, at: datetime) -> None:
    """Take a point off the agenda: a matter waits on; one that has been concluded stays."""
    locked = lock_open(item.meeting, actor)
    item = AgendaItem.objects.select_for_update(of=("self",)).select_related("dialogue").get(pk=item.pk, meeting=locked)
    if item.conclusion or (item.dialogue is not None and item.dialogue.state in {State.RECORDED, State.CONCLUDED}):
        raise Refusal(_("You have arrived at something here. It belongs in the minutes."))
    audit.record(name="med.agenda.take_off", subject=item, actor=actor, at=at)
    item.delete()


@transaction.atomic
def send_agenda(*, meeting: Meeting, actor: Capacity, on: date, at: datetime) -> Meeting:
    """Tell the members that the agenda is ready; once more where it was sent before and has changed."""
    locked = lock_open(meeting, actor)
    if locked.called_off_at is not None or locked.on < on:
        raise Refusal(_("The meeting is over or called off. Nobody needs the agenda any more."))
    if not AgendaItem.objects.filter(meeting=locked).exists():
        raise Refusal(_("Put at least one point on the agenda first."))
    title = (
        _("Agenda of %(body)s on %(day)s, sent again")
        if locked.agenda_sent_at
        else _("Agenda and papers for %(body)s on %(day)s")
    )
    locked.agenda_sent_at = at
    locked.save(update_fields=["agenda_sent_at"])
    audit.record(name="med.agenda.send", subject=locked, actor=actor, at=at)
    tell_of_meeting(locked, key=f"agenda.{int(at.timestamp())}", title=title, at=at, but=actor.user_id)
    return locked
