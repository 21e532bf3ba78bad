# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Agendas and minutes: what stands on them, what is missing, who may approve them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet, prefetch_related_objects
from django.urls import reverse
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from samspil.foundation.capacity import Capacity
from samspil.foundation.errors import Missing
from samspil.foundation.prepared import prepared
from samspil.foundation.templatetags.samspil import danish_date
from samspil.foundation.todo import Todo
from samspil.med.body_models import WheelEntry
from samspil.med.meeting_models import AgendaItem, Attendance, Meeting, MinutesApproval
from samspil.med.models import Committee, Confirmation, CoveredByCommittee, Dialogue
from samspil.med.queries.bodies import committees_reached, seats, spokespersons
from samspil.med.queries.dialogues import current_confirmation, may_answer
from samspil.med.queries.matters import leaders_of_bodies
from samspil.med.queries.settings import rhythm_of
from samspil.med.sides import Function, Side
from samspil.med.states import State
from samspil.municipalities.queries import ids_above
from samspil.people.models import STAFF_ROLES, Role

HELD_LATELY = timedelta(days=60)
"""How far back a date in the year wheel is still offered for minutes."""
_APPROVERS = (Function.CHAIR, Function.DEPUTY)


def meetings_seen(capacity: Capacity) -> QuerySet[Meeting]:
    """Return the meetings of the bodies that one sees, and the minutes of every body that covers one's workplace."""
    seen = Q(committee__in=committees_reached(capacity).values("pk"))
    if capacity.role in STAFF_ROLES and capacity.unit_id is not None:
        covering = CoveredByCommittee.objects.filter(unit__in=ids_above(capacity.unit_id)).values("committee")
        seen |= Q(committee__in=covering, closed_at__isnull=False)
    return Meeting.objects.filter(seen)


def meeting_lines(committee: Committee) -> QuerySet[Any]:
    """Return the meetings of a body, the newest first, each with how many sides have approved its minutes."""
    rows = Meeting.objects.filter(committee=committee).annotate(number_of_approvals=Count("approvals"))
    return rows.order_by("-on", "-pk")


def stage(meeting: Meeting, approvals: int) -> tuple[str, str]:
    """Return how far a meeting has come, in words and as a kind of badge; it follows from its dates."""
    if meeting.called_off_at is not None:
        return _("Called off"), "neutral"
    if meeting.closed_at is not None:
        done = approvals == len(Side)
        return (_("Approved by both sides"), "success") if done else (_("To be approved"), "info")
    return (_("Agenda sent"), "info") if meeting.agenda_sent_at else (_("Agenda begun"), "outline")


def to_be_minuted(committee: Committee, on: date) -> list[WheelEntry]:
    """Return the meetings of the year wheel that have no agenda here yet, the next one first; the last two months' too."""
    entries = WheelEntry.objects.filter(
        committee=committee, kind=WheelEntry.Kind.MEETING, cancelled_at=None, meeting=None, on__gte=on - HELD_LATELY
    )
    return sorted(entries, key=lambda entry: (entry.on < on, entry.on))


def waiting_for(meeting: Meeting) -> QuerySet[Dialogue]:
    """Return the matters that wait for the body and stand on no open agenda: those put off until a later day do not."""
    planned = AgendaItem.objects.filter(meeting__closed_at=None, meeting__called_off_at=None, dialogue__isnull=False)
    again = Q(state=State.DEFERRED) & (Q(deferred_until=None) | Q(deferred_until__lte=meeting.on))
    waiting = Dialogue.objects.filter(Q(state=State.WAITING) | again, committee=meeting.committee_id)
    return waiting.exclude(pk__in=planned.values("dialogue")).select_related("current_paper").order_by("opened_at")


def items_of(meeting: Meeting) -> list[AgendaItem]:
    """Return the points in order, with what their minutes are made of."""
    rows = list(
        AgendaItem.objects.filter(meeting=meeting)
        .select_related("dialogue__current_paper", "dialogue__committee")
        .order_by("position", "pk")
    )
    if meeting.closed_at is None:
        held = [item.dialogue for item in rows if item.dialogue is not None and item.dialogue.held_on is not None]
        prefetch_related_objects(held, "positions", "answers")
    return rows


def title_of(item: AgendaItem) -> str:
    """Return what a point is called: by its paper, where it is a matter."""
    if item.dialogue is None:
        return item.title
    return item.dialogue.current_paper.title if item.dialogue.current_paper else ""


def is_decided(item: AgendaItem) -> bool:
    """Say whether the body has arrived at something; a matter that was put off or sent on has left the table."""
    if item.dialogue is None:
        return bool(item.conclusion.strip())
    return item.dialogue.state != State.WAITING


def minuted(item: AgendaItem, on: date) -> dict[str, Any]:
    """Return what the minutes of the day say of a point as it stands now, in the municipality's language."""
    with translation.override(settings.LANGUAGE_CODE):
        found: dict[str, Any] = {"title": title_of(item), "text": item.text, "conclusion": item.conclusion}
        dialogue = item.dialogue
        if dialogue is None:
            return found
        found |= {"dialogue": dialogue.pk, "outcome": _outcome(dialogue, on)}
        if dialogue.state not in {State.RECORDED, State.CONCLUDED}:
            return found
        said = {row.side: row for row in dialogue.positions.all()}
        return found | {
            "conclusion": dialogue.conclusion,
            "positions": [
                {
                    "side": capfirst(str(side.label)),
                    "stand": capfirst(str(said[side].get_stand_display())).removesuffix(" …"),
                    "words": said[side].words,
                }
                for side in Side
                if side in said
            ],
            "answers": [{"question": row.question, "answer": row.answer} for row in dialogue.answers.all()],
            "sha256": dialogue.current_paper.sha256 if dialogue.current_paper else "",
            "revision": dialogue.revision,
        }


def _outcome(dialogue: Dialogue, on: date) -> str:
    if dialogue.state == State.DEFERRED and dialogue.deferred_until is not None:
        words = {"day": danish_date(dialogue.deferred_until), "reason": dialogue.deferred_reason}
        return _("Put off until %(day)s, because: %(reason)s") % words
    if dialogue.state == State.DEFERRED:
        return _("Put off, because: %(reason)s") % {"reason": dialogue.deferred_reason}
    if dialogue.state == State.SENT_ON:
        return _("Sent on to the body above, because: %(reason)s") % {"reason": dialogue.sent_on_reason}
    if dialogue.state == State.WITHDRAWN:
        return _("Taken back before it was discussed.")
    if dialogue.held_on not in {None, on} and dialogue.state != State.WAITING:
        return _("Discussed on %(day)s.") % {"day": danish_date(dialogue.held_on)}
    return ""


@dataclass(frozen=True)
class Point:
    """A point as a page shows it: ``said`` is what the minutes say, frozen once they are closed."""

    number: int
    item: AgendaItem
    said: Mapping[str, Any]
    is_decided: bool


def points_of(meeting: Meeting) -> list[Point]:
    """Return the points of a meeting in order: the frozen words where the minutes are closed."""
    is_closed = meeting.closed_at is not None
    return [
        Point(number, item, item.as_minuted if is_closed else minuted(item, meeting.on), is_closed or is_decided(item))
        for number, item in enumerate(items_of(meeting), start=1)
    ]


def attendance_of(meeting: Meeting) -> list[dict[str, Any]]:
    """Return who was there by side, in the words of the day, and how many where they were counted."""
    rows = list(Attendance.objects.filter(meeting=meeting))
    counts = {Side.MANAGEMENT: meeting.management_count, Side.EMPLOYEES: meeting.employee_count}
    return [
        {
            "side": str(side),
            "name": capfirst(str(side.label)),
            "people": [{"name": row.name, "function": row.function} for row in rows if row.side == side],
            "count": counts[side],
        }
        for side in Side
    ]


def reference(meeting: Meeting) -> str:
    """Return where the minutes lie, for the record of a dialogue."""
    with translation.override(settings.LANGUAGE_CODE):
        words = {"body": meeting.committee.name, "day": danish_date(meeting.on)}
        return _("Samspil, minutes of %(body)s %(day)s") % words


def minutes_gaps(
    meeting: Meeting, points: Iterable[Point], there: Iterable[Mapping[str, Any]], on: date
) -> list[Missing]:
    """Return what is missing before the minutes can be closed, each with the place where it is done."""
    gaps = []
    if meeting.called_off_at is not None:
        return [Missing("called_off", _("The meeting is called off. There are no minutes to close."))]
    if meeting.on > on:
        gaps.append(Missing("day", _("The meeting has not been held yet.")))
    empty = [side["side"] for side in there if not side["people"] and not side["count"]]
    if empty:
        gaps.append(Missing("attendance", _("Say who took part. Both sides must be there."), "attendance"))
    found = list(points)
    if not found:
        gaps.append(Missing("points", _("Put at least one point on the agenda."), "agenda"))
    for point in found:
        if point.is_decided:
            continue
        told = (
            _("Point %(number)d, %(title)s: write what you arrived at, put it off or send it on.")
            if point.item.dialogue_id
            else _("Point %(number)d, %(title)s: write the conclusion.")
        )
        words = {"number": point.number, "title": point.said["title"]}
        gaps.append(Missing(f"point_{point.item.pk}", told % words, f"point-{point.item.pk}"))
    return gaps


def content_of_minutes(
    meeting: Meeting, said: Iterable[Mapping[str, Any]], there: Iterable[Mapping[str, Any]]
) -> dict[str, Any]:
    """Return what the control code of the minutes covers."""
    return {
        "body": meeting.committee.name,
        "on": meeting.on.isoformat(),
        "form": str(meeting.form),
        "attendance": list(there),
        "guests": meeting.guests,
        "points": list(said),
    }


def agendas_due(on: date) -> list[Meeting]:
    """Return the meetings whose papers are to be with the members today and have not been sent; none that is over."""
    coming = Meeting.objects.filter(
        committee__keeps_minutes_here=True, closed_at=None, called_off_at=None, agenda_sent_at=None, on__gte=on
    ).select_related("committee")
    with_points = AgendaItem.objects.values("meeting")
    return [
        meeting
        for meeting in coming.filter(pk__in=with_points).order_by("on", "pk")
        if rhythm_of(meeting.committee).papers_by(meeting.on) <= on
    ]


# Approval -----------------------------------------------------------------------------------------


def approvers(committee: Committee, side: Side, on: date) -> list[int]:
    """Return who can approve minutes for a side: its chair or deputy, else whoever speaks for it.

    Never somebody of the employee side who leads what the body covers. A staff meeting has no management members: its
    leader approves.
    """
    if side == Side.EMPLOYEES:
        chosen = spokespersons(committee, on)
    else:
        chosen = [seat for seat in seats(committee, on) if seat.side == side]
        if not chosen:
            return leaders_of_bodies([committee], on)
    first = [seat for seat in seats(committee, on) if seat.side == side and seat.function in _APPROVERS]
    known = {seat.user_id for seat in chosen}
    heads = [seat.user_id for seat in first if seat.user_id in known]
    return list(dict.fromkeys(heads or [seat.user_id for seat in chosen]))


def side_to_approve(capacity: Capacity, committee: Committee) -> Side | None:
    """Return the side for which this person can approve minutes of the body on the day."""
    if capacity.user_id is None:
        return None
    sides = {Side(seat.side) for seat in seats(committee, capacity.on) if seat.user_id == capacity.user_id}
    if not sides and committee.is_staff_meeting:
        sides = {Side.MANAGEMENT}
    return next((side for side in sides if capacity.user_id in approvers(committee, side, capacity.on)), None)


def approvals_of(meeting: Meeting) -> dict[str, MinutesApproval]:
    """Return the approvals of the minutes by side; none before they are closed."""
    if meeting.closed_at is None:
        return {}
    return {row.side: row for row in MinutesApproval.objects.filter(meeting=meeting)}


def matters_to_confirm(meeting: Meeting, user_id: int | None, on: date) -> list[tuple[Dialogue, int]]:
    """Return the matters of closed minutes that this person's yes would confirm, each with the revision minuted."""
    found = []
    items = AgendaItem.objects.filter(meeting=meeting, dialogue__isnull=False).select_related(
        "dialogue__committee", "dialogue__origin__committee"
    )
    for item in items.order_by("position"):
        dialogue = item.dialogue
        if dialogue is None or item.as_minuted.get("revision") != dialogue.revision:
            continue
        asked = current_confirmation(dialogue)
        if asked is None or asked.answer != Confirmation.Answer.ASKED or asked.sha256 != item.as_minuted["sha256"]:
            continue
        if may_answer(dialogue, user_id, on):
            found.append((dialogue, dialogue.revision))
    return found


@prepared
def _to_be_approved(bodies: tuple[int, ...], led: int | None) -> QuerySet[Meeting]:
    mine = Q(committee__in=bodies)
    if led is not None:
        mine |= Q(committee__is_staff_meeting=True, committee__covered__unit=led)
    waiting = Meeting.objects.annotate(approved=Count("approvals")).filter(
        mine, closed_at__isnull=False, approved__lt=len(Side)
    )
    return waiting.select_related("committee").order_by("on", "pk")


def minutes_todo(capacity: Capacity, bodies: Collection[int]) -> list[Todo]:
    """Return the minutes that wait for this person's yes; ``bodies`` are those in which they sit."""
    if not bodies and capacity.role != Role.LEADER:
        return []
    waiting = _to_be_approved(tuple(bodies), capacity.unit_id if capacity.role == Role.LEADER else None)
    prefetch_related_objects(waiting, "approvals")
    found = []
    for meeting in waiting:
        side = side_to_approve(capacity, meeting.committee)
        if side is not None and all(row.side != side for row in meeting.approvals.all()):
            found.append(_to_approve(meeting))
    return found


def _to_approve(meeting: Meeting) -> Todo:
    words = {"body": meeting.committee.name, "day": danish_date(meeting.on)}
    return Todo(
        key=f"med.minutes.{meeting.pk}",
        title=_("Approve the minutes: %(body)s, %(day)s") % words,
        detail=_("Each side says that this is what was said. What is not right can be corrected beside them."),
        url=reverse("meeting", args=[meeting.pk]),
        label=_("Read the minutes"),
    )
