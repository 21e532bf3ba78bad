# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The comment round: opened by the leader, written in by the colleagues, answered by the leader (R55)."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.agreements import actions
from samspil.agreements.comment_forms import AnswerForm, CommentForm, CommentRoundForm
from samspil.agreements.comment_models import Comment
from samspil.agreements.comment_rounds import USUAL_DAYS, clauses_of, is_running, round_of
from samspil.agreements.models import AgreementVersion
from samspil.agreements.permissions import COMMENT, EDIT
from samspil.agreements.states import State
from samspil.agreements.views.base import StepView, WorkplaceView
from samspil.foundation.errors import Refusal


class _DraftView(WorkplaceView):
    """A page about the draft of a workplace."""

    def draft(self) -> AgreementVersion:
        """Return the draft, or raise ``Http404``."""
        version = self.the_open_version()
        if version.state != State.DRAFT:
            raise Http404
        return version

    def comment(self, pk: int) -> Comment:
        """Return a comment of the draft's round, or raise ``Http404``."""
        found = (
            Comment.objects.filter(pk=pk, round__version=self.draft())
            .select_related("author", "round__version")
            .first()
        )
        if found is None:
            raise Http404
        return found

    def page(self, template: str, context: dict[str, Any], *, is_faulty: bool = False) -> HttpResponse:
        """Show a page of the round."""
        status = HTTPStatus.UNPROCESSABLE_ENTITY if is_faulty else HTTPStatus.OK
        return render(self.request, template, {"workplace": self.subject, **context}, status=status)


class CommentRoundView(_DraftView):
    """Ask the colleagues, or give them longer."""

    permission = EDIT

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the form: a week from today, or as the round stands."""
        del request, kwargs
        found = round_of(self.draft())
        usual = self.on + timedelta(days=USUAL_DAYS)
        running = found is not None and is_running(found, self.draft(), self.on)
        last_day = found.last_day if found and running else usual
        return self.show(CommentRoundForm(initial={"last_day": last_day, "words": found.words if found else ""}))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Open the round, or prolong it."""
        del kwargs
        version = self.draft()
        form = CommentRoundForm(request.POST)
        if not form.is_valid():
            return self.show(form, is_faulty=True)
        act = actions.open_comment_round if round_of(version) is None else actions.prolong_comment_round
        try:
            act(version=version, **form.cleaned_data, actor=self.capacity, on=self.on, at=timezone.now())
        except Refusal as refusal:
            form.add_error("last_day", str(refusal))
            return self.show(form, is_faulty=True)
        messages.success(request, _("Your colleagues can comment on the draft until the day you chose."))
        return self.to_agreement()

    def show(self, form: CommentRoundForm, *, is_faulty: bool = False) -> HttpResponse:
        """Show the page."""
        found = round_of(self.draft())
        context = {
            "form": form,
            "round": found,
            "is_running": found is not None and is_running(found, self.draft(), self.on),
        }
        return self.page("agreements/comment_round.html", context, is_faulty=is_faulty)


class CloseCommentRoundView(StepView):
    """End the round before its day."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Close it."""
        del kwargs
        actions.close_comment_round(version=self.the_open_version(), actor=self.capacity, on=self.on, at=timezone.now())
        messages.success(request, _("The comment round is over. What was said stands beside the text."))
        return self.to_agreement()


class AddCommentView(_DraftView):
    """Comment on a clause; ``?om=`` says which, and nothing means the whole."""

    permission = COMMENT

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the form, while the round runs."""
        del request, kwargs
        found = round_of(self.draft())
        if found is None or not is_running(found, self.draft(), self.on):
            return self.to_agreement()
        return self.show(CommentForm())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Add the comment."""
        del kwargs
        form = CommentForm(request.POST)
        if not form.is_valid():
            return self.show(form, is_faulty=True)
        actions.add_comment(
            version=self.the_open_version(),
            clause=self.clause,
            text=form.cleaned_data["text"],
            actor=self.capacity,
            on=self.on,
            at=timezone.now(),
        )
        messages.success(request, _("Thank you. Your comment stands beside the text."))
        return self.to_agreement()

    @property
    def clause(self) -> str:
        """The clause it is about."""
        return str(self.request.GET.get("om", ""))

    def show(self, form: CommentForm, *, is_faulty: bool = False) -> HttpResponse:
        """Show the page."""
        clauses = clauses_of(self.draft())
        if self.clause and self.clause not in clauses:
            raise Http404
        return self.page(
            "agreements/comment.html", {"form": form, "about": clauses.get(self.clause, "")}, is_faulty=is_faulty
        )


class EditCommentView(_DraftView):
    """Change a comment of one's own."""

    permission = COMMENT

    def own(self, pk: int) -> Comment:
        """Return the comment if it is one's own, or raise ``Http404``."""
        found = self.comment(pk)
        if found.author_id != self.capacity.user_id:
            raise Http404
        return found

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the form."""
        del request
        comment = self.own(kwargs["pk"])
        return self.show(comment, CommentForm(initial={"text": comment.text}))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Save the new words."""
        comment, form = self.own(kwargs["pk"]), CommentForm(request.POST)
        if not form.is_valid():
            return self.show(comment, form, is_faulty=True)
        actions.edit_comment(
            comment=comment, text=form.cleaned_data["text"], actor=self.capacity, on=self.on, at=timezone.now()
        )
        messages.success(request, _("It is saved."))
        return self.to_agreement()

    def show(self, comment: Comment, form: CommentForm, *, is_faulty: bool = False) -> HttpResponse:
        """Show the page."""
        context = {"form": form, "comment": comment, "about": comment.clause_title}
        return self.page("agreements/comment.html", context, is_faulty=is_faulty)


class RemoveCommentView(EditCommentView):
    """Take a comment of one's own away."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask first."""
        self.own(kwargs["pk"])
        return render(
            request,
            "foundation/confirm.html",
            {
                "question": _("Delete your comment?"),
                "consequences": [_("It is gone for good, and nobody can read it any more.")],
                "action_label": _("Delete"),
                "back_url": reverse("agreement", args=[self.subject.slug]),
                "is_final": True,
            },
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Remove it."""
        actions.remove_comment(comment=self.own(kwargs["pk"]), actor=self.capacity, on=self.on, at=timezone.now())
        messages.success(request, _("The comment is deleted."))
        return self.to_agreement()


class AnswerCommentView(_DraftView):
    """Answer a comment in a line, or say that it is taken in."""

    permission = EDIT

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the comment and the field."""
        del request
        comment = self.comment(kwargs["pk"])
        return self.show(comment, AnswerForm(initial={"answer": comment.answer}))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Save what the pressed button says."""
        comment = self.comment(kwargs["pk"])
        outcome = request.POST.get("outcome", Comment.Outcome.ANSWERED)
        form = AnswerForm(request.POST, needs_words=outcome != Comment.Outcome.TAKEN_IN)
        if not form.is_valid():
            return self.show(comment, form, is_faulty=True)
        actions.settle_comment(
            comment=comment,
            outcome=outcome,
            answer=form.cleaned_data["answer"],
            actor=self.capacity,
            at=timezone.now(),
        )
        messages.success(request, _("It is saved, and the colleague can see it."))
        return self.to_agreement()

    def show(self, comment: Comment, form: AnswerForm, *, is_faulty: bool = False) -> HttpResponse:
        """Show the page."""
        return self.page("agreements/answer_comment.html", {"form": form, "comment": comment}, is_faulty=is_faulty)
