# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""How people sign in: a one-time code by e-mail; nobody signs up by themselves."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspil.people.middleware import act_as
from samspil.people.models import User
from samspil.people.queries import capacities_of


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Closed to sign-up: people are entered by the municipality."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": _("That is not the code we sent. Look in the newest e-mail and write the code again."),
        "too_many_login_attempts": _("There have been too many attempts. Wait some minutes, then ask for a new code."),
        "rate_limited": _("That was too many times in a short while. Wait a minute and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say no."""
        del request
        return False

    def login(self, request: HttpRequest, user: User) -> None:
        """Log in; who has one capacity only need not choose."""
        super().login(request, user)
        capacities = capacities_of(user.pk, timezone.localdate())
        if len(capacities) == 1:
            act_as(request.session, capacities[0])

    def render_mail(
        self, template_prefix: str, email: str, context: dict[str, Any], headers: dict[str, str] | None = None
    ) -> Any:
        """Mark the mail as made by a machine, so that nobody's absence note answers it."""
        return super().render_mail(
            template_prefix, email, context, {"Auto-Submitted": "auto-generated", **(headers or {})}
        )
