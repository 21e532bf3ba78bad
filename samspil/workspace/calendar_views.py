# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What somebody's own calendar reads: the dates of their bodies, and what recurs by the agreements they lead (R41)."""

import hashlib
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _

from samspil.agreements.leading import agreed_meetings
from samspil.foundation.permission import OPEN
from samspil.foundation.views import PermissionView
from samspil.med.body_models import CalendarFeed
from samspil.med.calendars import CALENDAR_TYPE, Recurring, calendar_file
from samspil.med.queries import dates_for, feed_by_token


def recurring_for(feed: CalendarFeed) -> list[Recurring]:
    """Return what a feed of everything carries of its reader's agreements in force; that of one body carries none."""
    if feed.committee_id is not None:
        return []
    return [
        Recurring(
            uid=f"agreed-meeting-{one.version_id}",
            title=_("Meeting of staff and volunteers, as agreed: %(workplace)s") % {"workplace": one.workplace},
            first=one.first,
            every_months=one.every_months,
            changed_on=one.since,
        )
        for one in agreed_meetings(feed.user_id, timezone.localdate())
    ]


class CalendarFeedView(PermissionView):
    """What a calendar reads: no login, the address is the key. Only dates, kinds and names of bodies."""

    permission = OPEN

    def load(self, **kwargs: Any) -> CalendarFeed:
        """Find the feed in the municipality of the address."""
        is_here = getattr(self.request, "municipality", None) is not None
        feed = feed_by_token(kwargs["token"], timezone.localdate()) if is_here else None
        if feed is None:
            raise Http404
        return feed

    def get(self, request: HttpRequest, municipality: str, token: str) -> HttpResponse:
        """Send the calendar, or 304 where nothing has changed since it was last read."""
        del municipality, token
        feed: CalendarFeed = self.subject
        with translation.override(settings.LANGUAGE_CODE):
            name = feed.committee.name if feed.committee else _("MED")
            content = calendar_file(name, dates_for(feed, timezone.localdate()), recurring_for(feed))
        etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
        headers = {"ETag": etag, "Cache-Control": "private, no-cache", "X-Robots-Tag": "noindex"}
        response = HttpResponse(content, content_type=CALENDAR_TYPE, headers=headers)
        found = get_conditional_response(request, etag=etag, response=response)
        return found if isinstance(found, HttpResponse) else HttpResponse(status=HTTPStatus.NOT_MODIFIED)
