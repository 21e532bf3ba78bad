# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The one page: begun, written, saved while one types, and looked at before it is sent."""

from collections.abc import Sequence
from datetime import date
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.agreements import actions
from samspil.agreements.actions.discussing import MissingBeforeDialogueError
from samspil.agreements.actions.drafting import fingerprint
from samspil.agreements.begin_forms import BeginForm
from samspil.agreements.comment_models import Comment
from samspil.agreements.comment_rounds import commenting_for
from samspil.agreements.covering import note_at
from samspil.agreements.endings import first_day_without
from samspil.agreements.forms import PageForm
from samspil.agreements.guards import missing_before_dialogue
from samspil.agreements.models import AgreementVersion, LocalPrinciple, Section, Task
from samspil.agreements.pages import DraftPage, common_of, draft_page, read
from samspil.agreements.permissions import EDIT, ENTER_EXISTING, READ, TAKE_OVER
from samspil.agreements.queries import (
    asked_again_on,
    attached_files,
    existing_window,
    no_volunteers,
    own_version_in_force,
    versions_of,
)
from samspil.agreements.sections import REGISTRY
from samspil.agreements.states import State
from samspil.agreements.updates import update_against
from samspil.agreements.views.base import WorkplaceView
from samspil.agreements.views.reading import reading_context
from samspil.foundation.errors import Conflict, Missing, Refusal, StaleRevisionError
from samspil.foundation.templatetags.samspil import danish_time
from samspil.frameworks import queries as frameworks
from samspil.frameworks.models import Audience
from samspil.med.queries import stance_lines_at
from samspil.people.models import User

MISSING = "mangler"
SAVED = "saved"
_PAGES = {
    "add-task": "add_task",
    "add-principle": "add_principle",
    "attach": "attached_files",
    "change": "agreement_change",
    "conditions": "conditions",
    "places": "covered_places",
}
_PAGES_OF_ONE = {"task": "task_details", "comment-answer": "answer_comment", "retie": "retie_principle"}
"""What the buttons of the form lead to once it is saved, by what they are called."""


class FormView(WorkplaceView):
    """What the draft and the correction at the table have in common: one form, saved as a whole."""

    is_table = False

    def writable(self) -> AgreementVersion:
        """Return the version that the form writes, or raise ``Http404``."""
        version = self.the_open_version()
        if version.state != (State.IN_DIALOGUE if self.is_table else State.DRAFT):
            raise Http404
        return version

    def show(
        self,
        form: PageForm,
        *,
        problems: Sequence[Missing] = (),
        conflicts: Sequence[Conflict] = (),
        status: HTTPStatus = HTTPStatus.OK,
    ) -> HttpResponse:
        """Show the form."""
        page = form.page
        version = page.version
        context = {
            "workplace": self.subject,
            "version": version,
            "page": page,
            "form": form,
            "rows": form.rows(),
            "is_table": self.is_table,
            "leads": self.leads,
            "problems": problems,
            "conflicts": conflicts,
            "is_unsaved": status != HTTPStatus.OK,
            "missing": () if self.is_table else missing_before_dialogue(version, self.on),
            "takes_over": TAKE_OVER.allows(self.capacity, self.subject),
            "files": attached_files(version),
            "reminders": stance_lines_at(self.subject, page.common.reminders(Audience.LEADER), self.on),
            "in_force": own_version_in_force(self.subject.pk) if version.number > 1 else None,
            "update": update_against(version, (), self.on),
            "commenting": None if self.is_table else commenting_for(version, self.capacity, self.on),
        }
        return render(self.request, "agreements/page.html", context, status=status)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Save the whole form, then do what the pressed button says."""
        del kwargs
        if not EDIT.allows(self.capacity, self.subject):
            return self.not_yours()
        version = self.open_version
        if version is None or version.state != (State.IN_DIALOGUE if self.is_table else State.DRAFT):
            raise Refusal(_("The text can no longer be changed here. Reload the page to see how things stand."))
        form = PageForm(draft_page(version, self.on, self.capacity.user_id), request.POST)
        if not form.is_valid():
            return self.show(form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        try:
            saved = self.save(form)
        except StaleRevisionError as stale:
            form.take_in(stale.conflicts)
            return self.show(form, conflicts=stale.conflicts, status=HTTPStatus.CONFLICT)
        intent, _colon, key = request.POST.get("intent", "save").partition(":")
        return self.go_on(saved, intent, key, is_changed=saved.revision != version.revision)

    def save(self, form: PageForm, *, is_autosave: bool = False) -> AgreementVersion:
        """Save texts, ticks and contact persons."""
        at = timezone.now()
        saved = actions.save_page(
            version=form.page.version, page=form.sent_page(), actor=self.capacity, at=at, is_autosave=is_autosave
        )
        contacts = form.sent_contacts()
        if contacts != form.page.contacts:
            actions.set_contact_persons(
                version=saved,
                users=User.objects.filter(pk__in=contacts),
                actor=self.capacity,
                on=self.on,
                at=at,
            )
        return saved

    def go_on(self, version: AgreementVersion, intent: str, key: str, *, is_changed: bool) -> HttpResponse:
        """Do what the pressed button says, and show where one is."""
        slug = self.subject.slug
        if intent in _PAGES:
            return redirect(_PAGES[intent], slug)
        if intent in _PAGES_OF_ONE and _is_key(key):
            return redirect(_PAGES_OF_ONE[intent], slug, int(key))
        if intent == "comment-taken" and _is_key(key):
            self.take_in_comment(version, int(key))
            return self.to_agreement()
        if intent == "remove-task":
            self.remove_task(version, key)
            return redirect(f"{self.request.path}#tasks")
        if intent == "remove-principle":
            self.remove_principle(version, key)
            return redirect(f"{self.request.path}#own-principles")
        return self.done(version, intent, is_changed=is_changed)

    def done(self, version: AgreementVersion, intent: str, *, is_changed: bool) -> HttpResponse:
        """Finish: what differs between the draft and the table."""
        raise NotImplementedError

    def remove_task(self, version: AgreementVersion, key: str) -> None:
        """Take a task out; one that is gone already is gone."""
        task = Task.objects.filter(version=version, pk=key).first() if _is_key(key) else None
        if task is not None:
            actions.remove_task(task=task, actor=self.capacity, at=timezone.now())

    def take_in_comment(self, version: AgreementVersion, key: int) -> None:
        """Say that a colleague's comment is taken in; one that is gone already is gone."""
        comment = Comment.objects.filter(round__version=version, pk=key).select_related("round__version").first()
        if comment is not None:
            taken_in = Comment.Outcome.TAKEN_IN
            actions.settle_comment(comment=comment, outcome=taken_in, answer="", actor=self.capacity, at=timezone.now())

    def remove_principle(self, version: AgreementVersion, key: str) -> None:
        """Take a principle of the workplace's own out."""
        own = LocalPrinciple.objects.filter(version=version, pk=key).first() if _is_key(key) else None
        if own is not None:
            actions.remove_local_principle(principle=own, actor=self.capacity, at=timezone.now())


def _is_key(key: str) -> bool:
    return key.isascii() and key.isdigit() and len(key) < len(str(2**63))


class AgreementView(FormView):
    """The agreement of a workplace, as it stands for whoever looks: to begin, to write, to read."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the form to its leader, the text to others, or how to begin."""
        del kwargs
        version = self.open_version
        if version is not None and version.state == State.DRAFT and self.leads and not self.is_closed:
            page = draft_page(version, self.on, self.capacity.user_id)
            problems = missing_before_dialogue(version, self.on) if MISSING in request.GET else []
            return self.show(PageForm(page), problems=problems)
        version = version or own_version_in_force(self.subject.pk)
        if version is None:
            return self.nothing_yet()
        if version.agreement.workplace_id != self.subject.pk:
            return self.covered(version)
        return render(request, "agreements/reading.html", reading_context(self, version))

    def covered(self, version: AgreementVersion) -> HttpResponse:
        """Show the agreement of another workplace that covers this one, with what is special here (R26)."""
        holder = version.agreement.workplace
        context = {
            "workplace": self.subject,
            "holder": holder,
            "sees_holder": READ.allows(self.capacity, holder),
            "version": version,
            "reading": read(version),
            "update": update_against(version, (), self.on),
            "is_open": True,
            "note": note_at(version, self.subject),
        }
        return render(self.request, "agreements/covered.html", context)

    def nothing_yet(self, form: BeginForm | None = None) -> HttpResponse:
        """Show the common principles first (R42), then how to begin and who can; a form that was sent with its faults."""
        framework = frameworks.version_in_force(self.on)
        statement = no_volunteers(self.subject.pk)
        begin = form or BeginForm(workplace=self.subject, search=self.request.GET.get("kollega", ""))
        if framework is not None and self.leads:
            begin.offer()
        ended = next((one for one in versions_of(self.subject.pk) if one.state == State.ENDED), None)
        context = {
            "ended": ended,
            "ended_since": first_day_without(ended) if ended else None,
            "statement": statement,
            "enters_existing": framework is not None
            and ENTER_EXISTING.allows(self.capacity, self.subject)
            and existing_window(self.on) is not None
            and not self.is_closed,
            "closing": self.closing,
            "is_asked_again": statement is not None and asked_again_on(statement) <= self.on,
            "workplace": self.subject,
            "common": common_of(framework) if framework else None,
            "leads": self.leads and not self.is_closed,
            "to_come": None if framework else frameworks.version_to_come(self.on),
            "form": begin,
            "given_up": next((one for one in versions_of(self.subject.pk) if one.state == State.WITHDRAWN), None),
        }
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form else HTTPStatus.OK
        return render(self.request, "agreements/begin.html", context, status=status)

    def done(self, version: AgreementVersion, intent: str, *, is_changed: bool) -> HttpResponse:
        """Show the page again, show how it will look, or send it to be discussed."""
        del is_changed
        if intent == "preview":
            return redirect("agreement_preview", self.subject.slug)
        if intent == "send":
            try:
                sent = actions.send_to_dialogue(version=version, actor=self.capacity, on=self.on, at=timezone.now())
            except MissingBeforeDialogueError:
                return self.to_agreement(f"?{MISSING}=1")
            body = sent.dialogue.committee.name if sent.dialogue else ""
            messages.success(self.request, _("It has been sent to %(body)s to be discussed.") % {"body": body})
            return self.to_agreement()
        messages.success(self.request, _("It is saved."), extra_tags=SAVED)
        return self.to_agreement(f"#{SAVED}")


class AmendView(FormView):
    """Correcting at the table: the same form; every save puts the new text before the body."""

    permission = EDIT
    is_table = True

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the form."""
        del request, kwargs
        if self.open_version is None or self.open_version.state != State.IN_DIALOGUE:
            return self.to_agreement()
        return self.show(PageForm(draft_page(self.open_version, self.on, self.capacity.user_id)))

    def done(self, version: AgreementVersion, intent: str, *, is_changed: bool) -> HttpResponse:
        """Show what the body has before it now."""
        del version, intent
        if is_changed:
            messages.success(
                self.request, _("It is saved and put before the body again. The two sides say yes to this text.")
            )
        else:
            messages.info(self.request, _("Nothing was changed, so the body has the same text as before."))
        return self.to_agreement()


class BeginView(AgreementView):
    """Begin the agreement, or its next version; whoever comes by a link or a reload is shown the agreement."""

    permission = EDIT

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the agreement instead."""
        del request, kwargs
        return self.to_agreement()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Open a draft: from the template or the text in force, from a colleague's, or from one that was given up."""
        del kwargs
        form = BeginForm(request.POST, workplace=self.subject)
        if not form.is_valid():
            return self.nothing_yet(form)
        colleague, given_up = form.cleaned_data["colleague"], form.cleaned_data["given_up"]
        actions.open_draft(
            workplace=self.subject,
            actor=self.capacity,
            on=self.on,
            at=timezone.now(),
            colleague=colleague,
            given_up=given_up,
        )
        if colleague is not None:
            messages.info(request, _("Your colleague's words are here. Look for names and what only fits their place."))
        return self.to_agreement()


class AutosaveView(FormView):
    """What the browser sends while one types: answered with the time, or with what to do."""

    permission = EDIT

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the agreement instead."""
        del request, kwargs
        return self.to_agreement()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Save what can be saved; nothing where somebody else has written in the same place."""
        del kwargs
        form = PageForm(draft_page(self.writable(), self.on), request.POST)
        if not form.is_valid():
            problem = next(iter(form.errors.values()))[0]
            return JsonResponse({"message": problem}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        try:
            saved = self.save(form, is_autosave=True)
        except StaleRevisionError:
            message = _(
                "Somebody else has written here too. Press Save to see both texts. Yours is kept in the browser."
            )
            return JsonResponse({"message": message}, status=HTTPStatus.CONFLICT)
        except Refusal as refusal:
            return JsonResponse({"message": str(refusal.message)}, status=HTTPStatus.CONFLICT)
        page = draft_page(saved, self.on)
        return JsonResponse(
            {
                "saved_at": danish_time(timezone.now()),
                "fields": _fields(saved, page),
                "replace": {**_still_missing(saved, self.on), **_marks(page)},
            }
        )


def _still_missing(version: AgreementVersion, on: date) -> dict[str, str]:
    """Return what is missing now, as it stands on a phone and beside the text on a desktop."""
    missing = missing_before_dialogue(version, on)
    places = {"missing": "only-phone", "missing-aside": "only-desktop"}
    return {
        place: render_to_string("agreements/_missing.html", {"missing": missing, "css": css})
        for place, css in places.items()
    }


def _marks(page: DraftPage) -> dict[str, str]:
    """Return the mark at each text, and the sentence above them; empty where a text has become the workplace's own (R47)."""
    whose = render_to_string("agreements/_whose_words.html", {"text": page, "is_form": True})
    unchanged = render_to_string("agreements/_unchanged.html")
    return {"whose-words": whose} | {f"mark-{kind}": unchanged if kind in page.borrowed else "" for kind in REGISTRY}


def _fields(version: AgreementVersion, page: DraftPage) -> dict[str, str]:
    """Return the hidden fields as they must stand after the save."""
    fields = {
        "tasks_before": " ".join(sorted(page.ticked)),
        "contacts_before": " ".join(map(str, sorted(page.contacts))),
    }
    for section in Section.objects.filter(version=version):
        fields[f"revision_{section.kind}"] = str(section.revision)
        fields[f"was_{section.kind}"] = fingerprint(section.text)
    return fields


class PreviewView(WorkplaceView):
    """How the open page will look."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the version that is on its way in the plain words of the open page."""
        del kwargs
        reading = read(self.the_open_version())
        return render(request, "agreements/preview.html", {"workplace": self.subject, "reading": reading})
