# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""An agreement as a document: blocks for the paper and the PDF alike. Functions only, no names of people."""

import hashlib
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from samspil.agreements.between import activities_of, stops_of
from samspil.agreements.change_models import NewActivity, TaskStop
from samspil.agreements.conditions import Conditions
from samspil.agreements.covering import covered_by
from samspil.agreements.models import AgreementVersion
from samspil.agreements.pages import Reading, TaskShown, read, with_dialogue
from samspil.agreements.permissions import PRINTED
from samspil.agreements.queries import existing_of
from samspil.foundation.pdf import (
    Block,
    Document,
    Pairs,
    bullets,
    facts,
    heading,
    paragraph,
    quote,
    render_pdf,
    small,
    task,
)
from samspil.foundation.templatetags.samspil import control_code, danish_date
from samspil.foundation.word import render_docx
from samspil.med.models import Dialogue, Position, Side
from samspil.med.queries import current_confirmation, positions


def pay_line() -> str:
    """Return the line that every agreement carries."""
    return _("The agreement does not change pay or terms of employment, and it is no local collective agreement.")


def agreement_blocks(reading: Reading, *, is_open: bool = False) -> tuple[Block, ...]:
    """Return the whole agreement: what is common first, then what is the workplace's own.

    ``is_open`` is for everybody: without what only those who work here and MED read (R58).
    """
    common = reading.common
    supplement = () if common.supplement_is_a_principle else (common.supplement.text,)
    blocks = [
        quote(
            items=(*supplement, *(element.text for element in common.principles)), label=_("Common to all workplaces")
        ),
    ]
    if common.values:
        blocks += [heading(_("Our values")), bullets(*common.values)]
    blocks += [heading(_("What a volunteer is")), paragraph(common.definition.text)]
    if reading.covered:
        places = (f"{row.unit.name}: {row.note}" if row.note else row.unit.name for row in reading.covered)
        blocks += [heading(_("The agreement holds for these places too")), bullets(*places)]
    if reading.purpose:
        blocks += [heading(_("What does it give the citizen?")), paragraph(reading.purpose)]
    blocks += [heading(_("What do volunteers help with?")), *(_task_block(shown) for shown in reading.offered)]
    blocks += [_activity_block(activity) for activity in reading.activities]
    blocks += [paragraph(_stopped(stop)) for stop in reading.stopped]
    blocks += _conditions_blocks(reading.conditions, is_open=is_open)
    blocks += [heading(_("Who does what?"))]
    for title, sentence in reading.responsibilities:
        blocks.append(paragraph(f"{title}: {sentence}" if title else sentence))
    for section in reading.after_the_purpose:
        if is_open and not section.kind.is_open:
            continue
        blocks += [heading(str(section.kind.label)), paragraph(section.text)]
    if reading.principles:
        blocks += [heading(_("Our own principles")), *(_principle_block(own) for own in reading.principles)]
    return (*blocks, small(pay_line()))


def _conditions_blocks(said: Conditions, *, is_open: bool) -> list[Block]:
    blocks = []
    if said.places:
        places = (f"{name[:1].upper()}{name[1:]}{f': {words}' if words else ''}" for name, words in said.where)
        blocks += [heading(_("It also takes place here")), bullets(*places)]
        blocks += [paragraph(said.at_home)] if said.at_home else []
    if said.time and not is_open:
        blocks += [heading(_("Time set aside")), paragraph(said.time)]
    if said.meets and not is_open:
        meets = f"{said.meets[:1].upper()}{said.meets[1:]}."
        blocks += [heading(_("Employees and volunteers meet")), paragraph(meets)]
    return blocks


def _task_block(shown: TaskShown) -> Block:
    row = shown.task
    pairs: Pairs = (
        (_("Not part of the task"), row.not_part),
        (_("What it adds"), row.added_value),
        (_("When and where"), row.when_and_where),
        (_("Boundary"), shown.boundary),
        (_("Agreed on"), shown.decision.reason if shown.decision and shown.is_confirmed else ""),
        (_("The doubt"), " ".join(str(doubt) for doubt in shown.doubts) if shown.is_undecided else ""),
    )
    label = _("must be discussed") if shown.is_undecided else ""
    return task(row.title, tuple((name, words) for name, words in pairs if words), label)


def _activity_block(activity: NewActivity) -> Block:
    since = _("From %(day)s, by the standing consent of the body. It comes into the agreement with the next version.")
    pairs = (
        (_("Not part of the task"), activity.not_part),
        (_("What it adds"), activity.added_value),
        (_("Begun since"), since % {"day": danish_date(activity.from_date)}),
    )
    return task(activity.title, pairs, _("new"))


def _stopped(stop: TaskStop) -> str:
    words = _("“%(task)s” has been stopped since %(day)s.")
    return words % {"task": stop.task_title, "day": danish_date(stop.from_date)}


def _principle_block(own: Any) -> Block:
    builds_on = own.builds_on.text if own.builds_on else ""
    return facts(
        (
            (_("Our principle"), own.principle.text),
            (_("It builds on"), builds_on),
            (_("How"), own.principle.how),
        )
    )


_STANDS = {
    Position.Stand.AGREE: gettext_lazy("agrees"),
    Position.Stand.AGREE_WITH_REMARKS: gettext_lazy("agrees, with remarks: %(words)s"),
    Position.Stand.DISAGREE: gettext_lazy("disagrees: %(words)s"),
}


def said(dialogue: Dialogue | None) -> list[tuple[str, str]]:
    """Return what the two sides thought, and how it was settled where it was: printed on every agreement (R43)."""
    if dialogue is None:
        return []
    found = positions(dialogue)
    lines = [
        (str(side.label), str(_STANDS[Position.Stand(found[side].stand)]) % {"words": found[side].words})
        for side in Side
        if side in found
    ]
    confirmation = current_confirmation(dialogue)
    if confirmation is not None and confirmation.answer == confirmation.Answer.SETTLED:
        lines.append((_("settled by the HR/MED secretariat"), confirmation.reason))
    return lines


def agreement_document(version: AgreementVersion, *, large_print: bool = False, is_open: bool = False) -> Document:
    """Return a decided version as a document, in Danish whatever language the pages are read in.

    ``large_print`` is the copy for reading aloud, at 14 pt; ``is_open``: as anybody may have it,
    without what concerns the staff only and without the names of withheld places.
    """
    with override(settings.LANGUAGE_CODE):
        version = with_dialogue(version)
        reading = read(version)
        if is_open:
            reading = replace(reading, covered=reading.covered_openly)
        workplace = reading.workplace
        dialogue = version.counting_discussion
        held_on = dialogue.held_on if dialogue else None
        blocks = [*agreement_blocks(reading, is_open=is_open)]
        words = said(dialogue)
        if words:
            pairs = tuple((name[:1].upper() + name[1:], text) for name, text in words)
            blocks[-1:-1] = [heading(_("What the two sides said")), facts(pairs)]
        return Document(
            title=_("Agreement for volunteering"),
            subtitle=workplace.name,
            municipality=workplace.municipality.name,
            date=version.in_force_from or version.created_at.date(),
            facts=(
                (_("Version"), str(version.number)),
                *_facts_from_before(version),
                (_("Discussed with MED"), _day_and_body(dialogue, danish_date(held_on))),
                *_editorial_facts(version),
                (_("Decided by the leader"), danish_date(version.adopted_at)),
                (_("In force from"), danish_date(version.in_force_from)),
                (_("Until"), danish_date(version.in_force_until)),
                (_("The workplace closed"), danish_date(workplace.closed_from)),
                (_("Common framework"), _("%(title)s, version %(number)d") % _framework(version)),
            ),
            blocks=tuple(blocks),
            footer=_("%(workplace)s, version %(number)d") % {"workplace": workplace.name, "number": version.number},
            control_code=control_code(version.content_sha256),
            large_print=large_print,
        )


def agreement_word(version: AgreementVersion) -> bytes:
    """Return any version as a Word file, drafts too; what is not decided says so on top (R61)."""
    with override(settings.LANGUAGE_CODE):
        document = agreement_document(version)
        if version.state not in PRINTED:
            state = capfirst(str(version.get_state_display()))
            document = replace(document, facts=((_("Status"), state), *document.facts))
        return render_docx(document)


def _framework(version: AgreementVersion) -> dict[str, Any]:
    return {"title": version.framework.title, "number": version.framework.number}


def _editorial_facts(version: AgreementVersion) -> Pairs:
    """Return that nothing but words is changed since what was discussed, why, and when that was announced (R53)."""
    if not version.is_editorial or version.rests_on is None:
        return ()
    words = _("The workplace’s own text means the same as in version %(number)d. Announced %(day)s: %(why)s")
    said = {
        "number": version.rests_on.number,
        "day": danish_date(version.announced_at),
        "why": version.editorial_reason,
    }
    return ((_("Editorial change"), words % said),)


def _facts_from_before(version: AgreementVersion) -> Pairs:
    existing = existing_of(version)
    if existing is None:
        return ()
    discussed = f"{danish_date(existing.discussed_on)}, {existing.get_form_display()}"
    return (
        (
            _("From before the common framework"),
            _("Entered as it was. It is looked at again by %(day)s.") % {"day": danish_date(existing.review_on)},
        ),
        (_("Discussed"), discussed),
        (_("The minutes lie"), existing.minutes_reference),
    )


def _day_and_body(dialogue: Dialogue | None, day: str) -> str:
    return f"{day}, {dialogue.committee.name}" if dialogue and day else ""


def pdf_response(
    request: HttpRequest, version: AgreementVersion, *, large_print: bool = False, is_open: bool = False
) -> HttpResponse:
    """Answer with the PDF, shown in the browser; nothing is made anew where the reader has it already."""
    until = f"{version.in_force_until} {version.agreement.workplace.closed_from}"
    withheld = [row.unit_id for row in covered_by(version) if is_open and row.unit.is_withheld]
    kind = f"{settings.LANGUAGE_CODE} {large_print} {is_open}"
    since = [row.pk for row in (*stops_of(version), *activities_of(version))]
    mark = f"{version.content_sha256} {version.pk} {until} {withheld} {since} {kind}"
    etag = quote_etag(hashlib.sha256(mark.encode()).hexdigest()[:32])
    unchanged = get_conditional_response(request, etag=etag)
    if isinstance(unchanged, HttpResponseNotModified):
        return unchanged
    response = HttpResponse(
        render_pdf(agreement_document(version, large_print=large_print, is_open=is_open)),
        content_type="application/pdf",
    )
    size = "-stor" if large_print else ""
    name = f"aftale-{version.agreement.workplace.slug}-{version.number}{size}.pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["ETag"] = etag
    return response
