# SPDX-FileCopyrightText: 2026 The Samspil authors
# SPDX-License-Identifier: MPL-2.0

"""What an e-mail about a message says: that there is something, and where; never what."""

from django.conf import settings
from django.utils.translation import gettext as _


def neutral_mail(link: str) -> tuple[str, str]:
    """Return the subject and the text of the e-mail that leads to ``link``, a path of ours."""
    body = _("Hello\n\nThere is something for you in Samspil:\n%(link)s\n\nKind regards\nSamspil")
    return _("There is something for you in Samspil"), body % {"link": settings.BASE_URL + link}
