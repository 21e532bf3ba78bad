# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Reading what one has been told."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from samspil.foundation.views import PermissionView
from samspil.notifications import actions
from samspil.notifications.models import Message
from samspil.notifications.permissions import OPEN_MESSAGE, VIEW_MESSAGES, visible_messages

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
