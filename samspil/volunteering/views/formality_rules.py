# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The municipality's rules of what must be in place: the list, one rule, and how far a round has come."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.foundation.errors import Refusal
from samspil.foundation.views import PermissionView
from samspil.volunteering import actions
from samspil.volunteering.formality_forms import EndRuleForm, RuleForm, initial_of
from samspil.volunteering.formality_list import shipped_rules
from samspil.volunteering.formality_permissions import EDIT_RULES, visible_rules
from samspil.volunteering.models import FormalityRule, Reevaluation
from samspil.volunteering.models.formalities import DuePoint


def _last_round() -> Reevaluation | None:
    return Reevaluation.objects.order_by("-pk").first()


class RulesView(PermissionView):
    """All rules by when they are due, those of a later day too."""

    permission = EDIT_RULES

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them."""
        on = self.capacity.on
        rows = list(visible_rules(self.capacity))
        standing = [row for row in rows if row.valid_until is None or row.valid_until >= on]
        last = _last_round()
        context = {
            "groups": [(point.label, [row for row in standing if row.due_point == point]) for point in DuePoint],
            "has_rules": bool(rows),
            "on": on,
            "new_in_the_list": len({rule.code for rule in shipped_rules()} - {row.code for row in rows}),
            "round": last if last and last.finished_at is None else None,
        }
        return render(request, "volunteering/formality_rules.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Put the rules of the product's list in place that were never here."""
        count = actions.install_rules(actor=self.capacity, on=self.capacity.on, at=timezone.now())
        messages.success(
            request, _("%(number)d rules have been added. Check them, and make them your own.") % {"number": count}
        )
        return redirect("formality_rules")


class RoundView(PermissionView):
    """How far the round over all volunteers has come; fetched again until it is done."""

    permission = EDIT_RULES

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show it, as a part of the page."""
        return render(request, "volunteering/_formality_round.html", {"round": _last_round()})


class RulePage(PermissionView):
    """What the pages of one rule stand on."""

    permission = EDIT_RULES
    subject: FormalityRule | None

    def page(self, form: RuleForm, *, missing: Any = (), status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
        """Show the form, and the wordings that there have been."""
        rule = self.subject
        history = visible_rules(self.capacity).filter(code=rule.code).order_by("-valid_from") if rule else ()
        context = {"form": form, "rule": rule, "missing": missing, "history": history}
        return render(self.request, "volunteering/formality_rule.html", context, status=status)

    def post(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        """Let the rule hold from the day on; what the rules refuse is said above the form."""
        form = RuleForm(request.POST)
        if not form.is_valid():
            return self.page(form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        try:
            rule = actions.save_rule(
                code=kwargs.get("code", ""),
                content=form.content,
                valid_from=form.cleaned_data["valid_from"],
                asks_again=form.cleaned_data["asks_again"],
                actor=self.capacity,
                on=self.capacity.on,
                at=timezone.now(),
            )
        except Refusal as refusal:
            return self.page(form, missing=refusal.missing or [str(refusal)], status=HTTPStatus.CONFLICT)
        messages.success(
            request, _("“%(title)s” is saved. Nobody is stopped without being told first.") % {"title": rule.title}
        )
        return redirect("formality_rules")


class NewRuleView(RulePage):
    """A rule of the municipality's own."""

    subject = None

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the empty form."""
        del request
        return self.page(RuleForm(initial={"valid_from": self.capacity.on, "due_point": DuePoint.WITHIN_30_DAYS}))


class EditRuleView(RulePage):
    """One rule: what it says now; a change is a new wording from a day on."""

    def load(self, **kwargs: Any) -> FormalityRule:
        """Find the newest wording."""
        rule = visible_rules(self.capacity).filter(code=kwargs["code"]).order_by("-valid_from").first()
        if rule is None:
            raise Http404
        return rule

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        """Show the form with what stands."""
        del request, code
        assert self.subject is not None  # noqa: S101 - load found it
        from_day = max(self.capacity.on, self.subject.valid_from + timedelta(days=1))
        return self.page(RuleForm(initial={**initial_of(self.subject), "valid_from": from_day}))


class EndRuleView(EditRuleView):
    """End a rule: asks first."""

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        """Ask for the last day."""
        del request, code
        return self._ask(EndRuleForm(initial={"on": self.capacity.on}))

    def post(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        """End it."""
        del kwargs
        form = EndRuleForm(request.POST)
        if not form.is_valid() or self.subject is None:
            return self._ask(form)
        actions.end_rule(rule=self.subject, on=form.cleaned_data["on"], actor=self.capacity, at=timezone.now())
        messages.success(request, _("“%(title)s” ends on the day.") % {"title": self.subject.title})
        return redirect("formality_rules")

    def _ask(self, form: EndRuleForm) -> HttpResponse:
        context = {
            "form": form,
            "question": _("End “%(title)s”?") % {"title": self.subject.title if self.subject else ""},
            "consequences": [
                _("From the day after, nobody is asked for it any more."),
                _("What has been noted about volunteers stays."),
            ],
            "action_label": _("Yes, end it"),
            "back_url": reverse("formality_rules"),
        }
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        return render(self.request, "foundation/confirm.html", context, status=status)
