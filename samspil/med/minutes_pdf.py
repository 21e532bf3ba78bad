# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""An agenda or minutes as a PDF, with the same words as the page."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from samspil.foundation.pdf import Block, Document, facts, heading, paragraph, render_pdf, small
from samspil.foundation.templatetags.samspil import danish_date
from samspil.med.meeting_models import Meeting
from samspil.med.queries import approvals_of, attendance_of, points_of
from samspil.med.sides import Side


def meeting_pdf(meeting: Meeting, municipality: str) -> bytes:
    """Return the minutes where they are closed, else the agenda without what has been concluded so far."""
    with translation.override(settings.LANGUAGE_CODE):
        is_minutes = meeting.closed_at is not None
        words = {"body": meeting.committee.name}
        return render_pdf(
            Document(
                title=(_("Minutes, %(body)s") if is_minutes else _("Agenda, %(body)s")) % words,
                subtitle=", ".join(filter(None, (str(meeting.get_form_display()), _when(meeting), meeting.place))),
                municipality=municipality,
                date=meeting.on,
                blocks=tuple(_minutes(meeting) if is_minutes else _agenda(meeting)),
                control_code=meeting.sha256,
            )
        )


def _when(meeting: Meeting) -> str:
    day = danish_date(meeting.on)
    return f"{day} {meeting.time:%H.%M}" if meeting.time else day


def _agenda(meeting: Meeting) -> Iterator[Block]:
    for point in points_of(meeting):
        yield heading(f"{point.number}. {point.said['title']}")
        if point.item.dialogue is not None and point.item.dialogue.current_paper is not None:
            body = point.item.dialogue.current_paper.body
            yield paragraph(body.get("presentation", ""))
            if body.get("recommendation"):
                yield heading(_("Recommendation"), 2)
                yield paragraph(body["recommendation"])
        elif point.said["text"]:
            yield paragraph(point.said["text"])


def _minutes(meeting: Meeting) -> Iterator[Block]:
    yield heading(_("Who took part"))
    yield facts(tuple((side["name"], _people(side)) for side in attendance_of(meeting)))
    if meeting.guests:
        yield paragraph(_("Others who were there: %(names)s") % {"names": meeting.guests})
    for point in points_of(meeting):
        yield heading(f"{point.number}. {point.said['title']}")
        yield from _said(point.said)
    notes = list(meeting.notes.all())
    if notes:
        yield heading(_("Corrections"))
        for note in notes:
            yield paragraph(f"{danish_date(note.written_at)}, {note.name}: {note.text}")
    yield heading(_("Approval"))
    approvals = approvals_of(meeting)
    for side in Side:
        yield paragraph(approved(side, approvals))


def _people(side: Mapping[str, Any]) -> str:
    names = [f"{one['name']} ({one['function']})" if one["function"] else one["name"] for one in side["people"]]
    if side["count"]:
        names.append(_("%(count)d in all") % {"count": side["count"]})
    return ", ".join(names)


def _said(said: Mapping[str, Any]) -> Iterator[Block]:
    if said["text"]:
        yield paragraph(said["text"])
    if said.get("outcome"):
        yield paragraph(said["outcome"])
    for one in said.get("positions", ()):
        yield paragraph(f"{one['side']}: {one['stand']}" + (f". {one['words']}" if one["words"] else ""))
    for one in said.get("answers", ()):
        yield heading(one["question"], 2)
        yield paragraph(one["answer"])
    if said["conclusion"]:
        yield heading(_("Conclusion"), 2)
        yield paragraph(said["conclusion"])
    if said.get("sha256"):
        yield small(_("About the text with the control code %(code)s") % {"code": said["sha256"][:12]})


def approved(side: Side, approvals: Mapping[str, Any]) -> str:
    """Say who approved the minutes for a side, and when; or that nobody has yet."""
    row = approvals.get(side)
    words = {"side": str(side.label)}
    if row is None:
        return _("Not approved by the %(side)s yet.") % words
    words |= {"name": row.name, "day": danish_date(row.approved_at)}
    return _("Approved by %(name)s for the %(side)s on %(day)s.") % words
