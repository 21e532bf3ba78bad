# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The policies that the framework stands beside: the register, and its three steps."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samspil.foundation.text import sort_key
from samspil.foundation.views import PermissionView
from samspil.frameworks import actions
from samspil.frameworks.forms import EndPolicyForm, PolicyForm, initial_of_policy
from samspil.frameworks.models import Policy
from samspil.frameworks.permissions import EDIT_POLICIES, READ, visible_policies


class PoliciesView(PermissionView):
    """Every policy: those that hold or come, and those that have ended."""

    permission = READ

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the register."""
        on = self.capacity.on
        order = {level: place for place, level in enumerate(Policy.Level.values)}
        policies = sorted(visible_policies(self.capacity), key=lambda one: (order[one.level], sort_key(one.title)))
        context = {
            "policies": [one for one in policies if one.valid_until is None or one.valid_until >= on],
            "ended": [one for one in policies if one.valid_until is not None and one.valid_until < on],
            "on": on,
            "may_edit": EDIT_POLICIES.allows(self.capacity),
        }
        return render(request, "frameworks/policies.html", context)


class AddPolicyView(PermissionView):
    """A policy to be entered."""

    permission = EDIT_POLICIES

    def get(self, _request: HttpRequest) -> HttpResponse:
        """Show the empty form."""
        return self._page(PolicyForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Enter it."""
        form = PolicyForm(request.POST)
        if form.is_valid():
            try:
                policy = actions.add_policy(
                    facts=form.facts(), actor=self.capacity, at=timezone.now(), on=timezone.localdate()
                )
            except actions.DateRefusal as refusal:
                form.add_error(refusal.field, str(refusal))
            else:
                messages.success(request, _("“%(title)s” stands among the policies now.") % {"title": policy.title})
                return redirect("policies")
        return self._page(form)

    def _page(self, form: PolicyForm) -> HttpResponse:
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        return render(self.request, "frameworks/policy.html", {"form": form}, status=status)


class _PolicyPage(PermissionView):
    """A page about one policy."""

    permission = EDIT_POLICIES
    subject: Policy

    def load(self, **kwargs: Any) -> Policy:
        """Find the policy among the visible ones."""
        policy: Policy | None = visible_policies(self.capacity).filter(pk=kwargs["pk"]).first()
        if policy is None:
            raise Http404
        return policy

    def step(self) -> dict[str, Any]:
        """Return what both steps are told: the policy as the person saw it, and who takes the step when."""
        sent = self.request.POST.get("revision", "")
        is_number = sent.isascii() and sent.isdigit() and len(sent) < len("1234567890")
        return {
            "policy": self.subject,
            "expected_revision": int(sent) if is_number else 0,
            "actor": self.capacity,
            "at": timezone.now(),
            "on": timezone.localdate(),
        }

    def take(self, form: forms.Form, sentence: str) -> HttpResponse:
        """Take the step of a form that was sent, or show it again with what must be put right."""
        if form.is_valid():
            try:
                self.do(form)
            except actions.DateRefusal as refusal:
                form.add_error(refusal.field, str(refusal))
            else:
                messages.success(self.request, sentence)
                return redirect("policies")
        return self.show(form)

    def do(self, form: forms.Form) -> None:
        """Call the action."""
        raise NotImplementedError

    def show(self, form: forms.Form) -> HttpResponse:
        """Show the page."""
        raise NotImplementedError


class EditPolicyView(_PolicyPage):
    """What is said about a policy, to be corrected."""

    def get(self, _request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Show it in the form."""
        return self.show(PolicyForm(initial=initial_of_policy(self.subject)))

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Save it."""
        return self.take(PolicyForm(request.POST), _("It is saved."))

    def do(self, form: forms.Form) -> None:
        """Correct the policy."""
        if isinstance(form, PolicyForm):
            actions.edit_policy(facts=form.facts(), **self.step())

    def show(self, form: forms.Form) -> HttpResponse:
        """Show the form."""
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        return render(self.request, "frameworks/policy.html", {"form": form, "policy": self.subject}, status=status)


class EndPolicyView(_PolicyPage):
    """The last day of a policy, asked for before it is set."""

    def get(self, _request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """Ask first."""
        return self.show(EndPolicyForm(initial={"last_day": self.subject.valid_until or self.capacity.on}))

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        """End it."""
        return self.take(EndPolicyForm(request.POST), _("The last day of the policy is set."))

    def do(self, form: forms.Form) -> None:
        """End the policy."""
        actions.end_policy(last_day=form.cleaned_data["last_day"], **self.step())

    def show(self, form: forms.Form) -> HttpResponse:
        """Show the question."""
        context = {
            "question": _("End “%(title)s”?") % {"title": self.subject.title},
            "consequences": [
                _("From the day after, it no longer stands on the map and on the agreements."),
                _("It stays in the list of policies that have ended."),
                _("The framework and the agreements stay as they are."),
            ],
            "form": form,
            "action_label": _("End the policy"),
            "back_url": reverse("policies"),
            "version": self.subject,
        }
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        return render(self.request, "frameworks/confirm.html", context, status=status)
