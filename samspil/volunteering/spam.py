# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""Keeping machines from the open door without a third party, a cookie or a riddle; nobody's words are ever lost to it."""

import hashlib
import hmac
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext as _

HONEYPOT = "website"
"""A field that nobody sees: whatever fills it in reads no pages."""
STAMP = "stamp"
AT_LEAST = timedelta(seconds=3)
"""Nobody writes three fields faster."""
AT_MOST = timedelta(hours=12)
MOST_AN_HOUR = 10
"""From one address; a library has many visitors behind one."""
_SALT = "volunteering.door"


def stamp(at: datetime) -> str:
    """Return a signed note of when the page was shown."""
    return signing.dumps(at.timestamp(), salt=_SALT)


def doubts_about(request: HttpRequest, at: datetime) -> str:
    """Return what to do when it looks as if a machine sent the form, as a sentence; empty when it does not."""
    if request.POST.get(HONEYPOT, ""):
        return _("Press “Send” once more. A field that should be empty was filled in, perhaps by your browser.")
    try:
        shown = float(signing.loads(request.POST.get(STAMP, ""), salt=_SALT))
    except (signing.BadSignature, TypeError, ValueError):
        return _("Press “Send” once more. The page was not sent whole.")
    age = at.timestamp() - shown
    if age < AT_LEAST.total_seconds():
        return _("Press “Send” once more. That went faster than anybody writes.")
    if age > AT_MOST.total_seconds():
        return _("Press “Send” once more. The page has been open for a long time.")
    return ""


def is_too_many(request: HttpRequest, at: datetime) -> bool:
    """Count one more from the address, by a hash that changes every day; whether there have been too many this hour."""
    key = f"door:{_hash_of_address(request, at)}:{at:%H}"
    count = int(cache.get(key, 0)) + 1
    cache.set(key, count, 3600)
    return count > MOST_AN_HOUR


def _hash_of_address(request: HttpRequest, at: datetime) -> str:
    address = str(request.META.get("REMOTE_ADDR", ""))
    if settings.SECURE_PROXY_SSL_HEADER:
        address = str(request.META.get("HTTP_X_FORWARDED_FOR", address)).rpartition(",")[2].strip()
    secret = f"{settings.SECRET_KEY}{at:%Y-%m-%d}".encode()
    return hmac.new(secret, address.encode("utf-8", "replace"), hashlib.sha256).hexdigest()
