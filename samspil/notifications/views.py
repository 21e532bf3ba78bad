# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Reading what one has been told."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from samspil.foundation.views import PermissionView
from samspil.notifications import actions
from samspil.notifications.forms import MailForm
from samspil.notifications.models import Message
from samspil.notifications.permissions import CHOOSE_MAIL, OPEN_MESSAGE, VIEW_MESSAGES, visible_messages
from samspil.notifications.queries import chosen_by, mail_switch

PAGE_SIZE = 25


class MessagesView(PermissionView):
    """All messages, newest first."""

    permission = VIEW_MESSAGES

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show 25 a page."""
        page = Paginator(visible_messages(self.capacity), PAGE_SIZE).get_page(request.GET.get("side"))
        return render(request, "notifications/messages.html", {"page": page})


class OpenMessageView(PermissionView):
    """Mark a message read and go to what it is about."""

    permission = OPEN_MESSAGE
    http_method_names = ["post"]

    def load(self, **kwargs: Any) -> Message:
        """Find the message among one's own."""
        message = visible_messages(self.capacity).filter(pk=kwargs["pk"]).first()
        if message is None:
            raise Http404
        return message

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Open it; only addresses of ours are gone to."""
        del pk
        message = actions.mark_read(message=self.subject, at=timezone.now())
        is_ours = message.link.startswith("/") and url_has_allowed_host_and_scheme(
            message.link, allowed_hosts={request.get_host()}
        )
        return redirect(message.link if is_ours else "messages")


class ChooseMailView(PermissionView):
    """What one wants e-mail about; the lines on the home page are there in any case."""

    permission = CHOOSE_MAIL

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show what is chosen now."""
        del request
        return self._page(MailForm(chosen=chosen_by(self.capacity.person)))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep the choice."""
        form = MailForm(request.POST, chosen=chosen_by(self.capacity.person))
        if not form.is_valid():
            return self._page(form)
        actions.choose_mail(user_id=self.capacity.person, choices=form.choices, at=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("choose_mail")

    def _page(self, form: MailForm) -> HttpResponse:
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        context = {"form": form, "is_on": mail_switch().is_on}
        return render(self.request, "notifications/choose_mail.html", context, status=status)
