# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""The pages for what goes wrong: what happened, what to do, the way back, and the words that were not saved."""

import re
from http import HTTPStatus

from django.core.exceptions import (
    BadRequest,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

_NEVER_SHOWN = {"csrfmiddlewaretoken", "submission", "next", "code", "password", "language"}
# A choice, a number, a date or a token: nothing that anybody wrote.
_NOT_WRITTEN = re.compile(r"on|\d+|[a-z]+(_[a-z]+)+|\d{4}-\d\d-\d\d|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_STYLES = ("dkfds/css/dkfds.min.css", "samspil/css/samspil.css")


def words_sent(request: HttpRequest) -> list[str]:
    """Return what somebody wrote in the form they sent: sentences, not choices, tokens or codes."""
    if request.method != "POST":
        return []
    try:
        sent = [(name, value.strip()) for name, values in request.POST.lists() for value in values]
    except (BadRequest, SuspiciousOperation, MultiPartParserError, UnreadablePostError):
        return []
    return [value for name, value in sent if value and name not in _NEVER_SHOWN and not _NOT_WRITTEN.fullmatch(value)]


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400, or 413 where what was sent is too large to read."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return too_large(request)
    return _page(
        request,
        HTTPStatus.BAD_REQUEST,
        _("We could not read what was sent"),
        _("Go back, load the page again, and try once more."),
    )


def method_not_allowed(request: HttpRequest, allowed: str) -> HttpResponse:
    """Answer 405: the address of a button was opened as a page."""
    response = _page(
        request,
        HTTPStatus.METHOD_NOT_ALLOWED,
        _("That address cannot be opened by itself"),
        _("It belongs to a button on another page. Go to the front page, and find your way from there."),
    )
    response.headers["Allow"] = allowed
    return response


def too_large(request: HttpRequest) -> HttpResponse:
    """Answer 413. What was sent was never read, so it cannot be given back here."""
    return _page(
        request,
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        _("There is too much in what you sent"),
        _("Go back with the browser's back button, shorten the text or choose a smaller file, and send it again."),
        may_read=False,
    )


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403 where no page of the area's own says who can."""
    del exception
    return _page(
        request,
        HTTPStatus.FORBIDDEN,
        _("You cannot open this page"),
        _("Perhaps it belongs to another role. You can change role, or ask the one who sent you the link."),
    )


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404; also for what somebody may not know exists."""
    del exception
    return _page(
        request,
        HTTPStatus.NOT_FOUND,
        _("We cannot find the page"),
        _(
            "Perhaps it has moved, or the address is not written quite right. Perhaps it is open to another role than yours."
        ),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 with a page that needs nothing that may have failed."""
    del request
    try:
        styles = [static(name) for name in _STYLES]
    except ValueError:
        styles = []
    return HttpResponseServerError(render_to_string("foundation/errors/server_error.html", {"styles": styles}))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that came from an old page or another site, and give its words back."""
    del reason
    return _page(
        request,
        HTTPStatus.FORBIDDEN,
        _("The page had been open too long"),
        _("For safety we did not save what you sent. Open the page again, and send it once more."),
        links=[(_("Open the page again"), request.path)],
    )


def session_lost(request: HttpRequest) -> HttpResponse:
    """Answer a form sent by somebody who is no longer logged in, and give its words back."""
    login = _address("account_login")
    return _page(
        request,
        HTTPStatus.FORBIDDEN,
        _("You are no longer logged in"),
        _("We did not save what you sent. Log in again, and we take you back to the page."),
        links=[(_("Log in"), f"{login}?{urlencode({'next': request.path})}")] if login else [],
    )


def role_lost(request: HttpRequest) -> HttpResponse:
    """Answer a form sent by somebody whose role is no longer chosen, or has ended, and give its words back."""
    choose = _address("choose_capacity")
    return _page(
        request,
        HTTPStatus.FORBIDDEN,
        _("You must choose your role again"),
        _("We did not save what you sent. Choose your role, and we take you back to the page."),
        links=[(_("Choose role"), f"{choose}?{urlencode({'next': request.path})}")] if choose else [],
    )


def _page(
    request: HttpRequest,
    status: HTTPStatus,
    heading: str,
    *sentences: str,
    links: list[tuple[str, str]] | None = None,
    may_read: bool = True,
) -> HttpResponse:
    ways = [*(links or []), (_("Go to the front page"), _address("home") or "/")]
    context = {
        "heading": heading,
        "sentences": sentences,
        "links": [{"label": label, "url": url} for label, url in ways],
        "words": words_sent(request) if may_read else [],
        "method_was_post": request.method == "POST",
    }
    return render(request, "foundation/errors/error.html", context, status=status)


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
