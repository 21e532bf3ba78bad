# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Reading an agreement: what it says, where it stands, and what its leader can do next."""

from collections.abc import Sequence
from datetime import date
from http import HTTPStatus
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from samspil.agreements.between import ending_of
from samspil.agreements.comment_rounds import commenting_for, with_comment_round
from samspil.agreements.document import agreement_word, pdf_response, said
from samspil.agreements.forms import AdoptForm, DoubtForm
from samspil.agreements.guards import missing_before_adoption, missing_before_force
from samspil.agreements.happenings import timeline
from samspil.agreements.involvement import heard_about, is_long_ago
from samspil.agreements.models import AgreementVersion
from samspil.agreements.pages import TaskShown, read, with_dialogue
from samspil.agreements.permissions import DECIDE, FILE, PRINTED, TAKE_OVER, visible_versions
from samspil.agreements.queries import (
    accountable_leader,
    attached_files,
    contact_persons,
    existing_of,
    filing_of,
    named_people,
    own_version_in_force,
    versions_of,
)
from samspil.agreements.states import OPEN, State
from samspil.agreements.updates import Update, update_against
from samspil.agreements.views.base import WorkplaceView
from samspil.foundation.word import DOCX_TYPE
from samspil.frameworks.queries import policies_for
from samspil.med.queries import standing

BADGES = {
    State.DRAFT: "neutral",
    State.IN_DIALOGUE: "outline",
    State.ANNOUNCED: "outline",
    State.ADOPTED: "info",
    State.IN_FORCE: "success",
    State.SUPERSEDED: "neutral",
    State.ENDED: "neutral",
    State.WITHDRAWN: "neutral",
}


def reading_context(
    view: WorkplaceView, version: AgreementVersion, bound: dict[int | str, forms.Form] | None = None
) -> dict[str, Any]:
    """Return what the page shows of a version; ``bound`` holds the forms that were sent with faults."""
    bound = bound or {}
    agreement = version.agreement
    reading = read(with_dialogue(version))
    leader = accountable_leader(agreement, view.on)
    decides = DECIDE.allows(view.capacity, view.subject)
    versions = versions_of(agreement.workplace_id)
    in_dialogue = version.state == State.IN_DIALOGUE
    missing = missing_before_adoption(version, view.on) if in_dialogue else []
    heard = heard_about(agreement)
    discussion = version.counting_discussion
    is_announced = version.state == State.ANNOUNCED
    return {
        "workplace": view.subject,
        "version": version,
        "reading": reading,
        "ending": ending_of(version) if version.state == State.IN_FORCE else None,
        "badge": BADGES[State(version.state)],
        "leads": view.leads,
        "is_closed": view.is_closed,
        "closing": view.closing,
        "decides": decides,
        "leader": leader,
        "stand_in": next((row for row in named_people(agreement.workplace_id, view.on) if row.is_stand_in), None),
        "takes_over": TAKE_OVER.allows(view.capacity, view.subject),
        "contacts": contact_persons(agreement, view.on),
        "discussion": discussion,
        "standing": standing(discussion, view.on) if discussion and in_dialogue else None,
        "said": said(discussion) if version.state in (*PRINTED, State.IN_DIALOGUE) else [],
        "missing": missing,
        "is_doubt_all": decides and bool(missing) and all(one.code == "doubt" for one in missing),
        "gaps": [gap for gap in missing_before_adoption(version, view.on) if gap.code != "period"]
        if is_announced
        else [],
        "doubts": [(shown, doubt_form(shown, bound)) for shown in reading.undecided] if in_dialogue and decides else [],
        "adopt_form": bound.get("adopt") or AdoptForm(),
        "problems": list(bound.values()),
        "existing": existing_of(version),
        "waits": missing_before_force(version, view.on) if version.state == State.ADOPTED else [],
        "entries": [{"on": line.at, "title": line.text} for line in with_comment_round(version, timeline(version))],
        "commenting": commenting_for(version, view.capacity, view.on),
        "versions": [other for other in versions if other.pk != version.pk],
        "in_force": next((other for other in versions if other.state == State.IN_FORCE and other != version), None),
        "has_open": any(other.state in OPEN for other in versions),
        "is_printed": version.state in PRINTED,
        "files": attached_files(version),
        "filing": filing_of(version) if version.state in PRINTED else None,
        "files_it": version.state in PRINTED and FILE.allows(view.capacity, view.subject),
        "heard": heard,
        "is_long_ago": is_long_ago(heard, view.on),
        "update": _update(version, versions, view.on),
        "policies": policies_for(view.subject.sector, view.on),
    }


def _update(version: AgreementVersion, versions: Sequence[AgreementVersion], on: date) -> Update | None:
    """Return what a newer edition says instead: of what is in force or on its way, never of what is history."""
    return update_against(version, versions, on) if version.state in {*OPEN, State.IN_FORCE} else None


def doubt_form(shown: TaskShown, bound: dict[int | str, forms.Form]) -> forms.Form:
    """Return the form that decides on one doubt."""
    return bound.get(shown.task.pk) or DoubtForm(auto_id=f"id_{shown.task.pk}_%s")


class VersionView(WorkplaceView):
    """One version by its number: the old ones can always be read."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show it."""
        version = (
            visible_versions(self.capacity)
            .filter(agreement__workplace=self.subject, number=kwargs["number"])
            .select_related(
                "framework", "agreement__workplace", "dialogue", "announced_to", "rests_on__dialogue__committee"
            )
            .first()
        )
        if version is None:
            raise Http404
        if version.state == State.DRAFT or version == self.open_version or version.state == State.IN_FORCE:
            current = self.open_version or own_version_in_force(self.subject.pk)
            if current is not None and current.pk == version.pk:
                return self.to_agreement()
        return render(request, "agreements/reading.html", {**reading_context(self, version), "is_old": True})


class PdfView(WorkplaceView):
    """The agreement on paper, for those who are logged in; the open page has its own address for it."""

    large_print = False

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Return the PDF."""
        version = (
            visible_versions(self.capacity)
            .filter(agreement__workplace=self.subject, number=kwargs["number"], state__in=PRINTED)
            .select_related(
                "framework", "agreement__workplace", "dialogue", "announced_to", "rests_on__dialogue__committee"
            )
            .first()
        )
        if version is None:
            raise Http404
        return pdf_response(request, version, large_print=self.large_print)


class WordView(WorkplaceView):
    """Any version as Word, drafts too, for those who work here: to write on in, or to send along."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Return the file."""
        del request
        number = kwargs["number"]
        response = HttpResponse(agreement_word(self.version_numbered(number)), content_type=DOCX_TYPE)
        name = f"aftale-{self.subject.slug}-{number}.docx"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return response


def again(view: WorkplaceView, version: AgreementVersion, bound: dict[int | str, forms.Form]) -> HttpResponse:
    """Show the page again with what must be put right in one of its forms."""
    context = reading_context(view, version, bound)
    return render(view.request, "agreements/reading.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
