# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The list of dialogues, the paper, and writing down what was said."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.foundation.capacity import Capacity
from samspil.foundation.errors import Refusal
from samspil.foundation.views import PermissionView
from samspil.med import actions, permissions
from samspil.med.forms import RecordForm, ReopenForm, first_names, show_missing
from samspil.med.models import Dialogue, Side
from samspil.med.papers import plain_text
from samspil.med.printing import annexes, paper_pdf
from samspil.med.queries import (
    body_above,
    current_confirmation,
    dialogue_at,
    earlier_in_matter,
    earlier_papers,
    earlier_refusal,
    employee_side,
    met_together,
    next_in_matter,
    participants,
    positions,
    read_standing,
    read_with_bodies,
    standing,
)
from samspil.med.states import MAY_FOLLOW, State
from samspil.people.models import Role

PAGE = 25


def record_context(dialogue: Dialogue) -> dict[str, Any]:
    """Return what ``med/_record.html`` shows: what was said, by whom, and what the employee side answered."""
    said, there = positions(dialogue), participants(dialogue)
    counts = {Side.MANAGEMENT: dialogue.management_count, Side.EMPLOYEES: dialogue.employee_count}
    return {
        "dialogue": dialogue,
        "paper": dialogue.current_paper,
        "attachments": annexes(dialogue.current_paper) if dialogue.current_paper else [],
        "sides": [
            {
                "name": _("Management side") if side == Side.MANAGEMENT else _("Employee side"),
                "people": there.get(side, []),
                "count": counts[side],
                "position": said.get(side),
            }
            for side in Side
        ],
        "together": met_together(dialogue),
        "answers": list(dialogue.answers.all()) if dialogue.held_on else [],
        "confirmation": current_confirmation(dialogue),
        "earlier_refusal": earlier_refusal(dialogue),
        "standing": standing(dialogue, timezone.localdate()),
    }


def can_correct(capacity: Capacity, dialogue: Dialogue) -> bool:
    """Say whether the page offers to correct the text at the table: to the leader whose it is, until it is relied upon."""
    paper = dialogue.current_paper
    if paper is None or not paper.link or dialogue.framework_id is not None or capacity.role != Role.LEADER:
        return False
    is_theirs = paper.body.get("corrected_by") in {None, capacity.unit_id}
    return is_theirs and dialogue.relied_upon_at is None and dialogue.state not in {State.WITHDRAWN, State.SENT_ON}


class DialogueSubjectView(PermissionView):
    """A page about one dialogue that the capacity may see."""

    def load(self, **kwargs: Any) -> Dialogue:
        """Find the dialogue with all that a page reads."""
        dialogue = dialogue_at(kwargs["pk"])
        if dialogue is None or not permissions.SEE_DIALOGUE.allows(self.capacity, dialogue):
            raise Http404
        return read_with_bodies(dialogue)


class DialoguesView(PermissionView):
    """What is to be discussed, what waits for the employee side, what is discussed."""

    permission = permissions.SEE

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them in pages: first what somebody has to do something about."""
        on = timezone.localdate()
        seen: Any = permissions.listed_dialogues(self.capacity)
        page = Paginator(seen, PAGE).get_page(request.GET.get("side"))
        lines = [(dialogue, standing(dialogue, on)) for dialogue in read_standing(page)]
        recorded = [line for line in lines if line[0].state == State.RECORDED]
        return render(
            request,
            "med/dialogues.html",
            {
                "waiting": [line for line in lines if line[0].state not in {State.RECORDED, State.CONCLUDED}],
                "recorded": [line for line in recorded if not line[1].counts],
                "concluded": [line for line in lines if line[1].counts or line[0].state == State.CONCLUDED],
                "page": page,
            },
        )


class DialogueView(DialogueSubjectView):
    """The paper, what was said of it, and what happens next."""

    permission = permissions.SEE_DIALOGUE

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it all on one page."""
        del pk
        dialogue: Dialogue = self.subject
        paper = dialogue.current_paper
        if paper is None:
            raise Http404
        context = record_context(dialogue)
        confirmation = context["confirmation"]
        is_waiting = dialogue.state in {State.WAITING, State.DEFERRED}
        may_record = dialogue.relied_upon_at is None and permissions.RECORD.allows(self.capacity, dialogue)
        is_asked = dialogue.state == State.RECORDED and confirmation is not None
        context |= {
            "text": plain_text(title=paper.title, body=paper.body, questions=paper.standing_questions),
            "earlier_papers": earlier_papers(dialogue),
            "can_record": may_record and (is_waiting or (is_asked and not context["standing"].counts)),
            "can_give_consent": bool(paper.link)
            and context["standing"].counts
            and permissions.GIVE_CONSENT.allows(self.capacity, dialogue.committee),
            "can_reopen": may_record and context["standing"].counts,
            "can_answer": is_asked
            and confirmation.answer == "asked"
            and permissions.ANSWER.allows(self.capacity, dialogue),
            "can_settle": is_asked
            and not context["standing"].counts
            and (confirmation.answer == "refused" or confirmation.due_on < timezone.localdate())
            and permissions.SETTLE.allows(self.capacity, dialogue),
            "can_defer": may_record and dialogue.state == State.WAITING,
            "can_take_up": may_record and dialogue.state == State.DEFERRED,
            "can_send_on": may_record
            and State.SENT_ON in MAY_FOLLOW.get(dialogue.state, ())
            and dialogue.framework_id is None
            and body_above(dialogue.committee) is not None,
            "came_from": earlier_in_matter(dialogue),
            "went_to": next_in_matter(dialogue),
            "can_correct": can_correct(self.capacity, dialogue),
            "is_recorded": dialogue.held_on is not None,
            "is_stale": dialogue.held_on is not None and is_waiting,
        }
        return render(request, "med/dialogue.html", context)


class PaperPdfView(DialogueSubjectView):
    """The paper to print or to send along."""

    permission = permissions.SEE_DIALOGUE

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Answer with the PDF."""
        del request
        dialogue: Dialogue = self.subject
        if dialogue.current_paper is None:
            raise Http404
        pdf = paper_pdf(dialogue, dialogue.current_paper, self.capacity.municipality_name)
        return HttpResponse(
            pdf,
            content_type="application/pdf",
            headers={"Content-Disposition": f'inline; filename="sag-{pk}.pdf"'},
        )


class RecordView(DialogueSubjectView):
    """*Hvad kom I frem til?*: two minutes."""

    permission = permissions.RECORD

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the form, with what was written before or is usual."""
        del request, pk
        return self._page(RecordForm(dialogue=self.subject, on=timezone.localdate()))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Write it down and ask the employee side; on an error nothing written is lost."""
        on = timezone.localdate()
        form = RecordForm(request.POST, dialogue=self.subject, on=on)
        if form.is_valid():
            try:
                actions.record(
                    dialogue=self.subject,
                    record=form.record(),
                    expected_sha256=form.cleaned_data["expected_sha256"],
                    actor=self.capacity,
                    at=timezone.now(),
                    on=on,
                )
            except Refusal as refusal:
                if not refusal.missing:
                    form.add_error(None, str(refusal.message))
                show_missing(form, refusal.missing)
            else:
                messages.success(request, _("It is written down. The employee side has been asked to confirm it."))
                return redirect("dialogue", pk=pk)
        return self._page(form)

    def context(self, form: RecordForm) -> dict[str, Any]:
        """Return what the page shows."""
        dialogue: Dialogue = self.subject
        seats = employee_side(dialogue.committee, timezone.localdate())
        return {
            "form": form,
            "dialogue": dialogue,
            "paper": dialogue.current_paper,
            "who_confirms": first_names(seats),
            "is_again": dialogue.held_on is not None and dialogue.state == State.WAITING,
            "refused": current_confirmation(dialogue),
            "can_correct": can_correct(self.capacity, dialogue),
        }

    def _page(self, form: RecordForm) -> HttpResponse:
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        return render(self.request, "med/record.html", self.context(form), status=status)


class ReopenView(DialogueSubjectView):
    """Take a discussion up again, with a reason."""

    permission = permissions.RECORD

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask why."""
        del request, pk
        return self._page(ReopenForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take it up again."""
        form = ReopenForm(request.POST)
        if form.is_valid():
            try:
                actions.reopen(
                    dialogue=self.subject,
                    reason=form.cleaned_data["reason"],
                    actor=self.capacity,
                    at=timezone.now(),
                )
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("The discussion is taken up again."))
                return redirect("dialogue", pk=pk)
        return self._page(form)

    def _page(self, form: ReopenForm) -> HttpResponse:
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        return render(self.request, "med/reopen.html", {"form": form, "dialogue": self.subject}, status=status)
